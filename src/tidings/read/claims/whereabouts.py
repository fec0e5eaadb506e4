"""The place that a sentence leaves unsaid: from its other clauses, its paragraph, or what the report is about.

Nothing is carried over where the text does not hold together. What was carried is said on the claim ("places.carried")
and lowers its confidence.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.locating import locates
from tidings.read.claims.scene import one_each
from tidings.read.claims.told import CARRIED_WORTH, Told

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Whereabouts"]

MAIN_PARAGRAPHS = 3
"""Paragraphs that must name a place before it counts as the document's main place."""
MAIN_SHARE = 0.3
"""Share of the body's paragraphs that must name it: unrelated items on one page name no place so often."""
MOST_CARRIED = 4
"""Places of one sentence that are carried on; a longer list is a survey, not a scene."""
SHORT = 1
"""Body paragraphs of a page that is one piece whatever it names."""
SHORT_REPORT = 7
"""Paragraphs of a report so short that it tells of the place that it begins with."""
SCENES = frozenset({"event", "casualties", "control", "displacement", "custody", "property"})
"""Kinds of claims that happen somewhere; what is said and who stands by whom need not."""
WIDE = frozenset({"country", "region", "province", "road", "river", "border"})
PLACELESS = ("relation.affiliation", "relation.back", "statement.threat", "statement.warn")
"""Beginnings of the rules whose claims lie nowhere unless their words say it: who belongs to whom, who threatens whom."""


class Whereabouts:
    """Fills the places of drafts from what stands around them."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.scene = told.scene
        self.main = self._main_place()
        self.focus = self._focus() if self.main is None else None
        bodies = sum(paragraph.role == "body" for paragraph in self.scene.page.paragraphs)
        self.coherent = self.main is not None or bodies <= SHORT
        """Whether the sentences of the page belong together: it is about one place, or is one short piece."""

    def fill(self, draft: Draft) -> None:
        """Fill the places of one draft, and the origin of a flight that none is said of."""
        self._place(draft)
        if draft.kind == "displacement" and draft.type == "flight" and not draft.origin:
            draft.origin = list(draft.places)
            draft.miss("origin.carried" if draft.origin else "origin")

    def _key(self, mention: Mention) -> str:
        last = self.scene.index.antecedent(mention)
        return (last.core or last.text).casefold()

    def _main_place(self) -> Mention | None:
        """Return the place that the report is about: named in at least three paragraphs and in three of ten."""
        paragraphs: Counter[str] = Counter()
        first: dict[str, Mention] = {}
        body = [paragraph for paragraph in self.scene.page.paragraphs if paragraph.role == "body"]
        for paragraph in self.scene.page.paragraphs:
            seen = set()
            for mention in self.scene.index.within(paragraph.start, paragraph.end):
                last = self.scene.index.antecedent(mention)
                if last.kind != "place" or last.how != "name" or _dateline(last):
                    continue
                actor = [
                    other for other in self.scene.index.covering(mention.start, mention.end) if other.kind == "actor"
                ]
                if actor:
                    continue
                kind = last.cue.kind if last.cue is not None else ""
                if kind in {"country", "region"}:
                    continue
                key = self._key(mention)
                first.setdefault(key, last)
                seen.add(key)
            paragraphs.update(seen)
        if not paragraphs:
            return None
        key, count = max(paragraphs.items(), key=lambda item: (item[1], -first[item[0]].start))
        enough = count >= MAIN_PARAGRAPHS and count >= MAIN_SHARE * len(body)
        short = len(body) <= 3 and count >= min(2, len(self.scene.page.paragraphs)) and count >= len(body) / 2
        return first[key] if enough or short else None

    def _focus(self) -> Mention | None:
        """Return the place that a short report begins with: the first of its headline, else of its first paragraph.

        A dateline says where the reporter sat, and a province or country is too wide to be the scene.
        """
        paragraphs = self.scene.page.paragraphs
        bodies = [part for part in paragraphs if part.role == "body"]
        told = sum(len(part.sentences) > 1 for part in bodies)
        if not 1 < len(paragraphs) <= SHORT_REPORT or told < len(bodies) / 2:
            return None  # lines of one sentence each may be items that have nothing to do with each other
        body = bodies[0] if bodies else None
        for part in (paragraphs[0], body):
            if part is None:
                continue
            for mention in self.scene.index.within(part.start, part.end):
                kind = mention.cue.kind if mention.cue is not None else ""
                if mention.kind != "place" or mention.how != "name" or kind in WIDE or _dateline(mention):
                    continue
                if not (self._in_source(mention) or self._names_party(mention)):
                    return mention
        return None

    def _names_party(self, mention: Mention) -> bool:
        return any(other.kind == "actor" for other in self.scene.index.covering(mention.start, mention.end))

    def pointed_back(self, draft: Draft) -> None:
        """Give a definite happening ("the latest rebel offensive") the place and aim of its first telling."""
        determiner = next((c.lower_ for c in draft.token.children if c.dep_ in {"det", "poss"}), "")
        if draft.kind != "event" or draft.trigger.pos != "noun" or determiner not in {"the", "this", "its", "their"}:
            return
        if draft.places and draft.targets:
            return
        for earlier in self.told.before:
            if earlier.type != draft.type or not earlier.agents or not draft.agents:
                continue
            if not all(self.told.among(one, earlier.agents) for one in draft.agents):
                continue
            if not draft.places and earlier.places:
                draft.places = list(earlier.places)
                draft.miss("places.carried")
                draft.worth *= CARRIED_WORTH
            return

    def _place(self, draft: Draft) -> None:
        scene = self.scene
        named = [
            held
            for held in draft.places
            if not (self._empty(held) or self._in_source(held) or self._strayed(held, draft))
        ]
        if named:
            draft.places = named
            return
        draft.places = []
        if draft.rule.startswith(PLACELESS):
            return
        found = self._in_sentence(draft)
        if found:
            draft.miss("places.sentence")
        else:
            found = self._in_paragraph(draft) or self._with_same_party(draft)
            main = self.main or self.focus
            if not found and main is not None and (self.main is not None or draft.kind in SCENES):
                found = [main] if not self._goal(draft, [main]) else []
            draft.miss("places.carried" if found else "places")
        if found:
            draft.places = one_each(found, scene.index)
            draft.worth *= CARRIED_WORTH

    def _empty(self, held: Mention) -> bool:
        """Whether a place mention is a description that nothing was found for ("the area", "there")."""
        if held.cue is not None and held.cue.kind == "facility" and held.how == "description":
            return False  # "the airport" is a place of its own, whichever town it lies in
        return held.how in {"description", "pronoun"} and self.scene.index.antecedent(held) is held

    def _strayed(self, held: Mention, draft: Draft) -> bool:
        """Whether "the town" was found in another item of a page whose paragraphs do not belong together."""
        if self.coherent or self.focus is not None or held.how == "name":
            return False
        paragraph = self.scene.page.paragraphs[draft.sentence.paragraph]
        return not paragraph.start <= self.scene.index.antecedent(held).start < paragraph.end

    def _in_sentence(self, draft: Draft) -> list[Mention]:
        beside = self.told.beside(draft)
        for other in sorted(beside, key=lambda one: (abs(one.token.i - draft.token.i), one.token.i)):
            own = "places.carried" not in other.unfilled and "places.sentence" not in other.unfilled
            bound = self.coherent or _bound(draft.token, other.token)
            if (
                other.places
                and own
                and bound
                and not self._goal(draft, other.places)
                and not self._coarse(other.places)
            ):
                return [held for held in other.places if not self._empty(held)]
        if not self.coherent:
            return []
        words = list(draft.sentence.tokens)
        inside = [
            held
            for held in self.scene.finest(self.scene.places_among(words))
            if not self._empty(held)
            and not self._coarse([held])
            and not self._in_source(held)
            and not self._goal(draft, [held])
            and locates(self.scene, held, draft.token)
        ]
        few = 1 <= len(inside) <= (1 if self.main is not None else MOST_CARRIED)
        if few:
            draft.miss("places.near")
        return inside if few else []

    def _coarse(self, places: list[Mention]) -> bool:
        """Whether places are only provinces or countries, where the report is about a place inside."""
        if self.main is None or self.scene.broad(self.main):
            return False
        return all(self.scene.broad(held) for held in places)

    def _in_source(self, held: Mention) -> bool:
        return any(
            item.source_start is not None
            and item.source_end is not None
            and item.source_start <= held.start
            and held.end <= item.source_end
            for item in self.scene.attributions
        )

    def _in_paragraph(self, draft: Draft) -> list[Mention]:
        for earlier in reversed(self.told.before):
            if earlier.sentence.paragraph != draft.sentence.paragraph:
                break
            if earlier.sentence.index == draft.sentence.index and self.main is None:
                continue
            if earlier.places and not self._coarse(earlier.places) and not self._goal(draft, earlier.places):
                return list(earlier.places) if len(earlier.places) == 1 or self.main is None else []
        return self._named_before(draft) if self.main is None else []

    def _named_before(self, draft: Draft) -> list[Mention]:
        """Return the places named in the nearest sentence before, in the same paragraph, that names any."""
        paragraph = self.scene.page.paragraphs[draft.sentence.paragraph]
        for sentence in reversed(paragraph.sentences):
            if sentence.index >= draft.sentence.index:
                continue
            named = [held for held in self.scene.places_among(list(sentence.tokens)) if held.how == "name"]
            named = [held for held in self.scene.finest(named) if not self._in_source(held)]
            if named:
                return named if len(named) <= MOST_CARRIED else []
        return []

    def _with_same_party(self, draft: Draft) -> list[Mention]:
        """Return the place where a party that the text points back to ("the attackers", "they") was told of just before."""
        pointing = [
            party for party in (*draft.agents, *draft.targets) if self.scene.index.antecedent(party) is not party
        ]
        if not pointing:
            return []
        for earlier in reversed(self.told.before):
            gap = draft.sentence.paragraph - earlier.sentence.paragraph
            if gap > 1:
                return []
            if gap == 1 and len(earlier.places) == 1 and any(self.told.among(p, earlier.agents) for p in pointing):
                return list(earlier.places)
        return []

    def _goal(self, draft: Draft, places: list[Mention]) -> bool:
        """Whether places are where people went to, and so not where they left."""
        if draft.type != "flight" or len(draft.destination) > 1:
            return False  # "to safer quarters of the city and to nearby towns" left the city's other quarters
        return any(self.told.among(held, draft.destination) for held in places)


def _dateline(mention: Mention) -> bool:
    return mention.cue is not None and mention.cue.relation == "dateline"


def _bound(one: Token, other: Token) -> bool:
    """Return whether two happenings of a sentence share their clause or its subject, and so most likely their place.

    "Ten died when gunmen raided the market in Jos" and ", wounding five" are bound; a relative clause, and a clause with a
    subject of its own behind "and" or "but", are not.
    """
    return bool(_reach(one) & _reach(other))


def _reach(token: Token) -> set[int]:
    found = {token.i}
    current = token
    for _ in range(10):
        if current.head == current or current.dep_ in {"relcl", "ccomp", "parataxis"}:
            break
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in current.children)
        short = current.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in current.children)
        if current.dep_ == "conj" and own and not short:
            break
        current = current.head
        found.add(current.i)
    return found
