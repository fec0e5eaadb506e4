"""What a sidecar says about reports: publisher, title, day, address, language, by the stem of the file's name."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tidings.gather.bounds import LARGEST_FILE
from tidings.gather.decode import Undecodable, decode
from tidings.gather.found import SIDECAR_NAMES, safe_name
from tidings.gather.row import Row
from tidings.model import UNKNOWN, Refusal, parse_edtf

__all__ = ["Row", "Sidecars", "load_sidecar"]

_FIELDS = ("publisher", "title", "url", "language")


@dataclass(slots=True)
class Sidecars:
    """The sidecars beside reports and in the folder above them, each read once.

    ``named`` is the one a user names; it is believed before all others.
    """

    named: dict[str, Row] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    _beside: dict[Path, dict[str, Row]] = field(default_factory=dict)

    @classmethod
    def open(cls, named: str | Path | None) -> Sidecars:
        """Return sidecars of which ``named`` is read already."""
        if named is None:
            return cls()
        rows, refusals = load_sidecar(Path(named))
        return cls(named=rows, refusals=refusals)

    def row(self, path: Path, name: str) -> Row:
        """Return what is said about the report at ``path``, called ``name`` in the record.

        The sidecar named by the user comes first, then one beside the report, then one in the folder above; within a
        folder the order of :data:`~tidings.gather.found.SIDECAR_NAMES`. The first that has the report's row says it all.
        """
        return self._first(path, (str(Path(name).with_suffix("")), Path(name).name, path.stem))

    def part(self, path: Path, name: str) -> Row:
        """Return what is said about one report in a file of several, called ``name``: ``news.csv#line=3``."""
        return self._first(path, (name, Path(name).name))

    def _first(self, path: Path, keys: tuple[str, ...]) -> Row:
        folder = path.absolute().parent
        for rows in (self.named, self._of(folder), self._of(folder.parent)):
            for key in keys:
                if key in rows:
                    return rows[key]
        return Row()

    def _of(self, folder: Path) -> dict[str, Row]:
        if folder not in self._beside:
            rows: dict[str, Row] = {}
            for name in SIDECAR_NAMES:
                path = folder / name
                if path.is_file():
                    more, refusals = load_sidecar(path)
                    self.refusals += refusals
                    rows = more | rows
            self._beside[folder] = rows
        return self._beside[folder]


def load_sidecar(path: Path) -> tuple[dict[str, Row], list[Refusal]]:
    """Return the rows of a sidecar by id, and what could not be used of it.

    A broken row is named with its line and skipped; a broken value is named and left out; all else is kept.

    Args:
        path: A ``.jsonl``, ``.csv`` or ``.toml`` file.
    """
    shown = safe_name(path.name)
    refusals: list[Refusal] = []

    def refuse(line: int, reason: str, advice: str) -> None:
        refusals.append(Refusal(path=f"{shown}:{line}" if line else shown, reason=reason, advice=advice))

    rows: dict[str, Row] = {}
    seen: dict[str, dict[str, Any]] = {}
    try:
        if path.stat().st_size > LARGEST_FILE:
            refuse(
                0,
                f"the sidecar is larger than {LARGEST_FILE // 2**20} MB",
                "Split it, or leave out what is no column of it.",
            )
            return {}, refusals
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else "the sidecar may not be read"
        refuse(0, reason, "Check its name and its permissions.")
        return {}, refusals
    except Undecodable as error:
        refuse(0, error.reason, error.advice)
        return {}, refusals
    readers = {".jsonl": _json_lines, ".ndjson": _json_lines, ".csv": _csv, ".toml": _toml}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        refuse(0, "a sidecar ends in .jsonl, .csv or .toml", "Rename it to what it is.")
        return {}, refusals
    for line, item in reader(text):
        if isinstance(item, str):
            refuse(line, item, "Repair the row; the others were used.")
            continue
        ident = item.get("id")
        if not isinstance(ident, str) or not ident.strip():
            refuse(line, "the row has no id", "Give the file's name without its ending as id.")
        elif seen.get(ident) == item:
            continue
        elif ident in rows:
            refuse(line, f"a row with the id {ident!r} stands above", "Remove one of the two; the first was used.")
        else:
            rows[ident] = _row(item, line, refuse)
            seen[ident] = item
    return rows, refusals


def _row(item: dict[str, Any], line: int, refuse: Any) -> Row:
    said: dict[str, str] = {}
    for name in _FIELDS:
        value = item.get(name)
        if value is None:
            continue
        if isinstance(value, str):
            said[name] = " ".join(value.split())
        else:
            refuse(
                line, f"{name} is no text: {value!r}", "Put it in quotation marks; the row's other values were used."
            )
    when = UNKNOWN
    published = item.get("published")
    if published is not None and str(published).strip():
        words = str(published).strip()
        try:
            # A full time stamp is more than EDTF's days; the day is what is used.
            when = parse_edtf(words.split("T")[0].split(" ")[0] if words[:4].isdigit() else words, basis="sidecar")
        except ValueError as error:
            refuse(line, f"published is {error}", "Write it as 2015-06-25, 2015-06 or 2015-06-25/2015-06-27.")
    return Row(**said, published=when)


Items = Iterator[tuple[int, "dict[str, Any] | str"]]


def _json_lines(text: str) -> Items:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"the line is no JSON ({getattr(error, 'msg', error)})"
            continue
        yield number, item if isinstance(item, dict) else "the line is no JSON object"


def _csv(text: str) -> Items:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, f"the row is no CSV ({error})"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip().casefold() for cell in cells]
            if "id" not in header:
                yield start, "the first line names no column id"
                return
        elif len(cells) > len(header):
            yield start, f"the row has {len(cells)} values for {len(header)} columns"
        else:
            yield start, {name: cell.strip() or None for name, cell in zip(header, cells, strict=False)}


def _toml(text: str) -> Items:
    """Yield rows of ``[[reports]]`` tables, or of one table a report: ``[001_stem]``.

    A fault in TOML hides where the next row begins, so the text is read piece by piece, each from a header line on.
    """
    for number, piece in _toml_pieces(text):
        try:
            table = tomllib.loads(piece)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            yield number, f"the table is no TOML ({error})"
            continue
        for name, value in table.items():
            rows: Iterable[Any] = value if isinstance(value, list) else [value]
            for row in rows:
                if not isinstance(row, dict):
                    yield number, f"{name} is no table"
                else:
                    yield number, row if isinstance(value, list) or "id" in row else {"id": name, **row}


def _toml_pieces(text: str) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("[")]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        piece = "\n".join(lines[start:end])
        if piece.strip():
            yield start + 1, piece
