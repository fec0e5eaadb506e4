"""Shapes with a radius for places in words: sectors, rings, corridors; GeoJSON out.

All follow the WGS 84 ellipsoid. A shape's GeoJSON is a polygon with five decimals (about a metre), its ring
counter-clockwise and closed, so that the same words give the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise

from tidings.geo.distance import bearing, metres, walk

__all__ = ["Shape", "corridor", "disc", "sector"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A middle in degrees, the radius in metres that holds the whole shape around it, and the GeoJSON polygon."""

    lat: float
    lon: float
    radius_m: int
    geometry: str


def _polygon(points: list[tuple[float, float]]) -> str:
    ring = [[round(lon, 5), round(lat, 5)] for lat, lon in points]
    ring.append(ring[0])
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    if area < 0:
        ring.reverse()
    return json.dumps({"type": "Polygon", "coordinates": [ring]}, separators=(",", ":"))


def _around(lat: float, lon: float, points: list[tuple[float, float]]) -> Shape:
    radius = max(metres(lat, lon, *point) for point in points)
    return Shape(round(lat, 5), round(lon, 5), int(radius) + 1, _polygon(points))


def disc(lat: float, lon: float, radius_m: float, *, corners: int = 32) -> Shape:
    """Return a disc around a point."""
    points = [walk(lat, lon, 360 * step / corners, radius_m) for step in range(corners)]
    return Shape(round(lat, 5), round(lon, 5), int(radius_m), _polygon(points))


def sector(
    lat: float,
    lon: float,
    bearing: float,
    *,
    inner_m: float,
    outer_m: float,
    half_angle: float = 30.0,
    steps: int = 8,
) -> Shape:
    """Return the part of a ring around a point that lies in a direction.

    Args:
        lat: Latitude of the point, in degrees.
        lon: Longitude of the point, in degrees.
        bearing: Direction in degrees from north.
        inner_m: Inner radius in metres; 0 for a full sector.
        outer_m: Outer radius in metres.
        half_angle: Degrees to either side. Thirty: a hill said to lie "10 km east" of its town lay at 68 degrees.
        steps: Corners along each arc.
    """
    turns = [bearing - half_angle + 2 * half_angle * step / steps for step in range(steps + 1)]
    points = [walk(lat, lon, turn, outer_m) for turn in turns]
    if inner_m > 0:
        points += [walk(lat, lon, turn, inner_m) for turn in reversed(turns)]
    else:
        points.append((lat, lon))
    middle = walk(lat, lon, bearing, (inner_m + outer_m) / 2)
    return _around(*middle, points)


def corridor(a: tuple[float, float], b: tuple[float, float], half_width_m: float) -> Shape:
    """Return the strip between two points (latitude, longitude) with a half width in metres: an unmapped road."""
    away = metres(*a, *b)
    if away < 1:
        return disc(*a, half_width_m)
    forth = bearing(*a, *b)
    back = bearing(*b, *a)
    points = [
        walk(*a, forth + 90, half_width_m),
        walk(*b, back - 90, half_width_m),
        walk(*b, back + 90, half_width_m),
        walk(*a, forth - 90, half_width_m),
    ]
    return _around(*walk(*a, forth, away / 2), points)
