"""Decisions on claims and on which claims tell of one happening: what a person decided holds for every later build.

========  =========  ==========================================================================================
action    subject    ``after``
========  =========  ==========================================================================================
accept    claim      nothing: its status is accepted
refuse    claim      nothing: its status is rejected; it stays in the record and nothing is derived from it
correct   claim      any of :data:`CORRECTABLE`; its status is corrected
merge     event      ``{"with": EVENT}``: the two are one happening
split     event      ``{"claims": "CLAIM|CLAIM"}``: these claims tell of another happening
refit     prior      ``{"prior": BITS}``: the join of every later build starts from this many bits
========  =========  ==========================================================================================

Of two decisions on one claim the later one holds. A decision whose subject a build does not hold waits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tidings.model import Amount, Claim, ClaimId, Decision, DocId, Document, Entity, EntityId, parse_edtf

if TYPE_CHECKING:
    from tidings.model import Joined, Naming

__all__ = ["CORRECTABLE", "NOBODY", "PRIOR", "SLOTS", "fixed_prior", "judged", "named_in", "regrouped"]

CORRECTABLE = ("kind", "type", "mode", "measure", "low", "high", "time", "agents", "targets", "places")
"""What of a claim a person may correct. A name that is wrong everywhere is corrected at the entity, for all its claims at once."""

SLOTS = CORRECTABLE[7:]
"""Slots corrected by entities of the record: their ids with bars between them, or :data:`NOBODY`."""

NOBODY = "none"
"""What a correction puts into a slot that the words do not fill."""

_STATUS = {"accept": "accepted", "refuse": "rejected", "correct": "corrected"}

PRIOR = "prior"
"""The subject of a decision on the record's prior."""


def fixed_prior(decisions: Sequence[Decision]) -> float | None:
    """Return the prior that the last decision on it fixed; None where each build fits its own."""
    fixed = [held for held in decisions if held.action == "refit" and held.subject == PRIOR]
    bits = _after(fixed[-1]).get(PRIOR) if fixed else None
    return None if bits is None else float(bits)


def judged(
    claims: Iterable[Claim], decisions: Sequence[Decision], entities: Sequence[Entity] = ()
) -> tuple[Claim, ...]:
    """Return the claims with the verdicts on them.

    Args:
        claims: The claims as read.
        decisions: What people decided.
        entities: Whom corrected slots may name. A slot keeps what was read while any that was put into it is not among them.
    """
    held = {entity.id for entity in entities}
    verdicts: dict[str, Decision] = {}
    values: dict[str, dict[str, Any]] = {}
    for decision in decisions:
        if decision.subject.startswith("c_") and decision.action in _STATUS:
            verdicts[decision.subject] = decision
            if decision.action == "correct":
                values.setdefault(decision.subject, {}).update(_after(decision))
    return tuple(_judged(claim, verdicts.get(claim.id), values.get(claim.id, {}), held) for claim in claims)


def _judged(claim: Claim, decision: Decision | None, values: Mapping[str, Any], held: Set[EntityId]) -> Claim:
    if decision is None:
        return claim
    cells: dict[str, Any] = {name: str(values[name]) for name in CORRECTABLE[:4] if values.get(name)}
    if "low" in values or "high" in values:
        old = claim.count
        cells["count"] = Amount(
            low=_number(values.get("low", old.low if old else None)),
            high=_number(values.get("high", old.high if old else None)),
            text=old.text if old else "",
        )
    if values.get("time"):
        cells["when"] = parse_edtf(str(values["time"]), basis=f"decided by {decision.by}")
    for slot in SLOTS:
        ids = tuple(EntityId(one) for one in named_in(values, slot))
        if values.get(slot) and set(ids) <= held:
            # The words that the reader took for a party are no longer those that the slot stands on.
            cells |= {slot: (), f"{slot}_ids": ids}
    return replace(claim, status=_STATUS[decision.action], **cells)


def named_in(values: Mapping[str, Any], slot: str) -> list[str]:
    """Return the ids that a correction puts into a slot; empty where it leaves the slot alone or empties it."""
    written = str(values.get(slot) or NOBODY)
    return [] if written == NOBODY else [one for one in written.split("|") if one]


def regrouped(
    joined: Joined, decisions: Sequence[Decision], documents: Sequence[Document], claims: Sequence[Claim], named: Naming
) -> Joined:
    """Return the happenings with the merges and splits that were decided, in the order in which they were decided."""
    regroupings = [held for held in decisions if held.subject.startswith("e_") and held.action in {"merge", "split"}]
    if not regroupings:
        return joined
    from tidings.join.events import event_of, in_order

    groups: list[set[ClaimId]] = [set(event.claims) for event in joined.events]
    for decision in regroupings:
        group = _holding(groups, decision.subject)
        after = _after(decision)
        if group is None:
            continue
        if decision.action == "merge":
            other = _holding(groups, str(after.get("with", "")))
            if other is not None and other is not group:
                groups.remove(other)
                group |= other
        else:
            apart = {ClaimId(one) for one in str(after.get("claims", "")).split("|")} & group
            if apart and apart != group:
                group -= apart
                groups.append(apart)
    by_id = {claim.id: claim for claim in claims}
    papers: dict[DocId, Document] = {row.id: row for row in documents}
    entities: dict[EntityId, Entity] = {row.id: row for row in named.entities}
    before = {frozenset(event.claims): event for event in joined.events}
    events = [
        before.get(frozenset(group)) or event_of(in_order((by_id[one] for one in group), papers), entities)
        for group in groups
    ]
    now = {claim: event.id for event in events for claim in event.claims}
    comparisons = tuple(replace(row, event=now[row.a]) if row.a in now else row for row in joined.comparisons)
    return replace(joined, events=tuple(sorted(events, key=lambda event: event.id)), comparisons=comparisons)


def _holding(groups: Sequence[set[ClaimId]], event: str) -> set[ClaimId] | None:
    """Return the group that holds the first claim of an event: its id leads there whatever it became part of."""
    first = ClaimId("c_" + event.partition("_")[2])
    return next((group for group in groups if first in group), None)


def _after(decision: Decision) -> dict[str, Any]:
    try:
        read = json.loads(decision.after or "null")
    except json.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}


def _number(value: Any) -> int | None:
    return None if value in (None, "") else int(float(value))
