"""Figures are ranges over independent origins, never an average."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weigh.builders import CIVILIANS, MONITOR, QUARTER, RAPID, WOMEN, weighed

from tidings.model import Amount
from tidings.testing import claim, doc

REPORTS = [
    doc(f"Report {at} on the dead of Shambat.", publisher=f"Outlet {at}", published=f"2023-06-0{at + 1}")
    for at in range(6)
]


def dead(at, number, **more):  # type: ignore[no-untyped-def]
    more = {"targets": [CIVILIANS], "places": [QUARTER], "when": "2023-06-01", **more}
    return claim(killed=number, of=REPORTS[at], **more)


def range_of(*claims, best="most_conservative"):  # type: ignore[no-untyped-def]
    (figure,) = weighed(REPORTS, claims, best=best).figures
    return (figure.low, figure.best, figure.high, figure.contested)


def test_the_range_runs_from_the_smallest_floor_to_the_largest_ceiling() -> None:
    """Three origins, twelve, fourteen to twenty, sixteen: twelve to twenty, contested, best the most cautious."""
    assert range_of(dead(0, 12), dead(1, (14, 20)), dead(2, 16)) == (12, 12, 20, True)


def test_a_floor_without_a_ceiling_leaves_the_top_open() -> None:
    """At least ten and exactly fifteen agree, and nobody knows how many at most."""
    assert range_of(dead(0, (10, None)), dead(1, 15)) == (10, 10, None, False)


def test_best_follows_the_rule_that_was_chosen() -> None:
    """The latest word, or the number of most origins, is taken when a user asks for it."""
    told = (dead(0, 30), dead(1, 30), dead(2, 20), dead(3, 50))

    assert range_of(*told)[1] == 20
    assert range_of(*told, best="latest_word")[1] == 50
    assert range_of(*told, best="most_origins")[1] == 30


def test_the_later_word_of_one_origin_corrects_the_earlier() -> None:
    """A monitor that raises its count from ten to fourteen says fourteen."""
    assert range_of(dead(0, 10, chain=[MONITOR]), dead(1, 14, chain=[MONITOR])) == (14, 14, 14, False)


def test_sides_measures_and_parts_are_figures_of_their_own() -> None:
    """Civilians, women and fighters, killed and wounded, are never added nor put in one range."""
    claims = (
        dead(0, 12),
        dead(1, 3, targets=[WOMEN]),
        dead(2, 40, targets=[RAPID]),
        claim(wounded=30, of=REPORTS[3], targets=[CIVILIANS], places=[QUARTER], when="2023-06-01"),
    )
    rows = weighed(REPORTS, claims).figures

    assert sorted((row.measure, row.group, row.low) for row in rows) == [
        ("killed", ("civilians",), 12),
        ("killed", ("the Rapid Column",), 40),
        ("killed", ("women",), 3),
        ("wounded", ("civilians",), 30),
    ]


def test_a_whole_and_a_day_are_figures_of_their_own() -> None:
    """A number for the whole battle never stands in the range of a day."""
    rows = weighed(REPORTS, (dead(0, 12), dead(1, 900, whole=True))).figures

    assert sorted((row.scope, row.low) for row in rows) == [("daily", 12), ("total", 900)]


def test_denied_and_planned_numbers_are_no_figures() -> None:
    """What is denied or threatened counts nobody."""
    assert weighed(REPORTS, (dead(0, 12, mode="denied"), dead(1, 9, mode="intended"))).figures == ()


def test_absurd_numbers_stand_in_no_range_and_say_why() -> None:
    """A number beyond all people is a row of its own without ends that says why; one below zero is no amount."""
    absurd = dead(0, Amount(low=10**12, high=10**12, text="a trillion"))
    record = weighed(REPORTS, (absurd, dead(2, 8)))
    kept, flagged = sorted(record.figures, key=lambda row: row.beyond)

    assert (kept.low, kept.high, kept.beyond) == (8, 8, "")
    assert (flagged.low, flagged.best, flagged.high, flagged.contested) == (None, None, None, False)
    assert flagged.claims == (absurd.id,)
    assert flagged.beyond == (
        "the number given, 1,000,000,000,000, is above 20,000,000, more people than any one happening can reach; "
        "it is kept as said and stands in no range"
    )
    assert len(record.events[0].claims) == 2
    assert not record.contradictions
    with pytest.raises(ValueError, match="below zero: 'minus five'"):
        Amount(low=-5, high=-5, text="minus five")


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("At least -5 people were killed", True),
        ("Minus 5 people were killed", True),
        ("Between 3-5 people were killed", False),
        ("In Shambat – 5 people were killed", False),
        ("5 people were killed", False),
    ],
)
def test_a_minus_before_a_number_of_people_is_refused(words, refused) -> None:  # type: ignore[no-untyped-def]
    """A number that the report puts below zero stands in no range and says so; a dash between two numbers is no minus."""
    report = doc(words + " in the raid.", publisher="The Nile Ledger")
    said = claim(killed=Amount(low=5, high=5, text="5", unit="people"), of=report, quote=words, when="2023-06-01")
    (figure,) = weighed((report,), (said,)).figures

    assert (figure.low is None) is refused
    assert ("a minus before the number" in figure.beyond) is refused


def test_movements_and_custody_flag_numbers_beyond_reason_too() -> None:
    """So do rows of people who left and of people held; litres of fuel are no people."""
    huge = Amount(low=10**9, high=10**9, text="a billion")
    left = claim("displacement", "flight", of=REPORTS[0], count=huge, targets=[CIVILIANS], places=[QUARTER])
    held = claim("custody", "detention", of=REPORTS[1], count=huge, targets=[CIVILIANS], agents=[RAPID])
    fuel = claim(
        "property",
        "seizure",
        of=REPORTS[2],
        count=Amount(low=25_000_000, high=25_000_000, text="25 million", unit="litres"),
    )
    record = weighed(REPORTS, (left,), (held,), (fuel,))

    assert [(row.low, bool(row.beyond)) for row in (*record.movements, *record.custody)] == [(None, True), (None, True)]
    assert [row.low for row in record.property] == [25_000_000]


_NUMBERS = st.integers(0, 500) | st.tuples(st.integers(0, 200), st.none() | st.integers(200, 500))


@given(st.lists(st.tuples(st.integers(0, 5), _NUMBERS, st.booleans()), min_size=1, max_size=6, unique_by=lambda row: row[0]))  # fmt: skip
def test_no_figure_is_a_number_that_nobody_said(rows) -> None:  # type: ignore[no-untyped-def]
    """Low, best and high are each somebody's number, in order, and no origin stands for more than itself."""
    claims = [dead(at, number, chain=[MONITOR] if relayed else []) for at, number, relayed in rows]
    record = weighed(REPORTS, claims)
    for figure in record.figures:
        said = {end for one in claims if one.count for end in (one.count.low, one.count.high)}
        assert {figure.low, figure.best, figure.high} <= said | {None}
        assert figure.low is None or figure.best is None or figure.low <= figure.best
        assert figure.high is None or figure.best is None or figure.best <= figure.high
        assert set(figure.claims) <= {one.id for one in claims}
    for event in record.events:
        told = [claim for origin in event.origins for claim in origin.claims]
        assert sorted(told) == sorted(event.claims)
        assert len({origin.name for origin in event.origins}) == len(event.origins)
