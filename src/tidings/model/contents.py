"""Everything a record holds at one moment, as one frozen value: what the line of stages returns."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model.claim import Claim
from tidings.model.document import Document
from tidings.model.entity import Entity, Proposal
from tidings.model.event import Comparison, Constraint, Event
from tidings.model.ledger import (
    BriefSentence,
    Contradiction,
    Custody,
    Echo,
    Figure,
    Framing,
    Holding,
    Movement,
    PersonEntry,
    Property,
    Relation,
)
from tidings.model.mention import Attribution, Mention
from tidings.model.when import TimeWords, When

__all__ = ["Contents", "Dating", "Joined", "Naming", "Weighed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """What ``resolve`` returns: mentions with their entities, claims with entity ids filled, entities, proposals.

    ``publishers`` maps a publisher's name to its entity.
    """

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    proposals: tuple[Proposal, ...] = ()
    publishers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Dating:
    """What ``date`` returns: documents, claims and events with their days, and the constraints that gave them."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...] = ()
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """What ``join`` returns: events without days, origins or grade, and the comparisons behind them.

    ``prior`` is the record's own prior in bits, fitted where none was handed in, and ``fitted`` what its pairs make of it
    in either case. ``notes`` say in sentences what was compared in samples only.
    """

    events: tuple[Event, ...]
    comparisons: tuple[Comparison, ...]
    prior: float | None = None
    notes: tuple[str, ...] = ()
    fitted: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """What ``weigh`` returns: events with origins and grade, and every ledger."""

    events: tuple[Event, ...]
    echoes: tuple[Echo, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    figures: tuple[Figure, ...] = ()
    holdings: tuple[Holding, ...] = ()
    movements: tuple[Movement, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    custody: tuple[Custody, ...] = ()
    property: tuple[Property, ...] = ()
    relations: tuple[Relation, ...] = ()
    framings: tuple[Framing, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """All tables of the record as nouns, each sorted in a fixed order.

    ``prior`` is the one number of the join that is the record's own, ``prior_fitted`` what its pairs make of it now. ``notes`` say in
    sentences which claims were compared in samples only.
    """

    documents: tuple[Document, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[TimeWords, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    weighed: Weighed = Weighed(events=())
    brief: tuple[BriefSentence, ...] = ()
    prior: float | None = None
    prior_fitted: float | None = None
    notes: tuple[str, ...] = ()

    def day_of(self, row: Claim) -> When:
        """Return the days of a claim."""
        return row.when
