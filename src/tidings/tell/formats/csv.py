"""CSV: one file a table. Lists are joined by `` | ``, objects flattened, null is empty.

An object whose parts are always the same gives each part a column (``count_low``, ``reader_name``); one whose
keys vary (``ids``) gives a column to every key that the table holds, in alphabetical order. Shapes on the map and lists of
objects are written as JSON, because a spreadsheet has no better place for them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tidings.model.columns import TABLES, Column

__all__ = ["write"]

Row = dict[str, Any]
_AS_JSON = frozenset({"geometry", "settings"})


def write(tables: Mapping[str, Iterable[Row]], folder: Path) -> list[Path]:
    """Write one ``<table>.csv`` for each table into ``folder``, which is made if need be.

    Args:
        tables: Rows by table of the contract.
        folder: Where the files go; files of the same names are replaced.

    Returns:
        The files written, in the order of the tables.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table, held in tables.items():
        rows = list(held)
        layout = [(column, _parts(column, rows)) for column in TABLES[table]]
        path = folder / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\r\n")
            out.writerow([name for column, parts in layout for name in _header(column, parts)])
            out.writerows([[cell for column, parts in layout for cell in _cells(row, column, parts)] for row in rows])
        written.append(path)
    return written


def _parts(column: Column, rows: Iterable[Row]) -> tuple[str, ...]:
    if column.holds != "object" or column.name in _AS_JSON:
        return ()
    return column.parts or tuple(sorted({key for row in rows for key in row[column.name] or {}}))


def _header(column: Column, parts: tuple[str, ...]) -> list[str]:
    return [f"{column.name}_{part}" for part in parts] if _flattens(column) else [column.name]


def _cells(row: Row, column: Column, parts: tuple[str, ...]) -> list[str]:
    value = row[column.name]
    if _flattens(column):
        return [_cell((value or {}).get(part)) for part in parts]
    return [_cell(value)]


def _flattens(column: Column) -> bool:
    return column.holds == "object" and column.name not in _AS_JSON


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " | ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
