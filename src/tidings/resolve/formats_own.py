"""An analyst's own gazetteer as rows: a CSV with a head, or GeoJSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.errors import GazetteerError
from tidings.resolve.formats_reading import RADII, Refuse, lines, load_json, point
from tidings.resolve.index import Row

__all__ = ["COLUMNS", "analyst_csv", "geojson"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "place", "name_en", "placename"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "kind": ("kind", "type", "placetype"),
    "country": ("country", "country_code", "iso2"),
    "admin1": ("admin1", "region", "province", "governorate"),
    "radius_m": ("radius_m", "radius"),
    "aliases": ("aliases", "alias", "names", "other_names"),
    "ext": ("id", "pcode", "code"),
    "population": ("population", "pop"),
    "wikidata": ("wikidata",),
    "geonames": ("geonames", "geonameid"),
}
_ANALYST_KINDS = {"province": "admin1", "governorate": "admin1", "district": "admin2", "subdistrict": "admin2", "hill": "mountain", "junction": "facility", "checkpoint": "facility", "camp": "facility", "quarter": "neighbourhood", "neighborhood": "neighbourhood"}  # fmt: skip


def _row(values: dict[str, Any], north: float, east: float) -> Row:
    def get(column: str) -> str:
        return next((str(values[name]).strip() for name in COLUMNS[column] if values.get(name) not in (None, "")), "")

    kind = get("kind").casefold() or "other"
    aliases = values.get("aliases")
    names = (
        [str(alias) for alias in aliases]
        if isinstance(aliases, list)
        else [part.strip() for part in get("aliases").replace(";", "|").split("|")]
    )
    names += [str(value) for key, value in sorted(values.items()) if str(key).startswith("name:") and value]
    kind = _ANALYST_KINDS.get(kind, kind)
    radius = get("radius_m")
    return Row(
        ext=get("ext") or f"{get('name')}@{north},{east}",
        name=get("name"),
        lat=north,
        lon=east,
        kind=kind,
        country=get("country").upper()[:2],
        admin1=get("admin1"),
        population=int(float(get("population") or 0)),
        radius_m=int(float(radius)) if radius else RADII.get(kind, 1000),
        names=[name for name in names if name],
        ids={key: get(key) for key in ("wikidata", "geonames") if get(key)},
    )


def analyst_csv(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a CSV with a head, split by comma, semicolon or tab."""
    listed = list(lines(path, refuse))
    if not listed:
        message = f"{path}: the gazetteer is empty"
        raise GazetteerError(message)
    first = listed[0][1]
    mark = max(",;\t", key=first.count)
    try:
        head = [field.strip().casefold() for field in next(csv.reader([first], delimiter=mark))]
    except csv.Error as error:
        message = f"{path}: its first line is no CSV ({error}); save it again with a line for each row"
        raise GazetteerError(message) from error
    for number, line in listed[1:]:
        where = f"line {number}"
        try:
            fields = next(csv.reader([line], delimiter=mark))
        except csv.Error as error:
            refuse(where, f"it is no CSV ({error})")
            continue
        if len(fields) > len(head):
            refuse(where, f"it has {len(fields)} columns, not {len(head)}")
            continue
        values = dict(zip(head, fields, strict=False))
        try:
            lat, lon = (
                next((values[name] for name in COLUMNS[column] if values.get(name)), "") for column in ("lat", "lon")
            )
            yield where, _row(values, *point(lat, lon))
        except ValueError as error:
            refuse(where, str(error))


def geojson(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    """Yield the features of a FeatureCollection; an area gives its middle, its radius and its shape."""
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    from tidings.geo.distance import metres

    whole = load_json(path)
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        message = f"{path}: a GeoJSON gazetteer is a FeatureCollection with a list of features"
        raise GazetteerError(message)
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}"
        try:
            values = {str(key).casefold(): value for key, value in (feature.get("properties") or {}).items()}
            geometry = shape(feature["geometry"])
            middle = geometry.representative_point() if geometry.geom_type != "Point" else geometry
            row = _row(values, *point(middle.y, middle.x))
            west, south, east, north = geometry.bounds
            # A corner beyond the poles, or at no number at all, has no distance to the others.
            point(south, west), point(north, east)
        except (KeyError, TypeError, AttributeError, ValueError, ShapelyError) as error:
            refuse(where, f"it has no geometry that can be used ({error})")
            continue
        if geometry.geom_type != "Point":
            row.radius_m = int(metres(south, west, north, east) / 2) + 1
            row.geometry = json.dumps(feature["geometry"], separators=(",", ":"))
        yield where, row
