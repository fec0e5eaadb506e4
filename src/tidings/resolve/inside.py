"""Places that no ranking finds: what lies inside a town, what a report leaves to its reader.

A neighbourhood, junction, checkpoint, hill or village that no layer knows inside its parent becomes the parent with a
radius, never a homonym elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tidings.geo.distance import metres
from tidings.model import Gazetteer, GazetteerPlace
from tidings.resolve.compare import compare, without_directions
from tidings.resolve.spots import SAME, TOWNS, WIDE, Spot, ranking
from tidings.text.fold import fold
from tidings.text.skeleton import shape

__all__ = ["place_the_rest"]


def place_the_rest(spots: Sequence[Spot], gazetteer: Gazetteer) -> None:
    """Place the spots of one document that the ranking left without a place."""
    for spot in spots:
        if spot.place is None and spot.sort in {"sub", "soft"}:
            _inside_parent(spot, gazetteer)
    for spot in spots:
        if spot.place is None and spot.cue == "village" and not spot.parent_said:
            _village_near_any(spot, spots, gazetteer)
    _region_of_town(spots, gazetteer)
    _lend_middle(spots)
    _in_region(spots, gazetteer)


def _region_of_town(spots: Sequence[Spot], gazetteer: Gazetteer) -> None:
    """Take "the province", with no name before it, for the first-level region of the report's chief town."""
    nameless = [spot for spot in spots if spot.sort == "admin" and not spot.unit.names and spot.place is None]
    towns = [spot for spot in spots if spot.place is not None and spot.place.kind in TOWNS and spot.place.admin1]
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


def _in_region(spots: Sequence[Spot], gazetteer: Gazetteer) -> None:
    """A name that no layer knows lies somewhere in the region, else the country, that most of the report's places lie in."""
    lost = [spot for spot in spots if _is_lost(spot) and spot.area is None]
    known = [spot.place for spot in spots if spot.place is not None and spot.place.country]
    if not lost or len(known) < ranking()["limits"]["together_names"]:
        return
    for level in ("admin1", "country"):
        counted = Counter((place.country, place.admin1 if level == "admin1" else "") for place in known)
        (country, admin1), number = min(counted.items(), key=lambda item: (-item[1], item[0]))
        if number < ranking()["limits"]["region_share"] * len(known) or (level == "admin1" and not admin1):
            continue
        name = admin1 or next((place.name for place in known if place.kind == "country"), "")
        for place in gazetteer.lookup(name, countries=[country], kinds=[level]) if name else ():
            for spot in lost:
                spot.area, spot.area_m, spot.method = (
                    place,
                    place.radius_m,
                    f"in the report's {'region' if admin1 else 'country'}",
                )
            return


def _is_lost(spot: Spot) -> bool:
    """Whether nothing at all is known of a name; one that only far places bear is left without a place."""
    return (
        spot.place is None
        and not spot.found
        and spot.method == ""
        and bool(spot.unit.names)
        and spot.sort not in {"country", "road"}
        and spot.anchor is None
    )


def _lend_middle(spots: Sequence[Spot]) -> None:
    """A name that no layer knows lies, with a wide radius, where the report's other places lie together."""
    lost = [spot for spot in spots if _is_lost(spot)]
    known = [spot for spot in spots if spot.place is not None and spot.place.kind not in WIDE]
    if not lost or len(known) < ranking()["limits"]["together_names"]:
        return
    reach = ranking()["limits"]["together_km"] * 1000
    best: tuple[int, float, str, GazetteerPlace, list[float]] | None = None
    for spot in known:
        middle = spot.place
        if middle is None or middle.kind not in TOWNS:
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


def _village_near_any(spot: Spot, spots: Sequence[Spot], gazetteer: Gazetteer) -> None:
    """Give a village its place where only one of that very name lies by any of the report's towns."""
    reach = ranking()["limits"]["village_km"] * 1000
    towns = [other.place for other in spots if other.place is not None and other.place.kind in TOWNS]
    countries = sorted({town.country for town in towns if town.country})
    near = [
        place
        for place in (gazetteer.lookup(spot.unit.sought, countries=countries) if countries else ())
        if place.score >= SAME
        and place.kind in TOWNS
        and any(metres(place.lat, place.lon, town.lat, town.lon) <= reach for town in towns if town.id != place.id)
    ]
    if len(near) == 1:
        spot.place, spot.method = near[0], "gazetteer, by the report's other places"


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
            within = max(reach * 1000, parent.radius_m if parent.kind in TOWNS else 0)
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
