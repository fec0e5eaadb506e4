"""Coreference by typed rules: what "the group", "the monitoring group", "the city", "it" and "they" stand for.

Mentions are walked in order. An anaphor says what it wants (kind, role, place kind, one or two) and takes the most
salient mention before it that fits: the same sentence, then the one before, subjects before others, names told of
often before names told of once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tidings.read.coref_pronouns import SUBJECTS
from tidings.read.mentions_draft import Draft, Wanted

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["link"]

ARMED = frozenset({"armed_group", "militia", "alliance", "state"})
MOST = 200
"""How many mentions back an antecedent may stand, so that a sentence of 5,000 words is read in bounded time."""
REACH = {"pronoun": 2, "place": 30, "description": 12}
"""How many sentences back an antecedent may stand. Descriptions carry their type and reach farther."""


class _Linker:
    def __init__(self, drafts: list[Draft], home: frozenset[str]) -> None:
        self.drafts = drafts
        self.home = home
        self.heard: list[Draft] = []
        self._mains: dict[frozenset[str], Draft | None] = {}
        self.counted: Counter[str] = Counter()
        for draft in drafts:
            if draft.how == "name":
                self.counted[_identity(draft)] += 1

    def run(self) -> None:
        """Walk the mentions in order; each anaphor looks back from where it stands."""
        for at, draft in enumerate(self.drafts):
            if draft.wanted is not None and draft.refers_to is None:
                if "poss" in draft.wanted.said_words:
                    self._possessed(draft, at)
                else:
                    self._find(draft, draft.wanted)
            self.heard.append(draft)
        self._provinces()

    def _provinces(self) -> None:
        """Let "the province" that is never named be the one whose capital the town told of is said to be."""
        capitals = [
            draft.last
            for draft in self.drafts
            if draft.kind == "place" and "capital" in f"{draft.words} {draft.core.lower()}" and draft.last.how == "name"
        ]
        open_ones = [
            draft
            for draft in self.drafts
            if draft.kind == "place" and draft.place_kind == "province" and draft.how == "description" and draft.wanted
        ]
        open_ones = [draft for draft in open_ones if draft.refers_to is None]
        if not capitals or not open_ones:
            return
        cores = Counter(draft.core for draft in capitals)
        open_ones[0].core = min(cores, key=lambda core: (-cores[core], core))
        for draft in open_ones[1:]:
            draft.refers_to = open_ones[0]

    def _possessed(self, draft: Draft, at: int) -> None:
        """Let "its troops" stand for whoever its pronoun stands for."""
        for inner in self.drafts[at + 1 : at + 4]:
            if inner.how == "pronoun" and inner.wanted is not None and inner.end <= draft.end:
                self._find(inner, inner.wanted)
                owner = inner.last
                if owner is not inner and owner.kind == "actor" and owner.role in ARMED:
                    draft.refers_to = inner
                    draft.lexicon = draft.known_as = draft.belongs_to = ""
                    draft.role = owner.role
                return

    def _find(self, draft: Draft, wanted: Wanted) -> None:
        if wanted.sides:
            draft.members = self._sides(draft)
            return
        if wanted.number == 2:
            draft.members = self._two(draft, wanted)
            return
        if draft.kind == "place" and draft.how == "description" and self._apposed(draft):
            return
        acting = self._acting(draft)
        reflexive = draft.head is not None and draft.head.lower_.endswith(("self", "selves"))
        on_self = 4.0 if reflexive else -6.0
        scored = [
            (self._score(draft, other, wanted) + (on_self if _identity(other.last) in acting else 0.0), -at, other)
            for at, other in enumerate(self._recent(draft))
            if self._fits(draft, other, wanted)
        ]
        if scored:
            best = max(scored, key=lambda row: (row[0], row[1]))
            if best[0] > 0:
                other = best[2]
                draft.refers_to = other.last
                if draft.lexicon or not draft.role:
                    draft.role = draft.role if draft.lexicon else other.last.role
                draft.lexicon = draft.known_as = draft.belongs_to = ""
                if draft.how == "pronoun" or "source" in wanted.kinds:
                    draft.kind = other.kind
                return
        if draft.kind == "place" and draft.how == "description" and wanted.place_kinds & {"city", "town", "province"}:
            draft.refers_to = self._main_place(wanted, draft)

    def _apposed(self, draft: Draft) -> bool:
        """Link "the provincial capital Aden" to the name right behind it."""
        at = len(self.heard)
        for other in self.drafts[at + 1 : at + 4]:
            beside = 0 < other.start - draft.end < 3 and other.sentence == draft.sentence
            if beside and other.kind == "place" and other.how == "name" and other.place_kind != "country":
                draft.refers_to = other
                return True
            if other.start > draft.end + 3:
                break
        return False

    def _acting(self, draft: Draft) -> set[str]:
        """Who acts on the anaphor: "X killed them", "X seized the militants' base", "X fled after cornering them"."""
        at = draft.head
        while at is not None and at.dep_ in {"poss", "pobj", "prep", "compound", "conj"} and at.head != at:
            if at.dep_ == "poss" and draft.how == "pronoun":
                return set()
            at = at.head
        if at is None or at.dep_ != "dobj":
            return set()
        verb = _governor(at)
        found = set()
        for other in self._recent(draft, 0):
            if other.subject and other.head is not None and other.head.head == verb:
                found.add(_identity(other.last))
        return found

    def _main_place(self, wanted: Wanted, draft: Draft) -> Draft | None:
        """The place told of most in the whole report, for "the city" before any city is named (as in a headline)."""
        if wanted.said_words:
            return None
        if wanted.place_kinds in self._mains:
            return self._mains[wanted.place_kinds]
        fitting = [
            other for other in self.drafts if other.kind == "place" and other.how == "name" and other is not draft
        ]
        fitting = [other for other in fitting if other.place_kind in wanted.place_kinds]
        main = min(fitting, key=lambda other: (-self.counted[_identity(other)], other.start)) if fitting else None
        self._mains[wanted.place_kinds] = main
        return main

    def _recent(self, draft: Draft, reach: int = REACH["place"]) -> Iterator[Draft]:
        """Yield the mentions before, the last first, as far back as any antecedent may stand."""
        for other in islice(reversed(self.heard), MOST):
            if draft.sentence - other.sentence > reach:
                return
            yield other

    # --- who fits ----------------------------------------------------------------------------------------------------

    def _fits(self, draft: Draft, other: Draft, wanted: Wanted) -> bool:
        if other.kind not in wanted.kinds or other is draft or other.end > draft.start:
            return False
        if other.how == "pronoun" and draft.how != "pronoun":
            return False
        last = other.last
        if last.members or other.members or (last.wanted is not None and last.how == "pronoun"):
            return False
        back = draft.sentence - other.sentence
        reach = REACH["pronoun" if draft.how == "pronoun" else "place" if draft.kind == "place" else "description"]
        if draft.kind == "place":
            return self._fits_place(draft, other, last, wanted, back)
        if back > reach:
            return False
        if wanted.roles:
            if last.role not in wanted.roles:
                return False
            return self._named_like(last)
        if draft.how == "pronoun":
            return self._fits_pronoun(draft, other, last, wanted)
        return True

    @staticmethod
    def _named_like(last: Draft) -> bool:
        return last.how == "name" or (bool(last.lexicon) and not last.lexicon.startswith("generic."))

    def _fits_pronoun(self, draft: Draft, other: Draft, last: Draft, wanted: Wanted) -> bool:
        if wanted.many:
            if last.kind == "person":
                return False
            return other.plural or last.plural or last.role in ARMED
        if draft.female is not None:
            return last.female is None or last.female == draft.female
        if last.kind == "person":
            return False
        if last.role == "civilians" or (other.plural and other.how == "description"):
            return False
        return last.kind != "place" or last.how == "name" or (last.wanted is None and other.head is not None)

    def _fits_place(self, draft: Draft, other: Draft, last: Draft, wanted: Wanted, back: int) -> bool:
        if last.how != "name" and not (last.core and last.refers_to is None and last.wanted is None):
            return False
        if wanted.said_words:
            words = {part for word in wanted.said_words for part in word.split()}
            said = set(last.core.lower().split()) | set(last.words.split()) | set(_words(other))
            return bool(words & said) and last.place_kind in wanted.place_kinds
        if draft.how == "pronoun" and back > 3:
            return False
        return last.place_kind in wanted.place_kinds

    # --- who is most salient -----------------------------------------------------------------------------------------

    def _score(self, draft: Draft, other: Draft, wanted: Wanted) -> float:
        back = draft.sentence - other.sentence
        score = 10.0 - 1.5 * back if draft.how == "pronoun" else 10.0 - 0.6 * back
        if other.paragraph != draft.paragraph:
            score -= 0.5
        if other.subject:
            score += 2.0 if draft.how == "pronoun" else 1.0
        often = self.counted[_identity(other.last)]
        score += min(0.4, 0.05 * often) if draft.how == "pronoun" else min(2.0, 0.25 * often)
        if draft.kind == "place":
            score += 1.0 if other.place_kind and other.place_kind in wanted.place_kinds else 0.0
            if draft.place_kind == other.last.place_kind and draft.place_kind:
                score += 2.0
            if draft.place_kind == "country" and other.last.core in self.home:
                score += 6.0
            score += _in_view(other)
            score -= 4.0 if other.last.relation == "dateline" else 0.0
            # "There" and "the area" are the place just told of; "the city" is the one told of most.
            if draft.how == "pronoun" or {"facility", "junction"} <= wanted.place_kinds:
                score -= 1.0 * back
            else:
                score += min(2.5, 0.5 * self.counted[_identity(other.last)])
                score += 1.5 if back == 0 and other.how == "name" else 0.0
                score -= 2.0 if other.relation == "of" else 0.0
            return max(score, 0.1) if wanted.place_kinds and draft.how != "pronoun" else score
        if draft.how == "pronoun":
            score += self._parallel(draft, other)
            if other.last.kind == "place":
                score -= 2.0 if other.head is not None and other.head.dep_ == "dobj" else 3.0
        elif wanted.roles:
            if not wanted.many and other.plural:
                score -= 1.5  # "the unit" is rather a brigade than "the forces"
            if wanted.group and wanted.group in {other.group, other.last.group}:
                score += 3.0
            if other.last.role == "armed_group" and "state" not in wanted.roles:
                score += 1.5
            if other.last.role == "alliance" and len(wanted.roles) > 1:
                score -= 1.0
        return score

    @staticmethod
    def _parallel(draft: Draft, other: Draft) -> float:
        """A subject keeps its subject; what stands inside another phrase ("ISIS's route") is less in view."""
        if draft.head is None or other.head is None:
            return 0.0
        score = 1.0 if draft.subject and other.subject else 0.0
        if other.head.dep_ in {"compound", "amod", "nmod"}:
            score -= 1.0
        if other.head.dep_ == "poss":
            score -= 0.5
        if draft.plural and other.plural:
            score += 1.0
        if draft.plural and not other.plural and other.how == "description":
            score -= 1.5  # "the regime" is rarely "they" where somebody is named in the plural
        if other.sentence == draft.sentence:
            score -= 0.03 * (draft.start - other.start) / 6
        if draft.head.lower_ == "its" and draft.head.head.lower_ in _PARTS_OF_PLACES and other.last.kind == "place":
            score += 5.0
        return score

    # --- two of them -------------------------------------------------------------------------------------------------

    def _sides(self, draft: Draft) -> list[Draft]:
        """The two parties of the fight told of just before, the last named two that are different."""
        found: list[Draft] = []
        for other in reversed(self.heard):
            if draft.sentence - other.sentence > 6 or len(found) == 2:
                break
            last = other.last
            if last.role not in ARMED or other.kind != "actor" or last.members or not self._named_like(last):
                continue
            if last.role == "militia" and last.belongs_to:
                continue
            if all(_identity(last) != _identity(one) for one in found):
                found.append(last)
        return list(reversed(found)) if len(found) == 2 else self._only_two()

    def _only_two(self) -> list[Draft]:
        """The two parties that fight in the whole report, where it names no third: a headline says "rival factions"."""
        parties: dict[str, Draft] = {}
        for other in self.drafts:
            armed = other.kind == "actor" and other.role in {"armed_group", "militia", "state"}
            if armed and other.how == "name" and other.refers_to is None and not other.members:
                parties.setdefault(_identity(other), other)
        armed_groups = [draft for draft in parties.values() if draft.role != "state"]
        found = armed_groups if len(armed_groups) == 2 else list(parties.values())
        return found if len(found) == 2 else []

    def _two(self, draft: Draft, wanted: Wanted) -> list[Draft]:
        found: list[Draft] = []
        for other in reversed(self.heard):
            if draft.sentence - other.sentence > 4 or len(found) == 2:
                break
            last = other.last
            if last.kind not in wanted.kinds or last.how != "name" or other.how != "name":
                continue
            if draft.kind == "place" and last.place_kind not in wanted.place_kinds:
                continue
            if (
                draft.kind == "place"
                and last.place_kind in {"city", "province", "country", ""}
                and draft.place_kind == "region"
            ) and any(one.place_kind in {"neighbourhood", "village", "district"} for one in self._near(draft)):
                continue
            if draft.kind != "place" and wanted.roles and last.role not in wanted.roles:
                continue
            if all(_identity(last) != _identity(one) for one in found):
                found.append(last)
        return list(reversed(found)) if len(found) == 2 else []

    def _near(self, draft: Draft) -> list[Draft]:
        return [other for other in self._recent(draft, 2) if other.kind == "place"]


_PARTS_OF_PLACES = frozenset(
    "outskirts suburbs quarters neighborhoods neighbourhoods districts streets residents population inhabitants centre center entrance airport hospital countryside".split()
)


def _in_view(other: Draft) -> float:
    """How much a place is in view: what is taken or shelled more than where a body sits ("the ministry in Damascus")."""
    if other.head is None:
        return 0.0
    if other.head.dep_ in {"dobj", "nsubj", "nsubjpass"}:
        return 0.8
    preposition = other.head.head
    if other.head.dep_ == "pobj" and preposition.dep_ == "prep" and preposition.head.pos_ in {"NOUN", "PROPN"}:
        return -0.8 if preposition.lower_ in {"in", "at"} and preposition.head.dep_ in {"nsubj", "poss"} else 0.0
    return 0.0


def _governor(token: Token) -> Token:
    """The verb whose subject acts on an object: over "after cornering them" the verb of the main clause."""
    verb = token.head
    while verb.dep_ in {"pcomp", "prep", "advcl", "xcomp", "conj", "acl"} and verb.head != verb:
        if any(child.dep_ in SUBJECTS for child in verb.children):
            break
        verb = verb.head
    return verb


def _identity(draft: Draft) -> str:
    return (
        draft.lexicon
        or f"{draft.kind}:{draft.core.casefold()}:{draft.place_kind if draft.place_kind == 'province' else ''}"
    )


def _words(draft: Draft) -> list[str]:
    if draft.head is None:
        return []
    return [draft.head.lower_]


def link(drafts: list[Draft], home: frozenset[str] = frozenset()) -> None:
    """Find what each anaphor among ``drafts`` (in order) stands for. Drafts are changed in place.

    Args:
        drafts: All mentions of a page.
        home: The names of the country told of, which "the country" stands for where it is named.
    """
    _Linker(drafts, home).run()
