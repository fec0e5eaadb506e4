"""Ranges over independent origins: never an average, never a number that nobody said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tidings.model import UNKNOWN, Claim, EntityId, When
from tidings.weigh.origins import Roots
from tidings.weigh.scope import beyond, count_of
from tidings.weigh.view import View

__all__ = ["BEST", "Range", "Told", "doubt", "once", "shared_days", "told_by", "union", "widest"]


@dataclass(frozen=True, slots=True)
class Told:
    """What one origin says last: both ends, how many reports carry it, and when it was said."""

    low: int | None
    high: int | None
    reports: int
    said: date

    def number(self) -> int | None:
        """Return the number the origin stands for: its floor, or its ceiling where it gives no floor."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class Range:
    """Smallest floor, one origin's number, largest ceiling, and whether the origins' intervals fail to meet."""

    low: int | None
    best: int | None
    high: int | None
    contested: bool


def told_by(claims: Sequence[Claim], view: View, roots: Roots) -> list[Told]:
    """Return the latest word of each origin, for claims in the fixed order; a later number corrects an earlier one.

    Numbers that one origin gives in one report are taken together: the widest of them.
    """
    by_root: dict[str, list[Claim]] = {}
    for claim in claims:
        if count_of(claim) != (None, None):
            by_root.setdefault(roots[claim.id].key, []).append(claim)
    out = []
    for said in by_root.values():
        latest = said[-1].document
        ends = [count_of(claim) for claim in said if claim.document == latest]
        low, high = widest(ends)
        out.append(Told(low, high, len({claim.document for claim in said}), view.order(said[-1])[0]))
    return out


def doubt(claims: Sequence[Claim]) -> str:
    """Return why a number that one of the claims gives stands in no range, or an empty string."""
    return next((why for claim in claims if (why := beyond(claim))), "")


def widest(ends: Iterable[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """Return the smallest floor and the largest ceiling; a floor without a ceiling leaves the ceiling open.

    A ceiling without a floor ("up to 40") below every floor ("more than 40") is itself the lowest number given, so that the
    low end never lies above the high one.
    """
    ends = list(ends)
    floors = [low for low, _ in ends if low is not None]
    tops = [high for low, high in ends if low is None and high is not None]
    open_above = any(high is None for _, high in ends)
    low = min(floors + tops) if floors else None
    return (low, None if open_above or not ends else max(high or 0 for _, high in ends))


def _most_conservative(told: Sequence[Told]) -> Told:
    return min(told, key=lambda one: (one.number() is None, one.number() or 0, one.high is None, one.high or 0))


def _latest_word(told: Sequence[Told]) -> Told:
    known = [one for one in told if one.said != date.max] or list(told)
    latest = max(one.said for one in known)
    return _most_conservative([one for one in known if one.said == latest])


def _most_origins(told: Sequence[Told]) -> Told:
    counts: dict[int | None, int] = {}
    for one in told:
        counts[one.number()] = counts.get(one.number(), 0) + 1
    most = max(counts.values())
    return _most_conservative([one for one in told if counts[one.number()] == most])


BEST: Mapping[str, Callable[[Sequence[Told]], Told]] = {
    "most_conservative": _most_conservative,
    "latest_word": _latest_word,
    "most_origins": _most_origins,
}
"""The rules by which one origin's number is a range's best; each returns one of the origins."""


def union(told: Sequence[Told], *, best: str = "most_conservative") -> Range:
    """Return the range over origins.

    Raises:
        KeyError: ``best`` names no rule of :data:`BEST`.
    """
    if not told:
        return Range(None, None, None, contested=False)
    low, high = widest((one.low, one.high) for one in told)
    floors = [one.low for one in told if one.low is not None]
    tops = [one.high for one in told if one.high is not None]
    apart = bool(floors and tops) and max(floors) > min(tops)
    return Range(low, BEST[best](told).number(), high, contested=apart)


def shared_days(claims: Sequence[Claim]) -> When:
    """Return the narrowest days that some claim gives; unknown when none does."""
    known = [claim.when for claim in claims if claim.when.known]
    return min(known, key=_width) if known else UNKNOWN


def _width(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 10_000_000
    return (when.latest - when.earliest).days


def once(ids: Iterable[EntityId]) -> tuple[EntityId, ...]:
    """Return entities in the order of their first naming, each once."""
    return tuple(dict.fromkeys(ids))
