"""Constraints that one report gives: its own day, and the days of its claims by the words they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidings.date.battle import EARLY, going_on, tie_to_battle
from tidings.date.building import Quoted, Sheet, doc_point, end_point, start_point
from tidings.date.lookup import Lookup
from tidings.date.publication import known_day, last_day_named, own_day
from tidings.date.soft import assumption, length, table
from tidings.date.story import Telling, tell
from tidings.date.tense import is_ahead, is_fresh, is_plan
from tidings.date.told import Told
from tidings.date.undated import turned_year
from tidings.date.words import apply, is_day, window
from tidings.model import Claim, Document, TimeWords

__all__ = ["report_constraints"]

_REACHING_ON = frozenset({"agreement", "negotiation", "blockade"})
"""Types of what has begun when it is told and may be set to go on: a truce of three days."""
_STATEMENT = "statement"
_EPISODE_DAYS = 7
"""Days from which fighting is an episode that other reports may tell the beginning of."""
_BEHIND = 40
"""Characters behind a happening's words within which a day may be said of it ("the start of the war in March 2015")."""
_AS_OF_NOW = frozenset({"overnight", "last_night", "earlier_today", "now"})
"""Soft words counted from the day that is told of, not from the one on which the report came out."""
_SHORT = 3
"""Words of "the assault" or "the ISIS assault": so short a name takes up what was told before."""


def report_constraints(
    sheet: Sheet,
    document: Document,
    times: Sequence[TimeWords],
    claims: Sequence[Claim],
    tied: frozenset[str] = frozenset(),
) -> Told:
    """Add everything that one report says about days, and return which of its claims are dated how.

    Args:
        sheet: Where constraints are collected.
        document: The report.
        times: Its words about time.
        claims: Its claims.
        tied: Ids of claims whose day a known row gives.
    """
    report = _Report(sheet, document, times, claims)
    report.counted_from |= tied
    report.add()
    return Told(
        anchored=frozenset(report.anchored | report.counted_from),
        lasting=frozenset(report.lasting),
        days=frozenset(report.days),
        story=report.story,
        leads=report.leads,
        now=report.now,
        episodes=frozenset(report.episodes),
        ongoing=frozenset(report.ongoing),
        kept_out=report.kept_out,
    )


class _Report:
    def __init__(self, sheet: Sheet, document: Document, times: Sequence[TimeWords], claims: Sequence[Claim]) -> None:
        self.sheet = sheet
        self.document = document
        self.words: dict[str, TimeWords] = {one.id: one for one in sorted(times, key=lambda one: (one.start, one.id))}
        self.claims = tuple(sorted(claims, key=lambda one: (one.start, one.end, one.id)))
        self.point = self.told_on = doc_point(document.id)
        self.look = Lookup(document, self.words, self.claims)
        self.anchored: set[str] = set()
        self.lasting: set[str] = {claim.id for claim in claims if claim.whole}
        self.made: set[str] = set()
        self.counted_from: set[str] = set()
        self.last_day: TimeWords | None = None
        self.main: str | None = None
        self.main_days = 0
        self.today = known_day(document)
        self.story: frozenset[str] = frozenset()
        self.leads: dict[str, str] = {}
        self.now: frozenset[str] = frozenset()
        self.episodes: set[str] = set()
        self.ongoing: set[str] = set()
        self.aside: set[str] = set()
        self.single: set[str] = set()
        self.kept_out: dict[str, int] = {}
        self.days: set[str] = set()

    def add(self) -> None:
        own_day(self.sheet, self.document, self.look)
        turned_year(self.sheet, self.document, self.look)
        carried = self.look.carried()
        self.last_day = last_day_named(self.sheet, self.document, self.look)
        if self.last_day is not None:
            # What an undated report tells as of now is of the last day that it names.
            self.point_of_words(self.last_day)
            self.told_on = start_point(self.last_day.id)
        self.main_episode()
        if self.main is None and self.today is None and self.last_day is None and not self.document.known:
            self.main, self.main_days = going_on(self.look, self.claims, carried)
        for claim in self.claims:
            start, end = start_point(claim.id), end_point(claim.id)
            own = Quoted(claim.document, claim.start, claim.end)
            self.sheet.add(
                start, end, 0, None, kind="explicit", by=Quoted(), rule="order", reason="nothing ends before it starts"
            )
            if (
                claim.mode in {"asserted", "denied"}
                and not self.document.known
                and not is_ahead(claim, carried.get(claim.id, ()))
            ):
                self.sheet.add(
                    self.point,
                    start if claim.type in _REACHING_ON else end,
                    None,
                    0,
                    kind="explicit",
                    by=own,
                    rule="not_after",
                    reason="a report cannot tell of what has not happened yet",
                )
            held = carried.get(claim.id, ())
            days = [words for words in held if is_day(words) and words.shape == "point" and not words.reporting]
            if len({(one.weekday, one.first, one.month, one.day, one.least) for one in days}) > 1:
                self.put_from_to(claim, days)
                held = tuple(words for words in held if words not in days)
            for words in held:
                self.put(claim, words)
        if not self.document.known:
            of_battle: frozenset[str] = frozenset()
            if self.main is not None and not self.days:
                of_battle = tie_to_battle(self.sheet, self.document, self.claims, self.main, self.anchored)
                self.anchored |= of_battle
            self.main_is_news()
            self.story, self.leads, self.now = tell(
                self.sheet,
                Telling(self.document, self.claims, carried),
                anchored=frozenset(self.anchored),
                counted_from=frozenset(self.counted_from),
                lasting=frozenset(self.lasting),
                days=frozenset(self.days),
                main=self.main,
                aside=frozenset(self.aside),
                single=frozenset(self.single),
                fresh=self.fresh(),
                told_on=self.told_on,
                own_day=self.today is not None,
            )
            self.story |= of_battle

    def main_episode(self) -> None:
        """Find the fighting whose length the report gives; later words for it ("the assault") mean the same."""
        for words in self.words.values():
            if (
                words.shape not in {"lasting", "after"}
                or not words.unit
                or not self.look.is_fight(words.of_start, words.of_end)
            ):
                continue
            days = length(words.soft, words.unit, words.number, words.number_last)[1]
            if days < int(table()["episodes"]["shortest"]):
                continue
            told = self.look.told_at(words.of_start or 0, words.of_end or 0, None)
            self.main, self.main_days = told or words.id, days
            if told is None:
                self.make(words.id)
            if words.shape == "lasting":
                return

    def main_is_news(self) -> None:
        """Fighting whose length a report gives early on has ended within the month before, or would be history."""
        words = self.words.get(self.main or "")
        told = next((one for one in self.claims if one.id == self.main), None)
        at = words or told
        if self.main is None or at is None or at.start > EARLY or self.days:
            return
        by = Quoted(self.document.id, at.start, at.end)
        rule = "fresh" if self.fresh() else "news"
        days = int(assumption(rule)["days"])
        self.sheet.add(self.point, end_point(self.main), -days, None, kind="assumed", by=by, rule=rule)

    def fresh(self) -> bool:
        """Whether this is a dated report of a day's news."""
        return self.today is not None and is_fresh(self.document, self.main_days, self.words.values())

    def make(self, of: str) -> None:
        """Give words that tell of a happening no claim tells of points of their own."""
        if of not in self.made:
            self.made.add(of)
            self.sheet.add(
                start_point(of),
                end_point(of),
                0,
                None,
                kind="explicit",
                by=Quoted(),
                rule="order",
                reason="nothing ends before it starts",
            )

    def put_from_to(self, claim: Claim, days: Sequence[TimeWords]) -> None:
        """Several days named on one happening are days of it: it began by the first named and ended with the last."""
        for words in days:
            self.point_of_words(words, self.target(words, claim))
            by = Quoted(words.document, words.start, words.end)
            point, rule = start_point(words.id), "several_days"
            self.sheet.add(start_point(claim.id), point, 0, None, kind="explicit", by=by, rule=rule)
            self.sheet.add(point, end_point(claim.id), 0, None, kind="explicit", by=by, rule=rule)
        first, last = (
            Quoted(claim.document, days[0].start, days[0].end),
            Quoted(claim.document, days[-1].start, days[-1].end),
        )
        self.sheet.add(
            start_point(days[0].id), start_point(claim.id), 0, 0, kind="assumed", by=first, rule="several_days"
        )
        self.sheet.add(end_point(days[-1].id), end_point(claim.id), 0, 0, kind="assumed", by=last, rule="several_days")
        self.anchored.add(claim.id)
        self.days.add(claim.id)

    def put(self, claim: Claim, words: TimeWords) -> None:
        """Add what one stretch of words says about one claim."""
        by = Quoted(words.document, words.start, words.of_end if self.look.joined(words) else words.end)
        if words.shape == "lasting" or (words.unit and self.look.is_other(words, claim)):
            self.put_length(claim, words, by)
            return
        target = self.target(words, claim)
        seen = window(
            words,
            target=target,
            quoted=self.look.in_quotes(words),
            ahead=is_ahead(claim, (words,)),
            plan=self.today is not None and is_plan(claim, self.document.text),
            today=self.today,
        )
        if seen is None:
            return
        if seen.low == seen.high == self.point and words.soft in _AS_OF_NOW:
            seen = replace(seen, low=self.told_on, high=self.told_on)
        # "After X" and "during X" alone give an order but no day; the claim still goes on with the story's time. "Before
        # X" leaves the story.
        order = (
            words.anchor == "span" and not words.unit and not words.soft and words.shape in {"after", "within", "until"}
        )
        if target is not None and not order:
            self.counted_from.add(target)
        if words.reporting and claim.kind != _STATEMENT and words.anchor == "report":
            self.put_said(claim, words, by, target)
            return
        if not order:
            self.anchored.add(claim.id)
        if seen.day and words.shape == "point":
            self.single.add(claim.id)
        if seen.day or words.soft in {"overnight", "last_night", "weekend"}:
            self.days.add(claim.id)
        if self.look.in_quotes(words):
            self.aside.add(claim.id)
        if claim.mode == "denied" and words.shape == "within" and words.of_edge == "start" and seen.most:
            self.kept_out[claim.id] = seen.most
        if words.shape == "since":
            self.lasting.add(claim.id)
            if seen.low == self.point and (seen.least or 0) <= -_EPISODE_DAYS:
                self.ongoing.add(claim.id)
        apply(self.sheet, words, seen, claim.id, by)
        self.put_lag(words, start_point(claim.id), by)

    def put_lag(self, words: TimeWords, point: str, by: Quoted) -> None:
        if (
            self.last_day is not None
            and words.weekday == self.last_day.weekday
            and words.soft == "weekday"
            and words.shape == "point"
        ):
            lag = int(assumption("weekday_lag")["days"])
            self.sheet.add(self.point, point, -lag, 0, kind="assumed", by=by, rule="weekday_lag")

    def put_said(self, claim: Claim, words: TimeWords, by: Quoted, target: str | None) -> None:
        """What somebody said on a day happened then or shortly before: the words date the saying."""
        self.point_of_words(words, target)
        said = start_point(words.id)
        days = int(assumption("said")["days"])
        self.sheet.add(
            said,
            end_point(claim.id),
            None,
            0,
            kind="explicit",
            by=by,
            rule="not_after",
            reason="nobody can tell of what has not happened yet",
        )
        self.sheet.add(said, start_point(claim.id), -days, None, kind="assumed", by=by, rule="said")
        self.anchored.add(claim.id)
        self.days.add(claim.id)

    def point_of_words(self, words: TimeWords, target: str | None = None) -> None:
        """Make words about time a point of their own, once, so that others can be counted from it."""
        if words.id in self.made:
            return
        self.made.add(words.id)
        seen = window(words, target=target, quoted=self.look.in_quotes(words), ahead=False, today=self.today)
        by = Quoted(words.document, words.start, words.end)
        self.sheet.add(
            start_point(words.id),
            end_point(words.id),
            0,
            None,
            kind="explicit",
            by=Quoted(),
            rule="order",
            reason="nothing ends before it starts",
        )
        if seen is not None:
            apply(self.sheet, words, seen, words.id, by)
            self.put_lag(words, start_point(words.id), by)

    def put_length(self, claim: Claim, words: TimeWords, by: Quoted) -> None:
        """A length belongs to the happening whose words follow it, or to the claim itself; the claim lies within it."""
        whole: str | None = claim.id
        if words.of_start is not None and words.of_end is not None and not self.look.is_other(words, claim):
            whole = self.look.told_at(words.of_start, words.of_end, claim)
            if whole is None and self.look.is_fight(words.of_start, words.of_end):
                whole = words.id
                self.make(words.id)
            if whole is None:
                return
        assert whole is not None  # noqa: S101
        most = 0
        if words.unit and words.soft:
            least, most, reason = length(words.soft, words.unit, words.number, words.number_last)
            # A siege of 33 days that begins on the first of a month ends on day 33, which is 32 days later.
            exact = words.soft == "exact" and words.unit == "day"
            self.sheet.add(
                start_point(whole),
                end_point(whole),
                max(0, least - 1),
                most,
                kind="explicit" if exact else "soft",
                by=by,
                rule=words.soft,
                reason=reason,
            )
        self.lasting.add(whole)
        self.anchored.add(whole)
        # "After 20 days of it" gives the length of the beginning, not of the whole.
        if most >= _EPISODE_DAYS and (words.shape != "after" or whole == self.main):
            self.episodes.add(whole)
        fought = words.of_start is not None and self.look.is_fight(words.of_start, words.of_end)
        if fought and self.main is not None and whole != self.main and most >= int(table()["episodes"]["shortest"]):
            self.sheet.add(start_point(self.main), start_point(whole), 0, 0, kind="assumed", by=by, rule="episode")
            # "After 20 days of it" tells of the first 20 days of what may have gone on.
            least_end = 0 if words.shape == "lasting" else None
            self.sheet.add(end_point(self.main), end_point(whole), least_end, 0, kind="assumed", by=by, rule="episode")
        if whole != claim.id:
            self.sheet.add(start_point(whole), start_point(claim.id), 0, None, kind="assumed", by=by, rule="part")
            self.sheet.add(end_point(whole), end_point(claim.id), None, 0, kind="assumed", by=by, rule="part")
            self.anchored.add(claim.id)

    def target(self, words: TimeWords, claim: Claim) -> str | None:
        """Return the claim (or words) that an anchor "span" counts from, by place in the text; None when none is found."""
        if words.anchor != "span":
            return None
        if words.of_claim is not None:
            return words.of_claim
        if words.of_start is None or words.of_end is None:
            return self.episode(words, claim)
        other = self.look.words_at(words.of_start, words.of_end)
        if other is not None and other.id != words.id:
            self.point_of_words(other)
            return other.id
        again = self.main is not None and self.look.is_fight(words.of_start, words.of_end)
        if again and len(self.document.text[words.of_start : words.of_end].split()) <= _SHORT and claim.id != self.main:
            return self.main
        told = self.look.told_at(words.of_start, words.of_end, claim)
        low, high = words.of_start, words.of_end
        inside = next(
            (
                one
                for one in self.look.words_within(low, high + _BEHIND)
                if one.anchor != "span"
                and one.id != words.id
                and (one.start < high or words.start <= (one.governor_start or -1) < high)
            ),
            None,
        )
        if told is None and inside is not None:
            # "Since the start of the war in March 2015": no claim tells of the war, but its words give its day.
            self.point_of_words(inside)
            return inside.id
        return told or self.look.named_again(words.of_start, words.of_end, claim, self.lasting)

    def episode(self, words: TimeWords, claim: Claim) -> str | None:
        """Return the episode that "in the first 15 days" counts from where no more is said."""
        if words.shape != "within" or words.of_edge != "start":
            return None
        return self.main if self.main != claim.id else None
