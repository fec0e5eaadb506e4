"""Custody: who was held or let go, of which side, by whom, and what is said of it now."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.model import UNKNOWN, Claim, Custody, EntityId, content_id
from tidings.weigh.ledgers.ranges import doubt, once, shared_days, told_by, union
from tidings.weigh.origins import Roots
from tidings.weigh.scope import count_of
from tidings.weigh.view import View

__all__ = ["custody"]


def custody(view: View, roots: Roots) -> tuple[Custody, ...]:
    """Return one row for each happening of taking, holding or letting go.

    ``who`` are those held, persons by name where reports name them and else the group; ``whose`` is the group. A release
    sets ``until``; everything else sets ``from``. A denied or planned release leaves no row. An arrest and the detention
    after it, of as many of one group by one party on days that meet, are one row, though they are two happenings.
    """
    rows = []
    held: list[list[Claim]] = []
    let_go: list[list[Claim]] = []
    for event in view.events:
        told = [one for one in view.of_event(event) if one.kind == "custody" and one.mode not in {"denied", "intended"}]
        for released in (False, True):
            claims = [claim for claim in told if (claim.type == "release") is released]
            if claims and not released:
                held.append(claims)
            elif claims:
                let_go.append(claims)
    for released, groups in ((False, _same_people(held)), (True, let_go)):
        for claims in groups:
            claims = view.in_order(claims)
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
                    beyond=doubt(claims),
                )
            )
    return tuple(sorted(rows, key=lambda row: row.id))


def _same_people(groups: Sequence[list[Claim]]) -> list[list[Claim]]:
    """Return the groups with those put together that hold the same people: number, whose, by whom, and days that meet."""
    out: list[list[Claim]] = []
    at: dict[tuple[object, ...], list[list[Claim]]] = {}
    for claims in groups:
        counts = {count_of(claim) for claim in claims} - {(None, None)}
        whose = frozenset(one for claim in claims for one in claim.targets_ids)
        by = frozenset(one for claim in claims for one in claim.agents_ids)
        alike = at.setdefault((frozenset(counts), whose, by), []) if len(counts) == 1 and whose and by else []
        days = shared_days(claims)
        same = next(
            (one for one in alike if days.known and shared_days(one).known and days.meets(shared_days(one))), None
        )
        if same is None:
            alike.append(claims)
            out.append(claims)
        else:
            same += claims
    return out


def _person(view: View, one: EntityId) -> bool:
    return one in view.entities and view.entities[one].kind == "person"


def _sure(claims: Sequence[Claim]) -> bool:
    return any(claim.mode == "asserted" for claim in claims)
