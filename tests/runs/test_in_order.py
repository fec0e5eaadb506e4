"""Work cut into shards and spread over processes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.runs import in_pool, shards


@given(items=st.lists(st.integers()), number=st.integers(min_value=0, max_value=20))
def test_shards_hold_every_item_once_in_order_and_are_nearly_equal(items: list[int], number: int):
    """Shards put together are the items; none is empty, and no two differ by more than one item."""
    cut = shards(items, number)

    assert [item for shard in cut for item in shard] == items
    assert all(cut)
    assert len(cut) <= max(1, number)
    assert not cut or max(map(len, cut)) - min(map(len, cut)) <= 1


def test_a_pool_answers_in_order():
    """Answers from several processes come in the order of the questions."""
    assert list(in_pool(abs, [-3, 2, -1, 0], workers=2)) == [3, 2, 1, 0]


def test_one_worker_needs_no_process():
    """With one worker all is done here, so a function without a name will do."""
    assert list(in_pool(lambda item: item * 2, [1, 2], workers=1)) == [2, 4]
