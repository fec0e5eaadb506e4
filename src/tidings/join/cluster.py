"""Average-link clustering with cannot-links.

Two groups of claims join while the mean of *all* pairs between them is above the threshold; one strong pair never pulls
two groups together, as connected components would. A cannot-link between any two members keeps their groups apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

__all__ = ["clusters", "islands"]

Longs = npt.NDArray[np.int64]

Pair = tuple[int, int]


def clusters(
    scores: Iterable[tuple[int, int, float]],
    cannot: Iterable[Pair],
    *,
    days: Sequence[Pair],
    threshold: float,
    least: float,
    most_apart: int,
) -> list[list[int]]:
    """Return the groups of two or more, each sorted, in the order of their first member.

    Args:
        scores: Pairs with their bits, prior included; each pair once.
        cannot: Pairs that never share a group.
        days: The first and last day that each claim allows.
        threshold: Groups join while their mean is above this.
        least: What a pair without a score counts, and the least that any pair counts.
        most_apart: Days by which the claims of one group may miss each other at most.
    """
    near: dict[int, dict[int, tuple[float, int]]] = {}
    for a, b, bits in scores:
        value = (max(least, bits), 1)
        near.setdefault(a, {})[b] = value
        near.setdefault(b, {})[a] = value
    barred: dict[int, set[int]] = {}
    for a, b in cannot:
        barred.setdefault(a, set()).add(b)
        barred.setdefault(b, set()).add(a)
    members = {node: [node] for node in near}
    span = {node: days[node] for node in near}  # the latest first day and the earliest last day of each group
    heap = [
        (-value, a, b, 1, 1)
        for a, row in near.items()
        for b, (value, _) in row.items()
        if a < b and value > threshold and b not in barred.get(a, ())
    ]
    heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heappop(heap)
        if len(members.get(a, ())) != size_a or len(members.get(b, ())) != size_b or b in barred.get(a, ()):
            continue  # one of the two has grown or gone since this was put down
        latest, earliest = max(span[a][0], span[b][0]), min(span[a][1], span[b][1])
        if latest - earliest > most_apart:
            continue  # some two of their claims cannot share a day, though nothing compared them
        span[a] = (latest, earliest)
        _merge(a, b, near, barred)
        members[a] += members.pop(b)
        for c, (total, seen) in near[a].items():
            pairs = len(members[a]) * len(members[c])
            mean = (total + least * (pairs - seen)) / pairs
            if mean > threshold and c not in barred.get(a, ()):
                one, other = min(a, c), max(a, c)
                heappush(heap, (-mean, one, other, len(members[one]), len(members[other])))
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def islands(i: Longs, j: Longs, linked: npt.NDArray[np.bool_], n: int) -> Longs:
    """Return for each of ``n`` claims the least claim that a path of linked pairs leads to.

    Islands only bound where groups can form; they decide nothing.
    """
    label = np.arange(n, dtype=np.int64)
    i, j = i[linked], j[linked]
    while True:
        least = np.minimum(label[i], label[j])
        before = label.copy()
        np.minimum.at(label, i, least)
        np.minimum.at(label, j, least)
        label = label[label]  # a claim follows its neighbour's own neighbour, which halves long paths
        if np.array_equal(before, label):
            return label


def _merge(a: int, b: int, near: dict[int, dict[int, tuple[float, int]]], barred: dict[int, set[int]]) -> None:
    """Hand everything that ``b`` knows of others to ``a``."""
    mine, theirs = near[a], near.pop(b)
    mine.pop(b, None)
    theirs.pop(a, None)
    for c, (total, seen) in theirs.items():
        before, count = mine.get(c, (0.0, 0))
        mine[c] = near[c][a] = (before + total, count + seen)
        del near[c][b]
    for c in barred.pop(b, set()):
        barred[c].discard(b)
        barred[c].add(a)
        barred.setdefault(a, set()).add(c)
