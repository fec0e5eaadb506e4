"""Where claims happen: their own clause, what they take up, the paragraph, what a report is about; and people who move."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import Claim, MentionId
from tidings.read.index import MentionIndex
from tidings.read.page import Page
from tidings.read.places_trim import trimmed

Places = Callable[[str], dict[str, list[str]]]
Moves = Callable[[str], list[tuple[str, tuple[int | None, int | None] | None, list[str], list[str]]]]


@pytest.fixture(scope="module")
def read(
    claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]],
) -> Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]:
    """Return what reads a text into its mentions, names of places trimmed, and claims."""

    def reading(text: str) -> tuple[MentionIndex, tuple[Claim, ...]]:
        _, index, claims = claims_of(text)
        return MentionIndex(trimmed(index.all)), claims

    return reading


@pytest.fixture(scope="module")
def places(read: Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]) -> Places:
    """Return what reads a text into the places of its claims, by kind and type; the last of a type stands."""

    def told(text: str) -> dict[str, list[str]]:
        index, found = read(text)

        def names(ids: tuple[MentionId, ...]) -> list[str]:
            return [index.antecedent(index[held]).text for held in ids]

        return {f"{c.kind}/{c.type}": names(c.places) for c in found}

    return told


@pytest.fixture(scope="module")
def moves(read: Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]) -> Moves:
    """Return what reads a text into its moves: type, number, places left, places gone to."""

    def told(text: str) -> list[tuple[str, tuple[int | None, int | None] | None, list[str], list[str]]]:
        index, found = read(text)

        def names(ids: tuple[MentionId, ...]) -> list[str]:
            return [index[held].text for held in ids]

        return [
            (c.type, (c.count.low, c.count.high) if c.count else None, names(c.origin), names(c.destination))
            for c in found
            if c.kind == "displacement"
        ]

    return told


def test_what_takes_up_a_happening_lies_where_it_did(places: Places) -> None:
    """The dead "in the raid" died where the raid was told of, whatever town the sentence before names."""
    text = "Gunmen raided a market in Djibo on Monday.\n\nThe governor spoke in Ouagadougou. He said twelve traders died in the raid."

    assert places(text)["casualties/killed"] == ["Djibo"]


def test_where_the_speaker_is_nothing_happened(places: Places) -> None:
    """A town behind "said" or "told reporters" is the speaker's, not the scene of what is said."""
    text = (
        "Fighting shook Taiz on Monday, residents said.\n\n"
        "Nine fighters were killed in the city, a medic told reporters in Aden. Three soldiers were wounded, he said."
    )

    assert places(text)["casualties/wounded"] != ["Aden"]


def test_an_attack_is_not_where_it_was_fired_from(places: Places) -> None:
    """The word "from" before a place says where shells came from; what was struck is the place."""
    assert places("Militiamen shelled Avdiivka from Yasynuvata on Monday.")["event/shelling"] == ["Avdiivka"]


def test_troops_leave_another_place_than_they_go_to(places: Places) -> None:
    """A retreat happens where the troops were, not where they went."""
    text = "Rebels entered Sake on Monday. The army pulled back towards Goma."

    assert places(text)["event/retreat"] == ["Sake"]


def test_a_list_of_names_before_a_plural_is_all_taken(places: Places) -> None:
    """The words "Jarba and Halak villages" are two places taken in one act."""
    assert places("The brigade captured Jarba and Halak villages on Monday.")["control/gained"] == ["Jarba", "Halak"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels seized Suluk on Monday.", "Suluk"),
        ("Shells hit government-held Zamalka on Monday.", "Zamalka"),
        ("Three traders were killed at Dan-gurdo on Friday.", "Dan-gurdo"),
        ("Villagers from Karintak walked to the bridge.", "Karintak"),
        ("Jets bombed positions in eastern Ghouta on Monday.", "eastern Ghouta"),
        ("The group is based in southeast Burma.", "southeast Burma"),
        ("Fighters tried to loot weapons at the Kigobe barracks.", "Kigobe barracks"),
    ],
)
def test_places_that_no_list_knows_are_found_by_their_grammar(
    mentions: Callable[[str], MentionIndex], text: str, place: str
) -> None:
    """What is seized, held, walked from or struck is a place though the recogniser takes it for a person or a people."""
    assert place in [held.text for held in mentions(text).all if held.kind == "place"]


def test_unrelated_items_lend_each_other_no_place(places: Places) -> None:
    """On a page of items that have nothing to do with each other, a sentence without a place has none."""
    items = [
        "Two miners were rescued from a flooded shaft near Kasese on Monday.",
        "The central bank cut its rate by a quarter point.",
        "Gunmen killed a judge outside his home.",
        "A ferry with forty tourists ran aground off Zanzibar.",
        "Parliament passed the fisheries bill after two readings.",
        "Police arrested a man for stealing sixteen bicycles.",
        "The orchestra of Tampere plays in the old brewery tonight.",
        "Engineers opened the second lane of the tunnel.",
        "Rain is forecast for the weekend along the northern shore.",
        "A farmer found a coin hoard under his barn in Jutland.",
    ]

    assert places("\n\n".join(items))["casualties/killed"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Number of displaced: 452", [("flight", (452, 452), [], [])]),
        ("Returnees: 300 households", [("return", (300, 300), [], [])]),
        (
            "The number of displaced families in Goma is estimated at 349.",
            [("flight", (349, 349), ["Goma"], [])],
        ),
        ("Women from Gadarif reached the tents near Kapoeta on Monday.", [("flight", None, ["Gadarif"], ["Kapoeta"])]),
        ("Some 700 refugees came through Adre today.", [("flight", (700, 700), [], ["Adre"])]),
        (
            "Gunmen prevented residents from leaving Kadugli.",
            [("trapped", None, [], []), ("flight", None, ["Kadugli"], [])],
        ),
    ],
)
def test_moves_told_as_labels_and_by_reaching(
    moves: Moves, text: str, expected: list[tuple[str, tuple[int | None, int | None] | None, list[str], list[str]]]
) -> None:
    """A label with a number, who reached a refuge, who came through and who was kept from leaving are displacement."""
    assert moves(text) == expected
