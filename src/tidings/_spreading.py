"""Reading many documents: cut into shards, handed to a runner, each reading taken in as it comes in the form in which it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tidings import read
from tidings._reading import Failure, chosen_readers, reader_for
from tidings.errors import RunnerError
from tidings.model import Document, Progress, Reader, Reading
from tidings.runs import Runner
from tidings.store.inputs import packed, unpacked

__all__ = ["LETTERS", "cut", "in_order", "read_many", "read_packed"]

LETTERS = 40_000
"""Letters of a shard: some ten reports of 600 words, two seconds of reading. Fewer would leave the parser's batches half empty
(one report a batch costs 5 to 20 % more, four none; bench/runners.py, 2026-11-25)."""
_FEWEST = 4_000
"""Letters of the last shards."""
_TO_COME = 16
"""A shard holds at most so large a part of what is still to come: the last ones are small, so that no worker is left with
seconds of reading while the others have none."""
_MOST = 64
"""Documents of a shard, however short."""


def _place(document: Document, readers: Sequence[Reader]) -> int:
    """Return the place of who reads a document: those without a reader first, then reader by reader; -1 where nobody does."""
    if document.known or document.brought:
        return 0
    reader = None if document.unread else reader_for(document, readers)
    return -1 if reader is None else 1 + readers.index(reader)


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Return the documents that somebody reads, those of one reader together, each reader's by id."""
    readers = chosen_readers()
    placed = [(_place(document, readers), document.id, document) for document in documents]
    return [document for place, _, document in sorted(placed, key=lambda row: row[:2]) if place >= 0]


def cut(documents: Sequence[Document], *, letters: int = LETTERS, most: int = _MOST) -> Iterator[list[Document]]:
    """Yield shards of nearly the same number of letters, the last ones smaller.

    Which documents stand together depends on nothing but them, and no reading depends on it.

    Args:
        documents: In the order of :func:`in_order`.
        letters: A shard is full when it holds so many.
        most: Or so many documents.
    """
    left = sum(len(document.text) for document in documents)
    shard: list[Document] = []
    held = 0
    for document in documents:
        shard.append(document)
        held += len(document.text)
        if held >= min(letters, max(_FEWEST, left // _TO_COME)) or len(shard) >= most:
            yield shard
            left -= held
            shard, held = [], 0
    if shard:
        yield shard


def read_packed(documents: Sequence[Document]) -> Iterator[bytes]:
    """Yield the reading of each document, in order, as it is kept. It is what runs in a worker."""
    readers = chosen_readers()
    for place, group in groupby(documents, key=lambda document: _place(document, readers)):
        if place > 0:
            yield from map(packed, readers[place - 1].read(list(group)))
        else:
            yield from (packed(read.read_known(row) if row.known else read.read_brought(row)) for row in group)


def read_many(
    documents: Iterable[Document],
    *,
    runner: Runner,
    failures: list[Failure] | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[Reading, bytes]]:
    """Yield a reading for each document that some reader can read, in any order, with the bytes in which it is kept.

    Args:
        documents: What to read.
        runner: Where reading runs.
        failures: Takes in the documents that were set aside after two tries.
        progress: Called after each document.

    Raises:
        RunnerError: Workers cannot be had, or read with another version.
    """
    todo = in_order(documents)
    if not todo:
        return  # no worker is started for nothing
    readers = chosen_readers()
    for done, outcome in enumerate(runner.run(read_packed, cut(todo)), start=1):
        if outcome.set_aside:
            if failures is not None:
                failures.append(Failure(outcome.item.id, outcome.set_aside))
        else:
            reading = unpacked(outcome.answer)
            _same_version(outcome.item, reading, readers)
            yield reading, outcome.answer
        if progress is not None:
            progress("reading", done, len(todo))


def _same_version(document: Document, reading: Reading, readers: Sequence[Reader]) -> None:
    """Refuse what a worker of another version read: it would be kept under the key of this one."""
    place = _place(document, readers)
    if place > 0 and reading.reader != readers[place - 1].stamp:
        raise RunnerError(
            f"a worker reads as {reading.reader.name} {reading.reader.version}, this machine as "
            f"{readers[place - 1].stamp.name} {readers[place - 1].stamp.version}. Install the same version of Tidings and its "
            "model on all machines."
        )
