"""What a model found, put beside what the rules found in the same document.

Where both tell of the same thing in the same way, the rules' claim stays and is surer; where they differ, both stay as candidates and are
less sure, so that they come up for review; what the model alone found enters as a candidate under the model's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tidings.ask.answer import Found, Span
from tidings.model import (
    Amount,
    Claim,
    ClaimId,
    Document,
    Mention,
    MentionId,
    ReaderStamp,
    Reading,
    content_id,
)

__all__ = ["RULE", "combined", "stamp_of"]

RULE = "asked"
"""The rule by which claims of a model are known; its name stands in their reader."""
VERSION = "1"
ALONE = 0.35
"""Confidence of a claim that the model alone found: below most of the rules' own."""
AGREED = 0.5
"""What an agreeing model takes off the doubt that is left."""
DIFFERS = 0.7
"""What a differing model leaves of the confidence."""
_KIND = {"agents": "actor", "targets": "actor", "places": "place", "chain": "source"}
_DIGITS = re.compile(r"\d{1,3}(?:[,. ]\d{3})+|\d+")


def stamp_of(model: str) -> ReaderStamp:
    """Return the stamp of claims that a model made."""
    return ReaderStamp(name="asked", version=VERSION, model=model)


def combined(document: Document, reading: Reading, model: str, found: Iterable[Found]) -> Reading:
    """Return a reading with the claims of a model in it.

    Args:
        document: The document.
        reading: What was read in it so far, of the rules or of the rules and other models.
        model: The model's name.
        found: Its grounded claims.
    """
    claims = {claim.id: claim for claim in reading.claims}
    names = _Names(document, reading)
    stamp = stamp_of(model)
    for one in sorted(found, key=lambda item: (item.start, item.end, item.kind, item.type)):
        like = [claim for claim in claims.values() if _covers(claim, one)]
        same = [claim for claim in like if (claim.type, claim.mode) == (one.type, one.mode)]
        if any(claim.reader == stamp for claim in same):
            continue
        if same:
            best = max(same, key=lambda claim: (claim.confidence, claim.id))
            claims[best.id] = replace(best, confidence=round(1 - (1 - best.confidence) * AGREED, 3))
            continue
        for other in like:
            claims[other.id] = replace(other, confidence=round(other.confidence * DIFFERS, 3))
        made = _claim(document, reading, one, stamp, names)
        claims[made.id] = made
    return replace(
        reading,
        mentions=names.all(),
        claims=tuple(
            sorted(claims.values(), key=lambda claim: (claim.start, claim.end, claim.kind, claim.type, claim.id))
        ),
    )


def _covers(claim: Claim, found: Found) -> bool:
    """Return whether two claims of one kind quote the same words: half of the shorter, a fifth of both."""
    if claim.kind != found.kind:
        return False
    shared = min(claim.end, found.end) - max(claim.start, found.start)
    shorter = min(claim.end - claim.start, found.end - found.start)
    both = max(claim.end, found.end) - min(claim.start, found.start)
    return shared > 0 and shared >= 0.5 * shorter and shared >= 0.2 * both


def _claim(document: Document, reading: Reading, found: Found, stamp: ReaderStamp, names: _Names) -> Claim:
    slots = {slot: tuple(names.of(span, _KIND[slot]) for span in spans) for slot, spans in found.slots.items()}
    times = tuple(
        time.id for time in reading.times if found.time and time.start < found.time[1] and found.time[0] < time.end
    )
    key = content_id("c", document.id, found.start, found.end, found.kind, found.type, stamp.name, stamp.model)
    return Claim(
        id=ClaimId(key),
        document=document.id,
        start=found.start,
        end=found.end,
        quote=document.text[found.start : found.end],
        kind=found.kind,
        type=found.type,
        agents=slots.get("agents", ()),
        targets=slots.get("targets", ()),
        places=slots.get("places", ()),
        chain=slots.get("chain", ()),
        times=times,
        mode=found.mode,
        measure=found.measure,
        count=_count(document, found.count),
        rule=f"{RULE}.{found.kind}.{found.type}",
        confidence=ALONE,
        trigger_start=found.start,
        trigger_end=found.end,
        reader=stamp,
    )


def _count(document: Document, span: Span | None) -> Amount | None:
    """Return a number that is written in digits; one in words is left to the rules, which know what "dozens" bounds."""
    if span is None:
        return None
    words = document.text[span[0] : span[1]]
    digits = _DIGITS.findall(words)
    if len(digits) != 1:
        return None
    number = int(re.sub(r"\D", "", digits[0]))
    return Amount(low=number, high=number, text=words) if words.strip() == digits[0] else None


@dataclass
class _Names:
    """The mentions of a document, those that a model's names ask for added where there are none."""

    document: Document
    reading: Reading

    def __post_init__(self) -> None:
        self._held = {mention.id: mention for mention in self.reading.mentions}

    def all(self) -> tuple[Mention, ...]:
        return tuple(
            sorted(self._held.values(), key=lambda mention: (mention.start, mention.end, mention.kind, mention.id))
        )

    def of(self, span: Span, kind: str) -> MentionId:
        """Return the mention that stands there: of these very words, else within or around them, else a new one."""
        kinds = (
            {"actor", "person"} if kind == "actor" else {"place"} if kind == "place" else {"source", "actor", "person"}
        )
        near = [
            held for held in self._held.values() if held.kind in kinds and held.start < span[1] and span[0] < held.end
        ]
        if near:
            return min(near, key=lambda held: (abs(held.start - span[0]) + abs(held.end - span[1]), held.id)).id
        text = self.document.text[span[0] : span[1]]
        new = Mention(
            id=MentionId(content_id("m", self.document.id, span[0], span[1], kind)),
            document=self.document.id,
            start=span[0],
            end=span[1],
            text=text,
            kind=kind,
            how="name" if any(word[:1].isupper() for word in text.split()) else "description",
            core=text,
        )
        self._held[new.id] = new
        return new.id
