"""Rows of articles: which value of a row is what, and a row's words. Used by tables (CSV) and by lines (JSON Lines)."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Any, TypeVar

from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import NoReport, Words
from tidings.gather.webpage import visible

__all__ = ["articles_only", "column_of", "names_text", "row_words", "values_of"]

_HTML = re.compile(r"<(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|li|blockquote)\b[^<>]{0,2000}>", re.IGNORECASE)
_LONGEST_VALUE = 2000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Columns:
    names: Mapping[str, Sequence[str]]
    least_median_words: int
    judged_rows: int


@cache
def _columns() -> _Columns:
    table = tomllib.loads(files("tidings.gather.doors").joinpath("columns.toml").read_text("utf-8"))
    limits = table.pop("limits")
    return _Columns({name: tuple(known) for name, known in table.items()}, **limits)


def _folded(name: str) -> str:
    return re.sub(r"[\s\-.]+", "_", name.strip().removeprefix("\ufeff").casefold())


def column_of(names: Iterable[str], what: str) -> str:
    """Return which of ``names`` holds ``what`` (text, title, publisher, published, byline, url, language), or empty."""
    held = {_folded(name): name for name in reversed(list(names))}
    return next((held[name] for name in _columns().names[what] if name in held), "")


def names_text(names: Iterable[str]) -> bool:
    """Return whether some column holds articles, by its name."""
    return bool(column_of(names, "text"))


def values_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Return what a row says, by what it is; a value that is a table itself gives its name."""
    said: dict[str, str] = {}
    for what in _columns().names:
        value = row.get(column_of(row, what)) if column_of(row, what) else None
        if isinstance(value, dict):
            value = value.get("name") or value.get("title") or ""
        if isinstance(value, list):
            value = ", ".join(str(part) for part in value if isinstance(part, str | int))
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            said[what] = value if what == "text" else " ".join(value.split())[:_LONGEST_VALUE]
    return said


def row_words(row: Mapping[str, Any]) -> Words:
    """Return the words of one row: its title as the first line, then its text; tags of a web page are taken out.

    Raises:
        Undecodable: The row holds no text.
    """
    said = values_of(row)
    text = said.pop("text", "")
    notes = []
    if _HTML.search(text):
        text = visible(text).text
        notes.append("The text came as a piece of a web page; its tags were taken out.")
    text = html.unescape(text) if "&" in text and len(text) < 1_000_000 else text
    text = text.replace("\r\n", "\n").strip()
    if not any(char.isalnum() for char in text):
        raise Undecodable("the row holds no text", "Leave the row out, or fill it.")
    title = said.get("title", "")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    url = said.get("url", "")
    if url and not re.match(r"https?://", url):
        said.pop("url")
    return Words(text=text, said=said, basis="column", notes=tuple(notes))


def articles_only(rows: Iterable[tuple[T, Mapping[str, Any] | None]]) -> Iterator[T]:
    """Yield the first part of each pair, once the rows were seen to be articles.

    Args:
        rows: What to yield, and the row it stands for (None for a fault, which judges nothing).

    Raises:
        NoReport: The texts are too short for articles.
    """
    limits = _columns()
    waiting: list[T] = []
    lengths: list[int] = []
    judged = False
    for one, row in rows:
        if judged:
            yield one
            continue
        waiting.append(one)
        if row is not None:
            lengths.append(len(values_of(row).get("text", "").split()))
        if len(lengths) >= limits.judged_rows:
            _judge(lengths, limits.least_median_words)
            judged = True
            yield from waiting
    if not judged:
        _judge(lengths, limits.least_median_words)
        yield from waiting


def _judge(lengths: list[int], least: int) -> None:
    if lengths and median(lengths) < least:
        raise NoReport(
            "a table is not a report: its texts are too short for articles",
            "If they are reports, save each as a .txt file.",
        )
