"""How documents are cut into shards."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings._spreading import LETTERS, cut
from tidings.model import DocId, Document, Sha256


def document(number: int, letters: int) -> Document:
    return Document(id=DocId(f"d_{number}"), path=f"{number}.txt", sha256=Sha256(str(number)), text="x" * letters)


@given(st.lists(st.integers(0, 60_000), max_size=60))
def test_shards_hold_every_document_once_and_grow_small_at_the_end(sizes: list[int]):
    """Shards put together are the documents in order; none is empty, none goes on once it is full, and the last are small."""
    documents = [document(number, letters) for number, letters in enumerate(sizes)]
    shards = list(cut(documents))

    assert [row for shard in shards for row in shard] == documents
    assert all(shards)
    for place, shard in enumerate(shards):
        before_last = sum(len(row.text) for row in shard[:-1])
        to_come = sum(len(row.text) for later in shards[place:] for row in later)
        assert before_last < min(LETTERS, max(4_000, to_come // 16)) or len(shard) == 1
        assert len(shard) <= 64
