"""Who does what to whom, below passives, participles, relative clauses and control verbs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.read.page import Page
from tidings.read.roles import argument_path, is_passive, surface_subjects

Parse = Callable[[str], Page]


def _word(page: Page, text: str):  # type: ignore[no-untyped-def]
    return next(word for word in page.paragraphs[0].parsed if word.text == text)


@pytest.mark.parametrize(
    ("sentence", "verb", "subjects"),
    [
        ("The army stormed the village.", "stormed", ["army"]),
        ("The village was stormed by paramilitaries.", "stormed", ["paramilitaries"]),
        ("Soldiers who tried to enter the town were shot.", "enter", ["Soldiers"]),
        ("The garrison was forced to withdraw.", "withdraw", ["garrison"]),
        ("The brigade attacked the port, killing ten guards.", "killing", ["brigade"]),
        ("Shelling forced residents to flee the valley.", "flee", ["residents"]),
        ("The army and the police surrounded the camp.", "surrounded", ["army", "police"]),
        ("Fighters and policemen who joined forces held the bridge.", "joined", ["Fighters", "policemen"]),
    ],
)
def test_the_doer_is_found_below_every_turn(parse: Parse, sentence: str, verb: str, subjects: list[str]) -> None:
    """The doer of a verb is found whether it stands before, after, above or in another clause."""
    found = argument_path(_word(parse(sentence), verb), "subj")
    assert [token.text for token in found] == subjects


@pytest.mark.parametrize(
    ("sentence", "verb", "objects"),
    [
        ("The rebels captured the bridge.", "captured", ["bridge"]),
        ("Two nurses were abducted in Ibb.", "abducted", ["nurses"]),
        ("Two people were killed and five wounded when a bomb exploded.", "wounded", ["five"]),
        ("The convoy that the militia ambushed carried flour.", "ambushed", ["convoy"]),
    ],
)
def test_whom_it_befalls_is_found(parse: Parse, sentence: str, verb: str, objects: list[str]) -> None:
    """The object is found in actives, passives, shortened passives and relative clauses."""
    found = argument_path(_word(parse(sentence), verb), "obj")
    assert [token.text for token in found] == objects


def test_paths_run_over_several_relations(parse: Parse) -> None:
    """A path reads the object's own complement."""
    page = parse("The front took control of the airfield.")
    assert [token.text for token in argument_path(_word(page, "took"), "obj>of")] == ["airfield"]


def test_a_list_ends_with_its_and(parse: Parse) -> None:
    """What follows the last member of a list behind a comma is no member."""
    page = parse("The rebels fought troops and militias, residents and an official said.")
    assert [token.text for token in argument_path(_word(page, "fought"), "obj")] == ["troops", "militias"]


def test_a_participle_with_a_subject_and_no_auxiliary_is_passive(parse: Parse) -> None:
    """Five wounded were not wounding."""
    page = parse("Two people were killed and five wounded when a bomb exploded.")
    assert is_passive(_word(page, "wounded"))


def test_a_subject_that_the_parse_took_into_the_phrase_before_it_is_found(parse: Callable[[str], Page]) -> None:
    """In "In the south-east FLN fighters entered the port" the fighters enter, whatever they are hung on."""
    words = parse("In the south-east FLN fighters entered the port.").paragraphs[0].parsed
    verb = next(word for word in words if word.text == "entered")
    assert [word.text for word in surface_subjects(verb)] == ["fighters"]
