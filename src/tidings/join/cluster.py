"""Average-link clustering with cannot-links, and how it is taken up again when a few claims changed.

Two groups of claims join while the mean of *all* pairs between them is above the threshold; one strong pair never pulls
two groups together, as connected components would. A cannot-link between any two members keeps their groups apart.

The merges are kept in their order. When claims come, go or change, that history is played again: a merge of two groups that
hold none of them, and met none of what came of them, happens as it did, without looking at a single pair. Only groups that
depart from their history are worked out anew, so that the result is the same as that of starting over.

Bits are counted in whole 1024ths, so that sums do not depend on the order in which they are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np
import numpy.typing as npt

__all__ = ["Clustering", "Links", "Merge", "agglomerate"]

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

Merge = tuple[float, int, int]
"""One merge: the mean with its sign turned, and the first members of both groups, the earlier first."""

_UNIT = 1024
_SEEN = 32
"""The sum of bits between two groups and how many pairs it is made of stand in one number, the latter in its last 32 binary
digits: such numbers add up, and one number takes a third of the memory of a pair of them."""
_MASK = (1 << _SEEN) - 1
_AT_ONCE = 100_000
"""Pairs that are turned into plain numbers at a time."""


class Links:
    """Scored pairs of claims by claim: who is near to whom with how many bits, and who may never share a group.

    Pairs are given in order, the earlier claim first. A claim that no pair draws to another never shares a group, because
    a mean of bits that are all low stays low; pairs with such a claim are left out.
    """

    def __init__(self, n: int, near: tuple[Longs, Longs, Floats], barred: tuple[Longs, Longs], *, least: float) -> None:
        i, j, bits = near
        self.n = n
        self.least = round(least * _UNIT)
        whole = np.maximum(self.least, np.round(bits * _UNIT).astype(np.int64))
        drawn = np.zeros(n, dtype=np.bool_)
        drawn[i[whole > 0]] = drawn[j[whole > 0]] = True
        kept = drawn[i] & drawn[j]
        self.i, self.j, self.bits = i[kept], j[kept], whole[kept]
        if len(self.i) and not bool((np.diff(self.i) >= 0).all()):
            order = np.argsort(self.i, kind="stable")
            self.i, self.j, self.bits = self.i[order], self.j[order], self.bits[order]
        self._later = np.searchsorted(self.i, np.arange(n + 1))
        self._back = np.argsort(self.j, kind="stable")
        self._earlier = np.searchsorted(self.j[self._back], np.arange(n + 1))
        self._ids = list(range(n))
        self.barred: dict[int, set[int]] = {}
        for a, b in zip(barred[0].tolist(), barred[1].tolist(), strict=True):
            self.barred.setdefault(a, set()).add(b)
            self.barred.setdefault(b, set()).add(a)

    def of(self, claim: int) -> Iterator[tuple[int, int]]:
        """Yield the claims near to one, with their bits in 1024ths and the count of one, as one number."""
        later = slice(self._later[claim], self._later[claim + 1])
        earlier = self._back[self._earlier[claim] : self._earlier[claim + 1]]
        for others, bits in ((self.j[later], self.bits[later]), (self.i[earlier], self.bits[earlier])):
            # The same number object stands for a claim everywhere, which takes a third off the memory.
            yield from zip(map(self._ids.__getitem__, others.tolist()), ((bits << _SEEN) + 1).tolist(), strict=True)

    def drawing(self, among: Bools | None, threshold: float) -> Iterator[Merge]:
        """Yield the pairs above the threshold, one member of which is ``among`` them, as merges in their order."""
        rows = np.flatnonzero(self.bits > threshold * _UNIT)
        if among is not None:
            rows = rows[among[self.i[rows]] | among[self.j[rows]]]
        rows = rows[np.lexsort((self.j[rows], self.i[rows], -self.bits[rows]))]
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            values = (-self.bits[part] / _UNIT).tolist()
            yield from zip(values, self.i[part].tolist(), self.j[part].tolist(), strict=True)


@dataclass(slots=True)
class Clustering:
    """What came out: the groups of two or more by their first member, the merges in order, and the groups worked out anew."""

    groups: dict[int, list[int]]
    merges: list[Merge]
    anew: set[int]


@dataclass(slots=True)
class _Work:
    """Groups while they grow. A group is named by its first member; ``near`` is known of those worked out anew alone."""

    links: Links
    threshold: float
    most_apart: int
    span: list[tuple[int, int]]
    top: list[int]
    size: list[int]
    members: dict[int, list[int]] = field(default_factory=dict)
    barred: dict[int, set[int]] = field(default_factory=dict)
    near: dict[int, dict[int, int]] = field(default_factory=dict)
    beside: dict[int, set[int]] = field(default_factory=dict)
    heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)

    def find(self, claim: int) -> int:
        """Return the group that holds a claim."""
        top = self.top
        while top[claim] != claim:
            top[claim] = claim = top[top[claim]]
        return claim

    def open_all(self) -> None:
        """Take up every claim, while each is a group of its own."""
        for claim in range(self.links.n):
            self.near[claim] = dict(self.links.of(claim))

    def open(self, group: int, *, push: bool = True) -> None:
        """Take up a group that departs from its history: find out what it is near to."""
        if group in self.near:
            return
        mine: dict[int, int] = {}
        for member in self.members.get(group, (group,)):
            for other, bits in self.links.of(member):
                at = self.find(other)
                if at != group:
                    mine[at] = mine.get(at, 0) + bits
        self.near[group] = mine
        self.beside.pop(group, None)
        for other in mine:
            if other not in self.near:
                self.beside.setdefault(other, set()).add(group)
        if push:
            self.push(group, mine)

    def push(self, a: int, others: dict[int, int]) -> None:
        """Put down that a group may join others, where their mean is above the threshold."""
        least, bar, heap, sizes = self.links.least, self.threshold * _UNIT, self.heap, self.size
        never, size = self.barred.get(a, ()), sizes[a]
        for b, packed in others.items():
            pairs = size * sizes[b]
            total = (packed >> _SEEN) + least * (pairs - (packed & _MASK))
            if total > bar * pairs and b not in never:
                mean = total / (pairs * _UNIT)
                heappush(heap, (-mean, a, b, size, sizes[b]) if a < b else (-mean, b, a, sizes[b], size))

    def join(self, a: int, b: int) -> None:
        """Let group ``a`` take in group ``b``, both of the same sort: worked out anew, or as in the history."""
        (late_a, early_a), (late_b, early_b) = self.span[a], self.span[b]
        self.span[a] = (max(late_a, late_b), min(early_a, early_b))
        anew = a in self.near
        if anew:
            self._hand_over(a, b)
        else:
            self._pass_by(a, b)
        self.members.setdefault(a, [a]).extend(self.members.pop(b, [b]))
        self.top[b] = a
        self.size[a] += self.size[b]
        self.size[b] = 0
        for c in self.barred.pop(b, ()):
            self.barred[c].discard(b)
            self.barred[c].add(a)
            self.barred.setdefault(a, set()).add(c)
        if anew:
            self.push(a, self.near[a])
        else:
            for c in self.beside.get(a, ()):
                self.push(c, {a: self.near[c][a]})

    def _hand_over(self, a: int, b: int) -> None:
        """Hand everything that ``b`` knows of others to ``a``."""
        near = self.near
        mine, theirs = near[a], near.pop(b)
        mine.pop(b, None)
        theirs.pop(a, None)
        for c, packed in theirs.items():
            held = mine[c] = mine.get(c, 0) + packed
            around = near.get(c)
            if around is not None:
                around[a] = held
                del around[b]
            else:
                beside = self.beside[c]
                beside.discard(b)
                beside.add(a)

    def _pass_by(self, a: int, b: int) -> None:
        """Let the groups worked out anew know that two of their neighbours are one."""
        around = self.beside.pop(b, None)
        if not around:
            return
        for c in around:
            held = self.near[c]
            held[a] = held.get(a, 0) + held.pop(b)
        self.beside.setdefault(a, set()).update(around)


def agglomerate(
    links: Links,
    days: Sequence[tuple[int, int]],
    *,
    threshold: float,
    most_apart: int,
    history: Sequence[Merge] = (),
    changed: Sequence[int] | None = None,
) -> Clustering:
    """Return the groups.

    Args:
        links: Scored pairs and cannot-links.
        days: The first and last day that each claim allows.
        threshold: Groups join while their mean is above this.
        most_apart: Days by which the claims of one group may miss each other at most.
        history: The merges of an earlier run, by the numbers that its claims have now; -1 for a claim that is gone.
        changed: The claims that are new or of which any pair changed since then; all when not given.
    """
    never = {a: set(row) for a, row in links.barred.items()}
    work = _Work(links, threshold, most_apart, list(days), list(range(links.n)), [1] * links.n, barred=never)
    among: Bools | None = None
    if changed is None:
        work.open_all()
    else:
        among = np.zeros(links.n, dtype=np.bool_)
        among[list(changed)] = True
        for claim in changed:
            work.open(claim, push=False)
    singles = links.drawing(among, threshold)
    single = next(singles, None)
    merges: list[Merge] = []
    at = 0
    while single is not None or work.heap or at < len(history):
        first = work.heap[0][:3] if work.heap else None
        if single is not None and (first is None or single <= first):
            first = single
        if at < len(history) and (first is None or history[at] <= first):
            merge = history[at]
            at += 1
            if _as_it_was(work, merge):
                merges.append(merge)
            continue
        if first is single and single is not None:
            (value, a, b), size_a, size_b = single, 1, 1
            single = next(singles, None)
        else:
            value, a, b, size_a, size_b = heappop(work.heap)
        if work.size[a] != size_a or work.size[b] != size_b or b in work.barred.get(a, ()):
            continue  # one of the two has grown or gone since this was put down
        latest, earliest = max(work.span[a][0], work.span[b][0]), min(work.span[a][1], work.span[b][1])
        if latest - earliest > most_apart:
            continue  # some two of their claims cannot share a day, though nothing compared them
        work.open(a)
        work.open(b)
        work.join(a, b)
        merges.append((value, a, b))
    return Clustering({one: sorted(held) for one, held in work.members.items()}, merges, set(work.near))


def _as_it_was(work: _Work, merge: Merge) -> bool:
    """Repeat a merge of the history where neither group departed from it; take up the one whose partner is another now."""
    _, a, b = merge
    still = [one for one in (a, b) if one >= 0 and work.size[one] and one not in work.near]
    if len(still) == 2:
        work.join(a, b)
        return True
    for one in still:
        work.open(one)
    return False
