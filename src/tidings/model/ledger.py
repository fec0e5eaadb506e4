"""What follows from claims by a stated rule. Every row lists the claims it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model.ids import ClaimId, DocId, EntityId, MentionId
from tidings.model.when import UNKNOWN, When

__all__ = [
    "BriefSentence",
    "Contradiction",
    "Custody",
    "Echo",
    "Figure",
    "Framing",
    "Holding",
    "Movement",
    "PersonEntry",
    "Property",
    "Relation",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number of dead, wounded or missing, as a range over independent origins; never an average.

    ``group_ids`` are the entities harmed, ``group`` their words when no entity stands for them; ``by_ids`` who did it. ``scope``: daily,
    cumulative, total, unknown. ``made``: documented, estimated, unknown. ``low`` is the smallest floor, ``high`` the
    largest ceiling, ``best`` one origin's number by the named ``rule``. ``beyond`` says why a number that was given stands
    in no range; the row then has no ends.
    """

    id: str
    measure: str
    group: tuple[str, ...]
    group_ids: tuple[EntityId, ...]
    by_ids: tuple[EntityId, ...]
    places_ids: tuple[EntityId, ...]
    when: When
    scope: str
    made: str
    low: int | None
    best: int | None
    high: int | None
    contested: bool
    rule: str
    claims: tuple[ClaimId, ...]
    beyond: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """Who held a place, from when until when. ``standing``: held, shared, contested, claimed, lost."""

    id: str
    place_id: EntityId
    holder_ids: tuple[EntityId, ...]
    since: When
    until: When
    share: str
    standing: str
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """People who left, returned, or were sheltered. ``beyond`` says why a number that was given stands in no range."""

    id: str
    type: str
    origin_ids: tuple[EntityId, ...]
    destination_ids: tuple[EntityId, ...]
    shelter_ids: tuple[EntityId, ...]
    group_ids: tuple[EntityId, ...]
    low: int | None
    high: int | None
    when: When
    claims: tuple[ClaimId, ...]
    beyond: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonEntry:
    """A named person: the harmed, the held, the speaking."""

    id: str
    entity: EntityId
    name: str
    standing: str
    harm: str
    age: int | None
    sex: str
    occupation: str
    when: When
    places_ids: tuple[EntityId, ...]
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Custody:
    """People held or let go: who, whose, by whom. ``standing``: held, released, unknown.

    ``beyond`` says why a number that was given stands in no range.
    """

    id: str
    who_ids: tuple[EntityId, ...]
    whose_ids: tuple[EntityId, ...]
    by_ids: tuple[EntityId, ...]
    low: int | None
    high: int | None
    since: When
    until: When
    standing: str
    claims: tuple[ClaimId, ...]
    beyond: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """Things taken, destroyed, given back or priced."""

    id: str
    what: str
    whose_ids: tuple[EntityId, ...]
    by_ids: tuple[EntityId, ...]
    low: int | None
    high: int | None
    price: int | None
    currency: str
    standing: str
    when: When
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """How two parties stood to each other, from when until when, by whose claim."""

    id: str
    a: EntityId
    b: EntityId
    type: str
    mode: str
    since: When
    until: When
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo:
    """A claim that repeats another. ``basis``: same_origin, copied_text, cites_outlet, repeated_in_document."""

    id: str
    claim: ClaimId
    of: ClaimId
    basis: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction:
    """Claims that cannot all stand. ``reason``: number, actor, place, time, polarity, manner, holder."""

    id: str
    reason: str
    why: str
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Framing:
    """What one publisher calls one entity, and how often."""

    id: str
    publisher: str
    entity: EntityId
    wording: str
    n: int
    mentions: tuple[MentionId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BriefSentence:
    """One sentence of the brief with the values it states and what it stands on.

    ``values`` are the figures, days and names in the sentence that a checker must find in the cited claims.
    ``documents`` are cited where the sentence says that something is not known.
    """

    id: str
    order: int
    section: str
    sentence: str
    values: tuple[str, ...]
    claims: tuple[ClaimId, ...]
    documents: tuple[DocId, ...]
    when: When = UNKNOWN
