"""Figures: the dead, the wounded and the missing, by side and by measure, as ranges over independent origins."""

from __future__ import annotations

from tidings.model import Claim, Event, Figure, content_id
from tidings.weigh.ledgers.ranges import doubt, once, shared_days, told_by, union
from tidings.weigh.origins import Roots
from tidings.weigh.rules import rules
from tidings.weigh.scope import beyond, count_of, counted, group_class, made_of, of_some, scope_of
from tidings.weigh.view import View

__all__ = ["figures"]


def figures(view: View, roots: Roots, *, best: str = "most_conservative") -> tuple[Figure, ...]:
    """Return one row for each happening, measure, group, scope and maker.

    A number for an episode as a whole never stands with one for a day, nor an estimate with a documented count, nor a
    number of some ("two of them medics", "three more") with one of all. Denied and planned numbers make no figure. One
    beyond reason is a row of its own that says so and has no ends. ``low`` is the smallest floor, ``high`` the largest ceiling, ``best`` one
    origin's number by the rule named.
    """
    rows = []
    for event in view.events:
        for key, claims in _sorts(view, event).items():
            rows.append(_figure(view, roots, key, claims, best))
    return tuple(sorted(rows, key=lambda row: row.id))


def _sorts(view: View, event: Event) -> dict[tuple[str, ...], list[Claim]]:
    """Return an event's counts by measure, group, scope and maker."""
    found: dict[tuple[str, ...], list[Claim]] = {}
    for claim in view.of_event(event):
        if claim.kind != "casualties" or claim.mode in {"denied", "intended"}:
            continue
        if count_of(claim) == (None, None) and not beyond(claim):
            continue
        scope, made = scope_of(view, claim), made_of(view, claim)
        long = scope if scope in {"total", "cumulative"} else ""
        # Residents, villagers and civilians are words for people of no party: their kind tells them apart, not the word.
        bodies = view.bodies(one for one in counted(view, claim) if not view.of_no_party(one))
        parties = " ".join(sorted(bodies))
        some = "beyond" if beyond(claim) else "some" if of_some(claim) else ""
        found.setdefault((claim.measure, parties, group_class(view, claim), long, some, made), []).append(claim)
    return _with_unknown_makers(_with_people(found))


def _with_people(found: dict[tuple[str, ...], list[Claim]]) -> dict[tuple[str, ...], list[Claim]]:
    """Let "dozens were wounded" stand with the civilians of its sort, whom it does not name."""
    for key in [key for key in found if key[1:3] == ("", "")]:
        civilians = (key[0], "", "civilians", *key[3:])
        if civilians in found:
            found[civilians] += found.pop(key)
    return found


def _with_unknown_makers(found: dict[tuple[str, ...], list[Claim]]) -> dict[tuple[str, ...], list[Claim]]:
    """Let counts that do not say how they were made stand with the documented, or else with the estimated, of their sort."""
    for key in [key for key in found if key[-1] == "unknown"]:
        for made in ("documented", "estimated"):
            other = (*key[:-1], made)
            if other in found:
                found[other] += found.pop(key)
                break
    return found


def _figure(view: View, roots: Roots, key: tuple[str, ...], claims: list[Claim], best: str) -> Figure:
    claims = view.in_order(claims)
    told = union(told_by(claims, view, roots), best=best)
    scopes = {scope_of(view, claim) for claim in claims}
    ids = tuple(claim.id for claim in claims)
    groups = once(one for claim in claims for one in counted(view, claim))
    return Figure(
        id=content_id("f", *key, *ids),
        measure=key[0],
        group=tuple(view.name(one) for one in groups) or _words(claims, key[2]),
        group_ids=groups,
        by_ids=once(one for claim in claims for one in claim.agents_ids),
        places_ids=once(one for claim in claims for one in claim.places_ids),
        when=shared_days(claims),
        scope=next((one for one in ("total", "cumulative", "daily") if one in scopes), "unknown"),
        made=key[-1],
        low=told.low,
        best=told.best,
        high=told.high,
        contested=told.contested,
        rule=best,
        claims=ids,
        beyond=doubt(claims),
    )


def _words(claims: list[Claim], kind: str) -> tuple[str, ...]:
    """Return what is counted in the reports' own words, or the kind of people."""
    nobody = {"", *rules()["groups_of_some"]["nobody"]}
    units = [claim.count.unit for claim in claims if claim.count and claim.count.unit.casefold() not in nobody]
    return (units[0],) if units else (kind,) if kind else ()
