"""GeoParquet 1.1: a table of points for each layer of the map, in WGS 84, written by pyarrow."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import credit_lines
from tidings.tell.formats.export import Export, LeftOut, Tables, Written
from tidings.tell.formats.places import LAYERS, Gazette, points

__all__ = ["EXPORT", "wkb_point", "write"]

_GROUP = 20_000
_INTEGERS = frozenset({"low", "best", "high", "radius_m", "reports"})
_FLAGS = frozenset({"contested"})
_COLUMNS = {
    "happenings": "id kind type agents targets time earliest latest grade origins reports place place_id precision radius_m claims",
    "figures": "id measure harmed by low best high scope contested rule time earliest latest place place_id precision radius_m claims",
    "holdings": "id holder standing share held_from held_until earliest latest place place_id precision radius_m claims",
    "places": "id place place_id precision radius_m kind country",
}


def write(tables: Tables, target: Path) -> Written:
    """Write ``<layer>.parquet`` for each layer into the folder ``target``; a column ``geometry`` holds WKB points.

    Args:
        tables: Rows by table of the contract.
        target: Where the files go.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    left_out: LeftOut = LeftOut()
    gazette, files, written = Gazette(tables), [], 0
    for layer in LAYERS:
        names = _COLUMNS[layer].split()
        fields = [pa.field("geometry", pa.binary()), *(pa.field(name, _type(pa, name)) for name in names)]
        told = {"geo": json.dumps(_GEO), "credits": json.dumps(credit_lines(tables), ensure_ascii=False)}
        schema = pa.schema(fields, metadata=told)
        path = target / f"{layer}.parquet"
        with pq.ParquetWriter(path, schema, compression="zstd") as out:
            for rows in _pieces(points(tables, gazette, layer, left_out)):
                held: dict[str, list[Any]] = {"geometry": [wkb_point(spot.lon, spot.lat) for spot, _ in rows]}
                held |= {name: [attributes[name] for _, attributes in rows] for name in names}
                out.write_table(pa.table(held, schema=schema))
                written += len(rows)
        files.append(path)
    return Written(files=tuple(files), rows=written, left_out=left_out)


def wkb_point(lon: float, lat: float) -> bytes:
    """Return a point as well-known binary, little-endian."""
    return struct.pack("<BIdd", 1, 1, lon, lat)


def _pieces(found: Iterator[Any]) -> Iterator[list[Any]]:
    while piece := list(islice(found, _GROUP)):
        yield piece


def _type(pa: Any, name: str) -> Any:
    if name in _INTEGERS:
        return pa.int64()
    return pa.bool_() if name in _FLAGS else pa.string()


_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    # Without a "crs" the standard means OGC:CRS84: degrees of WGS 84, longitude first.
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}

EXPORT = Export(
    name="geoparquet",
    title="the map's layers as GeoParquet 1.1, for GeoPandas, DuckDB and QGIS",
    ending="",
    cannot_hold=(
        "what has no place with coordinates",
        "how far off a point may lie, but as the column radius_m",
        "the shapes of areas",
        "lists: names and ids are joined by a bar",
    ),
    write=write,
    extra="parquet",
    needs="pyarrow",
)
