"""Speakers behind a comma, over a semicolon, in lists, logs and headlines: told by the words where the parse fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.conftest import document

from tidings.read.index import MentionIndex
from tidings.read.page import Page, pages
from tidings.read.pipeline import load_pipeline
from tidings.read.speech import find_attributions

Parse = Callable[[str], Page]


def said(page: Page) -> list[tuple[str, str]]:
    """Who says what, in order, read without knowledge of the page's mentions."""
    return [(row.source_text, row.quote) for row in find_attributions(page, MentionIndex(()))[0]]


CASES = {
    "a verb that the parser takes for a noun": (
        "Some 9,000 people have been driven out of Uvira and Fizi, UNHCR estimates.",
        [("UNHCR", "Some 9,000 people have been driven out of Uvira and Fizi")],
    ),
    "a clause of the publisher's behind it": (
        "Six houses were burnt at dawn, a nurse of ours reports, and people of Bor slept in the reeds.",
        [("a nurse of ours", "Six houses were burnt at dawn")],
    ),
    "a semicolon": (
        "The mayor said 400 people had left Knin; two were killed by mines on Sunday.",
        [("The mayor", "400 people had left Knin; two were killed by mines on Sunday")],
    ),
    "a fragment with a number": (
        "The director says more than 30 are dead, 80 wounded.",
        [("The director", "more than 30 are dead, 80 wounded")],
    ),
    "a noun for the first word of what is said": (
        "Amnesty, citing two nurses, said shelling by rebels had killed a boy in Lofa.",
        [("Amnesty", "shelling by rebels had killed a boy in Lofa")],
    ),
    "a gerund": (
        "The militia denies burning the mill.",
        [("The militia", "burning the mill")],
    ),
    "an announcement": (
        "The navy announced the capture of Elephant Pass.",
        [("The navy", "the capture of Elephant Pass")],
    ),
    "a count that is given": (
        "The health ministry gave a count of 14 dead.",
        [("The health ministry", "a count of 14 dead")],
    ),
    "those who treat the wounded": (
        "The charity treated 70 wounded in Goma.",
        [("The charity", "70 wounded in Goma")],
    ),
    "a colon behind who is quoted": (
        "State radio quoted the governor: two bridges are down near Kuito.",
        [("the governor", "two bridges are down near Kuito")],
    ),
    "a rank cut short": (
        "Nine miners died, police director Chief Supt. Juana Reyes said today, lowering a count of 12.",
        [("police director Chief Supt. Juana Reyes", "Nine miners died")],
    ),
    "two who speak as one": (
        "Three elders and a driver said that gunmen burned the mill.",
        [("Three elders and a driver", "gunmen burned the mill")],
    ),
    "who somebody is to somebody": (
        "Uganda sent two battalions, according to an aide to the president.",
        [("an aide to the president", "Uganda sent two battalions")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_speakers_are_heard_by_the_words(parse: Parse, text: str, expected: list[tuple[str, str]]) -> None:
    """The speaker and the exact words are found where the parse alone does not show them."""
    assert said(parse(text)) == expected


def test_a_denial_behind_a_semicolon_is_not_the_other_speakers(parse: Parse) -> None:
    """What stands behind the semicolon after "according to" is left to whoever says it there."""
    text = "Drones killed 14 people, eight of them girls according to a union; the army denied that it flew on Friday."

    assert said(parse(text)) == [
        ("a union", "Drones killed 14 people, eight of them girls"),
        ("the army", "it flew on Friday"),
    ]


def test_lines_of_a_log_have_their_speakers(parse: Parse) -> None:
    """A line of a running log or a list is said by whom it names before the colon, without the time."""
    text = "LOG\n\n11:05 UNICEF: 40 schools closed in Kasai.\n09:20 Ministry spokesman: two posts were lost."

    assert said(parse(text)) == [
        ("UNICEF", "40 schools closed in Kasai"),
        ("Ministry spokesman", "two posts were lost"),
    ]


def test_a_party_before_a_colon_is_told_of_and_does_not_speak(parse: Parse) -> None:
    """A line that counts a party's dead is no speech of that party."""
    assert said(parse("TOLL\n\n• Houthis: 12 killed\n• Children: 3 wounded")) == []


def test_a_headline_ends_with_who_says_it(parse: Parse) -> None:
    """The word behind a headline's dash is who says it."""
    text = "Base overrun in the north, 20 soldiers killed - ministry\n\nThe road to Kidal is closed."

    assert said(parse(text)) == [("ministry", "Base overrun in the north, 20 soldiers killed")]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Two died",
                ",",
                ";",
                ":",
                "medics",
                "said",
                "reports",
                "UNHCR",
                "estimates",
                "and",
                "the mill burned",
                ".",
            ]
        ),
        min_size=1,
        max_size=14,
    )
)
def test_what_is_said_is_the_documents_own_words(words: list[str]) -> None:
    """Whatever the order of words, each quote is the text between its ends."""
    made = document(" ".join(words))
    page = next(iter(pages(load_pipeline(), [made])))
    for row in find_attributions(page, MentionIndex(()))[0]:
        assert made.text[row.start : row.end] == row.quote
