"""The stage ``read`` over many documents: which reader reads which, in how many processes, and under what key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from tidings import read, runs
from tidings.model import UNKNOWN, DocId, Document, Progress, Reader, Reading, sha256_hex, to_plain

__all__ = ["Failure", "languages", "read_all", "reader_for", "reading_keys"]

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
        row = document.known or document.brought
        reader = None if row or document.unread else reader_for(document, readers)
        if row or reader is not None:
            stamp = to_plain(reader.stamp) if reader is not None else "brought" if document.brought else "known"
            # Where a report came from and when it was published changes nothing in how its words are read.
            seen = replace(document, path="", url="", published=UNKNOWN, published_basis="", copy_of="")
            keys[document.id] = sha256_hex(json.dumps([stamp, to_plain(seen)]).encode())
    return keys


@dataclass(frozen=True, slots=True)
class Failure:
    """A document on which its reader broke, and how."""

    document: DocId
    reason: str


def read_all(
    documents: Iterable[Document],
    *,
    workers: int = 1,
    failures: list[Failure] | None = None,
    progress: Progress | None = None,
) -> Iterator[Reading]:
    """Yield a reading for each document that some reader can read.

    Args:
        documents: What to read, in any order.
        workers: In how many processes.
        failures: Takes in the documents on which a reader breaks, so that one strange report among thousands does not
            stop the others; without it the error is raised.
        progress: Called after each reading.
    """
    todo = sorted(documents, key=lambda document: document.id)
    careful = failures is not None
    outcomes: Iterable[Reading | Failure]
    if workers > 1:
        cut = runs.shards(todo, workers * _SHARDS_A_WORKER)
        work = partial(_read_shard, careful=careful)
        outcomes = chain.from_iterable(runs.in_pool(work, cut, workers=workers))
    else:
        outcomes = _read_here(todo, careful=careful)
    for done, outcome in enumerate(outcomes, start=1):
        if isinstance(outcome, Failure):
            if failures is not None:
                failures.append(outcome)
        else:
            yield outcome
        if progress is not None:
            progress("reading", done, len(todo))


def _read_shard(documents: Sequence[Document], *, careful: bool) -> list[Reading | Failure]:
    return list(_read_here(documents, careful=careful))


def _read_here(todo: Sequence[Document], *, careful: bool) -> Iterator[Reading | Failure]:
    """Yield the readings of some documents, reader by reader."""
    readers = read.readers()
    yield from map(read.read_known, (document for document in todo if document.known))
    yield from map(read.read_brought, (document for document in todo if document.brought))
    for reader in readers:
        reports = (doc for doc in todo if not (doc.known or doc.brought or doc.unread))
        group = [doc for doc in reports if reader_for(doc, readers) is reader]
        if group:
            yield from _carefully(reader, group) if careful else reader.read(group)


def _carefully(reader: Reader, group: Sequence[Document]) -> Iterator[Reading | Failure]:
    """Yield a reading for each document, or how its reader broke on it."""
    done = 0
    try:
        for reading in reader.read(group):
            done += 1
            yield reading
    except Exception:
        # The stream is lost: what is left of it is read one by one, so that only the broken one is missing.
        for document in group[done:]:
            yield _alone(reader, document)


def _alone(reader: Reader, document: Document) -> Reading | Failure:
    try:
        return next(iter(reader.read([document])))
    except Exception as error:
        return Failure(document.id, f"{type(error).__name__}: {error}")
