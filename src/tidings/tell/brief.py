"""The brief: sentences in order, each with the values it states and the claims or documents it stands on.

No sentence states a value that its citations do not hold; ``check`` proves it. A sentence that says something is not
known cites the reports searched. Everything is worded from ``phrases.toml`` in neutral language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tidings.model import UNKNOWN, BriefSentence, ClaimId, Contents, DocId, Event, When, content_id
from tidings.tell.sections import accounts, harm, moves, unknowns
from tidings.tell.wording import Shelf
from tidings.tell.words import days

__all__ = ["SECTIONS", "brief"]

SECTIONS = (
    "What happened",
    "Who held what",
    "Casualties",
    "Displacement",
    "Detentions and property",
    "Where accounts differ",
    "Reports that repeat one origin",
    "What is not known",
)
"""The sections in their order, as in the column ``section`` of the table ``brief``."""

MOST_EVENTS = 120
"""Happenings told in the first section; the rest is counted in its last sentence. A brief is read, not searched."""


ROUGH_DAYS = 31
"""A happening whose days lie further apart than a month is told after those that can be placed in one."""


def tier(when: When) -> int:
    """Return 0 for days that lie within a month, 1 for days known only roughly, 2 for none."""
    if not when.known:
        return 2
    if when.earliest is None or when.latest is None:
        return 1
    return int((when.latest - when.earliest).days > ROUGH_DAYS)


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence before it has its id and its place in the order."""

    sentence: str
    values: list[str] = field(default_factory=list)
    claims: tuple[ClaimId, ...] = ()
    documents: tuple[DocId, ...] = ()
    when: When = UNKNOWN


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _when_values(when: When) -> list[str]:
    return list(dict.fromkeys(day.isoformat() for day in (when.earliest, when.latest) if day is not None))


def _importance(event: Event) -> tuple[int, int, int]:
    return (len(event.origins), len(event.documents), len(event.claims))


def _happened(shelf: Shelf) -> Iterator[Draft]:
    """One sentence a happening of kind event or control, in order of days, undated ones last."""
    told = [
        event
        for event in shelf.contents.weighed.events
        if event.kind in {"event", "control"} and not _known(shelf, event)
    ]
    # "Something else happened" tells a reader nothing; such happenings are counted in the last sentence.
    worded = [event for event in told if event.type != "other"]
    chosen = sorted(worded, key=lambda event: (_importance(event), event.id), reverse=True)[:MOST_EVENTS]

    def order(event: Event) -> tuple[int, str, str, str]:
        when = event.when
        return tier(when), str(when.earliest or when.latest or ""), str(when.latest or ""), event.id

    for event in sorted(chosen, key=order):
        words, names = shelf.event_clause(event)
        if not words:
            continue
        whose, publishers = shelf.by_whom(event.claims, event.origins)
        day = days(event.when)
        lead = f"{day}, {words}" if day else f"on a day that is not known, {words}"
        yield Draft(
            f"{_capital(lead)}, {whose}.",
            [*names, *publishers, *_when_values(event.when)],
            event.claims,
            when=event.when,
        )
    if len(told) > len(chosen):
        left = tuple(dict.fromkeys(doc for event in told for doc in event.documents))
        yield Draft(f"{len(told) - len(chosen)} further happenings stand in the record.", documents=left)


def _known(shelf: Shelf, event: Event) -> bool:
    """Return whether an event stands on known days alone, which are no report's news."""
    return all(shelf.documents[doc].known for doc in event.documents)


def brief(contents: Contents) -> tuple[BriefSentence, ...]:
    """Return the brief of a record's contents, in the order of :data:`SECTIONS`."""
    shelf = Shelf.of(contents)
    parts: list[tuple[str, Iterable[Draft]]] = [
        (SECTIONS[0], _happened(shelf)),
        (SECTIONS[1], (Draft(*row) for row in moves.holdings(shelf))),
        (SECTIONS[2], (Draft(*row) for row in harm.casualties(shelf))),
        (SECTIONS[3], (Draft(*row) for row in moves.displacement(shelf))),
        (SECTIONS[4], (Draft(*row) for row in harm.custody_and_property(shelf))),
        (SECTIONS[5], (Draft(*row) for row in accounts.contradictions(shelf))),
        (SECTIONS[6], (Draft(*row) for row in accounts.echoes(shelf))),
        (SECTIONS[7], (Draft(*row) for row in unknowns.unknown(shelf))),
    ]
    sentences: list[BriefSentence] = []
    for section, drafts in parts:
        for draft in drafts:
            sentences.append(
                BriefSentence(
                    id=content_id("b", section, draft.sentence, *draft.claims, *draft.documents),
                    order=len(sentences) + 1,
                    section=section,
                    sentence=draft.sentence,
                    values=tuple(dict.fromkeys(draft.values)),
                    claims=draft.claims,
                    documents=draft.documents,
                    when=draft.when,
                )
            )
    return tuple(sentences)
