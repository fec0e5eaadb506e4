"""Decisions on names: what a person decided holds for every later build.

A decision's ``subject`` is an entity's or a proposal's id; its ``after`` is a JSON object:

========  =========  ==================================================================================
action    subject    ``after``
========  =========  ==================================================================================
accept    proposal   nothing: the two are one from now on
refuse    proposal   nothing: the two stay two, and are not proposed as open again
merge     entity     ``{"with": ENTITY}``: the two are one
split     entity     ``{"forms": "A|B"}``: what is called so is another; ``{"with": ENTITY}``: never these two
correct   entity     any of ``name``, ``kind``, ``alias`` (one more), ``lat``, ``lon``, ``radius_m``, ``part_of``
========  =========  ==================================================================================

``before`` is kept as it was written and is not read. Of two decisions on one pair, or one value, the later one in the
log holds. A decision whose subject a build does not hold waits: it takes effect when the subject is there again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tidings.model import Decision, Entity, EntityId, Evidence, Place, content_id
from tidings.text.fold import fold

__all__ = ["Rulings", "proposal_id", "read_rulings"]


def proposal_id(a: str, b: str) -> str:
    """Return the id of the proposal that two entities are one, whichever is named first."""
    return content_id("q", *sorted((a, b)))


@dataclass(slots=True)
class Rulings:
    """Decisions by what they are about. ``pairs`` holds verdicts on pairs of entities, by proposal id."""

    pairs: dict[str, Decision] = field(default_factory=dict)
    merges: list[tuple[str, str, Decision]] = field(default_factory=list)
    splits: dict[str, list[tuple[frozenset[str], Decision]]] = field(default_factory=dict)
    corrections: dict[str, dict[str, Any]] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=dict)

    def verdict(self, a: str, b: str) -> str:
        """Return "accepted", "refused" or "open" for two entities."""
        decision = self.pairs.get(proposal_id(a, b))
        if decision is None:
            return "open"
        return "accepted" if decision.action in {"accept", "merge"} else "refused"

    def evidence(self, a: str, b: str) -> tuple[Evidence, ...]:
        """Return the sentence of the decision on two entities, if there is one."""
        decision = self.pairs.get(proposal_id(a, b))
        return (
            ()
            if decision is None
            else (Evidence("decision", 20.0 if self.verdict(a, b) == "accepted" else -20.0, sentence(decision)),)
        )

    def corrected(self, entity: Entity) -> Entity:
        """Return an entity with the corrections on it."""
        new = self.corrections.get(entity.id)
        if not new:
            return entity
        place = entity.place
        spot = {key: new[key] for key in ("lat", "lon", "radius_m") if key in new}
        if spot:
            place = replace(
                place or Place(),
                **spot,
                method="decided",
                layer="",
                geometry="",
                precision="exact" if spot.get("radius_m", 1000) <= 500 else "near",
            )
        aliases = set(entity.aliases)
        if "alias" in new:
            aliases.add(str(new["alias"]))
        name = str(new.get("name", entity.name))
        if name != entity.name:
            aliases.add(entity.name)
        return replace(
            entity,
            name=name,
            kind=str(new.get("kind", entity.kind)),
            aliases=tuple(sorted(aliases - {name})),
            part_of=EntityId(str(new["part_of"])) if new.get("part_of") else entity.part_of,
            place=place,
            basis=" ".join([entity.basis, *self.reasons.get(entity.id, [])]).strip(),
        )


def sentence(decision: Decision) -> str:
    """Return a decision as a sentence."""
    who = decision.by or "An analyst"
    words = {"accept": "accepted that they are one", "merge": "merged them", "refuse": "refused that they are one", "split": "split them", "correct": "corrected it"}  # fmt: skip
    return f"{who} {words.get(decision.action, decision.action)} on {decision.at[:10]}: {decision.reason.rstrip('.')}."


def _after(decision: Decision) -> Mapping[str, Any]:
    try:
        read = json.loads(decision.after) if decision.after else {}
    except json.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}


_NUMBERS = {"lat": float, "lon": float, "radius_m": int}


def read_rulings(decisions: Sequence[Decision]) -> Rulings:
    """Return the decisions on names in force, the later ones over the earlier ones."""
    rulings = Rulings()
    for decision in decisions:
        after = _after(decision)
        other = str(after.get("with", ""))
        if decision.action in {"accept", "refuse"} and decision.subject.startswith("q_"):
            rulings.pairs[decision.subject] = decision
        elif decision.action == "merge" and other:
            rulings.pairs[proposal_id(decision.subject, other)] = decision
            rulings.merges.append((decision.subject, other, decision))
        elif decision.action == "split" and other:
            rulings.pairs[proposal_id(decision.subject, other)] = decision
        elif decision.action == "split" and after.get("forms"):
            forms = after["forms"]
            listed = forms if isinstance(forms, list) else str(forms).split("|")
            rulings.splits.setdefault(decision.subject, []).append(
                (frozenset(fold(str(form)) for form in listed), decision)
            )
        elif decision.action == "correct":
            _correct(rulings, decision, after)
    return rulings


def _correct(rulings: Rulings, decision: Decision, after: Mapping[str, Any]) -> None:
    values = rulings.corrections.setdefault(decision.subject, {})
    for column, value in after.items():
        if column in _NUMBERS:
            try:
                values[column] = _NUMBERS[column](float(value))
            except (TypeError, ValueError):
                continue
        elif column in {"name", "kind", "alias", "part_of"} and value:
            values[column] = value
    rulings.reasons.setdefault(decision.subject, []).append(sentence(decision))
