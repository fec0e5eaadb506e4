"""Timeline: happenings as four-point bars, in lanes by place, party, source or kind."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from tidings.web import charts
from tidings.web.desk import Desk, Row
from tidings.web.pages import desk_of, neutral, pages_of, sent
from tidings.web.wording import KINDS, name_of

__all__ = ["bars", "router"]

router = APIRouter()
_MOST_DRAWN = 5000
"""Above so many bars, the browser draws them on a canvas."""
MOST_SENT = 50_000
"""Bars of a canvas: more than that lie over one another, and take longer to send than to look at."""
_LANES_OF_ONE = 3
_LANES = {"kind": "Kind", "places": "Place", "agents": "Party", "origins": "Origin"}


def bars(desk: Desk) -> list[Row]:
    """Return every happening with days: id, kind, title, days, and the names of its lanes (the first three of each)."""

    def make() -> list[Row]:
        days: dict[str, date | None] = {}
        names: dict[str, tuple[str, ...]] = {}

        def day(word: str) -> date | None:
            if word not in days:
                days[word] = charts.day_of(word)
            return days[word]

        def few(packed: str) -> tuple[str, ...]:
            # Happenings share their parties, places and origins: each list of names is held once.
            if packed not in names:
                names[packed] = tuple(json.loads(packed)[:_LANES_OF_ONE])
            return names[packed]

        times = {one: tuple(map(day, four)) for one, *four in desk.look.each("times", "of", "start_earliest", "start_latest", "end_earliest", "end_latest", equals={"of_kind": "event"})}  # fmt: skip
        out = []
        for one, kind, type_, agents, targets, places, origins in desk.look.each("events", "id", "kind", "type", "agents", "targets", "places", "origins"):  # fmt: skip
            four = times.get(one)
            if four is None:
                continue
            told = {"kind": kind, "type": type_, "agents": json.loads(agents), "targets": json.loads(targets), "places": json.loads(places)}  # fmt: skip
            out.append({"id": one, "kind": kind, "title": name_of(told), "days": four, "agents": few(agents), "places": few(places), "origins": few(origins)})  # fmt: skip
        return out

    return desk.kept("bars", make)


def _lane_of(by: str) -> Any:
    def lane(row: Row) -> list[tuple[str, str]]:
        if by == "kind":
            return [(KINDS.get(row["kind"]) or str(row["kind"]), f"/events?kind={row['kind']}")]
        return [(name, "") for name in row[by] if name] or [("not said", "")]

    return lane


@router.get("/timeline")
def timeline(request: Request, by: str = "kind", kind: str = "", since: str = "", until: str = "") -> Response:
    """The timeline by kind, place, party or origin."""
    desk = desk_of(request)
    by = by if by in _LANES else "kind"
    rows = _chosen(desk, kind, since, until)
    drawn = len(rows) <= _MOST_DRAWN
    first, last = charts.day_of(since), charts.day_of(until)
    days = (first, last) if first and last and first <= last else None
    counts = dict(desk.kept("event kinds", lambda: desk.look.counts("events", "kind")))
    undated = (counts.get(kind, 0) if kind else sum(counts.values())) - len(rows)
    kinds = [(one, KINDS.get(one, one), None) for one in counts]
    return pages_of(request).show(
        request, "timeline", by=by, lanes=_LANES, kind=kind, kinds=kinds, since=since, until=until, count=len(rows), drawn=drawn,
        chart=charts.lanes(rows, _lane_of(by), label=f"Happenings by {_LANES[by].lower()}", most=14, days=days) if drawn else "",
        rows=rows[:60],
        most=MOST_SENT,
        undated=max(0, undated),
    )  # fmt: skip


def _chosen(desk: Desk, kind: str, since: str, until: str) -> list[Row]:
    """Return the bars of a kind that can lie between two days; do not change the list."""
    first, last = charts.day_of(since), charts.day_of(until)
    if not first and not last:
        if not kind:
            return bars(desk)
        return desk.kept(f"bars of {kind}", lambda: [row for row in bars(desk) if row["kind"] == kind])
    return [
        row
        for row in _chosen(desk, kind, "", "")
        if not (first and row["days"][3] and row["days"][3] < first)
        and not (last and row["days"][0] and row["days"][0] > last)
    ]


@router.get("/timeline.json")
def data(request: Request, by: str = "kind", kind: str = "", since: str = "", until: str = "") -> Response:
    """The bars as numbers of days since 1970, for the canvas: lane names, then [lane, first, last, kind, id, title]."""
    desk = desk_of(request)
    by = by if by in _LANES else "kind"
    if since or until:
        return JSONResponse(_numbers(desk, by, kind, since, until))
    kind = kind if kind in KINDS else ""
    return sent(request, desk, f"timeline {by} {kind}", lambda: _numbers(desk, by, kind, "", ""))


def _numbers(desk: Desk, by: str, kind: str, since: str, until: str) -> dict[str, Any]:
    lane_of, epoch = _lane_of(by), date(1970, 1, 1)
    rows = _chosen(desk, kind, since, until)
    count: dict[str, int] = {}
    for row in rows:
        for name, _ in lane_of(row):
            count[name] = count.get(name, 0) + 1
    names = sorted(count, key=lambda name: (-count[name], name))[:14]
    at = {name: n for n, name in enumerate(names)}
    found: list[tuple[int, int, int, Row]] = []
    for row in rows:
        first, last = row["days"][0] or row["days"][3], row["days"][3] or row["days"][0]
        if first and last:
            found += [(at[name], (first - epoch).days, (last - epoch).days, row) for name, _ in lane_of(row) if name in at]  # fmt: skip
    if len(found) > MOST_SENT:
        # The shortest say most of when; the others are seen where days are chosen.
        kept = sorted(range(len(found)), key=lambda n: (found[n][2] - found[n][1], n))[:MOST_SENT]
        found = [found[n] for n in sorted(kept)]
    drawn = [
        [lane, first, last, row["kind"], row["id"], neutral(row["title"])[:80]] for lane, first, last, row in found
    ]
    return {"lanes": [neutral(name) for name in names], "bars": drawn}
