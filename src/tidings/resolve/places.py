"""Which place a name stands for: candidates of the gazetteer, ranked by what the report and the war say.

Ranked by likeness of name, type cue, containment, the report's countries and the war's, nearness to the
report's other places, and importance. A place inside a town (a neighbourhood, junction, checkpoint, hill) that no
layer knows there becomes the town with a radius, never a homonym elsewhere.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from tidings.geo.distance import metres
from tidings.model import Gazetteer, GazetteerPlace
from tidings.resolve.units import SUB_KINDS, Unit
from tidings.text.fold import core

__all__ = ["Found", "Spot", "rank_document", "ranking"]


@cache
def ranking() -> dict[str, Any]:
    """Return the weights and limits of ``ranking.toml``."""
    return tomllib.loads(files("tidings.resolve").joinpath("ranking.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with its score."""

    place: GazetteerPlace
    score: float


@dataclass(slots=True)
class Spot:
    """A unit of kind place on its way to a place. ``parent`` is the unit it lies in, where one is known."""

    unit: Unit
    sort: str
    cue: str = ""
    parent: Spot | None = None
    parent_said: bool = False
    found: list[Found] = field(default_factory=list)
    place: GazetteerPlace | None = None
    method: str = ""


_ADMIN = frozenset({"admin1", "admin2", "region", "country", "continent"})
_TOWNS = frozenset({"city", "town", "village"})
_INSIDE = frozenset({"neighbourhood", "other", "facility"})


def _fit(spot: Spot, place: GazetteerPlace) -> float:
    """Whether the kind that the words give and that of the candidate go together: 1, 0 or -1."""
    if spot.sort == "admin":
        return 1.0 if place.kind in {"admin1", "admin2", "region"} else -1.0
    if spot.sort == "country":
        return 1.0 if place.kind == "country" else -1.0
    if spot.cue in {"city", "town"}:
        return 1.0 if place.kind in _TOWNS else -1.0
    if spot.cue == "village":
        return 1.0 if place.kind in {"village", "town"} else -1.0
    if spot.cue in {"hill", "mountain"}:
        return 1.0 if place.kind == "mountain" else 0.0
    if spot.cue == "" and place.kind == "admin1":
        return (
            -0.2
            if any(core(other.place.name) == core(place.name) and other.place.kind in _TOWNS for other in spot.found)
            else 0.0
        )
    return 0.0


def _inside(place: GazetteerPlace, parent: GazetteerPlace) -> bool:
    if parent.kind == "country":
        return place.country == parent.country
    if parent.kind == "admin1":
        return place.country == parent.country and (place.admin1 == parent.admin1 or place.admin1 == "")
    return metres(place.lat, place.lon, parent.lat, parent.lon) <= max(parent.radius_m, 25_000)


def _score(
    spot: Spot,
    place: GazetteerPlace,
    *,
    shares: Mapping[str, float],
    war: Mapping[str, float],
    others: Sequence[GazetteerPlace],
) -> float:
    weights, limits = ranking()["weights"], ranking()["limits"]
    score = weights["name"] * (place.score - 0.8) / 0.2 + weights["importance"] * place.weight
    score += weights["country"] * shares.get(place.country, 0.0) + weights["war"] * war.get(place.country, 0.0)
    fit = _fit(spot, place)
    score += (weights["kind"] if fit > 0 else -weights["kind_against"]) * fit
    if others and place.kind not in {"country", "continent"}:
        near = sorted(metres(place.lat, place.lon, other.lat, other.lon) for other in others)[:3]
        closeness = [max(0.0, 1 - distance / 1000 / limits["near_km"]) for distance in near]
        score += weights["near"] * sum(closeness) / len(closeness)
    if spot.parent is not None and spot.parent.place is not None and spot.parent_said:
        score += weights["parent"] if _inside(place, spot.parent.place) else weights["parent_against"]
    return float(score)


def _candidates(spot: Spot, gazetteer: Gazetteer, countries: Sequence[str]) -> list[GazetteerPlace]:
    name = spot.unit.sought
    found = {place.id: place for place in gazetteer.lookup(name)}
    if countries:
        for place in gazetteer.lookup(name, countries=countries):
            kept = found.get(place.id)
            if kept is None or place.score > kept.score:
                found[place.id] = place
    least = ranking()["limits"]["least_name"]
    return [place for place in found.values() if place.score >= least]


def rank_document(
    spots: Sequence[Spot], gazetteer: Gazetteer, *, war: Mapping[str, float], countries: Sequence[str]
) -> None:
    """Give each spot of one document its place, or none; parents first.

    Args:
        spots: The places named in one document, each with its sort, cue and parent.
        gazetteer: Where names are looked up.
        war: Share of each country among the sure places of all documents.
        countries: The war's countries, in which spellings are searched more widely.
    """
    limits = ranking()["limits"]
    pool = {id(spot): _candidates(spot, gazetteer, countries) for spot in spots if spot.sort not in {"sub", "relative"}}
    shares: Mapping[str, float] = {}
    for turn in range(3):
        chosen = [spot.place for spot in spots if spot.place is not None and spot.place.kind in _TOWNS]
        for spot in spots:
            if id(spot) not in pool:
                continue
            others = [place for place in chosen if place is not spot.place] if turn else []
            ranked = [
                Found(place, _score(spot, place, shares=shares, war=war, others=others)) for place in pool[id(spot)]
            ]
            spot.found = sorted(ranked, key=lambda found: (-found.score, found.place.id))
            best = spot.found[0] if spot.found else None
            spot.place = best.place if best is not None and _taken(best, war, shares, limits) else None
            spot.method = "gazetteer" if spot.place is not None else ""
        counted: Counter[str] = Counter()
        for spot in spots:
            if spot.place is not None and spot.place.country:
                counted[spot.place.country] += min(3, len(spot.unit.mentions))
        total = sum(counted.values())
        shares = {country: number / total for country, number in counted.items()} if total else {}
    for spot in spots:
        if spot.sort == "sub":
            _inside_parent(spot, gazetteer)


def _taken(found: Found, war: Mapping[str, float], shares: Mapping[str, float], limits: Mapping[str, float]) -> bool:
    place = found.place
    if found.score < limits["least"]:
        return False
    ruling = max(war.values(), default=0.0)
    at_home = war.get(place.country, 0.0) + shares.get(place.country, 0.0) > 0
    # In a record of one war a small place of another country is a homonym.
    return at_home or ruling < limits["share_rules"] or place.weight >= limits["far_weight"]


def _inside_parent(spot: Spot, gazetteer: Gazetteer) -> None:
    """A place inside a town: a neighbourhood that a layer knows there, or the town itself."""
    parent = spot.parent.place if spot.parent is not None else None
    if parent is None:
        return
    limits = ranking()["limits"]
    reach = limits["village_km"] if spot.cue == "village" else limits["inside_km"]
    wanted = {"village", "town", "neighbourhood", "other"} if spot.cue == "village" else set(_INSIDE)
    if spot.cue == "hill":
        wanted = {"mountain", "other"}
        reach = limits["village_km"]
    fitting = []
    for place in gazetteer.lookup(spot.unit.sought, countries=[parent.country] if parent.country else ()):
        away = metres(place.lat, place.lon, parent.lat, parent.lon)
        if (
            place.kind in wanted
            and place.score >= 0.9
            and away <= max(reach * 1000, parent.radius_m if parent.kind in _TOWNS else 0)
        ):
            fitting.append((-place.score, away, place.id, place))
    if fitting and (spot.cue != "village" or len(fitting) == 1):
        spot.place = min(fitting)[3]
        spot.method = "gazetteer, inside its parent"
        return
    spot.method = "inside its parent"


def is_sub(kind: str) -> bool:
    """Return whether a cue names something inside or beside a town."""
    return kind in SUB_KINDS
