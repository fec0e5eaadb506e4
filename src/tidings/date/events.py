"""Constraints that a happening told by several reports puts on the days of its accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tidings.date.building import Quoted, Sheet, end_point, start_point
from tidings.model import Claim, Event

__all__ = ["event_constraints"]


def event_constraints(
    sheet: Sheet, events: Iterable[Event], claims: Mapping[str, Claim], *, lasting: frozenset[str]
) -> None:
    """Add that accounts of one happening share its days, and that parts lie within their whole.

    Args:
        sheet: Where constraints are collected.
        events: The happenings.
        claims: All claims by id.
        lasting: Ids of claims that tell of something that went on for days.
    """
    for event in events:
        start, end = start_point(event.id), end_point(event.id)
        sheet.add(
            start, end, 0, None, kind="explicit", by=Quoted(), rule="order", reason="nothing ends before it starts"
        )
        members = [claims[one] for one in event.claims if one in claims and claims[one].mode in {"asserted", "denied"}]
        episode = any(one.id in lasting for one in members)
        for claim in members:
            by = Quoted(claim.document, claim.start, claim.end)
            equal = not episode or claim.id in lasting
            sheet.add(start, start_point(claim.id), 0, 0 if equal else None, kind="assumed", by=by, rule="same")
            sheet.add(end, end_point(claim.id), 0 if equal else None, 0, kind="assumed", by=by, rule="same")
        if event.part_of is not None and members:
            by = Quoted(members[0].document, members[0].start, members[0].end)
            sheet.add(start_point(event.part_of), start, 0, None, kind="assumed", by=by, rule="part")
            sheet.add(end_point(event.part_of), end, None, 0, kind="assumed", by=by, rule="part")
