"""A happening, the comparisons that made it, and constraints between days."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model.ids import ClaimId, DocId, EntityId, EventId
from tidings.model.when import UNKNOWN, When

__all__ = ["Comparison", "Constraint", "Event", "Origin"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """An independent root of reports: its name, and the claims that go back to it."""

    name: str
    entity: EntityId | None
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Claims that tell of one happening.

    The id is "e_" and the digits of its first claim's id, so an id that an event once had always leads to a claim, and
    through it to the event that holds the claim now. ``part_of`` is the episode that holds it. ``grade``: confirmed,
    fair, weak, contested, discounted.
    """

    id: EventId
    kind: str
    type: str
    agents_ids: tuple[EntityId, ...]
    targets_ids: tuple[EntityId, ...]
    places_ids: tuple[EntityId, ...]
    claims: tuple[ClaimId, ...]
    documents: tuple[DocId, ...]
    when: When = UNKNOWN
    part_of: EventId | None = None
    origins: tuple[Origin, ...] = ()
    grade: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Why two claims were joined into an event, or kept apart: one comparison with its bits and sentence."""

    event: EventId
    a: ClaimId
    b: ClaimId
    what: str
    bits: float
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Constraint:
    """``least_days`` <= day(b) - day(a) <= most_days, with the words that say so.

    ``a`` and ``b`` name points: "doc:<id>" (the report's day), "start:<id>" / "end:<id>" (of a claim or an event), "origin"
    (day 0 = 1970-01-01). ``kind``: explicit, soft, assumed, known. ``dropped`` is the reason it was left out, or empty.
    ``weekday`` (0 Monday) holds point ``b`` to a day of the week, ``weekdays`` to one of several, ``yearly`` (first month,
    day, last month, day) to some days of any year. ``rule`` names the soft word or assumption that gave the range and
    ``reason`` says it in a sentence; both are empty for plain words.
    """

    id: str
    a: str
    b: str
    least_days: int | None
    most_days: int | None
    kind: str
    document: DocId | None
    start: int | None
    end: int | None
    quote: str
    dropped: str = ""
    weekday: int | None = None
    weekdays: tuple[int, ...] = ()
    yearly: tuple[int, ...] = ()
    rule: str = ""
    reason: str = ""
