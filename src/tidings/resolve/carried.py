"""Layers of an older index carried over into a new one, so that a new version of Tidings costs no user a layer."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tidings.model import Progress
from tidings.resolve.index import Layer, Row, record_layer, write_layer

__all__ = ["carry_layers", "older_indexes"]

_NAMED = re.compile(r"gazetteer-(\d+)\.sqlite\Z")
_LAYER = "name, form, source, sha256, licence, attribution, places, refused, wins"
_PLACE = "ext, name, lat, lon, kind, country, admin1, population, radius, weight, names, ids, geometry"


def older_indexes(folder: Path, form: int) -> list[Path]:
    """Return the indexes of forms before ``form`` in a folder, the newest first."""
    found = [(int(match[1]), path) for path in folder.iterdir() if (match := _NAMED.fullmatch(path.name))]
    return [path for number, path in sorted(found, reverse=True) if number < form]


def carry_layers(connection: sqlite3.Connection, older: list[Path], progress: Progress | None = None) -> list[str]:
    """Write the layers that a user added to an older index into a new one, and return their names.

    The newest index that has layers of the user's is taken; one that cannot be read, or that knows other columns, is passed over.
    Nothing is committed; the caller does.

    Args:
        connection: The new index, its default layer written.
        older: Older indexes, the newest first.
        progress: Called with a step, how much is done and how much there is.
    """
    for path in older:
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as held:
                layers = [
                    Layer(**dict(zip(_LAYER.split(", "), row, strict=True)))
                    for row in held.execute(f"SELECT {_LAYER} FROM layers WHERE name != 'world' ORDER BY name")  # noqa: S608 - ours
                ]
                for layer in layers:
                    write_layer(connection, layer, _rows(held, layer.name), total=layer.places, progress=progress)
                    record_layer(connection, layer, places=layer.places, refused=layer.refused)
        except sqlite3.Error:
            continue
        if layers:
            return [layer.name for layer in layers]
    return []


def _rows(held: sqlite3.Connection, layer: str) -> Iterator[Row]:
    for row in held.execute(f"SELECT {_PLACE} FROM places WHERE layer = ? ORDER BY id", (layer,)):  # noqa: S608 - ours
        ext, name, lat, lon, kind, country, admin1, population, radius, weight, names, ids, geometry = row
        yield Row(
            ext=ext, name=name, lat=lat, lon=lon, kind=kind, country=country or "", admin1=admin1 or "",
            population=int(population or 0), radius_m=int(radius or 0), names=str(names or "").split("|"),
            ids=json.loads(ids) if ids else {}, weight=weight, geometry=geometry or "",
        )  # fmt: skip
