"""What a careful reader takes for granted about claims that carry no words about time of their own.

A sentence without a time goes on with the time told before it; the present tense tells of the report's day; a report's
lead is news. Every such step is an assumption with its reason, the first to give way when words clash. The day of
publication is never put in for a day that was not found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tidings.date.building import Quoted, Sheet, doc_point, end_point, start_point
from tidings.date.soft import assumption
from tidings.model import Claim, Document, TimeWords

__all__ = ["Telling", "tell"]

_STATES = {
    "control": frozenset({"held", "shared", "contested"}),
    "relation": frozenset(
        {"alliance", "hostility", "tension", "power_sharing", "negotiation", "affiliation", "dependence"}
    ),
    "displacement": frozenset({"sheltered", "trapped"}),
    "custody": frozenset({"detention"}),
    "statement": frozenset({"assessment"}),
}
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|remains?|continues?|controls?|holds?|keeps?|occup(?:y|ies)|rul(?:e|es)|runs?|reli(?:es|y)|maintains?|shares?|(?:are|is)\s+still)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|until|previously|formerly|then|once)\b|\b(?!need|hundred|speed)\w{3,}ed\b(?!\s+(?:by|in|on|from|with|area|part|half))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_RECENT = -10
"""Days before the report up to which words still belong to its news, not to its background."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A document's claims in order, with the words about time that each carries."""

    document: Document
    claims: tuple[Claim, ...]
    times: Mapping[str, tuple[TimeWords, ...]]


def _breaks(text: str) -> tuple[list[int], list[int]]:
    """Return the starts of sentences and of paragraphs of a text."""
    paragraphs = [0, *(found.end() for found in re.finditer(r"\n\s*", text))]
    sentences = sorted({*paragraphs, *(found.end() for found in _SENTENCE_END.finditer(text))})
    return sentences, paragraphs


def _in_news(words: TimeWords) -> bool:
    """Whether words place something in the report's news rather than in its background."""
    if words.anchor == "report" and words.month is None:
        if words.weekday is not None or words.soft in {
            "overnight",
            "weekend",
            "last_night",
            "this_week",
            "last_week",
            "earlier_today",
            "recent_days",
            "recent_hours",
        }:
            return True
        if words.least is not None:
            return words.least >= _RECENT
        return words.unit in {"day", "week", "hour"} and (words.number or 3) <= (
            10 if words.unit == "day" else 4 if words.unit == "week" else 99
        )
    if words.anchor == "span":
        return words.shape in {"lasting", "point"} and words.unit != "year" and words.unit != "year"
    return False


def _lasts(times: Sequence[TimeWords], claim: Claim) -> bool:
    return claim.whole or any(one.shape in {"lasting", "since"} for one in times)


def tell(
    sheet: Sheet, telling: Telling, *, anchored: frozenset[str], counted_from: frozenset[str], lasting: frozenset[str]
) -> None:
    """Add the assumptions for the claims of one document that carry no time.

    Args:
        sheet: Where constraints are collected.
        telling: The document's claims with their words.
        anchored: Ids of claims that some constraint from words already dates.
        counted_from: Ids of claims that others are counted from ("a week after the loss"); they lie outside the story's days.
        lasting: Ids of claims known to last; what is told after them lies within them.
    """
    document = telling.document
    sentences, paragraphs = _breaks(document.text)
    dated = [claim for claim in telling.claims if claim.id in anchored]
    news = [
        claim for claim in dated if claim.id in lasting or any(_in_news(one) for one in telling.times.get(claim.id, ()))
    ]
    if not news:
        # A chronicle by the calendar: its dates are its story.
        news = [
            claim
            for claim in dated
            if any(one.anchor == "calendar" or one.day is not None for one in telling.times.get(claim.id, ()))
        ]
    for claim in telling.claims:
        if claim.id in anchored or claim.id in counted_from or claim.mode == "intended":
            continue
        by = Quoted(claim.document, claim.start, claim.end)
        if claim.type in _STATES.get(claim.kind, ()) and _PRESENT.search(claim.quote) and not _PAST.search(claim.quote):
            sheet.add(doc_point(document.id), start_point(claim.id), 0, 0, kind="assumed", by=by, rule="present")
            sheet.add(doc_point(document.id), end_point(claim.id), 0, 0, kind="assumed", by=by, rule="present")
            continue
        if claim.whole:
            continue
        before = _told_before(claim, dated, news, sentences, paragraphs)
        if before is not None:
            told = Quoted(before.document, before.start, before.end)
            sheet.add(start_point(before.id), start_point(claim.id), 0, None, kind="assumed", by=told, rule="story")
            sheet.add(end_point(before.id), end_point(claim.id), None, 0, kind="assumed", by=told, rule="story")
        elif not news and bisect_right(paragraphs, claim.start) <= 3:
            days = int(assumption("news")["days"])
            sheet.add(doc_point(document.id), start_point(claim.id), -days, None, kind="assumed", by=by, rule="news")


def _told_before(
    claim: Claim, dated: Sequence[Claim], news: Sequence[Claim], sentences: Sequence[int], paragraphs: Sequence[int]
) -> Claim | None:
    """Return the claim whose time goes on in ``claim``: of its sentence, of its paragraph, or of the story so far."""
    sentence, paragraph = bisect_right(sentences, claim.start), bisect_right(paragraphs, claim.start)
    near = [one for one in dated if bisect_right(sentences, one.start) == sentence]
    if near:
        return min(near, key=lambda one: (abs(one.start - claim.start), one.start, one.id))
    near = [one for one in dated if bisect_right(paragraphs, one.start) == paragraph and one.start < claim.start]
    if near:
        return max(near, key=lambda one: (one.start, one.id))
    earlier = [one for one in news if one.start < claim.start]
    if earlier:
        return max(earlier, key=lambda one: (one.start, one.id))
    return min(news, key=lambda one: (one.start, one.id)) if news else None
