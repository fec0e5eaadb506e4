"""Distances, directions and shapes on the earth."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from tidings.geo.distance import bearing, metres, walk
from tidings.geo.shapes import corridor, disc, sector

KHARTOUM = (15.55, 32.53)
LAT = st.floats(-70, 70)
LON = st.floats(-179, 179)


def test_distance_between_two_cities() -> None:
    """Kyiv and Kharkiv lie some 410 km apart."""
    assert metres(50.45, 30.52, 49.98, 36.25) == pytest.approx(411_000, rel=0.01)


@given(LAT, LON, st.floats(0, 359), st.floats(100, 100_000))
def test_walking_and_looking_back_agree(lat: float, lon: float, direction: float, distance: float) -> None:
    """A walk of some length ends at that distance in that direction."""
    there = walk(lat, lon, direction, distance)
    assert metres(lat, lon, *there) == pytest.approx(distance, rel=0.01)
    turn = abs(bearing(lat, lon, *there) - direction)
    assert min(turn, 360 - turn) < 0.5


def test_a_distance_and_a_direction_are_a_piece_of_a_ring() -> None:
    """Ten kilometres east of a city: eight to twelve away, thirty degrees to either side."""
    found = sector(*KHARTOUM, 90, inner_m=8_000, outer_m=12_000)
    area = shape(json.loads(found.geometry))
    inside = [walk(*KHARTOUM, turn, distance) for turn in (62, 90, 118) for distance in (8_200, 11_800)]
    outside = [
        walk(*KHARTOUM, turn, distance) for turn, distance in ((90, 5_000), (90, 14_000), (130, 10_000), (270, 10_000))
    ]
    assert all(area.contains(Point(lon, lat)) for lat, lon in inside)
    assert not any(area.contains(Point(lon, lat)) for lat, lon in outside)


@given(LAT, LON, st.floats(0, 359), st.integers(2_000, 200_000))
def test_the_radius_holds_the_whole_shape(lat: float, lon: float, direction: float, outer: int) -> None:
    """No corner of a shape lies outside its radius."""
    for found in (sector(lat, lon, direction, inner_m=0, outer_m=outer), disc(lat, lon, outer)):
        ring = json.loads(found.geometry)["coordinates"][0]
        assert all(metres(found.lat, found.lon, north, east) <= found.radius_m * 1.01 + 5 for east, north in ring)


def test_a_road_is_the_strip_between_its_ends() -> None:
    """Points on the line are inside, points beside and behind it are not."""
    found = corridor((15.55, 32.53), (15.05, 32.53), 5_000)
    area = shape(json.loads(found.geometry))
    assert area.contains(Point(32.53, 15.3))
    assert not area.contains(Point(32.60, 15.3))
    assert not area.contains(Point(32.53, 15.7))


def test_a_road_between_one_place_is_a_disc() -> None:
    """Two ends at one point leave a disc."""
    assert corridor(KHARTOUM, KHARTOUM, 5_000).radius_m == 5_000
