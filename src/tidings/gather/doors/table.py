"""Tables of articles (CSV, TSV): each row is a report of its own, found again by its line.

The bytes kept for a row are the table's first line and the row as they stand, a table of one row: its words can be derived
from them alone. A table in another encoding than UTF-8 is kept in UTF-8.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from tidings.gather.bounds import LARGEST_FILE, Budget
from tidings.gather.decode import Undecodable, decode
from tidings.gather.doors.kind import Door, Item, NoReport, Source, Words
from tidings.gather.doors.rows import articles_only, names_text, row_words
from tidings.model import Refusal

__all__ = ["DOOR"]

_SAMPLE = 256 * 1024
_DELIMITERS = ",;\t|"
_NO_ARTICLES = NoReport(
    "a table is not a report",
    "A table of articles has a column named text. Known days are given with --known, and a sidecar with --sidecar.",
)
MOST_COLUMNS = 2000

# Python's own limit of 131,072 letters a cell is less than a long article.
csv.field_size_limit(LARGEST_FILE)

_Row = tuple["Item | Refusal", "Mapping[str, Any] | None"]


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the rows of a table of articles."""
    with source.open() as stream:
        encoding = _encoding(stream)
        yield from articles_only(_rows(_lines(stream, encoding, budget)))


def _encoding(stream: BinaryIO) -> str:
    sample = stream.read(_SAMPLE)
    stream.seek(0)
    if len(sample) == _SAMPLE and not sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # A letter of several bytes may be cut at the end of the sample; a whole line is not.
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    if not sample.strip():
        raise Undecodable("the file is empty", "Fetch the report again, or take the file out.")
    decoded = decode(sample)
    if decoded.encoding == "utf-8":
        return "utf-8-sig"
    # By these names Python takes the mark at the beginning off.
    return decoded.encoding[:6] if decoded.text.startswith("\ufeff") else decoded.encoding


def _lines(stream: BinaryIO, encoding: str, budget: Budget) -> Iterator[str]:
    with io.TextIOWrapper(stream, encoding, newline="") as text:
        while line := text.readline(LARGEST_FILE):
            budget.spend(len(line))
            yield line


def _rows(lines: Iterator[str]) -> Iterator[_Row]:
    """Yield the rows as items, each with its values; a broken row is a refusal and the others go on."""
    taken: list[str] = []

    def told() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    feed = told()
    first = next(feed, "")
    delimiter = _delimiter(first)
    header: list[str] | None = None
    head = ""
    number = 1
    reader = csv.reader(_chained(first, feed), delimiter=delimiter, strict=True)
    while True:
        start = number
        fault = ""
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault = f"the row is no CSV ({error})"
        except UnicodeDecodeError as error:
            yield _refusal(start, f"from here on it is not {error.encoding.upper()}"), None
            return
        raw = "".join(taken)
        number += len(taken)
        taken.clear()
        if fault:
            yield _refusal(start, fault), None
        elif not any(cell.strip() for cell in cells):
            continue
        elif header is None:
            header, head = _header(cells), raw if raw.endswith(("\n", "\r")) else raw + "\n"
        elif len(cells) != len(header):
            yield _refusal(start, f"the row has {len(cells)} values for {len(header)} columns"), None
        else:
            data = (head + raw).encode("utf-8")
            yield Item(locator=f"line={start}", data=data), dict(zip(header, cells, strict=True))


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _delimiter(line: str) -> str:
    """Return what stands between the names of the columns; a comma where nothing does."""
    return max(_DELIMITERS, key=lambda char: (line.count(char), -_DELIMITERS.index(char)))


def _header(cells: list[str]) -> list[str]:
    if len(cells) > MOST_COLUMNS or not names_text(cells):
        raise _NO_ARTICLES
    return [cell.strip() or f"column {place}" for place, cell in enumerate(cells, start=1)]


def _refusal(line: int, reason: str) -> Refusal:
    return Refusal(path=f"line={line}", reason=reason, advice="Repair the row; the others were used.")


def words(data: bytes, path: str) -> Words:  # noqa: ARG001
    """Return the words of one row, given with the table's first line."""
    text = data.decode("utf-8")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]), strict=True)
    try:
        header, cells = _header(next(reader)), next(reader)
    except (StopIteration, csv.Error) as error:
        raise Undecodable("it is no row of a table", "Give the whole table.") from error
    return row_words(dict(zip(header, cells, strict=False)))


DOOR = Door(
    name="table", title="tables of articles (CSV, TSV), a report a row", endings=(".csv", ".tsv"), words=words,
    items=items, whole=False,
)  # fmt: skip
