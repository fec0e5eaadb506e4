"""CSV: one file a table. Lists are joined by `` | ``, objects flattened, null is empty.

An object whose parts are always the same gives each part a column (``count_low``, ``reader_name``); one whose
keys vary (``ids``) gives a column to every key that the table holds, in alphabetical order. Shapes on the map and lists of
objects are written as JSON, because a spreadsheet has no better place for them. A text that begins like a formula
gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from tidings.model.columns import TABLES, Column
from tidings.tell.formats.cells import SIGNS, guarded
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written

__all__ = ["EXPORT", "Layout", "header", "layout_of", "write"]

_AS_JSON = frozenset({"geometry", "settings"})
Layout = list[tuple[Column, tuple[str, ...]]]
"""The columns of a table, each with the parts of its objects."""


def write(tables: Tables, target: Path) -> Written:
    """Write one ``<table>.csv`` for each table into the folder ``target``, which is made if need be.

    Args:
        tables: Rows by table of the contract.
        target: Where the files go; files of the same names are replaced.

    Returns:
        The files in the order of the tables; cells that were guarded are counted.
    """
    target.mkdir(parents=True, exist_ok=True)
    left_out: LeftOut = LeftOut()
    files, written = [], 0
    for table, rows in tables.items():
        layout = layout_of(table, rows)
        path = target / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\r\n")
            out.writerow([name for column, parts in layout for name in header(column, parts)])
            plan = _plan(layout)
            for row in rows:
                out.writerow(_line(row, plan, left_out))
                written += 1
        files.append(path)
    return Written(files=tuple(files), rows=written, left_out=left_out)


def layout_of(table: str, rows: Iterable[Row]) -> Layout:
    """Return the columns of a table with the parts of its objects; ``rows`` are walked through only where keys vary."""
    varying = [column for column in TABLES[table] if _flattens(column) and not column.parts]
    keys: dict[str, set[str]] = {column.name: set() for column in varying}
    for row in rows if varying else ():
        for name, found in keys.items():
            found.update(row[name] or {})
    return [(column, _parts(column, keys)) for column in TABLES[table]]


def _parts(column: Column, keys: Mapping[str, set[str]]) -> tuple[str, ...]:
    if not _flattens(column):
        return ()
    return column.parts or tuple(sorted(keys[column.name]))


def header(column: Column, parts: tuple[str, ...]) -> list[str]:
    """Return the names of the columns that a column of the contract becomes."""
    return [f"{column.name}_{part}" for part in parts] if _flattens(column) else [column.name]


def _line(row: Row, plan: Sequence[tuple[str, tuple[str, ...], int]], left_out: LeftOut) -> list[str]:
    """Return the cells of a row; the plain cases stand first, for tables have millions of cells."""
    out: list[str] = []
    add = out.append
    for name, parts, width in plan:
        value = row[name]
        if value.__class__ is str:
            add(value if not value or value[0] not in SIGNS else guarded(value, left_out))
        elif value is None or value == []:
            out += [""] * width
        elif parts:
            out += [_guarded(value.get(part), left_out) for part in parts]
        elif width:
            add(_guarded(value, left_out))
    return out


def _plan(layout: Layout) -> list[tuple[str, tuple[str, ...], int]]:
    """Return for each column its name, the parts of its objects, and how many cells it takes."""
    return [(column.name, parts, len(header(column, parts))) for column, parts in layout]


@cache
def _flattens(column: Column) -> bool:
    return column.holds == "object" and column.name not in _AS_JSON


def _guarded(value: object, left_out: LeftOut) -> str:
    """Return a cell; numbers keep their minus, words of reports are guarded."""
    words = _cell(value)
    return guarded(words, left_out) if words and words[0] in SIGNS and isinstance(value, str | list) else words


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " | ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


EXPORT = Export(
    name="csv",
    title="every table as CSV, for spreadsheets",
    ending="",
    cannot_hold=(
        "lists as such: they are joined by a bar, so that a name with a bar in it cannot be told apart",
        "the difference between null and empty",
        "words that begin like a formula without the apostrophe that guards them",
    ),
    write=write,
)
