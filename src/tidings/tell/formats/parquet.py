"""Parquet: one file a table with the types of the contract, lists and objects as such; written by pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tidings.model.columns import TABLES, Column
from tidings.tell.formats.export import Export, Row, Tables, Written

__all__ = ["EXPORT", "write"]

_GROUP = 5_000
"""Rows of one row group: about ten megabytes of claims, so that memory stays bounded."""
_WHOLE = frozenset({"low", "high", "start", "end", "distance_m", "bearing"})
_PARTS = {"removed": ("start", "end", "words"), "origins_claims": ("name", "entity", "claims")}
"""Lists of objects with the keys of their objects."""
_INTEGERS = frozenset({"weekdays", "yearly"})


def write(tables: Tables, target: Path) -> Written:
    """Write one ``<table>.parquet`` for each table into the folder ``target``.

    Args:
        tables: Rows by table of the contract.
        target: Where the files go.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    files, written = [], 0
    for table, rows in tables.items():
        columns = TABLES[table]
        schema = pa.schema([pa.field(column.name, _type(pa, column)) for column in columns])
        path = target / f"{table}.parquet"
        with pq.ParquetWriter(path, schema, compression="zstd") as out:
            for batch in batches(rows, _GROUP):
                arrays = [_values(pa, column, batch, schema.field(column.name).type) for column in columns]
                out.write_table(pa.Table.from_arrays(arrays, schema=schema))
                written += len(batch)
        files.append(path)
    return Written(files=tuple(files), rows=written)


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows in lists of at most ``size``."""
    walking = iter(rows)
    while batch := list(islice(walking, size)):
        yield batch


def _type(pa: Any, column: Column) -> Any:
    plain = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "yes_no": pa.bool_()}
    if column.holds in plain:
        return plain[column.holds]
    if column.holds == "object":
        return pa.struct([(part, _part(pa, part)) for part in column.parts]) if column.parts else pa.string()
    if column.name in _PARTS:
        return pa.list_(pa.struct([(part, _part(pa, part)) for part in _PARTS[column.name]]))
    return pa.list_(pa.int64() if column.name in _INTEGERS else pa.string())


def _part(pa: Any, part: str) -> Any:
    if part == "claims":
        return pa.list_(pa.string())
    return pa.int64() if part in _WHOLE else pa.string()


def _values(pa: Any, column: Column, batch: list[Row], kind: Any) -> Any:
    """Return the values of a column as an array of its type; objects whose keys vary are JSON."""
    name = column.name
    if column.holds == "object" and not column.parts:
        return pa.array([None if row[name] is None else _text(row[name]) for row in batch], kind)
    values = [row[name] for row in batch]
    try:
        return pa.array(values, kind)
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        # A list that holds more than texts; most hold nothing else, and looking at each item takes longer than all the rest.
        return pa.array([value and [_text(item) for item in value] for value in values], kind)


def _text(item: Any) -> str:
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)


EXPORT = Export(
    name="parquet",
    title="every table as Parquet, for Polars, pandas, DuckDB, R and Spark",
    ending="",
    cannot_hold=(
        "shapes, outside ids and settings of builds as objects: their keys vary, so they are JSON in a text column",
    ),
    write=write,
    extra="parquet",
    needs="pyarrow",
)
