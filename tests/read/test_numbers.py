"""Numbers are read as intervals with their words, and told apart from what is no count."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import DocId, Document, Sha256
from tidings.read.numbers import Counted, amount_of, find_amounts, one
from tidings.read.page import Page, pages
from tidings.read.pipeline import load_pipeline


def read(text: str) -> Page:
    document = Document(id=DocId("d_test"), path="test.txt", sha256=Sha256("0" * 64), text=text)
    return next(pages(load_pipeline(), [document]))


def found(text: str) -> list[tuple[str, int | None, int | None, str]]:
    page = read(text)
    return [(one.amount.text, one.amount.low, one.amount.high, one.kind) for one in find_amounts(page)]


def heads(text: str) -> list[tuple[str, str]]:
    page = read(text)
    return [(one.amount.text, page.text[one.head_start : one.head_end]) for one in find_amounts(page)]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("30", 30, 30),
        ("1,200", 1200, 1200),
        ("14 000", 14000, 14000),
        ("2.500", 2500, 2500),
        ("1.2 million", 1200000, 1200000),
        ("3 lakh", 300000, 300000),
        ("twenty-one", 21, 21),
        ("two hundred and fifty-six", 256, 256),
        ("a hundred thousand", 100000, 100000),
        ("at least 20", 20, None),
        ("no fewer than six", 6, None),
        ("more than 100", 101, None),
        ("over a hundred", 101, None),
        ("more than a dozen", 13, None),
        ("nearly 30", None, 30),
        ("up to 40", None, 40),
        ("no more than 5", None, 5),
        ("fewer than 10", None, 9),
        ("some 100,000", 100000, 100000),
        ("an estimated 70", 70, 70),
        ("dozens", 24, 99),
        ("hundreds", 200, 999),
        ("thousands", 2000, 9999),
        ("tens of thousands", 20000, 99999),
        ("hundreds of thousands", 200000, 999999),
        ("scores", 40, 99),
        ("several hundred", 200, 999),
        ("a few dozen", 24, 99),
        ("half a dozen", 6, 6),
        ("two dozen", 24, 24),
        ("between 10 and 15", 10, 15),
        ("10-15", 10, 15),
        ("100,000 to 120,000", 100000, 120000),
        ("2-3 million", 2000000, 3000000),
        ("two or three", 2, 3),
        ("30 or more", 30, None),
        ("50+", 50, None),
    ],
)
def test_a_phrase_gives_the_interval_of_the_coding_guide(words: str, low: int | None, high: int | None) -> None:
    """Each phrase gives the low and high end that the coding guide asks for, with its own words."""
    amount = amount_of(words)

    assert amount is not None
    assert (amount.low, amount.high, amount.text) == (low, high, words)


@pytest.mark.parametrize("words", ["several", "many", "a number of", "some", "few", "countless"])
def test_vague_words_state_no_number(words: str) -> None:
    """Words that count nothing give nothing."""
    assert amount_of(words) is None


def test_counts_are_told_from_durations_distances_ages_years_and_names() -> None:
    """A duration, a distance, an age, a year, a calibre and a number in a name are no counts."""
    text = (
        "On 3 May 2019 a 35-year-old teacher and Omar Said, 41, walked 12 kilometres in two hours to the 4th checkpoint. "
        "Battalion 17 fired 122 mm rockets and lost three trucks worth $2 million."
    )

    assert found(text) == [
        ("3", 3, 3, "other"),
        ("2019", 2019, 2019, "year"),
        ("35", 35, 35, "age"),
        ("41", 41, 41, "age"),
        ("12", 12, 12, "distance"),
        ("two", 2, 2, "duration"),
        ("4", 4, 4, "ordinal"),
        ("17", 17, 17, "other"),
        ("122", 122, 122, "other"),
        ("three", 3, 3, "count"),
        ("$2 million", 2000000, 2000000, "money"),
    ]


def test_a_number_knows_the_noun_that_it_counts() -> None:
    """The counted noun is found through adjectives, "of" and hyphens; a number alone names itself."""
    text = "At least 14 pro-government tribal fighters and dozens of villagers fled. A 60-man unit came, killing nine."

    assert heads(text) == [
        ("At least 14", "fighters"),
        ("dozens", "villagers"),
        ("60", "man"),
        ("nine", "nine"),
    ]


def test_shares_are_percentages() -> None:
    """Percentages and parts of a whole count in hundredths."""
    text = "The rebels hold around 60% of the port, more than half of the old town and two-thirds of the hills."

    assert found(text) == [
        ("around 60%", 60, 60, "percent"),
        ("more than half", 51, None, "percent"),
        ("two-thirds", 67, 67, "percent"),
    ]


def test_weapons_and_groups_with_figures_are_not_counted() -> None:
    """A figure that belongs to the name of a weapon, a group or a resolution is no count."""
    assert [kind for *_, kind in found("An F-16 hit M23 rebels after Resolution 2254 and Covid-19.")] == ["other"]


def test_one_is_said_of_a_single_person_only() -> None:
    """A singular noun counts one; a collective and a plural do not."""
    doc = load_pipeline()("A nurse and a group of boys hid; the soldiers shot an officer.")
    ones = {token.text: one(token) is not None for token in doc if token.pos_ == "NOUN"}

    assert ones == {"nurse": True, "group": False, "boys": False, "soldiers": False, "officer": True}


@given(st.integers(min_value=0, max_value=999_999_999))
def test_figures_with_commas_read_back(number: int) -> None:
    """Any number written with commas reads as itself."""
    amount = amount_of(f"{number:,}")

    assert amount is not None
    assert (amount.low, amount.high) == (number, number)


@given(st.integers(min_value=1, max_value=99_999), st.integers(min_value=1, max_value=99_999))
def test_a_range_holds_both_its_ends(one_end: int, other: int) -> None:
    """A range is the interval between its ends, whatever they are."""
    low, high = sorted((one_end, other))
    amount = amount_of(f"between {low} and {high}")

    assert amount is not None
    assert (amount.low or 0) <= (amount.high or 10**9)
    if low < high:
        assert (amount.low, amount.high) == (low, high)


_PIECES = st.lists(
    st.sampled_from("at least 20 ; dozens ; of ; , ; 3.5 ; - ; % ; “ ; million ; two ; and ; 1,000 ; men ; الحرب ; $ ; 5th".split(" ; ")),
    max_size=12,
)  # fmt: skip


@given(_PIECES)
def test_spans_quote_the_text_and_never_overlap(pieces: list[str]) -> None:
    """Whatever the words, each number quotes the text under its span and none overlap."""
    page = read(" ".join(pieces) or "nothing")
    counted: tuple[Counted, ...] = find_amounts(page)

    assert all(page.text[item.start : item.end] == item.amount.text for item in counted)
    assert all(before.end <= after.start for before, after in pairwise(counted))
