"""Small questions about many pairs of rows at once, which several comparisons ask."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tidings.join.traits import NOWHERE, Traits

__all__ = ["Bools", "Floats", "Levels", "Longs", "can_be_one", "meet", "metres", "pick", "shared", "within"]

Longs = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def pick(names: tuple[str, ...], fallback: str, *rules: tuple[Bools, str]) -> Levels:
    """Return for each pair the level of the first rule that holds."""
    number = {name: at for at, name in enumerate(names)}
    return np.select([rule for rule, _ in rules], [number[name] for _, name in rules], number[fallback]).astype(np.int8)


def metres(t: Traits, a: Longs, b: Longs) -> Floats:
    """Metres between the edges of two places, 0 where they touch; :data:`NOWHERE` without coordinates."""
    lat1, lat2 = np.radians(t.lat[a]), np.radians(t.lat[b])
    dlon = np.radians(t.lon[b] - t.lon[a])
    with np.errstate(invalid="ignore"):
        h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(dlon / 2) ** 2
        apart = 2 * 6_371_008.8 * np.arcsin(np.sqrt(np.clip(h, 0, 1)))
        gap = np.maximum(0.0, apart - t.radius[a] - t.radius[b])
    return np.where(np.isnan(gap), NOWHERE, gap)


def meet(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> Bools:
    """Whether two rows of numbers share one that is not nothing."""
    found = np.zeros(len(left), dtype=np.bool_)
    for column in range(left.shape[1]):
        one = left[:, column]
        found |= (one >= 0) & (right == one[:, None]).any(axis=1)
    return found


def shared(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> Longs:
    """How many numbers of one row stand in the other."""
    found = np.zeros(len(left), dtype=np.int64)
    for column in range(left.shape[1]):
        one = left[:, column]
        found += (one >= 0) & (right == one[:, None]).any(axis=1)
    return found


def within(t: Traits, i: Longs, j: Longs) -> Bools:
    """Whether some place of one claim lies in some place of the other."""
    found = np.zeros(len(i), dtype=np.bool_)
    for left in range(t.places.shape[1]):
        for right in range(t.places.shape[1]):
            a, b = t.places[i, left], t.places[j, right]
            both = (a >= 0) & (b >= 0)
            found |= both & ((t.above[a] == b[:, None]).any(axis=1) | (t.above[b] == a[:, None]).any(axis=1))
    return found


def can_be_one(t: Traits, i: Longs, j: Longs) -> Bools:
    """Whether one number can be what both claims count; a claim without a number leaves any."""
    top1, top2 = (np.where(high < 0, 2**31 - 1, high) for high in (t.high[i], t.high[j]))
    low1, low2 = (np.maximum(low, 0) for low in (t.low[i], t.low[j]))
    return np.asarray(np.maximum(low1, low2) <= np.minimum(top1, top2), dtype=np.bool_)
