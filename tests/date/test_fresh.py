"""A dated report of a day's news, a plan for a day of the week, and dates without a year."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.date.telling import claim, report, words

from tidings.date import date_alone
from tidings.model import Dating


def edtf(dating: Dating) -> dict[str, str]:
    return {one.quote: one.when.edtf() for one in dating.claims}


def test_news_without_a_day_is_of_the_reports_day_or_the_day_before() -> None:
    """A short dated report tells of its own day or the day before where it names none, and says that this is assumed."""
    document = report("a", "Shells fell on the market. Nine people died.", published="2019-06-27")
    told = claim(document, "Shells fell on the market", type="shelling")
    dating = date_alone([document], [], [told])

    assert edtf(dating) == {"Shells fell on the market": "2019-06-26/2019-06-27"}
    assert dating.claims[0].when.basis.startswith("assumed (fresh)")


def test_what_stands_before_the_first_day_named_is_not_of_that_day() -> None:
    """In a dated report a day named at its end dates nothing that was told before it."""
    document = report("a", "Shells fell on the market. The mayor resigned on Monday.", published="2019-06-27")
    time = words(document, "on Monday", weekday=0, soft="weekday")
    first = claim(document, "Shells fell on the market", type="shelling")
    second = claim(document, "The mayor resigned on Monday", time, type="other")

    assert edtf(date_alone([document], [time], [first, second])) == {
        "Shells fell on the market": "2019-06-26/2019-06-27",
        "The mayor resigned on Monday": "2019-06-24",
    }


def test_a_look_back_lends_its_day_to_nothing() -> None:
    """What "had killed five on Monday", told after the news of Wednesday, does not date the sentences behind it."""
    text = "Shells fell on the port on Wednesday. A raid had killed five on Monday. The army blamed the rebels for it."
    document = report("a", text, published="2019-06-27")
    wednesday = words(document, "on Wednesday", weekday=2, soft="weekday")
    monday = words(document, "on Monday", weekday=0, soft="weekday")
    told = [
        claim(document, "Shells fell on the port on Wednesday", wednesday, type="shelling"),
        claim(document, "A raid had killed five on Monday", monday, kind="casualties", type="killed"),
        claim(document, "The army blamed the rebels for it", kind="statement", type="accusation"),
    ]

    assert edtf(date_alone([document], [wednesday, monday], told)) == {
        "Shells fell on the port on Wednesday": "2019-06-26",
        "A raid had killed five on Monday": "2019-06-24",
        "The army blamed the rebels for it": "2019-06-26",
    }


def test_a_plan_for_a_weekday_is_the_coming_one() -> None:
    """What a report says is planned for Friday is the Friday after it."""
    document = report("a", "The agency hopes to evacuate the wounded on Friday.", published="2019-06-27")
    time = words(document, "on Friday", weekday=4, soft="weekday")
    told = claim(
        document, "The agency hopes to evacuate the wounded on Friday", time, type="evacuation", mode="intended"
    )

    assert edtf(date_alone([document], [time], [told])) == {told.quote: "2019-06-28"}


def test_the_third_day_of_something_beside_a_length_breaks_nothing() -> None:
    """A length and "the third day of" on one claim are read together (they once broke the dating)."""
    document = report("a", "On the third day of the siege soldiers shot nine men.", published="2019-06-27")
    time = words(document, "On the third day of", of="siege", soft="nth_of", unit="day", number=3.0)
    told = claim(document, "soldiers shot nine men", time, type="killing")

    assert edtf(date_alone([document], [time], [told]))[told.quote].endswith("2019-06-27")


@given(published=st.dates(date(1990, 1, 1), date(2040, 1, 1)), back=st.integers(0, 363))
def test_a_date_without_a_year_is_within_the_year_before_the_report(published: date, back: int) -> None:
    """Whatever the report's day, a month and day without a year are the latest such day up to it."""
    day = published - timedelta(days=back)
    document = report("a", "The bridge was blown up that day.", published=published.isoformat())
    time = words(document, "that day", month=day.month, day=day.day)
    told = claim(document, "The bridge was blown up", time)

    assert edtf(date_alone([document], [time], [told])) == {told.quote: day.isoformat()}
