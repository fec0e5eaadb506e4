"""The cited brief: its sentences to choose from, each with its words, written out as HTML or Markdown."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from tidings.errors import UsageError
from tidings.web.desk import Row
from tidings.web.pages import desk_of, pages_of
from tidings.web.rooms.reports import Page

__all__ = ["router"]

router = APIRouter()
_SIZE = 60


@router.get("/brief")
def brief(request: Request, section: str = "", page: Page = 1) -> Response:
    """The sentences of the brief by section, each with the claims that it cites."""
    desk = desk_of(request)
    equals = {"section": section} if section else {}
    rows, total = desk.look.page("brief", equals=equals, order=("order",), limit=_SIZE, offset=(page - 1) * _SIZE)
    claims = {row["id"]: row for row in desk.claims([one for row in rows for one in row["claims"][:6]])}
    numbers = dict(desk.kept("sections", lambda: desk.look.counts("brief", "section", limit=1000)))
    names = desk.kept(
        "order of sections", lambda: list(dict.fromkeys(name for (name,) in desk.look.each("brief", "section")))
    )
    sections = [(name, name, numbers[name]) for name in names]
    held: dict[str, list[Row]] = {}
    for row in rows:
        held.setdefault(row["section"], []).append(row)
    return pages_of(request).show(
        request, "brief", held=held, total=total, page=page, size=_SIZE, claims=claims, sections=sections, section=section,
        papers=desk.papers(),
    )  # fmt: skip


@router.get("/brief/export")
def export(request: Request, to: str = "html", s: Annotated[list[str] | None, Query()] = None) -> Response:
    """The chosen sentences, or all, as one file to keep."""
    if to not in {"html", "md"}:
        raise UsageError("A brief is written as html or md.")
    words = desk_of(request).record.brief(to=to, only=s or None)
    kinds = {"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8"}
    return Response(words, media_type=kinds[to], headers={"Content-Disposition": f'attachment; filename="brief.{to}"'})
