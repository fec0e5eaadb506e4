"""The adversary that a short report leaves unsaid because it tells of two sides only.

"Troops took the village": from whom, where the whole report knows one enemy of theirs? Nothing is filled where the report
knows several, but for ground taken where it tells of fights with one of them twice as often as with any other. What was
filled is said on the claim ("agents.opposed", "targets.opposed") and lowers its confidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from tidings.model import Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.sides import HOSTILE, SIDED, STRIKES
from tidings.read.claims.told import CARRIED_WORTH, Told

__all__ = ["Opposed"]

AGAINST = SIDED | STRIKES | {"blockade"}
FROM_AFAR = frozenset({"shelling", "air_strike", "bombing", "suicide_bombing"})
"""After these the dead of the next sentence are theirs, who else is near or not."""
LOSSES = frozenset({"killed", "wounded", "killed_or_wounded"})
PLANTED = frozenset({"explosive", "car_bomb", "suicide"})
TAKEN_FROM = frozenset({"gained", "lost", "repelled"})
AGAIN = frozenset({"ground_attack", "gained", "shelling", "air_strike"})
BETWEEN = frozenset({"armed_clash", "agreement", "negotiation"})
TAKING = ("control.control.capture", "control.control.take", "control.control.flag", "control.control.attempt")
"""Beginnings of the rules of ground that is taken from whoever held it; who advances or makes gains may meet nobody."""
MUTUAL = frozenset({"clash", "clashes", "fighting", "battle", "firefight", "crossfire"})
TAKEN = frozenset({"gained", "attempted"})
OFTEN, AHEAD = 2, 2
"""How often a page tells of fights with a party that once sided with the other, and how many times as often with the chief foe."""
ARMED_ROLES = frozenset({"state", "armed_group", "militia", "alliance"})


class Opposed:
    """Who stands against whom on a page, asked once all drafts are complete."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.scene = told.scene
        self.known: dict[str, Mention] = {}
        self.against: dict[str, set[str]] = defaultdict(set)
        self.allied: dict[str, set[str]] = defaultdict(set)
        self.heard: Counter[frozenset[str]] = Counter()
        for draft in told.drafts:
            self._hear(draft)
        for mention in self.scene.index.all:
            if mention.kind == "actor" and mention.refers_to is None and self._party(mention):
                self.known.setdefault(self._party(mention), mention)

    def fill(self, draft: Draft) -> None:
        """Fill the missing side of one draft where the report knows only one."""
        if draft.kind == "casualties":
            self._losses(draft)
        elif draft.agents and not draft.targets and self._wants_target(draft):
            self._set(draft, "targets", self._foe(draft.agents))
        elif draft.rule.startswith(TAKING) and draft.type in TAKEN and draft.agents and not draft.targets:
            self._set(draft, "targets", self._chief_foe(draft, draft.agents))
        elif draft.type == "armed_clash" and draft.trigger.scheme == "mutual" and len(draft.agents) == 1:
            foe = self._foe(draft.agents)
            draft.agents = [*draft.agents, foe] if foe is not None else draft.agents
        elif draft.kind == "event" and draft.type in BETWEEN and draft.trigger.scheme in {"tie", "mutual"}:
            self._between(draft)
        elif draft.type == "air_strike" and not draft.agents:
            self._flying(draft)
        elif draft.type in AGAIN and not draft.agents and self._the_same(draft):
            self._again(draft)
            if draft.agents and not draft.targets and self._wants_target(draft):
                self._set(draft, "targets", self._foe(draft.agents))
        elif draft.kind == "statement" and draft.type == "threat" and draft.agents and not draft.targets:
            self._set(draft, "targets", self._foe(draft.agents))

    def _between(self, draft: Draft) -> None:
        """Fill the two sides of a fight, a truce or of talks where the report knows of one war between two."""
        if len(draft.agents) > 1 or draft.targets:
            return
        if draft.agents:
            foe = self._foe(draft.agents)
            pair = [*draft.agents, foe] if foe is not None else []
        else:
            edges = {frozenset((one, other)) for one, others in self.against.items() for other in others}
            if not edges and len(self.known) == 2 and not any(self.allied.values()):
                edges = {frozenset(self.known)}
            pair = [self.known[key] for key in sorted(min(edges, key=sorted))] if len(edges) == 1 else []
        if len(pair) == 2 and not self.told.among(pair[0], pair[1:]):
            draft.agents = sorted(pair, key=lambda mention: (mention.start, mention.id))
            draft.unfilled = [slot for slot in draft.unfilled if not slot.startswith("agents")]
            draft.miss("agents.opposed")
            draft.worth *= CARRIED_WORTH

    @staticmethod
    def _the_same(draft: Draft) -> bool:
        """Return whether a deed without a doer may be one told before: "a rocket attack", "shells hit a school" are another."""
        if draft.type not in {"ground_attack", "shelling"}:
            return True
        if draft.trigger.pos != "noun":
            return False
        return not any(c.lower_ in {"a", "an", "another"} or c.dep_ == "nummod" for c in draft.token.children)

    def _again(self, draft: Draft) -> None:
        """Fill who attacks where the report knows only one that does."""
        doers = {
            self._party(agent): agent
            for other in self.told.drafts
            if other.type in AGAIN
            for agent in other.agents
            if self._party(agent)
        }
        if len(doers) == 1:
            self._set(draft, "agents", next(iter(doers.values())))

    def _flying(self, draft: Draft) -> None:
        """Fill whose aircraft struck: of who bombs from the air elsewhere, else of the one party that has an air force."""
        self._again(draft)
        if draft.agents:
            return
        aimed = {self._party(target) for target in draft.targets}
        flying = sorted(
            key for key, party in self.known.items() if party.role in {"state", "alliance"} and key not in aimed
        )
        if len(flying) == 1:
            self._set(draft, "agents", self.known[flying[0]])

    def _losses(self, draft: Draft) -> None:
        if draft.agents or draft.type not in LOSSES or not draft.targets:
            return
        if draft.means is not None and draft.means.kind in PLANTED:
            return  # who planted a bomb is told, or not known
        if all(self._party(target) for target in draft.targets):
            one = {self._party(target) for target in draft.targets}
            if len(one) == 1:
                # "The clashes left ten soldiers dead" says of nobody's deed what killed them.
                clash = any(word.lemma_.lower() in MUTUAL for word in draft.sentence.tokens)
                chief = None if clash else self._chief_foe(draft, draft.targets)
                self._set(draft, "agents", self._foe(draft.targets) or chief)
            return
        striking = [
            other
            for other in self.told.drafts
            if other.sentence.paragraph == draft.sentence.paragraph
            and other.type in FROM_AFAR
            and 0 <= draft.sentence.index - other.sentence.index <= 1
        ]
        parties = {self._party(agent) for other in striking for agent in other.agents}
        if len(parties) == 1 and all(other.agents for other in striking):
            self._set(draft, "agents", striking[-1].agents[0])

    def _wants_target(self, draft: Draft) -> bool:
        if draft.kind == "control":
            return draft.type in TAKEN_FROM and len(self.known) - self._followers() == 2
        state = any(self.scene.index.antecedent(agent).role == "state" for agent in draft.agents)
        return draft.type == "ground_attack" and state

    def _followers(self) -> int:
        """How many parties are only there at the side of another one of the page."""
        return len({max(pair) for one, others in self.allied.items() for pair in [(one, other) for other in others]})

    def _set(self, draft: Draft, slot: str, party: Mention | None) -> None:
        if party is None or self.told.among(party, [*draft.agents, *draft.targets]):
            return
        setattr(draft, slot, [party])
        if slot in draft.unfilled:
            draft.unfilled.remove(slot)
        draft.miss(f"{slot}.opposed")
        draft.worth *= CARRIED_WORTH

    def _foe(self, sides: list[Mention]) -> Mention | None:
        """Return the one party that all of some sides are against, or None."""
        keys = {self._party(side) for side in sides}
        if "" in keys or not keys:
            return None
        foes = set().union(*(self.against[key] for key in keys)) - keys
        if not foes:
            friends = set().union(*(self.allied[key] for key in keys))
            foes = set(self.known) - keys - friends
        if len(foes) > 1 and all(other in self.allied[one] for one in foes for other in foes if other != one):
            # Of allies the one that a coalition from abroad stands behind.
            foes = {key for key in foes if self.known[key].role != "alliance"}
        if len(foes) != 1:
            return None
        return self.known[min(foes)]

    def _hear(self, draft: Draft) -> None:
        agents = [self._party(party) for party in draft.agents]
        targets = [self._party(party) for party in draft.targets]
        for party in (*draft.agents, *draft.targets):
            if self._party(party):
                self.known.setdefault(self._party(party), party)
        if draft.kind == "relation" and draft.type in {"alliance", "affiliation", "dependence", "power_sharing"}:
            self._tie(self.allied, [*agents, *targets], [*agents, *targets])
        elif draft.type == "armed_clash" and draft.trigger.scheme == "mutual":
            self._tie(self.against, agents, agents)
            self._count(agents, agents)
        elif draft.kind in HOSTILE or draft.type in AGAINST | {"lost"}:
            self._tie(self.against, agents, targets)
            self._count(agents, targets)
            self._tie(self.allied, agents, agents)

    def _count(self, ones: list[str], others: list[str]) -> None:
        """Count one fight for each pair of its parties."""
        self.heard.update(
            {frozenset((one, other)) for one in ones for other in others if one and other and one != other}
        )

    def _chief_foe(self, draft: Draft, sides: list[Mention]) -> Mention | None:
        """Return the one party that a side is told to fight clearly more often than any other of the page, or None.

        Where the page tells of no fight of theirs, a state takes ground from the one armed group, a group from the one state.
        """
        keys = {self._party(side) for side in sides}
        if len(keys) != 1 or "" in keys:
            return None
        (key,) = keys
        counted = {other: number for pair, number in self.heard.items() if key in pair for other in pair - {key}}
        ranked = sorted(counted, key=lambda other: (-counted[other], other))
        if not ranked:
            return self._only_kind(key)
        if ranked[0] in self.allied[key] and counted[ranked[0]] < OFTEN:
            return None
        if len(ranked) > 1 and counted[ranked[0]] < AHEAD * counted[ranked[1]]:
            return None
        # Where the paragraph speaks of others and not of that foe, the ground may be theirs.
        paragraph = self.scene.page.paragraphs[draft.sentence.paragraph]
        named = {self._party(held) for held in self.scene.index.within(paragraph.start, paragraph.end)}
        named -= {"", key} | self.allied[key]
        return self.known[ranked[0]] if not named or ranked[0] in named else None

    def _only_kind(self, key: str) -> Mention | None:
        """Return the one armed group that a state, or the one state that an armed group, can take ground from."""
        role = self.known[key].role if key in self.known else ""
        wanted = {"state": {"armed_group", "militia"}, "armed_group": {"state"}, "militia": {"state"}}.get(role, set())
        fitting = sorted(
            other
            for other, party in self.known.items()
            if other != key and party.role in wanted and other not in self.allied[key]
        )
        return self.known[fitting[0]] if len(fitting) == 1 else None

    @staticmethod
    def _tie(graph: dict[str, set[str]], ones: list[str], others: list[str]) -> None:
        for one in ones:
            for other in others:
                if one and other and one != other:
                    graph[one].add(other)
                    graph[other].add(one)

    def _party(self, mention: Mention) -> str:
        """The identity of a party that fights; empty for everybody else."""
        last = self.scene.index.antecedent(mention)
        if last.kind != "actor" or last.lexicon.startswith(("generic.", "armed.")) or last.role not in ARMED_ROLES:
            return ""
        if not last.lexicon and last.how != "name":
            return ""
        return self.scene.index.side(last)
