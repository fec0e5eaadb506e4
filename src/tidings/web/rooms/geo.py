"""Map: where it is said to have happened, on a base that needs nothing from outside."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, JSONResponse, Response

from tidings.errors import UnknownId
from tidings.web.ground import outlines, spots
from tidings.web.pages import desk_of, neutral, pages_of
from tidings.web.rooms.time import bars
from tidings.web.wording import KINDS

__all__ = ["router"]

router = APIRouter()
_MOST = 20_000
"""Happenings sent to the map at once; how many more there are is told, and a kind can be chosen."""


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
    """Places, and happenings at them with their first and last day (days since 1970; null where open)."""
    desk = desk_of(request)

    def make() -> dict[str, Any]:
        held = spots(desk)
        when = {row["id"]: row for row in bars(desk)}
        events = []
        for place in held.values():
            for one in place["events"]:
                row = when.get(one)
                first, last = (row["days"][0], row["days"][3]) if row else (None, None)
                events.append(
                    [
                        place["id"],
                        one,
                        row["kind"] if row else "",
                        neutral(row["title"]) if row else "day not known",
                        _number(first),
                        _number(last),
                    ]
                )
        places = {row["id"]: [row["lon"], row["lat"], neutral(row["name"]), row["radius_m"]] for row in held.values()}
        return {"places": places, "events": events}

    def packed() -> bytes:
        whole = desk.kept("map", make)
        chosen = [row for row in whole["events"] if not kind or row[2] == kind]
        told = {**whole, "events": chosen[:_MOST], "left_out": max(0, len(chosen) - _MOST)}
        return bytes(JSONResponse(told).body)

    kind = kind if kind in KINDS else ""
    return Response(desk.kept(f"map {kind}", packed), media_type="application/json")


def _number(day: Any) -> int | None:
    return None if day is None else day.toordinal() - 719163


@lru_cache(maxsize=1)
def _ground() -> bytes:
    return bytes(JSONResponse(outlines()).body)


@router.get("/ground.json")
def ground() -> Response:
    """Countries of Natural Earth as GeoJSON: the base of the map."""
    return Response(_ground(), media_type="application/json")


@router.get("/tiles.pmtiles")
def tiles(request: Request) -> Response:
    """The user's own map file; parts of it are asked for by range."""
    path = Path(pages_of(request).tiles or "-")
    if path.suffix != ".pmtiles" or not path.is_file():
        raise UnknownId("No map file was named with --tiles.")
    return FileResponse(path, media_type="application/octet-stream")
