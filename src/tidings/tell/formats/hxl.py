"""HXL: a CSV with the hashtags of the Humanitarian Exchange Language in its second row, a happening a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import about, joined, table
from tidings.tell.formats.export import Export, LeftOut, Tables, Written
from tidings.tell.formats.incidents import DEAD
from tidings.tell.formats.places import Gazette, headline

__all__ = ["EXPORT", "TAGS", "write"]

TAGS = {
    "#event+code": "Event",
    "#date+start": "Start",
    "#event+type": "Type",
    "#group+name+first": "Actor",
    "#adm1+name": "Province",
    "#loc+name": "Place",
    "#geo+lat": "Latitude",
    "#geo+lon": "Longitude",
    "#meta+source": "Source",
    "#description": "Description",
    "#affected+killed": "Killed",
}
_Killed = dict[str, tuple[int | None, int | None, int | None]]


def write(tables: Tables, target: Path) -> Written:
    """Write one row for each happening that somebody states and that has a first day.

    Args:
        tables: Rows by table of the contract.
        target: The file; what was left out is also written beside it, into ``<file>.about.txt``.
    """
    left_out: LeftOut = LeftOut()
    rows = _rows(tables, left_out)
    written = table(target, list(TAGS.values()), _with_tags(rows), left_out) - 1
    page = about(target, EXPORT.title, EXPORT.cannot_hold, left_out, tables)
    return Written(files=(target, page), rows=written, left_out=left_out)


def _with_tags(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    yield list(TAGS)
    yield from rows


def _rows(tables: Tables, left_out: LeftOut) -> Iterator[list[Any]]:
    gazette = Gazette(tables)
    killed = _killed(tables)
    for event in tables["events"]:
        if event["grade"] == "discounted":
            left_out["happenings that every account denies, plans or holds possible"] += 1
            continue
        if not event["time_earliest"]:
            left_out["happenings without a first day"] += 1
            continue
        spot = gazette.spot(event["places_ids"])
        if len(event["places"]) > 1:
            left_out["further places of happenings at several"] += len(event["places"]) - 1
        low, best, high = next((killed[one] for one in event["claims"] if one in killed), (None, None, None))
        said = headline(event["type"], ", ".join(event["places"]), event["grade"])
        if best is not None and (low, high) != (best, best):
            said += f" (killed: {low if low is not None else '?'} to {high if high is not None else '?'})"
        yield [
            event["id"],
            event["time_earliest"],
            event["type"],
            next(iter(event["agents"]), ""),
            spot.admin1 if spot else "",
            spot.name if spot else "",
            spot.lat if spot else None,
            spot.lon if spot else None,
            joined(event["origins"]),
            said,
            best,
        ]


def _killed(tables: Tables) -> _Killed:
    """Return the ends of the dead by claim, for claims that a figure of dead stands on."""
    out: _Killed = {}
    for row in tables["figures"]:
        if row["measure"] in DEAD:
            best = row["best"] if row["best"] is not None else row["low"]
            out.update(dict.fromkeys(row["claims"], (row["low"], best, row["high"])))
    return out


EXPORT = Export(
    name="hxl",
    title="happenings as CSV with HXL hashtags, for humanitarian data exchanges",
    ending=".csv",
    cannot_hold=(
        "the last day, and days known only roughly: the first day possible is given",
        "more than one actor and one place; who was harmed",
        "ranges of dead, but in the description; the wounded",
        "what is denied, planned or only possible; chains of attribution",
    ),
    write=write,
)
