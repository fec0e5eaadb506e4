from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import When, parse_edtf
from tidings.tell.words import a_range, days, listed, with_article


def test_lists_read_as_prose() -> None:
    """Names are joined with commas and a last "and", each once."""
    assert [listed([]), listed(["A"]), listed(["A", "B"]), listed(["A", "B", "A", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_a_body_takes_an_article() -> None:
    """A government or a coalition gets "the", a bare name or acronym does not."""
    assert [with_article(name) for name in ("Sudanese government", "RSF", "Nyala", "the army")] == [
        "the Sudanese government",
        "RSF",
        "Nyala",
        "the army",
    ]


def test_days_say_both_ends() -> None:
    """A day, an interval, an open end and one of several days are worded as what they are."""
    said = [
        days(parse_edtf(words))
        for words in (
            "2023-04-15",
            "2023-04-15/2023-04-20",
            "2022-12-30/2023-01-02",
            "../2023-04-15",
            "2023-04-15/..",
            "",
        )
    ]
    assert said == [
        "on 15 April 2023",
        "between 15 April and 20 April 2023",
        "between 30 December 2022 and 2 January 2023",
        "on or before 15 April 2023",
        "on or after 15 April 2023",
        "",
    ]
    assert days(parse_edtf("[2023-02-04,2024-02-04]")) == "on one of these days: 4 February 2023 or 4 February 2024"
    assert days(parse_edtf("[2023-04-13,2023-04-20]")) == "on one of these days: 13 April or 20 April 2023"


def test_a_lasting_time_runs_from_to() -> None:
    """Something known to have lasted is worded from its first to its last day."""
    assert days(When.between(date(2023, 4, 15), date(2023, 5, 1), lasts=True)) == "from 15 April to 1 May 2023"


@given(st.one_of(st.none(), st.integers(0, 10**6)), st.one_of(st.none(), st.integers(0, 10**6)))
def test_a_range_never_invents_an_end(low: int | None, high: int | None) -> None:
    """The words of a range hold the ends that are known and no other number."""
    if low is not None and high is not None and low > high:
        low, high = high, low
    words = a_range(low, high)
    numbers = {
        int(part.replace(",", ""))
        for part in words.replace("at least", "").replace("up to", "").split(" to ")
        if part.strip()
    }
    assert numbers == {number for number in (low, high) if number is not None}
