"""What every room reads from: the record, open, with what was worked out once for each state of it."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tidings.errors import TidingsError
from tidings.record import Index, Look, Record, Standing

__all__ = ["Desk", "Row"]

Row = dict[str, Any]
Made = TypeVar("Made")
_log = logging.getLogger(__name__)


class Desk:
    """An open record with a memory: what is costly is made once and again only when the record changes.

    Args:
        where: The record file.
    """

    def __init__(self, where: str) -> None:
        self.record = Record(where)
        self.look: Look = self.record.look()
        self.where = where
        self._memory: dict[str, tuple[Any, Any]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self.builds = {"done": 0, "failed": 0}
        """Builds asked for here, by how they ended."""
        self.building = False
        """Whether the record is being built again by this room; nothing can be decided meanwhile."""
        self.trouble = ""
        """Why the last build asked for here failed; empty otherwise."""

    def kept(self, name: str, make: Callable[[], Made], *, decided: bool = False) -> Made:
        """Return what ``make`` returns, made once for each state of the record.

        Args:
            name: What it is called in the memory.
            make: Makes it.
            decided: Whether it also changes when somebody decides.
        """
        generation, last = self.look.version()
        stamp = (generation, last if decided else "")
        with self._lock:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            held = self._memory.get(name)
            if held is None or held[0] != stamp:
                held = (stamp, make())
                self._memory[name] = held
        made: Made = held[1]
        return made

    def index(self) -> Index:
        """Return the words of the record to search in."""
        return self.kept("index", self.record.index)

    def standing(self) -> Standing:
        """Return what people decided."""
        return self.look.standing()

    def papers(self) -> dict[str, Row]:
        """Return every report without its text, by id: id, path, title, publisher, published, known, unread, language."""

        def make() -> dict[str, Row]:
            names = ("id", "path", "title", "publisher", "published", "known", "unread", "language", "copy_of", "url")
            return {row[0]: dict(zip(names, row, strict=True)) for row in self.look.slim("documents", *names)}

        return self.kept("papers", make)

    def claims(self, ids: Iterable[str]) -> list[Row]:
        """Return claims, each with its report under ``paper`` and its sentence under ``before`` and ``after``."""
        rows = self.look.some("claims", ids)
        return self.with_words(rows)

    def with_words(self, rows: list[Row]) -> list[Row]:
        """Put beside rows with a span the report and the sentence around the words."""
        papers = self.papers()
        texts = {row["id"]: row["text"] for row in self.look.some("documents", {row["document"] for row in rows})}
        for row in rows:
            text = texts.get(row["document"], "")
            row["paper"] = papers.get(
                row["document"], {"id": row["document"], "title": "", "path": "", "publisher": ""}
            )
            row["before"], row["after"] = around(text, row["start"], row["end"])
        return rows

    def warm(self, *makes: Callable[[], object]) -> None:
        """Make what is costly in the background, so that the first page is quick."""

        def work() -> None:
            for make in makes:
                try:
                    make()
                except TidingsError:
                    _log.exception("warming failed")
            # What is kept stays until the record is built again: the collector need not look through millions of rows.
            gc.collect()
            gc.freeze()

        threading.Thread(target=work, daemon=True, name="tidings-warm").start()

    def build(self, change: Callable[[Record], object] = Record.rebuild) -> None:
        """Build the record again in the background.

        Args:
            change: What is done with the record, and builds it again; only that where nothing else is said.
        """
        with self._lock:
            if self.building:
                return
            self.building, self.trouble = True, ""

        def work() -> None:
            try:
                with Record(self.where) as record:
                    change(record)
            except TidingsError as error:
                self.trouble = str(error)
                _log.warning("build failed")
            except Exception:
                self.trouble = "Something went wrong. The record is as it was; the log says where."
                _log.exception("build failed")
            finally:
                self.building = False
                self.builds["failed" if self.trouble else "done"] += 1

        threading.Thread(target=work, daemon=True, name="tidings-build").start()


_FARTHEST = 260
_ENDS = ".!?…\n"


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands in the sentence before and after a span."""
    first = start
    while (
        first > 0 and start - first < _FARTHEST and not (text[first - 1] in _ENDS and text[first : first + 1].isspace())
    ):
        first -= 1
    last = end
    while last < len(text) and last - end < _FARTHEST and not (last > 0 and text[last - 1] in _ENDS):
        last += 1
    return " ".join(text[first:start].split()) + (" " if first < start and text[start - 1].isspace() else ""), (
        " " if end < len(text) and text[end : end + 1].isspace() else ""
    ) + " ".join(text[end:last].split())
