"""Movements: people who left, came back, or were sheltered or trapped; from where, to where, how many."""

from __future__ import annotations

from tidings.model import Claim, Movement, content_id
from tidings.weigh.ledgers.ranges import doubt, once, shared_days, told_by, union
from tidings.weigh.origins import Roots
from tidings.weigh.scope import one_flow
from tidings.weigh.view import View

__all__ = ["movements"]


def movements(view: View, roots: Roots) -> tuple[Movement, ...]:
    """Return one row for each happening, type of displacement and flow. Numbers are ranges over origins, as for figures.

    Within a happening, people who go other ways, other groups, and numbers of another order are flows of their own.
    """
    rows = []
    for event in view.events:
        by_type: dict[str, list[list[Claim]]] = {}
        for claim in view.of_event(event):
            if claim.kind == "displacement" and claim.mode not in {"denied", "intended"}:
                flows = by_type.setdefault(claim.type, [])
                flow = next((one for one in flows if all(one_flow(view, claim, other) for other in one)), None)
                if flow is None:
                    flows.append([claim])
                else:
                    flow.append(claim)
        for type_, claims in ((type_, flow) for type_, flows in by_type.items() for flow in flows):
            ids = [claim.id for claim in claims]
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
                    beyond=doubt(claims),
                )
            )
    return tuple(sorted(rows, key=lambda row: row.id))
