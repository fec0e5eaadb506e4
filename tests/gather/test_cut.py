"""Cutting furniture out, and giving it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.gather.cut import cut, restore, to_original
from tidings.gather.furniture import furniture
from tidings.model import Removed, Span

LINES = st.lists(
    st.sampled_from(
        [
            "Fighters left the town of Bara on Sunday.",
            "Smoke over the river. (Photo: Nile Courier)",
            "Source: Nile Courier",
            "Leave a comment",
            "Share on Facebook",
            "",
            "\u00a0\u00a0padded\u00a0line\r",
            "5 × one =",
            "Read also: Another story",
            "\ufeffodd\u200b marks",
        ]
    )
    | st.text(max_size=60),
    max_size=12,
).map("\n".join)


@given(text=st.text(max_size=80), ends=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6))
def test_any_spans_can_be_cut_and_given_back(text: str, ends: list[tuple[int, int]]) -> None:
    """What is kept and what is cut give the original back, however the spans overlap."""
    spans = [Span(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in ends]

    kept, removed = cut(text, spans)

    assert restore(kept, removed) == text
    assert "".join(piece.words for piece in removed) + kept == "" or len(kept) + sum(
        len(piece.words) for piece in removed
    ) == len(text)


@given(text=LINES)
def test_a_text_and_its_furniture_give_the_original_back(text: str) -> None:
    """Whatever is taken for furniture, the text and the pieces removed give the original back exactly."""
    kept, removed = cut(text, furniture(text))

    assert restore(kept, removed) == text


@given(text=LINES)
def test_every_code_point_of_the_text_is_found_in_the_original(text: str) -> None:
    """A code point of the text is the same one at its place in the original."""
    kept, removed = cut(text, furniture(text))

    assert [text[to_original(place, removed)] for place in range(len(kept))] == list(kept)


def test_pieces_that_touch_are_one_piece() -> None:
    """Two spans side by side are cut as one."""
    kept, removed = cut("abcdef", [Span(2, 4), Span(1, 2)])

    assert (kept, removed) == ("aef", (Removed(start=1, end=4, words="bcd"),))


def test_pieces_that_do_not_fit_are_an_error() -> None:
    """A piece that lies beyond the text is no silent loss."""
    with pytest.raises(ValueError, match=r"removed at 9\.\.10"):
        restore("abc", (Removed(start=9, end=10, words="x"),))
