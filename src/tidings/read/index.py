"""Mentions of one page, found by place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tidings.model import Mention, MentionId
from tidings.read.page import place

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["MentionIndex"]


class MentionIndex:
    """The mentions of one document, by id and by place. Mentions may nest ("Hasakah" in "Hasakah province")."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.all = tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))
        self._by_id = {mention.id: mention for mention in self.all}
        self._starts = [mention.start for mention in self.all]
        self._held: dict[tuple[int, int], list[Mention]] = {}
        self._longest = max((mention.end - mention.start for mention in self.all), default=0)

    def __getitem__(self, mention: MentionId) -> Mention:
        return self._by_id[mention]

    def covering(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that hold code points ``start``..``end``, the shortest first."""
        first = bisect_right(self._starts, start - self._longest - 1)
        last = bisect_right(self._starts, start)
        held = [mention for mention in self.all[first:last] if mention.end >= end]
        return sorted(held, key=lambda mention: mention.end - mention.start)

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie inside ``start``..``end``, in order."""
        first = bisect_right(self._starts, start - 1)
        last = bisect_right(self._starts, end - 1)
        return [mention for mention in self.all[first:last] if mention.end <= end]

    def of(self, token: Token, *, kinds: Iterable[str] = ()) -> Mention | None:
        """Return the longest mention of one of ``kinds`` (all when empty) that covers ``token``, or None."""
        at = place(token)
        held = self._held.get(at)
        if held is None:
            held = self._held[at] = self.covering(*at)
        if not held:
            return None
        wanted = set(kinds)
        return next((mention for mention in reversed(held) if not wanted or mention.kind in wanted), None)

    def antecedent(self, mention: Mention) -> Mention:
        """Return the first mention of the chain of anaphors that ``mention`` stands in; itself when it is a name."""
        if mention.refers_to is None:
            return mention
        seen = {mention.id}
        while mention.refers_to is not None and mention.refers_to not in seen and mention.refers_to in self._by_id:
            seen.add(mention.refers_to)
            mention = self._by_id[mention.refers_to]
        return mention

    def side(self, mention: Mention) -> str:
        """Return the side that a mention is on: its state for the police, else what the lexicon or its words say."""
        last = self.antecedent(mention)
        if last.lexicon.startswith(("police.", "gendarmerie.")):
            return last.belongs_to
        return last.lexicon or (last.core or last.text).casefold()

    def referents(self, mention: Mention) -> tuple[Mention, ...]:
        """Return what a mention stands for: its antecedent, or each member of a plural ("the two sides")."""
        first = self.antecedent(mention)
        if not first.members:
            return (first,)
        found = (self.antecedent(self._by_id[member]) for member in first.members if member in self._by_id)
        return tuple(dict.fromkeys(found))
