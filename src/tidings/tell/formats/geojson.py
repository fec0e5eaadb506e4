"""GeoJSON (RFC 7946): one collection of points, each with the layer that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import compact, credit_lines, write_list
from tidings.tell.formats.export import Export, LeftOut, Tables, Written
from tidings.tell.formats.places import LAYERS, Gazette, points

__all__ = ["EXPORT", "write"]


def write(tables: Tables, target: Path) -> Written:
    """Write happenings, figures, holdings and places as points.

    A happening at three places is three points with one ``id``. Whom to name for the places stands in the foreign member ``credits``.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    left_out: LeftOut = LeftOut()
    head = f'{{"type":"FeatureCollection","credits":{compact(credit_lines(tables))},"features":['
    written = write_list(target, head, _features(tables, left_out), "]}\n")
    return Written(files=(target,), rows=written, left_out=left_out)


def _features(tables: Tables, left_out: LeftOut) -> Iterator[dict[str, Any]]:
    gazette = Gazette(tables)
    for layer in LAYERS:
        for spot, attributes in points(tables, gazette, layer, left_out):
            yield {
                "type": "Feature",
                "id": f"{attributes['id']}@{spot.id}",
                "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]},
                "properties": {"layer": layer, **attributes},
            }


EXPORT = Export(
    name="geojson",
    title="happenings, figures, holdings and places as points for any map",
    ending=".geojson",
    cannot_hold=(
        "what has no place with coordinates",
        "how far off a point may lie, but as the attribute radius_m",
        "the shapes of areas",
        "the words of the claims: their ids lead back to the record",
    ),
    write=write,
)
