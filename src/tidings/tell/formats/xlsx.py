"""XLSX: a sheet a table, written by hand a row at a time; words from reports are texts, never formulas or links.

Source: ECMA-376, SpreadsheetML. Texts are inline strings (``t="inlineStr"``), which every reader knows and which need no table of all
strings in memory. A library took six times as long (bench/exports_scale.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tidings.model.columns import TABLE_NOTES
from tidings.tell.formats.archive import Archive, xml_text
from tidings.tell.formats.cells import credit_lines
from tidings.tell.formats.csv import Layout, header, layout_of
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written

__all__ = ["EXPORT", "write"]

_MOST_SIGNS = 32_767
"""Excel's longest cell."""
_MOST_ROWS = 1_048_576
"""Excel's longest sheet, its header included."""
_MOST_BYTES = 2_000_000_000
"""A part of a ZIP archive without the extension that old readers do not know holds no more than 2 GiB."""
_CUT = "cells cut to 32,767 signs, the most that Excel holds"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOLD = 1


def write(tables: Tables, target: Path) -> Written:
    """Write one workbook: a sheet that says what is in it, then a sheet for each table.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    left_out: LeftOut = LeftOut()
    sheets = ["about", *tables]
    counts: LeftOut = LeftOut()
    with Archive(target) as out:
        out.add("[Content_Types].xml", [_types(len(sheets))])
        out.add("_rels/.rels", [_relations([("officeDocument", "xl/workbook.xml")])])
        out.add("xl/workbook.xml", [_workbook(sheets)])
        parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
        out.add("xl/_rels/workbook.xml.rels", [_relations([*parts, ("styles", "styles.xml")])])
        out.add("xl/styles.xml", [_STYLES])
        out.add("xl/worksheets/sheet1.xml", _about(tables, left_out))
        for number, (table, rows) in enumerate(tables.items(), start=2):
            layout = layout_of(table, rows)
            out.add(f"xl/worksheets/sheet{number}.xml", _sheet(table, rows, layout, counts, left_out))
    return Written(files=(target,), rows=sum(counts.values()), left_out=left_out)


def _about(tables: Tables, left_out: LeftOut) -> Iterator[str]:
    """Yield the first sheet: each table in a sentence, and whom to name for the places."""
    yield _OPEN
    yield _line(1, ["sheet", "what it holds"], left_out, style=_BOLD)
    lines = [*TABLE_NOTES.items(), *(("places", credit) for credit in credit_lines(tables))]
    for number, line in enumerate(lines, start=2):
        yield _line(number, list(line), left_out)
    yield _CLOSE


def _sheet(table: str, rows: Any, layout: Layout, counts: LeftOut, left_out: LeftOut) -> Iterator[str]:
    yield _OPEN
    head = _line(1, [name for column, parts in layout for name in header(column, parts)], left_out, style=_BOLD)
    # A column of objects none of which holds anything has no cell.
    plan = [(column.name, parts) for column, parts in layout if header(column, parts)]
    size, number = 0, 1
    yield head
    for row in rows:
        if number == _MOST_ROWS or size > _MOST_BYTES:
            left_out[f"rows of {table} beyond the most that a sheet holds"] += 1
            continue
        number += 1
        line = _line(number, _values(row, plan), left_out)
        # Four bytes is the most that a sign takes; texts of one script never come near the bound.
        size += len(line.encode()) if not line.isascii() else len(line)
        yield line
    counts[table] = number - 1
    yield _CLOSE


def _values(row: Row, plan: list[tuple[str, tuple[str, ...]]]) -> list[Any]:
    out: list[Any] = []
    for name, parts in plan:
        value = row[name]
        if not parts:
            out.append(value)
        elif value:
            out += [value.get(part) for part in parts]
        else:
            out += [None] * len(parts)
    return out


def _line(number: int, values: list[Any], left_out: LeftOut, *, style: int = 0) -> str:
    """Return a row; empty cells are not written."""
    cells = [f'<row r="{number}">']
    told = f' s="{style}"' if style else ""
    for place, value in enumerate(values):
        if value is None or value == "" or value == []:
            continue
        name = f"{_letters(place)}{number}"
        if value.__class__ is not str and isinstance(value, int | float):
            what, shown = (' t="b"', int(value)) if isinstance(value, bool) else ("", value)
            cells.append(f'<c r="{name}"{what}{told}><v>{shown!r}</v></c>')
        else:
            words = _words(value, left_out)
            # Blanks around words are dropped by readers unless it is said that they count.
            space = "" if len(words.strip()) == len(words) and "\n" not in words else ' xml:space="preserve"'
            cells.append(f'<c r="{name}" t="inlineStr"{told}><is><t{space}>{xml_text(words)}</t></is></c>')
    cells.append("</row>\n")
    return "".join(cells)


def _words(value: Any, left_out: LeftOut) -> str:
    words = " | ".join(map(_item, value)) if isinstance(value, list) else _item(value)
    if len(words) > _MOST_SIGNS:
        left_out[_CUT] += 1
        words = words[:_MOST_SIGNS]
    return words


def _item(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@cache
def _letters(place: int) -> str:
    """Return the letters of a column: A to Z, then AA and on."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{parts}</Types>'
    )


def _relations(parts: list[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for n, (kind, path) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _workbook(sheets: list[str]) -> str:
    told = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, start=1))
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{told}</sheets></workbook>'


_OPEN = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>\n'
)
_CLOSE = "</sheetData></worksheet>\n"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

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
)
