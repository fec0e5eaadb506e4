"""Claims and events in neutral prose, with their mode and by whose word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tidings.model import UNKNOWN_PUBLISHER, Claim, ClaimId, Contents, Document, Entity, Event, Origin
from tidings.tell.words import listed, names_of, with_article

__all__ = ["Shelf", "clause"]

_MODE = {
    "asserted": "{clause}",
    "denied": "it is denied that {clause}",
    "possible": "it is said to be possible that {clause}",
    "intended": "it is said to be planned or attempted that {clause}",
}
_NOWHERE = "a place that is not named"


@cache
def _phrases() -> dict[str, dict[str, dict[str, str]]]:
    with files("tidings.tell").joinpath("phrases.toml").open("rb") as stream:
        return tomllib.load(stream)


def clause(
    kind: str,
    type_: str,
    *,
    agents: Sequence[str],
    targets: Sequence[str],
    places: Sequence[str],
    mode: str = "asserted",
) -> str:
    """Return a claim's proposition as an English clause without a full stop.

    The words come from ``phrases.toml``, one entry a type, so that no report's vocabulary is adopted.
    """
    forms = _phrases().get(kind, {}).get(type_)
    if forms is None:
        return ""
    form = forms["both" if agents and targets else "agents" if agents else "targets" if targets else "none"]
    words = form.format(
        agents=listed(with_article(name) for name in agents),
        targets=listed(with_article(name) for name in targets),
        places=listed(with_article(name) for name in places) or _NOWHERE,
    )
    if places and "{places}" not in form:
        words += f" in {listed(with_article(name) for name in places)}"
    return _MODE.get(mode, "{clause}").format(clause=words)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The contents of a record, to be looked up by id while a brief is written."""

    contents: Contents
    claims: dict[str, Claim]
    documents: dict[str, Document]
    entities: dict[str, Entity]
    names: dict[str, str]
    events: dict[str, Event]

    @classmethod
    def of(cls, contents: Contents) -> Shelf:
        """Return the shelf of some contents."""
        return cls(
            contents=contents,
            claims={claim.id: claim for claim in contents.claims},
            documents={document.id: document for document in contents.documents},
            entities={entity.id: entity for entity in contents.entities},
            names={entity.id: entity.name for entity in contents.entities},
            events={event.id: event for event in contents.weighed.events},
        )

    def named(self, ids: Iterable[str]) -> list[str]:
        """Return the display names of some entities."""
        return names_of(list(ids), self.names)

    def publisher(self, claim: Claim) -> str:
        """Return who published the report that a claim stands in."""
        return self.documents[claim.document].publisher or UNKNOWN_PUBLISHER

    def origin_of(self, claim: Claim) -> str:
        """Return the name at the end of a claim's chain: its origin, or the publisher in its own voice."""
        chain = self.named(claim.chain_ids)
        return chain[-1] if chain else self.publisher(claim)

    def by_whom(self, claims: Sequence[ClaimId], origins: Sequence[Origin] = ()) -> tuple[str, list[str]]:
        """Return "according to SOHR (in NOW and ANF)" for some claims, and the names it states.

        Each origin is named once with the outlets that carry it; five are shown at the most.
        """
        held = [self.claims[claim] for claim in claims if claim in self.claims]
        groups: dict[str, list[str]] = {}
        by_claim = {claim: origin.name for origin in origins for claim in origin.claims}
        for claim in held:
            origin = by_claim.get(claim.id) or self.origin_of(claim)
            carriers = groups.setdefault(origin, [])
            publisher = self.publisher(claim)
            if publisher != origin and publisher not in carriers and not origin.startswith(publisher):
                carriers.append(publisher)
        shown = [
            with_article(origin) + (f" (in {listed(carriers)})" if carriers else "")
            for origin, carriers in list(groups.items())[:5]
        ]
        if len(groups) > 5:
            shown.append(f"{len(groups) - 5} more")
        values = [name for claim in held[:5] for name in [self.publisher(claim)]]
        return f"according to {listed(shown)}" if shown else "", list(dict.fromkeys(values))

    def voice(self, event: Event) -> str:
        """Return the mode in which most of an event's claims are made, asserted first among equals."""
        order = {"asserted": 0, "denied": 1, "possible": 2, "intended": 3}
        modes = [self.claims[claim].mode for claim in event.claims if claim in self.claims]
        return min(set(modes), key=lambda mode: (-modes.count(mode), order.get(mode, 4)), default="asserted")

    def event_clause(self, event: Event) -> tuple[str, list[str]]:
        """Return an event as a clause, and the names that it states."""
        agents, targets, places = (
            self.named(event.agents_ids),
            self.named(event.targets_ids),
            self.named(event.places_ids),
        )
        words = clause(
            event.kind, event.type, agents=agents, targets=targets, places=places[:4], mode=self.voice(event)
        )
        return words, [name for name in [*agents, *targets, *places[:4]] if name in words]
