"""How a text becomes paragraphs, with offsets into the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.conftest import document

from tidings.read.page import Page, _parsed, pages, place
from tidings.read.pipeline import load_pipeline

Parse = Callable[[str], Page]


@pytest.mark.parametrize(
    ("words", "dateline"),
    [
        ("ADEN, Yemen (Reuters) – The port reopened on Monday.", "ADEN, Yemen (Reuters) – "),
        ("KYIV — Two people died in the night.", "KYIV — "),
        ("Gao, Mali – The convoy was late on Monday.", "Gao, Mali – "),
        ("BOGOTA - Soldiers left the village on Monday.", "BOGOTA - "),
        ("The port—which is old—reopened on Monday.", ""),
        ("The army – or what is left of it – withdrew.", ""),
        ("Ali said: “We stay in the town.”", ""),
    ],
)
def test_datelines_stand_apart(parse: Parse, words: str, dateline: str) -> None:
    """A town before a dash is a dateline and is not parsed; a dash inside a sentence is none."""
    page = parse(f"A headline here\n\n{words}")
    paragraph = page.paragraphs[1]

    found = page.text[slice(*paragraph.dateline)] if paragraph.dateline else ""
    assert found == dateline
    assert page.text[paragraph.start : paragraph.end] == words.removeprefix(dateline)
    assert paragraph.parsed.text == words.removeprefix(dateline).translate({0x201C: '"', 0x201D: '"'})


def test_roles_of_paragraphs(parse: Parse) -> None:
    """The first paragraph is the headline, a short line without a full stop a heading, the rest is body."""
    page = parse(
        "Truce holds in Taiz\n\nMarkets opened in the city on Monday.\n\nAid arrives\n\nTrucks came from Aden."
    )

    assert [paragraph.role for paragraph in page.paragraphs] == ["headline", "body", "heading", "body"]


def test_a_headline_broken_over_two_lines_is_one(parse: Parse) -> None:
    """A headline whose first line ends on a verb goes on in the next line; two whole lines stay two."""
    page = parse("Rebels march north to take\nMalakal airport\n\nFighting began on Monday.")
    assert [page.text[p.start : p.end] for p in page.paragraphs][:1] == ["Rebels march north to take\nMalakal airport"]

    page = parse("Rebels march north\nMonday 5 May 2014\n\nFighting began on Monday.")
    assert len(page.paragraphs) == 3


def test_a_dash_between_a_name_and_a_number_parts_them(parse: Parse) -> None:
    """The parser sees a town, a dash and a number where no space stands between them."""
    page = parse("Nyala—70 miles from the border—is calm.")

    assert [token.text for token in page.paragraphs[0].tokens][:3] == ["Nyala", "—", "70"]


def test_a_paragraph_too_long_is_read_in_pieces_and_said(parse: Parse) -> None:
    """A paragraph without end is cut after a sentence, or between two words, and all of it is read; the page says where."""
    page = parse("Headline\n\n" + "Water is short. " * 2000)
    pieces = [page.text[one.start : one.end] for one in page.paragraphs[1:]]

    assert "".join(pieces) == page.text[10:].rstrip()
    assert [len(piece) for piece in pieces] == [20_000, 11_999]
    assert page.given_up == ["a paragraph too long to be read at once was cut at character 20010"]

    page = parse("1 2 3 " * 4000)
    assert [(one.start, one.end) for one in page.paragraphs] == [(0, 20_000), (20_000, 23_999)]


def test_long_paragraphs_are_parsed_few_at_once() -> None:
    """The parser's memory grows with what it holds at once: a batch is bounded by its letters, not only by its paragraphs."""
    seen: list[list[int]] = []

    class Parser:
        def pipe(self, batch: list[tuple[str, int]], **_: object) -> list[tuple[str, int]]:
            seen.append([len(text) for text, _ in batch])
            return batch

    stream = [("a" * size, at) for at, size in enumerate((20_000, 20_000, 20_000, 20_000, 5, 5, 5, 5))]

    assert list(_parsed(Parser(), stream, 4)) == stream  # type: ignore[arg-type]
    assert seen == [[20_000] * 3, [20_000, 5, 5, 5], [5]]


def test_thousands_of_lines_that_go_on_are_no_single_paragraph(parse: Parse) -> None:
    """Lines that begin in lower case join the one before them only as far as a paragraph may reach."""
    page = parse("and the road was cut again\n" * 2000)

    assert max(one.end - one.start for one in page.paragraphs) <= 20_027
    assert page.paragraphs[-1].end == len(page.text.rstrip())


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(alphabet="abc XYZ.,—–-\u00a0“”’()[]\n\tşê ال 5", max_size=60),
        max_size=4,
    )
)
def test_tokens_lie_where_their_words_stand(pieces: list[str]) -> None:
    """Whatever the text, a token's place in the document holds the token's own words, spaces and quotes apart."""
    text = "\n\n".join(pieces)
    page = next(iter(pages(load_pipeline(), [document(text)])))
    plain = {0xA0: " ", 0x202F: " ", 0x2019: "'", 0x201C: '"', 0x201D: '"', 9: " "}

    for paragraph in page.paragraphs:
        for token in paragraph.tokens:
            start, end = place(token)
            assert page.text[start:end].translate(plain) == token.text
