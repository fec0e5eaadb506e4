"""Which place a name stands for: candidates of the gazetteer, ranked by what the report and the war say.

Ranked by likeness of name, type cue, containment, the report's countries and the war's, nearness to the report's
other places, and importance. The places of one report are weighed together: in each round a candidate is
supported by the other names' candidates, by as much as these are believed so far. A place inside a town (a
neighbourhood, junction, checkpoint, hill) that no layer knows there becomes the town with a radius, never a
homonym elsewhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from tidings.geo.distance import metres
from tidings.model import Gazetteer, GazetteerPlace
from tidings.resolve.compare import compare, without_directions
from tidings.resolve.units import Unit
from tidings.text.fold import fold
from tidings.text.skeleton import shape

__all__ = ["Found", "Spot", "rank_document", "ranking"]


@cache
def ranking() -> dict[str, Any]:
    """Return the weights and limits of ``ranking.toml``."""
    return tomllib.loads(files("tidings.resolve").joinpath("ranking.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Found:
    """A candidate: ``own`` is what speaks for it by itself, ``score`` the whole, ``share`` its part of belief."""

    place: GazetteerPlace
    own: float
    score: float = 0.0
    share: float = 0.0


@dataclass(slots=True)
class Spot:
    """A unit of kind place on its way to a place. ``parent`` is the spot it lies in, where one is known."""

    unit: Unit
    sort: str
    cue: str = ""
    parent: Spot | None = None
    parent_said: bool = False
    found: list[Found] = field(default_factory=list)
    place: GazetteerPlace | None = None
    method: str = ""
    anchor: Spot | None = None
    relation: str = ""
    distance_m: int | None = None
    bearing: int | None = None
    ends: tuple[Spot, ...] = ()
    area: GazetteerPlace | None = None
    area_m: int = 0


_TOWNS = frozenset({"city", "town", "village"})
_WIDE = frozenset({"country", "continent", "sea"})


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
        return 0.5 if place.kind == "mountain" else 0.0
    if spot.cue in {"region", "area"}:
        return 0.5 if place.kind in {"admin1", "admin2", "region"} else 0.0
    return 0.0


def _inside(place: GazetteerPlace, parent: GazetteerPlace) -> bool:
    if parent.kind == "country":
        return place.country == parent.country
    if parent.kind == "admin1":
        return place.country == parent.country and place.admin1 == parent.admin1
    return metres(place.lat, place.lon, parent.lat, parent.lon) <= max(parent.radius_m, 25_000)


def _own(spot: Spot, place: GazetteerPlace, war: Mapping[str, float], home: str) -> float:
    """What speaks for a candidate by itself."""
    weights = ranking()["weights"]
    score = weights["name"] * (place.score - 0.8) / 0.2 + weights["importance"] * place.weight
    score += weights["war"] * war.get(place.country, 0.0)
    if place.wins:
        score += weights["analyst"]
    if home and place.country == home:
        score += weights["publisher"]
    fit = _fit(spot, place)
    return float(score + (weights["kind"] if fit > 0 else -weights["kind_against"]) * fit)


def _candidates(spot: Spot, gazetteer: Gazetteer, countries: Sequence[str]) -> list[GazetteerPlace]:
    name = spot.unit.sought
    found = {place.id: place for place in gazetteer.lookup(name)}
    if countries:
        for place in gazetteer.lookup(name, countries=countries):
            kept = found.get(place.id)
            if kept is None or place.score > kept.score:
                found[place.id] = place
    least = ranking()["limits"]["least_name"]
    return _one_per_thing([place for place in found.values() if place.score >= least])


def _one_per_thing(places: list[GazetteerPlace]) -> list[GazetteerPlace]:
    """Leave out the region beside its town of the same name: where the words say nothing else, the town is meant."""
    towns = [place for place in places if place.kind in _TOWNS]
    large = {(town.country, town.admin1) for town in towns if town.weight >= 3.5}

    def stays(place: GazetteerPlace) -> bool:
        if place.kind == "admin1":
            return (place.country, place.admin1) not in large
        if place.kind != "admin2":
            return True
        return not any(
            town.score >= place.score - 0.05
            and metres(town.lat, town.lon, place.lat, place.lon) <= place.radius_m + 5000
            for town in towns
        )

    return [place for place in places if stays(place)]


def rank_document(
    spots: Sequence[Spot],
    gazetteer: Gazetteer,
    *,
    war: Mapping[str, float],
    countries: Sequence[str],
    home: str = "",
) -> None:
    """Give each spot of one document its place, or none; what lies inside another comes last.

    Args:
        spots: The places named in one document, each with its sort, cue and parent.
        gazetteer: Where names are looked up.
        war: Share of each country among the sure places of all documents.
        countries: The war's countries, in which spellings are searched more widely.
        home: The country of the publisher's address, or empty.
    """
    limits = ranking()["limits"]
    open_spots = [spot for spot in spots if _looked_up(spot)]
    for spot in open_spots:
        rated = [Found(place, _own(spot, place, war, home)) for place in _places(spot, gazetteer, countries)]
        rated.sort(key=lambda found: (-found.own, found.place.id))
        spot.found = rated[: limits["candidates"]]
        for found in spot.found:
            found.score = found.own
    _weigh_together([spot for spot in open_spots if spot.found])
    for spot in open_spots:
        best = spot.found[0] if spot.found else None
        spot.place = best.place if best is not None and _taken(best, war, limits) else None
        spot.method = "gazetteer" if spot.place is not None else ""
    for spot in spots:
        if spot.place is None and spot.sort in {"sub", "soft"}:
            _inside_parent(spot, gazetteer)
    _region_of_town(spots, gazetteer)
    _lend_middle(spots)


def _looked_up(spot: Spot) -> bool:
    """Whether a name is looked up everywhere. What lies inside a town is not, nor are bare directions."""
    if not spot.unit.names or spot.sort in {"sub", "road", "part"}:
        return False
    if spot.sort == "soft":
        if spot.cue in {"hill", "mountain", "river"}:
            # "Tel Abyad" and "Jebel Sinjar" are called so on maps; a hill called by a bare name is a homonym's prey.
            return any(part.kind for part in shape(spot.unit.sought))
        return spot.cue in {"region", "area"} and bool(without_directions(spot.unit.sought))
    return spot.sort == "admin" or bool(without_directions(spot.unit.sought))


def _places(spot: Spot, gazetteer: Gazetteer, countries: Sequence[str]) -> list[GazetteerPlace]:
    if spot.sort != "admin" and spot.cue not in {"region", "area"}:
        return _candidates(spot, gazetteer, countries)
    found = {place.id: place for place in gazetteer.lookup(spot.unit.sought)}
    if countries:
        found.update({place.id: place for place in gazetteer.lookup(spot.unit.sought, countries=countries)})
    least = ranking()["limits"]["least_name"]
    return [place for place in found.values() if place.score >= least]


def _believe(spot: Spot) -> None:
    """Turn scores into shares of belief, and put the best first."""
    sharpness = ranking()["limits"]["sharpness"]
    spot.found.sort(key=lambda found: (-round(found.score, 6), found.place.id))
    top = spot.found[0].score
    weights = [exp(-sharpness * min(30.0, top - found.score)) for found in spot.found]
    total = sum(weights)
    for found, weight in zip(spot.found, weights, strict=True):
        found.share = weight / total


def _weigh_together(spots: Sequence[Spot]) -> None:
    for spot in spots:
        _believe(spot)
    if len(spots) < 2:
        return
    import numpy as np

    weights, limits = ranking()["weights"], ranking()["limits"]
    for _ in range(limits["rounds"]):
        everything = [(number, found) for number, spot in enumerate(spots) for found in spot.found]
        near = _nearness(everything, len(spots), np)
        by_country, by_admin = _say(spots)
        for place, (number, found) in enumerate(everything):
            spot = spots[number]
            score = found.own + weights["near"] * near[place]
            others = len(spots) - 1
            country = found.place.country
            if country:
                mine = sum(other.share for other in spot.found if other.place.country == country)
                score += weights["country"] * (by_country.get(country, 0.0) - mine) / others
            if found.place.admin1:
                key = (country, found.place.admin1)
                mine = sum(other.share for other in spot.found if (other.place.country, other.place.admin1) == key)
                score += weights["admin1"] * (by_admin.get(key, 0.0) - mine) / others
            score += _contained(spot, found.place)
            found.score = float(score)
        for spot in spots:
            _believe(spot)


def _say(spots: Sequence[Spot]) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """How much belief lies with each country and each first-level region, over all names of the report."""
    countries: dict[str, float] = {}
    admins: dict[tuple[str, str], float] = {}
    for spot in spots:
        for found in spot.found:
            country, admin1 = found.place.country, found.place.admin1
            if country:
                countries[country] = countries.get(country, 0.0) + found.share
            if admin1:
                admins[country, admin1] = admins.get((country, admin1), 0.0) + found.share
    return countries, admins


def _nearness(everything: Sequence[tuple[int, Found]], names: int, np: Any) -> Any:
    """For each candidate, the mean over the other names of how near their best believed candidate lies, 0..1."""
    lat = np.radians([found.place.lat for _, found in everything])
    lon = np.radians([found.place.lon for _, found in everything])
    points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    away = 6371.0 * np.arccos(np.clip(points @ points.T, -1.0, 1.0))
    # A province is as near as its edge.
    reach = np.array(
        [found.place.radius_m / 1000 if found.place.kind not in _TOWNS else 0.0 for _, found in everything]
    )
    away = np.maximum(0.0, away - reach[:, None] - reach[None, :])
    close = np.clip(1.0 - away / ranking()["limits"]["near_km"], 0.0, 1.0)
    # Countries and seas have no point that anything could be near to.
    wide = np.array([found.place.kind in _WIDE for _, found in everything])
    close[:, wide] = 0.0
    close[wide, :] = 0.0
    close *= np.array([found.share for _, found in everything])[None, :]
    owner = np.array([number for number, _ in everything])
    total = np.zeros(len(everything))
    counted = 0
    for number in range(names):
        columns = owner == number
        if wide[columns].all():
            continue
        counted += 1
        best = close[:, columns].sum(axis=1)
        best[columns] = 0.0
        total += best
    return total / max(1, counted - 1)


def _contained(spot: Spot, place: GazetteerPlace) -> float:
    """What the parent that the words name says for a candidate."""
    if spot.parent is None or not spot.parent_said or not spot.parent.found:
        return 0.0
    weights = ranking()["weights"]
    inside = sum(
        found.share for found in spot.parent.found if found.place.id != place.id and _inside(place, found.place)
    )
    return float(weights["parent"] * inside + weights["parent_against"] * (1 - inside))


def _taken(found: Found, war: Mapping[str, float], limits: Mapping[str, float]) -> bool:
    place = found.place
    if found.score < limits["least"]:
        return False
    ruling = max(war.values(), default=0.0)
    return war.get(place.country, 0.0) > 0.02 or ruling < limits["share_rules"] or place.weight >= limits["far_weight"]


def _region_of_town(spots: Sequence[Spot], gazetteer: Gazetteer) -> None:
    """Take "the province", with no name before it, for the first-level region of the report's chief town."""
    nameless = [spot for spot in spots if spot.sort == "admin" and not spot.unit.names and spot.place is None]
    towns = [spot for spot in spots if spot.place is not None and spot.place.kind in _TOWNS and spot.place.admin1]
    if not nameless or not towns:
        return
    chief = min(towns, key=lambda spot: (-len(spot.unit.mentions), spot.unit.first.start)).place
    if chief is None:
        return
    for place in gazetteer.lookup(chief.admin1, countries=[chief.country], kinds=["admin1"]):
        if place.admin1 == chief.admin1:
            for spot in nameless:
                spot.place, spot.method = place, "the region of the report's chief town"
            return


def _lend_middle(spots: Sequence[Spot]) -> None:
    """A name that no layer knows lies, with a wide radius, where the report's other places lie together."""
    lost = [
        spot
        for spot in spots
        if spot.place is None
        and spot.method == ""
        and spot.unit.names
        and spot.sort not in {"country", "road"}
        and spot.anchor is None
    ]
    known = [spot for spot in spots if spot.place is not None and spot.place.kind not in _WIDE]
    if not lost or len(known) < ranking()["limits"]["together_names"]:
        return
    reach = ranking()["limits"]["together_km"] * 1000
    best: tuple[int, float, str, GazetteerPlace, list[float]] | None = None
    for spot in known:
        middle = spot.place
        if middle is None or middle.kind not in _TOWNS:
            continue
        away = [
            metres(middle.lat, middle.lon, other.place.lat, other.place.lon)
            for other in known
            if other.place is not None
        ]
        inside = [distance for distance in away if distance <= reach]
        rated = (-len(inside), sum(inside), middle.id, middle, inside)
        if best is None or rated[:3] < best[:3]:
            best = rated
    if best is None or -best[0] * 2 <= len(known):
        return
    for spot in lost:
        spot.area, spot.area_m = best[3], int(max(best[4])) + 20_000
        spot.method = "near the report's other places"


def _is_district_of(spot: Spot, gazetteer: Gazetteer) -> bool:
    """Give "the Hasakah district" in a report on Hasakah city its second-level region; return whether it did."""
    if spot.cue != "district" or spot.parent is None or spot.parent.place is None:
        return False
    parent = spot.parent.place
    if compare(spot.unit.sought, spot.parent.unit.sought).score < 0.95:
        return False
    for place in gazetteer.lookup(spot.unit.sought, countries=[parent.country], kinds=["admin2", "admin1"]):
        if place.score >= 0.9 and _near_enough(place, parent):
            spot.sort, spot.place, spot.method = "admin", place, "gazetteer"
            return True
    # No layer knows the district: it is the wider area of its town.
    spot.sort = "admin"
    return False


def _near_enough(place: GazetteerPlace, parent: GazetteerPlace) -> bool:
    return metres(place.lat, place.lon, parent.lat, parent.lon) <= place.radius_m + 30_000


def _inside_parent(spot: Spot, gazetteer: Gazetteer) -> None:
    """A place inside a town: a neighbourhood that a layer knows there, or the town itself."""
    spot.place = None
    spot.method = "inside its parent" if spot.parent is not None else ""
    parent = spot.parent.place if spot.parent is not None else None
    if _is_district_of(spot, gazetteer):
        return
    if parent is None or not without_directions(spot.unit.sought):
        return
    fitting = _known_inside(spot, parent, gazetteer)
    if fitting:
        spot.place, spot.method = fitting, "gazetteer, inside its parent"


def _known_inside(spot: Spot, parent: GazetteerPlace, gazetteer: Gazetteer) -> GazetteerPlace | None:
    """The one place of that name and kind that a layer knows in or by the parent."""
    limits = ranking()["limits"]
    reach = limits["inside_km"]
    wanted = {"neighbourhood", "other", "facility"}
    names = [spot.unit.sought]
    if spot.cue in {"village", "camp"}:
        reach, wanted = limits["village_km"], {"village", "town", "neighbourhood", "other"}
    elif spot.cue in {"hill", "mountain", "river"}:
        reach, wanted = limits["hill_km"], {"mountain", "river", "other"}
        names.append(" ".join(word for word in fold(spot.unit.sought).split() if not shape(word)[0].kind))
    fitting: dict[str, tuple[tuple[bool, float, float, str], GazetteerPlace]] = {}
    for name in filter(None, names):
        for place in gazetteer.lookup(name, countries=[parent.country] if parent.country else ()):
            away = metres(place.lat, place.lon, parent.lat, parent.lon)
            within = max(reach * 1000, parent.radius_m if parent.kind in _TOWNS else 0)
            fits = place.kind in wanted or (place.wins and place.score >= 0.98)
            # The village at the foot of a hill bears its name, and lies within its radius.
            foot = spot.cue in {"hill", "mountain"} and place.kind == "village" and away <= limits["foot_km"] * 1000
            if (fits or foot) and place.score >= 0.9 and away <= within:
                fitting[place.id] = ((not place.wins, -place.score, away, place.id), place)
    if not fitting:
        return None
    best = min(fitting.values(), key=lambda item: item[0])[1]
    # Two villages of one name by one town: which is meant is not known.
    return best if spot.sort == "sub" or len(fitting) == 1 or best.wins else None
