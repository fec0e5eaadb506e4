"""The door of the room: mentions to entities, claims with entity ids, proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tidings.model import (
    UNKNOWN_PUBLISHER,
    Claim,
    Decision,
    Document,
    Entity,
    EntityId,
    Gazetteer,
    Mention,
    MentionId,
    Naming,
    Reading,
)
from tidings.resolve.facilities import name_facilities
from tidings.resolve.identity import Identity, identify
from tidings.resolve.placing import home_country, place_units
from tidings.resolve.units import Unit, gather_units

__all__ = ["resolve"]


def resolve(
    documents: Sequence[Document],
    readings: Iterable[Reading],
    *,
    gazetteer: Gazetteer,
    decisions: Sequence[Decision] = (),
) -> Naming:
    """Return the mentions of all readings with their entities, claims with entity ids, entities and proposals.

    A pure function: the same documents, readings, gazetteer and decisions give the same naming in whatever order
    they are given.

    Args:
        documents: All documents of the record.
        readings: One reading per document that was read.
        gazetteer: Where place names are looked up.
        decisions: Verdicts on names; see :mod:`tidings.resolve.verdicts`.
    """
    read_in = sorted(readings, key=lambda reading: reading.document)
    texts = {str(document.id): document.text for document in documents}
    units: list[Unit] = []
    for reading in read_in:
        units += gather_units(reading)
    homes = {str(document.id): home_country(document) for document in documents}
    placed = place_units(units, texts, gazetteer, homes=homes)
    name_facilities(units, placed, read_in, texts)
    publishers = sorted(
        {document.publisher for document in documents if document.publisher and document.publisher != UNKNOWN_PUBLISHER}
    )
    identity = identify(units, placed, publishers, decisions)
    entity_of = identity.mentions
    mentions = tuple(
        replace(mention, entity=entity_of.get(mention.id))
        for reading in read_in
        for mention in sorted(reading.mentions, key=_order)
    )
    members = {mention.id: mention.members for mention in mentions if mention.members}
    claims = tuple(_filled(claim, entity_of, members) for reading in read_in for claim in reading.claims)
    return Naming(
        mentions=mentions,
        claims=claims,
        entities=_sorted(identity),
        proposals=tuple(sorted(identity.proposals, key=lambda proposal: proposal.id)),
        publishers=tuple(sorted(identity.publishers.items())),
    )


def _order(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.id


def _sorted(identity: Identity) -> tuple[Entity, ...]:
    return tuple(sorted(identity.entities, key=lambda entity: (entity.kind, entity.name.casefold(), entity.id)))


def _filled(
    claim: Claim, entity_of: dict[MentionId, EntityId], members: dict[MentionId, tuple[MentionId, ...]]
) -> Claim:
    def ids(slot: Sequence[MentionId]) -> tuple[EntityId, ...]:
        spread = [part for mention in slot for part in (members.get(mention) or (mention,))]
        return tuple(dict.fromkeys(entity_of[mention] for mention in spread if mention in entity_of))

    return replace(
        claim,
        agents_ids=ids(claim.agents),
        targets_ids=ids(claim.targets),
        places_ids=ids(claim.places),
        origin_ids=ids(claim.origin),
        destination_ids=ids(claim.destination),
        chain_ids=ids(claim.chain),
    )


def most(counted: Counter[str]) -> str:
    """Return the most frequent form; of several the longest, then the first by letters."""
    return min(counted, key=lambda form: (-counted[form], -len(form), form)) if counted else ""
