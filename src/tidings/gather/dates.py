"""The day printed on a report: its forms, and honesty where it can be read two ways."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from tidings.model import UNKNOWN, When

__all__ = ["UPDATED_BASIS", "Printed", "printed_dates", "printed_day"]

UPDATED_BASIS = "printed date of the last change"
"""The basis of a day that is known from "Updated …" alone."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A full date in a line: its code points in that line and the days that it can mean, one or two."""

    start: int
    end: int
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    weekdays: dict[str, int]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    told: frozenset[str]
    years: range
    updated_days_before: int
    forms: tuple[re.Pattern[str], ...]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace("\\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    table = tomllib.loads(files("tidings.gather").joinpath("months.toml").read_text("utf-8"))
    months = {
        name.replace("-", " "): number
        for language in sorted(table["months"])
        for number, names in enumerate(table["months"][language], start=1)
        for name in names.split()
    }
    weekdays = {
        name: number
        for language in sorted(table["weekdays"])
        for number, names in enumerate(table["weekdays"][language])
        for name in names.split()
    }
    month = f"(?P<month>{_any(list(months))})"
    weekday = rf"(?:\b(?P<weekday>{_any(list(weekdays))})\b\.?\s*[,،]?\s+)?"
    year = r"(?P<year>\d{4})(?!\d)"
    day = r"(?<![\d.,/:-])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    gap = r"(?:\s*[,.-]\s*|\s+)(?:(?:of|de)\s+)?"
    after = rf"(?:\s*[,،]?\s*\(?(?P<weekday_after>{_any(list(weekdays))})\b\)?)?"
    forms = (
        rf"{weekday}{day}{gap}{month}\b\.?{gap}{year}",
        rf"{weekday}\b{month}\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+|(?<=\d\d)){year}",
        rf"{weekday}(?<![\d./-])(?P<year>\d{{4}})(?P<mark>[./-])(?P<month_number>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
        rf"{weekday}(?<![\d./-])(?P<one>\d{{1,2}})\s?(?P<mark>[./-])\s?(?P<two>\d{{1,2}})\s?(?P=mark)\s?{year}{after}",
    )
    return _Words(
        months=months,
        weekdays=weekdays,
        published=re.compile(rf"(?:{_any(table['labels']['published'])})\s*[:：]?", re.IGNORECASE),
        updated=re.compile(rf"\b(?:{_any(table['labels']['updated'])})\b\s*[:：]?\s*", re.IGNORECASE),
        told=frozenset(table["labels"]["told"]),
        years=range(table["years"]["least"], table["years"]["most"] + 1),
        updated_days_before=table["soft"]["updated_days_before"],
        forms=tuple(re.compile(form, re.IGNORECASE) for form in forms),
    )


_YEAR = re.compile(r"\d{4}")
"""What every full date holds; most lines do not, and no other pattern need be tried on them."""


def printed_dates(line: str, *, language: str = "") -> list[Printed]:
    """Return the full dates in a line, in order.

    ``5/6/2015`` means two days, the fifth of June and the sixth of May, unless the weekday printed beside it, a
    number above twelve, dots between the numbers (days come first there) or a language other than English settles it.

    Args:
        line: One line of a report.
        language: The report's language as an ISO 639-1 code, or empty.
    """
    if not _YEAR.search(line):
        return []
    words = _words()
    found: list[Printed] = []
    for form in words.forms:
        for match in form.finditer(line):
            days = _days(match, words, language)
            if days and not any(other.start < match.end() and match.start() < other.end for other in found):
                found.append(Printed(match.start(), match.end(), days))
    return sorted(found, key=lambda item: item.start)


def _days(match: re.Match[str], words: _Words, language: str) -> tuple[date, ...]:
    parts = match.groupdict()
    year = int(parts["year"])
    if year not in words.years:
        return ()
    name = parts.get("weekday") or parts.get("weekday_after")
    weekday = words.weekdays[name.casefold()] if name else None
    if parts.get("one"):
        one, two = int(parts["one"]), int(parts["two"])
        pairs = [(two, one), (one, two)]
        if parts["mark"] == "." or language not in {"", "en"}:
            pairs = pairs[:1]
    elif parts.get("month_number"):
        pairs = [(int(parts["month_number"]), int(parts["day"]))]
    else:
        pairs = [(words.months[parts["month"].casefold()], int(parts["day"]))]
    days = sorted({day for month, number in pairs if (day := _day(year, month, number))})
    fitting = [day for day in days if weekday is None or day.weekday() == weekday]
    return tuple(fitting or days)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# What may stand on a line with the date and does not make it a sentence: a time of day, zones, marks.
_TIME = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\bat\s+\d{3,4}\b(?:\s*hrs?)?|\b(?:GMT|UTC|EST|EDT|BST|CET|CEST|EET|local time|hrs?|hours|IST|MSK|AST|EAT|CAT|WAT)\b|[+-]\d{1,2}:?\d{2}\b|(?<=\d)[TZ]",
    re.IGNORECASE,
)
_NAMEWORD = re.compile(r"[^\W\d_][\w.'’&-]*", re.UNICODE)
_LONGEST_DATE_LINE = 120
_MOST_OTHER_WORDS = 6
_HEAD_LINES = 12
_TAIL_LINES = 6
_HEAD_POINTS = 450
"""Code points of the first paragraphs in which a date between a credit and the first sentence is looked for."""


def printed_day(lines: list[str], *, title: str = "", dateline: str = "", language: str = "") -> When:
    """Return the day of publication that a report prints on itself; UNKNOWN when it prints none.

    A date counts when it is labelled ("Published …"), stands on a line of its own, in the dateline, or between the
    title or a credit and the first sentence. A date inside a sentence is told of, and does not count. Where only the
    day of a later change is printed ("Updated …"), the range is that of the soft table, and :data:`UPDATED_BASIS` says so.

    Args:
        lines: The report's lines without empty ones, the title first.
        title: The report's title; pages repeat it before the date.
        dateline: The words before the first sentence that say where (and when) it was filed.
        language: The report's language, or empty.
    """
    head, tail = lines[:_HEAD_LINES], lines[_HEAD_LINES:][-_TAIL_LINES:]
    kinds: dict[str, list[tuple[date, ...]]] = {"published": [], "line": [], "inline": [], "tail": [], "updated": []}
    for number, line in enumerate(head):
        for kind, days in _of_line(line, language, title=title, first=number == 0, near_top=number < 4):
            kinds[kind].append(days)
    for line in tail:
        for kind, days in _of_line(line, language, title=title, first=False, near_top=False):
            kinds["tail" if kind == "line" else kind].append(days)
    in_dateline = [item.days for item in printed_dates(dateline, language=language)]
    for days in (*kinds["published"], *kinds["line"], *in_dateline, *kinds["inline"], *kinds["tail"]):
        return _when(days)
    for days in kinds["updated"]:
        before = timedelta(days=_words().updated_days_before)
        return When.between(days[0] - before, days[-1], basis=UPDATED_BASIS)
    return UNKNOWN


def _when(days: tuple[date, ...]) -> When:
    when = When.between(days[0], days[-1], basis="printed date")
    return replace(when, choices=days) if len(days) > 1 else when


def _of_line(
    line: str, language: str, *, title: str, first: bool, near_top: bool
) -> Iterator[tuple[str, tuple[date, ...]]]:
    words = _words()
    short = line if len(line) <= _LONGEST_DATE_LINE else line[:_HEAD_POINTS]
    dates = printed_dates(short, language=language)
    for number, item in enumerate(dates):
        before = short[dates[number - 1].end if number else 0 : item.start]
        if words.updated.search(before) and not words.published.search(words.updated.sub(" ", before)):
            if len(line) <= _LONGEST_DATE_LINE or near_top:
                yield "updated", item.days
            continue
        label = words.published.search(before)
        if label and not before[label.end() :].strip(" :,-–—|") and not before[: label.start()].strip(" •|-–—,.:"):
            yield "published", item.days
        elif len(line) <= _LONGEST_DATE_LINE and not first and _bare(short, dates):
            yield "line", item.days
        elif near_top and _between(short, item, title=title, first=first):
            yield "inline", item.days


def _bare(line: str, dates: list[Printed]) -> bool:
    """Return whether a line holds nothing but dates, times, labels and a name or two."""
    words = _words()
    rest = line
    for item in reversed(dates):
        rest = rest[: item.start] + " " + rest[item.end :]
    rest = words.updated.sub(" ", _TIME.sub(" ", rest))
    rest = words.published.sub(" ", rest)
    others = _NAMEWORD.findall(rest)
    if len(others) > _MOST_OTHER_WORDS or any(char.isdigit() for char in rest):
        return False
    loose = [
        word for word in others if not word[0].isupper() and word.casefold() not in {"by", "at", "and", "on", "in"}
    ]
    caseless = [word for word in others if word[0].lower() == word[0].upper()]
    return not loose or (bool(caseless) and len(others) <= 3)


def _between(line: str, item: Printed, *, title: str, first: bool) -> bool:
    """Return whether a date stands between a credit (or the line's start) and the first sentence."""
    words = _words()
    after = line[item.end :].lstrip(" \u00a0")
    time = _TIME.match(after)
    after = after[time.end() :] if time else after
    opens = after.lstrip(" \u00a0|–—-:.)")
    before = line[: item.start].rstrip()
    if not before and not first and opens.startswith("by "):
        return True
    if not opens or not (opens[0].isupper() or opens[0].isdigit() or opens[0] in "\"'“‘«("):
        return False
    if after[:1] == ",":
        return False
    if not before or before.casefold() == title.casefold():
        return not first
    last = _NAMEWORD.findall(before[-40:])
    if not last or before[-1] in ",;(":
        return False
    # A credit is a name ("AFP", "Jane Doe"): capitals, and no word that leads into a day that is told of.
    if not last[-1][0].isupper() or last[-1].casefold() in words.told:
        return False
    opens_with_weekday = line[item.start : item.end].split()[0].strip(".,").casefold() in words.weekdays
    return opens_with_weekday or last[-1].isupper()
