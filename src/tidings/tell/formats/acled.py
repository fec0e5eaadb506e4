"""The column layout of ACLED: a row a happening. Only the layout: none of ACLED's data is used, and these rows are not ACLED's.

Source of the columns and the names of types: ACLED Codebook 2024. Roles and types are mapped in ``layouts.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import about, joined, table
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written
from tidings.tell.formats.incidents import DEAD, added, code_days, incidents, layouts, narrowest
from tidings.tell.formats.places import Gazette, Spot
from tidings.tell.formats.ucdp import country_name

__all__ = ["COLUMNS", "EXPORT", "write"]

COLUMNS = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp".split()
)
_LONGEST = 31
"""Days: ACLED's coarsest precision of time is the month."""
_WHERE = {"exact": 1, "town": 1, "neighbourhood": 1, "near": 2, "district": 2, "province": 3, "country": 3}
_Deaths = dict[tuple[str, str, str], int]


def write(tables: Tables, target: Path) -> Written:
    """Write one row for each happening that has a counterpart among the layout's types and a day to the month.

    Args:
        tables: Rows by table of the contract.
        target: The file; what was left out is also written beside it, into ``<file>.about.txt``.
    """
    left_out: LeftOut = LeftOut()
    gazette = Gazette(tables)
    deaths = _deaths(tables, left_out)
    publishers = {row["id"]: row["publisher"] for row in tables["documents"]}
    rows = ([row.get(column) for column in COLUMNS] for row in _rows(tables, gazette, publishers, deaths, left_out))
    written = table(target, COLUMNS, rows, left_out)
    if deaths:
        left_out["numbers of dead at a place and time with no happening of the layout"] += len(deaths)
    page = about(target, EXPORT.title, EXPORT.cannot_hold, left_out, tables)
    return Written(files=(target, page), rows=written, left_out=left_out)


def _deaths(tables: Tables, left_out: LeftOut) -> _Deaths:
    """Return one integer of dead for each place and time: what the layout has room for."""
    out: _Deaths = {}
    for one in incidents(tables, DEAD, left_out):
        _, best, _ = added(narrowest(one.figures))
        if best is None or not one.places_ids:
            left_out["incidents with no place or only a high end of dead"] += 1
            continue
        key = (one.places_ids[0], one.earliest, one.latest)
        out[key] = max(best, out.get(key, 0))
    return out


def _rows(
    tables: Tables, gazette: Gazette, publishers: dict[str, str], deaths: _Deaths, left_out: LeftOut
) -> Iterator[dict[str, Any]]:
    for event in tables["events"]:
        kinds = _kinds(event, gazette)
        if kinds is None:
            left_out[f"happenings of the kind {event['kind']} with no counterpart in the layout"] += 1
        elif event["grade"] == "discounted":
            left_out["happenings that every account denies, plans or holds possible"] += 1
        elif not event["time_earliest"] or not event["time_latest"]:
            left_out["happenings without a first and a last day"] += 1
        elif code_days(event["time_earliest"], event["time_latest"]) > _LONGEST:
            left_out["happenings whose day is not known to the month"] += 1
        else:
            yield _row(event, kinds, gazette, publishers, deaths, left_out)


def _kinds(event: Row, gazette: Gazette) -> list[str] | None:
    """Return disorder type, event type and sub-event type, or None."""
    names = layouts()
    if (event["kind"], event["type"]) == ("control", "gained"):
        state = any(gazette.roles.get(actor) == "state" for actor in event["agents_ids"])
        return list(names["acled_control"]["state" if state else "other"]) if event["agents_ids"] else None
    found = names["acled"].get(f"{event['kind']}/{event['type']}")
    return list(found) if found else None


def _row(
    event: Row, kinds: list[str], gazette: Gazette, publishers: dict[str, str], deaths: _Deaths, left_out: LeftOut
) -> dict[str, Any]:
    first, second = _actors(event)
    inter = [_inter(side[1], gazette) for side in (first, second)]
    spot = gazette.spot(event["places_ids"])
    targeted = kinds[0] == "Political violence" and inter[1] == "Civilians"
    days = code_days(event["time_earliest"], event["time_latest"])
    key = (next(iter(event["places_ids"]), ""), event["time_earliest"], event["time_latest"])
    if len(event["agents"]) > 1 + (not event["targets"]) or len(event["targets"]) > 1:
        left_out["happenings with further actors, named as associates"] += 1
    return {
        "event_id_cnty": event["id"],
        "event_date": event["time_earliest"],
        "year": int(event["time_earliest"][:4]),
        "time_precision": 1 if days == 1 else 2 if days <= 7 else 3,
        "disorder_type": kinds[0],
        "event_type": kinds[1],
        "sub_event_type": kinds[2],
        "actor1": first[0],
        "assoc_actor_1": joined(first[2]),
        "inter1": inter[0],
        "actor2": second[0],
        "assoc_actor_2": joined(second[2]),
        "inter2": inter[1],
        "interaction": joined(inter, "-"),
        "civilian_targeting": "Civilian targeting" if targeted else "",
        **_where(spot, left_out),
        "source": joined(dict.fromkeys(publishers.get(one, "") for one in event["documents"])),
        "notes": _notes(event),
        "fatalities": deaths.pop(key, None) if kinds[0] == "Political violence" else None,
        "tags": f"grade={event['grade']}",
    }


_Side = tuple[str, str, list[str]]


def _actors(event: Row) -> tuple[_Side, _Side]:
    """Return both sides as name, id and associates; a mutual clash names both sides as agents."""
    agents = list(zip(event["agents"], event["agents_ids"], strict=False))
    targets = list(zip(event["targets"], event["targets_ids"], strict=False))
    if not targets and len(agents) > 1:
        agents, targets = agents[:1], agents[1:]
    sides = []
    for side in (agents, targets):
        name, actor = side[0] if side else ("", "")
        sides.append((name, actor, [other for other, _ in side[1:]]))
    return sides[0], sides[1]


def _inter(actor: str, gazette: Gazette) -> str:
    return str(layouts()["roles"].get(gazette.roles.get(actor, ""), ""))


def _notes(event: Row) -> str:
    """Return what the reports say, as a sentence of their coding: by whose word, and where to look."""
    who = joined(event["agents"], ", ") or "not said who"
    whom = joined(event["targets"], ", ") or "not said whom"
    said = joined(event["origins"], ", ") or "an origin not named"
    told = event["type"].replace("_", " ")
    return f"{told}: {who}; to: {whom}; time {event['time']}. Says {said}. Record: {event['id']}."


def _where(spot: Spot | None, left_out: LeftOut) -> dict[str, Any]:
    if spot is None:
        left_out["happenings without a place: its cells are empty"] += 1
        return {}
    return {
        "iso": _iso(spot.country),
        "country": country_name(spot.country),
        "admin1": spot.admin1,
        "location": spot.name,
        "latitude": spot.lat,
        "longitude": spot.lon,
        "geo_precision": _WHERE.get(spot.precision),
    }


@cache
def _iso(code: str) -> int | None:
    import pycountry

    found = pycountry.countries.get(alpha_2=code) if code else None
    return int(found.numeric) if found else None


EXPORT = Export(
    name="acled",
    title="the 31 columns of ACLED's layout, a happening a row: the layout only, these rows are not ACLED's",
    ending=".csv",
    cannot_hold=(
        "the dead by side, and as ranges: one integer, empty (not 0) where no report gives a number",
        "days known only roughly, beyond a month",
        "what is denied, planned or only possible",
        "relations, displacement, statements, releases, ransom",
        "more than one place; who says what through whom",
        "the wounded",
    ),
    write=write,
)
