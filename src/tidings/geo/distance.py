"""Distances and directions on the earth.

:func:`metres` is the great-circle distance, quick and good to half a per cent, for ranking. :func:`walk` and
:func:`bearing` follow the WGS 84 ellipsoid (``pyproj``), for what is shown.
"""

from __future__ import annotations

from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Geod

__all__ = ["EARTH_M", "bearing", "metres", "walk"]

EARTH_M = 6_371_008.8
"""Mean radius of the earth in metres."""


def metres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the great-circle distance between two points in metres; degrees in, WGS 84 mean sphere."""
    a, b = radians(lat_a), radians(lat_b)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


@cache
def _ellipsoid() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def walk(lat: float, lon: float, bearing: float, distance_m: float) -> tuple[float, float]:
    """Return the latitude and longitude reached from a point along a bearing (degrees, north 0, east 90)."""
    east, north, _ = _ellipsoid().fwd(lon, lat, bearing, distance_m)
    return float(north), float(east)


def bearing(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the bearing from the first point to the second, in degrees from north, 0..360."""
    forward, _, _ = _ellipsoid().inv(lon_a, lat_a, lon_b, lat_b)
    return float(forward) % 360.0
