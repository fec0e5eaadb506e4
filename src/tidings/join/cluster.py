"""Average-link clustering with cannot-links, and how it is taken up again when a few claims changed.

Two groups of claims join while the mean of *all* pairs between them is above the threshold; one strong pair never pulls
two groups together, as connected components would. A cannot-link between any two members keeps their groups apart.

The merges are kept in their order. When claims come, go or change, that history is played again: a merge of two groups that
hold none of them, and met none of what came of them, happens as it did, without looking at a single pair. Only groups that
depart from their history are worked out anew, so that the result is the same as that of starting over.

Bits are counted in whole 1024ths, so that sums do not depend on the order in which they are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

__all__ = ["Clustering", "Links", "Merge", "agglomerate"]

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

Merge = tuple[float, int, int]
"""One merge: the mean with its sign turned, and the first members of both groups, the earlier first."""

_UNIT = 1024


class Links:
    """Scored pairs of claims by claim: who is near to whom with how many bits, and who may never share a group."""

    def __init__(self, n: int, near: tuple[Longs, Longs, Floats], barred: tuple[Longs, Longs], *, least: float) -> None:
        i, j, bits = near
        self.n = n
        self.least = round(least * _UNIT)
        whole = np.maximum(self.least, np.round(bits * _UNIT).astype(np.int64))
        left, right = np.concatenate([i, j]), np.concatenate([j, i])
        order = np.lexsort((right, left))
        self._other = right[order]
        self._bits = np.concatenate([whole, whole])[order]
        self._start = np.searchsorted(left[order], np.arange(n + 1))
        self.barred: dict[int, set[int]] = {}
        for a, b in zip(barred[0].tolist(), barred[1].tolist(), strict=True):
            self.barred.setdefault(a, set()).add(b)
            self.barred.setdefault(b, set()).add(a)

    def of(self, claim: int) -> zip[tuple[int, int]]:
        """Return the claims near to one, with their bits in 1024ths."""
        at, end = self._start[claim], self._start[claim + 1]
        return zip(self._other[at:end].tolist(), self._bits[at:end].tolist(), strict=True)


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
    members: dict[int, list[int]] = field(default_factory=dict)
    top: dict[int, int] = field(default_factory=dict)
    barred: dict[int, set[int]] = field(default_factory=dict)
    near: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)
    beside: dict[int, set[int]] = field(default_factory=dict)
    heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)

    def find(self, claim: int) -> int:
        """Return the group that holds a claim."""
        root = claim
        while root in self.top:
            root = self.top[root]
        while claim != root:
            self.top[claim], claim = root, self.top[claim]
        return root

    def size(self, group: int) -> int:
        """Return how many claims a group holds."""
        held = self.members.get(group)
        return len(held) if held is not None else 0 if group in self.top else 1

    def open(self, group: int, *, push: bool = True) -> None:
        """Take up a group that departs from its history: find out what it is near to."""
        if group in self.near:
            return
        mine: dict[int, tuple[int, int]] = {}
        for member in self.members.get(group, (group,)):
            for other, bits in self.links.of(member):
                at = self.find(other)
                if at != group:
                    total, seen = mine.get(at, (0, 0))
                    mine[at] = (total + bits, seen + 1)
        self.near[group] = mine
        self.beside.pop(group, None)
        for other in mine:
            if other not in self.near:
                self.beside.setdefault(other, set()).add(group)
        if push:
            for other in mine:
                self.push(group, other)

    def push(self, a: int, b: int) -> None:
        """Put down that two groups may join, where their mean is above the threshold."""
        total, seen = self.near[a][b]
        size_a, size_b = self.size(a), self.size(b)
        pairs = size_a * size_b
        mean = (total + self.links.least * (pairs - seen)) / (pairs * _UNIT)
        if mean > self.threshold and b not in self.barred.get(a, ()):
            one, other, first, second = (a, b, size_a, size_b) if a < b else (b, a, size_b, size_a)
            heappush(self.heap, (-mean, one, other, first, second))

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
        for c in self.barred.pop(b, ()):
            self.barred[c].discard(b)
            self.barred[c].add(a)
            self.barred.setdefault(a, set()).add(c)
        for c in self.near[a] if anew else self.beside.get(a, ()):
            self.push(*((a, c) if anew else (c, a)))

    def _hand_over(self, a: int, b: int) -> None:
        """Hand everything that ``b`` knows of others to ``a``."""
        mine, theirs = self.near[a], self.near.pop(b)
        mine.pop(b, None)
        theirs.pop(a, None)
        for c, (total, seen) in theirs.items():
            before, count = mine.get(c, (0, 0))
            mine[c] = (before + total, count + seen)
            if c in self.near:
                self.near[c][a] = mine[c]
                del self.near[c][b]
            else:
                around = self.beside[c]
                around.discard(b)
                around.add(a)

    def _pass_by(self, a: int, b: int) -> None:
        """Let the groups worked out anew know that two of their neighbours are one."""
        around = self.beside.pop(b, set())
        for c in around:
            total, seen = self.near[c].pop(b)
            before, count = self.near[c].get(a, (0, 0))
            self.near[c][a] = (before + total, count + seen)
        if around:
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
    work = _Work(links, threshold, most_apart, list(days), barred={a: set(row) for a, row in links.barred.items()})
    fresh = range(links.n) if changed is None else changed
    for claim in fresh:
        work.open(claim, push=False)
    work.heap = [
        (-total / _UNIT, a, b, 1, 1)
        for a in fresh
        for b, (total, _) in work.near[a].items()
        if total > threshold * _UNIT and (a < b or b not in work.near) and b not in work.barred.get(a, ())
    ]
    work.heap = [(value, min(a, b), max(a, b), 1, 1) for value, a, b, _, _ in work.heap]
    heapify(work.heap)
    merges: list[Merge] = []
    at = 0
    while work.heap or at < len(history):
        if at < len(history) and (not work.heap or history[at] <= work.heap[0][:3]):
            merge = history[at]
            at += 1
            if _as_it_was(work, merge):
                merges.append(merge)
            continue
        value, a, b, size_a, size_b = heappop(work.heap)
        if work.size(a) != size_a or work.size(b) != size_b or b in work.barred.get(a, ()):
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
    still = [one for one in (a, b) if one >= 0 and one not in work.top and one not in work.near]
    if len(still) == 2:
        work.join(a, b)
        return True
    for one in still:
        work.open(one)
    return False
