"""Relations: how two parties stood to each other, from when until when, and who denies it."""

from __future__ import annotations

from itertools import combinations

from tidings.model import UNKNOWN, Claim, EntityId, Relation, When, content_id
from tidings.weigh.ledgers.ranges import shared_days
from tidings.weigh.view import View

__all__ = ["relations"]


def relations(view: View) -> tuple[Relation, ...]:
    """Return one row for each pair of parties, type and mode whose days meet. A pair stands in the order of its ids."""
    told: dict[tuple[EntityId, EntityId, str, str], list[Claim]] = {}
    for claim in view.in_order(one for one in view.claims.values() if one.kind == "relation"):
        for a, b in _pairs(claim):
            told.setdefault((a, b, claim.type, claim.mode), []).append(claim)
    rows = []
    for (a, b, type_, mode), claims in sorted(told.items()):
        for together in _by_days(claims):
            ids = tuple(claim.id for claim in together)
            rows.append(
                Relation(
                    id=content_id("r", a, b, type_, mode, *ids),
                    a=a,
                    b=b,
                    type=type_,
                    mode=mode,
                    since=shared_days(together),
                    until=_until(together),
                    claims=ids,
                )
            )
    return tuple(sorted(rows, key=lambda row: row.id))


def _pairs(claim: Claim) -> list[tuple[EntityId, EntityId]]:
    """Return the pairs a claim relates: agents with targets, or the agents among themselves."""
    found = {(a, b) for a in claim.agents_ids for b in claim.targets_ids} or set(combinations(claim.agents_ids, 2))
    return sorted({(min(pair), max(pair)) for pair in found if pair[0] != pair[1]})


def _by_days(claims: list[Claim]) -> list[list[Claim]]:
    """Put together claims whose days meet those of all claims already together."""
    groups: list[list[Claim]] = []
    for claim in claims:
        home = next((group for group in groups if all(claim.when.meets(other.when) for other in group)), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return groups


def _until(claims: list[Claim]) -> When:
    """Return the end that is said of a relation that lasted; unknown where nobody says that it ended."""
    lasting = [claim.when for claim in claims if claim.when.lasts and claim.when.end_latest is not None]
    if not lasting:
        return UNKNOWN
    last = max(lasting, key=lambda when: when.end_latest or when.end_earliest)  # type: ignore[arg-type,return-value]  # end_latest is known here
    return When.between(last.end_earliest, last.end_latest, basis=last.basis)
