"""Whose words a page speaks in, whom indirect words mean, and the adversary that a short report leaves unsaid."""

from __future__ import annotations

import pytest

from tidings.model import Document, ReaderStamp, Reading
from tidings.read.english import read_page
from tidings.read.lexicon import Lexicon
from tidings.read.page import pages
from tidings.read.pipeline import load_pipeline, model_stamp


def _reading(text: str, publisher: str = "") -> Reading:
    document = Document(id="d_1", path="r.txt", text=text, sha256="", language="en", publisher=publisher)  # type: ignore[arg-type]
    page = next(pages(load_pipeline(), [document]))
    return read_page(page, Lexicon.load(), ReaderStamp(name="en.rules", version="1", model=model_stamp()))


def _known(reading: Reading, words: str) -> str:
    """Return who the first mention with some words stands for, by its first antecedent's lexicon id or words."""
    rows = {mention.id: mention for mention in reading.mentions}
    found = next(mention for mention in reading.mentions if mention.text == words)
    while found.refers_to is not None:
        found = rows[found.refers_to]
    return found.lexicon or found.text


def test_our_troops_are_those_of_the_ministry_that_publishes() -> None:
    """In a statement of a ministry of defence "our forces" are the state's, and "the enemy" is whom it fights."""
    text = "Our forces repelled an attack by the Houthis near Taiz. The enemy lost nine men."
    reading = _reading(text, publisher="Yemeni Defence Ministry")
    assert _known(reading, "Our forces") == "state.YE"
    assert _known(reading, "The enemy") == "yemen.houthis"


def test_an_outlet_has_no_troops() -> None:
    """In a report of a newspaper "we" and "our" are nobody that fights."""
    reading = _reading("Our reporter saw the Houthis enter Taiz. We counted nine trucks.", publisher="Aden Post")
    assert not any(mention.text in {"Our", "We"} for mention in reading.mentions if mention.lexicon)


@pytest.mark.parametrize("word", ["terrorists", "militants", "insurgents"])
def test_indirect_words_mean_the_only_armed_group(word: str) -> None:
    """Indirect words mean the one armed group that a report names, before or after its name."""
    reading = _reading(f"Soldiers killed seven {word} in Lower Shabelle, Somalia. Al-Shabaab denied it.")
    assert _known(reading, word) == "somalia.shabaab"


def test_indirect_words_stay_open_between_two_groups() -> None:
    """Where a report names two armed groups, indirect words before either of them stay what they are."""
    reading = _reading("Soldiers killed seven insurgents in Ituri, Congo. M23 and CODECO denied losses.")
    assert _known(reading, "insurgents") == "armed.fighters"


def test_a_groups_men_are_the_group() -> None:
    """Men behind "its" are those of whoever "it" is, and no civilians."""
    reading = _reading("The Arakan Army said its men ambushed a convoy near Paletwa, Myanmar.")
    assert _known(reading, "its men") == "myanmar.aa"


def test_who_is_hit_is_the_one_enemy_of_a_short_report() -> None:
    """Losses of a side that has one enemy in the report are that enemy's doing, which the claim says was filled."""
    text = "Houthi fighters clashed with Yemeni troops near Taiz. Four Yemeni soldiers were killed."
    reading = _reading(text)
    rows = {mention.id: mention for mention in reading.mentions}
    killed = next(claim for claim in reading.claims if claim.type == "killed")
    assert [rows[agent].lexicon for agent in killed.agents] == ["yemen.houthis"]


def test_states_abroad_go_by_their_countrys_name() -> None:
    """A state that fights abroad is called by its country, one at home by its government."""
    reading = _reading(
        "Ugandan troops entered Juba. The government of South Sudan had asked for them, South Sudan said."
    )
    names = {mention.known_as for mention in reading.mentions if mention.lexicon.startswith("state.")}
    assert names == {"Uganda", "South Sudanese government"}
