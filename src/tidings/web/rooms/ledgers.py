"""Ledgers: casualties, control, movements, custody, property and relations, each as a chart with its table behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from tidings.web import charts
from tidings.web.desk import Desk, Row
from tidings.web.pages import desk_of, pages_of
from tidings.web.rooms.reports import Page
from tidings.web.wording import plainly

__all__ = ["router"]

router = APIRouter()
_SIZE = 25
_EPOCH = 719163
"""The ordinal of 1 January 1970: pages count days from there."""
_MOST_CLAIMS = 4
"""Claims shown under a row at once; all of them stand behind its own page."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger: its table, title, what it says of itself, by which column it is sorted into chips, its chart."""

    table: str
    title: str
    lead: str
    chip: str
    draw: Callable[[list[Row]], tuple[Markup, list[tuple[str, int]]]]
    order: tuple[str, ...] = ()


def _alone(draw: Callable[[list[Row]], Markup]) -> Callable[[list[Row]], tuple[Markup, list[tuple[str, int]]]]:
    return lambda rows: (draw(rows), [])


def _strip(rows: list[Row]) -> Markup:
    """Return custody or property as bars of days, a lane for each standing."""
    drawn = []
    for row in rows:
        first = charts.day_of(row.get("time_earliest") or row.get("from_earliest"))
        last = charts.day_of(row.get("time_latest") or row.get("until_latest"))
        if first or last:
            title = ", ".join(row.get("who") or row.get("whose") or []) or row.get("what") or "people"
            kind = "custody" if "who" in row else "property"
            drawn.append(
                {
                    "id": row["id"],
                    "kind": kind,
                    "title": title,
                    "days": (first, None, None, last),
                    "lane": row["standing"],
                }
            )
    return charts.lanes(drawn, lambda row: [(plainly(row["lane"]), "")], label="By standing and day")


LEDGERS = {
    "casualties": Ledger(
        "figures",
        "Casualties",
        "Counts of dead, wounded and missing as ranges over independent origins: the smallest floor, the largest ceiling, and the "
        "number that one origin gives. Never an average. Open ends stay open.",
        "measure",
        _alone(charts.ranges),
    ),
    "control": Ledger(
        "holdings",
        "Control",
        "Who held which place, from when until when, and by whose word. A lighter, dashed bar is claimed, contested, lost or open at an end.",
        "standing",
        charts.holdings,
        ("place",),
    ),
    "movements": Ledger(
        "movements",
        "Movements",
        "People who left, returned, were sheltered or could not leave. The width of a band is the number of people that is said.",
        "type",
        _alone(charts.flows),
    ),
    "custody": Ledger("custody", "Custody", "People arrested, abducted, held and let go, and by whom.", "standing", _alone(_strip)),
    "property": Ledger("property", "Property", "Things taken, destroyed, given back or priced.", "standing", _alone(_strip)),
    "relations": Ledger(
        "relations",
        "Relations",
        "How two parties stood to each other, as the reports say. The kind is told by colour and dashes, and in the table.",
        "type",
        _alone(charts.graph),
    ),
}  # fmt: skip


@router.get("/ledger/{name}")
def ledger(request: Request, name: str, page: Page = 1, chip: str = "", place: str = "", party: str = "", since: str = "", until: str = "") -> Response:  # fmt: skip
    """One ledger, a page of it at a time."""
    held = LEDGERS.get(name)
    if held is None:
        raise HTTPException(404)
    desk = desk_of(request)
    equals: dict[str, Any] = {held.chip: chip} if chip else {}
    naming = {"any": place or party} if place or party else {}
    size = _SIZE * (2 if name in {"relations", "control"} else 1)
    since, until = (word if charts.day_of(word) else "" for word in (since, until))
    rows, total = desk.look.page(
        held.table, equals=equals, naming=naming, between=(since, until), order=held.order, limit=size,
        offset=(page - 1) * size,
    )  # fmt: skip
    cited = [one for row in rows for one in row["claims"][:_MOST_CLAIMS]]
    claims = {row["id"]: row for row in desk.claims(cited)}
    chart, legend = held.draw(rows)
    counts = desk.kept(f"chips of {name}", lambda: desk.look.counts(held.table, held.chip))
    chips = [(value, plainly(value), number) for value, number in counts if value]
    return pages_of(request).show(
        request, "ledger", ledger=held, name=name, rows=rows, total=total, page=page, size=size, claims=claims, chart=chart,
        legend=legend, chips=chips, chip=chip, about=desk.look.one("entities", place or party) if place or party else None,
        shown=_MOST_CLAIMS, since=since, until=until, extent=_extent(desk, held.table), place=place, party=party,
    )  # fmt: skip


def _extent(desk: Desk, table: str) -> tuple[int, int] | None:
    """Return the first and the last day of a ledger's rows as days since 1970; None where fewer than two days are known."""

    def make() -> tuple[int, int] | None:
        days = [day.toordinal() - _EPOCH for end in desk.look.extent(table) if (day := charts.day_of(end))]
        return (days[0], days[1]) if len(days) > 1 and days[0] < days[1] else None

    return desk.kept(f"days of {table}", make)
