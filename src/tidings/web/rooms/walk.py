"""Walking back: from any id down to the words, and one claim by itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from tidings.errors import UnknownId
from tidings.model import KINDS, MODES
from tidings.web.pages import desk_of, pages_of
from tidings.web.parties import choosable
from tidings.web.rooms.review import last_about, told_after

__all__ = ["router"]

router = APIRouter()


@router.get("/why/{one}")
def why(request: Request, one: str) -> Response:
    """The way from a value to the words."""
    return pages_of(request).show(
        request, "why", step=desk_of(request).record.why(one), notes=desk_of(request).standing().notes.get(one, ())
    )


@router.get("/claim/{one}")
def claim(request: Request, one: str) -> Response:
    """One claim: its words, what was read out of them, who says so through whom, and what stands on it."""
    desk = desk_of(request)
    found = desk.claims([one])
    if not found:
        raise UnknownId(f"The record holds no claim {one}.")
    row = found[0]
    speech = desk.with_words(desk.look.some("attributions", [row["attribution"]])) if row["attribution"] else []
    on_it = {
        table: desk.look.page(table, naming={"claims": one}, limit=12)[0]
        for table in (
            "figures",
            "holdings",
            "movements",
            "custody",
            "property",
            "relations",
            "persons",
            "contradictions",
        )
    }
    echoes = (
        desk.look.page("echoes", naming={"claim": one}, limit=10)[0]
        + desk.look.page("echoes", naming={"of": one}, limit=10)[0]
    )
    standing = desk.standing()
    return pages_of(request).show(
        request, "claim", row=row, speech=speech, on_it={name: rows for name, rows in on_it.items() if rows}, echoes=echoes,
        verdict=standing.verdicts.get(one), kinds=KINDS, modes=MODES, names=choosable(desk), seen=last_about(desk, one),
        history=[{"row": held, "after": told_after(desk, held)} for held in standing.decisions if held.subject == one],
    )  # fmt: skip
