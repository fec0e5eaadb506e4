"""Contradictions: claims that cannot all stand, where their scope lets them disagree at all.

Each rule looks at two claims of different roots and returns why they cannot both stand, or nothing. Two claims are only
set against each other when they belong to one happening, or to the same ground and the same few days. A part is never set
against the whole, a day never against a month, what was planned never against what happened. Nothing is resolved here:
both accounts stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from tidings.model import Claim, ClaimId, Contradiction, EntityId, content_id
from tidings.weigh.origins import Roots
from tidings.weigh.rules import phrase_in, rules
from tidings.weigh.scope import (
    count_of,
    ground_of,
    group_class,
    of_a_part,
    of_one,
    of_some,
    one_flow,
    one_scale,
    same_days,
    same_ground,
    same_group,
    scope_of,
    shares_place,
)
from tidings.weigh.view import View, narrow

__all__ = ["RULES", "contradictions"]

_FEW_DAYS = 4
"""Days that claims of different happenings may allow and still be set against each other: a report and its neighbours."""

_MOST = 120
"""Claims of one ground and time whose pairs are all looked at; the first in the fixed order are taken."""

_DEEDS = frozenset(
    "event/shelling event/air_strike event/suicide_bombing event/bombing event/killing event/abuse casualties/killed "
    "casualties/wounded casualties/executed casualties/killed_or_wounded custody/arrest custody/abduction "
    "property/destruction property/seizure control/repelled".split()
)
_HELD = frozenset({"gained", "held"})
_BONDS = frozenset({"alliance", "power_sharing", "affiliation", "dependence"})
_NEAR_M = 10_000
_NOT_SAID = ("assumed", "soft")
"""How the basis of days begins that no report names."""


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
        if a.whole != b.whole and not (_bond(a) and _bond(b)):
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
    if reason == "polarity" and _bond(a) and _bond(b):
        parties = _parties(view, a) & _parties(view, b)
        return (reason, str(a.type == "power_sharing"), *sorted(parties))

    def side(claim: Claim) -> str:
        said = {
            "number": str(count_of(claim)),
            "actor": str(sorted(view.bodies(claim.agents_ids))),
            "holder": str(sorted(view.bodies(claim.agents_ids))),
            "polarity": claim.mode,
            "place": str(sorted(claim.places_ids)),
            "time": claim.when.edtf(),
        }.get(reason, "fought" if _fought(view, claim) else "")
        return f"{claim.measure} {group_class(view, claim) if claim.count else ''} {said}"

    ground = sorted(set(a.places_ids) & set(b.places_ids))
    event = view.event_of.get(a.id)
    scene = event.id if event is not None and _one_happening(view, a, b) else " ".join(ground)
    return (reason, scene, str(a.whole), *sorted((side(a), side(b))))


def _parties(view: View, claim: Claim) -> frozenset[EntityId]:
    return view.bodies((*claim.agents_ids, *claim.targets_ids))


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
    ground: dict[tuple[EntityId, int], list[Claim]] = {}
    bonds: dict[tuple[EntityId, EntityId], list[Claim]] = {}
    for claim in view.claims.values():
        if claim.kind == "relation" or claim.type == "agreement":
            parties = sorted(view.bodies((*claim.agents_ids, *claim.targets_ids)))
            for pair in combinations(parties, 2):
                bonds.setdefault(pair, []).append(claim)
        if claim.when.earliest is None or not narrow(claim.when, _FEW_DAYS):
            continue
        spots = {area for place in claim.places_ids for area in view.above(place)}
        first, last = claim.when.earliest.toordinal(), (claim.when.latest or claim.when.earliest).toordinal()
        for spot in spots:
            for week in {first // _FEW_DAYS, last // _FEW_DAYS}:
                ground.setdefault((spot, week), []).append(claim)
    yield from (group for _, group in sorted(bonds.items()))
    yield from (group for _, group in sorted(ground.items()))


def _takings(view: View) -> Iterator[Iterable[Claim]]:
    """Yield, for each taking without a fight, the claims of control and clashes that name one of its places."""
    fought: dict[EntityId, list[Claim]] = {}
    for claim in view.claims.values():
        if claim.kind == "control" or claim.type == "armed_clash":
            for place in claim.places_ids:
                fought.setdefault(place, []).append(claim)
    for claim in view.claims.values():
        if claim.kind == "control" and phrase_in("manner", "without_fight", view.sentence(claim)):
            others = {one.id: one for place in claim.places_ids for one in fought[place] if one.id != claim.id}
            for other in others.values():
                yield (claim, other)


def _one_happening(view: View, a: Claim, b: Claim) -> bool:
    event = view.event_of.get(a.id)
    return event is not None and event is view.event_of.get(b.id)


def _together(view: View, a: Claim, b: Claim) -> bool:
    """Return whether two claims belong to one happening, or to the same few days of one place where little happens twice.

    In a city or a province several things of a kind happen on one day, so there only the join makes two claims meet.
    """
    if a.whole != b.whole:
        return False
    if _one_happening(view, a, b):
        one, other = ground_of(view, a), ground_of(view, b)
        return not one or not other or same_ground(view, one, other)
    kinds = {*rules()["part"]["whole"], "town"}
    spots = [view.entities[one].place for one in a.places_ids if one in b.places_ids and one in view.entities]
    small = any(spot is not None and spot.kind in kinds for spot in spots)
    return small and same_days(a, b, within=_FEW_DAYS)


def _asserted(*claims: Claim) -> bool:
    return all(claim.mode == "asserted" for claim in claims)


def _number(view: View, a: Claim, b: Claim) -> str:
    """Two counts of the same people, for the same happening and stretch of time, that no number fits both."""
    if a.measure != b.measure or not a.measure or a.count is None or b.count is None or not _asserted(a, b):
        return ""
    if a.count.meets(b.count) or not _together(view, a, b) or not same_group(view, a, b):
        return ""
    if of_some(a) or of_some(b) or of_one(a) or of_one(b) or not one_scale(a, b):
        return ""
    if a.kind == "displacement" and not one_flow(view, a, b):
        return ""
    if _armed(view, a) and _armed(view, b) and not _one_happening(view, a, b) and not _same_doers(view, a, b):
        return ""  # two deeds of two parties, told for the same place and day
    scopes = {scope_of(view, a), scope_of(view, b)}
    if len(scopes) > 1 and scopes & {"total", "cumulative"}:
        return ""
    for day, longer in ((a, b), (b, a)):
        if narrow(day.when, 2) and not narrow(longer.when, _FEW_DAYS) and _above(longer, day):
            return ""  # the larger number may be that of several days
    return f"no number of {a.measure.replace('_', ' ')} fits both"


def _above(one: Claim, other: Claim) -> bool:
    ends = [[end for end in count_of(claim) if end is not None] for claim in (one, other)]
    return bool(ends[0] and ends[1]) and min(ends[0]) > max(ends[1])


def _actor(view: View, a: Claim, b: Claim) -> str:
    """One deed put down to different parties, neither of which belongs to the other."""
    if not {f"{one.kind}/{one.type}" for one in (a, b)} <= _DEEDS or not _asserted(a, b):
        return ""
    if not _armed(view, a) or not _armed(view, b) or not _one_happening(view, a, b):
        return ""
    if _same_doers(view, a, b) or _told_as_one(view, a, b):
        return ""
    if a.targets_ids and b.targets_ids and not view.kin(a.targets_ids, b.targets_ids):
        return ""
    return f"one puts it down to {view.names(a.agents_ids)}, the other to {view.names(b.agents_ids)}"


def _same_doers(view: View, a: Claim, b: Claim) -> bool:
    return view.kin(a.agents_ids, b.agents_ids) or bool(view.bodies(a.agents_ids) & view.bodies(b.agents_ids))


def _told_as_one(view: View, a: Claim, b: Claim) -> bool:
    """Return whether some account of the happening has parties of both sides do it together."""
    one, other = view.bodies(a.agents_ids), view.bodies(b.agents_ids)
    event = view.event_of.get(a.id)
    told = (view.bodies(claim.agents_ids) for claim in view.of_event(event)) if event is not None else ()
    return any(doers & one and doers & other for doers in told)


def _armed(view: View, claim: Claim) -> bool:
    """Return whether a claim puts the deed down to parties that can have done it and whose part in the war is known."""
    roles = {view.entities[one].role for one in claim.agents_ids if one in view.entities}
    return bool(roles) and roles <= set(rules()["deeds"]["roles"]) and _identified(view, claim)


def _identified(view: View, claim: Claim) -> bool:
    """Return whether the words themselves say which party it was: by name, or by a description that means one party."""
    told = [view.mentions[one] for one in claim.agents if one in view.mentions]
    nobody = tuple(rules()["deeds"]["nobody"])
    return not told or any(one.how == "name" or (one.lexicon and not one.lexicon.startswith(nobody)) for one in told)


def _place(view: View, a: Claim, b: Claim) -> str:
    """One happening put in two places that do not touch and do not lie within each other."""
    if not a.places_ids or not b.places_ids or not _one_happening(view, a, b) or not _asserted(a, b):
        return ""
    if view.kin(a.places_ids, b.places_ids):
        return ""
    gaps = [view.metres(one, other) for one in a.places_ids for other in b.places_ids]
    if any(gap is None or gap < _NEAR_M for gap in gaps):
        return ""
    return f"one puts it at {view.names(a.places_ids)}, the other at {view.names(b.places_ids)}"


def _time(view: View, a: Claim, b: Claim) -> str:
    """One happening put on days that do not meet, both by words that name the day and not by an assumption."""
    if not _one_happening(view, a, b) or a.when.meets(b.when) or not _asserted(a, b):
        return ""
    if any(claim.when.basis.startswith(_NOT_SAID) or not narrow(claim.when, 2) for claim in (a, b)):
        return ""
    return f"one puts it on {a.when.edtf()}, the other on {b.when.edtf()}"


def _polarity(view: View, a: Claim, b: Claim) -> str:
    """One says that it was so, the other that it was not."""
    if {a.mode, b.mode} != {"asserted", "denied"}:
        return ""
    if _bond(a) and _bond(b):
        # To share power is no alliance, and to deny the one does not deny the other.
        alike = (a.type == "power_sharing") == (b.type == "power_sharing")
        meet = alike and len(_parties(view, a) & _parties(view, b)) >= 2 and a.when.meets(b.when)
    else:
        placed = not a.places_ids or not b.places_ids or view.kin(a.places_ids, b.places_ids)
        # That one party did not join does not deny that others fought.
        doers = view.kin(a.agents_ids, b.agents_ids) or not (a.agents_ids or b.agents_ids)
        meet = (a.kind, a.type) == (b.kind, b.type) and _one_happening(view, a, b) and placed and doers
    return "one states what the other denies" if meet else ""


def _bond(claim: Claim) -> bool:
    return (claim.kind == "relation" and claim.type in _BONDS) or claim.type == "agreement"


def _manner(view: View, a: Claim, b: Claim) -> str:
    """A place taken without a fight by one account and in a fight by the other, on days that can be the same."""
    if not _asserted(a, b) or a.whole != b.whole or not a.when.meets(b.when):
        return ""
    if not _one_happening(view, a, b) and not shares_place(a.places_ids, b.places_ids):
        return ""
    for taken, other in ((a, b), (b, a)):
        if taken.kind != "control" or not phrase_in("manner", "without_fight", view.sentence(taken)):
            continue
        if phrase_in("manner", "without_fight", view.sentence(other)) or not _fought(view, other):
            continue
        parties = [_parties(view, claim) for claim in (taken, other)]
        if parties[0] & parties[1] or not all(parties):
            said = phrase_in("manner", "with_fight", view.sentence(other)) or "clashes"
            calm = phrase_in("manner", "without_fight", view.sentence(taken))
            return f"it cannot have changed hands “{calm}” and in a fight (“{said}”)"
    return ""


def _fought(view: View, claim: Claim) -> bool:
    return claim.type == "armed_clash" or (
        claim.kind == "control" and bool(phrase_in("manner", "with_fight", view.sentence(claim)))
    )


def _holder(view: View, a: Claim, b: Claim) -> str:
    """One place held by two parties at once, neither sharing it with the other."""
    if a.kind != "control" or b.kind != "control" or not {a.type, b.type} <= _HELD or not _asserted(a, b):
        return ""
    if not a.agents_ids or not b.agents_ids or view.kin(a.agents_ids, b.agents_ids):
        return ""
    ground = [place for place in a.places_ids if place in b.places_ids]
    if not ground or not same_days(a, b, within=2):
        return ""
    # Of a city or a province, parts are held: only a place that is held as a whole has one holder.
    if any(of_a_part(view, claim, place) or not _held_whole(view, place) for claim in (a, b) for place in ground):
        return ""
    return f"one has it held by {view.names(a.agents_ids)}, the other by {view.names(b.agents_ids)}"


def _held_whole(view: View, place: EntityId) -> bool:
    where = view.entities[place].place if place in view.entities else None
    return where is not None and where.kind in {*rules()["part"]["whole"], "town", "city", ""}


RULES: tuple[tuple[str, Callable[[View, Claim, Claim], str]], ...] = (
    ("number", _number),
    ("actor", _actor),
    ("place", _place),
    ("time", _time),
    ("polarity", _polarity),
    ("manner", _manner),
    ("holder", _holder),
)
"""Every reason with its rule; the rule's docstring is what the reader is shown."""
