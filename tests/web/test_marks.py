"""Marks in a text: cut where any begins or ends, and together always the text."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from tidings.web.marks import Mark, furniture_at, paragraphs


@given(
    st.text(alphabet="ab <>&\"'\n\u202eنх", max_size=60),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["claim", "place", "speaker"])), max_size=8
    ),
)
def test_the_words_stay_whole(text: str, spans: list[tuple[int, int, str]]) -> None:
    """Whatever is marked, the words of the paragraphs are the text's, escaped."""
    marks = [
        Mark(cls=cls, start=min(a, b, len(text)), end=min(max(a, b), len(text)), href="/x", id=f"i{n}")
        for n, (a, b, cls) in enumerate(spans)
    ]
    told = "".join(str(piece.html) for piece in paragraphs(text, marks, []))
    words = unescape(re.sub(r"<[^>]*>", "", told))

    assert words == "".join(line for line in re.findall(r"[^\n]+", text) if line.strip()).replace("\u202e", "\u2423")
    assert "<a" not in re.sub(r"<a [^>]*>[^<]*</a>", "", told)


def test_overlapping_marks_share_their_middle() -> None:
    """Two marks that overlap make three pieces, the middle one with both looks, marked twice for two claims."""
    (piece,) = paragraphs(
        "one two three", [Mark(cls="claim k-event", start=0, end=7), Mark(cls="claim k-control", start=4, end=13)], []
    )

    assert re.findall(r'class="m ([^"]*)"[^>]*>([^<]*)<', str(piece.html)) == [
        ("claim k-event", "one "),
        ("claim k-event k-control twice", "two"),
        ("claim k-control", " three"),
    ]


def test_what_was_left_out_stands_where_it_stood() -> None:
    """Furniture is shown before the text that followed it."""
    removed = [{"start": 0, "end": 5, "words": "menu "}, {"start": 9, "end": 12, "words": "ad "}]
    assert furniture_at("word text", removed) == [(0, "menu "), (4, "ad ")]
