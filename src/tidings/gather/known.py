"""Known days: a table of happenings that others have dated, each row a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tidings.errors import SourceError, UnreadableInput
from tidings.gather.bounds import LARGEST_FILE
from tidings.gather.decode import Undecodable, decode
from tidings.gather.found import safe_name
from tidings.model import KINDS, DocId, Document, content_id, sha256_hex

__all__ = ["KNOWN_COLUMNS", "Cell", "known_documents", "rows_of", "text_of"]

KNOWN_COLUMNS = ("name", "kind", "type", "agents", "targets", "places", "earliest", "latest", "source")
"""The columns of a table of known days. Lists are joined by " | "; the days are inclusive, written 2015-06-15."""
_NEEDED = ("name", "kind", "type", "source")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a CSV table and where it stands in the file's text."""

    words: str
    start: int
    end: int


def known_documents(path: str | Path) -> tuple[Document, ...]:
    """Return the rows of a table of known days, each as a document whose text is that row, a line a column.

    Args:
        path: A CSV file in UTF-8 with the columns of :data:`KNOWN_COLUMNS`; more columns are left alone.

    Raises:
        UnreadableInput: The file cannot be read or is empty.
        SourceError: A row cannot be used; the error shows its line with a caret under the value.
    """
    path = Path(path)
    where = safe_name(path.name)
    text = text_of(path, where)
    rows = rows_of(text, where)
    header = next(rows, None)
    if header is None:
        raise UnreadableInput(where, "the table of known days is empty", f"Its columns are {', '.join(KNOWN_COLUMNS)}.")
    line, cells = header
    names = [cell.words.casefold() for cell in cells]
    for name in KNOWN_COLUMNS:
        if name not in names:
            last = cells[-1]
            raise SourceError(
                f"line {line}: the column {name} is missing (needed: {', '.join(KNOWN_COLUMNS)})",
                text=text,
                start=cells[0].start,
                end=last.end,
                where=where,
            )
    documents: dict[str, Document] = {}
    for line, cells in rows:
        document = _document(text, where, line, names, cells)
        documents.setdefault(document.id, document)
    return tuple(sorted(documents.values(), key=lambda item: item.id))


def text_of(path: Path, where: str) -> str:
    """Return the text of a table.

    Args:
        path: The file.
        where: What errors call it.

    Raises:
        UnreadableInput: It is missing, too large, or no text.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableInput(
                where, f"the table is larger than {LARGEST_FILE // 2**20} MB", "Split it into several."
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableInput(where, "there is no such file", "Check its name.") from error
    except OSError as error:
        raise UnreadableInput(
            where, "the table may not be read", "Check that it is a file and its permissions."
        ) from error
    try:
        return decode(data).text
    except Undecodable as error:
        raise UnreadableInput(where, error.reason, error.advice) from error


def rows_of(text: str, where: str, *, sign: str = ",") -> Iterator[tuple[int, list[Cell]]]:
    """Yield each row that holds something with the number of its first line; its cells know where they stand.

    Args:
        text: The table.
        where: What errors call it.
        sign: What stands between two values.
    """
    position = 1 if text.startswith("\ufeff") else 0
    line = 1
    while position < len(text):
        first = line
        cells: list[Cell] = []
        while True:
            cell, position = _cell(text, position, where, first, sign)
            cells.append(cell)
            if text[position : position + 1] != sign:
                break
            position += 1
        if position < len(text):
            position += 2 if text.startswith("\r\n", position) else 1
        line = text.count("\n", 0, position) + 1
        if any(cell.words for cell in cells):
            yield first, cells


def _cell(text: str, position: int, where: str, line: int, sign: str) -> tuple[Cell, int]:
    if text[position : position + 1] == '"':
        at = position + 1
        while True:
            quote = text.find('"', at)
            if quote < 0:
                message = f"line {line}: the quotation mark is not closed"
                raise SourceError(message, text=text, start=position, end=position + 1, where=where)
            if text[quote : quote + 2] != '""':
                break
            at = quote + 2
        end = quote + 1
        if end < len(text) and text[end] not in f"{sign}\r\n":
            message = f"line {line}: after a closing quotation mark comes a comma or the end of the line"
            raise SourceError(message, text=text, start=end, end=end + 1, where=where)
        words = text[position + 1 : quote].replace('""', '"')
        return Cell(" ".join(words.split()), position, end), end
    end = min((at for at in (text.find(mark, position) for mark in f"{sign}\r\n") if at >= 0), default=len(text))
    return Cell(" ".join(text[position:end].split()), position, end), end


def _document(text: str, where: str, line: int, names: list[str], cells: list[Cell]) -> Document:
    def refuse(name: str, message: str) -> SourceError:
        at = names.index(name)
        cell = cells[at] if at < len(cells) else Cell("", cells[-1].end, cells[-1].end)
        return SourceError(
            f"line {line}, column {name}: {message}",
            text=text,
            start=cell.start,
            end=max(cell.end, cell.start),
            where=where,
        )

    if len(cells) != len(names):
        extra = cells[len(names)] if len(cells) > len(names) else cells[-1]
        message = f"line {line}: the row has {len(cells)} values for {len(names)} columns"
        raise SourceError(message, text=text, start=extra.start, end=extra.end, where=where)
    values = {name: cell.words for name, cell in zip(names, cells, strict=True)}
    for name in _NEEDED:
        if not values[name]:
            raise refuse(name, "a value is missing")
    if values["kind"] not in KINDS:
        raise refuse("kind", f"{values['kind']!r} is no kind of claim; they are {', '.join(KINDS)}")
    if values["type"] not in KINDS[values["kind"]]:
        raise refuse(
            "type", f"{values['type']!r} is no type of {values['kind']}; they are {', '.join(KINDS[values['kind']])}"
        )
    days: dict[str, date] = {}
    for name in ("earliest", "latest"):
        if values[name]:
            try:
                days[name] = date.fromisoformat(values[name])
            except ValueError as error:
                raise refuse(name, f"{values[name]!r} is no day written as 2015-06-15") from error
    if not days:
        raise refuse("earliest", "a known day needs an earliest or a latest day")
    if len(days) == 2 and days["earliest"] > days["latest"]:
        raise refuse("latest", "the latest day comes before the earliest")
    words = "\n".join(f"{name}: {values[name]}".rstrip() for name in KNOWN_COLUMNS)
    digest = sha256_hex(words.encode())
    return Document(
        id=DocId(content_id("d", digest)),
        path=f"{where}#{line}",
        sha256=digest,
        text=words,
        publisher=values["source"],
        title=values["name"],
        language="en",
        known=True,
    )
