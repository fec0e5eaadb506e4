"""Which place a name stands for: candidates of the gazetteer, ranked by what the report and the war say.

Ranked by likeness of name, type cue, containment, the report's countries and the war's, nearness to the report's
other places, and importance. The places of one report are weighed together: in each round a candidate is
supported by the other names' candidates, by as much as these are believed so far. A place inside a town (a
neighbourhood, junction, checkpoint, hill) that no layer knows there becomes the town with a radius, never a
homonym elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from tidings.geo.distance import bearing, metres
from tidings.model import Gazetteer, GazetteerPlace
from tidings.resolve.compare import compare, without_directions
from tidings.resolve.inside import place_the_rest
from tidings.resolve.spots import SAME, TOWNS, WIDE, Found, Spot, ranking
from tidings.resolve.units import NAMED_AFTER
from tidings.text.skeleton import shape

__all__ = ["rank_document"]

WHOLES = frozenset({"country", "admin1"})
"""Kinds whose bare name is hardly meant for a village that bears it too."""


def _fit(spot: Spot, place: GazetteerPlace) -> float:
    """Whether the kind that the words give and that of the candidate go together: 1, 0 or -1."""
    if spot.sort == "admin":
        return 1.0 if place.kind in {"admin1", "admin2", "region"} else -1.0
    if spot.sort == "country":
        # A list calls "Georgia" a country; the report may mean the state.
        return 1.0 if place.kind == "country" else 0.0
    if spot.cue in {"city", "town"}:
        # Where the words themselves do not say "city", the kind is a guess of the reader.
        against = -1.0 if spot.unit.full != spot.unit.sought else -0.5
        return 1.0 if place.kind in TOWNS else against
    if spot.cue == "village":
        return 1.0 if place.kind in {"village", "town"} else -1.0
    if spot.cue in {"hill", "mountain"}:
        return 0.5 if place.kind == "mountain" else 0.0
    if spot.cue in {"region", "area", "district"}:
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
    """Places that bear the name, anywhere; in the war's countries those of a likely spelling too."""
    limits = ranking()["limits"]
    found: dict[str, GazetteerPlace] = {}
    for name in dict.fromkeys(_looked_for(spot)):
        for place in gazetteer.lookup(name):
            if place.score >= limits["least_name"]:
                found.setdefault(place.id, place)
        for place in gazetteer.lookup(name, countries=countries) if countries else ():
            if place.score >= limits["least_name_at_home"]:
                found.setdefault(place.id, place)
    if spot.cue == "river":
        # "Battle Creek" is a town as well; a smaller one is a homonym.
        waters = [place for place in found.values() if place.kind in {"sea", "river"}]
        return waters or [place for place in found.values() if place.weight >= limits["known_weight"]]
    kept = list(found.values())
    return kept if spot.sort == "admin" or spot.cue in {"region", "area", "district"} else _one_per_thing(kept)


_REGION_WORDS = re.compile(
    r"\s+(?:state|province|governorate|oblast|region|department|division|wilayat|wilaya|county|prefecture|canton|krai|township|district|raion)\Z",
    re.IGNORECASE,
)


def _looked_for(spot: Spot) -> tuple[str, ...]:
    """The forms of a name that are looked up: for regions with and without the word for a region."""
    unit = spot.unit
    if spot.sort != "admin" and spot.cue not in {"region", "area", "district"}:
        return (unit.sought,)
    return tuple(dict.fromkeys((unit.sought, _REGION_WORDS.sub("", unit.sought), unit.full)))


def _one_per_thing(places: list[GazetteerPlace]) -> list[GazetteerPlace]:
    """Leave out the region beside its town of the same name: where the words say nothing else, the town is meant."""
    towns = [place for place in places if place.kind in TOWNS]
    reach = ranking()["limits"]["district_km"] * 1000

    def stays(place: GazetteerPlace) -> bool:
        if place.kind == "admin1":
            # "Raqqa" is the town first; "Iowa" is the state, though a village bears its name.
            return not any(
                (town.country, town.admin1) == (place.country, place.admin1)
                and town.weight >= place.weight - 1.2
                and town.score >= place.score  # "Oklahoma" is the very name of the state, and only short for its town
                for town in towns
            )
        if place.kind != "admin2":
            return True
        return not any(
            town.score >= place.score - 0.05
            and metres(town.lat, town.lon, place.lat, place.lon) <= max(place.radius_m, reach)
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
    for spot in spots:
        spot.place, spot.area, spot.method, spot.found = None, None, "", []
    open_spots = [spot for spot in spots if _looked_up(spot)]
    # All candidates of a report are held against each other: a list of a thousand places keeps the best few of each.
    most = max(2, min(limits["candidates"], limits["candidates_together"] // max(1, len(open_spots))))
    for spot in open_spots:
        rated = [Found(place, _own(spot, place, war, home)) for place in _candidates(spot, gazetteer, countries)]
        famous = max((found.place.weight for found in rated if found.place.score >= SAME), default=0.0)
        whole = max(
            (found.place.weight for found in rated if found.place.kind in WHOLES and found.place.score == 1.0),
            default=0.0,
        )
        for found in rated:
            if found.place.score < SAME:
                found.own -= ranking()["weights"]["spelling"] * famous
            elif whole and _hardly(found.place):
                # "Oklahoma" is the state and "Canada" the country, though a place nearby is called so too.
                found.own -= ranking()["weights"]["spelling"] * whole
        rated.sort(key=lambda found: (-found.own, found.place.id))
        spot.found = rated[:most]
        for found in spot.found:
            found.score = found.own
    _weigh_together([spot for spot in open_spots if spot.found])
    others = [
        spot.found[0].place
        for spot in open_spots
        if spot.found and spot.found[0].place.kind not in WIDE and spot.found[0].place.weight >= limits["small_weight"]
    ]
    for spot in open_spots:
        best = spot.found[0] if spot.found else None
        spot.place = (
            best.place if best is not None and _taken(spot, best, war, _shares_here(open_spots, spot), others) else None
        )
        spot.method = "gazetteer" if spot.place is not None else ""
    place_the_rest(spots, gazetteer)


def _hardly(place: GazetteerPlace) -> bool:
    """Whether a place is hardly meant by the bare name of a country or region: a village, or a town by another of its names."""
    limits = ranking()["limits"]
    return (
        place.kind not in WHOLES and place.weight < limits["village_weight" if place.score == 1.0 else "known_weight"]
    )


def _looked_up(spot: Spot) -> bool:
    """Whether a name is looked up everywhere. What lies inside a town is not, nor are bare directions."""
    if spot.unit.names and spot.cue == "district" and spot.sort == "sub":
        return not spot.parent_said and bool(without_directions(spot.unit.sought))
    if _bare_namesake(spot):
        return True
    if not spot.unit.names or spot.sort in {"sub", "road", "part"}:
        return False
    if spot.sort == "soft":
        if spot.cue in {"river", "camp"}:
            return True
        if spot.cue in {"hill", "mountain"}:
            # "Tel Abyad" and "Jebel Sinjar" are called so on maps; a hill called by a bare name is a homonym's prey.
            return any(part.kind for part in shape(spot.unit.sought))
        return spot.cue in {"region", "area"} and bool(without_directions(spot.unit.sought))
    return spot.sort == "admin" or bool(without_directions(spot.unit.sought))


def _bare_namesake(spot: Spot) -> bool:
    """Whether something is called a facility whose words name none: "Maryville", where a church was meant, is the town."""
    unit = spot.unit
    return (
        bool(unit.names)
        and spot.sort == "sub"
        and spot.cue in NAMED_AFTER
        and unit.full == unit.sought
        and not spot.parent_said
    )


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
    reach = np.array([found.place.radius_m / 1000 if found.place.kind not in TOWNS else 0.0 for _, found in everything])
    away = np.maximum(0.0, away - reach[:, None] - reach[None, :])
    close = np.clip(1.0 - away / ranking()["limits"]["near_km"], 0.0, 1.0)
    # Countries and seas have no point that anything could be near to.
    wide = np.array([found.place.kind in WIDE for _, found in everything])
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


def _taken(
    spot: Spot, found: Found, war: Mapping[str, float], here: Mapping[str, float], others: Sequence[GazetteerPlace]
) -> bool:
    """Whether the best candidate is good enough; in a record of one war a small place elsewhere is a homonym."""
    limits = ranking()["limits"]
    if found.score < limits["least"]:
        return False
    place = found.place
    at_home = max(war.get(place.country, 0.0), here.get(place.country, 0.0)) >= limits["share_home"]
    if spot.cue == "district" and spot.sort == "sub":
        # A quarter is called district as well: only a district or a large town of that very name is meant.
        large = place.kind in {"admin1", "admin2"} or place.weight >= limits["known_weight"]
        itself = (
            place.kind in TOWNS
            and spot.parent is not None
            and compare(spot.unit.sought, spot.parent.unit.sought).score >= limits["alike"]
        )
        return bool(at_home and (large or _lies_as_said(spot, place)) and not itself and place.score >= SAME)
    if _bare_namesake(spot):
        return bool(
            at_home and place.kind in TOWNS and place.score >= SAME and place.weight >= limits["namesake_at_home"]
        )
    if place.wins or spot.cue == "camp":
        return at_home or place.wins
    if max(war.values(), default=0.0) < limits["share_rules"]:
        return True
    if at_home:
        return bool(place.weight >= limits["small_weight"] or _by_others(place, others))
    return bool(place.weight >= limits["far_weight"] + (limits["far_alias"] if place.score < 1.0 else 0.0))


def _lies_as_said(spot: Spot, place: GazetteerPlace) -> bool:
    """Whether a place lies in the direction that the words give from another: "Hays district, south of Hodeidah"."""
    if spot.anchor is None or spot.bearing is None or not spot.anchor.found:
        return False
    start = spot.anchor.found[0].place
    turn = abs(bearing(start.lat, start.lon, place.lat, place.lon) - spot.bearing) % 360
    return bool(min(turn, 360 - turn) <= ranking()["relative"]["part_half_angle"])


def _by_others(place: GazetteerPlace, others: Sequence[GazetteerPlace]) -> bool:
    """Whether a small place lies by one of the report's others; where there are none, nothing speaks against it."""
    reach = ranking()["limits"]["small_km"] * 1000
    away = [
        metres(place.lat, place.lon, other.lat, other.lon) - other.radius_m for other in others if other.id != place.id
    ]
    return not away or min(away) <= reach


def _shares_here(spots: Sequence[Spot], but: Spot) -> dict[str, float]:
    """The share of each country in what the report's other names are believed to be."""
    countries, _ = _say([spot for spot in spots if spot.found and spot is not but])
    total = sum(countries.values())
    return {country: share / total for country, share in countries.items()} if total else {}
