"""A small made-up war in which the weighing is tested."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.model import Claim, Document, Entity, Event, Mention, Weighed
from tidings.testing import entity
from tidings.weigh import weigh

SUDAN = entity("Sudan", "place", lat=15.6, lon=30.2, radius_m=900_000, place_kind="country")
BAHRI = entity("Bahri", "place", lat=15.64, lon=32.55, radius_m=5_000, place_kind="city", part_of=SUDAN)
QUARTER = entity("Shambat", "place", lat=15.66, lon=32.53, radius_m=900, place_kind="neighbourhood", part_of=BAHRI)
PORT = entity("Port Sudan", "place", lat=19.62, lon=37.22, radius_m=5_000, place_kind="city", part_of=SUDAN)
ARMY = entity("the army", role="state")
AIR_FORCE = entity("the air force", role="state", part_of=ARMY)
RAPID = entity("the Rapid Column", role="armed_group")
CIVILIANS = entity("civilians", role="civilians")
WOMEN = entity("women", role="civilians")
MONITOR = entity("Nile Rights Watch", "source", role="monitor", aliases=("NRW",))
LEDGER = entity("The Nile Ledger", "source", role="outlet")
HERALD = entity("Red Sea Herald", "source", role="outlet")
ACTIVISTS = entity("local activists", "source", role="activist")
SPOKESMAN = entity("Col. Omar Idris", "person", part_of=ARMY)
ENTITIES = (
    SUDAN, BAHRI, QUARTER, PORT, ARMY, AIR_FORCE, RAPID, CIVILIANS, WOMEN, MONITOR, LEDGER, HERALD, ACTIVISTS, SPOKESMAN,
)  # fmt: skip


def event(*claims: Claim, kind: str = "", type: str = "") -> Event:  # noqa: A002
    """Return the event of claims given in order."""
    first = claims[0]
    return Event(
        id="e_" + first.id.removeprefix("c_"),  # type: ignore[arg-type]
        kind=kind or first.kind,
        type=type or first.type,
        agents_ids=first.agents_ids,
        targets_ids=first.targets_ids,
        places_ids=first.places_ids,
        claims=tuple(one.id for one in claims),
        documents=tuple(sorted({one.document for one in claims})),
        when=first.when,
    )


def weighed(
    documents: Sequence[Document],
    *events: Sequence[Claim],
    mentions: Sequence[Mention] = (),
    entities: Sequence[Entity] = ENTITIES,
    best: str = "most_conservative",
) -> Weighed:
    """Return what follows from groups of claims, each an event."""
    return weigh(
        documents=documents,
        claims=[claim for group in events for claim in group],
        attributions=(),
        mentions=mentions,
        entities=entities,
        events=[event(*group) for group in events],
        best=best,
    )
