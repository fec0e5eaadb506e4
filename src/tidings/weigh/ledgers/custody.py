"""Custody: who was held or let go, of which side, by whom, and what is said of it now."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.model import UNKNOWN, Claim, Custody, EntityId, content_id
from tidings.weigh.ledgers.ranges import once, shared_days, told_by, union
from tidings.weigh.origins import Roots
from tidings.weigh.view import View

__all__ = ["custody"]


def custody(view: View, roots: Roots) -> tuple[Custody, ...]:
    """Return one row for each happening of taking, holding or letting go.

    ``who`` are those held, persons by name where reports name them and else the group; ``whose`` is the group. A release sets ``until``; everything else
    sets ``from``. A denied or planned release leaves no row.
    """
    rows = []
    for event in view.events:
        told = [one for one in view.of_event(event) if one.kind == "custody" and one.mode not in {"denied", "intended"}]
        for released in (False, True):
            claims = [claim for claim in told if (claim.type == "release") is released]
            if not claims:
                continue
            numbers = union(told_by(claims, view, roots))
            harmed = once(one for claim in claims for one in claim.targets_ids)
            days = shared_days(claims)
            rows.append(
                Custody(
                    id=content_id("u", str(released), *(claim.id for claim in claims)),
                    who_ids=tuple(one for one in harmed if _person(view, one)) or harmed,
                    whose_ids=tuple(one for one in harmed if not _person(view, one)),
                    by_ids=once(one for claim in claims for one in claim.agents_ids),
                    low=numbers.low,
                    high=numbers.high,
                    since=UNKNOWN if released else days,
                    until=days if released else UNKNOWN,
                    standing="released" if released else "held" if _sure(claims) else "unknown",
                    claims=tuple(claim.id for claim in claims),
                )
            )
    return tuple(sorted(rows, key=lambda row: row.id))


def _person(view: View, one: EntityId) -> bool:
    return one in view.entities and view.entities[one].kind == "person"


def _sure(claims: Sequence[Claim]) -> bool:
    return any(claim.mode == "asserted" for claim in claims)
