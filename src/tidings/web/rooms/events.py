"""Happenings: the list, and each with every account side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from tidings.errors import UnknownId
from tidings.web import charts
from tidings.web.desk import Desk, Row
from tidings.web.ground import spots_map
from tidings.web.pages import PER_PAGE, desk_of, neutral, pages_of
from tidings.web.rooms.reports import Page
from tidings.web.wording import KINDS, days, number, plainly

__all__ = ["parts_of", "router"]

router = APIRouter()
_MOST_CLAIMS = 120
_MOST_PAIRS = 12


@router.get("/events")
def events(request: Request, page: Page = 1, kind: str = "", grade: str = "", since: str = "", until: str = "", place: str = "", party: str = "") -> Response:  # fmt: skip
    """Happenings by kind, grade, days, place or party, in the order of their days."""
    desk = desk_of(request)
    equals = {name: value for name, value in (("kind", kind), ("grade", grade)) if value}
    naming = {"places": place} if place else {"any": party} if party else {}
    rows, total = desk.look.page(
        "events", equals=equals, naming=naming, between=(since, until), limit=PER_PAGE, offset=(page - 1) * PER_PAGE
    )
    kinds = [(one, KINDS.get(one, one), count) for one, count in desk.kept("event kinds", lambda: desk.look.counts("events", "kind"))]  # fmt: skip
    grades = [(one, one, count) for one, count in desk.kept("grades", lambda: desk.look.counts("events", "grade")) if one]  # fmt: skip
    about = desk.look.one("entities", place or party) if place or party else None
    return pages_of(request).show(
        request, "events", rows=rows, total=total, page=page, size=PER_PAGE, kinds=kinds, kind=kind, grades=grades, grade=grade,
        since=since, until=until, about=about,
    )  # fmt: skip


@router.get("/event/{one}")
def event(request: Request, one: str) -> Response:
    """One happening with its accounts by origin, what agrees and differs, and why they were joined."""
    desk = desk_of(request)
    row = desk.look.one("events", one)
    moved = None
    if row is None:
        # An event keeps its first claim's digits: what became part of another is found through that claim.
        claim = desk.look.one("claims", "c_" + one.partition("_")[2])
        row = desk.look.one("events", claim["event"]) if claim and claim["event"] else None
        moved = one
    if row is None:
        raise UnknownId(f"The record holds no happening {one}.")
    claims = desk.claims(row["claims"][:_MOST_CLAIMS])
    accounts = _accounts(row, claims)
    entities = {held["id"]: held for held in desk.look.some("entities", [*row["places_ids"], *row["agents_ids"], *row["targets_ids"]])}  # fmt: skip
    places = [entities[held] for held in row["places_ids"] if held in entities]
    when = desk.look.page("times", naming={"of": row["id"]}, limit=1)[0]
    standing = desk.standing()
    clashes, _ = desk.look.page("contradictions", naming={"claims": row["claims"][:_MOST_CLAIMS]}, limit=5)
    parts = desk.look.some("events", parts_of(desk).get(row["id"], [])[:30])
    return pages_of(request).show(
        request, "event", row=row, moved=moved, claims=claims, accounts=accounts, slots=_slots(accounts), places=places,
        map=spots_map(places), when=when[0] if when else None, pairs=_pairs(desk, row, claims),
        clashes=clashes, parts=parts,
        whole=desk.look.one("events", row["part_of"]) if row["part_of"] else None,
        verdict=standing.verdicts.get(row["id"]), notes=standing.notes.get(row["id"], ()), more=len(row["claims"]) - len(claims),
    )  # fmt: skip


def parts_of(desk: Desk) -> dict[str, list[str]]:
    """Return for each episode the happenings that are part of it."""

    def make() -> dict[str, list[str]]:
        held: dict[str, list[str]] = {}
        for one, whole in desk.look.each("events", "id", "part_of", filled="part_of"):
            held.setdefault(whole, []).append(one)
        return held

    return desk.kept("parts", make)


def _accounts(row: Row, claims: list[Row]) -> list[dict[str, Any]]:
    """Return the claims by origin: name, entity, claims, and the chains through which they came."""
    by_id = {claim["id"]: claim for claim in claims}
    out = []
    placed: set[str] = set()
    for origin in row["origins_claims"]:
        held = [by_id[one] for one in origin["claims"] if one in by_id]
        placed.update(claim["id"] for claim in held)
        if held:
            out.append({"name": origin["name"], "entity": origin["entity"], "claims": held, "ways": _ways(held)})
    rest = [claim for claim in claims if claim["id"] not in placed]
    if rest:
        out.append({"name": "origin not named", "entity": None, "claims": rest, "ways": _ways(rest)})
    return out


def _ways(claims: Iterable[Row]) -> list[list[str]]:
    """Return the different chains of claims from the origin outwards."""
    return [list(way) for way in dict.fromkeys(tuple(reversed(claim["chain"])) for claim in claims)]


def _count(claim: Row) -> str:
    held = claim["count"]
    return f"{number(held['low'], held['high'])} {plainly(claim['measure'])}".strip() if held else ""


def _slots(accounts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return slot by slot what each origin says, and whether they differ; a slot that nobody fills is left out."""
    readers: tuple[tuple[str, Any], ...] = (
        ("what", lambda claim: plainly(claim["type"])),
        ("who", lambda claim: ", ".join(claim["agents"])),
        ("to whom", lambda claim: ", ".join(claim["targets"])),
        ("where", lambda claim: ", ".join(claim["places"])),
        ("when", days),
        ("how many", _count),
        ("how", lambda claim: claim["means"]["text"] if claim["means"] else ""),
        ("said as", lambda claim: claim["mode"]),
    )
    out = []
    for name, read in readers:
        cells = [
            list(dict.fromkeys(value for claim in account["claims"] if (value := read(claim)))) for account in accounts
        ]
        filled = [frozenset(cell) for cell in cells if cell]
        if filled:
            common = frozenset.intersection(*filled) if len(filled) > 1 else filled[0]
            out.append({"name": name, "cells": cells, "common": common, "differs": len(set(filled)) > 1})
    return out


def _pairs(desk: Desk, row: Row, claims: list[Row]) -> list[dict[str, Any]]:
    """Return the comparisons of an event pair by pair, the strongest first, each with its waterfall."""
    held, _ = desk.look.page("comparisons", equals={"event": row["id"]}, limit=2000)
    by_pair: dict[tuple[str, str], list[Row]] = {}
    for one in held:
        by_pair.setdefault((one["a"], one["b"]), []).append(one)
    words = {claim["id"]: claim for claim in claims}
    ordered = sorted(by_pair.items(), key=lambda item: (-sum(part["bits"] for part in item[1]), item[0]))
    out = []
    for (a, b), parts in ordered[:_MOST_PAIRS]:
        parts = sorted(parts, key=lambda part: (-abs(part["bits"]), part["what"]))
        chart: Markup = charts.bits(parts)
        out.append(
            {
                "a": words.get(a),
                "b": words.get(b),
                "parts": parts,
                "chart": chart,
                "bits": sum(part["bits"] for part in parts),
            }
        )
    return out


@router.get("/event/{one}/place.json")
def place_of(request: Request, one: str) -> dict[str, Any]:
    """Return where a happening can have been, as drawn on the map: radius, sector or road."""
    from tidings.web.ground import reach

    desk = desk_of(request)
    row = desk.look.one("events", one)
    if row is None:
        raise UnknownId(f"The record holds no happening {one}.")
    places = desk.look.some("entities", row["places_ids"])
    return {
        "id": one,
        "title": neutral(", ".join(row["places"])),
        "features": [feature for place in places for feature in reach(place)],
    }
