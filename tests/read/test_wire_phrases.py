"""Fighting, control, ties and speech acts in the set phrases of wire reports, from many wars."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import Claim, MentionId
from tidings.read.index import MentionIndex
from tidings.read.page import Page
from tidings.read.places_trim import trimmed

Row = tuple[str, str, list[str], list[str]]
Tell = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def read(
    claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]],
) -> Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]:
    """Return what reads a text into its mentions and claims."""
    return lambda text: claims_of(text)[1:]


@pytest.fixture(scope="module")
def tell(read: Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]) -> Tell:
    """Return what reads a text into kind and type, mode, agents and targets, the dead, the held and the fled left out."""

    def told(text: str) -> list[Row]:
        index, found = read(text)

        def words(ids: tuple[MentionId, ...]) -> list[str]:
            return [index[held].text for held in ids]

        return [
            (f"{c.kind}/{c.type}", c.mode, words(c.agents), words(c.targets))
            for c in found
            if c.kind in {"event", "control", "relation", "statement"}
        ]

    return told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen on horses came at dawn.", [("event/ground_attack", "asserted", ["Gunmen"], [])]),
        ("A bomb went off outside a courthouse in Cali.", [("event/bombing", "asserted", [], [])]),
        ("Barrel bombs fell on the old port.", [("event/air_strike", "asserted", [], [])]),
        ("The bridge to Kherson stayed shut.", [("event/blockade", "asserted", [], [])]),
        ("Hezbollah men went from house to house.", [("event/ground_attack", "asserted", ["Hezbollah men"], [])]),
        ("M23 rebels closed in on Goma.", [("event/ground_attack", "asserted", ["M23 rebels"], [])]),
        (
            "Wagner mercenaries took part in the assault on Mopti.",
            [("event/ground_attack", "asserted", ["Wagner mercenaries"], [])],
        ),
        ("The RSF was pushed back by the army.", [("control/repelled", "asserted", ["the army"], ["RSF"])]),
        ("The village has changed hands twice.", [("control/gained", "asserted", [], [])]),
        ("The Taliban walked into the governor's palace.", [("control/gained", "asserted", ["Taliban"], [])]),
    ],
)
def test_attacks_and_control_are_read_in_set_phrases(tell: Tell, text: str, expected: list[Row]) -> None:
    """A verb that says nothing by itself tells of an attack or of who holds what in the company of a set phrase."""
    assert tell(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Hezbollah-linked YPG spoke of victory.",
            [("relation/affiliation", "asserted", ["YPG"], ["Hezbollah"])],
        ),
        (
            "The YPG took Tabqa alongside American troops.",
            [
                ("control/gained", "asserted", ["YPG"], []),
                ("relation/alliance", "asserted", ["YPG", "American troops"], []),
            ],
        ),
        ("Nobody has claimed the raid.", [("statement/claim_of_responsibility", "denied", [], [])]),
        (
            "Boko Haram claimed responsibility for the attack on Baga.",
            [
                ("statement/claim_of_responsibility", "asserted", ["Boko Haram"], []),
                ("event/ground_attack", "asserted", ["Boko Haram"], []),
            ],
        ),
    ],
)
def test_ties_and_claims_of_responsibility(tell: Tell, text: str, expected: list[Row]) -> None:
    """Ties that no verb states are read; what somebody claims is a deed of his own beside the claim."""
    assert tell(text) == expected


def test_titles_are_no_claims(tell: Tell) -> None:
    """A title before a name states nothing of the conflict by itself."""
    assert tell("M23 spokesman Lawrence Kanyuka spoke in Goma.") == []


def test_a_denial_that_points_back_denies_what_was_told(
    read: Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]],
) -> None:
    """A general who denies it denies the deed told before; he ends its chain."""
    index, found = read("The army shelled a clinic in Loikaw, nurses say. A general denied it.")
    rows = [(c.type, c.mode, c.quote, [index[i].text for i in c.chain]) for c in found if c.kind == "event"]
    assert rows == [
        ("shelling", "asserted", "The army shelled a clinic in Loikaw", ["nurses"]),
        ("shelling", "denied", "A general denied it", ["A general"]),
    ]


def test_planned_offered_and_barred_happenings_did_not_happen(tell: Tell) -> None:
    """The object of preparing is intended, of ruling out denied."""
    assert [row[:2] for row in tell("The army is preparing an assault on Goma.")] == [
        ("event/ground_attack", "intended")
    ]
    assert [row[:2] for row in tell("The junta has ruled out talks with the KNU.")] == [("event/negotiation", "denied")]


def test_settlements_go_by_their_names(read: Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]) -> None:
    """Type words around a settlement's name are no part of the name; offsets still hold."""
    text = "Rebels seized the village of Minova. Soldiers left Kanyabayonga town."
    index, _ = read(text)
    named = [mention for mention in trimmed(index.all) if mention.kind == "place" and mention.how == "name"]
    assert [mention.text for mention in named] == ["Minova", "Kanyabayonga"]
    assert all(text[mention.start : mention.end] == mention.text for mention in named)
