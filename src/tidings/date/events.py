"""Constraints that a happening told by several reports puts on the days of its accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tidings.date.building import Quoted, Sheet, end_point, start_point
from tidings.date.network import Solution
from tidings.date.soft import assumption
from tidings.date.told import Told
from tidings.model import Claim, Event

__all__ = ["event_constraints"]


_CARRIES_DAYS = {
    "event": None,
    "casualties": None,
    "control": frozenset({"gained", "lost", "attempted", "repelled"}),
    "displacement": frozenset({"flight", "return"}),
    "custody": frozenset({"arrest", "abduction", "release"}),
    "property": None,
}
"""Kinds of claim (with their types, None for all) that have a day; states and relations are told on many days."""


def _has_day(claim: Claim) -> bool:
    types = _CARRIES_DAYS.get(claim.kind, frozenset())
    return claim.mode in {"asserted", "denied"} and (types is None or claim.type in types)


def event_constraints(
    sheet: Sheet, events: Iterable[Event], claims: Mapping[str, Claim], told: Told, alone: Solution
) -> None:
    """Add that accounts of one happening share its days.

    Accounts that were joined without days can be of different days; only those that their own report dates within a
    month, and known rows, are tied to each other. An account that no report dates takes the day of a known row. That an
    event is part of an episode says nothing here: it was put there because its place, parties and days allow it.

    Args:
        sheet: Where constraints are collected.
        events: The happenings.
        claims: All claims by id.
        told: Which claims are dated how.
        alone: The days that each report allows by itself.
    """
    widest = int(assumption("same")["days"])
    for event in events:
        start, end = start_point(event.id), end_point(event.id)
        sheet.add(
            start, end, 0, None, kind="explicit", by=Quoted(), rule="order", reason="nothing ends before it starts"
        )
        listed = [claims[one] for one in event.claims if one in claims]
        sure = _sure(sheet, listed, told, alone, widest)
        # Where no account is sure, the happening takes the day of the one that its report dates most closely.
        tied = sure or sorted(listed, key=lambda one: _width(one, alone))[:1]
        episode = any(one.id in told.lasting for one in tied)
        for claim in tied:
            by = Quoted(claim.document, claim.start, claim.end)
            # A state told on many days lasted over all of them, and an episode over its parts: each lies within it.
            equal = _has_day(claim) and (not episode or claim.id in told.lasting)
            if len(tied) == 1:
                reason = "the happening is dated by this account"
                for mine, its in ((start, start_point(claim.id)), (end, end_point(claim.id))):
                    sheet.add(mine, its, 0, 0, kind="explicit", by=by, rule="account", reason=reason)
                continue
            sheet.add(start, start_point(claim.id), 0, 0 if equal else None, kind="assumed", by=by, rule="same")
            sheet.add(end, end_point(claim.id), 0 if equal else None, 0, kind="assumed", by=by, rule="same")


def _width(one: Claim, alone: Solution) -> tuple[int, int, int, str]:
    low, high = alone.low(start_point(one.id)), alone.high(end_point(one.id))
    known = (low is not None) + (high is not None)
    return (-known, high - low if low is not None and high is not None else 0, one.start, one.id)


def _sure(sheet: Sheet, listed: list[Claim], told: Told, alone: Solution, widest: int) -> list[Claim]:
    """Return the accounts whose own days can be shared: dated within a month of each other's, or known rows."""
    known = [one for one in listed if sheet.documents[one.document].known]
    if known:
        undated = [one for one in listed if one.id not in told.story and one not in known and _has_day(one)]
        return [*known, *undated]
    close = []
    for one in listed:
        low, high = alone.low(start_point(one.id)), alone.high(end_point(one.id))
        if _has_day(one) and one.id not in told.story and low is not None and high is not None and high - low <= widest:
            close.append((high - low, one.start, one.id, low, high, one))
    kept: list[Claim] = []
    least, most = None, None
    for _, _, _, low, high, one in sorted(close, key=lambda item: item[:3]):
        if any(one.document == other.document for other in kept):
            continue  # the account that a report dates most closely speaks for it
        if least is None or most is None or (low <= most and least <= high):
            least = low if least is None else max(least, low)
            most = high if most is None else min(most, high)
            kept.append(one)
    return kept
