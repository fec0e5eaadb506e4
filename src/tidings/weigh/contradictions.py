"""Contradictions: claims that cannot all stand, where their scope lets them disagree at all.

Each rule of ``disagreement.py`` looks at two claims of different roots and returns why they cannot both stand, or nothing.
Two claims are only set against each other when they belong to one happening, or to the same ground and the same few days.
A part is never set against the whole, a day never against a month, what was planned never against what happened. Nothing
is resolved here: both accounts stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from tidings.model import Claim, ClaimId, Contradiction, EntityId, content_id
from tidings.weigh.disagreement import FEW_DAYS, RULES, bond, calm, fought, one_happening, parties
from tidings.weigh.origins import Roots
from tidings.weigh.scope import count_of, group_class
from tidings.weigh.view import View, narrow

__all__ = ["RULES", "contradictions"]

_MOST = 120
"""Claims of one ground and time whose pairs are all looked at; the first in the fixed order are taken."""

_SIDES = 4
"""Accounts that are quoted side by side in one row; the claims of all stay listed."""


@dataclass(slots=True)
class _Row:
    """Accounts that cannot all stand, while they are put together: what each teller says first, in order."""

    reason: str
    why: str
    claims: set[ClaimId] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)

    def add(self, view: View, *claims: Claim) -> None:
        for claim in claims:
            self.claims.add(claim.id)
            self.said.setdefault(view.teller(claim), view.quoted(claim))


def contradictions(view: View, roots: Roots) -> tuple[Contradiction, ...]:
    """Return every contradiction once, with one sentence that sets both quotations side by side.

    Claims of one root do not contradict each other, but for numbers that two publishers give of it on the same day.

    Accounts that agree with each other stand together: three outlets that say 30 against one that says 50 are one row.
    """
    found: dict[tuple[str, ...], _Row] = {}
    for a, b in _pairs(view):
        if a.document != b.document and _one_report(view, a, b, roots):
            continue  # what a publisher tells twice in the same report is told once
        if a.whole != b.whole and not (bond(a) and bond(b)):
            continue  # an episode as a whole is never set against something within it
        one_root = roots[a.id].key == roots[b.id].key
        for reason, rule in RULES:
            if one_root and not (reason == "number" and _relayed_apart(view, a, b)):
                continue  # the later word of one root is a correction, or its own other words
            why = rule(view, a, b)
            if why:
                key = _account(view, reason, a, b)
                found.setdefault(key, _Row(reason, why)).add(view, a, b)
    rows = []
    for row in found.values():
        claims = tuple(sorted(row.claims))
        why = f"{'; '.join(list(row.said.values())[:_SIDES])}: {row.why}."
        rows.append(Contradiction(id=content_id("k", row.reason, *claims), reason=row.reason, why=why, claims=claims))
    return tuple(sorted(rows, key=lambda one: one.id))


def _one_report(view: View, a: Claim, b: Claim, roots: Roots) -> bool:
    """Return whether two claims stand in copies of one report by one publisher. Another's copy may have other numbers."""
    first = roots.first_copy.get(a.document, a.document)
    return view.publisher(a) == view.publisher(b) and first == roots.first_copy.get(b.document, b.document)


def _relayed_apart(view: View, a: Claim, b: Claim) -> bool:
    """Return whether two publishers give different words of one root and neither is known to be the later."""
    days = [view.documents[claim.document].published for claim in (a, b)]
    return view.publisher(a) != view.publisher(b) and days[0].meets(days[1])


def _account(view: View, reason: str, a: Claim, b: Claim) -> tuple[str, ...]:
    """Return what two accounts say, so that others that say the same join their row."""
    if reason == "polarity" and bond(a) and bond(b):
        shared = parties(view, a) & parties(view, b)
        return (reason, str(a.type == "power_sharing"), *sorted(shared))
    if reason == "manner":
        taken = a if calm(view, a) else b
        event = view.event_of.get(taken.id)
        return (reason, event.id if event is not None else taken.id)

    def side(claim: Claim) -> str:
        said = {
            "number": str(count_of(claim)),
            "actor": str(sorted(view.bodies(claim.agents_ids))),
            "holder": str(sorted(view.bodies(claim.agents_ids))),
            "polarity": claim.mode,
            "place": str(sorted(claim.places_ids)),
            "time": claim.when.edtf(),
        }[reason]
        return f"{claim.measure} {group_class(view, claim) if claim.count else ''} {said}"

    ground = sorted(set(a.places_ids) & set(b.places_ids))
    event = view.event_of.get(a.id)
    scene = event.id if event is not None and one_happening(view, a, b) else " ".join(ground)
    return (reason, scene, str(a.whole), *sorted((side(a), side(b))))


def _pairs(view: View) -> Iterator[tuple[Claim, Claim]]:
    """Yield pairs that may disagree, each once, the earlier first: of one event, or of one ground and few days."""
    seen: set[tuple[str, str]] = set()
    for group in _groups(view):
        for a, b in combinations(view.in_order(group)[:_MOST], 2):
            if (a.id, b.id) not in seen:
                seen.add((a.id, b.id))
                yield a, b


def _groups(view: View) -> Iterator[Iterable[Claim]]:
    for event in view.events:
        if len(event.claims) > 1:
            yield view.of_event(event)
    yield from _takings(view)
    ground: dict[tuple[str, int], list[Claim]] = {}
    named: dict[tuple[str, int], list[Claim]] = {}
    bonds: dict[tuple[EntityId, EntityId], list[Claim]] = {}
    for claim in view.claims.values():
        if claim.kind == "relation" or claim.type == "agreement":
            for pair in combinations(sorted(parties(view, claim)), 2):
                bonds.setdefault(pair, []).append(claim)
        if claim.when.earliest is None or not narrow(claim.when, FEW_DAYS):
            continue
        spots: set[str] = {area for place in claim.places_ids for area in view.above(place)}
        alike = {bones for place in claim.places_ids for bones in view.bones(place)}
        first, last = claim.when.earliest.toordinal(), (claim.when.latest or claim.when.earliest).toordinal()
        for spot in spots:
            for week in {first // FEW_DAYS, last // FEW_DAYS}:
                ground.setdefault((spot, week), []).append(claim)
        for bones in alike:
            for week in {first // FEW_DAYS, last // FEW_DAYS}:
                named.setdefault((bones, week), []).append(claim)
    yield from (group for _, group in sorted(bonds.items()))
    yield from (group for _, group in sorted(ground.items()))
    for _, group in sorted(named.items()):
        # Two names of one spelling are one place only where one of them is on no map; see View.one_spot.
        if any(view.unplaced(place) for claim in group for place in claim.places_ids):
            yield group


def _takings(view: View) -> Iterator[Iterable[Claim]]:
    """Yield, for each taking without a fight, the claims of control and clashes that name one of its places.

    Where one of those belongs to a larger happening, so do the others that are told of it: a report that says how a city's
    line was broken may name the quarter in another sentence.
    """
    told: dict[EntityId, dict[ClaimId, Claim]] = {}
    for claim in view.claims.values():
        if claim.kind == "control" or claim.type == "armed_clash":
            for place in claim.places_ids:
                told.setdefault(place, {})[claim.id] = claim
    for claim in view.claims.values():
        if not calm(view, claim):
            continue
        others = {one: other for place in claim.places_ids for one, other in told[place].items()}
        events = {event.id: event for one in others if (event := view.event_of.get(one)) is not None}
        for event in events.values():
            if len(event.claims) <= _MOST:
                others.update((one.id, one) for one in view.of_event(event) if fought(view, one))
        for other in others.values():
            if other.id != claim.id:
                yield (claim, other)
