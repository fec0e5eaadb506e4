"""Dates of a calendar in text, with or without a year: "25 June 2015", "June 25-27", "mid-January", "late 2014", "21/08/2015"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Any

from tidings.read.times_words import (
    BEFORE,
    DAYTIME,
    MONTH,
    WEEKDAY,
    Found,
    hints,
    lexicon,
    matches,
    month,
    one_of,
    weekday,
)

__all__ = ["calendar_dates"]

_YEAR = r"(?:1[89]|20)\d{2}(?![\d,]*\d|\.\d|%|-(?:man|member|strong|year|kilo))"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:]|,\d|\.\d)"
_LEAD = rf"(?:(?P<weekday>{WEEKDAY}),?\s+(?:the\s+)?)?"
_PART = rf"(?:(?P<part>{one_of([*lexicon()['parts'], *(word.capitalize() for word in lexicon()['parts'])])})(?:\s+|-)(?:in\s+)?)?"
_ISO = re.compile(
    rf"(?<![\d/-]){_LEAD}(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?![\d/-])"
)
_NUMERIC = re.compile(
    rf"(?<![\d/.-]){_LEAD}(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>(?:19|20)\d\d)(?![\d/-])"
)
_MONTH_DAY = re.compile(
    rf"\b{_LEAD}(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{_DAY})"
    rf"(?:\s*(?P<link>-|–|—|to|and|through|until)\s*(?:(?P<month_last>{MONTH})\s+)?(?P<day_last>{_DAY})(?!\s+(?:{MONTH}|[a-z]+s\b)))?"
    rf"(?:,?\s+(?P<year>{_YEAR}))?"
)
_DAY_MONTH = re.compile(
    rf"(?<![\d/.,-]){_LEAD}(?:(?P<day_first>{_DAY})(?:\s+(?P<month_first>{MONTH}))?\s*(?P<link>-|–|—|to|and|through|until)\s*)?"
    rf"(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{MONTH})(?:,?\s+(?P<year>{_YEAR}))?"
)
_MONTH_ALONE = re.compile(rf"\b{_PART}(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))?(?!\s*\d)")
_MONTHS = re.compile(
    rf"\b(?i:between|from)\s+(?P<month>{MONTH})(?:\s+(?P<year_first>{_YEAR}))?\s+(?:and|to|until|through)\s+(?P<month_last>{MONTH})(?:\s+(?P<year>{_YEAR}))?"
)
_YEARS = re.compile(
    rf"\b(?:(?i:between|from)\s+(?P<a>{_YEAR})\s+(?:and|to|until|through)\s+(?P<b>{_YEAR})|(?P<c>{_YEAR})\s*[-–]\s*(?P<d>{_YEAR}))\b"
)
_YEAR_ALONE = re.compile(rf"\b{_PART}(?:(?P<season>{one_of(lexicon()['seasons'])})\s+(?:of\s+)?)?(?P<year>{_YEAR})\b")
_DECADE = re.compile(r"\bthe\s+(?:(?P<part>early|late|mid)[\s-]+)?(?P<year>(?:19|20)\d0)s\b")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|of|during|early|mid|late|after|before|through|throughout|year|spring|summer|autumn|fall|winter|and|to|around|pre|post|circa)[\s-]+\Z",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|of|during|last|this|next|after|before|through|throughout|between|and|to|early|mid|late|every|the|previous|around|late in|early in|a|an|or)[\s-]+\Z",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{one_of([*lexicon()['other_calendars']['hijri'], *lexicon()['other_calendars']['persian']])}"
    r"(?:\s+\d{1,2}(?=,))?(?:,?\s+1[34]\d{2})?(?:\s+(?:AH|H|AP|SH))?|1[34]\d{2}\s+(?:AH|AP|SH|Hijri))\b"
)
_DAYTIME_BEFORE = re.compile(
    rf"(?:\b(?:at|in|by|on|since|until|before|after)\s+)?(?:the\s+)?(?:early\s+hours|{DAYTIME})\s+(?:of|on)\s+\Z",
    re.IGNORECASE,
)
_FIGURES, _MONTH_HINTS = frozenset({"0"}), hints("months")
_OTHER_HINTS = frozenset(
    word.lower()
    for months in lexicon()["other_calendars"].values()
    for name in months
    for word in re.findall(r"[A-Za-z]+", name)
) | {"ah", "ap", "sh", "hijri"}
_PERSIAN_ONLY = frozenset(lexicon()["other_calendars"]["persian"])


def _bare(shown: str) -> int:
    return int(re.sub(r"\D", "", shown))


def _real(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _days(year: int | None, first: tuple[int, int | None], last: tuple[int, int | None]) -> dict[str, Any]:
    """Return the fields for a stretch from (month, day) to (month, day); a day None is the whole month."""
    (month_a, day_a), (month_b, day_b) = first, last
    if year is None:
        fields: dict[str, Any] = {"anchor": "report", "month": month_a, "day": day_a}
        if (month_b, day_b) != (month_a, day_a):
            fields |= {"month_last": month_b, "day_last": day_b}
        if any(day is not None and day > monthrange(2024, number)[1] for number, day in (first, last)):
            # "31 June": the month is kept and the day is not, because no calendar has it.
            fields |= {"day": None, "day_last": None, "soft": "no_such_day"}
        return fields
    start = _real(year - (1 if month_b < month_a else 0), month_a, day_a or 1)
    end = _real(year, month_b, day_b or monthrange(year, month_b)[1])
    fields = {"anchor": "calendar"}
    if start is None or end is None:
        fields["soft"] = "no_such_day"
        start = start or date(year, month_a, 1)
        end = end or date(year, month_b, monthrange(year, month_b)[1])
    return fields | {"first": start, "last": max(start, end)}


def _part(found: re.Match[str], what: str) -> dict[str, Any]:
    if not found["part"]:
        return {}
    words = " ".join(found["part"].casefold().split())
    return {"soft": f"{lexicon()['parts'][words]}_{what}"}


def _weekday(found: re.Match[str]) -> dict[str, Any]:
    return {"weekday": weekday(found["weekday"])} if found["weekday"] else {}


def calendar_dates(text: str, words: frozenset[str]) -> Iterator[Found]:
    """Yield every date of a calendar in a paragraph's text.

    Args:
        text: The paragraph as the parser saw it.
        words: Its words, see :func:`~tidings.read.times_words.words_of`.
    """
    for found in matches(_ISO, text, words, _FIGURES):
        day = _real(int(found["year"]), int(found["month"]), int(found["day"]))
        if day is not None:
            yield Found(
                found.start(), found.end(), {"anchor": "calendar", "first": day, "last": day} | _weekday(found), 9
            )
    for found in matches(_NUMERIC, text, words, _FIGURES):
        yield from _numeric(found)
    for found in matches(_MONTH_DAY, text, words, _MONTH_HINTS):
        first = month(found["month"]), _bare(found["day"])
        last = first
        if found["day_last"]:
            last = (month(found["month_last"]) if found["month_last"] else first[0]), _bare(found["day_last"])
        if last < first and not found["month_last"]:
            last = first
        fields = _days(int(found["year"]) if found["year"] else None, first, last) | _weekday(found)
        yield Found(_daytime(text, found.start()), found.end(), fields, 8)
    for found in matches(_DAY_MONTH, text, words, _MONTH_HINTS):
        last = month(found["month"]), _bare(found["day"])
        first = last
        if found["day_first"]:
            first = (month(found["month_first"]) if found["month_first"] else last[0]), _bare(found["day_first"])
        fields = _days(int(found["year"]) if found["year"] else None, first, last) | _weekday(found)
        yield Found(_daytime(text, found.start()), found.end(), fields, 8)
    for found in matches(_MONTHS, text, words, _MONTH_HINTS):
        number_a, number_b = month(found["month"]), month(found["month_last"])
        year = int(found["year"]) if found["year"] else None
        fields = _days(year, (number_a, None), (number_b, None))
        if found["year_first"] and year is not None:
            fields["first"] = min(date(int(found["year_first"]), number_a, 1), fields["last"])
        yield Found(found.start(), found.end(), fields, 7)
    for found in matches(_MONTH_ALONE, text, words, _MONTH_HINTS):
        if not (
            found["year"] or found["part"] or _MONTH_BEFORE.search(text[max(0, found.start() - BEFORE) : found.start()])
        ):
            continue
        if (
            found["month"].casefold() == "may"
            and not found["year"]
            and re.match(r"\s+[a-z]+", text[found.end() :])
            and not found["part"]
        ) and not re.search(
            r"\b(?:in|since|of|during|last|until|by)\s+\Z", text[max(0, found.start() - BEFORE) : found.start()]
        ):
            continue
        number = month(found["month"])
        fields = _days(int(found["year"]) if found["year"] else None, (number, None), (number, None))
        yield Found(found.start(), found.end(), fields | _part(found, "month"), 5)
    yield from _years(text, words)
    for found in matches(_OTHER, text, words, _OTHER_HINTS):
        alone = found.group() in _PERSIAN_ONLY
        if not alone:
            yield Found(found.start(), found.end(), {"anchor": "calendar", "soft": "other_calendar"}, 6)


def _daytime(text: str, start: int) -> int:
    """Return where the words begin when a time of day stands before them ("at dawn on January 17")."""
    before = _DAYTIME_BEFORE.search(text[max(0, start - BEFORE) : start])
    return max(0, start - BEFORE) + before.start() if before else start


def _numeric(found: re.Match[str]) -> Iterator[Found]:
    """Read 21/08/2015: day first, unless only month first gives a date or fits the day of the week beside it."""
    year, a, b = int(found["year"]), int(found["a"]), int(found["b"])
    readings = [day for day in (_real(year, b, a), _real(year, a, b)) if day is not None]
    if not readings:
        return
    fitting = [day for day in readings if found["weekday"] and day.weekday() == weekday(found["weekday"])]
    day = (fitting or readings)[0]
    yield Found(found.start(), found.end(), {"anchor": "calendar", "first": day, "last": day} | _weekday(found), 9)


def _years(text: str, words: frozenset[str]) -> Iterator[Found]:
    for found in matches(_YEARS, text, words, _FIGURES):
        a, b = int(found["a"] or found["c"]), int(found["b"] or found["d"])
        if a < b:
            yield Found(
                found.start(), found.end(), {"anchor": "calendar", "first": date(a, 1, 1), "last": date(b, 12, 31)}, 5
            )
    for found in matches(_YEAR_ALONE, text, words, _FIGURES):
        led = (
            found["part"]
            or found["season"]
            or _YEAR_BEFORE.search(text[max(0, found.start() - BEFORE) : found.start()])
        )
        if not led or re.match(
            r"\s+(?:people|men|families|civilians|fighters|soldiers|houses|dead|wounded)\b", text[found.end() :]
        ):
            continue
        year = int(found["year"])
        fields: dict[str, Any] = {"anchor": "calendar", "first": date(year, 1, 1), "last": date(year, 12, 31)}
        if found["season"]:
            fields["soft"] = f"{lexicon()['seasons'][found['season'].casefold()]}_season"
        yield Found(found.start(), found.end(), fields | _part(found, "year"), 3)
    for found in matches(_DECADE, text, words, _FIGURES):
        year = int(found["year"])
        fields = {"anchor": "calendar", "first": date(year, 1, 1), "last": date(year + 9, 12, 31)}
        yield Found(found.start(), found.end(), fields, 3)
