"""Data Package 2.0: every table as CSV with a description of each column that programs can check."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import Any

from tidings.model.columns import TABLE_NOTES, TABLES, Column
from tidings.tell.formats import csv
from tidings.tell.formats.cells import credit_lines, json_bytes
from tidings.tell.formats.export import Export, Tables, Written

__all__ = ["EXPORT", "write"]

_TYPES = {"text": "string", "integer": "integer", "number": "number", "yes_no": "boolean", "list": "string"}
_NUMBERS = frozenset({"low", "high", "start", "end", "distance_m", "bearing"})
_POINTING = {
    "attributions": {"document": "documents"},
    "claims": {"document": "documents"},
    "mentions": {"document": "documents"},
    "comparisons": {"event": "events", "a": "claims", "b": "claims"},
    "echoes": {"claim": "claims", "of": "claims"},
}
"""Columns that hold the id of one row of another table, and are never empty."""


def write(tables: Tables, target: Path) -> Written:
    """Write the tables as CSV and ``datapackage.json`` into the folder ``target``.

    Args:
        tables: Rows by table of the contract.
        target: Where the files go.
    """
    done = csv.write(tables, target)
    resources = [_resource(table, path, tables) for table, path in zip(tables, done.files, strict=True)]
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "tidings-record",
        "title": "A record of an armed conflict, read from reports",
        "description": "Claims that reports make, each with its exact words, and what follows from them by stated rules.",
        "resources": resources,
    }
    credits_held = credit_lines(tables)
    if credits_held:
        package["sources"] = [{"title": credit} for credit in credits_held]
    page = target / "datapackage.json"
    page.write_bytes(json_bytes(package))
    return Written(files=(page, *done.files), rows=done.rows, left_out=done.left_out)


def _resource(table: str, path: Path, tables: Tables) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    fields = [field for column, parts in csv.layout_of(table, tables[table]) for field in _fields(column, parts)]
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    }
    if TABLES[table][0].name == "id":
        schema["primaryKey"] = ["id"]
    if table in _POINTING:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
            for column, other in _POINTING[table].items()
        ]
    return {
        "name": table,
        "type": "table",
        "path": path.name,
        "description": TABLE_NOTES[table],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema,
    }


def _fields(column: Column, parts: tuple[str, ...]) -> list[dict[str, str]]:
    names = csv.header(column, parts)
    if not parts:
        kind = _TYPES.get(column.holds, "string")
        return [{"name": name, "type": kind, "description": column.about} for name in names]
    return [
        {"name": name, "type": "integer" if part in _NUMBERS else "string", "description": column.about}
        for name, part in zip(names, parts, strict=True)
    ]


EXPORT = Export(
    name="datapackage",
    title="every table as CSV with a Data Package 2.0 description that programs can check",
    ending="",
    cannot_hold=(
        "lists as such: they are joined by a bar",
        "the difference between null and empty",
        "words that begin like a formula without the apostrophe that guards them",
        "a licence for the whole: the reports belong to their publishers",
    ),
    write=write,
)
