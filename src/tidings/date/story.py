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
from tidings.date.pegs import so_far, takes_up_news
from tidings.date.sentences import breaks
from tidings.date.soft import assumption, length, table
from tidings.model import Claim, Document, TimeWords

__all__ = ["Telling", "in_news", "tell"]

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
_PAST_PLAN = re.compile(
    r"\b(?:did|had|was|were|would\s+(?:then\s+)?have|wanted|sought|tried|attempted|planned|aimed|failed)\b",
    re.IGNORECASE,
)
"""A plan told as past belongs to the time told of; one told as present lies ahead."""
_RELATIVE = re.compile(r"\s*(?:that|which|who|whom|where|when|whose)\b", re.IGNORECASE)
_STILL = re.compile(
    r"\b(?:is|are|remains?|continues?|keeps?)\b.{0,12}\b(?:still|to|on)?\s*(?:\w+ing|under|in|trapped|besieged|held)\b|\bstill\b",
    re.IGNORECASE,
)
"""What goes on while it is told, of whatever kind ("are still holding", "remain trapped", "is shelling")."""
_PAST_HELPED = re.compile(r"\b(?:was|were|had|did|until|previously|formerly|then|once)\b", re.IGNORECASE)
_SPEAKS_NOW = re.compile(
    r"\b(?:accuses?|blames?|calls?|appeals?|urges?|warns?|threatens?|demands?|vows?|denies|deny|rejects?|condemns?)\b",
    re.IGNORECASE,
)
"""Verbs of saying in the present: who "accuses" does so while the report is written."""
_PAST = re.compile(
    r"\b(?:was|were|had|did|until|previously|formerly|then|once)\b|\b(?!need|hundred|speed)\w{3,}ed\b(?!\s+(?:by|in|on|from|with|area|part|half))",
    re.IGNORECASE,
)
_LONG = 120
"""Characters from which a paragraph is no headline, caption or dateline."""
_BACKGROUND = 3
"""Paragraphs over which the time of some background goes on."""
_HAD = re.compile(r"\bhad\b", re.IGNORECASE)
"""The past perfect: behind a day of the news it tells of what came before it."""
_RECENT = -10
"""Days before the report up to which words still belong to its news, not to its background."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A document's claims in order, with the words about time that each carries."""

    document: Document
    claims: tuple[Claim, ...]
    times: Mapping[str, tuple[TimeWords, ...]]


def in_news(words: TimeWords) -> bool:
    """Return whether words place something in the report's news rather than in its background."""
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


def _lead_end(text: str, paragraphs: Sequence[int]) -> int:
    """Return where a report's lead ends: its headlines, its first long paragraph and the one after it."""
    long = 0
    for start, end in zip(paragraphs, [*paragraphs[1:], len(text)], strict=True):
        long += end - start >= _LONG
        if long == 2:
            return end
    return len(text)


def tell(
    sheet: Sheet,
    telling: Telling,
    *,
    anchored: frozenset[str],
    counted_from: frozenset[str],
    lasting: frozenset[str],
    days: frozenset[str],
    main: str | None,
    aside: frozenset[str],
    single: frozenset[str],
    fresh: bool = False,
    told_on: str = "",
    own_day: bool = False,
) -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    """Add the assumptions for the claims of one document that carry no time.

    Returns:
        The ids of claims dated by what was told before, for claims of the lead the claim whose day they take, and the
        ids of claims told in the present.

    Args:
        sheet: Where constraints are collected.
        telling: The document's claims with their words.
        anchored: Ids of claims that some constraint from words already dates.
        counted_from: Ids of claims that others are counted from ("a week after the loss"); they lie outside the story's days.
        lasting: Ids of claims known to last; what is told after them lies within them.
        days: Ids of claims whose words name a day.
        main: The id of the episode that the report tells of as a whole, or None.
        aside: Ids of claims whose day is counted from a quotation; the report's own story does not go on with it.
        single: Ids of claims whose words name one single day.
        fresh: Whether it is a dated report of a day's news.
        told_on: The point of the day on which what is told in the present held; the report's own day without it.
        own_day: Whether the report's own day is known.
    """
    document = telling.document
    told_on = told_on or doc_point(document.id)
    sentences, paragraphs = breaks(document.text)
    lead = _lead_end(document.text, paragraphs)
    dated = [claim for claim in telling.claims if claim.id in anchored]
    news = [
        claim
        for claim in dated
        if claim.id in days and claim.id not in aside and any(in_news(one) for one in telling.times.get(claim.id, ()))
    ]
    daily = bool(news)
    if not news and main is None:
        # A chronicle by the calendar: its dates are its story.
        news = [
            claim
            for claim in dated
            if any(one.anchor == "calendar" or one.day is not None for one in telling.times.get(claim.id, ()))
        ]
        exact = [claim for claim in news if claim.id in days]
        news = exact if fresh and exact else news  # "twice what it was in October" is no part of the story
    background = _clauses(document.text, dated, news)
    if fresh:
        background |= _background(telling, dated, news)
    ground = _Ground((sentences, paragraphs), dated, news, aside, background, today=fresh)
    main_words = _first_told(telling, main)
    main = None if daily else main
    leads: dict[str, str] = {}
    if daily:
        leads = _lead(sheet, telling, [claim for claim in dated if claim.start < lead], news[0], days, lasting, single)
    went_on: set[str] = set()
    now: set[str] = set()
    for claim in telling.claims:
        if fresh and claim.id in anchored and claim.id not in counted_from and claim.mode in {"asserted", "denied"}:
            _close_to_now(sheet, telling, claim)
        if claim.id in anchored or claim.id in counted_from:
            continue
        by = Quoted(claim.document, claim.start, claim.end)
        if claim.mode == "intended" and not _PAST_PLAN.search(so_far(document.text, sentences, claim)):
            if own_day:
                sheet.add(doc_point(document.id), start_point(claim.id), 0, None, kind="assumed", by=by, rule="plan")
            continue
        state = claim.type in _STATES.get(claim.kind, ()) and _PRESENT.search(claim.quote)
        spoken = claim.kind == "statement" and _SPEAKS_NOW.search(claim.quote)
        still = _STILL.search(claim.quote) and not _PAST_HELPED.search(claim.quote)
        office = (claim.kind, claim.type) == ("relation", "affiliation")
        if still or ((office or state or spoken) and not _PAST.search(claim.quote)):
            # It held on the report's day; since when, nobody says.
            now.add(claim.id)
            sheet.add(told_on, start_point(claim.id), None, 0, kind="assumed", by=by, rule="present")
            sheet.add(told_on, end_point(claim.id), 0, 0, kind="assumed", by=by, rule="present")
            continue
        if claim.whole:
            continue
        if not daily and claim.start < max(lead, main_words.start or 0) and not ground.near(claim):
            rule = "fresh" if fresh else "news"
            back = int(assumption(rule)["days"])
            sheet.add(doc_point(document.id), start_point(claim.id), -back, None, kind="assumed", by=by, rule=rule)
            continue
        told = _news_peg(document.text, ground, claim) or ground.told_before(claim, main, main_words)
        if told is not None:
            of, where = told
            # What goes on in the time of one single day is of that day; else it lies somewhere within.
            most = 0 if of in single else None
            went_on.add(claim.id)
            sheet.add(start_point(of), start_point(claim.id), 0, most, kind="assumed", by=where, rule="story")
            sheet.add(end_point(of), end_point(claim.id), most, 0, kind="assumed", by=where, rule="story")
            begun = any(one.shape not in _NO_START for one in telling.times.get(of, ()))
            if fresh and of not in single and not begun:
                back = int(assumption("fresh")["days"])
                sheet.add(
                    doc_point(document.id), start_point(claim.id), -back, None, kind="assumed", by=by, rule="fresh"
                )
        elif fresh:
            back = int(assumption("fresh")["days"])
            sheet.add(doc_point(document.id), start_point(claim.id), -back, None, kind="assumed", by=by, rule="fresh")
    return frozenset(went_on), leads, frozenset(now)


def _news_peg(text: str, ground: _Ground, claim: Claim) -> tuple[str, Quoted] | None:
    """Return the report's first news by the same party where a claim takes it up: "the assault comes amid ..."."""
    if not takes_up_news(text, claim):
        return None
    for one in ground.news:
        if (
            one.start < claim.start
            and set(one.agents_ids) & set(claim.agents_ids)
            and (set(one.places_ids) & set(claim.places_ids) or not claim.places_ids)
        ):
            return one.id, Quoted(one.document, one.start, one.end)
    return None


def _clauses(text: str, dated: Sequence[Claim], news: Sequence[Claim]) -> frozenset[str]:
    """Return the ids of dated claims that stand in a relative clause and are no news."""
    in_news = {one.id for one in news}
    return frozenset(
        one.id
        for one in dated
        if one.id not in in_news
        and (_RELATIVE.match(one.quote) or _RELATIVE.match(text[max(0, one.start - 6) : one.start]))
    )


def _close_to_now(sheet: Sheet, telling: Telling, claim: Claim) -> None:
    """Hold what is only said to have been done "by Friday" or "after six days of fighting" near the report's day."""
    words = telling.times.get(claim.id, ())
    if not words or not all(one.shape in _OPEN or (one.anchor == "span" and one.unit) for one in words):
        return
    lasted = [
        length(one.soft, one.unit, one.number, one.number_last)[1]
        for one in words
        if one.unit and one.soft in table()["lengths"]
    ]
    if any(one.sign < 0 for one in words if one.anchor == "span") or max(lasted, default=0) > _LONGEST:
        return
    by = Quoted(claim.document, claim.start, claim.end)
    # What is told to come "a week after" something is the news itself, not the week.
    back = int(assumption("fresh")["days"]) + max((0, *lasted) if not any(one.sign > 0 for one in words) else (0,))
    point = doc_point(telling.document.id)
    sheet.add(point, start_point(claim.id), -back, None, kind="assumed", by=by, rule="fresh")


_OPEN = frozenset({"until", "before", "lasting"})
"""Shapes of words that give an end and no beginning."""
_NO_START = frozenset({"until", "before"})
"""Shapes of words that leave open from when."""
_LONGEST = 10
"""Days of a length that a day's news may sum up."""


def _background(telling: Telling, dated: Sequence[Claim], news: Sequence[Claim]) -> frozenset[str]:
    """Return the ids of dated claims that tell of what came before the news, and so lend their time to nothing else.

    In a report whose news is dated, a later sentence in the past perfect ("had killed five the week before") looks back, and
    what has gone on "since" some day began before the news.
    """
    first = min((one.start for one in news), default=None)
    found = set()
    for one in dated:
        words = telling.times.get(one.id, ())
        lasts = bool(words) and all(word.shape == "since" for word in words)
        before = first is not None and one.start > first and _HAD.search(one.quote)
        if lasts or before:
            found.add(one.id)
    return frozenset(found)


def _first_told(telling: Telling, main: str | None) -> Quoted:
    """Return where the words for the main episode stand."""
    for claim in telling.claims:
        if claim.id == main:
            return Quoted(claim.document, claim.start, claim.end)
        for one in telling.times.get(claim.id, ()):
            if one.id == main:
                return Quoted(one.document, one.start, one.of_end or one.end)
    return Quoted(telling.document.id, 0, 0)


def _lead(
    sheet: Sheet,
    telling: Telling,
    claims: Sequence[Claim],
    first: Claim,
    days: frozenset[str],
    lasting: frozenset[str],
    single: frozenset[str],
) -> dict[str, str]:
    """Tie claims of the lead that are dated loosely ("a week after the loss") to the day that the report dates first."""
    tied: dict[str, str] = {}
    for claim in claims:
        loose = claim.id not in days and claim.id not in lasting and claim.kind == first.kind
        if loose and all(one.anchor == "span" and one.unit for one in telling.times.get(claim.id, ())):
            by = Quoted(first.document, first.start, first.end)
            tied[claim.id] = first.id
            most = 0 if first.id in single else None
            sheet.add(start_point(first.id), start_point(claim.id), 0, most, kind="assumed", by=by, rule="lead")
            sheet.add(end_point(first.id), end_point(claim.id), most, 0, kind="assumed", by=by, rule="lead")
    return tied


class _Ground:
    """What times a report has told up to some place of its text."""

    def __init__(
        self,
        breaks: tuple[Sequence[int], Sequence[int]],
        dated: Sequence[Claim],
        news: Sequence[Claim],
        aside: frozenset[str],
        clauses: frozenset[str],
        *,
        today: bool = False,
    ) -> None:
        self.sentences, self.paragraphs = breaks
        self.today = today
        """Whether the report's day is known, so that what stands before all days named need not wait for the first."""
        self.news = sorted(news, key=lambda one: (one.start, one.id))
        self.in_news = {one.id for one in news}
        told = sorted((one for one in dated if one.id not in aside | clauses), key=lambda one: (one.start, one.id))
        self.told, self.starts = told, [one.start for one in told]
        self.news_starts = [one.start for one in self.news]
        self.by_sentence: dict[int, list[Claim]] = {}
        self.by_paragraph: dict[int, list[Claim]] = {}
        # A background clause ("the town that fell in 2014") lends its time to nothing outside itself.
        for one in sorted((one for one in dated if one.id not in clauses), key=lambda one: (one.start, one.id)):
            self.by_sentence.setdefault(bisect_right(self.sentences, one.start), []).append(one)
            self.by_paragraph.setdefault(bisect_right(self.paragraphs, one.start), []).append(one)

    def near(self, claim: Claim) -> Claim | None:
        """Return the dated claim of the same sentence, or the last before of the same paragraph.

        What stands before its background in a sentence ("the raid comes after the fall, in March, of the port") is not of
        the background's time.
        """
        here = [
            one
            for one in self.by_sentence.get(bisect_right(self.sentences, claim.start), ())
            if one.start <= claim.start or one.id in self.in_news
        ]
        if here:
            return min(here, key=lambda one: (abs(one.start - claim.start), one.start, one.id))
        before = [
            one
            for one in self.by_paragraph.get(bisect_right(self.paragraphs, claim.start), ())
            if one.start < claim.start
        ]
        if self.today:
            # Background lends its time to the next sentence at most, the news to the whole paragraph.
            here_at = bisect_right(self.sentences, claim.start)
            before = [
                one
                for one in before
                if one.id in self.in_news or here_at - bisect_right(self.sentences, one.start) <= 1
            ]
        return before[-1] if before else None

    def told_before(self, claim: Claim, main: str | None, main_words: Quoted) -> tuple[str, Quoted] | None:
        """Return the id whose time goes on in ``claim`` and its words: of its sentence, its paragraph, or the story so far.

        The story is that of the report's news; the time of some background goes on for a few paragraphs only.
        """
        near = self.near(claim)
        if near is None and main is not None and (main_words.start or 0) < claim.start:
            return main, main_words
        if near is None and main is None and (at := bisect_right(self.starts, claim.start - 1)):
            last = self.told[at - 1]
            gone = bisect_right(self.paragraphs, claim.start) - bisect_right(self.paragraphs, last.start)
            far = (
                self.today and bisect_right(self.sentences, claim.start) - bisect_right(self.sentences, last.start) > 1
            )
            near = last if last.id in self.in_news or (gone <= _BACKGROUND and not far) else None
        if near is None and self.news:
            at = bisect_right(self.news_starts, claim.start - 1)
            if at or not self.today:
                near = self.news[max(0, at - 1)]
        return None if near is None else (near.id, Quoted(near.document, near.start, near.end))
