"""Words about time are read as days counted from a calendar, from the report or from another happening."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import DocId, Document, Sha256, TimeWords
from tidings.read.page import Page, pages
from tidings.read.pipeline import load_pipeline
from tidings.read.times import find_times


def read(text: str) -> Page:
    document = Document(id=DocId("d_test"), path="test.txt", sha256=Sha256("0" * 64), text=text)
    return next(pages(load_pipeline(), [document]))


def times(text: str) -> list[TimeWords]:
    return list(find_times(read(text)))


def only(text: str) -> TimeWords:
    found = times(text)
    assert len(found) == 1, [one.text for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Shells fell on 25 June 2019.", date(2019, 6, 25), date(2019, 6, 25)),
        ("Shells fell on June 25th, 2019.", date(2019, 6, 25), date(2019, 6, 25)),
        ("Shells fell on the 25th of June 2019.", date(2019, 6, 25), date(2019, 6, 25)),
        ("Shells fell on 2019-06-25 there.", date(2019, 6, 25), date(2019, 6, 25)),
        ("Shells fell on 25/06/2019 there.", date(2019, 6, 25), date(2019, 6, 25)),
        ("Shells fell on Tuesday 06/25/2019 there.", date(2019, 6, 25), date(2019, 6, 25)),
        ("Shells fell on June 25-27, 2019.", date(2019, 6, 25), date(2019, 6, 27)),
        ("Shells fell from 28 June to 3 July 2019.", date(2019, 6, 28), date(2019, 7, 3)),
        ("Shells fell in March 2020.", date(2020, 3, 1), date(2020, 3, 31)),
        ("Shells fell in 2017.", date(2017, 1, 1), date(2017, 12, 31)),
        ("Shells fell between 2014 and 2016.", date(2014, 1, 1), date(2016, 12, 31)),
    ],
)
def test_dates_with_a_year_are_days_of_the_calendar(text: str, first: date, last: date) -> None:
    """Every common form of a date with its year gives its first and last day."""
    one = only(text)

    assert (one.anchor, one.first, one.last) == ("calendar", first, last)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Shells fell on June 25.", {"month": 6, "day": 25, "shape": "point"}),
        ("Shells fell in mid-January.", {"month": 1, "soft": "mid_month"}),
        ("Shells fell in late February.", {"month": 2, "soft": "late_month"}),
        ("Shells fell on Thursday evening.", {"weekday": 3, "soft": "weekday"}),
        ("Shells fell last Thursday.", {"weekday": 3, "soft": "last_weekday"}),
        ("Shells will fall next Monday.", {"weekday": 0, "soft": "next_weekday"}),
        ("Shells have fallen since Sunday.", {"weekday": 6, "shape": "since"}),
        ("Shells fell yesterday evening.", {"least": -1, "most": -1}),
        ("Shells fell overnight.", {"soft": "overnight"}),
        ("Shells fell over the weekend.", {"soft": "weekend"}),
        ("Shells fell a few days ago.", {"soft": "few", "unit": "day", "sign": -1}),
        ("Shells fell more than two weeks ago.", {"soft": "over", "number": 2.0, "unit": "week", "sign": -1}),
        ("Shells fell in the past three months.", {"shape": "within", "number": 3.0, "unit": "month", "sign": -1}),
        ("Shells have fallen for the past two weeks.", {"shape": "since", "number": 2.0, "unit": "week", "sign": -1}),
        ("Shells fell in recent days.", {"soft": "recent_days"}),
    ],
)
def test_words_counted_from_the_report(text: str, fields: dict[str, Any]) -> None:
    """Words that lean on the report's day keep what they say and wait for that day."""
    one = only(text)

    assert one.anchor == "report"
    assert {name: getattr(one, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "words", "of", "fields"),
    [
        (
            "The port fell a little over a week after the loss of the airfield.",
            "a little over a week after",
            "the loss of the airfield",
            {"soft": "little_over", "number": 1.0, "unit": "week", "sign": 1},
        ),
        (
            "The third day after the start of the siege was quiet.",
            "The third day after",
            "the siege",
            {"soft": "nth_after", "number": 3.0, "of_edge": "start"},
        ),
        (
            "After 20 days of fighting, the garrison gave up.",
            "After 20 days of",
            "fighting",
            {"shape": "after", "number": 20.0, "unit": "day"},
        ),
        (
            "The month-long blockade was lifted.",
            "month-long",
            "blockade",
            {"shape": "lasting", "number": 1.0, "unit": "month"},
        ),
        (
            "People have lived in tents since the withdrawal of the army.",
            "since",
            "the withdrawal of the army",
            {"shape": "since", "least": 0, "most": 0},
        ),
        (
            "The mayor called a meeting in the early days of the offensive.",
            "in the early days of",
            "the offensive",
            {"soft": "early_days", "shape": "within", "of_edge": "start"},
        ),
    ],
)
def test_words_counted_from_another_happening(text: str, words: str, of: str, fields: dict[str, Any]) -> None:
    """Words that lean on another happening say where its own words stand."""
    page = read(text)
    one = find_times(page)[0]

    assert (one.text, one.anchor) == (words, "span")
    assert page.text[one.of_start : one.of_end] == of
    assert {name: getattr(one, name) for name in fields} == fields


def test_the_next_day_counts_from_the_day_told_before() -> None:
    """The words "the next day" lean on the last day that the report named."""
    page = read("The bridge fell on 3 May 2021. The next day the army left.")
    first, second = find_times(page)

    assert (second.least, second.most) == (1, 1)
    assert (second.of_start, second.of_end) == (first.start, first.end)


def test_words_on_a_verb_of_saying_date_the_saying() -> None:
    """The words "reported on Monday" date the report; "fled on Monday" dates the flight."""
    said, fled = times("The monitor reported on Monday that families had fled. Others fled on Monday.")

    assert (said.reporting, fled.reporting) == (True, False)


def test_words_know_what_they_hang_on() -> None:
    """The governor of words about time is the word whose happening they date."""
    page = read("Gunmen stormed the village on Friday and burned it.")
    one = find_times(page)[0]

    assert page.text[one.governor_start or 0 :].startswith("stormed")


def test_days_that_no_calendar_has_are_kept_as_their_month() -> None:
    """31 June and 29 February of a common year keep the month and lose the day."""
    june, february = times("It began on 31 June 2019. It ended on 29 February 2019.")

    assert (june.first, june.last, june.soft) == (date(2019, 6, 1), date(2019, 6, 30), "no_such_day")
    assert (february.first, february.last, february.soft) == (date(2019, 2, 1), date(2019, 2, 28), "no_such_day")


def test_another_calendar_is_kept_and_not_converted() -> None:
    """A date of another calendar stays in its words, with no day worked out."""
    one = only("The statement is dated 15 Ramadan 1436.")

    assert (one.text, one.soft, one.first) == ("15 Ramadan 1436", "other_calendar", None)


def test_modal_may_and_the_verb_march_are_no_months() -> None:
    """The words "may" and "march" are months only where they stand as such."""
    assert times("They may march on the town.") == []


def test_a_habit_has_no_day() -> None:
    """The words "every Friday" name no day."""
    assert times("Protests take place every Friday.") == []


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_any_day_reads_back_from_its_iso_form(day: date) -> None:
    """A day written in ISO form reads as itself."""
    one = only(f"It happened on {day.isoformat()} there.")

    assert (one.first, one.last) == (day, day)


@given(st.lists(st.sampled_from(["on Thursday", "two weeks ago", "after", "since 2014", "the siege", "May", "for a month", ",", "yesterday", "the past few days", "الأمس", "3"]), max_size=10))  # fmt: skip
def test_spans_quote_the_text_and_never_overlap(pieces: list[str]) -> None:
    """Whatever the words, each expression quotes the text under its span and none overlap."""
    page = read(" ".join(pieces) or "nothing")
    found = find_times(page)

    assert all(page.text[one.start : one.end] == one.text for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert len({one.id for one in found}) == len(found)
