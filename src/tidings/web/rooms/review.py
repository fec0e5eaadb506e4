"""Review: what waits for a verdict, the most telling first, and the door through which every decision goes."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from tidings.errors import RecordError, TidingsError, UnknownId, UsageError
from tidings.model import KINDS, MODES
from tidings.web.desk import Desk, Row
from tidings.web.pages import desk_of, inside, pages_of, visitor_of
from tidings.web.parties import SLOTS, choosable, chosen, names_of
from tidings.web.rooms.reports import Page
from tidings.web.weight import Item, queue

__all__ = ["last_about", "router", "told_after"]

router = APIRouter()
_SIZE = 12


@router.get("/review")
def review(request: Request, page: Page = 1, show: str = "waiting", only: str = "") -> Response:
    """What waits, what was decided, or what went stale."""
    desk = desk_of(request)
    standing = desk.standing()
    common: dict[str, Any] = {"pending": standing.pending, "page": page, "size": _SIZE, "kinds": KINDS, "modes": MODES}
    if show in {"decided", "stale"}:
        rows = list(reversed(_stale(desk) if show == "stale" else standing.decisions))
        part = rows[(page - 1) * 40 : page * 40]
        undone = {row.subject for row in standing.decisions if row.action == "undo"}
        return pages_of(request).show(
            request, "decided", rows=[{"row": row, "after": told_after(desk, row)} for row in part], total=len(rows), show=show, undone=undone, **{**common, "size": 40},
            stale={row.id for row in _stale(desk)},
        )  # fmt: skip
    waiting = [
        item
        for item in queue(desk)
        if item.subject not in standing.verdicts and (not only or item.subject.startswith(only))
    ]
    part = waiting[(page - 1) * _SIZE : page * _SIZE]
    return pages_of(request).show(
        request,
        "review",
        items=_cards(desk, part),
        total=len(waiting),
        show=show,
        only=only,
        stale_count=len(_stale(desk)),
        names=choosable(desk),
        **common,
    )


def _cards(desk: Desk, items: list[Item]) -> list[dict[str, Any]]:
    """Return what a card of the queue shows for each item."""
    standing = desk.standing()
    claims = {row["id"]: row for row in desk.claims([item.subject for item in items if item.subject.startswith("c_")])}
    pairs = {
        row["id"]: row
        for row in desk.look.some("proposals", [item.subject for item in items if item.subject.startswith("q_")])
    }
    both = {
        row["id"]: row
        for row in desk.look.some("entities", [one for row in pairs.values() for one in (row["a"], row["b"])])
    }
    out = []
    for item in items:
        one = item.subject
        if one in claims or one in pairs:
            out.append(
                {
                    "id": one,
                    "reasons": item.reasons,
                    "claim": claims.get(one),
                    "pair": pairs.get(one),
                    "both": both,
                    "verdict": standing.verdicts.get(one),
                    "seen": last_about(desk, one),
                    "notes": standing.notes.get(one, ()),
                }
            )
    return out


def last_about(desk: Desk, subject: str) -> str:
    """Return the id of the last decision about a subject: what the reviewer is shown."""
    return next(
        (row.id for row in reversed(desk.standing().decisions) if row.subject == subject and row.action != "note"), ""
    )


def _stale(desk: Desk) -> list[Any]:
    """Return the verdicts whose subject the record no longer holds."""

    def make() -> list[Any]:
        verdicts = [row for row in desk.standing().verdicts.values() if row.action != "remove"]
        held: set[str] = set()
        for letter, table in (("c", "claims"), ("q", "proposals"), ("n", "entities"), ("e", "events")):
            held |= {
                row["id"]
                for row in desk.look.some(table, [v.subject for v in verdicts if v.subject.startswith(letter + "_")])
            }
        # Accepted names become one and their proposal goes; a merged happening lives on in its first claim.
        gone = [row for row in verdicts if row.subject not in held and row.subject[:2] == "c_"]
        # A slot that was given to somebody keeps what was read while the record does not hold him.
        put = {row.id: _put(row) for row in verdicts if row.subject in held and row.subject[:2] == "c_"}
        there = {row["id"] for row in desk.look.some("entities", [one for ids in put.values() for one in ids])}
        gone += [row for row in verdicts if set(put.get(row.id, ())) - there]
        return gone + [
            row for row in verdicts if row.subject not in held and row.subject[:2] == "n_" and row.action == "correct"
        ]

    return desk.kept("stale", make, decided=True)


def _put(decision: Any) -> list[str]:
    """Return the ids that a correction of a claim puts into its slots."""
    read = json.loads(decision.after or "null") if decision.action == "correct" else None
    words = [str(read[slot]) for slot in SLOTS if slot in read] if isinstance(read, dict) else []
    return [one for word in words for one in word.split("|") if one.startswith("n_")]


def told_after(desk: Desk, decision: Any) -> dict[str, Any]:
    """Return what a decision puts in, parties and places by their names."""
    read = json.loads(decision.after or "null")
    held: dict[str, Any] = read if isinstance(read, dict) else {}
    if not decision.subject.startswith("c_"):
        return held
    return {
        name: ", ".join(names_of(desk, str(value).split("|"))) if name in SLOTS else value
        for name, value in held.items()
    }


@router.post("/decide")
def decide(
    request: Request,
    action: Annotated[str, Form()],
    subject: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/review",
    seen: Annotated[str, Form()] = "",
    other: Annotated[str, Form(alias="with")] = "",
    claims: Annotated[list[str] | None, Form()] = None,
    forms: Annotated[str, Form()] = "",
    fields: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    type: Annotated[str, Form()] = "",  # noqa: A002 - the column's name
    mode: Annotated[str, Form()] = "",
    measure: Annotated[str, Form()] = "",
    low: Annotated[str, Form()] = "",
    high: Annotated[str, Form()] = "",
    time: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    alias: Annotated[str, Form()] = "",
    lat: Annotated[str, Form()] = "",
    lon: Annotated[str, Form()] = "",
    radius_m: Annotated[str, Form()] = "",
    slots: Annotated[str, Form()] = "",
    agents: Annotated[list[str] | None, Form()] = None,
    targets: Annotated[list[str] | None, Form()] = None,
    places: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Write one decision, and answer with the card as it stands now, or go back to where it was taken."""
    desk, pages = desk_of(request), pages_of(request)
    piece = request.headers.get("hx-request") == "true"
    given = {"kind": kind, "type": type, "mode": mode, "measure": measure, "low": low, "high": high, "time": time, "name": name, "alias": alias, "lat": lat, "lon": lon, "radius_m": radius_m}  # fmt: skip
    new: dict[str, Any] = (
        {column: value.strip() for column, value in given.items() if value.strip()} if action == "correct" else {}
    )
    if action in {"merge", "split"} and other:
        new["with"] = other.strip()
    if action == "split" and claims:
        new["claims"] = "|".join(claims)
    if action == "split" and forms:
        new["forms"] = forms
    trouble = ""
    try:
        if desk.building:
            raise RecordError("The record is being built; decisions can be taken when it is done. Nothing was written.")
        if action == "correct":
            # A form without these fields says nothing of them; an emptied one says that nobody is named.
            named = {"agents": agents or [], "targets": targets or [], "places": places or []} if slots else {}
            new = _changed(desk, subject, new, named)
        desk.record.judge(
            action,
            subject,
            reason=reason,
            by=visitor_of(request).name,
            new=new or None,
            seen=seen if fields != "any" else None,
        )
        request.app.state.watch.count_decision(action)
    except TidingsError as error:
        if not piece:
            raise
        trouble = str(error)
    if not piece:
        return RedirectResponse(inside(back, "/review"), status_code=303)
    about = subject
    if action == "undo":
        about = next((row.subject for row in desk.standing().decisions if row.id == subject), subject)
    item = next((held for held in queue(desk) if held.subject == about), Item(subject=about, weight=0, reasons=()))
    cards = _cards(desk, [item])
    if not cards:
        return pages.show(request, "said", words=trouble or "Decided.")
    return pages.show(request, "card", card=cards[0], said=trouble, kinds=KINDS, modes=MODES)


def _changed(desk: Desk, subject: str, new: dict[str, Any], named: dict[str, list[str]]) -> dict[str, Any]:
    """Return only what differs from what the record says."""
    row: Row | None = desk.look.one("claims" if subject.startswith("c_") else "entities", subject)
    if row is None:
        raise UnknownId(f"The record holds no {subject}.")
    count = row.get("count") or {}
    old = {**row, "low": count.get("low"), "high": count.get("high")}
    changed = {
        name: value for name, value in new.items() if str(old.get(name) if old.get(name) is not None else "") != value
    }
    if subject.startswith("c_"):
        put = {slot: chosen(desk, row, slot, words) for slot, words in named.items()}
        changed |= {slot: ids for slot, ids in put.items() if ids is not None}
    if not changed:
        raise UsageError("Nothing was changed: write in what is right, then save it.")
    return changed
