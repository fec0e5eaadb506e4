"""What a report is about: whether its paragraphs belong together, and the place that a careful reader has in mind.

A page of unrelated items has no such place, so nothing is carried from one item to the next. How a page hangs together is
seen from its names: paragraphs of one report name again what those before them named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tidings.model import Attribution, Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import PEOPLE_PREFIX, Scene
from tidings.read.page import Paragraph, Sentence, place

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Focus", "holds_together", "stands_as_place"]

FEW = 3
"""Body paragraphs of a page that is one piece whatever it names."""
SHORT = 12
"""Body paragraphs of a short page, which needs fewer ties: so few unrelated items seldom share a page."""
LINKED_SHORT = 0.35
LINKED = 0.6
"""Share of the paragraphs that name again, or say in the same noun, what one of the three before did.

Of sixty pages of unrelated sentences none reaches .6; reports have .65 and more.
"""
FULL = 0.5
"""Share of paragraphs of more than one sentence from which a page is prose, not a list of items."""
BACK = 3
SHORTEST_WORD = 4
ANY_WAR = frozenset(
    "people government force official source area city town group state country year month week part member number leader "
    "army military police soldier troop report statement minister president attack war fighting fighter rebel capital "
    "security spokesman time place today world woman child civilian side".split()
)
"""Nouns that reports of any war share, so that they bind no two paragraphs."""
WIDE = frozenset({"country", "road", "river", "border"})
INSIDE_TOWNS = frozenset({"facility", "junction", "checkpoint", "hill", "neighbourhood", "camp"})
"""Kinds that are scenes of one happening; what the rest of a report is about is the town around them."""
LOCATING = frozenset(
    "in at near on around outside inside across from to into towards toward of between over through throughout within "
    "against above beyond behind off along after via past".split()
)
RATHER = 1.5
"""How much more a facility must weigh than any town to be what a report is about."""
NAMED, TOLD, LEAD, HEADED = 0.5, 1.0, 1.0, 1.5
"""Weights: a paragraph that names a place, one that tells what happened there, the first such place, the headline's."""


NEAR = 40
STOPS = frozenset(',;:()"\u201c\u201d')
"""How far behind "said" a place may stand, with no mark between, to be where the speaker is: "told a rally in X"."""
DATED = re.compile(r"[A-Z][A-Z.,'\u2019/ -]{2,40},? (?:\w{3,9}\.? )?\d[\w ,./-]{2,20}")
"""A line that is only a dateline: "COLOMBO 1996-08-29"."""
NO_MATTER = frozenset({"DATE", "TIME", "CARDINAL"})


def _known_of(scene: Scene, paragraph: Paragraph) -> set[str]:
    found = set()
    for mention in scene.index.within(paragraph.start, paragraph.end):
        last = scene.index.antecedent(mention)
        known = last.how == "name" or (last.lexicon and not last.lexicon.startswith(PEOPLE_PREFIX))
        if not known or last.kind not in {"actor", "place", "person"}:
            continue
        if last.cue is None or last.cue.kind != "country":
            found.add(last.lexicon or (last.core or last.text).casefold())
    for token in paragraph.tokens:
        if token.pos_ in {"NOUN", "PROPN"} and len(token) >= SHORTEST_WORD and token.ent_type_ not in NO_MATTER:
            word = token.lemma_.lower()
            if word not in ANY_WAR:
                found.add(word)
    return found


def holds_together(scene: Scene) -> bool:
    """Return whether the paragraphs of a page belong to one report rather than being items that share a page."""
    bodies = [paragraph for paragraph in scene.page.paragraphs if paragraph.role == "body"]
    if len(bodies) <= FEW:
        return True
    full = sum(len(paragraph.sentences) > 1 for paragraph in bodies) / len(bodies)
    named = [_known_of(scene, paragraph) for paragraph in bodies]
    linked = sum(
        any(named[at] & named[back] for back in range(max(0, at - BACK), at)) for at in range(1, len(bodies))
    ) / (len(bodies) - 1)
    return full >= FULL or linked >= (LINKED_SHORT if len(bodies) <= SHORT else LINKED)


def stands_as_place(scene: Scene, mention: Mention, *, headed: bool = False) -> bool:
    """Return whether a name stands where a place stands; "a deal with Ankara", "Kyiv denied" name those who act.

    In a headline ("Aleppo falls") the subject is what the report is about.
    """
    held = scene.tokens_of(mention)
    if not held:
        return True
    inside = {word.i for word in held}
    root = next((word for word in held if word.head.i not in inside or word.head == word), held[-1])
    while root.dep_ == "conj":
        root = root.head
    if root.pos_ == "ADJ" and root.dep_ == "amod":
        return False
    if root.dep_ == "pobj":
        return root.head.lower_ in LOCATING
    return root.dep_ not in {"nsubj", "poss", "agent"} or (headed and root.dep_ == "nsubj")


class Focus:
    """The places that a page is about, from its drafts and its names."""

    def __init__(self, scene: Scene, drafts: list[Draft]) -> None:
        self.scene = scene
        self._told: dict[int, list[Attribution]] = {}
        self.together = holds_together(scene)
        self.country: Mention | None = None
        self.main = self._main(drafts) if self.together else None

    def in_frame(self, held: Mention, token: Token, sentence: Sentence) -> bool:
        """Return whether a place stands in the words that say who speaks, outside of what is said ("…, a doctor in X said")."""
        at, _ = place(token)
        for told in self._told_in(sentence):
            if not told.start <= at < told.end or told.start <= held.start < told.end or told.source_start is None:
                continue
            starts = [told.source_start, *([told.cue_start] if told.cue_start is not None else [])]
            ends = [told.source_end or told.source_start, *([told.cue_end] if told.cue_end is not None else [])]
            if min(starts) < sentence.start or max(ends) > sentence.end:
                continue
            between = self.scene.page.text[max(ends) : held.start] if held.start >= max(ends) else ""
            if min(starts) <= held.start < max(ends) or (between and len(between) < NEAR and not set(between) & STOPS):
                return True
        return False

    def _told_in(self, sentence: Sentence) -> list[Attribution]:
        if sentence.index not in self._told:
            self._told[sentence.index] = self.scene.attributions.over(sentence.start, sentence.end)
        return self._told[sentence.index]

    def _main(self, drafts: list[Draft]) -> Mention | None:
        """Return the settlement that the report tells of most: where things happen counts double what is only named."""
        scene = self.scene
        weights: dict[str, float] = defaultdict(float)
        first: dict[str, Mention] = {}
        told: dict[str, set[int]] = defaultdict(set)
        headed: set[str] = set()
        lead = True
        for draft in drafts:
            for held in draft.places:
                last = scene.index.antecedent(held)
                if last.kind != "place" or last.how != "name" or any(held.id == gone.id for gone in draft.destination):
                    continue
                if self._speaks(held) or not stands_as_place(scene, held):
                    continue
                key = self._key(last)
                first.setdefault(key, last)
                if draft.sentence.paragraph not in told[key]:
                    told[key].add(draft.sentence.paragraph)
                    weights[key] += TOLD
                if lead:
                    weights[key] += LEAD
            lead = lead and not draft.places
        for paragraph in scene.page.paragraphs:
            seen: set[str] = set()
            if paragraph.role != "body" and DATED.fullmatch(paragraph.plain.strip()):
                continue
            for mention in scene.index.within(paragraph.start, paragraph.end):
                last = scene.index.antecedent(mention)
                if last.kind != "place" or last.how != "name" or self._speaks(mention):
                    continue
                if mention.cue is not None and mention.cue.relation == "dateline":
                    continue
                top = paragraph.role != "body"
                if mention.how == "name" and not stands_as_place(scene, mention, headed=top):
                    continue
                key = self._key(last)
                if top:
                    headed.add(key)
                first.setdefault(key, last)
                if key not in seen:
                    seen.add(key)
                    weights[key] += HEADED if top else NAMED
        ranked = sorted(weights, key=lambda key: (-weights[key], first[key].start))
        lands = [key for key in ranked if self._kind(first[key]) == "country"]
        self.country = first[lands[0]] if lands else self._land()
        best = [key for key in ranked if self._kind(first[key]) not in WIDE | INSIDE_TOWNS]
        inside = [key for key in ranked if self._kind(first[key]) in INSIDE_TOWNS]
        if best and inside and best[0] not in headed and weights[inside[0]] >= RATHER * weights[best[0]]:
            return first[inside[0]]  # "overran the police post at X", of a report that only names towns far off
        for keys in (best, inside):
            if keys:
                return first[keys[0]]
        return None

    def _land(self) -> Mention | None:
        """Return the country that the page names most, if only as whose something is: "Sri Lanka's northeast"."""
        named: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.scene.index.all:
            if mention.kind == "place" and mention.how == "name" and self._kind(mention) == "country":
                named[self._key(mention)].append(mention)
        best = min(named, key=lambda key: (-len(named[key]), named[key][0].start), default=None)
        return None if best is None else named[best][0]

    def _speaks(self, held: Mention) -> bool:
        return any(
            (told.source_start or 0) <= held.start and held.end <= (told.source_end or 0)
            for told in self.scene.sources.over(held.start, held.end)
        )

    def _key(self, mention: Mention) -> str:
        return (mention.core or mention.text).casefold()

    @staticmethod
    def _kind(mention: Mention) -> str:
        return mention.cue.kind if mention.cue is not None else ""
