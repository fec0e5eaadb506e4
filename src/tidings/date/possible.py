"""The single days that a point can fall on where they form no interval ("one of six Thursdays")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tidings.date.calendar_days import fits
from tidings.date.network import ORIGIN, Solution
from tidings.model import Constraint

__all__ = ["MOST_CHOICES", "possible_days"]

MOST_CHOICES = 12
"""Days that are listed one by one; more than a dozen say no more than their interval does."""


def possible_days(constraints: Sequence[Constraint], solution: Solution) -> dict[str, tuple[int, ...]]:
    """Return the possible days of each point that some rule holds to days of the week or year.

    Points that lie a fixed number of days apart share their rules: what is a Thursday makes the next day a Friday.

    Args:
        constraints: All constraints, with those dropped marked.
        solution: The earliest and latest day of each point.
    """
    rules: dict[str, list[Constraint]] = defaultdict(list)
    fixed: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one in constraints:
        if one.dropped:
            continue
        if one.weekday is not None or one.weekdays or one.yearly:
            rules[one.b].append(one)
        if one.least_days is not None and one.least_days == one.most_days and ORIGIN not in {one.a, one.b}:
            fixed[one.a].append((one.b, one.least_days))
            fixed[one.b].append((one.a, -one.least_days))
    out: dict[str, tuple[int, ...]] = {}
    for point in sorted(rules):
        if point in out:
            continue
        shifts = _together(point, fixed)
        base_low, base_high = solution.low(point), solution.high(point)
        if base_low is None or base_high is None or base_high - base_low > 400:
            continue
        days = [
            number
            for number in range(base_low, base_high + 1)
            if all(fits(number + shift, rule) for other, shift in shifts.items() for rule in rules.get(other, ()))
        ]
        gaps = len(days) != base_high - base_low + 1
        for other, shift in shifts.items():
            out[other] = tuple(number + shift for number in days) if gaps and 1 < len(days) <= MOST_CHOICES else ()
    return out


def _together(point: str, fixed: dict[str, list[tuple[str, int]]]) -> dict[str, int]:
    """Return the points at a fixed distance from ``point``, with the distance in days."""
    found = {point: 0}
    todo = [point]
    while todo:
        here = todo.pop()
        for other, shift in fixed.get(here, ()):
            if other not in found:
                found[other] = found[here] + shift
                todo.append(other)
    return found
