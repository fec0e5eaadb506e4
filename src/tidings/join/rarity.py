"""How common a finding is in the record itself: agreeing on what half of all claims say is worth one bit at most.

Each ``claims_of_*`` function returns, for many pairs, how many claims of the record hold what the two agree on. The weights'
own bits are a ceiling; :func:`capped` lowers them to what the record leaves of them.

Counts are kept in steps of a fifth (:func:`stepped`): what one more report adds seldom changes one, so that a record that
grows keeps nearly all its comparisons, and those that change are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tidings.join.traits import Traits

__all__ = [
    "KEPT",
    "Commons",
    "capped",
    "claims_of_agents",
    "claims_of_days",
    "claims_of_places",
    "claims_of_targets",
    "claims_of_types",
    "commons",
    "stepped",
]

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

TRUST = 60.0
"""Claims that the weights stand for: a record of fewer says little about what is common, and the weights hold."""

KEPT = 0.3

STEPS = 4
"""Steps of a count within a doubling."""

_CELL_KM = 80.0
"""Claims are counted as near each other in cells of this side, laid twice so that no place lies at the edge of both."""
_KM_PER_DEGREE = 111.2


def stepped(counts: npt.ArrayLike) -> Floats:
    """Return counts rounded to the nearest of four steps within each doubling; 0 and 1 stay."""
    values = np.asarray(counts, dtype=np.float64)
    return np.where(values > 0, np.exp2(np.round(STEPS * np.log2(np.maximum(values, 1e-9))) / STEPS), 0.0)


@dataclass(frozen=True, slots=True)
class Commons:
    """How many claims of a record name each type, party, place and day, in steps.

    ``n`` counts all claims. Arrays are by number of the type or entity, and a last place answers for nothing. ``doers`` and
    ``done`` (parties) and their kin, ``places``, ``within`` (claims of a place or of what lies in it) and ``around`` (claims
    near a place). ``density`` is how many dated claims fall on each day from ``base`` on, and ``share`` scales them to all.
    """

    n: float
    types: Floats
    doers: Floats
    doers_kin: Floats
    done: Floats
    done_kin: Floats
    places: Floats
    within: Floats
    around: Floats
    base: int
    density: Floats
    share: float


def commons(t: Traits) -> Commons:
    """Return the counts of a record."""
    size = len(t.names)
    base, density = _density(t)
    return Commons(
        n=float(stepped(len(t.claims))),
        types=stepped(np.bincount(t.kind + 1, minlength=1)),
        doers=_count(t.doers, size),
        doers_kin=_count(t.doers_kin, size),
        done=_count(t.done, size),
        done_kin=_count(t.done_kin, size),
        places=_count(t.places, size),
        within=_within(t, size),
        around=_around(t, size),
        base=base,
        density=density,
        share=float(stepped(len(t.claims)) / max(1.0, float(stepped(int(t.dated.sum()))))),
    )


def _count(rows: Ints, size: int) -> Floats:
    """Return in how many rows each number stands; the last place answers for nothing."""
    flat = rows[rows >= 0]
    return np.append(stepped(np.bincount(flat, minlength=size)), 0.0)


def _within(t: Traits, size: int) -> Floats:
    """Return how many claims name each place or one that lies in it."""
    areas = np.concatenate([t.places, *(t.above[t.places[:, column]] for column in range(t.places.shape[1]))], axis=1)
    found = np.zeros(size + 1)
    for column in range(areas.shape[1]):
        # An area counts once for a claim, however many of its places lie in it.
        fresh = (areas[:, column] >= 0) & ~(areas[:, :column] == areas[:, column][:, None]).any(axis=1)
        found += np.bincount(areas[fresh, column], minlength=size + 1)
    return stepped(found)


def _around(t: Traits, size: int) -> Floats:
    """Return for each place how many claims lie within about 40 km of it: being near is common in a small land."""
    known = ~np.isnan(t.lat[:size])
    lat = t.lat[:size][known] * _KM_PER_DEGREE
    lon = t.lon[:size][known] * _KM_PER_DEGREE * np.cos(np.radians(np.round(t.lat[:size][known])))
    first = t.places[:, 0]
    own = np.bincount(first[first >= 0], minlength=size)[known]
    found = np.zeros(size + 1)
    for shift in (0.0, _CELL_KM / 2):
        cell = np.floor((lat + shift) / _CELL_KM) * 100_000 + np.floor((lon + shift) / _CELL_KM)
        if len(cell):
            _, back = np.unique(cell, return_inverse=True)
            held = np.bincount(back.ravel(), weights=own)
            found[:size][known] = np.maximum(found[:size][known], held[back.ravel()])
    return stepped(found)


def _density(t: Traits) -> tuple[int, Floats]:
    """Return how many dated claims fall on each day, each spread over its own days."""
    dated = t.dated
    if not dated.any():
        return 0, np.zeros(0)
    base = int(t.first[dated].min())
    width = (t.last[dated] - t.first[dated] + 1).astype(np.float64)
    slope = np.zeros(int(t.last[dated].max()) - base + 2)
    np.add.at(slope, t.first[dated] - base, 1 / width)
    np.add.at(slope, t.last[dated] - base + 1, -1 / width)
    # Sums of fractions end in other last digits in another order, so they are rounded before they are stepped.
    return base, stepped(np.round(np.cumsum(slope)[:-1], 6))


def capped(bits: Floats, claims: Floats, n: float) -> Floats:
    """Return bits lowered to what agreement is worth when so many of ``n`` claims share it; negative bits stay.

    They are never lowered below :data:`KEPT` of themselves: where nearly all claims agree, most pairs may well be matches,
    and how common a finding is among all pairs no longer says how common it is among the others.
    """
    with np.errstate(over="ignore"):
        chance = (claims + TRUST * np.exp2(-bits)) / (n + TRUST)
    return np.where(bits > 0, np.minimum(bits, np.maximum(KEPT * bits, -np.log2(np.maximum(chance, 1e-12)))), bits)


def _least(left: Ints, right: Ints, counts: Floats) -> Floats:
    """Return the count of the rarest number that both rows of a pair hold; 0 where they share none."""
    best = np.full(len(left), np.inf)
    for column in range(left.shape[1]):
        one = left[:, column]
        both = (one >= 0) & (right == one[:, None]).any(axis=1)
        best = np.where(both, np.minimum(best, counts[one]), best)
    return np.where(np.isinf(best), 0.0, best)


def claims_of_places(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many claims name the place both name, lie in the area that holds one of the two, or lie near both."""
    same = _least(t.places[i], t.places[j], t.common.places)
    outer = np.minimum(_inside(t, i, j), _inside(t, j, i))
    around = np.minimum(t.common.around[t.places[i, 0]], t.common.around[t.places[j, 0]])
    return np.where(same > 0, same, np.where(np.isinf(outer), around, outer))


def _inside(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return the count of the smallest area named by ``j`` in which a place of ``i`` lies; infinite where none."""
    best = np.full(len(i), np.inf)
    for column in range(t.places.shape[1]):
        above = t.above[t.places[i, column]]
        for other in range(t.places.shape[1]):
            area = t.places[j, other]
            holds = (area >= 0) & (t.places[i, column] >= 0) & (above == area[:, None]).any(axis=1)
            best = np.where(holds, np.minimum(best, t.common.within[area]), best)
    return best


def claims_of_agents(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many claims name the party that acts in both, or a party of its body."""
    same = _least(t.doers[i], t.doers[j], t.common.doers)
    return np.where(same > 0, same, _least(t.doers_kin[i], t.doers_kin[j], t.common.doers_kin))


def claims_of_targets(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many claims name the party that suffers in both, or a party of its body."""
    same = _least(t.done[i], t.done[j], t.common.done)
    return np.where(same > 0, same, _least(t.done_kin[i], t.done_kin[j], t.common.done_kin))


def claims_of_types(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many claims are of the type that both are of; 0 where the types differ."""
    return np.where(t.kind[i] == t.kind[j], t.common.types[t.kind[i] + 1], 0.0)


def claims_of_days(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many dated claims fall on the days that either of the two allows."""
    if not len(t.common.density):
        return np.zeros(len(i))
    upto = np.append(0.0, np.cumsum(t.common.density))
    begin = np.clip(np.minimum(t.first[i], t.first[j]) - t.common.base, 0, len(upto) - 1)
    end = np.clip(np.maximum(t.last[i], t.last[j]) - t.common.base + 1, 0, len(upto) - 1)
    # A sum of steps from another first day ends in other last digits, so it is rounded.
    total = np.round(np.maximum(0.0, upto[end] - upto[begin]) * t.common.share, 4)
    return np.where(t.dated[i] & t.dated[j], total, 0.0)
