"""Spellings of one name share a consonant skeleton."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.text.skeleton import PROFILES, shape, skeleton


@pytest.mark.parametrize(
    ("profile", "spellings"),
    [
        ("arabic", ["Hasakeh", "Hasakah", "Hesekê", "al-Hasakah", "الحسكة"]),
        ("arabic", ["Hudaydah", "Hodeidah", "Hodeida", "الحديدة"]),
        ("arabic", ["Tel Rifaat", "Tall Rif'at", "Tell Rifa'at"]),
        ("arabic", ["Jabal Marra", "Jebel Marra"]),
        ("slavic", ["Kharkiv", "Kharkov"]),
        ("slavic", ["Kyiv", "Kiev", "Київ"]),
        ("slavic", ["Luhansk", "Lugansk"]),
        ("slavic", ["Bakhmut", "Bahmut"]),
        ("plain", ["Defence", "Defense"]),
    ],
)
def test_spellings_share_a_skeleton(profile: str, spellings: list[str]) -> None:
    """Vowels, articles and the letters that writers vary make no difference."""
    assert {skeleton(name, profile) for name in spellings} == {skeleton(spellings[0], profile)}


def test_words_for_a_kind_of_place_come_first() -> None:
    """A hill's name is the same before and after the word for it."""
    assert skeleton("Marra hill") == skeleton("Jabal Marra") == "jblmr"


def test_different_names_keep_different_skeletons() -> None:
    """What differs in consonants stays apart."""
    assert len({skeleton(name) for name in ("Hodeidah", "Hajjah", "Hadramawt", "Ibb", "Aden", "Abyan")}) == 6


@given(st.text(max_size=30), st.sampled_from(sorted(PROFILES)))
def test_any_words_have_a_shape(words: str, profile: str) -> None:
    """No input breaks the rules, and the skeleton is that of the shapes."""
    assert sorted("".join(part.consonants for part in shape(words, profile))) == sorted(skeleton(words, profile))
