"""The place that a sentence leaves unsaid: from its other clauses, what it points back to, its paragraph, or the report's focus.

Nothing is carried over where the text does not hold together. What was carried is said on the claim ("places.carried")
and lowers its confidence.
"""

from __future__ import annotations

from tidings.model import Mention
from tidings.read.claims.bound import apart, bound, pointing_nouns
from tidings.read.claims.draft import Draft
from tidings.read.claims.focus import Focus, stands_as_place
from tidings.read.claims.locating import PROTEST, is_capture, locates, of_the_deed, passive_subject, protested
from tidings.read.claims.scene import one_each
from tidings.read.claims.told import CARRIED_WORTH, Told

__all__ = ["Whereabouts"]

MOST_CARRIED = 4
"""Places of one sentence that are carried on; a longer list is a survey, not a scene."""
FAR = 3
"""Sentences over which a paragraph keeps its scene; some pages come as one paragraph."""
PLACELESS = ("relation.affiliation", "statement.threat", "statement.warn")
"""Beginnings of the rules whose claims lie nowhere unless their words say it: who belongs to whom, who threatens whom."""
NOWHERE = frozenset({"affiliation", "dependence"})
"""Ties that hold wherever the two are."""
ANY_DEED = frozenset(
    {"incident", "violence", "attack", "raid", "operation", "assault", "bloodshed", "carnage", "tragedy"}
)
"""Nouns that take up whatever was told before: the shooting, the bombing, the clash."""
DEEDS = frozenset({"event", "casualties", "control", "custody"})
AT_ONE_SPOT = frozenset({"bombing", "suicide_bombing", "killing"})
"""Happenings that have one spot, which a report may name only after its lead."""
DEED_NOUNS = frozenset(
    {"offensive", "attack", "assault", "campaign", "operation", "advance", "push", "raid", "offensives"}
)
"""What is backed in doing it, and so has its place."""
ROAD_ENDS = frozenset({"to", "between", "from", "linking", "connecting"})
WARS = frozenset({"war", "conflict", "uprising", "insurgency", "rebellion", "violence"})
"""What lasts for years and is all over a country."""


class Whereabouts:
    """Fills the places of drafts from what stands around them."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.scene = told.scene
        self.focus = Focus(told.scene, told.drafts)
        self.coherent = self.focus.together
        """Whether the sentences of the page belong together."""

    def fill(self, draft: Draft) -> None:
        """Fill the places of one draft, and the origin of a flight that none is said of."""
        self._place(draft)
        if draft.kind == "displacement" and draft.type == "flight" and not draft.origin:
            draft.origin = list(draft.places)
            draft.miss("origin.carried" if draft.origin else "origin")

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
            if not self.coherent and earlier.sentence.paragraph != draft.sentence.paragraph:
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
        named = of_the_deed(scene, named, draft.token, draft.type)
        if not self.coherent:
            named = self._findable(named, draft)
            if draft.type == "gained" and not named and is_capture(draft.token):
                draft.places = []
                draft.miss("places")
                return  # who or what was captured is not known, so the sentence's other places may be far from it
        if named and all(scene.measured(held) for held in named):
            # "65 km west of the port" lies there only where nothing beside it is named.
            named = self._beside(draft) or named
        if named:
            draft.places = named
            return
        draft.places = []
        if draft.rule.startswith(PLACELESS) or self._lasting_tie(draft):
            return
        if draft.kind == "relation" and draft.type in NOWHERE:
            within = {word.i for word in draft.token.subtree}
            draft.places = one_each(
                [held for held in self._in_sentence(draft) if all(w.i in within for w in scene.tokens_of(held))],
                scene.index,
            )
            if draft.places:
                draft.miss("places.sentence")
            return
        found = self._beside(draft)
        if not found:
            found = self._taken_up(draft)
            if found:
                draft.miss("places.pointed")
        if not found:
            found = self._in_sentence(draft)
            if found:
                draft.miss("places.near")
        if found:
            draft.miss("places.sentence")
        else:
            main = self.focus.main
            found = self._whole_war(draft) or ([main] if self._of_the_town(draft) and main is not None else [])
            found = found or ([] if draft.kind == "relation" else self._in_paragraph(draft))
            found = found or self._with_same_party(draft)
            if not found and main is not None and not self._goal(draft, [main]):
                found = [main]
            draft.miss("places.carried" if found else "places")
        if found:
            draft.places = one_each(found, scene.index)
            draft.worth *= CARRIED_WORTH

    @staticmethod
    def _lasting_tie(draft: Draft) -> bool:
        """Whether one party is said to back another as a matter of course, not in what happens here.

        "Backed by jets, the troops took the town" is of the town; "backing them", "the Turkish-backed factions" of none.
        """
        if draft.kind != "relation" or draft.type != "alliance":
            return False
        participle = draft.token.tag_ == "VBN" and draft.token.dep_ in {"acl", "advcl"}
        if draft.rule.startswith("relation.back"):
            return not participle
        if draft.rule == "relation.alliance.backed":
            noun = draft.token.head
            return noun.pos_ in {"NOUN", "PROPN"} and noun.lemma_.lower() not in DEED_NOUNS
        finite = draft.token.dep_ == "relcl" or (draft.token.dep_ == "conj" and draft.token.tag_ != "VBN")
        return draft.rule == "relation.alliance.verb" and finite

    def _of_the_town(self, draft: Draft) -> bool:
        """Whether a claim is of all the town that a report is about: who fled or was sent there, not from or to one spot of it."""
        main = self.focus.main
        if main is None or self.scene.broad(main) or self._goal(draft, [main]):
            return False
        return draft.kind == "displacement" or draft.type == "reinforcement"

    def _empty(self, held: Mention) -> bool:
        """Whether a place mention is a description that nothing was found for ("the area", "there")."""
        if held.cue is not None and held.cue.kind == "facility" and held.how == "description":
            return False  # "the airport" is a place of its own, whichever town it lies in
        if held.cue is not None and held.cue.kind == "road" and ROAD_ENDS & set(held.text.lower().split()):
            return False  # "the road to the port" is a place of its own
        return held.how in {"description", "pronoun"} and self.scene.index.antecedent(held) is held

    def _strayed(self, held: Mention, draft: Draft) -> bool:
        """Whether "the town" was found in another item of a page whose paragraphs do not belong together."""
        if self.coherent or held.how == "name":
            return False
        paragraph = self.scene.page.paragraphs[draft.sentence.paragraph]
        return not paragraph.start <= self.scene.index.antecedent(held).start < paragraph.end

    def _findable(self, named: list[Mention], draft: Draft) -> list[Mention]:
        """Return the places that can be found where no report around tells which town a described one is in.

        "Bombs exploded near the market in X": the market where a report is about X, X in a sentence that stands alone.
        """
        if is_capture(draft.token):
            # "X was captured", of a name that nothing else on the page shows to be a place: X may be a person.
            named = [
                held for held in named if held.cue is not None or not passive_subject(self.scene, held, draft.token)
            ]
        vague = [held for held in named if self.scene.index.antecedent(held).how != "name"]
        if not vague:
            return named
        inside = [
            held
            for held in self.scene.places_among(sorted(draft.token.subtree, key=lambda word: word.i))
            if held.how == "name" and locates(self.scene, held, draft.token, draft.type) and not self._in_source(held)
        ]
        rest = [held for held in named if held not in vague]
        return rest or self.scene.finest(of_the_deed(self.scene, inside, draft.token, draft.type))

    # --- within the sentence -------------------------------------------------------------------------------------------

    def _beside(self, draft: Draft) -> list[Mention]:
        """Return the places of the nearest other happening of the sentence that has its own."""
        beside = self.told.beside(draft)
        for other in sorted(beside, key=lambda one: (abs(one.token.i - draft.token.i), one.token.i)):
            own = not any(miss.startswith("places.") for miss in other.unfilled)
            if not other.places or not own or self._goal(draft, other.places) or self._coarse(other.places):
                continue
            if draft.type == PROTEST and protested(other.token, draft.token):
                continue
            if self.coherent or (bound(draft.token, other.token) and not apart(draft.token, other.token)):
                return [
                    held
                    for held in other.places
                    if not self._empty(held)
                    and not self._strayed(held, draft)
                    and not self.focus.in_frame(held, draft.token, draft.sentence)
                ]
        return []

    def _in_sentence(self, draft: Draft) -> list[Mention]:
        """Return the places that the sentence names anywhere as where something happens."""
        if not self.coherent:
            return []
        inside = [
            held
            for held in self.scene.finest(self.scene.places_among(list(draft.sentence.tokens)))
            if not self._empty(held)
            and not self._coarse([held])
            and not self._in_source(held)
            and not self._goal(draft, [held])
            and not self.focus.in_frame(held, draft.token, draft.sentence)
            and not any(held.id == party.id for party in (*draft.agents, *draft.targets))
            and stands_as_place(self.scene, held)
            and locates(self.scene, held, draft.token, draft.type)
        ]
        return inside if 1 <= len(inside) <= MOST_CARRIED else []

    def _coarse(self, places: list[Mention]) -> bool:
        """Whether places are only provinces or countries, where the report is about a place inside."""
        main = self.focus.main
        if main is None or self.scene.broad(main):
            return False
        return all(self.scene.broad(held) for held in places)

    def _in_source(self, held: Mention) -> bool:
        return any(
            (item.source_start or 0) <= held.start and held.end <= (item.source_end or 0)
            for item in self.scene.sources.over(held.start, held.end)
        )

    def _whole_war(self, draft: Draft) -> list[Mention]:
        """Return the country for what a clause tells of the whole war: "50,000 people have died in the conflict"."""
        land = self.focus.country
        if land is None or draft.kind not in {"casualties", "displacement"}:
            return []
        for word in draft.token.subtree:
            if word.lemma_.lower() in WARS and word.dep_ in {"pobj", "nsubj", "nsubjpass"} and word.i != draft.token.i:
                return [land]
        return []

    def refine(self) -> None:
        """Give what the lead tells of a wide or vague place the finer one that the report names for the same further down."""
        if not self.coherent:
            return
        lead = {part.index for part in self.scene.page.paragraphs if part.role != "body"}
        lead |= {part.index for part in [p for p in self.scene.page.paragraphs if p.role == "body"][:2]}
        for draft in self.told.drafts:
            if draft.sentence.paragraph not in lead or not draft.places:
                continue
            if draft.type not in AT_ONE_SPOT and (draft.kind != "casualties" or draft.count is None):
                continue
            if not all(self._vague(held) for held in draft.places):
                continue
            for other in self.told.drafts:
                alike = other.kind == draft.kind and other.type == draft.type
                counts = draft.kind != "casualties" or draft.count == other.count
                if other is draft or not alike or not counts or not other.places:
                    continue
                if not any(self._vague(held) for held in other.places):
                    draft.places = list(other.places)
                    draft.miss("places.carried")
                    break

    def _vague(self, held: Mention) -> bool:
        last = self.scene.index.antecedent(held)
        if self.scene.broad(held):
            return True
        cue = held.cue or last.cue
        if cue is None:
            return False
        return cue.kind in {"country", "region"} or (cue.relation == "of" and cue.bearing is not None)

    # --- what was told before ------------------------------------------------------------------------------------------

    def _taken_up(self, draft: Draft) -> list[Mention]:
        """Return where the happening lies that the clause takes up: "died in the raid", "condemned the attack"."""
        for noun in pointing_nouns(draft.token):
            if draft.type == PROTEST and protested(noun, draft.token):
                continue
            types = {
                entry.type for entry in self.scene.triggers.of("noun", noun.lemma_.lower()) if entry.kind == "event"
            }
            if not types and noun.lemma_.lower() not in ANY_DEED:
                continue
            for earlier in reversed(self.told.before):
                if draft.sentence.paragraph - earlier.sentence.paragraph > (3 if self.coherent else 0):
                    break
                alike = earlier.type in types or noun.lemma_.lower() in ANY_DEED
                if earlier.kind in DEEDS and alike and earlier.places and not self._goal(draft, earlier.places):
                    return list(earlier.places)
        return []

    def _in_paragraph(self, draft: Draft) -> list[Mention]:
        """Return the place of the scene that the paragraph is in: of the nearest sentence before that tells or names one."""
        named, at = self._named_before(draft)
        for earlier in reversed(self.told.before):
            near = draft.sentence.index - earlier.sentence.index
            if earlier.sentence.paragraph != draft.sentence.paragraph or near > FAR or earlier.sentence.index < at:
                break
            if near == 0 and not self.coherent:
                continue
            if earlier.places and not self._coarse(earlier.places) and not self._goal(draft, earlier.places):
                return list(earlier.places) if len(earlier.places) <= MOST_CARRIED else []
        return named

    def _named_before(self, draft: Draft) -> tuple[list[Mention], int]:
        """Return the places named in the nearest sentence before, in the same paragraph, that names any, and its number."""
        paragraph = self.scene.page.paragraphs[draft.sentence.paragraph]
        for sentence in reversed(paragraph.sentences):
            if sentence.index >= draft.sentence.index:
                continue
            if draft.sentence.index - sentence.index > FAR:
                break
            named = [held for held in self.scene.places_among(list(sentence.tokens)) if held.how == "name"]
            named = [
                held
                for held in self.scene.finest(named)
                if not self._in_source(held) and stands_as_place(self.scene, held) and not self._goal(draft, [held])
            ]
            if named and not self._coarse(named):
                return (named, sentence.index) if len(named) <= MOST_CARRIED else ([], -1)
        return [], -1

    def _with_same_party(self, draft: Draft) -> list[Mention]:
        """Return the place where a party that the text points back to ("the attackers", "they") was told of just before."""
        pointing = [
            party for party in (*draft.agents, *draft.targets) if self.scene.index.antecedent(party) is not party
        ]
        if not pointing:
            return []
        for earlier in reversed(self.told.before):
            gap = draft.sentence.paragraph - earlier.sentence.paragraph
            if gap > (1 if self.coherent else 0):
                return []
            if gap == 1 and len(earlier.places) == 1 and any(self.told.among(p, earlier.agents) for p in pointing):
                return list(earlier.places)
        return []

    def _goal(self, draft: Draft, places: list[Mention]) -> bool:
        """Whether places are where people went to, and so not where they left."""
        if draft.type not in {"flight", "evacuation", "retreat"}:
            return False
        if len(draft.destination) > 1:
            # "To safer quarters of the city and to nearby towns" left the city's other quarters.
            gone = {held.id for held in draft.destination}
            return any(held.id in gone for held in places)
        if not draft.destination:
            return False
        return any(self.told.among(held, draft.destination) for held in places)
