"""The door of the weighing: events get origins and grades; echoes, contradictions and ledgers follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidings.model import Attribution, Claim, Document, Entity, Event, Mention, Weighed
from tidings.weigh.contradictions import contradictions
from tidings.weigh.echoes import echoes
from tidings.weigh.grades import grade, rivals
from tidings.weigh.ledgers.custody import custody
from tidings.weigh.ledgers.figures import figures
from tidings.weigh.ledgers.framings import framings
from tidings.weigh.ledgers.holdings import holdings
from tidings.weigh.ledgers.movements import movements
from tidings.weigh.ledgers.persons import persons
from tidings.weigh.ledgers.property import property_rows
from tidings.weigh.ledgers.relations import relations
from tidings.weigh.origins import origins_of, roots_of
from tidings.weigh.view import view

__all__ = ["weigh"]


def weigh(
    *,
    documents: Sequence[Document],
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    events: Sequence[Event],
    best: str = "most_conservative",
) -> Weighed:
    """Return events with their origins and grade, and everything that follows from claims by a stated rule.

    Args:
        documents: The reports.
        claims: Claims with entities and days.
        attributions: Stretches of reported speech.
        mentions: Words that name something, with their entities.
        entities: Every entity.
        events: Events with their days.
        best: Which origin's number is a figure's best: most_conservative, latest_word or most_origins.
    """
    seen = view(
        documents=documents,
        claims=claims,
        attributions=attributions,
        mentions=mentions,
        entities=entities,
        events=events,
    )
    roots = roots_of(seen)
    against = contradictions(seen, roots)
    rival = rivals(against)
    weighed = []
    for event in sorted(events, key=lambda one: one.id):
        origins = origins_of(event, seen, roots)
        weighed.append(replace(event, origins=origins, grade=grade(event, origins, seen, rival)))
    return Weighed(
        events=tuple(weighed),
        echoes=echoes(seen, roots),
        contradictions=against,
        figures=figures(seen, roots, best=best),
        holdings=holdings(seen, roots),
        movements=movements(seen, roots),
        persons=persons(seen),
        custody=custody(seen, roots),
        property=property_rows(seen, roots),
        relations=relations(seen),
        framings=framings(seen),
    )
