"""Ground for maps: countries of Natural Earth, places of the record, and how far each place may reach."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import asin, atan2, cos, degrees, hypot, log, pi, radians, sin, sqrt, tan
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from tidings.web.desk import Desk, Row
from tidings.web.pages import neutral

__all__ = ["circle", "country_names", "outlines", "reach", "small_map", "spots", "spots_map"]

_FILE = Path(__file__).parent / "vendor" / "atlas" / "countries-50m.json"
_EARTH_M = 6_371_000
_WIDTH, _HEIGHT = 560, 340
_MOST_SPOTS = 60


@lru_cache(maxsize=1)
def outlines() -> dict[str, Any]:
    """Return the countries of Natural Earth (1:50m, public domain) as a GeoJSON collection."""
    held = json.loads(_FILE.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = held["transform"]["scale"], held["transform"]["translate"]
    arcs = []
    for arc in held["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append([round(x * sx + tx, 3), round(y * sy + ty, 3)])  # the file is no finer
        arcs.append(points)

    def ring(indices: Sequence[int]) -> list[list[float]]:
        out: list[list[float]] = []
        for one in indices:
            points = arcs[one] if one >= 0 else arcs[~one][::-1]
            out += points[1:] if out else points
        return out

    features = []
    for shape in held["objects"]["countries"]["geometries"]:
        if shape["type"] == "Polygon":
            coordinates: Any = [ring(part) for part in shape["arcs"]]
        elif shape["type"] == "MultiPolygon":
            coordinates = [[ring(part) for part in polygon] for polygon in shape["arcs"]]
        else:
            continue
        geometry = {"type": shape["type"], "coordinates": coordinates}
        features.append({"type": "Feature", "properties": {"name": shape["properties"]["name"]}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


@lru_cache(maxsize=1)
def country_names() -> list[list[Any]]:
    """Return where a country's name is written: name, lon, lat and the size of its largest part in square degrees, the largest first."""
    found = []
    for feature in outlines()["features"]:
        shapes = feature["geometry"]["coordinates"]
        rings = [part[0] for part in ([shapes] if feature["geometry"]["type"] == "Polygon" else shapes)]
        size, lon, lat = max(_middle_of(ring) for ring in rings)
        found.append([feature["properties"]["name"], round(lon, 2), round(lat, 2), round(size, 2)])
    return sorted(found, key=lambda row: (-row[3], row[0]))


def _middle_of(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return the size and the centre of mass of a ring, on the plane of degrees."""
    size = x = y = 0.0
    for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True):
        part = a * d - c * b
        size += part
        x += (a + c) * part
        y += (b + d) * part
    if not size:
        return 0.0, ring[0][0], ring[0][1]
    return abs(size / 2), x / (3 * size), y / (3 * size)


def circle(lat: float, lon: float, radius_m: float, *, points: int = 64) -> list[list[float]]:
    """Return a ring of points (lon, lat) at a distance on the sphere around a point."""
    angle = radius_m / _EARTH_M
    a, b = radians(lat), radians(lon)
    ring = []
    for step in range(points + 1):
        bearing = 2 * pi * step / points
        y = asin(sin(a) * cos(angle) + cos(a) * sin(angle) * cos(bearing))
        x = b + atan2(sin(bearing) * sin(angle) * cos(a), cos(angle) - sin(a) * sin(y))
        ring.append([round(degrees(x), 6), round(degrees(y), 6)])
    return ring


def reach(place: Row) -> list[dict[str, Any]]:
    """Return how a place may lie: its own shape (sector, road) where it has one, else a disc of its radius, and its point."""
    properties = {"name": neutral(place["name"]), "radius_m": place["radius_m"], "precision": place["precision"]}
    out = []
    if place["geometry"]:
        out.append({"type": "Feature", "properties": {**properties, "what": "shape"}, "geometry": place["geometry"]})
    elif place["lat"] is not None and place["radius_m"]:
        ring = circle(place["lat"], place["lon"], place["radius_m"])
        geometry = {"type": "Polygon", "coordinates": [ring]}
        out.append({"type": "Feature", "properties": {**properties, "what": "radius"}, "geometry": geometry})
    if place["lat"] is not None:
        geometry = {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
        out.append({"type": "Feature", "properties": {**properties, "what": "point"}, "geometry": geometry})
    return out


def spots(desk: Desk) -> dict[str, Row]:
    """Return the places that happenings are told at: id, name, lat, lon, radius_m, n, events."""

    def make() -> dict[str, Row]:
        held: dict[str, list[str]] = {}
        for one, ids in desk.look.each("events", "id", "places_ids"):
            for place in dict.fromkeys(json.loads(ids)):
                if place:
                    held.setdefault(place, []).append(one)
        names = ("id", "name", "lat", "lon", "radius_m", "precision")
        rows = (
            dict(zip(names, row, strict=True)) for row in desk.look.slim("entities", *names, equals={"kind": "place"})
        )
        return {
            row["id"]: {**row, "n": len(held[row["id"]]), "events": held[row["id"]]}
            for row in rows
            if row["id"] in held and row["lat"] is not None
        }

    return desk.kept("spots", make)


def small_map(desk: Desk) -> Markup:
    """Return a map of the places told of most, for the overview."""
    held = sorted(spots(desk).values(), key=lambda row: (-row["n"], row["id"]))[:_MOST_SPOTS]
    near = _middle(held)
    return spots_map(near, reaches=False, sized=True)


def _middle(rows: Sequence[Row]) -> list[Row]:
    """Leave out the few places that lie far from all others: a capital that an agency writes from, say."""
    if len(rows) < 4:
        return list(rows)
    lats, lons = (
        sorted(row["lat"] for row in rows for _ in range(min(row["n"], 20))),
        sorted(row["lon"] for row in rows for _ in range(min(row["n"], 20))),
    )
    lat, lon = lats[len(lats) // 2], lons[len(lons) // 2]
    far = sorted(hypot(row["lat"] - lat, row["lon"] - lon) for row in rows)
    limit = max(0.4, far[int(len(far) * 0.8)] * 1.6)
    return [row for row in rows if hypot(row["lat"] - lat, row["lon"] - lon) <= limit]


def _y(lat: float) -> float:
    return degrees(log(tan(pi / 4 + radians(min(85.0, max(-85.0, lat))) / 2)))


def spots_map(places: Iterable[Row], *, reaches: bool = True, sized: bool = False, link: str = "/entity/") -> Markup:
    """Return places on a small map with the outlines of countries, each with how far it may reach, a link for each by its id."""
    held = [row for row in places if row.get("lat") is not None]
    if not held:
        return Markup("")
    pad = [((row.get("radius_m") or 0) if reaches else 0) / 111_000 for row in held]
    west = min(row["lon"] - room * 1.5 for row, room in zip(held, pad, strict=True))
    east = max(row["lon"] + room * 1.5 for row, room in zip(held, pad, strict=True))
    south = min(_y(row["lat"] - room * 1.2) for row, room in zip(held, pad, strict=True))
    north = max(_y(row["lat"] + room * 1.2) for row, room in zip(held, pad, strict=True))
    scale = min(_WIDTH * 0.86 / max(east - west, 0.25), _HEIGHT * 0.8 / max(north - south, 0.15))
    cx, cy = (west + east) / 2, (south + north) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        return _WIDTH / 2 + (lon - cx) * scale, _HEIGHT / 2 - (_y(lat) - cy) * scale

    parts = [_land(cx, cy, scale)]
    for row in held if reaches else ():
        shapes = [feature["geometry"] for feature in reach(row)]
        parts += [
            f'<path class="reach" d="{_path(shape["coordinates"], at)}"/>'
            for shape in shapes
            if shape["type"] == "Polygon"
        ]
    labelled: list[tuple[float, float]] = []
    for row in sorted(held, key=lambda row: -row.get("n", 0)):
        x, y = at(row["lon"], row["lat"])
        r = 3 + 1.5 * sqrt(row.get("n", 1)) if sized else 4
        name = str(neutral(row["name"]))
        label = ""
        if all(abs(x - a) > 92 or abs(y - b) > 15 for a, b in labelled) and len(labelled) < 12:
            labelled.append((x, y))
            side = "end" if x > _WIDTH * 0.78 else ""
            label = f'<text class="name {side}" x="{x + (-r - 4 if side else r + 4):.1f}" y="{y + 4:.1f}">{escape(name[:24])}</text>'
        told = f", {row['n']} happenings" if "n" in row else ""
        parts.append(f'<a href="{link}{escape(row["id"])}"><title>{escape(name)}{told}</title><circle class="spot b" cx="{x:.1f}" cy="{y:.1f}" r="{min(r, 18):.1f}"/>{label}</a>')  # fmt: skip
    return Markup(  # noqa: S704 - made above from numbers and escaped words
        f'<svg class="chart map" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group" aria-label="Map of places">{"".join(parts)}</svg>'
    )


def _path(rings: Sequence[Sequence[Sequence[float]]], at: Any) -> str:
    return "".join(
        "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point[:2]) for point in ring)) + "Z" for ring in rings
    )


@lru_cache(maxsize=1)
def _polygons() -> list[tuple[float, float, float, float, list[tuple[float, float]]]]:
    """Return the outer rings of countries on Mercator's plane, in degrees, each with its west, south, east and north end."""
    out = []
    for feature in outlines()["features"]:
        shapes = feature["geometry"]["coordinates"]
        for polygon in [shapes] if feature["geometry"]["type"] == "Polygon" else shapes:
            ring = [(lon, _y(lat)) for lon, lat in polygon[0]]
            xs, ys = [x for x, _ in ring], [y for _, y in ring]
            out.append((min(xs), min(ys), max(xs), max(ys), ring))
    return out


def _land(cx: float, cy: float, scale: float) -> str:
    """Return the outlines of countries that a small map around a point shows any of."""
    wide, high = _WIDTH / 2 / scale, _HEIGHT / 2 / scale
    out = []
    for west, south, east, north, ring in _polygons():
        if east < cx - wide or west > cx + wide or north < cy - high or south > cy + high:
            continue
        kept: list[tuple[float, float]] = []
        for lon, lat in ring:
            x = min(max(_WIDTH / 2 + (lon - cx) * scale, -900), _WIDTH + 900)
            y = min(max(_HEIGHT / 2 - (lat - cy) * scale, -900), _HEIGHT + 900)
            if not kept or abs(kept[-1][0] - x) + abs(kept[-1][1] - y) > 1.2:
                kept.append((x, y))
        out.append("M" + "L".join(f"{x:.0f},{y:.0f}" for x, y in kept) + "Z")
    frame = f'<clipPath id="frame"><rect width="{_WIDTH}" height="{_HEIGHT}" rx="8"/></clipPath>'
    return f'{frame}<path class="land" clip-path="url(#frame)" d="{"".join(out)}"/>'
