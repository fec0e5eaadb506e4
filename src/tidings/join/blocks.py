"""Which pairs of claims are worth comparing: those that share a place and days, or lack one of them.

Every claim gives keys; two claims that share a key are a candidate pair. The keys of one claim never depend on other
claims, so a record that grows compares what it would have compared when built at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tidings.join.traits import NEVER, Traits
from tidings.join.weights import kinship, type_codes

__all__ = [
    "CELL_KM",
    "DAYS",
    "KM_PER_DEGREE",
    "Keys",
    "Pairs",
    "candidates",
    "codes_of",
    "comparable",
    "crowds",
    "each_sort",
    "keys_of",
    "said",
]

Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CELL_KM = 40.0
"""Side of a map cell. A claim lies in every cell within half of :data:`REACH_KM`, so that all nearer than that meet."""
REACH_KM = 20.0
DAYS = 4
"""Days in a bucket of time; a claim also lies in the buckets of the day before and after, because reports are a day out."""
APART = 3
"""Days by which the days of a pair may miss each other and still be compared."""
LONG = 12
"""A claim that may lie anywhere in more days than this meets others by its place alone."""
_AT_ONCE = 4_000_000
"""Pairs that are made before they are sifted, which bounds the memory of one step."""

KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs ``i`` < ``j``."""

    i: Longs
    j: Longs


@dataclass(slots=True)
class _Keys:
    """Keys with their claims. ``asks`` marks members that want a partner; two that do not ask are no pair."""

    key: list[Longs]
    claim: list[Longs]
    asks: list[Bools]

    def add(self, key: Longs, claim: Longs, asks: Bools | bool) -> None:
        self.key.append(key)
        self.claim.append(claim)
        self.asks.append(np.broadcast_to(np.asarray(asks), key.shape))


def _mix(*parts: npt.ArrayLike) -> Longs:
    """Return one 64-bit key for each row of parts."""
    rows = np.broadcast_arrays(*(np.asarray(part, dtype=np.int64) for part in parts))
    key = np.full(rows[0].shape, 1469598103934665603, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for row in rows:
            key = (key ^ row.astype(np.uint64)) * np.uint64(1099511628211)
            key = key ^ (key >> np.uint64(29))
    return key.astype(np.int64)


@cache
def comparable() -> Bools:
    """Return the square table of types that are compared at all; a type that is not known compares with itself alone."""
    codes = type_codes()
    table = np.zeros((len(codes) + 1, len(codes) + 1), dtype=np.bool_)
    for one, other in kinship():
        table[codes[one], codes[other]] = True
    table[-1, -1] = True
    return table


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of one sort, each with the claim that has it and whether that claim asks for a partner there."""

    key: Longs
    claim: Longs
    asks: Bools

    def of(self, touched: Bools) -> Keys:
        """Return the whole blocks that hold a touched claim."""
        wanted = np.unique(self.key[touched[self.claim]])
        if not len(wanted):
            return Keys(self.key[:0], self.claim[:0], self.asks[:0])
        at = np.minimum(np.searchsorted(wanted, self.key), len(wanted) - 1)
        keep = wanted[at] == self.key
        return Keys(self.key[keep], self.claim[keep], self.asks[keep])


def keys_of(t: Traits) -> tuple[Keys, ...]:
    """Return the keys of every claim, one sort after the other."""
    return tuple(each_sort(t))


def each_sort(t: Traits) -> Iterator[Keys]:
    """Yield the keys of every claim, one sort at a time, which is all that memory then needs to hold."""
    for one in _sorts(t):
        if one.key:
            yield Keys(np.concatenate(one.key), np.concatenate(one.claim), np.concatenate(one.asks))


def candidates(t: Traits, keys: Sequence[Keys], *, largest: int, touched: Bools | None = None) -> Pairs:
    """Return the pairs to compare, each once, in order.

    Args:
        t: The claims.
        keys: Their keys.
        largest: The most claims of a block that are all compared with each other.
        touched: Where given, only pairs of which one claim is touched are wanted.
    """
    n = np.int64(max(1, len(t.claims)))
    blocks = (sort if touched is None else sort.of(touched) for sort in keys)
    codes = _once([np.zeros(0, dtype=np.int64), *(codes_of(t, sort, largest, touched) for sort in blocks)])
    return Pairs(codes // n, codes % n)


_BUCKETS = 1 << 20


def crowds(keys: Sequence[Keys], *, largest: int) -> list[Longs]:
    """Return the members of every block that is too large to be compared whole, in their order."""
    found: list[Longs] = []
    for sort in keys:
        # Keys are spread over buckets first: only in a full bucket can there be a full block.
        bucket = sort.key & (_BUCKETS - 1)
        full = np.flatnonzero(np.bincount(bucket, minlength=_BUCKETS)[bucket] > largest)
        key, claim, asks = sort.key[full], sort.claim[full], sort.asks[full]
        order = np.lexsort((claim, key))
        key, claim, asks = key[order], claim[order], asks[order]
        if not len(key):
            continue
        heads = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
        for head, end in zip(heads, np.append(heads[1:], len(key)), strict=True):
            size, asking = int(end - head), int(asks[head:end].sum())
            if size > largest and asking * size > largest * largest:
                found.append(claim[head:end])
    return found


_CROWD_PAIRS = 2_000_000
"""Pairs of one block that are compared at most: a million claims of one day and place meet two neighbours each side."""


def _reach(size: int, largest: int) -> int:
    """Return how many neighbours on either side a claim of a sampled block is compared with."""
    return max(1, min(largest // 8, _CROWD_PAIRS // size))


def said(t: Traits, crowd: Longs, largest: int) -> str:
    """Return the sentence on a block that was not compared whole."""
    place = next((t.names[at] for at in t.places[crowd, 0] if at >= 0), "no place")
    return (
        f"{len(crowd)} claims of {place} fell into one block; each was compared with its nearest "
        f"{_reach(len(crowd), largest)} on either side instead of with all others."
    )


def _sorts(t: Traits) -> Iterator[_Keys]:
    """Yield the keys, one sort after the other, so that memory holds one sort at a time."""
    everyone = np.arange(len(t.claims), dtype=np.int64)
    narrow = (t.first > -NEVER) & (t.last < NEVER) & (t.last - t.first < LONG)
    placed, unplaced = _Keys([], [], []), _Keys([], [], [])
    for buckets, member in _buckets(t, everyone[narrow]):
        for area, who, asks, when in _places(t, member, buckets):
            placed.add(_mix(1, *area, when), who, asks)
        # A claim without a place meets those of its days that share a party or a number with it.
        blank = t.places[member, 0] < 0
        for what, value in ((2, t.doers_kin[member, 0]), (3, t.done_kin[member, 0]), (4, t.high[member])):
            some = value >= 0
            unplaced.add(_mix(what, value[some], t.kind[member][some], buckets[some]), member[some], blank[some])
    yield placed
    yield unplaced
    undated = _Keys([], [], [])
    for column in range(t.places.shape[1]):
        place = t.places[:, column]
        some = place >= 0
        # Claims whose days are unknown or wide meet every claim of their place, and those nearby that share a party.
        undated.add(_mix(5, place[some]), everyone[some], ~narrow[some])
    for area, who, asks, _ in _places(t, everyone, np.zeros(len(everyone), dtype=np.int64)):
        ask = asks & ~narrow[who]
        for what, value in ((6, t.doers_kin[who, 0]), (7, t.done_kin[who, 0])):
            some = value >= 0
            undated.add(
                _mix(what, *(part[some] for part in area), t.kind[who][some], value[some]), who[some], ask[some]
            )
    yield undated
    rest = _Keys([], [], [])
    lost = (t.places[:, 0] < 0) & ~narrow
    rest.add(_mix(8, t.doc[lost], t.kind[lost]), everyone[lost], True)
    of_report: dict[int, list[int]] = {}
    for at, report in enumerate(t.doc.tolist()):
        of_report.setdefault(report, []).append(at)
    alike = [(*of_report.get(one, ()), *of_report.get(other, ())) for one, other in t.lexis.alikes]
    number = np.repeat(np.arange(len(alike), dtype=np.int64), [len(both) for both in alike])
    rest.add(_mix(9, number), np.array([at for both in alike for at in both], dtype=np.int64), True)
    yield rest


def _buckets(t: Traits, member: Longs) -> Iterator[tuple[Longs, Longs]]:
    """Yield bucket numbers with their claims, until every claim lies in all buckets that its days touch."""
    first = (t.first[member] - 1) // DAYS
    last = (t.last[member] + 1) // DAYS
    step = 0
    while len(member):
        yield (first + step).astype(np.int64), member
        step += 1
        more = first + step <= last
        first, last, member = first[more], last[more], member[more]


_Area = tuple[Longs, Longs]


def _places(t: Traits, member: Longs, bucket: Longs) -> Iterator[tuple[_Area, Longs, Bools, Longs]]:
    """Yield keys of place: the place, the areas it lies in, and the map cells it reaches.

    Each comes with its claims, whether they ask for a partner there, and their buckets.
    """
    for column in range(t.places.shape[1]):
        place = t.places[member, column]
        some = place >= 0
        place, who, when = place[some], member[some], bucket[some]
        always = np.ones(len(who), dtype=np.bool_)
        zero = np.zeros(len(who), dtype=np.int64)
        yield (place.astype(np.int64), zero - 1), who, always, when
        for level in range(t.above.shape[1]):
            area = t.above[place, level]
            inside = area >= 0
            # Members of an area ask nobody: only claims that name the area itself do.
            yield (area[inside].astype(np.int64), zero[inside] - 1), who[inside], ~always[inside], when[inside]
        known = ~np.isnan(t.lat[place]) & (t.size[place] < 3)
        place, who, when, always = place[known], who[known], when[known], always[known]
        lat = t.lat[place] * KM_PER_DEGREE
        lon = t.lon[place] * KM_PER_DEGREE * np.cos(np.radians(np.round(t.lat[place])))
        seen: list[_Area] = []
        for north in (-REACH_KM / 2, REACH_KM / 2):
            for east in (-REACH_KM / 2, REACH_KM / 2):
                cell = (_cell(lat + north), _cell(lon + east) + 100_000)
                fresh = np.ones(len(lat), dtype=np.bool_)
                for row, line in seen:
                    fresh &= (row != cell[0]) | (line != cell[1])
                seen.append(cell)
                yield (cell[0][fresh], cell[1][fresh]), who[fresh], always[fresh], when[fresh]


def _cell(km: npt.NDArray[np.float64]) -> Longs:
    return np.floor(km / CELL_KM).astype(np.int64)


def codes_of(t: Traits, keys: Keys, largest: int, touched: Bools | None) -> Longs:
    """Return the pairs of one sort of keys, each as one number: the earlier claim times the number of claims, and the later."""
    order = np.lexsort((keys.claim, keys.key))
    key, claim, asks = keys.key[order], keys.claim[order], keys.asks[order]
    found: list[Longs] = [np.zeros(0, dtype=np.int64)]
    if not len(key):
        return found[0]
    heads = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    sizes = np.diff(np.append(heads, len(key)))
    asking = np.add.reduceat(asks.astype(np.int64), heads)
    small = (sizes > 1) & (sizes <= largest) & (asking > 0)
    for size in np.unique(sizes[small]):
        left, right = np.triu_indices(int(size), k=1)
        starts = heads[small & (sizes == size)]
        for chunk in np.array_split(starts, max(1, len(starts) * len(left) // _AT_ONCE + 1)):
            rows = chunk[:, None] + np.arange(size)
            found.append(_fit(t, claim, asks, rows[:, left].ravel(), rows[:, right].ravel(), touched))
    large = (sizes > largest) & (asking > 0)
    for head, size, few in zip(heads[large], sizes[large], asking[large], strict=True):
        rows = np.arange(head, head + size)
        if few * size <= largest * largest:
            ask = rows[asks[rows]]
            found.append(_fit(t, claim, asks, np.repeat(ask, size), np.tile(rows, few), touched))
            continue
        left, right = _window(t, claim[rows], largest)
        found.append(_fit(t, claim, asks, rows[left], rows[right], touched))
    return _once(found)


def _once(parts: list[Longs]) -> Longs:
    """Return every number once, in order. Sorting is several times faster here than the hashing of ``np.unique``."""
    codes: Longs = np.sort(np.concatenate(parts))
    fresh = np.ones(len(codes), dtype=np.bool_)
    fresh[1:] = codes[1:] != codes[:-1]
    return np.asarray(codes[fresh], dtype=np.int64)


def _fit(t: Traits, claim: Longs, asks: Bools, left: Longs, right: Longs, touched: Bools | None) -> Longs:
    """Return the pairs, each as one number, of which one member asks, whose types are compared and whose days can meet.

    Groups hold to their days on their own, so a pair that cannot share a day need not be kept to bar one.
    """
    keep = asks[left] | asks[right]
    one, other = claim[left[keep]], claim[right[keep]]
    if touched is not None:
        wanted = touched[one] | touched[other]
        one, other = one[wanted], other[wanted]
    fits = (one != other) & (np.maximum(t.first[one], t.first[other]) - np.minimum(t.last[one], t.last[other]) <= APART)
    one, other = one[fits], other[fits]
    fits = comparable()[t.kind[one], t.kind[other]] & (t.whole[one] == t.whole[other])
    one, other = one[fits], other[fits]
    codes: Longs = np.minimum(one, other) * np.int64(max(1, len(t.claims))) + np.maximum(one, other)
    return codes


def _window(t: Traits, members: Longs, largest: int) -> tuple[Longs, Longs]:
    """Pair each member of a block too large with its nearest in order of type, day, doer, number and words.

    Like stands beside like in that order, so what is left out is what differs most.
    """
    order = np.lexsort(
        (members, t.lexis.rows[members, 0], t.high[members], t.doers[members, 0], t.first[members], t.kind[members])
    )
    reach = _reach(len(order), largest)
    steps = [np.arange(len(order) - step) for step in range(1, min(reach, len(order) - 1) + 1)]
    left = np.concatenate(steps)
    right = np.concatenate([row + step for step, row in enumerate(steps, start=1)])
    return order[left], order[right]
