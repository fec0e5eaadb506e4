"""Quotation marks are paired, whatever is missing between them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tidings.read.quotes import Quotation, scan


def found(text: str) -> list[tuple[str, bool]]:
    """The words of each quotation, and whether it was closed."""
    pieces = [match.span() for match in re.finditer(r"[^\n]+", text)]
    return [(text[quotation.start : quotation.end], quotation.closed) for quotation in scan(text, pieces)]


def test_curly_and_straight_marks() -> None:
    """Curly, straight, angular and doubled marks all open and close a quotation."""
    text = "“Stay inside,” she said. \"Why?\" he asked. «Basta», dijo. ''Go,'' they cried."
    assert found(text) == [("Stay inside,", True), ("Why?", True), ("Basta", True), ("Go,", True)]


def test_nested_marks() -> None:
    """A quotation inside a quotation belongs to the outer one."""
    assert found("“They shouted ‘leave’ and “go home” at us,” he said.") == [
        ("They shouted ‘leave’ and “go home” at us,", True)
    ]


def test_single_marks_and_apostrophes() -> None:
    """Single marks quote, apostrophes do not."""
    assert found("‘We didn’t sleep,’ said Rosa. The rebels’ town and the ‘90s are no speech.") == [
        ("We didn’t sleep,", True)
    ]


def test_unclosed_mark_in_a_sentence() -> None:
    """A mark opened in the middle of a sentence and never closed ends with that sentence."""
    assert found("He called it a “total failure. The army left.") == [("total failure", False)]


def test_unclosed_mark_before_a_new_one() -> None:
    """A new opening mark after a full stop ends the quotation that was left open."""
    assert found("“We left at dawn. The bus came. “Nobody stayed,” he added.") == [
        ("We left at dawn.", False),
        ("Nobody stayed,", True),
    ]


def test_quotation_over_paragraphs() -> None:
    """A quotation left open at the end of a paragraph goes on in the next one that opens with a mark."""
    text = "“My cousin was a teacher.\n“He never held a gun.”"
    first, second = scan(text, [(0, text.index("\n")), (text.index("\n") + 1, len(text))])
    assert (first.closed, second.closed) == (False, True)
    assert (first.continues, second.continues) == (False, True)


def test_whole_paragraph() -> None:
    """A quotation that fills its paragraph says so, and whether a sentence stops inside it."""
    (quotation,) = scan("“Nobody came.”", [(0, 14)])
    assert quotation == Quotation(
        start=1,
        end=13,
        outer_start=0,
        outer_end=14,
        paragraph=0,
        closed=True,
        begins=True,
        whole=True,
        continues=False,
        stops=True,
    )


@given(st.text(alphabet="ab .,“”\"'‘’\n'«»", max_size=80))
def test_any_marks(text: str) -> None:
    """Whatever marks stand in a text, quotations lie inside it, in order, and never overlap."""
    pieces = [match.span() for match in re.finditer(r"[^\n]+", text)]
    last = 0
    for quotation in scan(text, pieces):
        assert last <= quotation.outer_start <= quotation.start < quotation.end <= quotation.outer_end <= len(text)
        last = quotation.outer_end
