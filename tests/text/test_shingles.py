"""Shingles find copies, whole, cut or altered, and leave independent texts alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.text.shingles import containment, copies, shingles, words

WIRE = (
    "Shells fell on the market of Hodeidah shortly after noon on Tuesday. Doctors at the port hospital counted eleven "
    "bodies and said that more were under the stalls. A fishmonger who had run from the first blast said the second came "
    "while people were lifting the wounded into carts. The Joint Command denied that its guns had fired. Water trucks "
    "brought from the harbour washed the pavement before dusk, and the bakers opened again on Wednesday morning."
)
OTHER = (
    "Eleven people were killed when artillery struck a crowded fish market in the Red Sea port, according to medics. "
    "Witnesses described two explosions within minutes of each other. No party accepted responsibility for the strike, "
    "which came as envoys prepared to meet in Amman for a third round of talks about the city's harbour revenue and pay."
)


def test_words_are_folded_to_letters_and_digits() -> None:
    """Case, accents and marks make no other word."""
    assert words("Hesekê, 25-J’une; المدينة") == ["heseke", "25", "j", "une", "المدينة"]


def test_a_cut_piece_lies_in_the_longer_one() -> None:
    """A report cut to its second half is held wholly by the report it was cut from."""
    half = WIRE[WIRE.index("A fishmonger") :]

    assert containment(shingles(half), shingles(WIRE)) == 1.0


def test_nothing_holds_an_empty_text() -> None:
    """An empty text copies nothing."""
    assert shingles("") == frozenset()
    assert containment(shingles(""), shingles(WIRE)) == 0.0


@pytest.mark.parametrize("changed", [0.02, 0.06, 0.12])
def test_a_copy_with_words_changed_is_found(changed: float) -> None:
    """A copy of which up to 12 % of the words were replaced is a copy."""
    dice = random.Random(3)  # noqa: S311
    body = (WIRE + " " + OTHER).split()
    for at in dice.sample(range(len(body)), round(changed * len(body))):
        body[at] = "otherwise"

    found = copies({"a": WIRE + " " + OTHER, "b": " ".join(body), "c": "Nothing of this kind was reported from Aden."})

    assert [(a, b) for a, b, _ in found] == [("a", "b")]


def test_two_reports_of_one_event_are_no_copies() -> None:
    """Independent reports of the same shelling share few runs of five words."""
    assert copies({"a": WIRE, "b": OTHER}) == []


def test_thousands_of_identical_reports_are_compared_with_the_first_alone() -> None:
    """A flood of copies gives one pair for each copy, not one for every two of them."""
    found = copies({f"{at:04}": WIRE for at in range(1200)})

    assert found == [("0000", f"{at:04}", 1.0) for at in range(1, 1200)]


@given(st.lists(st.sampled_from(["shells", "fell", "on", "the", "quay", "at", "dawn"]), max_size=40))
def test_every_text_holds_itself(tokens: list[str]) -> None:
    """Containment of a text in itself is whole, and never leaves 0..1."""
    marks = shingles(" ".join(tokens))

    assert containment(marks, marks) == (1.0 if tokens else 0.0)
    assert 0.0 <= containment(marks, shingles(WIRE)) <= 1.0
