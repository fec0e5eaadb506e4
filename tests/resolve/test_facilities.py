"""Facilities that a report names only by their kind: whose airport "the airport" is, and where that is not known."""

from __future__ import annotations

import pytest
from tests.resolve.test_placing import entity
from tests.resolve.writing import STAMP, Report

from tidings.model import Claim, ClaimId, Naming, Reading
from tidings.resolve import resolve
from tidings.resolve.gazetteer import IndexedGazetteer


def naming_of(gazetteer: IndexedGazetteer, report: Report, **told: int) -> Naming:
    """Resolve one report that tells so many claims of each of these places."""
    claims = tuple(
        Claim(
            id=ClaimId(f"c_{place}_{number}"),
            document=report.document.id,
            start=0,
            end=4,
            quote=report.text[:4],
            kind="event",
            type="shelling",
            places=(report.named(place).id,),
        )
        for place, times in told.items()
        for number in range(times)
    )
    reading = Reading(document=report.document.id, reader=STAMP, mentions=report.mentions, claims=claims)
    return resolve([report.document], [reading], gazetteer=gazetteer)


def test_the_airport_is_that_of_the_town_where_most_happened(gazetteer: IndexedGazetteer) -> None:
    """The report's town gives its name, holds the facility and is said as the reason."""
    report = Report(
        "a",
        "Shells fell on [Kharkiv|place city]. [Kyiv|place city] denied it. Two died at [the airport|place facility how=description].",
    )
    naming = naming_of(gazetteer, report, Kharkiv=3, Kyiv=1)
    found = entity(naming, report, "the airport")
    assert (found.name, found.part_of) == ("Kharkiv airport", entity(naming, report, "Kharkiv").id)
    assert found.basis.endswith("“airport” is that of Kharkiv, the one town that the report gives for it.")


def test_the_town_of_its_own_sentence_comes_first(gazetteer: IndexedGazetteer) -> None:
    """What the sentence places in one town lies there, whatever the report is about."""
    report = Report(
        "a",
        "Rain in [Kharkiv|place city]. Guards in [Izium|place town] fired from [the prison|place facility how=description].",
    )
    assert entity(naming_of(gazetteer, report, Kharkiv=5), report, "the prison").name == "Izium prison"


def test_the_words_beside_a_facility_say_its_town(gazetteer: IndexedGazetteer) -> None:
    """Named beside its town it is called after it, however else it is described; a port is the port of its town."""
    report = Report(
        "a",
        "They took [the old military airport|place facility how=description] at [Taiz|place city] and [the port|place facility how=description] of [Hodeidah|place city].",
    )
    naming = naming_of(gazetteer, report)
    assert entity(naming, report, "the old military airport").name == "Taiz airport"
    assert entity(naming, report, "the port").name == "port of Hodeidah"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("From [Kyiv|place city] to [Izium|place town]. They held [the airport|place facility how=description].", {"Kyiv": 2, "Izium": 2}),
        ("In [Kyiv|place city] and in [Izium|place town] all is well, [the airport|place facility how=description] too.", {"Kyiv": 9}),
        ("All is well in [Ukraine|place country]. They held [the airport|place facility how=description].", {"Ukraine": 9}),
        ("They held [Kyiv|place city] and [Antonov airport|place facility]. Then they left [the airport|place facility how=description].", {"Kyiv": 9}),
        ("They were in [Kyiv|place city]. Doctors at [the hospital|place facility how=description] there wept.", {"Kyiv": 9}),
        ("They were in [Kyiv|place city]. They crossed [the bridge|place facility how=description].", {"Kyiv": 9}),
        ("They were in [Kyiv|place city]. They burnt [the old airport|place facility how=description].", {"Kyiv": 9}),
    ],
    ids=["two towns", "two of its sentence", "a country", "another of its kind", "points elsewhere", "many of a town", "one of two"],
)  # fmt: skip
def test_where_the_context_gives_no_single_town_nothing_is_added(
    gazetteer: IndexedGazetteer, text: str, told: dict[str, int]
) -> None:
    """A facility keeps the words it has where its town, or which of the town's it is, is not known."""
    report = Report("a", text)
    words = report.mentions[-1].text
    naming = naming_of(gazetteer, report, **told)
    assert entity(naming, report, words).name == words.removeprefix("the ")


def test_a_facility_named_in_one_report_is_that_of_another(gazetteer: IndexedGazetteer) -> None:
    """What one report calls the airport, of a town, is the one that another report names with the town."""
    one = Report("a", "They came to [Kharkiv|place city]. They held [the airport|place facility how=description] in [Kharkiv|place city].")  # fmt: skip
    other = Report("b", "They left [Kharkiv airport|place facility] in [Kharkiv|place city].")
    naming = resolve([one.document, other.document], [one.reading, other.reading], gazetteer=gazetteer)
    assert entity(naming, one, "the airport").id == entity(naming, other, "Kharkiv airport").id
