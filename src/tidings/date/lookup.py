"""Looking things up in one report: which words belong to which claim, and which claim stands at which words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence

from tidings.date.building import Quoted
from tidings.date.sentences import breaks
from tidings.date.soft import table
from tidings.model import Claim, Document, TimeWords

__all__ = ["Lookup"]

_TIMELESS = frozenset({"relation", "statement"})
"""Kinds of claim that tell of no happening from which days could be counted."""
_SPAN = 400
"""Characters that words about time and the happening they count from take up at most."""
_NEAR = 60
"""Characters between the word that words about time hang on and the word of the claim that they are given to."""


class Lookup:
    """One report's words about time (by id, in order) and claims (in order)."""

    def __init__(self, document: Document, words: Mapping[str, TimeWords], claims: Sequence[Claim]) -> None:
        self.document = document
        self.words = words
        self.claims = claims
        self.quotes = _quoted_stretches(document.text)
        self._quote_starts = [start for start, _ in self.quotes]
        self._words = list(words.values())
        self._word_starts = [one.start for one in self._words]
        self._at = {(one.start, one.end): one for one in self._words}
        self._claim_starts = [one.start for one in claims]
        self._telling = sorted(
            (one for one in claims if one.trigger_end > one.trigger_start), key=lambda one: (one.trigger_start, one.id)
        )
        self._trigger_starts = [one.trigger_start for one in self._telling]
        self._named: dict[str, list[Claim]] = {}
        for claim in claims:
            self._named.setdefault(document.text[claim.trigger_start : claim.trigger_end].casefold(), []).append(claim)

    def words_at(self, start: int, end: int) -> TimeWords | None:
        """Return the words about time that stand exactly at ``start``..``end``, or None."""
        return self._at.get((start, end))

    def words_within(self, start: int, end: int) -> list[TimeWords]:
        """Return the words about time that begin in ``start``..``end``, in order."""
        return self._words[bisect_left(self._word_starts, start) : bisect_left(self._word_starts, end)]

    def printed_day(self) -> Quoted:
        """Return where the report prints its own day; only the report where it does not."""
        published = self.document.published
        for words in self.words.values():
            if words.first is not None and (words.first, words.last) == (published.earliest, published.latest):
                return Quoted(self.document.id, words.start, words.end)
        return Quoted(self.document.id)

    def carried(self) -> dict[str, tuple[TimeWords, ...]]:
        """Return the words about time of each claim.

        Those that hang on the claim's own word come first. Of the others that the reader tied to it, the ones that hang
        on the word of another claim belong to that one.
        """
        triggers = {claim.trigger_start for claim in self.claims if claim.trigger_end > claim.trigger_start}
        governed: dict[int, list[TimeWords]] = {}
        for words in self.words.values():
            if words.governor_start in triggers:
                governed.setdefault(int(words.governor_start or 0), []).append(words)
        tied = any(claim.times for claim in self.claims)
        lengths = [
            one
            for one in self.words.values()
            if one.unit and one.shape in {"lasting", "after"} and one.of_start is not None
        ]
        taken: dict[str, tuple[TimeWords, ...]] = {}
        for claim in self.claims:
            own = list(governed.get(claim.trigger_start, ())) if claim.trigger_end > claim.trigger_start else []
            given = (
                [self.words[one] for one in claim.times if one in self.words]
                if tied
                else [one for one in self.words_within(claim.start, claim.end) if one.end <= claim.end]
            )
            own.extend(
                one
                for one in given
                if one not in own and (one.governor_start is None or one.governor_start not in triggers)
            )
            # The length in "after 20 days of fighting" is that of the fighting.
            own.extend(one for one in lengths if one not in own and self.is_other(one, claim))
            # A dateline gives the report's own day, nothing of the happening's.
            own = [one for one in own if one.shape != "dateline"]
            own = [one for one in own if one.shape == "lasting" or one.unit or not self.is_other(one, claim)]
            own = [one for one in own if one.shape in {"lasting", "after"} or not self.is_other(one, claim)]
            spans = [(one.of_start, one.of_end) for one in own if one.of_start is not None and one.of_end is not None]
            # "Since the vote in March": March is the vote's, not what has gone on since.
            own = [one for one in own if not any(low <= one.start and one.end <= high for low, high in spans)]
            if own:
                taken[claim.id] = tuple(sorted(own, key=lambda one: (one.start, one.id)))
        self._loose(taken)
        return taken

    def _loose(self, taken: dict[str, tuple[TimeWords, ...]]) -> None:
        """Give words that no claim carries to the claim of their sentence that tells most nearly of what they hang on.

        In "after 20 days of siege, the garrison was forced to give up" the words hang on "forced", the claim on "give up".
        """
        held = {one.id for carried in taken.values() for one in carried}
        starts, _ = breaks(self.document.text)
        by_sentence: dict[int, list[Claim]] = {}
        for claim in self.claims:
            by_sentence.setdefault(bisect_right(starts, claim.trigger_start), []).append(claim)
        for words in self.words.values():
            at = words.governor_start
            if words.id in held or at is None or words.reporting or words.shape == "dateline":
                continue
            before = self.words_within(min(at, words.start) - _SPAN, words.start)
            if any(words.start < (one.of_end or 0) or one.start <= at < (one.of_end or 0) for one in before):
                continue  # part of the words for another happening
            near = [
                one
                for one in by_sentence.get(bisect_right(starts, at), ())
                if one.trigger_end > one.trigger_start
                and abs(one.trigger_start - at) <= _NEAR
                and not self.is_other(words, one)
            ]
            if near:
                one = min(near, key=lambda one: (one.trigger_start < at, abs(one.trigger_start - at), one.id))
                carried = (*taken.get(one.id, ()), words)
                taken[one.id] = tuple(sorted(carried, key=lambda item: (item.start, item.id)))

    def is_other(self, words: TimeWords, claim: Claim) -> bool:
        """Whether the claim tells of the very happening that the words count from ("the loss" in "a week after the loss")."""
        if words.of_start is None or words.of_end is None or claim.trigger_end <= claim.trigger_start:
            return False
        return words.of_start <= claim.trigger_start and claim.trigger_end <= words.of_end

    def is_fight(self, start: int | None, end: int | None) -> bool:
        """Return whether words tell of fighting that goes on for days ("the siege")."""
        spoken = self.document.text[start or 0 : end or 0].casefold().split()
        return any(word.strip("\"'“”‘’.,;") in table()["episodes"]["words"] for word in spoken)

    def joined(self, words: TimeWords) -> bool:
        """Whether the words and the happening they count from stand close together, to be quoted as one stretch."""
        return words.of_end is not None and words.of_start is not None and 0 <= words.of_start - words.end < 40

    def told_at(self, start: int, end: int, claim: Claim | None) -> str | None:
        """Return the claim whose trigger, or whose whole quote, stands at ``start``..``end``."""
        mine = None if claim is None else claim.id
        first, last = bisect_left(self._trigger_starts, start), bisect_left(self._trigger_starts, end)
        held = [
            one
            for one in self._telling[first:last]
            if one.trigger_end <= end and one.id != mine and one.kind not in _TIMELESS
        ]
        if held:
            return min(held, key=lambda one: (one.trigger_start, one.end - one.start, one.id)).id
        first, last = bisect_left(self._claim_starts, start), bisect_left(self._claim_starts, end)
        inside = [
            one for one in self.claims[first:last] if one.end <= end and one.id != mine and one.kind not in _TIMELESS
        ]
        if inside:
            return min(inside, key=lambda one: (one.start, one.start - one.end, one.id)).id
        return None

    def named_again(self, start: int, end: int, claim: Claim, lasting: Container[str]) -> str | None:
        """Return the last claim before with the same trigger word ("the assault"), else the episode the report tells of."""
        words = {word.strip("\"'“”‘’.,").casefold() for word in self.document.text[start:end].split()[:4]}
        earlier = [
            one
            for word in sorted(words)
            for one in self._named.get(word, ())
            if word and one.id != claim.id and one.start < start
        ]
        if earlier:
            wholes = [one for one in earlier if one.id in lasting]
            return max(wholes or earlier, key=lambda one: (one.start, one.id)).id
        return None

    def in_quotes(self, words: TimeWords) -> bool:
        """Return whether words stand inside double quotation marks."""
        at = bisect_right(self._quote_starts, words.start) - 1
        return at >= 0 and words.end <= self.quotes[at][1]


def _quoted_stretches(text: str) -> list[tuple[int, int]]:
    """Return the stretches inside double quotation marks; a mark left open runs to the end of its paragraph."""
    stretches: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        opened: int | None = None
        for offset, sign in enumerate(line):
            if sign == "“" or (sign == '"' and opened is None):
                opened = position + offset if opened is None else opened
            elif sign in '”"' and opened is not None:
                stretches.append((opened, position + offset))
                opened = None
        if opened is not None:
            stretches.append((opened, position + len(line)))
        position += len(line)
    return stretches
