"""iCalendar (RFC 5545): a whole-day entry for each happening whose first and last day are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tidings.tell.formats.cells import credit_lines
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written
from tidings.tell.formats.places import Gazette, headline

__all__ = ["EXPORT", "write"]

_FOLD = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""
_NO_CLOCK = "19700101T000000Z"
"""DTSTAMP must be there; exports tell no clock, so that the same reports give the same bytes."""


def write(tables: Tables, target: Path) -> Written:
    """Write one entry for each happening with both ends; one that is not known to the day is tentative.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    left_out: LeftOut = LeftOut()
    gazette, written = Gazette(tables), 0
    with target.open("w", encoding="utf-8", newline="") as file:
        for line in ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tidings//Record//EN", "CALSCALE:GREGORIAN"):
            file.write(line + "\r\n")
        named = credit_lines(tables)
        if named:
            # Whom to name for the coordinates; a name that Apple, Google and Thunderbird read.
            file.write(_folded(f"X-WR-CALDESC:{_text('; '.join(named))}"))
        for event in tables["events"]:
            if not event["time_earliest"] or not event["time_latest"]:
                left_out["happenings without a first and a last day"] += 1
                continue
            file.writelines(_folded(line) for line in _entry(event, gazette))
            written += 1
        file.write("END:VCALENDAR\r\n")
    return Written(files=(target,), rows=written, left_out=left_out)


def _entry(event: Row, gazette: Gazette) -> Iterator[str]:
    first, last = date.fromisoformat(event["time_earliest"]), date.fromisoformat(event["time_latest"])
    yield "BEGIN:VEVENT"
    yield f"UID:{event['id']}@tidings.invalid"
    yield f"DTSTAMP:{_NO_CLOCK}"
    yield f"DTSTART;VALUE=DATE:{_plain(first)}"
    if last < date.max:
        # The end of a whole-day entry is the day after.
        yield f"DTEND;VALUE=DATE:{_plain(last + timedelta(days=1))}"
    where = ", ".join(event["places"])
    yield f"SUMMARY:{_text(headline(event['type'], where, event['grade']))}"
    yield f"DESCRIPTION:{_text(_description(event))}"
    if where:
        yield f"LOCATION:{_text(where)}"
    spot = gazette.spot(event["places_ids"])
    if spot is not None and spot.lat is not None:
        yield f"GEO:{spot.lat};{spot.lon}"
    yield f"CATEGORIES:{_text(event['kind'])}"
    if first != last or event["grade"] == "discounted":
        yield "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _plain(day: date) -> str:
    return day.isoformat().replace("-", "")


def _description(event: Row) -> str:
    lines = [
        f"Time: {event['time']}",
        f"Who: {', '.join(event['agents']) or 'not said'}",
        f"To whom: {', '.join(event['targets']) or 'not said'}",
        f"Says: {', '.join(event['origins']) or 'not named'}",
        f"Grade: {event['grade']}",
    ]
    return "\n".join(lines)


def _text(words: str) -> str:
    """Return words as a value of the type TEXT (RFC 5545, 3.3.11), without signs that no text may hold."""
    plain = "".join(sign for sign in words.replace("\r\n", "\n").replace("\r", "\n") if sign >= " " or sign in "\n\t")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line folded at 75 octets, never within a sign."""
    out, width = [], 0
    for sign in line:
        octets = len(sign.encode())
        if width + octets > _FOLD:
            out.append("\r\n ")
            width = 1
        out.append(sign)
        width += octets
    return "".join(out) + "\r\n"


EXPORT = Export(
    name="ics",
    title="happenings as whole-day entries of a calendar",
    ending=".ics",
    cannot_hold=(
        "happenings without a first and a last day",
        "days as one of several, or not known exactly: the entry covers all days possible and is marked tentative",
        "figures, holdings and the words of the claims",
    ),
    write=write,
)
