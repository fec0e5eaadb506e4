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
from tidings.read.claims.scene import Scene, one_each

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Surroundings"]

MAIN_PARAGRAPHS = 3
"""Paragraphs that must name a place before it counts as the document's main place."""
MAIN_SHARE = 0.3
"""Share of the body's paragraphs that must name it: unrelated items on one page name no place so often."""
CARRIED_WORTH = 0.85
NEAR_PARAGRAPHS = 3
SIDED = frozenset({"armed_clash", "ground_attack", "shelling", "air_strike", "gained", "repelled"})
PLACELESS = frozenset({"affiliation", "dependence"})


class Surroundings:
    """The document around a sentence, and the drafts read so far, in order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.main = self._main_place()
        self._before: list[Draft] = []

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

    def complete(self, draft: Draft) -> None:
        """Fill what the sentence left open, and remember the draft for those that follow."""
        self._expand(draft)
        self._sides(draft)
        self._same_matter(draft)
        self._place(draft)
        if draft.kind == "displacement" and draft.type == "flight" and not draft.origin:
            draft.origin = [held for held in draft.places if not self._among(held, draft.destination)] or list(
                draft.places
            )
            draft.miss("origin.carried" if draft.origin else "origin")
        self._before.append(draft)

    # --- the other side ----------------------------------------------------------------------------------------------

    def _sides(self, draft: Draft) -> None:
        if draft.kind == "event" and draft.type == "armed_clash" and draft.trigger.scheme == "mutual":
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
        elif draft.kind == "event" and draft.type == "armed_clash":
            if not draft.targets and draft.agents:
                other = [side for side in self._pair(draft, draft.agents) if not self._among(side, draft.agents)]
                draft.targets = other[:1]
                draft.miss("targets.carried" if other else "targets")
        elif draft.kind == "relation" and draft.type == "tension" and len(draft.agents) < 2:
            pair = self._pair(draft, draft.agents)
            draft.agents = one_each([*draft.agents, *pair], self.scene.index)
            draft.miss("agents.carried" if pair else "agents")
        elif not draft.agents and draft.kind in {"event", "control"}:
            draft.miss("agents")

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
                pair = self._pair(draft, [])
                kept = [party for party in held if not self._is_sides(party)]
                if pair:
                    setattr(draft, slot, one_each([*kept, *pair], self.scene.index))
                    draft.miss(f"{slot}.carried")

    def _same_matter(self, draft: Draft) -> None:
        """Fill owner and taker of property, and the parties of talks, from the matter told just before."""
        if draft.kind == "casualties" and not draft.targets:
            earlier = self._before[-1] if self._before else None
            if earlier is not None and earlier.kind == "casualties" and earlier.sentence.index == draft.sentence.index:
                draft.targets = list(earlier.targets)
            return
        talks = draft.kind == "event" and draft.type == "negotiation" and len(draft.agents) < 2
        property_open = (
            draft.kind == "property" and draft.type != "destruction" and not (draft.agents and draft.targets)
        )
        if not (talks or property_open):
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
                continue
            if earlier.kind != "property":
                continue
            if not draft.agents:
                draft.agents = list(earlier.agents)
                draft.miss("agents.carried")
            if not draft.targets and earlier.targets:
                draft.targets = list(earlier.targets)
                draft.miss("targets.carried")
            if draft.agents and draft.targets:
                return

    def _among(self, mention: Mention, others: Iterable[Mention]) -> bool:
        return any(self.scene.same(mention, other) for other in others)

    def _pair(self, draft: Draft, have: list[Mention]) -> list[Mention]:
        """Return the two sides that fight here: of the sentence, else of the nearest fight told before."""
        inside = [
            party
            for party in self.scene.parties_within(draft.sentence.start, draft.sentence.end)
            if self.scene.armed(party) and not self.scene.speaks(party) and not self._is_sides(party)
        ]
        if len(one_each([*have, *inside], self.scene.index)) >= 2 and len(inside) <= 3:
            return inside
        for earlier in reversed(self._before):
            gap = draft.sentence.paragraph - earlier.sentence.paragraph
            if gap > NEAR_PARAGRAPHS and self.main is None:
                break
            if earlier.type not in SIDED:
                continue
            sides = [
                side
                for side in one_each([*earlier.agents, *earlier.targets], self.scene.index)
                if self.scene.armed(side)
            ]
            if len(sides) < 2:
                continue
            if have and not any(self._among(one, sides) for one in have):
                continue
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
            found = self._in_paragraph(draft)
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
        for earlier in reversed(self._before):
            if earlier.sentence.index != draft.sentence.index:
                break
            if earlier.places and "places.carried" not in earlier.unfilled and not self._goal(draft, earlier.places):
                return list(earlier.places)
        words = list(draft.sentence.tokens)
        inside = [
            held
            for held in self.scene.finest(self.scene.places_among(words))
            if not self._empty(held) and not self._in_source(held) and not self._goal(draft, [held])
        ]
        return inside[:1] if len(inside) == 1 else []

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
            if earlier.places and not self._goal(draft, earlier.places):
                return list(earlier.places)
        return []

    def _goal(self, draft: Draft, places: list[Mention]) -> bool:
        """Whether places are where people went to, and so not where they left."""
        return any(self._among(held, draft.destination) for held in places) and draft.type == "flight"
