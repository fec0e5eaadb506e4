"""Denied, possible, intended, or asserted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.read.modes import is_attempt, mode_of
from tidings.read.page import Page

Parse = Callable[[str], Page]


@pytest.mark.parametrize(
    ("sentence", "word", "mode"),
    [
        ("The army withdrew from the ridge.", "withdrew", "asserted"),
        ("The army did not withdraw from the ridge.", "withdraw", "denied"),
        ("The commander refused to release the prisoners.", "release", "denied"),
        ("No soldiers were killed.", "killed", "denied"),
        ("The rebels may attack the port.", "attack", "possible"),
        ("Residents fear that the militia would attack the camp.", "attack", "possible"),
        ("The gunmen allegedly executed four men.", "executed", "possible"),
        ("The town was about to fall.", "fall", "possible"),
        ("The mercenaries are suspected of executing villagers.", "executing", "possible"),
        ("Elders accused the mercenaries of executing villagers.", "executing", "asserted"),
        ("The junta vowed to retake the outpost.", "retake", "intended"),
        ("The brigade will defend the river.", "defend", "intended"),
        ("They would then have attacked the garrison.", "attacked", "intended"),
        ("The front relies not only on tribes.", "relies", "asserted"),
    ],
)
def test_the_mode_is_read_off_what_stands_above_and_around(parse: Parse, sentence: str, word: str, mode: str) -> None:
    """The mode follows negation, modal words, governing verbs and nouns; the strongest wins."""
    token = next(item for item in parse(sentence).paragraphs[0].parsed if item.text == word)
    assert mode_of(token) == mode


def test_an_attempt_is_told_from_a_plan(parse: Parse) -> None:
    """Trying is an attempt, planning is none."""
    tried = parse("The rebels tried to seize the dam.").paragraphs[0].parsed
    planned = parse("The rebels plan to seize the dam.").paragraphs[0].parsed
    assert is_attempt(next(item for item in tried if item.text == "seize"))
    assert not is_attempt(next(item for item in planned if item.text == "seize"))
