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


def window(words: TimeWords, *, target: str | None, quoted: bool, ahead: bool) -> Window | None:
    """Return the days that words allow, or None where no range can be said.

    Args:
        words: The words about time.
        target: The id of the claim or words that an anchor "span" counts from, or None when it is not known.
        quoted: Whether the words stand inside quotation marks, where "yesterday" counts from the day of the saying.
        ahead: Whether the happening may lie after the report (a plan, a threat).
    """
    if words.anchor == "calendar":
        return _calendar(words)
    if words.anchor == "report":
        return _report(words, quoted=quoted, ahead=ahead)
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


def _report(words: TimeWords, *, quoted: bool, ahead: bool) -> Window | None:
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
        most = 6
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
    single = first == last and words.month_last is None
    return Window(point, point, -days, days if ahead else 0, kind, "yearless", yearly=yearly, day=single)


def _span(words: TimeWords, target: str) -> Window | None:
    start, end = start_point(target), end_point(target)
    low, high = {"start": (start, start), "end": (end, end)}.get(words.of_edge, (start, end))
    if words.soft in {"nth_after", "nth_of"}:
        least, most, _ = length("exact", words.unit, words.number)
        reason = "the first day is counted as day one by some and as day nought by others"
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
    if seen.rule == "yearless":
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
