"""Days as whole numbers since 1970-01-01, and the days that a rule for days of the week or year allows."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from tidings.model import Constraint

__all__ = ["FARTHEST", "count", "day", "fits", "next_fit"]

_EPOCH = date(1970, 1, 1)
FARTHEST = 700_000
"""Days from 1970 beyond which nothing is dated (the years 53 to 3886): a bound out there is a clash."""


def count(when: date) -> int:
    """Return the days from 1970-01-01 to a day."""
    return (when - _EPOCH).days


def day(number: int) -> date:
    """Return the day that lies ``number`` days after 1970-01-01."""
    return _EPOCH + timedelta(days=number)


def _stretch(yearly: tuple[int, ...], year: int) -> tuple[int, int]:
    """Return the first and last day of a yearly stretch (month, day, month, day) that begins in ``year``."""
    month, first, month_last, last = yearly
    year_last = year + 1 if (month_last, last) < (month, first) else year
    start = date(year, month, min(first, monthrange(year, month)[1]))
    end = date(year_last, month_last, min(last, monthrange(year_last, month_last)[1]))
    return count(start), count(end)


def _leap_only(yearly: tuple[int, ...]) -> bool:
    return yearly == (2, 29, 2, 29)


def fits(number: int, rule: Constraint) -> bool:
    """Return whether a day fits a constraint's days of the week and year."""
    when = day(number)
    if rule.weekday is not None and when.weekday() != rule.weekday:
        return False
    if rule.weekdays and when.weekday() not in rule.weekdays:
        return False
    if rule.yearly:
        if _leap_only(rule.yearly):
            return (when.month, when.day) == (2, 29)
        return any(
            low <= number <= high for low, high in (_stretch(rule.yearly, year) for year in (when.year - 1, when.year))
        )
    return True


def next_fit(number: int, rule: Constraint, step: int) -> int:
    """Return the first day from ``number`` on, forwards (``step`` 1) or backwards (-1), that fits a constraint's days.

    Returns:
        The day, or ``step * FARTHEST`` where none is near.
    """
    if abs(number) >= FARTHEST:
        return number
    weekdays = rule.weekdays or (() if rule.weekday is None else (rule.weekday,))
    for _ in range(60):
        before = number
        if rule.yearly:
            number = _next_yearly(number, rule.yearly, step)
        if abs(number) >= FARTHEST:
            return step * FARTHEST
        while weekdays and (number + 3) % 7 not in weekdays:
            number += step
        if number == before:
            return number
    return step * FARTHEST


def _next_yearly(number: int, yearly: tuple[int, ...], step: int) -> int:
    year = day(number).year
    years = range(year - 1, year + 9) if step > 0 else range(year, year - 10, -1)
    for other in years:
        if _leap_only(yearly) and monthrange(other, 2)[1] < 29:
            continue
        low, high = _stretch(yearly, other)
        if low <= number <= high:
            return number
        if step > 0 and low > number:
            return low
        if step < 0 and high < number:
            return high
    return step * FARTHEST
