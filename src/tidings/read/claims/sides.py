"""The other side: who fights whom where a sentence names one side, or none, and whose goods and captives they are."""

from __future__ import annotations

from collections import Counter

from tidings.model import Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import one_each
from tidings.read.claims.told import CARRIED_WORTH, NEAR_PARAGRAPHS, Told
from tidings.read.roles import clause_verb, surface_subjects

__all__ = ["Sides"]

SIDED = frozenset({"armed_clash", "ground_attack", "shelling", "air_strike", "gained", "repelled"})
STRIKES = frozenset({"shelling", "air_strike", "ground_attack", "bombing", "suicide_bombing"})
HOSTILE = frozenset({"custody", "casualties"})
CAPTIVES = frozenset({"detainees", "detainee", "prisoners", "prisoner", "hostages", "hostage", "captives", "captive"})


JOINING = frozenset({"participate", "take", "join"})


def _joins(draft: Draft) -> bool:
    """Return whether somebody only joins a fight: "will take part in the clashes" is told of one side."""
    return draft.support is not None and draft.support.lemma_ in JOINING and len(draft.agents) == 1


class Sides:
    """Fills the parties of drafts from what the report tells of them elsewhere."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.scene = told.scene
        self._against: dict[str, Counter[str]] = {}
        self._known: dict[str, Mention] = {}

    def learn(self) -> None:
        """Count who stands against whom in all drafts of the page, before any is completed."""
        for draft in self.told.drafts:
            if draft.kind in HOSTILE or draft.type in SIDED:
                self._note_opposition(draft)

    def fill(self, draft: Draft) -> None:
        """Fill the sides of one draft, in the order of the text."""
        self._expand(draft)
        self._instrument(draft)
        self._answered(draft)
        self._sides(draft)
        self._same_matter(draft)

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
        return self.scene.index.side(mention)

    def _opponent(self, draft: Draft, side: Mention) -> list[Mention]:
        """Return who is fought by a side: one told to be against it in the same paragraph, else the commonest."""
        counts = self._against.get(self._party(side))
        if not counts:
            return [] if self.scene.armed(side) else self._attacker()
        for earlier in reversed(self.told.before[-30:]):
            if draft.sentence.paragraph != earlier.sentence.paragraph:
                break
            for party in [*earlier.targets, *earlier.agents]:
                if self._party(party) in counts and earlier.type in SIDED:
                    return [party]
        best = min(counts, key=lambda key: (-counts[key], key))
        return [self._known[best]]

    def _attacker(self) -> list[Mention]:
        """Return who attacks most in the report: against whom people who are no party defend themselves."""
        counts: Counter[str] = Counter()
        for draft in self.told.drafts:
            if draft.type in {"ground_attack", "gained", "attempted"}:
                counts.update(self._party(agent) for agent in draft.agents if self._party(agent) in self._known)
        if not counts:
            return []
        best = min(counts, key=lambda key: (-counts[key], key))
        return [self._known[best]]

    def _sides(self, draft: Draft) -> None:
        clash = draft.kind == "event" and draft.type == "armed_clash"
        if clash and draft.trigger.scheme == "mutual":
            have = one_each([*draft.agents, *draft.targets], self.scene.index)
            if len(have) < 2:
                pair = self._pointed_at(draft) if not have else []
                pair = pair or self._pair(draft, have)
                if pair and have and _joins(draft):
                    draft.targets = [side for side in pair if not self.told.among(side, have)]
                    draft.miss("targets.carried")
                elif pair:
                    draft.agents = one_each([*have, *pair], self.scene.index)
                    draft.targets = []
                    draft.worth *= CARRIED_WORTH
                    draft.miss("agents.carried")
                else:
                    draft.miss("agents" if not have else "agents.other")
        elif (clash or draft.type == "repelled") and not draft.targets and draft.agents:
            other = [side for side in self._opponent(draft, draft.agents[0]) if not self.told.among(side, draft.agents)]
            draft.targets = other[:1]
            draft.miss("targets.carried" if other else "targets")
        elif draft.type == "agreement" and not draft.agents:
            draft.agents = self._earlier_pair(draft)
            draft.miss("agents.carried" if draft.agents else "agents")
        elif draft.kind == "relation" and draft.type == "tension" and len(draft.agents) < 2:
            pair = self._pair(draft, draft.agents)
            draft.agents = one_each([*draft.agents, *pair], self.scene.index)
            draft.miss("agents.carried" if pair else "agents")
        elif draft.type == "ground_attack" and not draft.agents and self._definite(draft):
            draft.agents = self._attacker()
            draft.miss("agents.carried" if draft.agents else "agents")
        elif draft.type == "alliance" and len(draft.agents) < 2 and not draft.targets:
            self._allies(draft)
        elif draft.kind == "control" and draft.type == "lost" and not draft.agents:
            self._loser(draft)
        elif not draft.agents and draft.kind in {"event", "control"}:
            draft.miss("agents")

    @staticmethod
    def _definite(draft: Draft) -> bool:
        determiners = {child.lower_ for child in draft.token.children if child.dep_ == "det"}
        return bool(determiners & {"the", "this", "these", "those"})

    def _allies(self, draft: Draft) -> None:
        """Fill who stands together from the tie told just before: "they fought on the same side"."""
        for earlier in reversed(self.told.before):
            if draft.sentence.paragraph - earlier.sentence.paragraph > NEAR_PARAGRAPHS:
                break
            both = earlier.kind == "relation" and len(earlier.agents) > 1
            if both and all(self.told.among(agent, earlier.agents) for agent in draft.agents):
                draft.agents = list(earlier.agents)
                draft.miss("agents.carried")
                return
        draft.miss("agents.other")

    def _pointed_at(self, draft: Draft) -> list[Mention]:
        """Return the sides of the fight that a definite noun points back to: "the fighting", "the clashes that began"."""
        if not self._definite(draft):
            return []
        for earlier in reversed(self.told.before):
            if draft.sentence.paragraph - earlier.sentence.paragraph > NEAR_PARAGRAPHS:
                return []
            if earlier.type == "armed_clash" and len(earlier.agents) > 1:
                return list(earlier.agents)
        return []

    def _loser(self, draft: Draft) -> None:
        """Fill who lost a place: the one side named in the sentence, whose opponent then took it."""
        verb = clause_verb(draft.token)
        above = (
            self.scene.all_parties(surface_subjects(verb)) if verb is not None and draft.trigger.pos == "noun" else []
        )
        above = [side for side in above if self.scene.armed(side) and not self.told.among(side, draft.targets)]
        inside = above[:1] or [side for side in self._sentence_sides(draft) if self._can_lose(draft, side)]
        if len(inside) == 1:
            draft.agents = inside
            draft.miss("agents.carried")
            if not draft.targets:
                draft.targets = [
                    side for side in self._opponent(draft, inside[0]) if not self.told.among(side, inside)
                ][:1]
                draft.miss("targets.carried" if draft.targets else "targets")
        else:
            draft.miss("agents")

    def _can_lose(self, draft: Draft, side: Mention) -> bool:
        """Whether a side of the sentence may be the one that lost: it takes nothing there, and is against the taker."""
        if self.told.among(side, draft.targets):
            return False
        for other in self.told.beside(draft):
            if other.type in {"gained", "ground_attack", "attempted"} and self.told.among(side, other.agents):
                return False
        against = self._against.get(self._party(side), Counter())
        return not draft.targets or any(self._party(taker) in against for taker in draft.targets)

    def _sentence_sides(self, draft: Draft) -> list[Mention]:
        inside = self.scene.parties_within(draft.sentence.start, draft.sentence.end, silent=True)
        return [party for party in inside if self.scene.armed(party) and not self._is_sides(party)]

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
        for other in self.told.beside(draft):
            if other.trigger.pos == "verb" and other.trigger.scheme in {"deed", "harm"} and other.agents:
                chain = [
                    word
                    for word in draft.token.ancestors
                    if word.dep_ == "prep" and word.lower_ in {"with", "in"} and word.i > other.token.i
                ]
                if chain and other.token.is_ancestor(draft.token):
                    draft.agents = list(other.agents)
                    if other.trigger.scheme == "deed":
                        draft.targets = list(other.targets)
                    draft.places = draft.places or list(other.places)
                    return

    def _answered(self, draft: Draft) -> None:
        """Fill whom an attack met from its own sentence: who repelled it, or on whom it is said to have inflicted losses."""
        if draft.targets or not draft.agents or draft.type not in {"ground_attack", "attempted"}:
            return
        for other in self.told.beside(draft):
            if other.type == "repelled" and other.targets and self.told.among(other.targets[0], draft.agents):
                draft.targets = list(other.agents)
                return
            same = other.agents and self.told.among(other.agents[0], draft.agents)
            participle = other.kind == "casualties" and other.token.dep_ == "advcl" and bool(other.targets)
            if participle and same and all(self.scene.armed(target) for target in other.targets):
                draft.targets = list(other.targets)
                return

    def _same_matter(self, draft: Draft) -> None:
        """Fill owner and taker of property, the held, and the parties of talks, from the matter told just before."""
        if "agents.cause" in draft.unfilled:
            draft.unfilled.remove("agents.cause")
            self._cause(draft)
        if draft.kind == "casualties":
            self._same_group(draft)
            return
        talks = draft.kind == "event" and draft.type == "negotiation" and len(draft.agents) < 2
        goods = draft.kind == "property" and draft.type != "destruction" and not (draft.agents and draft.targets)
        pointing = any(c.lower_ in {"the", "these", "those"} for word in draft.heads for c in word.children)
        held = draft.trigger.pos == "noun" or (pointing and any(self._captives(target) for target in draft.targets))
        if not (talks or goods or (draft.kind == "custody" and held)):
            return
        for earlier in reversed(self.told.before):
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

    def _same_group(self, draft: Draft) -> None:
        """Fill whom a bare number counts: those of the number before it ("eleven soldiers died. Seven more were hurt")."""
        if draft.targets:
            return
        whole = [earlier for earlier in self.told.before[-6:] if not earlier.rule.endswith(".part")]
        earlier = whole[-1] if whole else None
        if earlier is None or earlier.kind != "casualties" or draft.sentence.index - earlier.sentence.index > 1:
            return
        bare = all(head.pos_ in {"NUM", "ADJ", "VERB"} or head.lower_ in {"others", "more"} for head in draft.heads)
        beside = draft.sentence.index == earlier.sentence.index
        if beside or (bare and draft.sentence.paragraph == earlier.sentence.paragraph):
            draft.targets = list(earlier.targets)

    def _inherit(self, draft: Draft, earlier: Draft) -> None:
        if not draft.agents:
            draft.agents = [agent for agent in earlier.agents if not self.told.among(agent, draft.targets)]
            draft.miss("agents.carried" if draft.agents else "agents")
        open_targets = not draft.targets or any(self._captives(target) for target in draft.targets)
        if open_targets and earlier.targets:
            draft.targets = [
                target for target in earlier.targets if not self.told.among(target, draft.agents)
            ] or draft.targets
            draft.miss("targets.carried")

    def _captives(self, mention: Mention) -> bool:
        last = self.scene.index.antecedent(mention)
        return last.how != "name" and last.text.split()[-1].casefold() in CAPTIVES

    def _cause(self, draft: Draft) -> None:
        """Fill who harmed people "in the attack": the doer of the attack told just before in the same paragraph."""
        for earlier in reversed(self.told.before):
            if earlier.sentence.paragraph != draft.sentence.paragraph:
                return
            if earlier.type in STRIKES and earlier.agents:
                if not any(self.told.among(agent, draft.targets) for agent in earlier.agents):
                    draft.agents = list(earlier.agents)
                    draft.miss("agents.carried")
                return

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
            opponents = self._opponent(draft, one)
            if opponents:
                return [one, *opponents]
        return [] if have else self._earlier_pair(draft)

    def _earlier_pair(self, draft: Draft) -> list[Mention]:
        """Return the two sides of the nearest fight told before, in a near paragraph."""
        for earlier in reversed(self.told.before):
            if draft.sentence.paragraph - earlier.sentence.paragraph > NEAR_PARAGRAPHS:
                break
            sides = [s for s in one_each([*earlier.agents, *earlier.targets], self.scene.index) if self.scene.armed(s)]
            if (earlier.type in SIDED or earlier.kind == "custody") and len(sides) >= 2:
                return sides
        return []
