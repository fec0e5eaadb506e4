"""A small made-up war in which the joining is tested."""

from __future__ import annotations

from tidings.model import Claim, Document, Entity, Event, Joined
from tidings.testing import entity

YEMEN = entity("Yemen", "place", lat=15.5, lon=47.5, radius_m=600_000, place_kind="country")
TAIZ = entity("Taiz", "place", lat=13.58, lon=44.02, radius_m=6_000, place_kind="city", part_of=YEMEN)
MOCHA = entity("Mocha", "place", lat=13.32, lon=43.25, radius_m=3_000, place_kind="town", part_of=YEMEN)
QUARTER = entity("Jahmaliya", "place", lat=13.57, lon=44.03, radius_m=900, place_kind="neighbourhood", part_of=TAIZ)
OTHER_QUARTER = entity("Salah", "place", lat=13.58, lon=44.04, radius_m=900, place_kind="neighbourhood", part_of=TAIZ)
ARMY = entity("the army", role="state")
GUARD = entity("the Guard", role="armed_group", part_of=ARMY)
NORTH = entity("the Northern Front", role="armed_group")
CIVILIANS = entity("civilians", role="civilians")
MONITOR = entity("Taiz Rights Watch", "source", role="monitor")
ENTITIES = (YEMEN, TAIZ, MOCHA, QUARTER, OTHER_QUARTER, ARMY, GUARD, NORTH, CIVILIANS, MONITOR)


def together(joined: Joined, *claims: Claim) -> bool:
    """Return whether one event holds all these claims."""
    return any(set(event.claims) >= {one.id for one in claims} for event in joined.events)


def event_with(joined: Joined, claim: Claim) -> Event:
    """Return the event that holds a claim."""
    return next(event for event in joined.events if claim.id in event.claims)


def told(documents: tuple[Document, ...], claims: tuple[Claim, ...], entities: tuple[Entity, ...] = ENTITIES) -> Joined:
    """Return what the join makes of them."""
    from tidings.join import join

    return join(documents, claims, entities)
