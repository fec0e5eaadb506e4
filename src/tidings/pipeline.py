"""The product on one page: reports walk through once, left to right.

::

    gather  →  read  →  resolve  →  date  →  join  →  date  →  weigh  →  tell
    bytes      claims    entities    days     events   days     ledgers   the brief

Reading is the only costly step and looks at one document at a time, so readings are kept by the caller and handed
back in ``kept``. All that follows is a pure function of documents, readings, gazetteer, known days and decisions:
adding a sixth report to five gives the same record as building all six at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from tidings import date, join, read, resolve, tell, weigh
from tidings.gather import Gathered, gather, known_documents
from tidings.model import Contents, Decision, Document, Gazetteer, Progress, Reader, Reading
from tidings.resolve import open_gazetteer

__all__ = ["Gathered", "contents", "gather", "known_documents", "open_gazetteer", "read_all", "reader_for"]


def reader_for(document: Document, readers: Sequence[Reader]) -> Reader | None:
    """Return the reader for a document's language, or None; an unknown language is tried as English."""
    language = document.language or "en"
    return next((reader for reader in readers if language in reader.languages), None)


def read_all(documents: Iterable[Document], *, progress: Progress | None = None) -> Iterator[Reading]:
    """Yield a reading for each document that some reader can read, in order of reader and document."""
    readers = read.readers()
    todo = sorted(documents, key=lambda document: document.id)
    known = [document for document in todo if document.known]
    groups = [
        (reader, [doc for doc in todo if not doc.known and not doc.unread and reader_for(doc, readers) is reader])
        for reader in readers
    ]
    total = len(known) + sum(len(group) for _, group in groups)
    readings = chain(
        map(read.read_known, known),
        chain.from_iterable(reader.read(group) for reader, group in groups if group),
    )
    for done, reading in enumerate(readings, start=1):
        yield reading
        if progress is not None:
            progress("reading", done, total)


def contents(
    documents: Iterable[Document],
    readings: Iterable[Reading],
    *,
    gazetteer: Gazetteer,
    decisions: Sequence[Decision] = (),
    progress: Progress | None = None,
) -> Contents:
    """Return everything the record holds, derived from documents and their readings."""

    def step(name: str, number: int) -> None:
        if progress is not None:
            progress(name, number, 6)

    docs = tuple(sorted(documents, key=lambda document: document.id))
    read_in = sorted(readings, key=lambda reading: reading.document)
    times = tuple(chain.from_iterable(reading.times for reading in read_in))
    attributions = tuple(chain.from_iterable(reading.attributions for reading in read_in))

    step("resolving names", 0)
    named = resolve.resolve(docs, read_in, gazetteer=gazetteer, decisions=decisions)
    step("dating each report", 1)
    alone = date.date_alone(docs, times, named.claims)
    step("joining accounts", 2)
    joined = join.join(alone.documents, alone.claims, named.entities)
    step("dating together", 3)
    dated = date.date_together(alone.documents, times, alone.claims, joined.events)
    step("weighing", 4)
    weighed = weigh.weigh(
        documents=dated.documents,
        claims=dated.claims,
        attributions=attributions,
        mentions=named.mentions,
        entities=named.entities,
        events=dated.events,
    )
    step("telling", 5)
    whole = Contents(
        documents=dated.documents,
        attributions=attributions,
        times=times,
        claims=dated.claims,
        mentions=named.mentions,
        entities=named.entities,
        proposals=named.proposals,
        constraints=dated.constraints,
        comparisons=joined.comparisons,
        weighed=weighed,
    )
    told = replace(whole, brief=tell.brief(whole))
    step("telling", 6)
    return told
