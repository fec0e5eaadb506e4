"""A title sums up what its report tells: what it says follows the line below it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.join.builders import ARMY, CIVILIANS, MOCHA, NORTH, TAIZ, YEMEN, event_with, together, told

from tidings.testing import claim, doc

TITLE = "Shelling in Yemen kills 14"
REPORT = replace(
    doc(f"{TITLE}\n\nThe Northern Front shelled Taiz on Friday. At least 14 people died there.", publisher="Echo"),
    title=TITLE,
)


def test_a_number_in_a_title_follows_the_line_that_gives_it() -> None:
    """The title names only the country and no day; it still tells of what the line below it tells."""
    head = claim(killed=14, quote="kills 14", of=REPORT, places=[YEMEN])
    body = claim(killed=(14, None), quote="At least 14 people died", of=REPORT, targets=[CIVILIANS], places=[TAIZ], when="2016-03-11")  # fmt: skip
    joined = told((REPORT,), (head, body))

    assert together(joined, head, body)
    assert event_with(joined, head).places_ids == (TAIZ.id,)
    assert [(one.a, one.b, one.what, one.reason) for one in joined.comparisons] == [
        (body.id, head.id, "document", "The title of the report gives the same number of the same.")
    ]


def test_a_title_gives_the_line_below_it_the_day_that_it_lacks() -> None:
    """What the title alone says of the day lets another report meet the line below it."""
    other = doc("Shells killed 14 people in Taiz.", publisher="Aden Post")
    head = claim(killed=14, quote="kills 14", of=REPORT, places=[YEMEN], when="2016-03-11")
    body = claim(killed=(14, None), quote="At least 14 people died", of=REPORT, targets=[CIVILIANS], places=[TAIZ])
    same = claim(killed=14, quote="killed 14 people", of=other, targets=[CIVILIANS], places=[TAIZ], when="2016-03-11")

    assert together(told((REPORT, other), (head, body, same)), head, body, same)


def test_a_small_number_in_a_title_is_compared_as_any_other() -> None:
    """One killed is said of many things, so it is no sign by itself."""
    text = "One killed in Mocha\n\nThe army said one soldier was killed in Taiz."
    report = replace(doc(text, publisher="Echo"), title="One killed in Mocha")
    head = claim(killed=1, quote="One killed in Mocha", of=report, places=[MOCHA], when="2016-03-11")
    body = claim(killed=1, quote="one soldier was killed", of=report, targets=[ARMY], places=[TAIZ], when="2016-03-11")

    assert not together(told((report,), (head, body)), head, body)


@pytest.mark.parametrize(("number", "joined"), [((12, 12), True), ((9_000, None), False)])
def test_a_toll_of_the_war_is_no_toll_of_the_day(number: tuple[int, int | None], joined: bool) -> None:
    """Two reports of one day and place that count ten times as many do not count the same."""
    one = doc("Shells killed 14 people in Taiz.", publisher="Echo")
    two = doc("The dead of the siege of Taiz were counted.", publisher="Aden Post")
    where = {"targets": [CIVILIANS], "places": [TAIZ], "when": "2016-03-11"}
    few = claim(killed=14, quote="killed 14 people", of=one, agents=[NORTH], **where)  # type: ignore[arg-type]
    many = claim(killed=number, quote="The dead of the siege", of=two, agents=[NORTH], **where)  # type: ignore[arg-type]

    assert together(told((one, two), (few, many)), few, many) is joined
