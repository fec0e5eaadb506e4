"""Places and foes that a careful reader sees: posts and roads of their own, datelines with a day, lasting ties, the chief foe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tidings import read as reading
from tidings.model import Claim
from tidings.testing import doc


@pytest.fixture(scope="module")
def told() -> Callable[..., list[dict[str, Any]]]:
    """Read words, and return what each claim says: rule, quote, and names of agents, targets and places."""
    reader = next(one for one in reading.readers() if "en" in one.languages)

    def read(text: str) -> list[dict[str, Any]]:
        (found,) = reader.read([doc(text)])
        names = {mention.id: mention for mention in found.mentions}

        def core(held: str) -> str:
            mention = names[held]
            while mention.refers_to is not None:
                mention = names[mention.refers_to]
            return mention.core or mention.text

        def row(claim: Claim) -> dict[str, Any]:
            slots = {slot: [core(one) for one in getattr(claim, slot)] for slot in ("agents", "targets", "places")}
            return {"kind": claim.kind, "type": claim.type, "quote": claim.quote, **slots}

        return [row(claim) for claim in found.claims]

    return read


def test_a_post_that_nobody_named_is_a_place(told: Callable[..., list[dict[str, Any]]]) -> None:
    """A "remote police post" is where it happened, not the country whose north it lies in."""
    claims = told("Renamo fighters overran a remote police post in Mozambique's north on Tuesday.")

    assert [one["places"] for one in claims if one["type"] == "gained"] == [["remote police post"]]


def test_a_road_by_its_ends_is_a_place(told: Callable[..., list[dict[str, Any]]]) -> None:
    """Who takes "the road to" a town took the road, not the village told of before."""
    claims = told("M23 fighters captured Kibumba on Monday. They also took control of the road to Rutshuru.")

    assert [one["places"] for one in claims if one["type"] == "gained"] == [["Kibumba"], ["road to Rutshuru"]]


def test_a_dateline_with_a_day_before_a_colon_is_no_scene(told: Callable[..., list[dict[str, Any]]]) -> None:
    """A line "Peshawar, 14 May: " says where and when was written, not where the shells fell."""
    claims = told("Peshawar, 14 May: Shells struck the town of Khost on Thursday, killing nine civilians.")

    assert {place for one in claims for place in one["places"]} == {"Khost"}


def test_a_lasting_tie_lies_nowhere(told: Callable[..., list[dict[str, Any]]]) -> None:
    """What troops "backed by drones, retook is of the town; that one state backs another is of no place."""
    here = told("Ethiopian soldiers backed by Eritrean troops captured Shire on Monday.")
    always = told("Ethiopian soldiers captured Shire on Monday. Eritrea is supporting Ethiopia.")

    assert [one["places"] for one in here if one["type"] == "alliance"] == [["Shire"]]
    assert [one["places"] for one in always if one["type"] == "alliance"] == [[]]


def test_an_armed_group_takes_ground_from_the_one_state_there(told: Callable[..., list[dict[str, Any]]]) -> None:
    """Where no fight names the other side, a group took a town from the one state of the report."""
    claims = told("The ADF took Kamango on Friday. The Congolese army said it was sending a battalion.")

    assert [(one["agents"], one["targets"]) for one in claims if one["type"] == "gained"] == [
        (["ADF"], ["Congolese army"])
    ]


def test_a_party_loses_men_to_the_foe_it_fights_most(told: Callable[..., list[dict[str, Any]]]) -> None:
    """Of two foes the one fought far more often killed a party's men; those left dead by "clashes" are nobody's deed."""
    fought = (
        "Al-Shabaab attacked Kenyan troops at Bura. Al-Shabaab shelled Kenyan troops again. "
        "Al-Shabaab ambushed Kenyan troops at Garissa. Al-Shabaab attacked Ethiopian troops at Dolo. "
    )
    lost = told(f"{fought} Nine Al-Shabaab fighters died.")
    clash = told(f"{fought} The clashes left nine Al-Shabaab fighters dead.")

    assert [one["agents"] for one in lost if one["type"] == "killed"] == [["Kenyan troops"]]
    assert [one["agents"] for one in clash if one["type"] == "killed"] == [[]]
