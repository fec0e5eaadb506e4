"""Overview: the war at a glance."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from tidings.web import charts
from tidings.web.desk import Desk, Row
from tidings.web.ground import small_map
from tidings.web.pages import desk_of, pages_of
from tidings.web.rooms.time import bars
from tidings.web.weight import queue
from tidings.web.wording import KINDS

__all__ = ["router", "view"]

router = APIRouter()
_SEEN = "tidings_seen"
_YEAR = 365 * 24 * 3600
_MOST_BARS = 700


def view(desk: Desk) -> dict[str, Any]:
    """Return what the overview shows, made once for each state of the record."""
    return desk.kept("overview", lambda: _view(desk))


def _view(desk: Desk) -> dict[str, Any]:
    look = desk.look
    papers = [row for row in desk.papers().values() if not row["known"]]
    publishers: dict[str, int] = {}
    for row in papers:
        publishers[row["publisher"] or "unknown publisher"] = (
            publishers.get(row["publisher"] or "unknown publisher", 0) + 1
        )
    told = dict(look.named("events", "agents", limit=40))
    parties = look.some("entities", told)
    drawn = [row for row in bars(desk) if row["days"][0] and row["days"][3]]
    drawn.sort(key=lambda row: ((row["days"][3] - row["days"][0]).days, row["id"]))

    def lane(row: Row) -> list[tuple[str, str]]:
        return [(KINDS.get(row["kind"]) or str(row["kind"]), f"/timeline?kind={row['kind']}")]

    summary = desk.record.summary()
    disputed, _ = look.page("events", equals={"grade": "contested"}, limit=4)
    figures, contested = look.page("figures", equals={"contested": True}, limit=4)
    contradictions, clashing = look.page("contradictions", limit=4)
    return {
        "summary": summary,
        "publishers": sorted(publishers.items(), key=lambda item: (-item[1], item[0]))[:8],
        "publisher_count": len(publishers),
        "parties": [(row, told[row["id"]]) for row in parties if row["kind"] != "place"][:9],
        "strip": charts.lanes(drawn[:_MOST_BARS], lane, label="Happenings by day and kind", most=8, depth=5),
        "map": small_map(desk),
        "grades": look.counts("events", "grade"),
        "disputed": disputed,
        "figures": figures,
        "contested": contested,
        "contradictions": contradictions,
        "clashing": clashing,
        "unread": [row for row in papers if row["unread"]][:6],
    }


@router.get("/")
def overview(request: Request) -> Response:
    """The war at a glance, and what is new since the last visit."""
    desk = desk_of(request)
    builds, _ = desk.look.page("builds", limit=500)
    seen = request.cookies.get(_SEEN, "")
    at = next((n for n, row in enumerate(builds) if row["id"] == seen), None)
    new = [] if at is None else [one for row in builds[at + 1 :] for one in row["added"]]
    papers = desk.papers()
    standing = desk.standing()
    waiting = [item for item in queue(desk) if item.subject not in standing.verdicts]
    answer = pages_of(request).show(
        request,
        "overview",
        **view(desk),
        first_visit=not seen,
        new=[papers[one] for one in new if one in papers and not papers[one]["known"]],
        waiting=waiting[:5],
        waiting_count=len(waiting),
        pending=standing.pending,
        builds=builds,
    )
    if builds:
        answer.set_cookie(_SEEN, builds[-1]["id"], max_age=_YEAR, httponly=True, samesite="strict")
    return answer
