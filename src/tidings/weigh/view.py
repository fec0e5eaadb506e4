"""Everything that is weighed, looked up by id: what each rule and ledger is handed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tidings.model import (
    UNKNOWN_PUBLISHER,
    Attribution,
    Claim,
    ClaimId,
    DocId,
    Document,
    Entity,
    EntityId,
    Event,
    Mention,
    MentionId,
    When,
)
from tidings.text.shingles import containment, shingles, words
from tidings.text.skeleton import PROFILES, skeleton
from tidings.weigh.rules import rules

__all__ = ["View", "bare", "listed", "narrow", "view"]

_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s|\n")
_TAIL = re.compile(r"\s+(?:near|outside|close to|north of|south of|east of|west of)\s.*|\s+\d+$", re.IGNORECASE)
"""What follows a name and belongs to no name: "Sandhill near Harbour City", "Sandhill 60" where a distance was cut off."""
_REACH = 600
"""Code points before and behind a claim in which its sentence is looked for: a report may hold no full stop at all."""
_COPY_SIZE = 4
_COPY_WORDS = 8
_STEM, _LONG, _SHARED = 4, 3, 2
"""Words of three letters and more are one when they begin with the same four; two such words, and half of all, say it again."""
_COPIED = 0.6
"""As in the join: a clause of eight words or more that holds this part of another's runs of four words copies it."""


@dataclass(frozen=True, slots=True)
class View:
    """Nouns by id, in the order given, with the questions that several rules ask."""

    documents: dict[DocId, Document]
    claims: dict[ClaimId, Claim]
    attributions: dict[str, Attribution]
    mentions: dict[MentionId, Mention]
    entities: dict[EntityId, Entity]
    events: tuple[Event, ...]
    event_of: dict[ClaimId, Event]
    publishers: dict[str, EntityId]
    addends: dict[DocId, frozenset[ClaimId]] = field(default_factory=dict)
    _above: dict[EntityId, frozenset[EntityId]] = field(default_factory=dict)
    _claims_of: dict[DocId, list[Claim]] = field(default_factory=dict)
    _sources_of: dict[DocId, list[Mention]] = field(default_factory=dict)
    _marks: dict[ClaimId, frozenset[int]] = field(default_factory=dict)
    _bones: dict[EntityId, frozenset[str]] = field(default_factory=dict)

    def publisher(self, claim: Claim) -> str:
        """Return the name of the claim's publisher, or ``unknown publisher``."""
        return self.documents[claim.document].publisher or UNKNOWN_PUBLISHER

    def publisher_id(self, claim: Claim) -> EntityId | None:
        """Return the entity that stands for the publisher, where names agree but for case and article."""
        return self.publishers.get(bare(self.documents[claim.document].publisher))

    def order(self, claim: Claim) -> tuple[date, str, int, str]:
        """Return the fixed order: day of publication, report, place in the report, id."""
        published = self.documents[claim.document].published.earliest
        return (published or date.max, claim.document, claim.start, claim.id)

    def in_order(self, claims: Iterable[Claim]) -> list[Claim]:
        """Return claims in the fixed order."""
        return sorted(claims, key=self.order)

    def of_event(self, event: Event) -> list[Claim]:
        """Return an event's claims in the fixed order."""
        return self.in_order(self.claims[one] for one in event.claims if one in self.claims)

    def claims_of(self, document: DocId) -> Sequence[Claim]:
        """Return the claims of a report."""
        if not self._claims_of:
            for claim in self.claims.values():
                self._claims_of.setdefault(claim.document, []).append(claim)
        return self._claims_of.get(document, ())

    def sources_in(self, document: DocId, start: int, end: int) -> set[EntityId]:
        """Return who is named as a source between two places of a report."""
        if not self._sources_of:
            for mention in self.mentions.values():
                if mention.kind == "source" and mention.entity is not None:
                    self._sources_of.setdefault(mention.document, []).append(mention)
        near = self._sources_of.get(document, ())
        return {EntityId(str(one.entity)) for one in near if start <= one.start and one.end <= end}

    def name(self, one: EntityId) -> str:
        """Return an entity's name."""
        return self.entities[one].name if one in self.entities else one

    def names(self, ids: Iterable[EntityId]) -> str:
        """Return names joined by "and"."""
        return listed([self.name(one) for one in ids])

    def above(self, one: EntityId) -> frozenset[EntityId]:
        """Return everything that an entity belongs to or lies in, itself included."""
        if one not in self._above:
            found, at = {one}, one
            while at in self.entities:
                up = self.entities[at].part_of
                if up is None or up in found:
                    break
                found.add(up)
                at = up
            self._above[one] = frozenset(found)
        return self._above[one]

    def body(self, one: EntityId) -> EntityId:
        """Return the topmost body or area of an entity."""
        return next((up for up in sorted(self.above(one)) if len(self.above(up)) == 1), one)

    def bodies(self, ids: Iterable[EntityId]) -> frozenset[EntityId]:
        """Return the topmost bodies of entities."""
        return frozenset(self.body(one) for one in ids)

    def kin(self, some: Iterable[EntityId], others: Iterable[EntityId]) -> bool:
        """Return whether some entity of one set is, belongs to, or holds one of the other."""
        others = list(others)
        return any(a in self.above(b) or b in self.above(a) for a in some for b in others)

    def alike(self, some: Iterable[EntityId], others: Iterable[EntityId]) -> bool:
        """Return whether two sets can mean the same: kin, people of no party, or one place of one town in two spellings."""
        some, others = list(some), list(others)
        return self.kin(some, others) or any(self._one(a, b) for a in some for b in others)

    def one_spot(self, a: EntityId, b: EntityId) -> bool:
        """Return whether two places are one, or one of them is on no map and named as the other is, but for spelling or a tail."""
        if a == b:
            return True
        areas = [self.above(one) - {one} for one in (a, b)]
        apart = all(areas) and not areas[0] & areas[1]
        return (self.unplaced(a) or self.unplaced(b)) and not apart and not self.bones(a).isdisjoint(self.bones(b))

    def unplaced(self, one: EntityId) -> bool:
        """Return whether a place is on no map: it lies somewhere within another, or nobody knows where."""
        place = self.entities[one].place if one in self.entities else None
        return place is not None and place.precision in {"near", "country", "unknown"} and place.kind != "country"

    def _one(self, a: EntityId, b: EntityId) -> bool:
        one, other = self.entities.get(a), self.entities.get(b)
        if one is None or other is None or one.kind != other.kind:
            return False
        if one.kind == "place":
            return (
                one.part_of is not None and one.part_of == other.part_of and not self.bones(a).isdisjoint(self.bones(b))
            )
        return self.of_no_party(a) and self.of_no_party(b)

    def of_no_party(self, one: EntityId) -> bool:
        """Return whether an entity is a word for people of no party: civilians, residents, women."""
        entity = self.entities.get(one)
        return entity is not None and entity.kind != "person" and entity.role == "civilians"

    def bones(self, place: EntityId) -> frozenset[str]:
        """Return the consonants of a place's names, by the spelling rules of each family of languages."""
        found = self._bones.get(place)
        if found is None:
            entity = self.entities.get(place)
            names = [_TAIL.sub("", name) for name in (entity.name, *entity.aliases)] if entity is not None else []
            found = frozenset(bones for name in names for rules in PROFILES if (bones := skeleton(name, rules)))
            self._bones[place] = found
        return found

    def metres(self, a: EntityId, b: EntityId) -> float | None:
        """Return the metres between the edges of two places, 0 where they touch; None when one is not on the map."""
        one, other = self.entities[a].place, self.entities[b].place
        if one is None or other is None or None in (one.lat, one.lon, other.lat, other.lon):
            return None
        lat1, lon1, lat2, lon2 = (math.radians(x or 0.0) for x in (one.lat, one.lon, other.lat, other.lon))
        h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
        apart = 2 * 6_371_008.8 * math.asin(min(1.0, math.sqrt(h)))
        return max(0.0, apart - (one.radius_m or 0) - (other.radius_m or 0))

    def sentence(self, claim: Claim) -> str:
        """Return the words from the beginning of the sentence that holds a claim to its end."""
        start, end = self.sentence_span(claim)
        return self.documents[claim.document].text[start:end].strip()

    def sentence_span(self, claim: Claim) -> tuple[int, int]:
        """Return where the sentence that holds a claim begins and ends."""
        text = self.documents[claim.document].text
        start = 0
        for found in _SENTENCE_END.finditer(text, max(0, claim.start - _REACH), claim.start):
            start = found.end()
        last = max(claim.start, claim.end - 1)
        after = _SENTENCE_END.search(text, last, last + _REACH)
        end = after.start() + 1 if after else min(len(text), last + _REACH)
        return max(start, claim.start - _REACH), max(end, claim.end)

    def quoted(self, claim: Claim) -> str:
        """Return a claim's words on one line in quotation marks, with who says so."""
        words = " ".join(claim.quote.split())
        short = words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + " …"
        return f"{self.teller(claim)} says “{short}”"

    def teller(self, claim: Claim) -> str:
        """Return the publisher, and behind it the origin where there is one."""
        publisher = self.publisher(claim)
        if not claim.chain_ids:
            return publisher
        return f"{publisher}, from {self.name(claim.chain_ids[-1])},"

    def copied(self, a: Claim, b: Claim) -> bool:
        """Return whether one claim repeats the other's words, or stands in a copy of its report."""
        one, other = self.documents[a.document], self.documents[b.document]
        if one.id != other.id and (
            one.copy_of == other.id or other.copy_of == one.id or (one.copy_of and one.copy_of == other.copy_of)
        ):
            return True
        marks = [self._shingles(claim) for claim in (a, b)]
        if min(map(len, marks)) > _COPY_WORDS - _COPY_SIZE:
            return containment(*marks) >= _COPIED
        # A short clause is repeated by chance, unless the sentence round it is repeated too.
        told = [words(claim.quote) for claim in (a, b)]
        if told[0] != told[1]:
            return False
        around = [shingles(self.sentence(claim), size=_COPY_SIZE) for claim in (a, b)]
        return min(map(len, around)) > _COPY_WORDS - _COPY_SIZE and containment(*around) >= _COPIED

    def reworded(self, a: Claim, b: Claim) -> bool:
        """Return whether one claim says the other again in much the same words, inflected or in another order."""
        if self.copied(a, b):
            return True
        shared, shorter = len(self._stems(a) & self._stems(b)), min(len(self._stems(a)), len(self._stems(b)))
        return shared >= _SHARED and 2 * shared >= shorter

    def shares(self, a: Claim, b: Claim) -> int:
        """Return how many telling words two claims share, inflected or not."""
        return len(self._stems(a) & self._stems(b))

    def _stems(self, claim: Claim) -> frozenset[str]:
        idle = rules()["echo"]["idle"]
        return frozenset(word[:_STEM] for word in words(claim.quote) if len(word) >= _LONG and word not in idle)

    def _shingles(self, claim: Claim) -> frozenset[int]:
        if claim.id not in self._marks:
            self._marks[claim.id] = shingles(claim.quote, size=_COPY_SIZE)
        return self._marks[claim.id]


def view(
    *,
    documents: Sequence[Document],
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    events: Sequence[Event],
) -> View:
    """Return the view of everything that is weighed."""
    publishers: dict[str, EntityId] = {}
    for one in entities:
        if one.kind in {"source", "actor"}:
            for name in (one.name, *one.aliases):
                publishers.setdefault(bare(name), one.id)
    return View(
        documents={one.id: one for one in documents},
        claims={one.id: one for one in claims if one.status != "rejected"},
        attributions={one.id: one for one in attributions},
        mentions={one.id: one for one in mentions},
        entities={one.id: one for one in entities},
        events=tuple(events),
        event_of={claim: event for event in events for claim in event.claims},
        publishers=publishers,
    )


def bare(name: str) -> str:
    """Return a name in small letters without its article: the Nile Ledger is The Nile Ledger."""
    return name.casefold().removeprefix("the ").strip()


def listed(names: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else "nobody named"


def narrow(when: When, days: int) -> bool:
    """Return whether both ends are known and lie within so many days."""
    return when.earliest is not None and when.latest is not None and (when.latest - when.earliest).days < days
