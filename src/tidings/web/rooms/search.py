"""Search over reports, claims and names, under any spelling and in any script."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from tidings.web.pages import desk_of, pages_of
from tidings.web.rooms.reports import Page

__all__ = ["router"]

router = APIRouter()
_SIZE = 20
_IN = {"claims": "Claims", "documents": "Reports", "entities": "Names"}


@router.get("/search")
def search(request: Request, q: str = "", within: str = "", page: Page = 1) -> Response:
    """What the words of a question are found in; of each kind a few, or of one kind a page."""
    desk = desk_of(request)
    q = q.strip()[:200]
    within = within if within in _IN else ""
    found = {}
    spellings: dict[str, tuple[str, ...]] = {}
    if q:
        index = desk.index()
        for table in (within,) if within else ("entities", "documents", "claims"):
            size = _SIZE if within else 6
            answer = index.find(q, table, limit=size, offset=(page - 1) * size if within else 0)
            rows = desk.claims(answer.ids) if table == "claims" else desk.look.some(table, answer.ids)
            found[table] = {"rows": rows, "total": answer.total}
            spellings.update(answer.spellings)
    return pages_of(request).show(
        request,
        "search",
        q=q,
        within=within,
        page=page,
        size=_SIZE,
        found=found,
        spellings=spellings,
        names=_IN,
        most=1000,
    )
