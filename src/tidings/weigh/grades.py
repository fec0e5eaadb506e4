"""Grades after civilian-harm recording practice: confirmed, fair, weak, contested, discounted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidings.model import Claim, ClaimId, Contradiction, EntityId, Event, Origin
from tidings.weigh.view import View

__all__ = ["GRADES", "grade", "rivals"]

GRADES = {
    "discounted": "every account of it denies it, or only tells of a plan or a possibility",
    "contested": "accounts differ on who did it or whether it happened",
    "confirmed": "a party to it accepts it against its own interest",
    "fair": "two or more independent origins tell it",
    "weak": "one origin tells it",
}
"""Each grade with its rule, in the order in which they are tried."""

_RIVAL = frozenset({"actor", "polarity", "holder"})
_HARM = frozenset(
    {"shelling", "air_strike", "suicide_bombing", "bombing", "killing", "abuse", "destruction", "seizure"}
)
_CUSTODY = frozenset({"arrest", "abduction", "detention"})


def rivals(contradictions: Iterable[Contradiction]) -> frozenset[ClaimId]:
    """Return the claims that differ with another on who did it or whether it happened."""
    return frozenset(claim for one in contradictions if one.reason in _RIVAL for claim in one.claims)


def grade(event: Event, origins: Sequence[Origin], view: View, rival: frozenset[ClaimId]) -> str:
    """Return the grade of an event by the first rule of :data:`GRADES` that holds."""
    claims = view.of_event(event)
    if all(claim.mode != "asserted" for claim in claims):
        return "discounted"
    if len([claim for claim in claims if claim.id in rival]) > 1:
        return "contested"
    if any(claim.mode == "asserted" and _accepts(view, claim) for claim in claims):
        return "confirmed"
    telling = {one.name for one in origins if any(view.claims[claim].mode == "asserted" for claim in one.claims)}
    return "fair" if len(telling) > 1 else "weak"


def _accepts(view: View, claim: Claim) -> bool:
    """Return whether the origin of a claim is a party to it whom it burdens: the doer of harm, the loser, the bereaved army."""
    if not claim.chain_ids:
        return False
    speaker = view.bodies(claim.chain_ids[-1:])
    return bool(speaker & view.bodies(_burdened(claim)))


def _burdened(claim: Claim) -> tuple[EntityId, ...]:
    if claim.kind == "event" and claim.type in _HARM:
        return claim.agents_ids
    if claim.kind == "event" and claim.type in {"retreat", "defection"}:
        return claim.agents_ids
    if claim.kind == "casualties":
        # A party that owns up to its own dead accepts them; one that boasts of the enemy's dead accepts its deed.
        return (*claim.targets_ids, *claim.agents_ids)
    if claim.kind == "custody" and claim.type in _CUSTODY:
        return claim.agents_ids
    if claim.kind == "property" and claim.type in _HARM:
        return claim.agents_ids
    if claim.kind == "control":
        return claim.agents_ids if claim.type == "lost" else claim.targets_ids if claim.type == "gained" else ()
    return ()
