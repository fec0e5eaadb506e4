"""Average-link clustering with cannot-links, from the start and taken up again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tidings.join.cluster import Clustering, Links, Merge, agglomerate

N = 12
Pair = tuple[int, int]
Scored = tuple[int, int, float]


def run(
    pairs: Sequence[Scored],
    barred: Iterable[Pair] = (),
    *,
    days: Sequence[Pair] = ((0, 1000),) * N,
    history: Sequence[Merge] = (),
    changed: Sequence[int] | None = None,
    least: float = -4.0,
) -> Clustering:
    """Return what comes of scored pairs and of pairs that never share a group."""
    i, j = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    bits = np.array([pair[2] for pair in pairs], dtype=np.float64)
    never = sorted(barred)
    bars = tuple(np.array([pair[side] for pair in never], dtype=np.int64) for side in (0, 1))
    links = Links(len(days), (i, j, bits), (bars[0], bars[1]), least=least)
    return agglomerate(links, days, threshold=0.0, most_apart=3, history=history, changed=changed)


def groups(found: Clustering) -> list[list[int]]:
    """Return the groups in the order of their first member."""
    return sorted(found.groups.values())


def test_a_chain_of_strong_links_does_not_become_one_group() -> None:
    """Connected components would join all five; the mean over all pairs does not."""
    assert max(len(group) for group in groups(run([(at, at + 1, 3.0) for at in range(4)]))) < 5


def test_a_cannot_link_holds_however_many_speak_for_it() -> None:
    """Two claims that never share an event keep their whole groups apart."""
    pairs = [(a, b, 9.0) for a in range(4) for b in range(a + 1, 4)]

    assert not any({0, 3} <= set(group) for group in groups(run(pairs, [(0, 3)])))


def test_days_that_were_never_compared_still_bar() -> None:
    """A claim without days cannot bring together two whose days lie apart."""
    found = run([(0, 1, 5.0), (1, 2, 4.0)], days=[(10, 10), (0, 1000), (30, 30)], least=4.0)

    assert groups(found) == [[0, 1]]


_BITS = st.integers(-9, 9).map(float)
_PAIRS = st.lists(
    st.tuples(st.integers(0, N - 1), st.integers(0, N - 1), _BITS).filter(lambda pair: pair[0] < pair[1]),
    unique_by=lambda pair: pair[:2],
    max_size=40,
)
_BARRED = st.sets(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)).filter(lambda pair: pair[0] < pair[1]), max_size=6)  # fmt: skip
_DAYS = st.lists(st.integers(0, 9).map(lambda day: (day, day)) | st.just((0, 1000)), min_size=N, max_size=N)


@given(_PAIRS, _BARRED)
def test_groups_never_overlap_nor_hold_a_barred_pair(pairs: list[Scored], barred: set[Pair]) -> None:
    """Every claim lies in one group at most, and no group holds a pair that is barred."""
    held = groups(run(pairs, barred))
    flat = [one for group in held for one in group]

    assert len(flat) == len(set(flat))
    assert not any({a, b} <= set(group) for group in held for a, b in barred)


@given(_PAIRS)
def test_the_order_of_pairs_changes_nothing(pairs: list[Scored]) -> None:
    """The same pairs in another order give the same groups by the same merges."""
    assert run(pairs) == run(pairs[::-1])


@given(_PAIRS, _BARRED, _DAYS, st.sets(st.integers(0, N - 1), max_size=4))
def test_taking_up_a_history_is_starting_over(
    pairs: list[Scored], barred: set[Pair], days: list[Pair], fresh: set[int]
) -> None:
    """When claims come, and when they go, the history played again ends where starting over ends."""
    kept = [at for at in range(N) if at not in fresh]
    small = {at: place for place, at in enumerate(kept)}
    few = [(small[a], small[b], bits) for a, b, bits in pairs if a in small and b in small]
    bars = {(small[a], small[b]) for a, b in barred if a in small and b in small}
    without = run(few, bars, days=[days[at] for at in kept])
    whole = run(pairs, barred, days=days)

    come = [(value, kept[a], kept[b]) for value, a, b in without.merges]
    grown = run(pairs, barred, days=days, history=come, changed=sorted(fresh))
    gone = [(value, small.get(a, -1), small.get(b, -1)) for value, a, b in whole.merges]
    shrunk = run(few, bars, days=[days[at] for at in kept], history=gone, changed=[])

    assert (grown.groups, grown.merges) == (whole.groups, whole.merges)
    assert (shrunk.groups, shrunk.merges) == (without.groups, without.merges)


@given(_PAIRS, _PAIRS, _DAYS)
def test_pairs_that_change_are_taken_up(before: list[Scored], after: list[Scored], days: list[Pair]) -> None:
    """Where bits are otherwise, it is enough to name the claims of the pairs that are."""
    old, new = ({pair[:2]: pair[2] for pair in pairs} for pairs in (before, after))
    moved = {one for pair in old.keys() | new.keys() if old.get(pair) != new.get(pair) for one in pair}
    again = run(after, days=days, history=run(before, days=days).merges, changed=sorted(moved))
    anew = run(after, days=days)

    assert (again.groups, again.merges) == (anew.groups, anew.merges)
