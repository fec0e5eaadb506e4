"""XLSX: a sheet a table, written by XlsxWriter row by row; words from reports are texts, never formulas or links."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from tidings.model.columns import TABLE_NOTES
from tidings.tell.formats.cells import credit_lines
from tidings.tell.formats.csv import Layout, header, layout_of
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written

__all__ = ["EXPORT", "write"]

_MOST_SIGNS = 32_767
"""Excel's longest cell."""
_MOST_ROWS = 1_048_576
"""Excel's longest sheet, its header included."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CUT = "cells cut to 32,767 signs, the most that Excel holds"
_EPOCH = datetime(1980, 1, 1)


def write(tables: Tables, target: Path) -> Written:
    """Write one workbook: a sheet that says what is in it, then a sheet for each table.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    import xlsxwriter

    left_out: LeftOut = LeftOut()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(str(target), options)
    book.set_properties({"title": "Record", "created": _EPOCH})
    bold = book.add_format({"bold": True})
    _contents(book, bold, tables)
    written = 0
    for table, rows in tables.items():
        sheet = book.add_worksheet(table)
        sheet.freeze_panes(1, 0)
        layout = layout_of(table, rows)
        _line(sheet, 0, [name for column, parts in layout for name in header(column, parts)], left_out, bold)
        number = 0
        for row in rows:
            if number + 2 > _MOST_ROWS:
                left_out[f"rows of {table} beyond the most that a sheet holds"] += 1
                continue
            number += 1
            _line(sheet, number, _values(row, layout), left_out)
        written += number
    book.close()
    return Written(files=(target,), rows=written, left_out=left_out)


def _contents(book: Any, bold: Any, tables: Tables) -> None:
    """Write the first sheet: each table in a sentence, and whom to name for the places."""
    sheet = book.add_worksheet("about")
    sheet.write_string(0, 0, "sheet", bold)
    sheet.write_string(0, 1, "what it holds", bold)
    lines = [*TABLE_NOTES.items(), *(("places", credit) for credit in credit_lines(tables))]
    for number, (table, note) in enumerate(lines, start=1):
        sheet.write_string(number, 0, table)
        sheet.write_string(number, 1, note)


def _values(row: Row, layout: Layout) -> list[Any]:
    out: list[Any] = []
    for column, parts in layout:
        value = row[column.name]
        if column.holds == "object" and (parts or column.name not in {"geometry", "settings"}):
            out += [(value or {}).get(part) for part in parts]
        else:
            out.append(value)
    return out


def _line(sheet: Any, number: int, values: list[Any], left_out: LeftOut, form: Any = None) -> None:
    for place, value in enumerate(values):
        if value is None or value == "" or value == []:
            continue
        if isinstance(value, bool):
            sheet.write_boolean(number, place, value, form)
        elif isinstance(value, int | float):
            sheet.write_number(number, place, value, form)
        else:
            sheet.write_string(number, place, _text(value, left_out), form)


def _text(value: Any, left_out: LeftOut) -> str:
    words = " | ".join(_item(item) for item in value) if isinstance(value, list) else _item(value)
    clean = _FORBIDDEN.sub("\ufffd", words)
    if len(clean) > _MOST_SIGNS:
        left_out[_CUT] += 1
        return clean[:_MOST_SIGNS]
    return clean


def _item(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


EXPORT = Export(
    name="xlsx",
    title="a spreadsheet with a sheet a table",
    ending=".xlsx",
    cannot_hold=(
        "cells beyond 32,767 signs (the texts of long reports are cut) and sheets beyond 1,048,576 rows",
        "lists as such: they are joined by a bar",
        "the difference between null and empty",
    ),
    write=write,
    extra="xlsx",
    needs="xlsxwriter",
)
