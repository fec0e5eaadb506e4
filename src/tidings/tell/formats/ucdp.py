"""The layout of UCDP GED: a row an incident with the dead by side, the precision of place and day, best, low and high.

Sources: UCDP Georeferenced Event Dataset Codebook 23.1 (columns, where_prec, date_prec, type_of_violence) and PRIO-GRID 2.0
(the number of a cell).
"""

from __future__ import annotations

from functools import cache
from math import floor
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import about, joined, table
from tidings.tell.formats.export import Export, LeftOut, Tables, Written
from tidings.tell.formats.incidents import (
    ARMED,
    DEAD,
    Figure,
    Incident,
    Sources,
    added,
    code_days,
    incidents,
    narrowest,
    sources_of,
)
from tidings.tell.formats.places import Gazette, Spot

__all__ = ["COLUMNS", "EXPORT", "country_name", "date_precision", "write"]

COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
    "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
    "source_article source_office source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end "
    "deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob".split()
)
_WHERE = {"exact": 1, "town": 1, "neighbourhood": 1, "near": 2, "district": 3, "province": 4, "country": 6}
"""UCDP's precision of a place by that of Tidings; 2 is "within 25 kilometres"."""


def write(tables: Tables, target: Path) -> Written:
    """Write one row for each incident with at least one dead.

    Args:
        tables: Rows by table of the contract.
        target: The file; what was left out is also written beside it, into ``<file>.about.txt``.
    """
    left_out: LeftOut = LeftOut()
    gazette = Gazette(tables)
    found = incidents(tables, DEAD, left_out)
    sources = sources_of(tables, (one.claims for one in found))
    rows = (_cells(_row(one, who, gazette, left_out)) for one, who in zip(found, sources, strict=True))
    written = table(target, COLUMNS, rows, left_out)
    page = about(target, EXPORT.title, EXPORT.cannot_hold, left_out, tables)
    return Written(files=(target, page), rows=written, left_out=left_out)


def _cells(row: dict[str, Any]) -> list[Any]:
    return [row.get(column) for column in COLUMNS]


def _row(one: Incident, who: Sources, gazette: Gazette, left_out: LeftOut) -> dict[str, Any]:
    figures = narrowest(one.figures)
    low, best, high = added(figures)
    if high is None:
        left_out["incidents whose high end is open: the cell is empty"] += 1
    if len(figures) < len(one.figures):
        left_out["executed counted within the killed of the same group"] += len(one.figures) - len(figures)
    side_a, side_b = _sides(figures, gazette)
    spot = gazette.spot(one.places_ids)
    days = code_days(one.earliest, one.latest)
    precision = date_precision(days)
    return {
        "id": one.id,
        "relid": one.id,
        "year": int(one.earliest[:4]),
        "code_status": "Tidings",
        "type_of_violence": _violence(side_a, side_b, gazette),
        "dyad_name": joined([side_a[0], side_b[0]], " - "),
        "side_a": side_a[0],
        "side_b": side_b[0],
        "number_of_sources": len(who.origins),
        "source_article": joined(who.titles),
        "source_office": joined(who.publishers),
        "source_date": joined(who.days),
        "source_headline": joined(who.titles),
        "source_original": joined(who.origins),
        "where_description": joined(one.places),
        "event_clarity": 1 if days <= 2 else 2,
        "date_prec": precision,
        "date_start": one.earliest,
        "date_end": one.latest,
        **_deaths(figures, side_a, side_b, gazette, best),
        "best": best,
        "high": high,
        "low": low,
        **_where(spot, left_out),
    }


def date_precision(days: int) -> int:
    """Return UCDP's precision of a day: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 more than that."""
    return next(code for most, code in ((1, 1), (6, 2), (7, 3), (31, 4), (10**9, 5)) if days <= most)


def _sides(figures: list[Figure], gazette: Gazette) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the two sides as name and id: a state first, then those who did it, then those harmed; empty where not told."""
    found: dict[str, str] = {}
    for names, ids in [*((one.by, one.by_ids) for one in figures), *((one.group, one.group_ids) for one in figures)]:
        for name, actor in zip(names, ids, strict=False):
            if gazette.roles.get(actor) in ARMED:
                found.setdefault(actor, name)
    ordered = sorted(found, key=lambda actor: (gazette.roles[actor] != "state", list(found).index(actor)))
    sides = [(found[actor], actor) for actor in ordered[:2]]
    sides += [("", "")] * (2 - len(sides))
    if not sides[1][0] and sides[0][0] and any(one.of_civilians(gazette) for one in figures):
        sides[1] = ("Civilians", "")
    return sides[0], sides[1]


def _violence(side_a: tuple[str, str], side_b: tuple[str, str], gazette: Gazette) -> int | None:
    """Return 3 for one side against civilians, 1 with a state among two sides, 2 without; empty where sides are not told."""
    if side_b == ("Civilians", ""):
        return 3
    if not side_b[0]:
        return None
    return 1 if gazette.roles.get(side_a[1]) == "state" else 2


def _deaths(
    figures: list[Figure], side_a: tuple[str, str], side_b: tuple[str, str], gazette: Gazette, best: int | None
) -> dict[str, int]:
    """Return the dead by side; what belongs to neither, or to no group named, is unknown."""
    out = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0, "deaths_unknown": 0}
    for one in figures:
        number = one.best if one.best is not None else one.low or 0
        if side_a[1] and side_a[1] in one.group_ids:
            out["deaths_a"] += number
        elif side_b[1] and side_b[1] in one.group_ids:
            out["deaths_b"] += number
        elif one.of_civilians(gazette):
            out["deaths_civilians"] += number
    out["deaths_unknown"] = max(0, (best or 0) - sum(out.values()))
    return out


def _where(spot: Spot | None, left_out: LeftOut) -> dict[str, Any]:
    if spot is None:
        left_out["incidents without a place: its cells are empty"] += 1
        return {}
    told = {"adm_1": spot.admin1, "country": country_name(spot.country), "where_coordinates": spot.name}
    if spot.lat is None or spot.lon is None:
        left_out["incidents whose place has no coordinates: the cells are empty"] += 1
        return told
    return {
        **told,
        "where_prec": _WHERE.get(spot.precision),
        "latitude": spot.lat,
        "longitude": spot.lon,
        "geom_wkt": f"POINT ({spot.lon} {spot.lat})",
        # PRIO-GRID numbers its half-degree cells from the south-west corner, 720 in a row.
        "priogrid_gid": min(359, floor((spot.lat + 90) * 2)) * 720 + min(719, floor((spot.lon + 180) * 2)) + 1,
    }


@cache
def country_name(code: str) -> str:
    """Return a country's name by its ISO 3166-1 code, or the code."""
    import pycountry

    found = pycountry.countries.get(alpha_2=code) if code else None
    return str(getattr(found, "common_name", None) or found.name) if found else code


EXPORT = Export(
    name="ucdp",
    title="the 49 columns of UCDP GED: an incident a row, the dead by side, best, low, high",
    ending=".csv",
    cannot_hold=(
        "anything without a death: shelling without dead, control, displacement, detention",
        "the wounded and the missing",
        "more than two sides; numbers of conflicts, dyads, actors and countries are empty, for they are UCDP's own",
        "rival accounts: only low, best and high are left of them, and groups are added up as the layout wants, "
        "so that a number may be one that no report gives",
        "totals over a period, which would count the dead of its days twice",
        "who says what through whom: origins are named, chains are not",
    ),
    write=write,
)
