"""Builders that tests, of Tidings and of programs beside it, make nouns with in one line.

::

    sanaa = entity("Sanaa", "place", lat=15.35, lon=44.2, radius_m=8000, place_kind="city")
    report = doc("The army shelled Sanaa on Monday, killing 12.", publisher="The Gulf Echo", published="2015-05-05")
    struck = claim("event", "shelling", quote="shelled Sanaa", of=report, places=[sanaa], when="2015-05-04")
    dead = claim(killed=(12, 12), quote="killing 12", of=report, places=[sanaa], when="2015-05-04")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tidings.model import (
    Amount,
    Claim,
    ClaimId,
    DocId,
    Document,
    Entity,
    EntityId,
    Mention,
    MentionId,
    Place,
    content_id,
    parse_edtf,
    sha256_hex,
)

__all__ = ["amount", "claim", "doc", "documented", "entity", "mention"]

_MEASURES = ("killed", "wounded", "killed_or_wounded", "executed", "missing")


def doc(
    text: str,
    *,
    publisher: str = "",
    published: str = "",
    path: str = "",
    title: str = "",
    known: bool = False,
    copy_of: str = "",
    language: str = "en",
) -> Document:
    """Return a report with this text; its id depends on text, path and publisher.

    Args:
        text: The report's own words.
        publisher: Who published it; empty when the report does not say.
        published: The day of publication in EDTF; empty when unknown.
        path: Where it was found; two reports with the same words need different paths.
        title: The headline.
        known: Whether it is a row of a table of known days.
        copy_of: The id of the report that it copies.
        language: ISO 639-1 code.
    """
    digest = sha256_hex(f"{path}\x1f{publisher}\x1f{text}".encode())
    return Document(
        id=DocId(f"d_{digest[:16]}"),
        path=path or f"{digest[:8]}.txt",
        sha256=digest,
        text=text,
        publisher=publisher,
        title=title,
        language=language,
        published=parse_edtf(published, basis="sidecar" if published else ""),
        published_basis="sidecar" if published else "",
        known=known,
        copy_of=copy_of,
    )


def entity(
    name: str,
    kind: str = "actor",
    *,
    aliases: Iterable[str] = (),
    part_of: Entity | None = None,
    role: str = "",
    lat: float | None = None,
    lon: float | None = None,
    radius_m: int | None = None,
    place_kind: str = "",
    precision: str = "",
) -> Entity:
    """Return an entity; one of kind "place" gets a :class:`~tidings.model.Place`, known or not by its coordinates."""
    where = None
    if kind == "place":
        told = precision or ("exact" if lat is not None else "unknown")
        where = Place(lat=lat, lon=lon, radius_m=radius_m, kind=place_kind, precision=told)
    return Entity(
        id=EntityId(content_id("n", kind, name)),
        name=name,
        kind=kind,
        aliases=tuple(aliases),
        part_of=part_of.id if part_of else None,
        place=where,
        role=role,
    )


def amount(count: int | tuple[int | None, int | None] | Amount | None, text: str = "", unit: str = "") -> Amount | None:
    """Return an amount from a number, a pair of ends, or nothing."""
    if count is None or isinstance(count, Amount):
        return count
    low, high = (count, count) if isinstance(count, int) else count
    words = text or (str(low) if low == high else f"{low} to {high}")
    return Amount(low=low, high=high, text=words, unit=unit)


def claim(
    kind: str = "",
    type: str = "",  # noqa: A002  # the noun's own word
    *,
    of: Document,
    quote: str = "",
    agents: Sequence[Entity] = (),
    targets: Sequence[Entity] = (),
    places: Sequence[Entity] = (),
    origin: Sequence[Entity] = (),
    destination: Sequence[Entity] = (),
    chain: Sequence[Entity] = (),
    when: str = "",
    count: int | tuple[int | None, int | None] | Amount | None = None,
    **more: Any,
) -> Claim:
    """Return a claim of a report; ``killed=(20, 30)`` (or wounded, executed …) stands for kind, type, measure and count.

    ``quote`` is looked up in the report's text (its first place there), or is the whole text when not given.
    ``when`` is EDTF. Anything else in ``more`` goes to :class:`~tidings.model.Claim` as it is.
    """
    for measure in _MEASURES:
        if measure in more:
            kind, type, count = "casualties", measure, more.pop(measure)  # noqa: A001
            more.setdefault("measure", measure)
    words = quote or of.text
    start = max(0, of.text.find(words))
    quote = of.text[start : start + len(words)]
    days = parse_edtf(when, basis="said" if when else "")
    return Claim(
        id=ClaimId(content_id("c", of.sha256, start, start + len(words), kind, type, more.get("measure", ""))),
        document=of.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        kind=kind,
        type=type,
        count=amount(count, unit=more.pop("unit", "")),
        agents_ids=_ids(agents),
        targets_ids=_ids(targets),
        places_ids=_ids(places),
        origin_ids=_ids(origin),
        destination_ids=_ids(destination),
        chain_ids=_ids(chain),
        when=more.pop("days", days),
        **more,
    )


def mention(
    words: str, of: Document, who: Entity, *, kind: str = "", how: str = "name", nth: int = 0, **more: Any
) -> Mention:
    """Return the ``nth`` stretch of ``words`` in a report as a mention of ``who``."""
    start = -1
    for _ in range(nth + 1):
        start = of.text.find(words, start + 1)
    return Mention(
        id=MentionId(content_id("m", of.id, start, words)),
        document=of.id,
        start=start,
        end=start + len(words),
        text=words,
        kind=kind or who.kind,
        how=how,
        entity=who.id,
        **more,
    )


def documented(*claims: Claim, documents: Iterable[Document]) -> bool:
    """Return whether every claim quotes its report at its own offsets."""
    texts = {document.id: document.text for document in documents}
    return all(texts[one.document][one.start : one.end] == one.quote for one in claims)


def _ids(entities: Sequence[Entity]) -> tuple[EntityId, ...]:
    return tuple(one.id for one in entities)
