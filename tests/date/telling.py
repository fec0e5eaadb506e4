"""Builders for reports with claims and words about time, by the words themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from tidings.model import Claim, ClaimId, DocId, Document, Event, EventId, Sha256, TimeId, TimeWords, When

__all__ = ["claim", "event", "report", "words"]


def report(name: str, text: str, *, published: str | None = None, known: bool = False) -> Document:
    """Return a document; ``published`` is a day in ISO form."""
    when = When.day(date.fromisoformat(published)) if published else When()
    return Document(
        id=DocId(name),
        path=f"{name}.txt",
        sha256=Sha256("0" * 64),
        text=text,
        published=when,
        published_basis="sidecar" if published else "",
        known=known,
    )


def _place(document: Document, quote: str) -> tuple[int, int]:
    start = document.text.index(quote)
    return start, start + len(quote)


def words(document: Document, text: str, *, of: str | None = None, **fields: Any) -> TimeWords:
    """Return words about time at their first place in the text, counted from the happening told by ``of``."""
    start, end = _place(document, text)
    if of is not None:
        at = document.text.index(of, end)
        fields |= {"of_start": at, "of_end": at + len(of), "anchor": "span"}
    fields.setdefault("anchor", "report")
    return TimeWords(
        id=TimeId(f"t_{document.id}_{start}"), document=document.id, start=start, end=end, text=text, **fields
    )


def claim(document: Document, quote: str, *times: TimeWords, trigger: str = "", **fields: Any) -> Claim:
    """Return a claim that quotes words of a document; ``trigger`` is the word that tells of the happening."""
    start, end = _place(document, quote)
    at = start + quote.index(trigger) if trigger else start
    return Claim(
        id=ClaimId(fields.pop("id", f"c_{document.id}_{start}_{end}")),
        document=document.id,
        start=start,
        end=end,
        quote=quote,
        kind=fields.pop("kind", "event"),
        type=fields.pop("type", "armed_clash"),
        times=tuple(one.id for one in times),
        trigger_start=at,
        trigger_end=at + len(trigger),
        **fields,
    )


def event(*claims: Claim, part_of: Event | None = None) -> Event:
    """Return the happening that some claims tell of."""
    return Event(
        id=EventId("e_" + claims[0].id[2:]),
        kind=claims[0].kind,
        type=claims[0].type,
        agents_ids=(),
        targets_ids=(),
        places_ids=(),
        claims=tuple(one.id for one in claims),
        documents=tuple(sorted({one.document for one in claims})),
        part_of=None if part_of is None else part_of.id,
    )
