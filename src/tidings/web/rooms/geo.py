"""Map: where it is said to have happened, on a base that needs nothing from outside."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import FileResponse, JSONResponse, Response

from tidings.errors import UnknownId
from tidings.gazetteers import built
from tidings.web import charts
from tidings.web.desk import Desk, Row
from tidings.web.ground import country_names, outlines, spots
from tidings.web.pages import desk_of, neutral, pages_of, sent
from tidings.web.rooms.time import bars
from tidings.web.wording import KINDS, name_of, number, plainly

__all__ = ["router", "warm"]

router = APIRouter()
_MOST_FLOWS = 2000
_MOST_ENDS = 6
"""Lines drawn for one movement of several origins and goals."""
_MOST_TOWNS = 60
_MOST = 60
"""Happenings listed for the places that a reader points at; how many there are is told."""
_MOST_PLACES = 300
"""Places asked about at once: those that one circle gathers."""


@router.get("/map")
def page(request: Request, kind: str = "", event: str = "") -> Response:
    """The map with its table of places behind it."""
    desk = desk_of(request)
    held = spots(desk)
    tiles = pages_of(request).tiles
    kinds = [
        (one, KINDS.get(one, one), None)
        for one, _ in desk.kept("event kinds", lambda: desk.look.counts("events", "kind"))
    ]
    return pages_of(request).show(
        request, "map", places=sorted(held.values(), key=lambda row: (-row["n"], row["id"]))[:60], kinds=kinds, kind=kind, event=event,
        kind_of_tiles="pmtiles" if tiles.endswith(".pmtiles") else "pictures" if tiles else "", address="" if tiles.endswith(".pmtiles") else tiles,
    )  # fmt: skip


@router.get("/map.json")
def data(request: Request, kind: str = "") -> Response:
    """Places, and when how much is told at each of them.

    ``told`` has for each place three numbers at a time: first and last day (days since 1970; null where open or not known) and
    how many happenings lie between them. The happenings themselves are asked for where a reader points: 100,000 titles would
    take longer to send than the map to draw.
    """
    desk = desk_of(request)
    kind = kind if kind in KINDS else ""

    def make() -> dict[str, Any]:
        told: dict[str, list[int | None]] = {}
        for place, spans in _spans(desk).items():
            counted: dict[tuple[int | None, int | None], int] = {}
            for first, last, what, _ in spans:
                if not kind or what == kind:
                    counted[first, last] = counted.get((first, last), 0) + 1
            if counted:
                told[place] = [cell for (first, last), n in counted.items() for cell in (first, last, n)]
        held = spots(desk)
        places = {one: [row["lon"], row["lat"], neutral(row["name"]), row["radius_m"]] for one, row in held.items()}
        around = desk.kept("towns", lambda: towns(held.values()))
        moves = desk.kept("flows", lambda: flows(desk))
        return {"places": places, "told": told, "flows": moves, "towns": around, "lands": country_names()}

    return sent(request, desk, f"map {kind}", make)


@router.get("/map/here.json")
def here(
    request: Request, place: Annotated[list[str] | None, Query(max_length=_MOST_PLACES)] = None, kind: str = "", since: str = "", until: str = "",
    undated: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """Return the happenings at some places that can have been between two days, the first ones by their days, and how many there are."""
    desk = desk_of(request)
    start, end = (_number(charts.day_of(word)) for word in (since, until))
    spans = _spans(desk)
    found: dict[str, tuple[int | None, str]] = {}
    for one in dict.fromkeys(place or ()):
        for first, last, what, event in spans.get(one, ()):
            if kind and what != kind:
                continue
            if first is None and last is None:
                fits = undated
            else:
                fits = (end is None or first is None or first <= end) and (start is None or last is None or last >= start)  # fmt: skip
            if fits:
                found.setdefault(event, (first, one))
    far = max((first or 0 for first, _ in found.values()), default=0) + 1
    ordered = sorted(found, key=lambda event: (far if (first := found[event][0]) is None else first, event))
    shown = desk.look.some("events", ordered[:_MOST])
    return {
        "n": len(ordered),
        "events": [{"id": row["id"], "title": _title(row), "place": found[row["id"]][1]} for row in shown],
    }


def _title(row: Row) -> str:
    """Return what a happening is called on the map; one without days by its kind alone."""
    dated = row["time_earliest"] or row["time_latest"]
    return str(neutral(name_of(row) if dated else f"{KINDS.get(row['kind'], row['kind'])}, day not known"))


def _spans(desk: Desk) -> dict[str, list[tuple[int | None, int | None, str, str]]]:
    """Return for each place that has a point its happenings: first and last day, kind, id; one of two places is there twice."""

    def make() -> dict[str, list[tuple[int | None, int | None, str, str]]]:
        when = {row["id"]: (_number(row["days"][0]), _number(row["days"][3])) for row in bars(desk)}
        kinds = dict(desk.look.each("events", "id", "kind"))
        return {
            place["id"]: [(*when.get(one, (None, None)), kinds[one], one) for one in place["events"]]
            for place in spots(desk).values()
        }

    return desk.kept("happenings at places", make)


def warm(desk: Desk) -> None:
    """Make what the map asks for first."""
    _spans(desk)
    desk.kept("towns", lambda: towns(spots(desk).values()))
    _ground()


def flows(desk: Desk) -> list[list[Any]]:
    """Return movements between two places that have points: id, from and to as lon and lat, low, high, what, first and last day."""
    rows, _ = desk.look.page("movements", limit=_MOST_FLOWS)
    ends = {one for row in rows for slot in ("origin_ids", "destination_ids", "shelter_ids") for one in row[slot]}
    points = {row["id"]: row for row in desk.look.some("entities", ends) if row["lat"] is not None}
    found: list[list[Any]] = []
    for row in rows:
        goals = row["destination_ids"] or row["shelter_ids"]
        way = [
            (points[a], points[b]) for a in row["origin_ids"] for b in goals if a in points and b in points and a != b
        ]
        for start, goal in way[:_MOST_ENDS]:
            what = neutral(
                f"{plainly(row['type'])}, {number(row['low'], row['high'])}: {start['name']} to {goal['name']}"
            )
            days = [_number(charts.day_of(row[name])) for name in ("time_earliest", "time_latest")]
            found.append(
                [row["id"], start["lon"], start["lat"], goal["lon"], goal["lat"], row["low"], row["high"], what, *days]
            )
    return found


def towns(places: Iterable[Row]) -> list[list[Any]]:
    """Return the largest settlements around the record's places, for bearings: lon, lat, name; none without a gazetteer."""
    held = sorted(places, key=lambda row: -row["n"])[:_MOST_TOWNS]
    gazetteer = built() if held else None
    if gazetteer is None:
        return []
    lons, lats = sorted(row["lon"] for row in held), sorted(row["lat"] for row in held)
    cut = len(held) // 20  # a capital far off that an agency writes from
    box = (lons[cut] - 1, lats[cut] - 1, lons[-1 - cut] + 1, lats[-1 - cut] + 1)
    return [[place.lon, place.lat, neutral(place.name)] for place in gazetteer.within(*box, most=_MOST_TOWNS)]


def _number(day: Any) -> int | None:
    return None if day is None else day.toordinal() - 719163


@lru_cache(maxsize=1)
def _ground() -> tuple[bytes, bytes]:
    """Return the base as it is, and packed once and for all."""
    body = bytes(JSONResponse(outlines()).body)
    return body, gzip.compress(body, 6, mtime=0)


@router.get("/ground.json")
def ground(request: Request) -> Response:
    """Countries of Natural Earth as GeoJSON: the base of the map."""
    body, packed = _ground()
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="application/json", headers={"content-encoding": "gzip"})
    return Response(body, media_type="application/json")


@router.get("/tiles.pmtiles")
def tiles(request: Request) -> Response:
    """The user's own map file; parts of it are asked for by range."""
    path = Path(pages_of(request).tiles or "-")
    if path.suffix != ".pmtiles" or not path.is_file():
        raise UnknownId("No map file was named with --tiles.")
    return FileResponse(path, media_type="application/octet-stream")
