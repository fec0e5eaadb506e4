"""What is most worth a reviewer's time: the order of the queue, with the reason for each place in it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tidings.web.desk import Desk

__all__ = ["Item", "queue"]

# How much a verdict changes what the record says. A disputed number or a contradiction stands in the brief; a pair of names
# decides about all claims that name either; a number that rests on one claim falls with it. Set by hand on 25 November 2026.
_CONTRADICTION = 40.0
_DISPUTED = 50.0
_ALONE = 24.0
_PAIR = 30.0
_DOUBT = 20.0
_PEOPLE = 6.0
_MOST = 5000


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Something that waits for a verdict: its id, how much it matters, and why it stands where it does."""

    subject: str
    weight: float
    reasons: tuple[str, ...]


def queue(desk: Desk) -> list[Item]:
    """Return what waits for review, the most telling first; made once for each build."""
    return desk.kept("queue", lambda: _queue(desk))


def _queue(desk: Desk) -> list[Item]:
    weights: dict[str, float] = {}
    reasons: dict[str, list[str]] = {}

    def add(subject: str, weight: float, reason: str) -> None:
        if reason not in reasons.setdefault(subject, []):
            weights[subject] = weights.get(subject, 0.0) + weight
            reasons[subject].append(reason)

    look = desk.look
    for reason, claims in look.slim("contradictions", "reason", "claims", limit=_MOST):
        for claim in json.loads(claims):
            add(claim, _CONTRADICTION, f"other reports contradict it ({reason})")
    for claims, contested, low, high in look.slim("figures", "claims", "contested", "low", "high", limit=_MOST * 4):
        listed = json.loads(claims)
        people = _PEOPLE * len(str(high or low or 0))
        for claim in listed if len(listed) <= 40 else ():
            if contested:
                add(claim, _DISPUTED + people, "the figure that it is part of is contested")
            elif len(listed) == 1:
                add(claim, _ALONE + people, "a figure stands on it alone")
    for table, word in (("holdings", "who held a place"), ("custody", "who was held"), ("movements", "who fled")):
        for (claims,) in look.slim(table, "claims", limit=_MOST):
            listed = json.loads(claims)
            if len(listed) == 1:
                add(listed[0], _ALONE / 2, f"{word} stands on it alone")
    for one, bits, standing in look.slim("proposals", "id", "bits", "standing", limit=_MOST):
        if standing == "open":
            add(one, _PAIR + min(10.0, abs(bits)), "two names may be one: all claims on either hang on it")
    doubtful = look.page("claims", order=("confidence",), limit=400)[0] if len(weights) < _MOST else []
    for row in doubtful:
        add(
            row["id"],
            _DOUBT * (1 - (row["confidence"] or 0)),
            f"the reader is unsure of it ({row['confidence'] or 0:.2f})",
        )
    known = {row["id"] for row in desk.papers().values() if row["known"]}
    if known:
        own: set[str] = set()
        for one in known:
            own.update(row["id"] for row in look.page("claims", equals={"document": one}, limit=50)[0])
        for claim in own:
            weights.pop(claim, None)
    items = [Item(subject=one, weight=round(weights[one], 3), reasons=tuple(reasons[one])) for one in weights]
    return sorted(items, key=lambda item: (-item.weight, item.subject))[:_MOST]
