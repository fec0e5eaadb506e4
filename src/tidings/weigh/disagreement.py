"""The rules of disagreement: why two claims cannot both stand.

Each rule takes two claims and returns a clause that says why, or an empty string. Its docstring is what the reader is
shown. Where a rule finds nothing, that is no agreement: the two may speak of other people, other ground or other days.
"""

from __future__ import annotations

from collections.abc import Callable

from tidings.model import Claim, DocId, EntityId
from tidings.weigh.rules import phrase_in, rules
from tidings.weigh.scope import (
    count_of,
    ground_of,
    in_one_sum,
    is_toll,
    of_a_part,
    of_one,
    of_some,
    one_flow,
    one_scale,
    same_days,
    same_ground,
    same_group,
    scope_of,
    share_of,
    shares_place,
    surpasses,
    within_a_word,
)
from tidings.weigh.view import View, narrow

__all__ = ["FEW_DAYS", "RULES", "bond", "calm", "fought", "one_happening", "parties"]

FEW_DAYS = 4
"""Days that claims of different happenings may allow and still be set against each other: a report and its neighbours."""

_BATTLE_DAYS = 45
"""Days that claims of one place may allow and still tell of one fight for it, where nothing else brings them together."""

_DEEDS = frozenset(
    "event/shelling event/air_strike event/suicide_bombing event/bombing event/killing event/abuse casualties/killed "
    "casualties/wounded casualties/executed casualties/killed_or_wounded custody/arrest custody/abduction "
    "property/destruction property/seizure control/repelled".split()
)
_PLACED = frozenset({"event", "casualties", "custody", "property"})
_HELD = frozenset({"gained", "held"})
_BONDS = frozenset({"alliance", "power_sharing", "affiliation", "dependence"})
_NEAR_M = 10_000
_NOT_SAID = ("assumed", "soft")
"""How the basis of days begins that no report names."""


def one_happening(view: View, a: Claim, b: Claim) -> bool:
    """Return whether two claims belong to one event."""
    event = view.event_of.get(a.id)
    return event is not None and event is view.event_of.get(b.id)


def parties(view: View, claim: Claim) -> frozenset[EntityId]:
    """Return the bodies that a claim names as doers or as those it is done to."""
    return view.bodies((*claim.agents_ids, *claim.targets_ids))


def _together(view: View, a: Claim, b: Claim) -> bool:
    """Return whether two claims belong to one happening, or to the same few days of one place where little happens twice.

    In a city or a province several things of a kind happen on one day, so there only the join makes two claims meet, or
    that each gives the toll of its report for the city on that one day.
    """
    if a.whole != b.whole:
        return False
    if one_happening(view, a, b):
        one, other = ground_of(view, a), ground_of(view, b)
        return not one or not other or same_ground(view, one, other)
    kinds = {*rules()["part"]["whole"], "town"}
    spots = [
        view.entities[one].place
        for one in a.places_ids
        if one in view.entities and any(view.one_spot(one, other) for other in b.places_ids)
    ]
    small = any(spot is not None and spot.kind in kinds for spot in spots)
    if small:
        return same_days(a, b, within=FEW_DAYS)
    city = any(spot is not None and spot.kind == "city" for spot in spots)
    alike = city and same_days(a, b, within=2) and one_scale(a, b, row="toll_factor")
    return alike and is_toll(view, a) and is_toll(view, b)


def _asserted(*claims: Claim) -> bool:
    return all(claim.mode == "asserted" for claim in claims)


def _number(view: View, a: Claim, b: Claim) -> str:
    """Two counts of the same people, for the same happening and stretch of time, that no number fits both."""
    if a.measure != b.measure or not a.measure or a.count is None or b.count is None or not _asserted(a, b):
        return ""
    if (None, None) in {count_of(a), count_of(b)} or a.count.meets(b.count):
        return ""
    if not _together(view, a, b) or not same_group(view, a, b):
        return ""
    if of_some(a) or of_some(b) or of_one(a) or of_one(b) or in_one_sum(view, a, b) or not one_scale(a, b):
        return ""
    if within_a_word(a, b) or _part_of_a_town(view, a, b):
        return ""
    if a.kind == "displacement" and not one_flow(view, a, b):
        return ""
    if _armed(view, a) and _armed(view, b) and not one_happening(view, a, b) and not _same_doers(view, a, b):
        return ""  # two deeds of two parties, told for the same place and day
    scopes = {scope_of(view, a), scope_of(view, b)}
    if len(scopes) > 1 and scopes & {"total", "cumulative"}:
        return ""
    for day, longer in ((a, b), (b, a)):
        if narrow(day.when, 2) and not narrow(longer.when, FEW_DAYS) and surpasses(longer, day):
            return ""  # the larger number may be that of several days
    return f"no number of {a.measure.replace('_', ' ')} fits both"


def _part_of_a_town(view: View, a: Claim, b: Claim) -> bool:
    """Return whether one report gives a number for a place and a smaller one for a part of it, or for some of several places."""
    if a.document != b.document:
        return False
    some, whole = (a, b) if surpasses(b, a) else (b, a)
    outer = set(whole.places_ids)
    covered = bool(some.places_ids) and all(view.above(place) & outer for place in some.places_ids)
    return covered and set(some.places_ids) != outer


def _share(view: View, a: Claim, b: Claim) -> str:
    """Two shares of one place that the same party holds on the same days, farther apart than rounding."""
    one, other = share_of(a), share_of(b)
    if one is None or other is None or not _shared_scene(a, b) or not view.kin(a.agents_ids, b.agents_ids):
        return ""
    gap = max(one.low or 0, other.low or 0) - min(one.high or 100, other.high or 100)
    return "no share of the place fits both" if gap > int(rules()["share"]["rounding"]) else ""


def _crowded(view: View, a: Claim, b: Claim) -> str:
    """Two parties that hold more of one place between them than there is of it."""
    one, other = share_of(a), share_of(b)
    if one is None or other is None or not _shared_scene(a, b) or view.kin(a.agents_ids, b.agents_ids):
        return ""
    over = (one.low or 0) + (other.low or 0) > 100 + int(rules()["share"]["rounding"])
    return f"{view.names(a.agents_ids)} and {view.names(b.agents_ids)} cannot hold more than all of it" if over else ""


def _shared_scene(a: Claim, b: Claim) -> bool:
    """Return whether two claims tell of who holds what part of one place, on the same few days."""
    if a.kind != "control" or b.kind != "control" or not {a.type, b.type} <= _HELD or not _asserted(a, b):
        return False
    if not a.agents_ids or not b.agents_ids or not shares_place(a.places_ids, b.places_ids):
        return False
    return same_days(a, b, within=FEW_DAYS)


def _actor(view: View, a: Claim, b: Claim) -> str:
    """One deed put down to different parties, neither of which belongs to the other."""
    if not {f"{one.kind}/{one.type}" for one in (a, b)} <= _DEEDS or not _asserted(a, b):
        return ""
    if not _armed(view, a) or not _armed(view, b) or not one_happening(view, a, b):
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
    if not a.places_ids or not b.places_ids or not one_happening(view, a, b) or not _asserted(a, b):
        return ""
    if (a.kind, a.type) != (b.kind, b.type) or a.kind not in _PLACED:
        return ""  # the dead may lie in one place and the wounded in another, and who holds one holds others too
    if a.count is not None and b.count is not None and not a.count.meets(b.count):
        return ""  # other numbers at other places are other happenings
    if view.kin(a.places_ids, b.places_ids) or _named_alike(view, a, b) or _both_told(view, a, b):
        return ""
    gaps = [view.metres(one, other) for one in a.places_ids for other in b.places_ids]
    if any(gap is None or gap < _NEAR_M for gap in gaps):
        return ""
    return f"one puts it at {view.names(a.places_ids)}, the other at {view.names(b.places_ids)}"


def _named_alike(view: View, a: Claim, b: Claim) -> bool:
    """Return whether a place of one claim may be one of the other's by its name.

    It may be spelled otherwise, and a city may stand for the province of its name in which the other place lies.
    """
    for one in a.places_ids:
        for other in b.places_ids:
            if not view.bones(one).isdisjoint(view.bones(other)):
                return True
            for city, inner in ((one, other), (other, one)):
                if any(view.name(area).startswith(view.name(city)) for area in view.above(inner)):
                    return True
    return False


def _both_told(view: View, a: Claim, b: Claim) -> bool:
    """Return whether some report has the happening at both places: then it had parts, and the accounts are no rivals."""
    event = view.event_of.get(a.id)
    told: dict[DocId, set[EntityId]] = {}
    for claim in view.of_event(event) if event is not None else ():
        told.setdefault(claim.document, set()).update(claim.places_ids)
    return any(view.kin(places, a.places_ids) and view.kin(places, b.places_ids) for places in told.values())


def _time(view: View, a: Claim, b: Claim) -> str:
    """One happening put on days that do not meet, both by words that name the day and not by an assumption."""
    if not one_happening(view, a, b) or a.when.meets(b.when) or not _asserted(a, b):
        return ""
    if any(claim.when.basis.startswith(_NOT_SAID) or not narrow(claim.when, 2) for claim in (a, b)):
        return ""
    return f"one puts it on {a.when.edtf()}, the other on {b.when.edtf()}"


def _polarity(view: View, a: Claim, b: Claim) -> str:
    """One says that it was so, the other that it was not."""
    if {a.mode, b.mode} != {"asserted", "denied"}:
        return ""
    if bond(a) and bond(b):
        # To share power is no alliance, and to deny the one does not deny the other.
        alike = (a.type == "power_sharing") == (b.type == "power_sharing")
        meet = alike and len(parties(view, a) & parties(view, b)) >= 2 and a.when.meets(b.when)
    else:
        placed = not a.places_ids or not b.places_ids or view.kin(a.places_ids, b.places_ids)
        # That one party did not join does not deny that others fought.
        doers = view.kin(a.agents_ids, b.agents_ids) or not (a.agents_ids or b.agents_ids)
        meet = (a.kind, a.type) == (b.kind, b.type) and one_happening(view, a, b) and placed and doers
    return "one states what the other denies" if meet else ""


def bond(claim: Claim) -> bool:
    """Return whether a claim tells of parties that stand together."""
    return (claim.kind == "relation" and claim.type in _BONDS) or claim.type == "agreement"


def _manner(view: View, a: Claim, b: Claim) -> str:
    """A place taken without a fight by one account and in a fight by the other, on days that can be the same."""
    if not _asserted(a, b) or a.whole != b.whole or not a.when.meets(b.when):
        return ""
    for taken, other in ((a, b), (b, a)):
        if not calm(view, taken) or phrase_in("manner", "without_fight", view.sentence(other)):
            continue
        if not fought(view, other) or not _one_scene(view, taken, other):
            continue
        bodies = [parties(view, claim) for claim in (taken, other)]
        if bodies[0] & bodies[1] or not all(bodies):
            said = phrase_in("manner", "with_fight", view.sentence(other)) or "clashes"
            return f"it cannot have changed hands “{calm(view, taken)}” and in a fight (“{said}”)"
    return ""


def _one_scene(view: View, taken: Claim, other: Claim) -> bool:
    """Return whether a fight was for the place that was taken: of one happening, of one place, or told as part of that fight.

    "They broke through the city's lines" is of the quarter where another sentence of the same happening names the quarter.
    """
    if one_happening(view, taken, other):
        return True
    if not narrow(taken.when, _BATTLE_DAYS) or not narrow(other.when, _BATTLE_DAYS):
        return False  # days of half a year that meet are no sign of one battle
    if shares_place(taken.places_ids, other.places_ids):
        return True
    event = view.event_of.get(other.id)
    around = {area for place in taken.places_ids for area in view.above(place)}
    if event is None or not around & set(other.places_ids):
        return False
    named = {place for one in view.of_event(event) if one.document == other.document for place in one.places_ids}
    return bool(named & set(taken.places_ids))


def calm(view: View, claim: Claim) -> str:
    """Return the words by which a claim of control says that the place changed hands without a fight, or an empty string."""
    return phrase_in("manner", "without_fight", view.sentence(claim)) if claim.kind == "control" else ""


def fought(view: View, claim: Claim) -> bool:
    """Return whether a claim tells of clashes, or of a place that changed hands in them."""
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
    # What changes hands little by little is held by nobody on a single day.
    if any(phrase_in("part", "slowly", view.sentence(claim)) for claim in (a, b)):
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
    ("number", _share),
    ("actor", _actor),
    ("place", _place),
    ("time", _time),
    ("polarity", _polarity),
    ("manner", _manner),
    ("holder", _holder),
    ("holder", _crowded),
)
"""Every reason with its rules; a rule's docstring is what the reader is shown."""
