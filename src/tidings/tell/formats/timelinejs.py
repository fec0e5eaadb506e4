"""TimelineJS (Knight Lab): the JSON that its viewer reads, a slide for each happening with a first day."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import compact, write_list
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written
from tidings.tell.formats.places import headline

__all__ = ["EXPORT", "write"]

_MANY = 500
"""TimelineJS draws each slide at once; beyond some hundreds browsers stall, so the file says how many there are."""


def write(tables: Tables, target: Path) -> Written:
    """Write one slide for each happening; words from reports are escaped, for the viewer reads HTML.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    left_out: LeftOut = LeftOut()
    title = compact({"text": {"headline": "Record", "text": "What the reports say, day by day."}})
    written = write_list(target, f'{{"title":{title},"events":[', _slides(tables, left_out), "]}\n")
    if written > _MANY:
        left_out[f"slides beyond the {_MANY} that the viewer shows well: they are in the file"] += written - _MANY
    return Written(files=(target,), rows=written, left_out=left_out)


def _slides(tables: Tables, left_out: LeftOut) -> Iterator[dict[str, Any]]:
    for event in tables["events"]:
        if not event["time_earliest"]:
            left_out["happenings without a first day"] += 1
            continue
        slide: dict[str, Any] = {
            "unique_id": event["id"],
            "group": event["kind"],
            "start_date": _day(event["time_earliest"]),
            "display_date": escape(event["time"]),
            "text": {
                "headline": escape(headline(event["type"], ", ".join(event["places"]), event["grade"])),
                "text": _text(event),
            },
        }
        if event["time_latest"]:
            slide["end_date"] = _day(event["time_latest"])
        yield slide


def _text(event: Row) -> str:
    lines = (
        ("Who", event["agents"]),
        ("To whom", event["targets"]),
        ("Says", event["origins"]),
        ("Grade", [event["grade"]] if event["grade"] else []),
    )
    return "".join(f"<p>{name}: {escape(', '.join(values))}</p>" for name, values in lines if values)


def _day(day: str) -> dict[str, int]:
    year, month, number = (int(part) for part in day.split("-"))
    return {"year": year, "month": month, "day": number}


EXPORT = Export(
    name="timelinejs",
    title="happenings as slides of a TimelineJS timeline",
    ending=".json",
    cannot_hold=(
        "happenings without a first day",
        "days as one of several: the words of the time are shown, the bar covers all days possible",
        "figures, holdings, maps and the words of the claims",
    ),
    write=write,
)
