from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tidings.tell.context import around


def test_the_sentence_around_a_quote() -> None:
    """The quote comes with the rest of its own sentence and nothing of its neighbours."""
    text = "It rained. On Monday fighters shelled the port, residents said. Nobody was hurt."
    start = text.index("fighters")
    assert around(text, start, start + len("fighters shelled the port")) == (
        "On Monday ",
        "fighters shelled the port",
        ", residents said.",
    )


@given(st.text(min_size=1, max_size=900), st.data())
def test_the_quote_is_never_altered(text: str, data: st.DataObject) -> None:
    """Whatever the text, the middle part is the quote with its white space squashed."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert around(text, start, end)[1] == re.sub(r"\s+", " ", text[start:end])
