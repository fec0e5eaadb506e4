"""Names and places: entities with their aliases and evidence, and pairs of names that may be one."""

from __future__ import annotations

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from tidings.errors import UnknownId
from tidings.gazetteers import built
from tidings.geo.distance import metres
from tidings.web.desk import Desk, Row
from tidings.web.ground import spots_map
from tidings.web.pages import PER_PAGE, desk_of, pages_of
from tidings.web.rooms.reports import Page

__all__ = ["mentioned", "router"]

router = APIRouter()
_KINDS = {"actor": "Parties", "source": "Sources", "person": "Persons", "place": "Places", "other": "Other"}
_MOST_CHOICES = 8
_SAME_M = 500
"""Two points so near are one choice."""
_MOST_CONSTRAINTS = 3000
"""Above so many constraints on days, what one day more would narrow takes longer to work out than a page may."""


@router.get("/entities")
def entities(request: Request, page: Page = 1, kind: str = "") -> Response:
    """Names by kind, and the open proposals that two of them are one."""
    desk = desk_of(request)
    equals = {"kind": kind} if kind else {}
    rows, total = desk.look.page(
        "entities", equals=equals, order=("name",), limit=PER_PAGE, offset=(page - 1) * PER_PAGE
    )
    numbers = mentioned(desk)
    counts = desk.kept("kinds of names", lambda: desk.look.counts("entities", "kind"))
    kinds = [(one, _KINDS.get(one, one), count) for one, count in counts]
    open_ones = desk.look.page("proposals", equals={"standing": "open"}, limit=1)[1]
    worth = []
    if len(desk.look.slim("constraints", "id", limit=_MOST_CONSTRAINTS)) < _MOST_CONSTRAINTS:
        worth = desk.kept("worth", desk.record.worth_knowing)[:5]
    return pages_of(request).show(
        request, "entities", rows=rows, total=total, page=page, size=PER_PAGE, numbers=numbers, kinds=kinds, kind=kind,
        proposals=open_ones, worth=worth,
    )  # fmt: skip


def mentioned(desk: Desk) -> dict[str, int]:
    """Return how often each name is mentioned; of a large record it takes half a second once."""
    return desk.kept("mentions of", lambda: dict(desk.look.counts("mentions", "entity", limit=1_000_000)))


@router.get("/proposals")
def proposals(request: Request, page: Page = 1, standing: str = "open") -> Response:
    """Pairs of names that may be one, with the reasons for and against."""
    desk = desk_of(request)
    equals = {"standing": standing} if standing != "all" else {}
    rows, total = desk.look.page("proposals", equals=equals, limit=15, offset=(page - 1) * 15)
    both = {row["id"]: row for row in desk.look.some("entities", [one for row in rows for one in (row["a"], row["b"])])}
    standings = desk.look.counts("proposals", "standing")
    return pages_of(request).show(
        request, "proposals", rows=rows, total=total, page=page, size=15, both=both, standing=standing, standings=standings,
        verdicts=desk.standing().verdicts,
    )  # fmt: skip


@router.get("/entity/{one}")
def entity(request: Request, one: str) -> Response:
    """One name: its aliases and the words for it, where it lies, what it is told of, and what may be the same."""
    desk = desk_of(request)
    row = desk.look.one("entities", one)
    if row is None:
        raise UnknownId(f"The record holds no name {one}.")
    wordings = desk.look.counts("mentions", "text", "how", naming={"entity": one}, limit=40)
    mentions, told = desk.look.page("mentions", naming={"entity": one}, limit=8)
    events, number = desk.look.page("events", naming={"any": one}, limit=15)
    inside, _ = desk.look.page("entities", naming={"part_of": one}, limit=40)
    pairs, _ = desk.look.page("proposals", naming={"any": one}, limit=20)
    framings, _ = desk.look.page("framings", naming={"entity": one}, order=("-n",), limit=30)
    standing = desk.standing()
    spots = [held for held in [row, *inside] if held["lat"] is not None]
    return pages_of(request).show(
        request, "entity", row=row, wordings=wordings, mentions=desk.with_words(mentions), told=told, events=events, number=number,
        choices=choices(row), choices_map=_choices_map(row), inside=inside, pairs=pairs, framings=framings, map=spots_map(spots) if spots else "",
        verdict=standing.verdicts.get(one), notes=standing.notes.get(one, ()), verdicts=standing.verdicts,
    )  # fmt: skip


def choices(row: Row) -> list[Row]:
    """Return the places of the gazetteer that a place's name can mean, the likeliest first; none without an index on this machine."""
    gazetteer = built() if row["kind"] == "place" else None
    if gazetteer is None:
        return []
    found = []
    for at, place in enumerate(gazetteer.lookup(row["name"])[:_MOST_CHOICES], start=1):
        far = None if row["lat"] is None else metres(row["lat"], row["lon"], place.lat, place.lon)
        found.append(
            {
                "id": str(at), "name": f"{at} {place.name}", "own": place.name, "kind": place.kind, "country": place.country,
                "admin1": place.admin1, "layer": place.layer, "lat": place.lat, "lon": place.lon, "radius_m": place.radius_m,
                "population": place.population, "far_km": None if far is None else round(far / 1000), "chosen": far is not None and far < _SAME_M,
            }
        )  # fmt: skip
    return found


def _choices_map(row: Row) -> Markup:
    held = choices(row)
    return spots_map(held, reaches=False, link="#choice-") if len(held) > 1 else Markup("")
