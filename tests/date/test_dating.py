"""Reports and happenings are dated by their words, alone and together."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.date.telling import claim, event, report, words

from tidings.date import date_alone, date_together, explain
from tidings.model import Claim, Constraint, Dating, When, parse_edtf


def edtf(dating: Dating) -> dict[str, str]:
    return {one.quote: one.when.edtf() for one in dating.claims}


def of_rule(dating: Dating, rule: str) -> list[Constraint]:
    return [one for one in dating.constraints if one.rule == rule]


def test_a_weekday_is_the_latest_one_up_to_the_report() -> None:
    """A Thursday report that says Thursday means today; a Monday one means the Thursday before."""
    text = "Gunmen stormed the mill on Thursday."
    for published, day in (("2019-06-27", "2019-06-27"), ("2019-07-01", "2019-06-27")):
        document = report("a", text, published=published)
        told = claim(
            document, "Gunmen stormed the mill", time := words(document, "on Thursday", weekday=3, soft="weekday")
        )

        assert edtf(date_alone([document], [time], [told])) == {"Gunmen stormed the mill": day}


def test_the_day_of_publication_is_never_put_in_for_a_day_that_was_not_found() -> None:
    """A claim without words about time happened some time up to the report, no more is said."""
    document = report("a", "The rebels hold the ridge. They took the mill.", published="2019-06-27")
    told = claim(document, "They took the mill", kind="control", type="gained", mode="asserted", id="c_x")
    dating = date_alone([document], [], [told])
    start = dating.claims[0].when

    assert start.latest == date(2019, 6, 27)
    assert start.earliest != date(2019, 6, 27)


def test_a_plan_may_lie_after_the_report() -> None:
    """What is threatened is not held to have happened by the day of the report."""
    document = report("a", "The militia will storm the port next week.", published="2019-06-27")
    time = words(document, "next week", soft="next_week")
    told = claim(document, "The militia will storm the port", time, mode="intended")

    assert edtf(date_alone([document], [time], [told])) == {"The militia will storm the port": "2019-06-28/2019-07-10"}


def test_a_date_without_a_year_is_the_latest_before_the_report() -> None:
    """December in a January report is that of the year before."""
    document = report("a", "The bridge was blown up on December 30.", published="2020-01-02")
    time = words(document, "on December 30", month=12, day=30)
    told = claim(document, "The bridge was blown up", time)

    assert edtf(date_alone([document], [time], [told])) == {"The bridge was blown up": "2019-12-30"}


def test_days_of_the_week_alone_give_a_report_no_date() -> None:
    """One weekday is not a date: without any other fact the report stays undated."""
    document = report("a", "Shells fell on Thursday.")
    time = words(document, "on Thursday", weekday=3, soft="weekday")
    told = claim(document, "Shells fell", time)
    dating = date_alone([document], [time], [told])

    assert dating.documents[0].published == When()
    assert dating.claims[0].when == When()


def _crossing() -> tuple[list[object], ...]:
    told = report(
        "a", "Fighters entered the town at daybreak Thursday, a little over a week after the loss of the crossing."
    )
    known = report("k", "name: the crossing\nplaces: Wadi Saluq\nearliest: 2019-03-04\nlatest: 2019-03-05", known=True)
    times = [
        words(told, "at daybreak Thursday", weekday=3, soft="weekday"),
        words(told, "a little over a week after", of="the loss of the crossing", soft="little_over", number=1.0, unit="week", sign=1),
        words(known, "2019-03-04\nlatest: 2019-03-05", anchor="calendar", first=date(2019, 3, 4), last=date(2019, 3, 5)),
    ]  # fmt: skip
    claims = [
        claim(told, "Fighters entered the town at daybreak Thursday", times[0], times[1], trigger="entered"),
        claim(told, "the loss of the crossing", trigger="loss", kind="control", type="lost"),
        claim(known, "the crossing", times[2], kind="control", type="lost"),
    ]
    return [told, known], list(times), list(claims)


def test_one_known_day_makes_a_report_of_weekdays_exact() -> None:
    """A known loss, eight to eleven days and a Thursday leave one day; the chain says so in the words of both."""
    documents, times, claims = _crossing()
    happening = event(claims[1], claims[2])  # type: ignore[arg-type]
    dating = date_together(documents, times, claims, [happening])  # type: ignore[arg-type]
    entry = dating.claims[0]

    assert entry.when.edtf() == "2019-03-14"
    assert dating.documents[0].published.edtf() == "2019-03-14/2019-03-16"
    assert "2019-03-04\nlatest: 2019-03-05" in {one.quote for one in explain(f"start:{entry.id}", dating.constraints)}


def test_without_it_the_days_stay_open_and_with_a_range_they_are_a_set() -> None:
    """A report published in some month leaves the Thursdays of that month."""
    documents, times, claims = _crossing()
    wide = report("a", documents[0].text, published=None)  # type: ignore[attr-defined]
    month = When.between(date(2019, 3, 10), date(2019, 3, 30))
    from dataclasses import replace

    dated = replace(wide, published=month, published_basis="sidecar")
    dating = date_alone([dated], times[:2], claims[:2])  # type: ignore[arg-type]

    assert dating.claims[0].when.edtf() == "[2019-03-14,2019-03-21,2019-03-28]"
    assert parse_edtf(dating.claims[0].when.edtf()).choices == dating.claims[0].when.choices


def test_a_length_bounds_the_end_of_what_lasted() -> None:
    """More than 33 days of fighting that began on a known day ended 33 to 40 days later."""
    document = report(
        "a", "The fighting began on 25 June 2019 and went on for more than 33 days.", published="2019-09-01"
    )
    times = [
        words(document, "on 25 June 2019", anchor="calendar", first=date(2019, 6, 25), last=date(2019, 6, 25), shape="since"),
        words(document, "for more than 33 days", anchor="span", shape="lasting", soft="over", number=33.0, unit="day"),
    ]  # fmt: skip
    told = claim(document, "The fighting began on 25 June 2019 and went on for more than 33 days", *times, whole=True)
    when = date_alone([document], times, [told]).claims[0].when
    ends = (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)

    assert ends[:2] == (date(2019, 6, 25), date(2019, 6, 25))
    # "Since" holds until the report, which the length contradicts: the assumption gives way.
    assert ends[2:] == (date(2019, 7, 28), date(2019, 8, 4))


def test_yesterday_in_a_quotation_is_counted_from_the_day_it_was_said() -> None:
    """The speaker's yesterday may be two days before the report."""
    document = report("a", "“They shelled us yesterday,” a nurse said.", published="2019-06-27")
    time = words(document, "yesterday", least=-1, most=-1)
    told = claim(document, "They shelled us yesterday", time)

    assert edtf(date_alone([document], [time], [told])) == {"They shelled us yesterday": "2019-06-25/2019-06-26"}


def test_a_sentence_without_a_time_goes_on_with_the_day_before_it() -> None:
    """The day told first holds for what is told after it, as an assumption."""
    document = report("a", "Gunmen stormed the mill on Thursday. They killed two guards.", published="2019-06-28")
    time = words(document, "on Thursday", weekday=3, soft="weekday")
    claims = [claim(document, "Gunmen stormed the mill", time), claim(document, "They killed two guards", kind="casualties", type="killed")]  # fmt: skip
    dating = date_alone([document], [time], claims)

    assert edtf(dating)["They killed two guards"] == "2019-06-27"
    assert {one.kind for one in of_rule(dating, "story")} == {"assumed"}


def test_a_state_told_in_the_present_holds_on_the_day_of_the_report() -> None:
    """The present tense is of the day on which it is said."""
    document = report("a", "The army controls the port.", published="2019-06-28")
    told = claim(document, "The army controls the port", kind="control", type="held")

    assert edtf(date_alone([document], [], [told])) == {"The army controls the port": "2019-06-28"}


def test_a_day_that_no_calendar_has_and_a_calendar_that_is_not_ours_do_no_harm() -> None:
    """31 June gives its month; 15 Ramadan gives no day; both stay in the record."""
    document = report("a", "It fell on 31 June. It was dated 15 Ramadan 1436.", published="2019-07-28")
    times = [
        words(document, "on 31 June", month=6, soft="no_such_day"),
        words(document, "15 Ramadan 1436", anchor="calendar", soft="other_calendar"),
    ]
    claims = [claim(document, "It fell", times[0]), claim(document, "It was dated", times[1])]

    assert edtf(date_alone([document], times, claims)) == {"It fell": "2019-06-01/2019-06-30", "It was dated": "2019-06-01/2019-06-30"}  # fmt: skip


def test_a_report_dated_in_the_future_is_taken_at_its_word() -> None:
    """A day to come is a day like any other."""
    document = report("a", "Shells fell yesterday.", published="2093-01-01")
    time = words(document, "yesterday", least=-1, most=-1)

    assert edtf(date_alone([document], [time], [claim(document, "Shells fell", time)])) == {"Shells fell": "2092-12-31"}


def test_accounts_that_cannot_share_a_day_are_not_tied_and_nothing_is_lost() -> None:
    """A doubtful join gives way, with the quotations that clash; every account keeps its own day."""
    documents = [report(name, "Gunmen stormed the mill on Thursday.", published=day) for name, day in (("a", "2019-06-27"), ("b", "2019-07-05"))]  # fmt: skip
    times = [words(one, "on Thursday", weekday=3, soft="weekday") for one in documents]
    claims = [claim(one, "Gunmen stormed the mill", time) for one, time in zip(documents, times, strict=True)]
    dating = date_together(documents, times, claims, [event(*claims)])

    assert [one.when.edtf() for one in dating.claims] == ["2019-06-27", "2019-07-04"]
    assert len(dating.constraints) >= 2


@given(st.permutations(range(3)))
def test_the_order_of_reports_changes_nothing(order: list[int]) -> None:
    """The same reports in any order give the same days and the same constraints."""
    documents, times, claims = _crossing()
    shuffled: list[Claim] = [claims[place] for place in order]  # type: ignore[misc]
    happening = event(claims[1], claims[2])  # type: ignore[arg-type]
    one = date_together(documents, times, claims, [happening])  # type: ignore[arg-type]
    other = date_together(documents[::-1], times[::-1], shuffled, [happening])  # type: ignore[arg-type]

    assert edtf(one) == edtf(other)
    assert one.constraints == other.constraints
