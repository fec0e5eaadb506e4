"""The default layer: countries, regions and towns from packages of the index alone."""

from __future__ import annotations

from itertools import takewhile

import pytest

from tidings.resolve.index import Row
from tidings.resolve.world import region_name, region_of, rows


@pytest.fixture(scope="module")
def wide() -> dict[str, Row]:
    """Countries, well-known regions and first-level regions by their ids; they come before the towns."""
    return {row.ext: row for row in takewhile(lambda row: row.kind != "admin2", rows())}


@pytest.mark.parametrize(
    ("country", "name", "expected"),
    [
        ("YE", "Hodeidah", "Al Hudaydah"),
        ("CD", "Nord-Kivu", "North Kivu"),
        ("CO", "choco", "Chocó"),
        ("UA", "Vinnytsya", "Vinnytsia"),
        ("SD", "Vinnytsia", ""),
    ],
)
def test_a_region_is_known_by_any_of_its_names(country: str, name: str, expected: str) -> None:
    """Every name of a region leads to its first one, within its country alone."""
    assert region_of(country, name) == expected


def test_unknown_codes_have_no_name() -> None:
    """A code of no region gives an empty string."""
    assert [region_name("SY", "01"), region_name("SY", "99"), region_name("", "")] == ["Al-Hasakah", "", ""]


def test_regions_bear_their_iso_code_and_no_empty_id(wide: dict[str, Row]) -> None:
    """A region has its ISO 3166-2 code where that is known; no package holds its GeoNames id."""
    assert wide["SY.07"].ids == {"iso3166-2": "SY-DY"}
    assert all(value for row in wide.values() for value in row.ids.values())


def test_a_country_across_the_date_line_has_its_middle_there(wide: dict[str, Row]) -> None:
    """New Zealand's outlying islands lie beyond 180 degrees; its middle is Cook Strait, between the main ones."""
    assert (round(wide["NZ"].lat), round(wide["NZ"].lon)) == (-42, 175)


def test_a_country_lies_in_the_middle_of_its_towns(wide: dict[str, Row]) -> None:
    """The middle of the towns' hull, and the radius that holds nine in ten, need no table of countries."""
    assert (round(wide["SY"].lat), round(wide["SY"].lon)) == (35, 38)
    assert 200_000 < wide["SY"].radius_m < 400_000
