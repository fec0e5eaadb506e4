"""The stage ``read`` over many documents: which reader reads which, in how many processes, and under what key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from tidings import read, runs
from tidings.model import UNKNOWN, DocId, Document, Progress, Reader, Reading, sha256_hex, to_plain

__all__ = ["languages", "read_all", "reader_for", "reading_keys"]

_SHARDS_A_WORKER = 4
"""So that one worker with long reports does not keep the others waiting for the last quarter of the work."""


def languages() -> frozenset[str]:
    """Return the ISO 639-1 codes of the languages that some reader reads."""
    return frozenset().union(*(reader.languages for reader in read.readers()))


def reader_for(document: Document, readers: Sequence[Reader]) -> Reader | None:
    """Return the reader for a document's language, or None; an unknown language is tried as English."""
    language = document.language or "en"
    return next((reader for reader in readers if language in reader.languages), None)


def reading_keys(documents: Iterable[Document]) -> dict[DocId, str]:
    """Return, for each document that can be read, what its reading depends on: the reader's stamp and what it sees.

    A reading kept under the same key is the one that reading again would give.
    """
    readers = read.readers()
    keys: dict[DocId, str] = {}
    for document in documents:
        reader = None if document.known or document.unread else reader_for(document, readers)
        if document.known or reader is not None:
            stamp = to_plain(reader.stamp) if reader is not None else "known"
            # Where a report came from and when it was published changes nothing in how its words are read.
            seen = replace(document, path="", url="", published=UNKNOWN, published_basis="", copy_of="")
            keys[document.id] = sha256_hex(json.dumps([stamp, to_plain(seen)]).encode())
    return keys


def _read_shard(documents: Sequence[Document]) -> list[Reading]:
    return list(read_all(documents))


def read_all(documents: Iterable[Document], *, workers: int = 1, progress: Progress | None = None) -> Iterator[Reading]:
    """Yield a reading for each document that some reader can read; with several workers, in as many processes."""
    todo = sorted(documents, key=lambda document: document.id)
    if workers > 1:
        cut = runs.shards(todo, workers * _SHARDS_A_WORKER)
        readings = chain.from_iterable(runs.in_pool(_read_shard, cut, workers=workers))
    else:
        readings = chain.from_iterable(_read_here(todo))
    total = len(todo)
    for done, reading in enumerate(readings, start=1):
        yield reading
        if progress is not None:
            progress("reading", done, total)


def _read_here(todo: Sequence[Document]) -> Iterator[Iterable[Reading]]:
    readers = read.readers()
    yield map(read.read_known, (document for document in todo if document.known))
    for reader in readers:
        group = [doc for doc in todo if not doc.known and not doc.unread and reader_for(doc, readers) is reader]
        if group:
            yield reader.read(group)
