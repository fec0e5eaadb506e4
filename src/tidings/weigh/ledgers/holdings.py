"""Holdings: who held which place, from when until when, and by whose word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tidings.model import UNKNOWN, Claim, EntityId, Holding, When, content_id
from tidings.weigh.origins import Roots
from tidings.weigh.rules import phrase_in
from tidings.weigh.scope import of_a_part
from tidings.weigh.view import View

__all__ = ["holdings"]


_Sort = tuple[EntityId, tuple[EntityId, ...], str, str]


@dataclass(slots=True)
class _Stretch:
    """A stretch of holding while it is put together."""

    place: EntityId
    holders: tuple[EntityId, ...]
    standing: str
    since: When
    until: When
    claims: list[Claim]
    share: str = ""


def holdings(view: View, roots: Roots) -> tuple[Holding, ...]:
    """Return one row for each place, holder and standing whose days meet.

    ``held`` is said of who took or holds a place; it is ``claimed`` where only the holder itself, or a report that is
    not sure, says so. ``lost`` names the loser, with the day until which it held. ``shared`` and ``contested`` name all
    parties. ``share`` is the part held as reports put it, "in part" where they speak of areas or quarters of a city, or of
    a place that falls little by little. A stretch ends when another party is said to have taken the whole place later.
    """
    stretches: dict[_Sort, list[_Stretch]] = {}
    for claim in view.in_order(one for one in view.claims.values() if one.kind == "control"):
        if claim.mode in {"denied", "intended"}:
            continue
        for place, holders, standing, since, until in _said(claim):
            if claim.mode == "possible" and standing != "held":
                continue  # what may be lost is not lost
            if holders and not all(view.entities[one].role == "civilians" for one in holders if one in view.entities):
                part = of_a_part(view, claim, place) or bool(phrase_in("part", "slowly", view.sentence(claim)))
                share = claim.share.text if claim.share else "in part" if part else ""
                _put(stretches, view, claim, _Stretch(place, holders, standing, since, until, [claim], share))
    found = [one for alike in stretches.values() for one in alike]
    _close(found, view)
    rows = [_row(one, view, roots) for one in found]
    return tuple(sorted(rows, key=lambda row: row.id))


def _said(claim: Claim) -> Iterator[tuple[EntityId, tuple[EntityId, ...], str, When, When]]:
    """Yield place, holders, standing, since and until for what one claim says of each of its places."""
    when = claim.when
    agents, targets = tuple(sorted(claim.agents_ids)), tuple(sorted(claim.targets_ids))
    both = tuple(sorted({*agents, *targets}))
    for place in claim.places_ids:
        if claim.type == "gained":
            yield place, agents, "held", when, UNKNOWN
            yield place, targets, "lost", UNKNOWN, when
        elif claim.type == "lost":
            yield place, agents, "lost", UNKNOWN, when
            yield place, targets, "held", when, UNKNOWN
        elif claim.type in {"held", "repelled"}:
            yield place, agents, "held", when, UNKNOWN
        elif claim.type == "shared":
            yield place, both, "shared", when, UNKNOWN
        elif claim.type in {"contested", "attempted"}:
            yield place, both, "contested", when, when


def _put(stretches: dict[_Sort, list[_Stretch]], view: View, claim: Claim, new: _Stretch) -> None:
    """Add a saying to the stretch that it repeats, or begin a new one with it."""
    event = view.event_of.get(claim.id)
    alike = stretches.setdefault((new.place, new.holders, new.standing, new.share), [])
    for one in alike:
        if event is view.event_of.get(one.claims[0].id) or _touch(one, new.since, new.until):
            one.claims.append(claim)
            one.since, one.until = _narrower(one.since, new.since), _narrower(one.until, new.until)
            return
    alike.append(new)


def _touch(one: _Stretch, since: When, until: When) -> bool:
    """Return whether the days of two sayings meet; what gives no day meets only what gives none."""
    for mine, theirs in ((one.since, since), (one.until, until)):
        if mine.known != theirs.known or not mine.meets(theirs):
            return False
    return True


def _narrower(one: When, other: When) -> When:
    if not one.known or not other.known:
        return one if one.known else other
    widths = [(when.latest - when.earliest).days if when.earliest and when.latest else 10**6 for when in (one, other)]
    return other if widths[1] < widths[0] else one


def _close(stretches: list[_Stretch], view: View) -> None:
    """End a holding where another party is said to have taken the place, and not a part of it, on later days."""
    by_place: dict[EntityId, list[_Stretch]] = {}
    for one in stretches:
        by_place.setdefault(one.place, []).append(one)
    for together in by_place.values():
        for one in together:
            if one.standing != "held" or one.since.latest is None:
                continue
            later = [
                other.since
                for other in together
                if other.standing == "held"
                and not other.share
                and not view.kin(other.holders, one.holders)
                and other.since.earliest is not None
                and other.since.earliest > one.since.latest
            ]
            lost = [
                other.until
                for other in together
                if other.standing == "lost"
                and other.share == one.share
                and view.kin(other.holders, one.holders)
                and other.until.earliest is not None
                and other.until.earliest >= one.since.latest
            ]
            ends = sorted(later + lost, key=lambda when: (when.earliest, when.latest or when.earliest))
            if ends:
                one.until = ends[0]


def _row(one: _Stretch, view: View, roots: Roots) -> Holding:
    claims = view.in_order(one.claims)
    standing = one.standing
    if standing == "held":
        speakers = {roots[claim.id].entity for claim in claims if claim.mode == "asserted"}
        own = all(speaker is not None and view.kin([speaker], one.holders) for speaker in speakers)
        standing = "claimed" if own else "held"
    ids = tuple(claim.id for claim in claims)
    row = Holding(
        id="",
        place_id=one.place,
        holder_ids=one.holders,
        since=one.since,
        until=one.until,
        share=one.share,
        standing=standing,
        claims=ids,
    )
    return replace(row, id=content_id("h", one.place, *one.holders, one.standing, one.share, *ids))
