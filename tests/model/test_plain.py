"""Nouns to plain values and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import from_plain, to_plain


@dataclass(frozen=True, kw_only=True, slots=True)
class Inner:
    number: float
    day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outer:
    name: str
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    words: tuple[str, ...] = ()
    pair: tuple[int, date | None] = (0, None)
    flag: bool = False


inners = st.builds(Inner, number=st.floats(allow_nan=False), day=st.none() | st.dates())
outers = st.builds(
    Outer,
    name=st.text(),
    inner=st.none() | inners,
    many=st.lists(inners).map(tuple),
    words=st.lists(st.text()).map(tuple),
    pair=st.tuples(st.integers(), st.none() | st.dates()),
    flag=st.booleans(),
)


@given(outers)
def test_a_noun_comes_back_through_json(noun: Outer):
    """Written as JSON and read again, a noun is the same."""
    assert from_plain(Outer, json.loads(json.dumps(to_plain(noun)))) == noun


def test_what_holds_its_default_is_left_out():
    """Only what differs from its default is written."""
    assert to_plain(Outer(name="")) == {"name": ""}
    assert to_plain(Outer(name="a", inner=Inner(number=1.5, day=date(2015, 6, 1)), words=("x",))) == {
        "name": "a",
        "inner": {"number": 1.5, "day": "2015-06-01"},
        "words": ["x"],
    }


@pytest.mark.parametrize("plain", [{}, {"name": "a", "colour": "red"}])
def test_a_field_missing_or_unknown_is_an_error(plain: dict[str, str]):
    """A field without a default that is missing, and one that no noun has, are errors."""
    with pytest.raises(TypeError):
        from_plain(Outer, plain)
