"""GeoPackage 1.3, written by hand with SQLite: the map's layers with an index each, styles for QGIS, and whom to name.

The tables are those of the standard (OGC 12-128r17) and of GDAL and QGIS for ``layer_styles``; the R-tree extension is
filled so that large layers open quickly.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import credit_lines
from tidings.tell.formats.export import Export, LeftOut, Tables, Written
from tidings.tell.formats.gpkg_tables import EXTENSION, LAYER_COLUMNS, NO_CLOCK, STANDARD, SYSTEMS, TRIGGERS
from tidings.tell.formats.places import LAYERS, Gazette, points

__all__ = ["EXPORT", "write"]

_TITLES = {
    "happenings": "Happenings: one point for each place of each",
    "figures": "Dead, wounded and missing as ranges",
    "holdings": "Who held a place, by whose word",
    "places": "Places named in the reports",
}
_SHAPE = struct.Struct("<2sBBiBIdd")


def write(tables: Tables, target: Path) -> Written:
    """Write the map's layers into one GeoPackage; a file of the same name is replaced.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    left_out: LeftOut = LeftOut()
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        # No journal: a file that is cut short is written again, and the same bytes come out each time.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
        connection.executescript("PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300; BEGIN;" + STANDARD)
        connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", SYSTEMS)
        gazette, written = Gazette(tables), 0
        named = "; ".join(credit_lines(tables))
        for layer in LAYERS:
            written += _layer(connection, layer, points(tables, gazette, layer, left_out), named)
        _styles(connection)
        _credits(connection, credit_lines(tables))
        connection.execute("COMMIT")
    finally:
        connection.close()
    return Written(files=(target,), rows=written, left_out=left_out)


def _layer(connection: sqlite3.Connection, layer: str, found: Iterator[Any], named: str) -> int:
    """Write one layer with its index and return how many points it has."""
    columns = LAYER_COLUMNS[layer]
    told = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    connection.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, geom POINT, {told})')
    box = [180.0, 90.0, -180.0, -90.0]
    marks = ", ".join("?" * (len(columns) + 2))
    number = 0
    for number, (spot, attributes) in enumerate(found, start=1):
        box = [min(box[0], spot.lon), min(box[1], spot.lat), max(box[2], spot.lon), max(box[3], spot.lat)]
        values = [number, _point(spot.lon, spot.lat), *(attributes[name] for name, _ in columns)]
        connection.execute(f'INSERT INTO "{layer}" VALUES ({marks})', values)  # noqa: S608 - names of our own
    extent = box if number else [None] * 4
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, 4326)",
        (layer, layer, f"{_TITLES[layer]}. {named}".strip(), NO_CLOCK, *extent),
    )
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', 4326, 0, 0)", (layer,))
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', ?, 'write-only')", (layer, EXTENSION)
    )
    connection.execute(f"CREATE VIRTUAL TABLE rtree_{layer}_geom USING rtree(id, minx, maxx, miny, maxy)")
    # The point's two numbers stand at fixed bytes, but SQLite cannot read them: the index is filled from here.
    rows = connection.execute(f'SELECT fid, geom FROM "{layer}" ORDER BY fid')  # noqa: S608 - names of our own
    fill = f"INSERT INTO rtree_{layer}_geom VALUES (?, ?, ?, ?, ?)"  # noqa: S608 - names of our own
    connection.executemany(fill, ((fid, lon, lon, lat, lat) for fid, lon, lat in _corners(rows)))
    for trigger in TRIGGERS:
        connection.execute(trigger.replace("{layer}", layer))
    return number


def _corners(rows: sqlite3.Cursor) -> Iterator[tuple[int, float, float]]:
    for fid, blob in rows:
        *_, lon, lat = _SHAPE.unpack(blob)
        yield fid, lon, lat


def _point(lon: float, lat: float) -> bytes:
    """Return a point as GeoPackage holds it: the standard's header (little-endian, no envelope), then WKB."""
    return _SHAPE.pack(b"GP", 0, 1, 4326, 1, 1, lon, lat)


def _styles(connection: sqlite3.Connection) -> None:
    """Write a style for each layer; QGIS takes it when the layer is opened."""
    connection.execute(
        "INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', "
        "'Styles for QGIS', ?, NULL, NULL, NULL, NULL, 0)",
        (NO_CLOCK,),
    )
    folder = files("tidings.tell.formats").joinpath("qgis")
    for number, layer in enumerate(LAYERS, start=1):
        style = folder.joinpath(f"{layer}.qml").read_text(encoding="utf-8")
        connection.execute(
            "INSERT INTO layer_styles VALUES (?, '', '', ?, 'geom', ?, ?, NULL, 1, ?, '', NULL, ?)",
            (number, layer, layer, style, _TITLES[layer], NO_CLOCK),
        )


def _credits(connection: sqlite3.Connection, named: tuple[str, ...]) -> None:
    """Write whom to name for the places as a table that QGIS lists."""
    connection.execute(
        "INSERT INTO gpkg_contents VALUES ('credits', 'attributes', 'credits', "
        "'Whom to name for the places', ?, NULL, NULL, NULL, NULL, 0)",
        (NO_CLOCK,),
    )
    connection.executemany("INSERT INTO credits VALUES (?, ?)", enumerate(named, start=1))


EXPORT = Export(
    name="gpkg",
    title="the map as a GeoPackage with styles, to be opened in QGIS",
    ending=".gpkg",
    cannot_hold=(
        "what has no place with coordinates",
        "how far off a point may lie, but as the attribute radius_m",
        "the shapes of areas",
        "lists: names and ids are joined by a bar",
        "days that are known only as one of several: earliest and latest are drawn, time keeps the words",
    ),
    write=write,
)
