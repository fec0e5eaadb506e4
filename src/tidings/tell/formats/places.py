"""Places of a record by id, and the points that happenings, figures and holdings have on a map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tidings.tell.formats.export import LeftOut, Row, Tables

__all__ = ["LAYERS", "Gazette", "Spot", "headline", "points", "text_of"]

LAYERS = ("happenings", "figures", "holdings", "places")
"""The layers of a map in the order in which they are written."""
NO_POINT = "without a place that has coordinates"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a map needs it; coordinates are None where they are not known."""

    id: str
    name: str
    lat: float | None
    lon: float | None
    radius_m: int | None
    precision: str
    country: str
    admin1: str
    kind: str


class Gazette:
    """The places of a record, small enough to hold, and the roles of its actors."""

    def __init__(self, tables: Tables) -> None:
        self.spots: dict[str, Spot] = {}
        self.roles: dict[str, str] = {}
        for row in tables["entities"]:
            if row["kind"] == "place":
                self.spots[row["id"]] = Spot(
                    row["id"],
                    row["name"],
                    row["lat"],
                    row["lon"],
                    row["radius_m"],
                    row["precision"],
                    row["country"],
                    row["admin1"],
                    row["place_kind"],
                )
            else:
                self.roles[row["id"]] = row["role"]

    def spot(self, places_ids: Sequence[str]) -> Spot | None:
        """Return the first place with coordinates, else the first place known at all."""
        known = [self.spots[one] for one in places_ids if one in self.spots]
        return next((one for one in known if one.lat is not None), known[0] if known else None)

    def located(self, places_ids: Sequence[str]) -> list[Spot]:
        """Return the places that have coordinates, each once."""
        found = [self.spots[one] for one in dict.fromkeys(places_ids) if one in self.spots]
        return [one for one in found if one.lat is not None and one.lon is not None]


def points(tables: Tables, gazette: Gazette, layer: str, left_out: LeftOut) -> Iterator[tuple[Spot, dict[str, Any]]]:
    """Yield the points of a layer with their attributes: one for each row and each of its places with coordinates.

    Args:
        tables: Rows by table.
        gazette: Their places.
        layer: One of :data:`LAYERS`.
        left_out: Rows without a point are counted here.
    """
    if layer == "places":
        for spot in gazette.spots.values():
            if spot.lat is None or spot.lon is None:
                left_out[f"places {NO_POINT}"] += 1
            else:
                yield spot, {"id": spot.id, **_where(spot), "kind": spot.kind, "country": spot.country}
        return
    table, attributes, slot = _SOURCES[layer]
    for row in tables[table]:
        spots = gazette.located(row[slot])
        if not spots:
            left_out[f"{layer} {NO_POINT}"] += 1
        for spot in spots:
            where = _where(spot)
            yield spot, {"id": row["id"], **attributes(row), **where, "claims": text_of(row["claims"])}


def headline(kind_of: str, places: str, grade: str) -> str:
    """Return a happening's short name; one that nobody states, but denies, plans or holds possible, says so."""
    name = ", ".join(part for part in (kind_of.replace("_", " "), places) if part)
    return f"{name} (denied, planned or only possible)" if grade == "discounted" else name


def text_of(values: Any) -> str:
    """Return a list as one text; a map's attributes know no lists."""
    return " | ".join(str(value) for value in values or ())


def _where(spot: Spot) -> dict[str, Any]:
    return {"place": spot.name, "place_id": spot.id, "precision": spot.precision, "radius_m": spot.radius_m}


def _happening(row: Row) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "type": row["type"],
        "agents": text_of(row["agents"]),
        "targets": text_of(row["targets"]),
        "time": row["time"],
        "earliest": row["time_earliest"] or None,
        "latest": row["time_latest"] or None,
        "grade": row["grade"],
        "origins": text_of(row["origins"]),
        "reports": len(row["documents"]),
    }


def _figure(row: Row) -> dict[str, Any]:
    return {
        "measure": row["measure"],
        "harmed": text_of(row["group"]),
        "by": text_of(row["by"]),
        "low": row["low"],
        "best": row["best"],
        "high": row["high"],
        "scope": row["scope"],
        "contested": row["contested"],
        "rule": row["rule"],
        "time": row["time"],
        "earliest": row["time_earliest"] or None,
        "latest": row["time_latest"] or None,
    }


def _holding(row: Row) -> dict[str, Any]:
    return {
        "holder": text_of(row["holder"]),
        "standing": row["standing"],
        "share": row["share"],
        "held_from": row["from"],
        "held_until": row["until"],
        "earliest": row["from_earliest"] or None,
        "latest": row["until_latest"] or None,
    }


_SOURCES: dict[str, Any] = {
    "happenings": ("events", _happening, "places_ids"),
    "figures": ("figures", _figure, "places_ids"),
    "holdings": ("holdings", _holding, "place_ids"),
}
