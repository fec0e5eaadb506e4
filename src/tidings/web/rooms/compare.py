"""Comparing: contradictions, echoes and the family tree of reports, and what each publisher alone says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from tidings.errors import UnknownId
from tidings.web.desk import Desk
from tidings.web.pages import desk_of, pages_of
from tidings.web.rooms.reports import Page
from tidings.web.wording import plainly

__all__ = ["router", "tellers"]

router = APIRouter()
_SIZE = 15
_SHOWN = 25
UNKNOWN = "unknown publisher"


@router.get("/contradictions")
def contradictions(request: Request, page: Page = 1, reason: str = "") -> Response:
    """Claims that cannot all stand, side by side."""
    desk = desk_of(request)
    equals = {"reason": reason} if reason else {}
    rows, total = desk.look.page("contradictions", equals=equals, limit=_SIZE, offset=(page - 1) * _SIZE)
    claims = {row["id"]: row for row in desk.claims([one for row in rows for one in row["claims"][:8]])}
    counts = desk.kept("reasons", lambda: desk.look.counts("contradictions", "reason"))
    reasons = [(value, plainly(value), number) for value, number in counts]
    return pages_of(request).show(
        request,
        "contradictions",
        rows=rows,
        total=total,
        page=page,
        size=_SIZE,
        claims=claims,
        reasons=reasons,
        reason=reason,
    )


@router.get("/contradiction/{one}")
def contradiction(request: Request, one: str) -> Response:
    """One contradiction with every claim in it."""
    desk = desk_of(request)
    row = desk.look.one("contradictions", one)
    if row is None:
        raise UnknownId(f"The record holds no contradiction {one}.")
    claims = {held["id"]: held for held in desk.claims(row["claims"])}
    return pages_of(request).show(
        request,
        "contradictions",
        rows=[row],
        total=1,
        page=1,
        size=_SIZE,
        claims=claims,
        reasons=[],
        reason="",
        single=True,
    )


@router.get("/echoes")
def echoes(request: Request, page: Page = 1, basis: str = "") -> Response:
    """Claims that repeat others, with both quotations, and which reports draw on which."""
    desk = desk_of(request)
    equals = {"basis": basis} if basis else {}
    rows, total = desk.look.page("echoes", equals=equals, limit=_SIZE, offset=(page - 1) * _SIZE)
    claims = {row["id"]: row for row in desk.claims([one for row in rows for one in (row["claim"], row["of"])])}
    counts = desk.kept("bases", lambda: desk.look.counts("echoes", "basis"))
    bases = [(value, plainly(value), number) for value, number in counts]
    return pages_of(request).show(
        request, "echoes", rows=rows, total=total, page=page, size=_SIZE, claims=claims, bases=bases, basis=basis,
        family=desk.kept("family", lambda: _family(desk)),
    )  # fmt: skip


def _family(desk: Desk) -> list[dict[str, Any]]:
    """Return the reports that others draw on, each with those that repeat it, and how often on which grounds."""
    repeated = list(desk.look.each("echoes", "claim", "of", "basis"))
    told = {one for claim, of, _ in repeated for one in (claim, of)}
    paper_of = {one: paper for one, paper in desk.look.each("claims", "id", "document") if one in told}
    drawn: dict[str, dict[tuple[str, str], int]] = {}
    for claim, of, basis in repeated:
        child, parent = paper_of.get(claim), paper_of.get(of)
        if child and parent and child != parent:
            held = drawn.setdefault(parent, {})
            held[child, basis] = held.get((child, basis), 0) + 1
    papers = desk.papers()
    for row in papers.values():
        if row["copy_of"]:
            held = drawn.setdefault(row["copy_of"], {})
            held[row["id"], "whole text copied"] = 1
    out: list[dict[str, Any]] = [
        {
            "paper": papers[parent],
            "children": [
                {"paper": papers[child], "basis": basis, "n": n}
                for (child, basis), n in sorted(held.items(), key=lambda item: (-item[1], item[0]))
                if child in papers
            ],
        }
        for parent, held in drawn.items()
        if parent in papers
    ]
    return sorted(out, key=lambda row: (-sum(child["n"] for child in row["children"]), row["paper"]["id"]))[:40]


@dataclass(frozen=True, slots=True)
class Tellers:
    """Who tells of what.

    For each publisher its reports, claims, happenings and those that it alone tells; and the happenings that several tell of,
    with who does, the most told of first.
    """

    reports: dict[str, int]
    claims: dict[str, int]
    events: dict[str, int]
    alone: dict[str, list[str]]
    shared: list[tuple[str, frozenset[str]]]
    shares: dict[str, int]
    """How many of ``shared`` each publisher tells of."""


def tellers(desk: Desk) -> Tellers:
    """Return who tells of which happenings."""
    return desk.kept("tellers", lambda: _tellers(desk))


def _tellers(desk: Desk) -> Tellers:
    publisher = {row["id"]: row["publisher"] or UNKNOWN for row in desk.papers().values() if not row["known"]}
    sets: dict[frozenset[str], frozenset[str]] = {}
    told: dict[str, frozenset[str]] = {}
    claims: Counter[str] = Counter()
    for event, document in desk.look.each("claims", "event", "document"):
        name = publisher.get(document)
        if event and name:
            claims[name] += 1
            held = told.get(event, frozenset())
            if name not in held:
                more = held | {name}
                # Many happenings are told of by the same few: each set of publishers is held once.
                told[event] = sets.setdefault(more, more)
    alone: dict[str, list[str]] = {}
    events: Counter[str] = Counter()
    shares: Counter[str] = Counter()
    shared = []
    for event, names in told.items():
        events.update(names)
        if len(names) == 1:
            alone.setdefault(next(iter(names)), []).append(event)
        else:
            shared.append((event, names))
            shares.update(names)
    shared.sort(key=lambda item: (-len(item[1]), item[0]))
    return Tellers(dict(Counter(publisher.values())), dict(claims), dict(events), alone, shared, dict(shares))


@router.get("/sources")
def sources(request: Request) -> Response:
    """Every publisher with how much it tells, and how much of that alone."""
    desk = desk_of(request)
    told = tellers(desk)
    rows: list[dict[str, Any]] = [
        {"name": name, "reports": number, "events": told.events.get(name, 0), "alone": len(told.alone.get(name, ())), "claims": told.claims.get(name, 0)}
        for name, number in told.reports.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row["claims"], row["name"]))
    kinds = desk.kept("kinds of sources", lambda: desk.look.counts("attributions", "source_kind"))
    return pages_of(request).show(request, "sources", rows=rows[:300], kinds=kinds)


@router.get("/source")
def source(request: Request, name: str) -> Response:
    """One publisher: whom it quotes, what it calls whom, what it alone reports, what it leaves out."""
    desk = desk_of(request)
    own = [row for row in desk.papers().values() if (row["publisher"] or UNKNOWN) == name and not row["known"]]
    if not own:
        raise UnknownId(f"The record holds no report published by {name}.")
    quoted: dict[str, int] = {}
    ids = [row["id"] for row in own[:400]]
    for packed, number in desk.look.counts("attributions", "chain", equals={"document": ids}, limit=2000):
        chain = json.loads(packed)
        if len(chain) > 1:
            quoted[chain[-1]] = quoted.get(chain[-1], 0) + number
    framings, _ = desk.look.page(
        "framings", equals={"publisher": "" if name == UNKNOWN else name}, order=("-n",), limit=150
    )
    words: dict[str, list[tuple[str, int]]] = {}
    for row in framings:
        words.setdefault(row["entity"], []).append((row["wording"], row["n"]))
    told = tellers(desk)
    alone = told.alone.get(name, [])
    others = list(islice((event for event, names in told.shared if name not in names), _SHOWN))
    missing = len(told.shared) - told.shares.get(name, 0)
    return pages_of(request).show(
        request, "source", name=name, own=own[:40], own_count=len(own),
        quoted=sorted(quoted.items(), key=lambda item: (-item[1], item[0]))[:25],
        words=sorted(words.items(), key=lambda item: (-len(item[1]), item[0]))[:24],
        alone=desk.look.some("events", alone[:_SHOWN]), alone_count=len(alone),
        missing=desk.look.some("events", others), missing_count=missing,
    )  # fmt: skip
