"""Who did it and to whom, where a sentence leaves it open and the same report tells: asked once all drafts are complete.

"Eleven people died" in the paragraph of a raid is the raiders' doing; "the offensive" of a report is the one it told of; the
headline's "kills 24" are the 24 policemen of the text. Nothing is filled where the report gives two answers. What was filled
is said on the claim ("agents.report", "targets.report") and lowers its confidence.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import one_each
from tidings.read.claims.told import CARRIED_WORTH, NEAR_PARAGRAPHS, Told
from tidings.read.roles import argument_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

__all__ = ["Attackers"]

FAMILY = {
    "ground_attack": "ground",
    "shelling": "fire",
    "air_strike": "fire",
    "blockade": "siege",
    "bombing": "bomb",
    "suicide_bombing": "bomb",
    "killing": "ground",
}
"""Events by the way they are done: the doer of one is not lent to another way."""
LENDING = frozenset({"ground", "fire", "siege"})
"""Ways whose doer, once told, is meant again; who planted a bomb is seldom who planted the next."""
LOSSES = frozenset({"killed", "wounded", "killed_or_wounded", "executed"})


FEWEST = 2
"""Times that a report tells two parties to be against each other before a fight without sides is theirs."""
FAR_MORE = 1.5
"""How much oftener than of the next pair."""


class Attackers:
    """The deeds of a report with their doers and aims, and what they lend to those told without."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.scene = told.scene
        self.deeds = [draft for draft in told.drafts if draft.kind == "event" and draft.type in FAMILY]
        self._counted: Counter[tuple[str, str]] | None = None
        self._named: dict[str, Mention] = {}
        self.causes = [*self.deeds, *(draft for draft in told.drafts if draft.type in {"gained", "attempted"})]
        self.losses = [draft for draft in told.drafts if draft.kind == "casualties" and draft.type in LOSSES]
        self.losses_in: dict[int, list[Draft]] = {}
        for draft in self.losses:
            self.losses_in.setdefault(draft.sentence.index, []).append(draft)

    def fill(self) -> None:
        """Fill the open slots of all drafts: fights and deeds first, then the losses that stand on them."""
        for draft in self.told.drafts:
            if draft.type == "armed_clash" and draft.trigger.scheme == "mutual" and len(draft.agents) < 2:
                self._both(draft)
        for draft in self.deeds:
            if not draft.agents and draft.voice is None:
                self._doer(draft)
        for draft in self.losses:
            if not draft.targets:
                self._group(draft)
            if not draft.agents:
                self._cause(draft)
        for draft in self.deeds:
            if draft.agents and not draft.targets:
                self._aim(draft)

    # --- who fights whom --------------------------------------------------------------------------------------------------

    def _both(self, draft: Draft) -> None:
        """Fill the two sides of a fight: the pair that the report tells of far more than of any other."""
        counts = self._pairs()
        if draft.targets or not counts:
            return
        ours = [self._key(agent) for agent in draft.agents]
        ranked = sorted(
            ((number, pair) for pair, number in counts.items() if all(key in pair for key in ours)),
            key=lambda item: (-item[0], item[1]),
        )
        if not ranked or ranked[0][0] < FEWEST or (len(ranked) > 1 and ranked[0][0] < FAR_MORE * ranked[1][0]):
            return
        parties = [self._named[key] for key in ranked[0][1]]
        parties.sort(key=lambda mention: (mention.start, mention.id))
        self._set(draft, "agents", self._one([*draft.agents, *parties]))

    def _pairs(self) -> Counter[tuple[str, str]]:
        if self._counted is None:
            self._counted = Counter()
            for draft in self.told.drafts:
                if draft.type == "armed_clash" and draft.trigger.scheme == "mutual" and len(draft.agents) == 2:
                    pairs = [(draft.agents[0], draft.agents[1])]
                elif draft.type in FAMILY or draft.type in {"armed_clash", "gained", "lost", "repelled"}:
                    pairs = [(one, other) for one in draft.agents for other in draft.targets]
                else:
                    continue
                for one, other in pairs:
                    if self.scene.armed(one) and self.scene.armed(other) and not self.scene.same(one, other):
                        low, high = sorted((self._key(one), self._key(other)))
                        self._counted[low, high] += 1
                        self._named.setdefault(self._key(one), one)
                        self._named.setdefault(self._key(other), other)
        return self._counted

    def _key(self, mention: Mention) -> str:
        return self.scene.index.side(mention)

    # --- who did it ----------------------------------------------------------------------------------------------------

    def _doer(self, draft: Draft) -> None:
        way = FAMILY[draft.type]
        if draft.type == "air_strike":
            # One side flies, mostly: who alone is told to strike from the air did so each time.
            self._take(draft, [other for other in self.deeds if other.type == "air_strike" and other.agents])
        if draft.agents or way not in LENDING or draft.trigger.pos != "noun" or _another(draft.token):
            return
        earlier = [
            other
            for other in self.deeds
            if FAMILY[other.type] == way
            and other.agents
            and other.sentence.index <= draft.sentence.index
            and other is not draft
            and draft.sentence.paragraph - other.sentence.paragraph <= NEAR_PARAGRAPHS
        ]
        self._take(draft, earlier[-1:])

    def _take(self, draft: Draft, others: list[Draft]) -> None:
        """Give a draft the doer of others where they have one and the same, who is not the one it was done to."""
        doers = self._one(agent for other in others for agent in other.agents)
        if len(doers) == 1 and self.scene.armed(doers[0]) and not self.told.among(doers[0], draft.targets):
            self._set(draft, "agents", doers)

    # --- losses ---------------------------------------------------------------------------------------------------------

    def _cause(self, draft: Draft) -> None:
        """Fill who killed: the doer of the deed that the words name as the cause, or that the same sentence or the one before tells."""
        named = self._causes(draft)
        if named:
            self._blame(draft, named)
            return
        beside = [other for other in self.deeds if other.sentence.index == draft.sentence.index]
        if beside:
            told = all(other.agents and not any(s.startswith("agents") for s in other.unfilled) for other in beside)
            if told:
                self._blame(draft, beside)
            return
        before = [
            other
            for other in self.deeds
            if other.sentence.paragraph == draft.sentence.paragraph and other.sentence.index == draft.sentence.index - 1
        ]
        if before:
            self._blame(draft, before)

    def _causes(self, draft: Draft) -> list[Draft]:
        """Return the deeds that the clause of a loss names as its cause: "killed in the raid", "the raid left six dead"."""
        verb = draft.token if draft.token.pos_ in {"VERB", "AUX"} else draft.token.head
        words = {
            word.i
            for path in ("in", "during", "by", "from", "amid", "subj", "after", "when")
            for word in argument_path(verb, path)
        }
        words |= {child.i for child in verb.children if child.dep_ == "advcl"}
        return [
            other for other in self.causes if other.sentence.index == draft.sentence.index and other.token.i in words
        ]

    def _blame(self, draft: Draft, deeds: list[Draft]) -> None:
        doers = self._one(agent for deed in deeds for agent in deed.agents)
        if len(doers) != 1 or not self.scene.armed(doers[0]):
            return
        if draft.targets and self.told.among(doers[0], draft.targets):
            return
        self._set(draft, "agents", doers)

    def _group(self, draft: Draft) -> None:
        """Fill whom a bare number counts: the group that the report counts with the same number, or that the deed struck."""
        if draft.count is not None:
            same = [
                other
                for other in self.losses
                if other.targets
                and other.measure == draft.measure
                and other.count is not None
                and (other.count.low, other.count.high) == (draft.count.low, draft.count.high)
            ]
            if same:
                self._set(draft, "targets", list(same[0].targets))
                return
        struck = [other for other in self.told.beside(draft) if other.type in FAMILY]
        groups = self._one(target for other in struck for target in other.targets if target.kind != "other")
        if len(groups) == 1:
            self._set(draft, "targets", groups)

    # --- what was aimed at --------------------------------------------------------------------------------------------------

    def _aim(self, draft: Draft) -> None:
        """Fill whom a deed struck from the losses that its own sentence tells: "stormed the post, killing 24 policemen"."""
        beside = [
            other
            for other in self.losses_in.get(draft.sentence.index, ())
            if other.targets and (not other.agents or self.told.among(other.agents[0], draft.agents))
        ]
        groups = self._one(target for other in beside for target in other.targets)
        groups = [group for group in groups if not self.told.among(group, draft.agents)]
        if len(groups) == 1 and self.scene.armed(groups[0]):
            self._set(draft, "targets", groups)

    # --- both ------------------------------------------------------------------------------------------------------------------

    def _one(self, mentions: Iterable[Mention]) -> list[Mention]:
        return one_each(mentions, self.scene.index)

    def _set(self, draft: Draft, slot: str, parties: list[Mention]) -> None:
        setattr(draft, slot, list(parties))
        draft.unfilled = [name for name in draft.unfilled if name != slot]
        draft.miss(f"{slot}.report")
        draft.worth *= CARRIED_WORTH


def _another(noun: Token) -> bool:
    """Return whether a noun tells of a deed not told before: "an attack", "two raids"."""
    return any(
        child.lower_ in {"a", "an", "another"} or child.dep_ == "nummod" for child in noun.children if child.i < noun.i
    )
