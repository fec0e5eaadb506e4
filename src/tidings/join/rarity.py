"""How common a finding is in the record itself: agreeing on what half of all claims say is worth one bit at most.

Each function returns, for many pairs, how many claims of the record hold what the two agree on. The weights' own bits are
a ceiling; :func:`capped` lowers them to what the record leaves of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tidings.join.traits import NEVER, Traits

__all__ = [
    "KEPT",
    "capped",
    "claims_of_agents",
    "claims_of_days",
    "claims_of_places",
    "claims_of_targets",
    "claims_of_types",
]

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

TRUST = 60.0
"""Claims that the weights stand for: a record of fewer says little about what is common, and the weights hold."""

KEPT = 0.3

_CELL_KM = 80.0
"""Claims are counted as near each other in cells of this side, laid twice so that no place lies at the edge of both."""
_KM_PER_DEGREE = 111.2

_SPREAD = 40
"""Days over which a claim that allows more is not counted: it says nothing about which days are common."""


def capped(bits: Floats, claims: Floats, n: int) -> Floats:
    """Return bits lowered to what agreement is worth when so many of ``n`` claims share it; negative bits stay.

    They are never lowered below :data:`KEPT` of themselves: where nearly all claims agree, most pairs may well be matches,
    and how common a finding is among all pairs no longer says how common it is among the others.
    """
    with np.errstate(over="ignore"):
        chance = (claims + TRUST * np.exp2(-bits)) / (n + TRUST)
    return np.where(bits > 0, np.minimum(bits, np.maximum(KEPT * bits, -np.log2(np.maximum(chance, 1e-12)))), bits)


def _count(rows: Ints, size: int) -> Floats:
    """Return in how many rows each number stands; the last place answers for nothing."""
    flat = rows[rows >= 0]
    return np.append(np.bincount(flat, minlength=size), 0).astype(np.float64)


def _least(left: Ints, right: Ints, counts: Floats) -> Floats:
    """Return the count of the rarest number that both rows of a pair hold; 0 where they share none."""
    best = np.full(len(left), np.inf)
    for column in range(left.shape[1]):
        one = left[:, column]
        both = (one >= 0) & (right == one[:, None]).any(axis=1)
        best = np.where(both, np.minimum(best, counts[one]), best)
    return np.where(np.isinf(best), 0.0, best)


def claims_of_places(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many claims name the place both name, or lie in the area that holds one of the two."""
    size = len(t.names)
    own = _count(t.places, size)
    same = _least(t.places[i], t.places[j], own)
    areas = np.concatenate([t.places, *(t.above[t.places[:, column]] for column in range(t.places.shape[1]))], axis=1)
    within = np.zeros(size + 1)
    for column in range(areas.shape[1]):
        # An area counts once for a claim, however many of its places lie in it.
        fresh = (areas[:, column] >= 0) & ~(areas[:, :column] == areas[:, column][:, None]).any(axis=1)
        np.add.at(within, areas[fresh, column], 1.0)
    outer = np.minimum(
        np.where(same > 0, np.inf, _inside(t, i, j, within)), np.where(same > 0, np.inf, _inside(t, j, i, within))
    )
    around = np.minimum(_around(t, i), _around(t, j))
    return np.where(same > 0, same, np.where(np.isinf(outer), around, outer))


def _around(t: Traits, i: Longs) -> Floats:
    """Return how many claims lie within about 40 km of the first place of each claim: being near is common in a small land."""
    place = t.places[:, 0]
    known = (place >= 0) & ~np.isnan(t.lat[place])
    lat = t.lat[place[known]] * _KM_PER_DEGREE
    lon = t.lon[place[known]] * _KM_PER_DEGREE * np.cos(np.radians(np.round(t.lat[place[known]])))
    found = np.zeros(len(place))
    for shift in (0.0, _CELL_KM / 2):
        cell = np.stack([np.floor((lat + shift) / _CELL_KM), np.floor((lon + shift) / _CELL_KM)], axis=1)
        _, back, size = np.unique(cell, axis=0, return_inverse=True, return_counts=True)
        if len(size):
            found[known] = np.maximum(found[known], size[back.ravel()])
    return found[i]


def _inside(t: Traits, i: Longs, j: Longs, within: Floats) -> Floats:
    """Return the count of the smallest area named by ``j`` in which a place of ``i`` lies; infinite where none."""
    best = np.full(len(i), np.inf)
    for column in range(t.places.shape[1]):
        above = t.above[t.places[i, column]]
        for other in range(t.places.shape[1]):
            area = t.places[j, other]
            holds = (area >= 0) & (t.places[i, column] >= 0) & (above == area[:, None]).any(axis=1)
            best = np.where(holds, np.minimum(best, within[area]), best)
    return best


def claims_of_agents(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many claims name the party that acts in both, or a party of its body."""
    same = _least(t.doers[i], t.doers[j], _count(t.doers, len(t.names)))
    return np.where(same > 0, same, _least(t.doers_kin[i], t.doers_kin[j], _count(t.doers_kin, len(t.names))))


def claims_of_targets(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many claims name the party that suffers in both, or a party of its body."""
    same = _least(t.done[i], t.done[j], _count(t.done, len(t.names)))
    return np.where(same > 0, same, _least(t.done_kin[i], t.done_kin[j], _count(t.done_kin, len(t.names))))


def claims_of_types(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many claims are of the type that both are of; 0 where the types differ."""
    counts = np.bincount(t.kind + 1).astype(np.float64)
    return np.where(t.kind[i] == t.kind[j], counts[t.kind[i] + 1], 0.0)


def claims_of_days(t: Traits, i: Longs, j: Longs) -> Floats:
    """Return how many dated claims fall on the days that either of the two allows, each spread over its own days."""
    dated = (t.first > -NEVER) & (t.last < NEVER) & (t.last - t.first < _SPREAD)
    if not dated.any():
        return np.zeros(len(i))
    base = int(t.first[dated].min())
    width = (t.last[dated] - t.first[dated] + 1).astype(np.float64)
    slope = np.zeros(int(t.last[dated].max()) - base + 3)
    np.add.at(slope, t.first[dated] - base, 1 / width)
    np.add.at(slope, t.last[dated] - base + 1, -1 / width)
    upto = np.append(0.0, np.cumsum(np.cumsum(slope)))
    begin = np.clip(np.minimum(t.first[i], t.first[j]) - base, 0, len(upto) - 1)
    end = np.clip(np.maximum(t.last[i], t.last[j]) - base + 1, 0, len(upto) - 1)
    both = dated[i] & dated[j]
    scale = len(t.claims) / max(1, int(dated.sum()))  # as a share of all claims, as the other counts are
    return np.where(both, np.maximum(0.0, upto[end] - upto[begin]) * scale, 0.0)
