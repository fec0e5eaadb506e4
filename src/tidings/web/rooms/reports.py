"""Reports: the list, and each with what was read in it marked in its own words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from tidings.errors import UnknownId
from tidings.web.marks import furniture_at, marks_of, paragraphs
from tidings.web.pages import PER_PAGE, desk_of, pages_of

__all__ = ["Page", "router"]

router = APIRouter()

Page = Annotated[int, Query(ge=1, le=100_000)]
_MOST_READ = 20_000
"""Rows of one report that are marked: a report of a book's length has fewer."""


@router.get("/reports")
def reports(request: Request, page: Page = 1, publisher: str = "") -> Response:
    """Every report, by publisher if asked."""
    desk = desk_of(request)
    equals: dict[str, object] = {"known": False}
    if publisher:
        equals["publisher"] = "" if publisher == "unknown publisher" else publisher
    rows, total = desk.look.page(
        "documents", equals=equals, order=("published_earliest",), limit=PER_PAGE, offset=(page - 1) * PER_PAGE
    )
    numbers = {row[0]: row[1] for row in desk.look.counts("claims", "document", equals={"document": [row["id"] for row in rows]})}  # fmt: skip
    counts = desk.kept(
        "publishers", lambda: desk.look.counts("documents", "publisher", equals={"known": False}, limit=14)
    )
    chosen = [(one or "unknown publisher", one or "unknown publisher", count) for one, count in counts]
    return pages_of(request).show(
        request,
        "reports",
        rows=rows,
        total=total,
        page=page,
        size=PER_PAGE,
        numbers=numbers,
        publishers=chosen,
        publisher=publisher,
    )


@router.get("/report/{one}")
def report(request: Request, one: str) -> Response:
    """One report with its marks."""
    desk = desk_of(request)
    row = desk.look.one("documents", one)
    if row is None:
        raise UnknownId(f"The record holds no report {one}.")
    equals = {"document": one}
    claims, _ = desk.look.page("claims", equals=equals, limit=_MOST_READ)
    speech, _ = desk.look.page("attributions", equals=equals, limit=_MOST_READ)
    mentions, _ = desk.look.page("mentions", equals=equals, limit=_MOST_READ)
    times, _ = desk.look.page("constraints", equals=equals, limit=_MOST_READ)
    pieces = paragraphs(
        row["text"], marks_of(claims, speech, mentions, times), claims, furniture_at(row["text"], row["removed"])
    )
    copies = [held for held in desk.papers().values() if held["copy_of"] == one]
    return pages_of(request).show(
        request, "report", row=row, pieces=pieces, claims=claims, speech=speech, copies=copies, papers=desk.papers(),
        notes=desk.standing().notes.get(one, ()),
    )  # fmt: skip


@router.get("/report/{one}/original")
def original(request: Request, one: str) -> Response:
    """The report's bytes as received, to be saved and never shown as a page."""
    desk = desk_of(request)
    row = desk.look.one("documents", one)
    data = desk.look.original(row["sha256"]) if row else None
    if row is None or data is None:
        raise UnknownId("The bytes of that report are not kept.")
    # The name is the report's id: a report may be named ../../x, and a name in a header is read by other programs.
    headers = {"Content-Disposition": f'attachment; filename="{one}.bin"'}
    return Response(data, media_type="application/octet-stream", headers=headers)
