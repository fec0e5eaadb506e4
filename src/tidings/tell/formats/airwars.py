"""Civilian-harm incidents with a minimum and a maximum, in the manner of Airwars: a row for each incident and group of people.

Source: Airwars' published methodology (minimum and maximum, killed and injured, by group, with a grade). None of its data is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import about, joined, table
from tidings.tell.formats.export import Export, LeftOut, Tables, Written
from tidings.tell.formats.incidents import DEAD, HURT, Figure, Incident, Sources, incidents, sources_of
from tidings.tell.formats.places import Gazette

__all__ = ["COLUMNS", "EXPORT", "write"]

COLUMNS = tuple(
    "incident_id date_start date_end location latitude longitude radius_m precision country group civilian killed_min killed_max "
    "injured_min injured_max alleged_belligerents grade contested origins_count origins sources urls".split()
)
_GRADES = ("contested", "confirmed", "fair", "weak", "discounted")
"""From the one that says most; a contested account stays contested whoever else agrees."""


def write(tables: Tables, target: Path) -> Written:
    """Write one row for each incident and group.

    Args:
        tables: Rows by table of the contract.
        target: The file; what was left out is also written beside it, into ``<file>.about.txt``.
    """
    left_out: LeftOut = LeftOut()
    gazette = Gazette(tables)
    found = incidents(tables, (*DEAD, *HURT), left_out)
    grades = _grades(tables, {claim for one in found for claim in one.claims})
    groups = [(one, figures) for one in found for figures in _groups(one)]
    sources = sources_of(tables, ([claim for figure in figures for claim in figure.claims] for _, figures in groups))
    rows = (_row(one, figures, who, gazette, grades) for (one, figures), who in zip(groups, sources, strict=True))
    written = table(target, COLUMNS, rows, left_out)
    page = about(target, EXPORT.title, EXPORT.cannot_hold, left_out, tables)
    return Written(files=(target, page), rows=written, left_out=left_out)


def _groups(one: Incident) -> Iterator[list[Figure]]:
    """Yield the figures of each group harmed, in the order of the groups' names."""
    held: dict[tuple[str, ...], list[Figure]] = {}
    for figure in one.figures:
        held.setdefault(figure.group, []).append(figure)
    for group in sorted(held):
        yield held[group]


def _grades(tables: Tables, claims: set[str]) -> dict[str, str]:
    """Return the grade of the happening that holds a claim, for the claims asked for."""
    out: dict[str, str] = {}
    for row in tables["events"]:
        out.update({claim: row["grade"] for claim in row["claims"] if claim in claims})
    return out


def _ends(figures: list[Figure], measures: tuple[str, ...]) -> tuple[int | None, int | None]:
    """Return the smallest floor and the largest ceiling; executed may be among the killed, so they are not added."""
    held = [one for one in figures if one.measure in measures]
    if not held:
        return None, None
    lows = [one.low for one in held if one.low is not None]
    highs = [one.high for one in held]
    return max(lows, default=None), None if None in highs else max(high for high in highs if high is not None)


def _row(one: Incident, figures: list[Figure], who: Sources, gazette: Gazette, grades: dict[str, str]) -> list[Any]:
    spot = gazette.spot(one.places_ids)
    told = {grades.get(claim, "") for figure in figures for claim in figure.claims}
    contested = any(figure.contested for figure in figures)
    grade = "contested" if contested else next((name for name in _GRADES if name in told), "")
    return [
        one.id,
        one.earliest,
        one.latest,
        joined(one.places),
        *((spot.lat, spot.lon, spot.radius_m, spot.precision, spot.country) if spot else (None,) * 5),
        joined(figures[0].group) or "not said",
        figures[0].of_civilians(gazette),
        *_ends(figures, DEAD),
        *_ends(figures, HURT),
        joined(dict.fromkeys(name for figure in figures for name in figure.by)),
        grade,
        contested,
        len(who.origins),
        joined(who.origins),
        joined(who.publishers),
        joined(who.urls),
    ]


EXPORT = Export(
    name="airwars",
    title="incidents with least and most killed and injured by group, in the manner of Airwars",
    ending=".csv",
    cannot_hold=(
        "anything without dead or wounded",
        "each account by itself: only its least and most are left",
        "totals over a period, and killed and wounded counted in one",
        "who says what through whom: origins are named, chains are not",
    ),
    write=write,
)
