"""Words about time into constraints: on a claim, counted from a calendar, from the report, or from another happening."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tidings.date.building import Quoted, Sheet, doc_point, end_point, start_point
from tidings.date.calendar_days import count
from tidings.date.network import ORIGIN
from tidings.date.soft import assumption, length, loose, part_of_month, part_of_year, report_range
from tidings.model import TimeWords

__all__ = ["Window", "apply", "is_day", "window"]


_CALENDAR_WORDS = {
    "this_month": ("month", 0, ""),
    "last_month": ("month", -1, ""),
    "early_last_month": ("month", -1, "early"),
    "late_last_month": ("month", -1, "late"),
    "next_month": ("month", 1, ""),
    "this_year": ("year", 0, ""),
    "early_this_year": ("year", 0, "early"),
    "last_year": ("year", -1, ""),
    "early_last_year": ("year", -1, "early"),
    "late_last_year": ("year", -1, "late"),
    "next_year": ("year", 1, ""),
}
"""Words that name a month or year of the calendar by its place beside the report's: unit, how far, which part."""


_SOON = 120
"""Days ahead within which a date without a year may be meant by what may lie after the report."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that some words allow: ``least``..``most`` days from point ``low`` and point ``high``.

    ``low`` and ``high`` are the same point except for "after X", where the earliest day counts from the start of X and the
    latest from its end. ``day`` is True where the words name one single day.
    """

    low: str
    high: str
    least: int | None
    most: int | None
    kind: str
    rule: str = ""
    reason: str = ""
    weekday: int | None = None
    weekdays: tuple[int, ...] = ()
    yearly: tuple[int, ...] = ()
    day: bool = False


def is_day(words: TimeWords) -> bool:
    """Return whether words name one single day, known or not ("Thursday", "June 25", "yesterday")."""
    if words.anchor == "calendar":
        return words.first is not None and words.first == words.last
    if words.day is not None and words.day_last is None and words.month_last is None:
        return not words.soft
    if words.weekday is not None:
        return True
    return words.least is not None and words.least == words.most


def window(
    words: TimeWords,
    *,
    target: str | None,
    quoted: bool,
    ahead: bool,
    plan: bool = False,
    today: date | None = None,
) -> Window | None:
    """Return the days that words allow, or None where no range can be said.

    Args:
        words: The words about time.
        target: The id of the claim or words that an anchor "span" counts from, or None when it is not known.
        quoted: Whether the words stand inside quotation marks, where "yesterday" counts from the day of the saying.
        ahead: Whether the happening may lie after the report (a plan, a threat).
        plan: Whether it is told as still to come: "on Friday" is then the coming one.
        today: The report's day where it is known; then "last month" is that month and no other.
    """
    if words.shape == "dateline":
        return None
    if words.anchor == "calendar":
        return _calendar(words)
    if words.anchor == "report":
        if today is not None and words.soft in _CALENDAR_WORDS:
            return _by_calendar(words, today)
        if today is not None and words.month is not None:
            return _latest(words, today, ahead=ahead, plan=plan)
        return _report(words, quoted=quoted, ahead=ahead, plan=plan)
    return None if target is None else _span(words, target)


def _calendar(words: TimeWords) -> Window | None:
    if words.first is None or words.last is None:
        return None
    first, last, kind, rule, reason = words.first, words.last, "explicit", "", ""
    part, _, what = words.soft.rpartition("_")
    if what in {"month", "year", "season"} and part:
        kind, rule = "soft", words.soft
        if what == "month":
            low, high, reason = part_of_month(part)
            first, last = first.replace(day=low), last.replace(day=min(high, last.day))
        else:
            low, high, reason = part_of_year(part)
            first = date(first.year, low, 1)
            last = date(last.year, high, monthrange(last.year, high)[1])
            if part == "winter":
                first, last = first - timedelta(days=31), last + timedelta(days=75)
    single = first == last
    return Window(ORIGIN, ORIGIN, count(first), count(last), kind, rule, reason, day=single)


def _report(words: TimeWords, *, quoted: bool, ahead: bool, plan: bool = False) -> Window | None:
    point = doc_point(words.document)
    if words.month is not None:
        return _yearless(words, point, ahead=ahead)
    lag = int(assumption("quoted_lag")["days"]) if quoted else 0
    if words.least is not None and words.most is not None:
        kind, rule = ("assumed", "quoted_lag") if lag else ("explicit", "")
        return Window(point, point, words.least - lag, words.most, kind, rule, day=words.least == words.most)
    if words.unit and words.soft:
        least, most, reason = length(words.soft, words.unit, words.number, words.number_last)
        low, high = (-most - lag, -least) if words.sign < 0 else (least, most)
        if words.shape == "within":
            low, high = (low, 0) if words.sign < 0 else (0, high)
        exact = words.soft == "exact" and words.unit == "day" and words.shape != "within"
        return Window(
            point, point, low, high, "explicit" if exact and not lag else "soft", words.soft, reason, day=low == high
        )
    entry = report_range(words.soft) if words.soft else None
    if entry is None:
        return None
    weekdays = tuple(entry.get("weekdays", ()))
    least, most = int(entry["least"]), int(entry["most"])
    if ahead and words.soft == "weekday":
        least, most = 0 if plan else least, 6
    return Window(
        point,
        point,
        least - lag,
        most,
        "soft",
        words.soft,
        str(entry["reason"]),
        words.weekday,
        weekdays,
        day=words.weekday is not None,
    )


def _by_calendar(words: TimeWords, today: date) -> Window:
    """Return "this month", "last year" and the like as that month or year, counted from a known day."""
    unit, back, part = _CALENDAR_WORDS[words.soft]
    if unit == "month":
        year, month = today.year, today.month + back
        year, month = (year - 1, 12) if month == 0 else (year + 1, 1) if month == 13 else (year, month)
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        if part:
            low, high, _ = part_of_month(part)
            first, last = first.replace(day=low), last.replace(day=min(high, last.day))
    else:
        first, last = date(today.year + back, 1, 1), date(today.year + back, 12, 31)
        if part:
            low, high, _ = part_of_year(part)
            first, last = date(first.year, low, 1), date(first.year, high, monthrange(first.year, high)[1])
    if back == 0:
        last = min(last, today)
        first = min(first, last)
    point = doc_point(words.document)
    return Window(
        point,
        point,
        (first - today).days,
        (last - today).days,
        "soft",
        words.soft,
        "a month or year of the calendar, counted from the report's day",
    )


def _latest(words: TimeWords, today: date, *, ahead: bool, plan: bool) -> Window:
    """Return a date without a year as the latest such date up to the report's known day; of a plan, the next one."""
    assert words.month is not None  # noqa: S101
    month_last = words.month_last or words.month
    part, _, what = words.soft.rpartition("_")
    low, high = words.day or 1, words.day_last or (words.day if words.month_last is None else None) or 31
    kind = "explicit"
    if what == "month" and part:
        low, high, _ = part_of_month(part)
        kind = "soft"

    def stretch(year: int) -> tuple[date, date]:
        first = date(year, words.month or 1, min(low, monthrange(year, words.month or 1)[1]))
        ends = year + (1 if month_last < (words.month or 1) else 0)
        return first, date(ends, month_last, min(high, monthrange(ends, month_last)[1]))

    year = today.year
    first, last = stretch(year)
    if plan:
        if last < today:
            first, last = stretch(year + 1)
    elif first > today and not (ahead and (first - today).days <= _SOON):
        first, last = stretch(year - 1)
    if not ahead and not plan:
        last = max(first, min(last, today))
    return Window(
        ORIGIN, ORIGIN, count(first), count(last), kind if kind == "soft" else "assumed", "yearless", day=first == last
    )


def _yearless(words: TimeWords, point: str, *, ahead: bool) -> Window:
    assert words.month is not None  # noqa: S101
    first, last = words.day or 1, words.day_last or words.day or 31
    part, _, what = words.soft.rpartition("_")
    kind = "explicit"
    if what == "month" and part:
        first, last, _ = part_of_month(part)
        kind = "soft"
    yearly = (words.month, first, words.month_last or words.month, last)
    if words.month_last is not None and words.day_last is None:
        yearly = (words.month, first, words.month_last, 31)
    days = int(assumption("yearless")["days"])
    if ahead:
        # "By the end of March" of a plan is the next one, or the one just past.
        return Window(
            point,
            point,
            -31,
            days - 31,
            kind,
            "yearless",
            yearly=yearly,
            day=first == last and words.month_last is None,
        )
    single = first == last and words.month_last is None
    return Window(point, point, -days, 0, kind, "yearless", yearly=yearly, day=single)


def _span(words: TimeWords, target: str) -> Window | None:
    start, end = start_point(target), end_point(target)
    low, high = {"start": (start, start), "end": (end, end)}.get(words.of_edge, (start, end))
    if words.soft in {"nth_after", "nth_of"}:
        least, most, _ = length("exact", words.unit, words.number)
        reason = "the first day is counted as day one by some and as day nought by others"
        if words.unit != "day":
            nominal = length("exact", words.unit, 1)
            whole = int((words.number or 1) - 1) * nominal[0]
            return Window(low, high, whole, int(words.number or 1) * nominal[1], "soft", words.soft, reason)
        return Window(
            low,
            high,
            max(0, least - 1),
            most if words.soft == "nth_after" else max(0, most - 1),
            "soft",
            words.soft,
            reason,
        )
    entry = loose(words.soft) if words.soft else None
    if entry is not None:
        least, most = int(entry["least"]), int(entry["most"])
        if words.sign < 0:
            least, most = -most, -least
        return Window(low, high, least, most, "soft", words.soft, str(entry["reason"]))
    if words.unit and words.soft:
        least, most, reason = length(words.soft, words.unit, words.number, words.number_last)
        kind = "explicit" if words.soft == "exact" and words.unit == "day" else "soft"
        if words.sign < 0:
            return Window(low, high, -most, -least, kind, words.soft, reason)
        if words.shape == "within":
            least = 0
        if words.shape == "after" and kind == "explicit":
            # "After 20 days of fighting": the twentieth day itself is day 19 from the first.
            least = max(0, least - 1)
        return Window(low, high, least, most, kind, words.soft, reason)
    if words.shape == "within" and words.sign == 0:
        return Window(start, end, 0, 0, "soft", "during", "what happens during something lies within it")
    return Window(
        low,
        high,
        words.least,
        words.most,
        "explicit",
        words.shape,
        day=words.least == 0 == words.most and words.shape == "point",
    )


def apply(sheet: Sheet, words: TimeWords, seen: Window, of: str, by: Quoted) -> None:
    """Add the constraints that words put on the start and end of a claim (or of other words)."""
    start, end = start_point(of), end_point(of)
    shape = words.shape
    point_like = shape in {"point", "within"} or (shape == "after" and words.unit != "")
    if seen.rule == "yearless" and seen.yearly:
        for point in (start, end) if shape == "point" else (end,) if shape in {"until", "before"} else (start,):
            sheet.add(ORIGIN, point, None, None, kind=seen.kind, by=by, yearly=seen.yearly)
        seen = replace(seen, kind="assumed", yearly=())
    if seen.weekday is not None or seen.weekdays:
        for point in (start, end) if shape == "point" else (end,) if shape in {"until", "before"} else (start,):
            sheet.add(ORIGIN, point, None, None, kind="explicit", by=by, weekday=seen.weekday, weekdays=seen.weekdays)
    common = {"kind": seen.kind, "by": by, "rule": seen.rule, "reason": seen.reason}
    if point_like:
        if seen.least is not None:
            sheet.add(seen.low, start, seen.least, seen.most if seen.low == seen.high else None, **common)  # type: ignore[arg-type]
        if seen.most is not None:
            sheet.add(seen.high, end, seen.least if seen.low == seen.high else None, seen.most, **common)  # type: ignore[arg-type]
        if seen.day and shape == "point":
            sheet.add(
                start,
                end,
                None,
                0,
                kind=seen.kind if seen.kind != "explicit" else "explicit",
                by=by,
                rule=seen.rule,
                reason="the words name one day",
            )
    elif shape == "since":
        sheet.add(seen.low, start, seen.least, seen.most, **common)  # type: ignore[arg-type]
        if words.document and not sheet.documents[words.document].known:
            sheet.add(doc_point(words.document), end, 0, 0, kind="assumed", by=by, rule="ongoing")
    elif shape == "until":
        sheet.add(seen.high, end, seen.least, seen.most, **common)  # type: ignore[arg-type]
    elif shape == "before":
        sheet.add(seen.high if seen.rule != "before" else seen.low, end, None, seen.most, **common)  # type: ignore[arg-type]
    elif shape == "after":
        sheet.add(seen.low, start, seen.least, None, **common)  # type: ignore[arg-type]
