"""PLOVER as JSON Lines: an event a claim, coded as who did what to whom.

Source: PLOVER Codebook (Open Event Data Alliance), the fields id, date, actor, event, recipient and those that are optional.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import about, compact
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written
from tidings.tell.formats.incidents import layouts
from tidings.tell.formats.places import Gazette

__all__ = ["EXPORT", "write"]

_SIZES = {"killed": "dead", "executed": "dead", "wounded": "injured", "detained": "arrested", "abducted": "arrested"}
_MODES = {"possible": "hypothetical", "intended": "hypothetical"}


def write(tables: Tables, target: Path) -> Written:
    """Write one line for each claim that PLOVER has an event type for.

    Args:
        tables: Rows by table of the contract.
        target: The file; what was left out is also written beside it, into ``<file>.about.txt``.
    """
    left_out: LeftOut = LeftOut()
    written = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for line in _lines(tables, left_out):
            file.write(compact(line) + "\n")
            written += 1
    page = about(target, EXPORT.title, EXPORT.cannot_hold, left_out, tables)
    return Written(files=(target, page), rows=written, left_out=left_out)


def _lines(tables: Tables, left_out: LeftOut) -> Iterator[dict[str, Any]]:
    gazette = Gazette(tables)
    names = layouts()["plover"]
    reports = {row["id"]: row for row in _reports(tables)}
    for claim in tables["claims"]:
        kinds = names.get(f"{claim['kind']}/{claim['type']}")
        if kinds is None:
            left_out[f"claims of the kind {claim['kind']} with no event type in PLOVER"] += 1
        elif claim["mode"] == "denied":
            left_out["claims that deny something: PLOVER has no place for a denial"] += 1
        elif not claim["time_earliest"]:
            left_out["claims without a first day"] += 1
        else:
            yield _line(claim, kinds, gazette, reports[claim["document"]])


def _reports(tables: Tables) -> Iterator[dict[str, str]]:
    for row in tables["documents"]:
        yield {name: row[name] for name in ("id", "path", "publisher", "title", "url", "published")}


def _line(claim: Row, kinds: list[str], gazette: Gazette, report: Mapping[str, str]) -> dict[str, Any]:
    event_type, mode = kinds
    line: dict[str, Any] = {
        "id": claim["id"],
        "date": claim["time_earliest"],
        "actor": _actors(claim["agents"], claim["agents_ids"], gazette),
        "event": [event_type],
    }
    if claim["targets"]:
        line["recipient"] = _actors(claim["targets"], claim["targets_ids"], gazette)
    if claim["time_latest"] and claim["time_latest"] != claim["time_earliest"]:
        line["enddate"] = claim["time_latest"]
    if mode:
        line["mode"] = [mode]
    context = [claim["kind"], *([_MODES[claim["mode"]]] if claim["mode"] in _MODES else [])]
    line["context"] = context
    spots = [spot for one in claim["places_ids"] if (spot := gazette.spots.get(one))]
    if spots:
        line["event_loc"] = [
            {"name": spot.name, "lat": spot.lat, "lon": spot.lon, "country": spot.country} for spot in spots
        ]
    line["event_text"] = claim["quote"]
    line["text_info"] = {"start": claim["start"], "end": claim["end"]}
    line["cite_info"] = {**report, "chain": list(claim["chain"])}
    size = _size(claim)
    return {**line, "size": size} if size else line


def _actors(names: list[str], ids: list[str], gazette: Gazette) -> list[dict[str, str]]:
    known = [*ids, *[""] * (len(names) - len(ids))]
    return [
        {"name": name, "role": gazette.roles.get(one, ""), "id": one} for name, one in zip(names, known, strict=False)
    ]


def _size(claim: Row) -> dict[str, int]:
    """Return the one number that PLOVER has room for: the floor, else the ceiling."""
    name, count = _SIZES.get(claim["measure"]), claim["count"]
    if name is None or not count:
        return {}
    number = count["low"] if count["low"] is not None else count["high"]
    return {} if number is None else {name: number}


EXPORT = Export(
    name="plover",
    title="claims as PLOVER events, JSON Lines",
    ending=".jsonl",
    cannot_hold=(
        "claims without a day, denials, and kinds that PLOVER does not code (what is held, flight, ransom, assessments)",
        "numbers as ranges: the floor is kept, else the ceiling",
        "that several claims are one happening, echoes, contradictions",
    ),
    write=write,
)
