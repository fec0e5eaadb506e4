"""Groups of claims become events: what they agree on, in a fixed order, and the episode that holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tidings.model import Claim, ClaimId, DocId, Document, Entity, EntityId, Event, EventId, When

__all__ = ["event_id", "event_of", "in_order", "with_episodes"]

_LATEST = date.max


def in_order(claims: Iterable[Claim], documents: Mapping[DocId, Document]) -> list[Claim]:
    """Return claims in the fixed order: day of publication, report, place in the report, id."""

    def key(claim: Claim) -> tuple[date, str, int, str]:
        document = documents.get(claim.document)
        published = document.published.earliest if document else None
        return (published or _LATEST, claim.document, claim.start, claim.id)

    return sorted(claims, key=key)


def event_id(first: ClaimId) -> EventId:
    """Return the id of the event whose first claim this is: "e_" and the claim's digits."""
    return EventId("e_" + first.split("_", 1)[-1])


def event_of(claims: Sequence[Claim], entities: Mapping[EntityId, Entity]) -> Event:
    """Return the event of claims given in the fixed order, without days, origins or grade.

    The type is that of most claims; a number of dead names an event only when nothing else does, because the dead are
    what came of it. Parties and places come in the order of how many claims name them.
    """
    naming = [claim for claim in claims if claim.kind != "casualties"] or list(claims)
    kind, type_ = _most((claim.kind, claim.type) for claim in naming)
    turn = (kind, type_) == ("control", "lost")
    agents: list[EntityId] = []
    targets: list[EntityId] = []
    for claim in claims:
        told_backwards = _is_lost(claim) != turn and claim.kind == "control" == kind
        agents += claim.targets_ids if told_backwards else claim.agents_ids
        targets += claim.agents_ids if told_backwards else claim.targets_ids
    places = _ranked(place for claim in claims for place in (claim.places_ids or claim.origin_ids))
    return Event(
        id=event_id(claims[0].id),
        kind=kind,
        type=type_,
        agents_ids=_ranked(agents),
        targets_ids=tuple(
            one for one in _ranked(targets) if one not in agents or (kind, type_) == ("event", "armed_clash")
        ),
        places_ids=_finest(places, entities),
        claims=tuple(claim.id for claim in claims),
        documents=tuple(sorted({claim.document for claim in claims})),
    )


def _is_lost(claim: Claim) -> bool:
    return (claim.kind, claim.type) == ("control", "lost")


def _most(items: Iterable[tuple[str, str]]) -> tuple[str, str]:
    counts = Counter(items)
    return max(counts, key=lambda item: counts[item])


def _ranked(items: Iterable[EntityId]) -> tuple[EntityId, ...]:
    counts = Counter(items)
    order = {item: at for at, item in enumerate(counts)}
    return tuple(sorted(counts, key=lambda item: (-counts[item], order[item])))


def above(one: EntityId, entities: Mapping[EntityId, Entity]) -> set[EntityId]:
    """Return everything that an entity lies in."""
    found: set[EntityId] = set()
    while one in entities and entities[one].part_of and entities[one].part_of not in found:
        one = EntityId(str(entities[one].part_of))
        found.add(one)
    return found


def _finest(places: Sequence[EntityId], entities: Mapping[EntityId, Entity]) -> tuple[EntityId, ...]:
    """Leave out a place when another one of the event lies in it."""
    wider = set().union(*(above(place, entities) for place in places)) if places else set()
    return tuple(place for place in places if place not in wider)


def with_episodes(
    events: Sequence[Event], claims: Mapping[ClaimId, Claim], entities: Mapping[EntityId, Entity]
) -> list[Event]:
    """Return the events with ``part_of``: an episode told as a whole holds what lies within its place and days.

    Both must name a place, one party must be of both, and days that are known must allow it. The shortest episode wins.
    """
    wholes = [(event, _span(event, claims)) for event in events if any(claims[one].whole for one in event.claims)]
    wholes = [(event, span) for event, span in wholes if span.known and event.places_ids]
    if not wholes:
        return list(events)
    wholes.sort(key=lambda pair: (_length(pair[1]), pair[0].id))
    out: list[Event] = []
    for event in events:
        holder = None
        if not any(claims[one].whole for one in event.claims) and event.kind not in {"statement", "relation"}:
            span = _span(event, claims)
            holder = next((whole.id for whole, days in wholes if _holds(whole, days, event, span, entities)), None)
        out.append(event if event.part_of == holder else replace(event, part_of=holder))
    return out


def _span(event: Event, claims: Mapping[ClaimId, Claim]) -> When:
    known = [claims[one].when for one in event.claims if claims[one].when.known]
    return min(known, key=_length) if known else When()


def _length(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 1_000_000
    return (when.latest - when.earliest).days


def _holds(whole: Event, days: When, part: Event, span: When, entities: Mapping[EntityId, Entity]) -> bool:
    if not part.places_ids or not span.known or not days.meets(span):
        return False
    parties = {*whole.agents_ids, *whole.targets_ids}
    if parties and not parties & {*part.agents_ids, *part.targets_ids}:
        return False
    ground = set(whole.places_ids)
    return any(place in ground or above(place, entities) & ground for place in part.places_ids)
