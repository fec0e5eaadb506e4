"""What the sentence leaves unsaid and its surroundings say: the other side of a clash, the place, the day.

Nothing is carried over where the text does not hold together: a place comes from the same sentence, from the same paragraph,
or from the document's main place when that is named again and again. What was carried is said on the claim
("place.carried") and lowers its confidence.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.frames import locates
from tidings.read.claims.scene import Scene, one_each

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

__all__ = ["Surroundings"]

MAIN_PARAGRAPHS = 3
"""Paragraphs that must name a place before it counts as the document's main place."""
MAIN_SHARE = 0.3
"""Share of the body's paragraphs that must name it: unrelated items on one page name no place so often."""
MOST_CARRIED = 4
"""Places of one sentence that are carried on; a longer list is a survey, not a scene."""
SHORT = 1
"""Body paragraphs of a page that is one piece whatever it names."""
CARRIED_WORTH = 0.85
NEAR_PARAGRAPHS = 3
SIDED = frozenset({"armed_clash", "ground_attack", "shelling", "air_strike", "gained", "repelled"})
STRIKES = frozenset({"shelling", "air_strike", "ground_attack", "bombing", "suicide_bombing"})
HOSTILE = frozenset({"custody", "casualties"})
CAPTIVES = frozenset({"detainees", "detainee", "prisoners", "prisoner", "hostages", "hostage", "captives", "captive"})
PLACELESS = frozenset({"affiliation", "dependence"})


class Surroundings:
    """The document around a sentence, and the drafts read so far, in order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.main = self._main_place()
        bodies = sum(paragraph.role == "body" for paragraph in scene.page.paragraphs)
        self.coherent = self.main is not None or bodies <= SHORT
        """Whether the sentences of the page belong together: it is about one place, or is one short piece."""
        self.drafts: list[Draft] = []
        self._before: list[Draft] = []
        self._against: dict[str, Counter[str]] = {}
        self._known: dict[str, Mention] = {}

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
                if last.kind != "place" or last.how != "name":
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

    def complete(self, drafts: list[Draft]) -> None:
        """Fill what the sentences of a page left open, in the order of the text."""
        self.drafts = drafts
        for draft in drafts:
            if draft.kind in HOSTILE or draft.type in SIDED:
                self._note_opposition(draft)
        for draft in drafts:
            self._expand(draft)
            self._instrument(draft)
            self._answered(draft)
            self._pointed_back(draft)
            self._sides(draft)
            self._same_matter(draft)
            self._place(draft)
            if draft.kind == "displacement" and draft.type == "flight" and not draft.origin:
                draft.origin = list(draft.places)
                draft.miss("origin.carried" if draft.origin else "origin")
            self._before.append(draft)

    def _note_opposition(self, draft: Draft) -> None:
        """Count who stands against whom, from what the sentences themselves say."""
        if draft.trigger.scheme == "mutual":
            pairs = [(one, other) for one in draft.agents for other in draft.agents if one is not other]
        elif draft.type in {"shared", "held"}:
            return
        else:
            pairs = [(one, other) for one in draft.agents for other in draft.targets]
            pairs += [(other, one) for one, other in pairs]
        for one, other in pairs:
            if self.scene.armed(one) and self.scene.armed(other) and not self.scene.same(one, other):
                self._against.setdefault(self._party(one), Counter())[self._party(other)] += 1
                self._known.setdefault(self._party(other), other)
                self._known.setdefault(self._party(one), one)

    def _party(self, mention: Mention) -> str:
        last = self.scene.index.antecedent(mention)
        return last.lexicon or (last.core or last.text).casefold()

    def _opponent(self, draft: Draft, side: Mention) -> list[Mention]:
        """Return who is fought by a side: the nearest before that is told to be against it, else the commonest."""
        counts = self._against.get(self._party(side))
        if not counts:
            return [] if self.scene.armed(side) else self._attacker()
        for earlier in reversed(self._before[-30:]):
            if draft.sentence.paragraph - earlier.sentence.paragraph > NEAR_PARAGRAPHS:
                break
            for party in [*earlier.targets, *earlier.agents]:
                if self._party(party) in counts and earlier.type in SIDED:
                    return [party]
        best = min(counts, key=lambda key: (-counts[key], key))
        return [self._known[best]]

    def _attacker(self) -> list[Mention]:
        """Return who attacks most in the report: against whom people who are no party defend themselves."""
        counts: Counter[str] = Counter()
        for draft in self.drafts:
            if draft.type in {"ground_attack", "gained", "attempted"}:
                counts.update(self._party(agent) for agent in draft.agents if self._party(agent) in self._known)
        if not counts:
            return []
        best = min(counts, key=lambda key: (-counts[key], key))
        return [self._known[best]]

    # --- the other side ----------------------------------------------------------------------------------------------

    def _sides(self, draft: Draft) -> None:
        clash = draft.kind == "event" and draft.type == "armed_clash"
        if clash and draft.trigger.scheme == "mutual":
            have = one_each([*draft.agents, *draft.targets], self.scene.index)
            if len(have) < 2:
                pair = self._pair(draft, have)
                if pair:
                    draft.agents = one_each([*have, *pair], self.scene.index)
                    draft.targets = []
                    draft.worth *= CARRIED_WORTH
                    draft.miss("agents.carried")
                else:
                    draft.miss("agents" if not have else "agents.other")
        elif (clash or draft.type == "repelled") and not draft.targets and draft.agents:
            other = [side for side in self._opponent(draft, draft.agents[0]) if not self._among(side, draft.agents)]
            draft.targets = other[:1]
            draft.miss("targets.carried" if other else "targets")
        elif draft.type == "agreement" and not draft.agents:
            draft.agents = self._earlier_pair(draft)
            draft.miss("agents.carried" if draft.agents else "agents")
        elif draft.kind == "relation" and draft.type == "tension" and len(draft.agents) < 2:
            pair = self._pair(draft, draft.agents)
            draft.agents = one_each([*draft.agents, *pair], self.scene.index)
            draft.miss("agents.carried" if pair else "agents")
        elif draft.kind == "control" and draft.type == "lost" and not draft.agents:
            self._loser(draft)
        elif not draft.agents and draft.kind in {"event", "control"}:
            draft.miss("agents")

    def _loser(self, draft: Draft) -> None:
        """Fill who lost a place: the one side named in the sentence, whose opponent then took it."""
        inside = [side for side in self._sentence_sides(draft) if not self._among(side, draft.targets)]
        if len(inside) == 1:
            draft.agents = inside
            draft.miss("agents.carried")
            if not draft.targets:
                draft.targets = [side for side in self._opponent(draft, inside[0]) if not self._among(side, inside)][:1]
                draft.miss("targets.carried" if draft.targets else "targets")
        else:
            draft.miss("agents")

    def _sentence_sides(self, draft: Draft) -> list[Mention]:
        inside = self.scene.parties_within(draft.sentence.start, draft.sentence.end)
        return [
            party
            for party in inside
            if self.scene.armed(party) and not self.scene.speaks(party) and not self._is_sides(party)
        ]

    def _is_sides(self, party: Mention) -> bool:
        """Whether a mention is only "both sides" or "the two parties", with no referent found."""
        last = self.scene.index.antecedent(party)
        words = last.text.split()
        return last.how != "name" and bool(words) and words[-1].casefold() in {"sides", "parties", "side"}

    def _expand(self, draft: Draft) -> None:
        """Replace "both sides" by the two that fight here, where the surroundings name them."""
        for slot in ("agents", "targets"):
            held: list[Mention] = getattr(draft, slot)
            if any(self._is_sides(party) for party in held):
                pair = self._earlier_pair(draft) or self._pair(draft, [])
                kept = [party for party in held if not self._is_sides(party)]
                if pair:
                    setattr(draft, slot, one_each([*kept, *pair], self.scene.index))
                    draft.miss(f"{slot}.carried")

    def _instrument(self, draft: Draft) -> None:
        """Lend an attack named as the means of another its doer and its aim: "struck with suicide and car bomb attacks"."""
        if draft.trigger.pos != "noun" or draft.agents or draft.targets or draft.kind != "event":
            return
        for other in self.drafts:
            if (
                other.sentence.index == draft.sentence.index
                and other.trigger.pos == "verb"
                and other.trigger.scheme == "deed"
            ):
                chain = [
                    child for child in other.token.children if child.dep_ == "prep" and child.lower_ in {"with", "in"}
                ]
                if any(child.is_ancestor(draft.token) for child in chain):
                    draft.agents, draft.targets = list(other.agents), list(other.targets)
                    draft.places = draft.places or list(other.places)
                    return

    def _answered(self, draft: Draft) -> None:
        """Fill whom an attack met from its own sentence: who repelled it, or on whom it is said to have inflicted losses."""
        if draft.targets or not draft.agents or draft.type not in {"ground_attack", "attempted"}:
            return
        for other in self.drafts:
            if other.sentence.index != draft.sentence.index or other is draft:
                continue
            if other.type == "repelled" and other.targets and self._among(other.targets[0], draft.agents):
                draft.targets = list(other.agents)
                return
            same = other.agents and self._among(other.agents[0], draft.agents)
            if other.kind == "casualties" and same and other.token.dep_ == "advcl" and other.targets:
                if all(self.scene.armed(target) for target in other.targets):
                    draft.targets = list(other.targets)
                    return

    def _pointed_back(self, draft: Draft) -> None:
        """Give a definite happening ("the latest rebel offensive") the place and aim of its first telling."""
        determiner = next((c.lower_ for c in draft.token.children if c.dep_ in {"det", "poss"}), "")
        if draft.kind != "event" or draft.trigger.pos != "noun" or determiner not in {"the", "this", "its", "their"}:
            return
        if draft.places and draft.targets:
            return
        for earlier in self._before:
            if earlier.type != draft.type or not earlier.agents or not draft.agents:
                continue
            if not all(self._among(one, earlier.agents) for one in draft.agents):
                continue
            if not draft.places and earlier.places:
                draft.places = list(earlier.places)
                draft.miss("places.carried")
                draft.worth *= CARRIED_WORTH
            return

    def _same_matter(self, draft: Draft) -> None:
        """Fill owner and taker of property, the held, and the parties of talks, from the matter told just before."""
        if "agents.cause" in draft.unfilled:
            draft.unfilled.remove("agents.cause")
            self._cause(draft)
        if draft.kind == "casualties":
            earlier = self._before[-1] if self._before else None
            if not draft.targets and earlier is not None and earlier.kind == "casualties":
                if earlier.sentence.index == draft.sentence.index:
                    draft.targets = list(earlier.targets)
            return
        talks = draft.kind == "event" and draft.type == "negotiation" and len(draft.agents) < 2
        goods = draft.kind == "property" and draft.type != "destruction" and not (draft.agents and draft.targets)
        pointing = any(c.lower_ in {"the", "these", "those"} for word in draft.heads for c in word.children)
        held = draft.trigger.pos == "noun" or (pointing and any(self._captives(target) for target in draft.targets))
        if not (talks or goods or (draft.kind == "custody" and held)):
            return
        for earlier in reversed(self._before):
            if draft.sentence.paragraph - earlier.sentence.paragraph > NEAR_PARAGRAPHS:
                return
            if earlier.kind not in {"property", "custody"} and earlier.type != "negotiation":
                continue
            if not earlier.agents:
                continue
            if talks:
                both = one_each([*earlier.agents, *earlier.targets], self.scene.index)
                if len(both) > 1:
                    draft.agents = both
                    draft.miss("agents.carried")
                    return
            elif earlier.kind == draft.kind:
                self._inherit(draft, earlier)
                if draft.agents and draft.targets:
                    return

    def _inherit(self, draft: Draft, earlier: Draft) -> None:
        if not draft.agents:
            draft.agents = [agent for agent in earlier.agents if not self._among(agent, draft.targets)]
            draft.miss("agents.carried" if draft.agents else "agents")
        open_targets = not draft.targets or any(self._captives(target) for target in draft.targets)
        if open_targets and earlier.targets:
            draft.targets = [
                target for target in earlier.targets if not self._among(target, draft.agents)
            ] or draft.targets
            draft.miss("targets.carried")

    def _captives(self, mention: Mention) -> bool:
        last = self.scene.index.antecedent(mention)
        return last.how != "name" and last.text.split()[-1].casefold() in CAPTIVES

    def _cause(self, draft: Draft) -> None:
        """Fill who harmed people "in the attack": the doer of the attack told just before in the same paragraph."""
        for earlier in reversed(self._before):
            if earlier.sentence.paragraph != draft.sentence.paragraph:
                return
            if earlier.type in STRIKES and earlier.agents:
                if not any(self._among(agent, draft.targets) for agent in earlier.agents):
                    draft.agents = list(earlier.agents)
                    draft.miss("agents.carried")
                return

    def _among(self, mention: Mention, others: Iterable[Mention]) -> bool:
        return any(self.scene.same(mention, other) for other in others)

    def _pair(self, draft: Draft, have: list[Mention]) -> list[Mention]:
        """Return the two sides that fight here.

        They are two of the sentence that are told to be against each other, else one of the sentence (or the one known) and
        whom it fights, else the two of the nearest fight before.
        """
        inside = self._sentence_sides(draft)
        for one in have or inside:
            counts = self._against.get(self._party(one), Counter())
            for other in inside:
                if self._party(other) in counts:
                    return [one, other]
        if not have and len(inside) == 2 and not self.scene.same(*inside):
            return inside
        for one in [*have, *inside]:
            other = self._opponent(draft, one)
            if other:
                return [one, *other]
        return [] if have else self._earlier_pair(draft)

    def _earlier_pair(self, draft: Draft) -> list[Mention]:
        """Return the two sides of the nearest fight told before, in a near paragraph."""
        for earlier in reversed(self._before):
            if draft.sentence.paragraph - earlier.sentence.paragraph > NEAR_PARAGRAPHS:
                break
            sides = [s for s in one_each([*earlier.agents, *earlier.targets], self.scene.index) if self.scene.armed(s)]
            if (earlier.type in SIDED or earlier.kind == "custody") and len(sides) >= 2:
                return sides
        return []

    # --- where -------------------------------------------------------------------------------------------------------

    def _place(self, draft: Draft) -> None:
        scene = self.scene
        named = [held for held in draft.places if not self._empty(held)]
        if named:
            draft.places = named
            return
        draft.places = []
        if draft.kind == "relation" and draft.type in PLACELESS:
            return
        found = self._in_sentence(draft)
        if found:
            draft.miss("places.sentence")
        else:
            found = self._in_paragraph(draft) or self._with_same_party(draft)
            if not found and self.main is not None:
                found = [self.main] if not self._goal(draft, [self.main]) else []
            draft.miss("places.carried" if found else "places")
        if found:
            draft.places = one_each(found, scene.index)
            draft.worth *= CARRIED_WORTH

    def _empty(self, held: Mention) -> bool:
        """Whether a place mention is a description that nothing was found for ("the area", "there")."""
        return held.how in {"description", "pronoun"} and self.scene.index.antecedent(held) is held

    def _in_sentence(self, draft: Draft) -> list[Mention]:
        beside = [other for other in self.drafts if other.sentence.index == draft.sentence.index and other is not draft]
        for other in sorted(beside, key=lambda one: (abs(one.token.i - draft.token.i), one.token.i)):
            own = "places.carried" not in other.unfilled and "places.sentence" not in other.unfilled
            bound = self.coherent or _bound(draft.token, other.token)
            if other.places and own and bound and not self._goal(draft, other.places):
                return [held for held in other.places if not self._empty(held)]
        if not self.coherent:
            return []
        words = list(draft.sentence.tokens)
        inside = [
            held
            for held in self.scene.finest(self.scene.places_among(words))
            if not self._empty(held)
            and not self._in_source(held)
            and not self._goal(draft, [held])
            and locates(self.scene, held, draft.token)
        ]
        few = 1 <= len(inside) <= (1 if self.main is not None else MOST_CARRIED)
        if few:
            draft.miss("places.near")
        return inside if few else []

    def _in_source(self, held: Mention) -> bool:
        return any(
            item.source_start is not None and item.source_end is not None
            and item.source_start <= held.start and held.end <= item.source_end
            for item in self.scene.attributions
        )  # fmt: skip

    def _in_paragraph(self, draft: Draft) -> list[Mention]:
        for earlier in reversed(self._before):
            if earlier.sentence.paragraph != draft.sentence.paragraph:
                break
            if earlier.sentence.index == draft.sentence.index and self.main is None:
                continue
            coarse = self.main is not None and all(self.scene.broad(held) for held in earlier.places)
            if earlier.places and not coarse and not self._goal(draft, earlier.places):
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
        for earlier in reversed(self._before):
            gap = draft.sentence.paragraph - earlier.sentence.paragraph
            if gap > 1:
                return []
            if gap == 1 and len(earlier.places) == 1 and any(self._among(p, earlier.agents) for p in pointing):
                return list(earlier.places)
        return []

    def _goal(self, draft: Draft, places: list[Mention]) -> bool:
        """Whether places are where people went to, and so not where they left."""
        if draft.type != "flight" or len(draft.destination) > 1:
            return False  # "to safer quarters of the city and to nearby towns" left the city's other quarters
        return any(self._among(held, draft.destination) for held in places)


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
