"""Reports without a day of their own: the year they were written in, the day they tell of, the one battle they look back on."""

from __future__ import annotations

from datetime import date

from tests.date.telling import claim, report, words

from tidings.date import date_alone
from tidings.model import Dating


def edtf(dating: Dating) -> dict[str, str]:
    return {one.quote: one.when.edtf() for one in dating.claims}


def test_a_bare_month_is_of_the_year_after_the_last_one_named() -> None:
    """What is told of "late 2009" and of "January" was written in 2010, and its January is that of 2010."""
    document = report("a", "The unit was formed in late 2009. In January it burned three villages.")
    formed = words(
        document, "in late 2009", anchor="calendar", soft="late_year", first=date(2009, 1, 1), last=date(2009, 12, 31)
    )
    burned = words(document, "In January", month=1)
    told = [
        claim(document, "The unit was formed in late 2009", formed, type="formation"),
        claim(document, "it burned three villages", burned, type="abuse"),
    ]
    dating = date_alone([document], [formed, burned], told)

    assert edtf(dating) == {
        "The unit was formed in late 2009": "2009-10-01/2009-12-31",
        "it burned three villages": "2010-01-01/2010-01-31",
    }
    assert dating.documents[0].published.edtf() == "2010-01-01/2010-11-01"


def test_a_year_named_as_a_whole_leaves_open_how_much_later_a_report_was_written() -> None:
    """A report of "in 2009" beside "in January" was written after 2009, nobody says in which year."""
    document = report("a", "The unit was formed in 2009. In January it burned three villages.")
    formed = words(document, "in 2009", anchor="calendar", first=date(2009, 1, 1), last=date(2009, 12, 31))
    burned = words(document, "In January", month=1)
    told = [claim(document, "it burned three villages", burned, type="abuse")]

    assert edtf(date_alone([document], [formed, burned], told)) == {"it burned three villages": "2010-01-01/.."}


def test_the_present_of_an_undated_report_is_the_last_day_it_names() -> None:
    """A state told in the present held on the last day named, though the report may have come out a day or two later."""
    document = report("a", "Shells fell on Thursday 6 March 2014. Rebels control the port.")
    thursday = words(document, "on Thursday", weekday=3, soft="weekday")
    day = words(document, "6 March 2014", anchor="calendar", first=date(2014, 3, 6), last=date(2014, 3, 6))
    told = [
        claim(document, "Shells fell on Thursday 6 March 2014", thursday, day, type="shelling"),
        claim(document, "Rebels control the port", kind="control", type="held"),
    ]
    dating = date_alone([document], [thursday, day], told)

    assert edtf(dating)["Rebels control the port"] in {"2014-03-06", "2014-03-06/2014-03-08"}
    assert {one.a.partition(":")[0] for one in dating.constraints if one.rule == "present"} == {"start"}


def test_what_a_dated_report_says_is_planned_lies_after_it() -> None:
    """A plan without a day begins on the report's day at the earliest and has no end."""
    document = report("a", "The army plans to send 500 men.", published="2019-06-27")
    told = claim(document, "to send 500 men", mode="intended", type="reinforcement")

    assert edtf(date_alone([document], [], [told])) == {"to send 500 men": "2019-06-27/.."}


def test_what_a_battle_ended_with_happened_on_its_last_day() -> None:
    """Where "the battle ended when they withdrew", the withdrawal is dated by the end of the fighting."""
    text = "After 40 days of fighting the port is quiet. The battle ended when the rebels withdrew."
    document = report("a", text, published="2019-06-27")
    lasted = words(document, "After 40 days of", of="fighting", shape="lasting", soft="exact", unit="day", number=40.0)
    fought = claim(document, "fighting", lasted, trigger="fighting")
    left = claim(document, "the rebels withdrew", type="retreat", trigger="withdrew")
    dating = date_alone([document], [lasted], [fought, left])
    whole, retreat = (next(one.when for one in dating.claims if one.id == of.id) for of in (fought, left))

    assert (retreat.earliest, retreat.latest) == (whole.end_earliest, whole.end_latest)


def test_an_attack_taken_up_again_is_of_the_day_of_the_news() -> None:
    """An attack that "comes after" something is of the day on which the report first told of it, not of the background before it."""
    text = (
        "Rebels stormed the port on Thursday. The army had held off raids in recent weeks. "
        "The latest rebel attack on the port comes after a broadcast."
    )
    document = report("a", text, published="2019-06-29")
    thursday = words(document, "on Thursday", weekday=3, soft="weekday")
    weeks = words(document, "in recent weeks", soft="recent_weeks")
    told = [
        claim(document, "Rebels stormed the port on Thursday", thursday, type="ground_attack", agents_ids=("r",)),
        claim(document, "raids in recent weeks", weeks, type="ground_attack", agents_ids=("r",)),
        claim(document, "The latest rebel attack on the port", type="ground_attack", agents_ids=("r",)),
    ]

    assert edtf(date_alone([document], [thursday, weeks], told))["The latest rebel attack on the port"] == "2019-06-27"
