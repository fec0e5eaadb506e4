"""Average-link clustering with cannot-links."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.join.cluster import clusters, islands

ANY_DAY = [(0, 1000)] * 12
RULES = {"days": ANY_DAY, "threshold": 0.0, "least": -4.0, "most_apart": 3}


def test_a_chain_of_strong_links_does_not_become_one_group() -> None:
    """Connected components would join all five; the mean over all pairs does not."""
    chain = [(at, at + 1, 3.0) for at in range(4)]

    assert max(len(group) for group in clusters(chain, (), **RULES)) < 5  # type: ignore[arg-type]


def test_a_cannot_link_holds_however_many_speak_for_it() -> None:
    """Two claims that never share an event keep their whole groups apart."""
    pairs = [(a, b, 9.0) for a in range(4) for b in range(a + 1, 4)]
    groups = clusters(pairs, [(0, 3)], **RULES)  # type: ignore[arg-type]

    assert not any({0, 3} <= set(group) for group in groups)


def test_days_that_were_never_compared_still_bar() -> None:
    """A claim without days cannot bring together two whose days lie apart."""
    days = [(10, 10), (0, 1000), (30, 30)]
    groups = clusters([(0, 1, 5.0), (1, 2, 4.0)], (), days=days, threshold=0.0, least=4.0, most_apart=3)

    assert groups == [[0, 1]]


_PAIRS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(-9, 9)).filter(lambda pair: pair[0] < pair[1]),
    unique_by=lambda pair: pair[:2],
)


@given(_PAIRS, st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1])))
def test_groups_never_overlap_nor_hold_a_barred_pair(pairs: list[tuple[int, int, float]], barred: set[tuple[int, int]]) -> None:  # fmt: skip
    """Every claim lies in one group at most, and no group holds a pair that is barred."""
    groups = clusters(pairs, barred, **RULES)  # type: ignore[arg-type]
    flat = [one for group in groups for one in group]

    assert len(flat) == len(set(flat))
    assert not any({a, b} <= set(group) for group in groups for a, b in barred)


@given(_PAIRS)
def test_the_order_of_pairs_changes_nothing(pairs: list[tuple[int, int, float]]) -> None:
    """The same pairs in another order give the same groups."""
    assert clusters(pairs, (), **RULES) == clusters(pairs[::-1], (), **RULES)  # type: ignore[arg-type]


@given(_PAIRS)
def test_islands_are_the_connected_components(pairs: list[tuple[int, int, float]]) -> None:
    """Two claims have one label exactly when a path of linked pairs leads from one to the other."""
    import numpy as np

    i, j = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    label = islands(i, j, np.ones(len(pairs), dtype=np.bool_), 12)
    reach = {at: {at} for at in range(12)}
    for _ in range(12):
        for a, b, _bits in pairs:
            reach[a] |= reach[b]
            reach[b] |= reach[a]

    assert [int(one) for one in label] == [min(reach[at]) for at in range(12)]
