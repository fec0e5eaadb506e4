"""What the lexicon knows, and how a user adds a war."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.errors import UnreadableInput
from tidings.read.lexicon import Hit, Lexicon, fold, words_of

WAR = """
id = "northmark"
name = "The war in Northmark"
countries = ["IS"]
places = ["Vikstad"]

[[entry]]
id = "shore_guard"
name = "Shore Guard"
role = "militia"
aliases = ["Shore Guard", "Strandvakt"]
descriptions = ["the coastal militia"]
modifiers = ["coastal"]
reason = "Made up for this test."
"""


def test_hits_are_the_longest_names() -> None:
    """Of two names that begin at one place the longer one is found, and nothing inside it."""
    text = "The Islamic State group and the UN Security Council."

    hits = Lexicon.load().hits(text)

    assert hits == [
        Hit(4, 23, "alias", ("world.isis",)),
        Hit(32, 51, "alias", ("world.unsc",)),
    ]


def test_acronyms_need_their_case() -> None:
    """An acronym is found in its own case only; a verb is no armed group."""
    lexicon = Lexicon.load()

    assert [hit.ids for hit in lexicon.hits("Who is here? IS is.")] == [("world.isis",)]


def test_descriptions_hold_only_where_their_war_is_told_of() -> None:
    """A description counts among the entries of the wars told of, and nowhere else."""
    lexicon = Lexicon.load()
    text = "the southern separatists"

    assert lexicon.hits(text) == []
    assert lexicon.hits(text, frozenset({"yemen.stc"})) == [Hit(4, 24, "description", ("yemen.stc",))]


@pytest.mark.parametrize(
    ("phrase", "ident"),
    [
        ("gangs", "armed.fighters"),
        ("terrorists", "armed.fighters"),
        ("fighters", "armed.fighters"),
        ("gunmen", "armed.gunmen"),
        ("villagers", "generic.villagers"),
        ("children", "generic.children"),
        ("farmers", "generic.farmers"),
        ("regime", "armed.army"),
    ],
)
def test_groups_are_known_in_the_plural_and_under_loaded_words(phrase: str, ident: str) -> None:
    """Plurals are found, and loaded words stand in one entry with the plain ones."""
    group = Lexicon.load().group(phrase)

    assert group is not None
    assert group.id == ident


@pytest.mark.parametrize(
    ("code", "name"),
    [("SY", "Syrian government"), ("CD", "Congolese government"), ("", "government forces"), ("FJ", "Fiji government")],
)
def test_a_state_is_named_after_its_people(code: str, name: str) -> None:
    """A government is named by the demonym, by the country where none is listed, and vaguely where none is known."""
    assert Lexicon.load().government(code, code)[1] == name
    assert Lexicon.load().government("TR", code)[1] == "Turkey"


def test_a_user_adds_a_war_with_one_file(tmp_path: Path) -> None:
    """A folder with a war file gives its names, descriptions and modifiers, and another hash."""
    (tmp_path / "northmark.toml").write_text(WAR, encoding="utf-8")

    lexicon = Lexicon.load([tmp_path])

    entry = lexicon.entry("northmark.shore_guard")
    assert entry is not None
    assert (entry.name, entry.role, entry.kind) == ("Shore Guard", "militia", "actor")
    assert lexicon.hits("The Strandvakt left.") == [Hit(4, 14, "alias", ("northmark.shore_guard",))]
    assert lexicon.modifiers["coastal",] == ("northmark.shore_guard",)
    assert lexicon.hash != Lexicon.load().hash


def test_a_broken_war_file_is_named(tmp_path: Path) -> None:
    """A file that is no TOML, and an entry without a name, say which file and what to do."""
    broken = tmp_path / "broken.toml"
    broken.write_text("id = ", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"broken\.toml: not readable as TOML"):
        Lexicon.load([broken])

    nameless = tmp_path / "nameless.toml"
    nameless.write_text('id = "x"\nname = "X"\n[[entry]]\nid = "y"\nrole = "militia"\n', encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"nameless\.toml: 'name' is missing"):
        Lexicon.load([nameless])


def test_every_entry_of_a_war_names_known_parents() -> None:
    """The parent of an entry is an entry or a state, so that nothing belongs to nobody."""
    lexicon = Lexicon.load()
    parents = {entry.parent for entry in lexicon.entries.values() if entry.parent}

    assert {parent for parent in parents if parent not in lexicon.entries and not parent.startswith("state.")} == set()


def test_folding_forgets_case_marks_and_curls() -> None:
    """Diacritics, case and curly quotes make no difference to looking up."""
    assert fold("Neşwa’S") == "neswa's"
    assert words_of("El-Fasher, Mali") == [
        ("el", 0, 2),
        ("-", 2, 3),
        ("fasher", 3, 9),
        (",", 9, 10),
        ("mali", 11, 15),
    ]
