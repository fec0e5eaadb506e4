"""Movements: people who left, came back, or were sheltered or trapped; from where, to where, how many."""

from __future__ import annotations

from tidings.model import Movement, content_id
from tidings.weigh.ledgers.ranges import once, shared_days, told_by, union
from tidings.weigh.origins import Roots
from tidings.weigh.view import View

__all__ = ["movements"]


def movements(view: View, roots: Roots) -> tuple[Movement, ...]:
    """Return one row for each happening and type of displacement. Numbers are ranges over origins, as for figures."""
    rows = []
    for event in view.events:
        by_type: dict[str, list[str]] = {}
        for claim in view.of_event(event):
            if claim.kind == "displacement" and claim.mode not in {"denied", "intended"}:
                by_type.setdefault(claim.type, []).append(claim.id)
        for type_, ids in by_type.items():
            claims = [claim for claim in view.of_event(event) if claim.id in ids]
            told = union(told_by(claims, view, roots))
            still = type_ in {"sheltered", "trapped"}
            gone = once(one for claim in claims for one in claim.destination_ids)
            places = once(one for claim in claims for one in claim.places_ids)
            rows.append(
                Movement(
                    id=content_id("v", type_, *ids),
                    type=type_,
                    origin_ids=once(one for claim in claims for one in claim.origin_ids) or (() if still else places),
                    destination_ids=gone,
                    shelter_ids=(gone or places) if still else (),
                    # Who flees is the target where a cause is named as the agent, and the agent where none is.
                    group_ids=once(one for claim in claims for one in claim.targets_ids or claim.agents_ids),
                    low=told.low,
                    high=told.high,
                    when=shared_days(claims),
                    claims=tuple(claim.id for claim in claims),
                )
            )
    return tuple(sorted(rows, key=lambda row: row.id))
