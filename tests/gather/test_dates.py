"""The day printed on a report."""

from __future__ import annotations

from datetime import date

import pytest

from tidings.gather.dates import printed_dates, printed_day

STORY = (
    "Fighters seized the town of Bria from the army on 3 March 2017, two days after a truce had ended, residents said."
)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("26 November 2016", "2016-11-26"),
        ("Friday 21/08/2015", "2015-08-21"),
        ("Published September 21 2016", "2016-09-21"),
        ("04.07.2015", "2015-07-04"),
        ("16 Apr 2017", "2017-04-16"),
        ("Sept. 5th, 2019", "2019-09-05"),
        ("the 5th of June, 2019", "2019-06-05"),
        ("2022-03-05T10:11:12Z", "2022-03-05"),
        ("2022/3/5", "2022-03-05"),
        ("26-01-2016", "2016-01-26"),
        ("12-Aug-2014", "2014-08-12"),
        ("5 de junio de 2019", "2019-06-05"),
        ("5 березня 2022", "2022-03-05"),
        ("٥", ""),
        ("31/31/2015", ""),
        ("30 February 2015", ""),
        ("room 12 in 2015", ""),
    ],
)
def test_forms_of_a_date(line: str, days: str) -> None:
    """The usual ways to print a day are read; what is no day is not."""
    assert ",".join(day.isoformat() for item in printed_dates(line) for day in item.days) == days


def test_a_date_of_two_readings_keeps_both() -> None:
    """05/06/2015 is the fifth of June or the sixth of May, and nothing says which."""
    when = printed_day(["Bria taken", "05/06/2015", STORY])

    assert when.choices == (date(2015, 5, 6), date(2015, 6, 5))
    assert when.edtf() == "[2015-05-06,2015-06-05]"


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("Friday 05/06/2015", "en", "2015-06-05"),
        ("Wednesday, 05/06/2015", "en", "2015-05-06"),
        ("05/06/2015", "fr", "2015-06-05"),
        ("05.06.2015", "en", "2015-06-05"),
        ("13/06/2015", "en", "2015-06-13"),
        ("06/13/2015", "en", "2015-06-13"),
    ],
)
def test_what_settles_a_date_of_two_readings(line: str, language: str, day: str) -> None:
    """The weekday, a number above twelve, dots or the language decide between the readings."""
    assert printed_day(["Bria taken", line, STORY], language=language).edtf() == day


@pytest.mark.parametrize(
    "line",
    [
        "5 June 2019",
        "Posted on June 5, 2019 at 3:15 pm",
        "Wed, 05 Jun 2019 10:00:00 GMT",
        "By Amal Idris | 5 June 2019",
        "Bangui, 5 June 2019",
        "Date of publication 5 June 2019 Rebels have left Bria.",
        "5 June 2019 Rebels have left Bria, the UN says.",
        "AFP Wednesday 5 Jun 2019 Rebels have left Bria, the UN says.",
        "Bria taken 5 June 2019 Rebels have left Bria, the UN says.",
        "June 5 2019 by Amal Idris Rebels have left Bria",
        "Published: 5 June 2019. Updated: 9 June 2019",
    ],
)
def test_where_the_day_of_publication_is_printed(line: str) -> None:
    """A labelled date, a date on its own line, or one between a credit and the first sentence is the day of publication."""
    assert printed_day(["Bria taken", line, STORY], title="Bria taken").edtf() == "2019-06-05"


@pytest.mark.parametrize(
    "line",
    [
        "Rebels took Bria on 5 June 2019.",
        "On 5 June 2019 rebels took Bria.",
        "5 June 2019 was the day on which Bria fell.",
        "5 June 2019, when Bria fell, is remembered by all.",
        "The truce of Wednesday 5 June 2019 Bangui had hoped for was over.",
    ],
)
def test_a_day_that_is_told_of_is_not_the_day_of_publication(line: str) -> None:
    """A date inside a sentence says when something happened, not when the report came out."""
    assert not printed_day(["Bria taken", line, STORY]).known


def test_a_date_in_the_dateline_counts() -> None:
    """A date in "KYIV, March 5, 2022 –" above the first sentence is the day on which it was filed."""
    assert printed_day(["Title", STORY], dateline="KYIV, March 5, 2022 (Reuters)").edtf() == "2022-03-05"


def test_the_day_of_a_change_alone_gives_two_days_and_says_so() -> None:
    """The words "Last updated" bound the day of publication, by the soft table, and its basis says that."""
    when = printed_day(["Bria taken", "Last updated at Jun 052019", STORY])

    assert (when.edtf(), when.basis) == ("2019-06-04/2019-06-05", "printed date of the last change")


def test_a_report_that_prints_no_day_has_none() -> None:
    """Nothing is filled in."""
    assert not printed_day(["Bria taken", STORY]).known
