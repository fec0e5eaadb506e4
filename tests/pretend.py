"""A line of stages that costs nothing: what tests of the record's own behaviour put in the place of reading.

Each sentence of a report is a claim by the report's publisher; each claim is a happening of its own. Nothing is loaded.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from typing import Any

from tidings import pipeline
from tidings.model import (
    Claim,
    ClaimId,
    Contents,
    DocId,
    Document,
    Event,
    EventId,
    ReaderStamp,
    Reading,
    Weighed,
    content_id,
)
from tidings.store.inputs import packed

__all__ = ["install"]

STAMP = ReaderStamp(name="pretend", version="1", model="none")
READ: list[str] = []
"""Paths of the documents that were read, in order."""


class NoGazetteer:
    """Knows no place."""

    stamp = "none"

    def lookup(self, name: str, **_: Any) -> list[Any]:
        """Return nothing."""
        return []


def _keys(documents: Iterable[Document]) -> dict[DocId, str]:
    return {document.id: f"pretend {document.id}" for document in documents if not document.unread}


def _read_all(documents: Iterable[Document], *, seconds: float = 0, **_: Any) -> Iterator[Reading]:
    for document in sorted(documents, key=lambda held: held.id):
        time.sleep(seconds)
        READ.append(document.path)
        claims = tuple(
            Claim(
                id=ClaimId(content_id("c", document.sha256, found.start())), document=document.id, start=found.start(),
                end=found.end(), quote=found[0], kind="event", type="other", rule="pretend", reader=STAMP,
            )
            for found in re.finditer(r"[^.\n]+\.", document.text)
        )  # fmt: skip
        yield Reading(document=document.id, reader=STAMP, claims=claims)


def _read_many(documents: Iterable[Document], *, seconds: float = 0, **_: Any) -> Iterator[tuple[Reading, bytes]]:
    for reading in _read_all(documents, seconds=seconds):
        yield reading, packed(reading)


def _contents(documents: Iterable[Document], readings: Iterable[Reading], **_: Any) -> Contents:
    claims = tuple(claim for reading in readings for claim in reading.claims)
    events = tuple(
        Event(
            id=EventId(f"e_{claim.id[2:]}"), kind="event", type="other", agents_ids=(), targets_ids=(), places_ids=(),
            claims=(claim.id,), documents=(claim.document,),
        )
        for claim in claims
    )  # fmt: skip
    return Contents(documents=tuple(documents), claims=claims, weighed=Weighed(events=events))


def install(put: Any, *, seconds: float = 0) -> None:
    """Put the pretended stages into the pipeline.

    Args:
        put: Called with an object, a name and a value: ``setattr`` or a monkeypatch's.
        seconds: How long a report takes to be read.
    """
    READ.clear()
    put(pipeline, "reading_keys", _keys)
    put(pipeline, "read_all", lambda documents, **more: _read_all(documents, seconds=seconds, **more))
    put(pipeline, "read_many", lambda documents, **more: _read_many(documents, seconds=seconds, **more))
    put(pipeline, "open_gazetteer", lambda **_: NoGazetteer())
    put(pipeline, "contents", _contents)
    put(pipeline, "languages", lambda: frozenset({"en"}))
