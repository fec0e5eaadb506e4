"""Words to word pieces: the longest known piece first, small letters, no accents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.read.learned.wordpiece import UNKNOWN, pieces

WORDS = [UNKNOWN, "shell", "##ed", "##ing", "sanaa", "'", "s", ".", "al", "-", "zor"]
VOCABULARY = {word: number for number, word in enumerate(WORDS)}


def cut(word: str) -> list[str]:
    return [WORDS[number] for number in pieces(word, VOCABULARY)]


def test_a_word_is_cut_into_the_longest_pieces_that_are_known():
    """The longest known beginning is taken, then the longest known inside piece."""
    assert cut("shelled") == ["shell", "##ed"]
    assert cut("Shelling") == ["shell", "##ing"]


def test_accents_and_capitals_count_for_nothing():
    """A name with its accents is the name without them."""
    assert cut("Ṣanʿāʾ".replace("ʿ", "a").replace("ʾ", "")) == cut("sanaa")


def test_marks_stand_alone():
    """A hyphen, an apostrophe and a full stop are pieces of their own."""
    assert cut("al-zor") == ["al", "-", "zor"]
    assert cut("Sanaa's.") == ["sanaa", "'", "s", "."]


def test_what_is_not_known_is_said_to_be_unknown():
    """A run with no known cut is unknown as a whole, and an empty word is unknown too."""
    assert cut("xyz") == [UNKNOWN]
    assert cut("shellxyz") == [UNKNOWN]
    assert cut("") == [UNKNOWN]
    assert cut("x" * 5000) == [UNKNOWN]


@given(st.text(max_size=40))
def test_every_text_has_at_least_one_piece_and_none_outside_the_vocabulary(word):
    """Whatever stands in a report, digits, right-to-left letters or control signs, it is cut into known numbers."""
    found = pieces(word, VOCABULARY)
    assert found
    assert set(found) <= set(VOCABULARY.values())
