"""Codes of precision follow from the kind and the radius of a place."""

from __future__ import annotations

import pytest

from tidings.geo.precision import acled_geo_precision, ucdp_where_prec
from tidings.model import Place


def at(precision: str, kind: str = "", radius: int = 5_000) -> Place:
    return Place(lat=15.0, lon=32.0, radius_m=radius, precision=precision, kind=kind)


@pytest.mark.parametrize(
    ("place", "ucdp", "acled"),
    [
        (at("town", "city"), 1, 1),
        (at("exact", "village"), 1, 1),
        (at("near", "checkpoint"), 2, 2),
        (at("near", "", 60_000), 5, 2),
        (at("near", "road", 80_000), 5, 2),
        (at("district", "district", 25_000), 3, 2),
        (at("province", "province", 90_000), 4, 3),
        (at("province", "region", 200_000), 5, 2),
        (at("country", "country", 300_000), 6, 3),
        (at("province", "sea", 500_000), 7, 3),
        (Place(), None, None),
        (None, None, None),
    ],
)
def test_codes(place: Place | None, ucdp: int | None, acled: int | None) -> None:
    """An exact point is 1, a country 6; what is not known has no code."""
    assert (ucdp_where_prec(place), acled_geo_precision(place)) == (ucdp, acled)
