"""The trigger lexicon: loaded, sound, and asked by word and company."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tidings.errors import UnreadableInput
from tidings.model import KINDS
from tidings.read.page import Page
from tidings.read.triggers import load_triggers, triggers_of


def test_every_entry_has_a_known_kind_an_example_and_a_confidence() -> None:
    """Every entry names a kind and type of the coding guide, an example and a confidence between 0 and 1."""
    entries = [entry for listed in load_triggers().entries.values() for entry in listed]
    assert len(entries) > 200
    assert all(entry.type in KINDS[entry.kind] for entry in entries)
    assert all(entry.example.endswith(".") and 0 < entry.confidence <= 1 for entry in entries)


def test_all_eight_kinds_have_entries() -> None:
    """All eight kinds of claim can be set off by some word."""
    kinds = {entry.kind for listed in load_triggers().entries.values() for entry in listed}
    assert kinds == set(KINDS)


def test_the_first_entry_that_fits_speaks_and_those_marked_also(parse: Callable[[str], Page]) -> None:
    """Of each kind the first entry that fits speaks: an execution is an event and casualties."""
    page = parse("The militia executed six prisoners.")
    lexicon = load_triggers()
    token = next(word for word in page.paragraphs[0].parsed if word.text == "executed")
    found = triggers_of(token, lexicon, lambda _word, _path, _wanted: False)
    assert [(entry.kind, entry.type) for entry in found] == [("event", "killing"), ("casualties", "executed")]


def test_a_noun_that_looks_like_a_verb_is_a_noun(parse: Callable[[str], Page]) -> None:
    """Fighting between two armies is read as the noun, whatever the tagger says."""
    page = parse("Fighting between the two armies resumed near the river.")
    token = page.paragraphs[0].parsed[0]
    found = triggers_of(token, load_triggers(), lambda _word, _path, _wanted: False)
    assert [entry.type for entry in found] == ["armed_clash"]


def test_a_user_adds_words_in_a_file_and_no_code(tmp_path: Path) -> None:
    """Entries of a user's file are asked before those of the package, and its classes add to them."""
    given = tmp_path / "war.toml"
    given.write_text(
        '[classes]\npositions = "sangar"\n\n[[trigger]]\nname = "razzia"\nkind = "event"\ntype = "ground_attack"\n'
        'nouns = "razzia"\nscheme = "deed"\nconfidence = 0.5\nexample = "A razzia on the wells."\n',
        encoding="utf-8",
    )
    lexicon = load_triggers((given,))
    assert [entry.name for entry in lexicon.of("noun", "razzia")] == ["razzia"]
    assert lexicon.is_a("sangar", "positions")
    assert lexicon.is_a("checkpoint", "positions")


def test_a_file_that_is_no_lexicon_is_named(tmp_path: Path) -> None:
    """A file that is no TOML is named with its reason."""
    broken = tmp_path / "war.toml"
    broken.write_text("[[trigger", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="no lexicon"):
        load_triggers((broken,))
