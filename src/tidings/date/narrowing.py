"""Which single fact, once known, would narrow the record's days most."""

from __future__ import annotations

from collections.abc import Iterable

from tidings.date.network import ORIGIN, Solution, solve
from tidings.model import Constraint

__all__ = ["narrowing"]

_OPEN = 366
"""Days that an open interval counts for."""
_STEPS = 200_000
"""Constraints looked at over all trials; a large record tries fewer reports, the least certain first."""


def narrowing(constraints: Iterable[Constraint], *, most: int = 5) -> tuple[tuple[str, int], ...]:
    """Return the reports whose day, once given, would narrow other days most, with the days saved over all points.

    Each undated report is tried at the middle of its interval; an open one a month from its bound.

    Args:
        constraints: The constraints of the record.
        most: How many reports are named at most.
    """
    listed = [one for one in constraints if not one.dropped]
    near: dict[str, list[Constraint]] = {}
    for one in listed:
        for name in {one.a, one.b} - {ORIGIN}:
            near.setdefault(name, []).append(one)
    whole = solve(listed)
    loose = [(name, _width(whole, name)) for name in sorted(whole.bounds) if name.startswith("doc:")]
    loose = sorted(((name, width) for name, width in loose if width > 0), key=lambda item: (-item[1], item[0]))
    found: list[tuple[str, int]] = []
    steps = 0
    for name, _ in loose:
        part, points = _component(name, near)
        steps += len(part)
        if steps > _STEPS and found:
            break
        low, high = whole.bounds[name]
        day = (
            (low + high) // 2
            if low is not None and high is not None
            else low + 31
            if low is not None
            else (high or 0) - 31
        )
        trial = Constraint(
            id="k_trial", a=ORIGIN, b=name, least_days=day - 3, most_days=day + 3, kind="known", document=None, start=None, end=None, quote=""
        )  # fmt: skip
        tried = solve([*part, trial])
        saved = sum(max(0, _width(whole, point) - _width(tried, point)) for point in points if point != name)
        found.append((name, saved))
    return tuple(sorted((item for item in found if item[1] > 0), key=lambda item: (-item[1], item[0]))[:most])


def _width(solution: Solution, point: str) -> int:
    low, high = solution.low(point), solution.high(point)
    return _OPEN if low is None or high is None else min(_OPEN, high - low)


def _component(name: str, near: dict[str, list[Constraint]]) -> tuple[list[Constraint], set[str]]:
    """Return the constraints and points that hang together with a point."""
    seen, todo, kept = {name}, [name], {}
    while todo:
        for one in near.get(todo.pop(), ()):
            kept[one.id] = one
            for other in (one.a, one.b):
                if other != ORIGIN and other not in seen:
                    seen.add(other)
                    todo.append(other)
    return list(kept.values()), seen
