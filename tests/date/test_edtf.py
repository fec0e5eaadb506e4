"""Days survive the way through the exchange format."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import When, parse_edtf

_DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(_DAYS, _DAYS)
def test_an_interval_comes_back_as_it_went(one: date, other: date) -> None:
    """Both ends of an interval are read back from its string."""
    first, last = sorted((one, other))
    back = parse_edtf(When.between(first, last).edtf())

    assert (back.earliest, back.latest) == (first, last)


@given(_DAYS, st.booleans())
def test_an_open_end_comes_back_open(day: date, before: bool) -> None:
    """An interval with one end keeps the other open."""
    when = When.between(None, day) if before else When.between(day, None)

    assert parse_edtf(when.edtf()) == when


@given(st.sets(_DAYS, min_size=2, max_size=6))
def test_one_day_of_several_comes_back_as_those_days(days: set[date]) -> None:
    """A set of possible days is read back as the same set."""
    listed = tuple(sorted(days))
    when = When(
        start_earliest=listed[0],
        start_latest=listed[-1],
        end_earliest=listed[0],
        end_latest=listed[-1],
        choices=listed,
    )

    assert parse_edtf(when.edtf()).choices == listed


def test_what_is_not_known_is_an_empty_string() -> None:
    """Nothing known is written as nothing, and read back as nothing."""
    assert (When().edtf(), parse_edtf("")) == ("", When())
