"""How precisely a place is known, in the codes that other collections of events use.

UCDP GED codes ``where_prec`` 1 to 7 (codebook, section on georeferencing); the ACLED layout has ``geo_precision`` 1 to 3.
Both follow from the radius and the kind of the place, never from the name alone.
"""

from __future__ import annotations

from tidings.model import Place

__all__ = ["acled_geo_precision", "ucdp_where_prec"]

NEAR_M = 25_000
"""UCDP codes 2 within about 25 km of a known point."""

_WATERS = frozenset({"sea"})
_LINES = frozenset({"road", "river", "border"})


def ucdp_where_prec(place: Place | None) -> int | None:
    """Return UCDP's ``where_prec``, or None where nothing is known.

    1 the exact location, 2 within about 25 km of a known point, 3 a second-level region, 4 a first-level region, 5 a line
    or a fuzzy area, 6 the country alone, 7 waters that belong to no country.
    """
    if place is None or place.lat is None:
        return None
    if place.kind in _WATERS:
        return 7
    if place.precision == "country":
        return 6
    if place.kind in _LINES:
        return 5
    if place.precision == "province":
        return 4 if place.kind in {"province", "admin1"} else 5
    if place.precision == "district":
        return 3
    if place.precision in {"exact", "town", "neighbourhood"}:
        return 1
    return 2 if (place.radius_m or 0) <= NEAR_M else 5


def acled_geo_precision(place: Place | None) -> int | None:
    """Return ACLED's ``geo_precision``, or None where nothing is known: 1 the town, 2 near it or a part of a region, 3 a region."""
    code = ucdp_where_prec(place)
    if code is None:
        return None
    return {1: 1, 2: 2, 3: 2, 5: 2}.get(code, 3)
