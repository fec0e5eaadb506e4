"""Quotes of claims: trimmed, and never empty."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.read.claims.closing import quoted

TEXT = "Medics said: “nine killed”, and three others – at the gate – hurt."


@given(a=st.integers(0, len(TEXT)), b=st.integers(0, len(TEXT)))
def test_a_quote_is_never_empty(a: int, b: int):
    """However a stretch of speech cuts it, even to nothing or the wrong way round, a claim quotes words: at the least its own."""
    start, end = quoted(TEXT, a, b, (18, 24))

    assert TEXT[start:end].strip()
    assert (start, end) == (18, 24) or a <= start < end <= b


def test_marks_at_the_edges_are_no_words():
    """White space, dashes and quotation marks at the edges are left out."""
    start, end = quoted(TEXT, 12, 27, (18, 24))

    assert TEXT[start:end] == "nine killed"
