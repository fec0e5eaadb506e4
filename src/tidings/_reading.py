"""The stage ``read`` over documents: which reader reads which, and under what key. Many are read by :mod:`tidings._spreading`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tidings import read
from tidings.config import settings
from tidings.model import UNKNOWN, DocId, Document, Progress, Reader, Reading, sha256_hex, to_plain

__all__ = ["Failure", "chosen_readers", "languages", "read_all", "reader_for", "reading_keys"]


def chosen_readers() -> tuple[Reader, ...]:
    """Return the readers that the setting ``reader`` chooses: by rules, or by rules with the learned network beside them."""
    return read.readers(learned=settings().reader == "learned")


def languages() -> frozenset[str]:
    """Return the ISO 639-1 codes of the languages that some reader reads."""
    return frozenset().union(*(reader.languages for reader in chosen_readers()))


def reader_for(document: Document, readers: Sequence[Reader]) -> Reader | None:
    """Return the reader for a document's language, or None; an unknown language is tried as English."""
    language = document.language or "en"
    return next((reader for reader in readers if language in reader.languages), None)


def reading_keys(documents: Iterable[Document]) -> dict[DocId, str]:
    """Return, for each document that can be read, what its reading depends on: the reader's stamp and what it sees.

    A reading kept under the same key is the one that reading again would give.
    """
    readers = chosen_readers()
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
    """A document that was set aside because its reader broke on it twice, and how."""

    document: DocId
    reason: str


def read_all(documents: Iterable[Document], *, progress: Progress | None = None) -> Iterator[Reading]:
    """Yield a reading for each document that some reader can read, in this process; what breaks a reader is raised.

    Args:
        documents: What to read, in any order.
        progress: Called after each reading.
    """
    todo = sorted(documents, key=lambda document: document.id)
    for done, reading in enumerate(_read(todo), start=1):
        yield reading
        if progress is not None:
            progress("reading", done, len(todo))


def _read(todo: Sequence[Document]) -> Iterator[Reading]:
    """Yield the readings of some documents, reader by reader."""
    readers = chosen_readers()
    yield from map(read.read_known, (document for document in todo if document.known))
    yield from map(read.read_brought, (document for document in todo if document.brought))
    for reader in readers:
        reports = (doc for doc in todo if not (doc.known or doc.brought or doc.unread))
        group = [doc for doc in reports if reader_for(doc, readers) is reader]
        if group:
            yield from reader.read(group)
