"""The dead, the displaced, the held and the robbed, as news of many wars tells of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import Claim, MentionId
from tidings.read.index import MentionIndex
from tidings.read.page import Page

Ends = tuple[int | None, int | None] | None
Told = tuple[str, Ends, str]
Tell = Callable[[str], list[Told]]
Move = tuple[str, list[str], list[str], list[str]]


@pytest.fixture(scope="module")
def claims(
    claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]],
) -> Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]:
    """Return what reads a text into its mentions and claims."""
    return lambda text: claims_of(text)[1:]


@pytest.fixture(scope="module")
def tell(claims: Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]) -> Tell:
    """Return what reads a text into kind and type, number and mode, events of war left out."""

    def told(text: str) -> list[Told]:
        _, found = claims(text)
        return [
            (f"{c.kind}/{c.type}", None if c.count is None else (c.count.low, c.count.high), c.mode)
            for c in found
            if c.kind != "event" or c.type == "evacuation"
        ]

    return told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The militia lost six of its own near Kidal.", [("casualties/killed", (6, 6), "asserted")]),
        ("A clinic in Lashkar Gah took in nine people with gunshot wounds.", [("casualties/wounded", (9, 9), "asserted")]),
        ("The ministry put the number of dead since May at 175.", [("casualties/killed", (175, 175), "asserted")]),
        ("Troops left, leaving 60 corpses behind in Marib.", [("casualties/killed", (60, 60), "asserted")]),
        ("Dozens of their soldiers had fallen near Bakhmut.", [("casualties/killed", (24, 99), "asserted")]),
        ("Four soldiers lost their lives near Kidal.", [("casualties/killed", (4, 4), "asserted")]),
        ("The toll in Derna has risen to 79 dead.", [("casualties/killed", (79, 79), "asserted")]),
        ("The grave in Tarhuna held the remains of forty men.", [("casualties/killed", (40, 40), "asserted")]),
        ("The sect claimed the death or injury of 50 soldiers.", [("casualties/killed_or_wounded", (50, 50), "asserted")]),
        ("Nobody was harmed in the blast.", [("casualties/killed_or_wounded", None, "denied")]),
        ("There were no casualties in the attack on Odesa.", [("casualties/killed_or_wounded", None, "denied")]),
    ],
)  # fmt: skip
def test_losses_are_read_however_they_are_told(tell: Tell, text: str, expected: list[Told]) -> None:
    """A number of dead or wounded is found in verbs, nouns and tolls, and a denial of losses is a denial."""
    assert tell(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 7,000 people have crossed from El Geneina into Chad.", [("displacement/flight", (7001, None), "asserted")]),
        ("Some 800 families have arrived in Tillaberi.", [("displacement/flight", (800, 800), "asserted")]),
        ("Hundreds of families are sleeping in a stadium in Goma.", [("displacement/sheltered", (200, 999), "asserted")]),
        ("Rescuers evacuated 300 residents from Mykolaiv to Odesa.", [("event/evacuation", (300, 300), "asserted")]),
        ("Border guards pushed 400 refugees back on Friday.", [("displacement/return", (400, 400), "asserted")]),
        ("At least 50,000 more are still trapped in the strip.", [("displacement/trapped", (50000, None), "asserted")]),
        ("The militia has held the priest since May.", [("custody/detention", None, "asserted")]),
        ("Two nurses are still in rebel hands.", [("custody/detention", (2, 2), "asserted")]),
        ("Two hundred women remain in captivity.", [("custody/detention", (200, 200), "asserted")]),
        ("Nineteen policemen surrendered to the Arakan Army in Paletwa.", [("custody/arrest", (19, 19), "asserted")]),
        ("The gunmen set eleven farmers free.", [("custody/release", (11, 11), "asserted")]),
        ("Soldiers set fire to forty huts in Kutum.", [("property/destruction", (40, 40), "asserted")]),
        ("Raiders made off with 300 cattle near Pibor.", [("property/seizure", (300, 300), "asserted")]),
        ("Fighters robbed two banks in Palma.", [("property/seizure", (2, 2), "asserted")]),
    ],
)  # fmt: skip
def test_moves_captives_and_goods_are_read_however_they_are_told(tell: Tell, text: str, expected: list[Told]) -> None:
    """Flight, shelter, evacuation, custody and property are told apart by who moves, holds or takes."""
    assert tell(text) == expected


def test_parts_of_a_number_are_claims_marked_as_parts(
    claims: Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]],
) -> None:
    """Words behind "including" and a list behind a colon give claims whose rule ends in ".part", so that nobody adds them to the whole."""
    text = "Shells killed 40 villagers in Lashio, including 12 children."
    _, found = claims(text)
    assert [(c.count and c.count.low, c.rule.endswith(".part")) for c in found if c.kind == "casualties"] == [
        (40, False),
        (12, True),
    ]
    text = "Army radio put the dead since June at 310: 200 militants, 60 soldiers and 50 civilians."
    _, found = claims(text)
    parts = [(c.count and c.count.low, c.rule.endswith(".part")) for c in found if c.kind == "casualties"]
    assert parts == [(310, False), (200, True), (60, True), (50, True)]


def test_who_escapes_from_captors_is_released_and_did_not_flee(tell: Tell) -> None:
    """People told before to be abducted, who then escape, are no longer held; they are not displaced."""
    text = "Gunmen abducted 20 students in Kagara. Nine of the students have since escaped."
    assert tell(text) == [("custody/abduction", (20, 20), "asserted"), ("custody/release", (9, 9), "asserted")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Clashes broke out in Wau. More than 800 people have fled to Juba.",
            ("flight", ["Wau"], ["Wau"], ["Juba"]),
        ),
        ("Some 800 families have arrived in Tillaberi from Ayorou.", ("flight", ["Ayorou"], ["Ayorou"], ["Tillaberi"])),
        ("Hundreds of families sleep in a stadium in Goma.", ("sheltered", ["Goma"], [], ["Goma"])),
    ],
)
def test_a_move_has_the_end_that_is_said_or_that_the_report_is_about(
    claims: Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]], text: str, expected: Move
) -> None:
    """The place of a flight is the place left, of a shelter the place reached, each also from the sentence before."""
    index, found = claims(text)

    def names(ids: tuple[MentionId, ...]) -> list[str]:
        return [index.antecedent(index[one]).core for one in ids]

    moves = [c for c in found if c.kind == "displacement"]
    assert [(c.type, names(c.places), names(c.origin), names(c.destination)) for c in moves] == [expected]
