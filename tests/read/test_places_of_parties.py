"""Which of a sentence's places is the deed's: not a party's home, not what a place is measured from, not a protest's matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import Claim
from tidings.read.index import MentionIndex
from tidings.read.page import Page

Read = Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]]

UNRELATED = """Farmers in Veltona sold more olives in spring than in any season before.

The orchestra of Harpstead will play a new symphony by a young composer in May.

{}

A bridge over the Quorn was painted blue by students of the art college.

Two lighthouses on the coast of Tarnmere were sold to a hotel chain in winter.
"""
"""A page of items that have nothing to do with one another, so that nothing may be carried into the item between."""


@pytest.fixture(scope="module")
def places(claims_of: Read) -> Callable[[str, str], list[str]]:
    """Return what reads a text into the words of the places of its first claim of a type."""

    def told(text: str, kind: str) -> list[str]:
        _, index, claims = claims_of(text)
        return next(([index[held].text for held in c.places] for c in claims if c.type == kind), ["no claim"])

    return told


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("A teacher from a village near Marneuli was killed in Kutaisi on Monday.", "killed", ["Kutaisi"]),
        ("Shelling killed nine people in Dilling, 120 kilometres south of the capital, Bara.", "killed", ["Dilling"]),
        ("A man was shot dead in the Kordofan village of Abasiya on Friday.", "killed", ["Abasiya"]),
        ("Gunmen killed four herders in Tessit, a village near Ansongo, on Friday.", "killed", ["Tessit"]),
    ],
)
def test_a_deed_lies_where_its_own_words_say(
    places: Callable[[str, str], list[str]], text: str, kind: str, expected: list[str]
) -> None:
    """Where others of a clause's places tell of a party's home, a distance or a wider area, the deed's own is kept."""
    assert places(text, kind) == expected


def test_what_a_protest_is_against_is_not_where_it_is_held(places: Callable[[str, str], list[str]]) -> None:
    """Where a protest is held is told apart from the place of what it is against."""
    assert places("Students protested in Bara against the president's planned visit to Gulu.", "protest") == ["Bara"]


def test_a_captive_is_no_town(places: Callable[[str, str], list[str]]) -> None:
    """A name that "was captured", on a page that shows it nowhere to be a place, gives the claim no place."""
    told = places(UNRELATED.format("Ormand was captured and was later handed to the northern army."), "gained")
    assert told in ([], ["no claim"])


def test_nothing_reaches_a_lone_item_from_beside_another_time(places: Callable[[str, str], list[str]]) -> None:
    """On a page of unrelated items, a place of what came before or after is not given to the deed."""
    text = UNRELATED.format("A union leader was killed days before rebels attacked the airport in Sorrel.")
    assert places(text, "killed") == []
