"""Spots of one entity to its place: point, radius, shape, precision, method; what it lies in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tidings.geo.shapes import Shape, corridor, disc, sector
from tidings.model import Anchor, EntityId, GazetteerPlace, Place
from tidings.resolve.spots import TOWNS, Spot, place_of, ranking

__all__ = ["best_spot", "locate"]

_PRECISION = {
    "continent": "country", "country": "country", "region": "province", "admin1": "province", "admin2": "district",
    "city": "town", "town": "town", "village": "town", "neighbourhood": "neighbourhood", "mountain": "near",
    "sea": "province", "river": "province",
}  # fmt: skip


def locate(
    spots: Sequence[Spot], spot_ids: Mapping[int, EntityId], own: EntityId
) -> tuple[Place | None, EntityId | None, tuple[tuple[str, str], ...]]:
    """Return the place of an entity, the entity its words say it lies in, and its ids in outside registers.

    Args:
        spots: All spots of the entity, in the order of their documents.
        spot_ids: The entity of every spot, by the spot's identity.
        own: The entity itself.
    """
    if not spots:
        return None, None, ()
    spot = best_spot(spots)
    parent = _parent(spots, spot_ids, own)
    if spot.place is not None:
        known = _known(spot.place, spot)
        return known, parent, spot.place.ids or ((spot.place.layer, spot.place.id),)
    for described in (_between, _directed, _part):
        place = described(spot, spot_ids)
        if place is not None:
            return place, parent, ()
    inside = place_of(spot.parent)
    if inside is None and spot.area is not None:
        return _lent(spot, spot.area), parent, ()
    if inside is None:
        return Place(kind=spot.cue, method="no layer knows it"), parent, ()
    return _within(spot, inside, parent), parent, ()


def _parent(spots: Sequence[Spot], spot_ids: Mapping[int, EntityId], own: EntityId) -> EntityId | None:
    """The parent that most reports give; for a place that a layer knows only where it can hold it."""
    counted: Counter[EntityId] = Counter()
    for spot in spots:
        parent = spot.parent
        if parent is None or id(parent) not in spot_ids or spot_ids[id(parent)] == own:
            continue
        if spot.anchor is not None and spot.anchor is not parent and not spot.parent_said:
            continue  # "8 km north of X" lies by X, not in the report's chief town
        if spot.place is not None and not _holds(place_of(parent), spot.place):
            continue
        if parent.sort == "part" and spot.place is not None:
            continue  # a town's region says more than "in the north-east"
        counted[spot_ids[id(parent)]] += 1
    return min(counted, key=lambda entity: (-counted[entity], entity)) if counted else None


def _holds(parent: GazetteerPlace | None, place: GazetteerPlace) -> bool:
    if parent is None or parent.id == place.id:
        return False
    if parent.kind in {"country", "continent"}:
        return parent.country == place.country
    if parent.kind == "admin1":
        return (parent.country, parent.admin1) == (place.country, place.admin1)
    return parent.kind in TOWNS and place.kind in {"neighbourhood", "facility", "other"}


def best_spot(spots: Sequence[Spot]) -> Spot:
    """Return the spot that knows most: with a place, with a description, with a parent that has one; the first of equals."""

    def worth(pair: tuple[int, Spot]) -> tuple[bool, bool, bool, bool, int]:
        number, spot = pair
        described = place_of(spot.anchor) is not None or len(spot.ends) > 1
        return spot.place is not None, described, place_of(spot.parent) is not None, bool(spot.cue), -number

    return max(enumerate(spots), key=worth)[1]


def _known(place: GazetteerPlace, spot: Spot) -> Place:
    cue = spot.cue if spot.cue not in {"region", "area"} else ""
    named = {"admin1": "province", "admin2": "district"}.get(place.kind, place.kind)
    return Place(
        lat=place.lat,
        lon=place.lon,
        radius_m=place.radius_m or int(ranking()["radius_m"].get(spot.cue, 1500)),
        precision=_PRECISION.get(place.kind, "near"),
        geometry=place.geometry,
        method=spot.method or "gazetteer",
        kind=named if place.kind in {"admin1", "admin2", "country"} else cue or named,
        country=place.country,
        admin1=place.admin1,
        layer=place.layer,
    )


def _within(spot: Spot, inside: GazetteerPlace, parent: EntityId | None) -> Place:
    return Place(
        lat=inside.lat,
        lon=inside.lon,
        radius_m=max(inside.radius_m, int(ranking()["radius_m"].get(spot.cue, 1000))),
        anchor=Anchor(place=parent, relation="inside") if parent is not None else None,
        precision="near" if inside.kind in TOWNS | {"neighbourhood"} else _PRECISION.get(inside.kind, "unknown"),
        method="inside its parent",
        kind=spot.cue,
        country=inside.country,
        admin1=inside.admin1,
        layer=inside.layer,
    )


def _lent(spot: Spot, area: GazetteerPlace) -> Place:
    return Place(
        lat=area.lat,
        lon=area.lon,
        radius_m=spot.area_m,
        precision="country" if area.kind == "country" else "province",
        method=spot.method,
        kind=spot.cue,
        country=area.country,
        admin1=area.admin1,
        layer=area.layer,
    )


def _shaped(spot: Spot, shape: Shape, near: GazetteerPlace, anchor: Anchor | None, *, precision: str = "near") -> Place:
    return Place(
        lat=shape.lat,
        lon=shape.lon,
        radius_m=shape.radius_m,
        geometry=shape.geometry,
        anchor=anchor,
        precision=precision,
        method="relative",
        kind=spot.cue,
        country=near.country,
        layer=near.layer,
        admin1=near.admin1 if precision == "near" else "",
    )


def _directed(spot: Spot, spot_ids: Mapping[int, EntityId]) -> Place | None:
    """Return "10 km west of X" as a piece of a ring, "west of X" as a sector, "near X" as a disc."""
    near = place_of(spot.anchor)
    if spot.anchor is None or near is None or near.kind in {"country", "continent", "admin1"}:
        return None
    rules = ranking()["relative"]
    entity = spot_ids.get(id(spot.anchor))
    part = spot.relation == "part" or (spot.sort == "sub" and near.kind in TOWNS)
    anchor = (
        None
        if entity is None
        else Anchor(place=entity, relation=spot.relation, distance_m=spot.distance_m, bearing=spot.bearing)
    )
    radius = max(near.radius_m, 1_000)
    if spot.distance_m is not None and spot.bearing is not None:
        slack = max(spot.distance_m * rules["distance_slack"], rules["least_slack_m"])
        shape = sector(
            near.lat,
            near.lon,
            spot.bearing,
            inner_m=max(0.0, spot.distance_m - slack),
            outer_m=spot.distance_m + slack,
            half_angle=rules["half_angle"],
        )
    elif spot.bearing is not None and part:
        shape = sector(near.lat, near.lon, spot.bearing, inner_m=0, outer_m=radius, half_angle=rules["part_half_angle"])
    elif spot.bearing is not None:
        # A range of mountains lies farther off than a village.
        outer = radius + max(rules["beyond_m"], ranking()["radius_m"].get(spot.cue, 0))
        shape = sector(near.lat, near.lon, spot.bearing, inner_m=0, outer_m=outer, half_angle=rules["half_angle"])
    else:
        shape = disc(
            near.lat, near.lon, (spot.distance_m or 0) * (1 + rules["distance_slack"]) or radius + rules["near_m"]
        )
    return _shaped(spot, shape, near, anchor)


def _part(spot: Spot, spot_ids: Mapping[int, EntityId]) -> Place | None:
    """Return "northeastern Syria" as the part of the whole that lies in that direction."""
    whole = place_of(spot.parent)
    if spot.sort != "part" or whole is None or spot.bearing is None or spot.parent is None:
        return None
    rules = ranking()["relative"]
    shape = sector(
        whole.lat,
        whole.lon,
        spot.bearing,
        inner_m=0,
        outer_m=max(whole.radius_m, 1_000),
        half_angle=rules["part_half_angle"],
    )
    entity = spot_ids.get(id(spot.parent))
    anchor = None if entity is None else Anchor(place=entity, relation="part", bearing=spot.bearing)
    wide = whole.kind in {"country", "admin1", "region", "continent"}
    return _shaped(spot, shape, whole, anchor, precision="province" if wide else "near")


def _between(spot: Spot, spot_ids: Mapping[int, EntityId]) -> Place | None:
    """Return a road as the strip between its ends; a road to one place starts where the report is."""
    if not spot.ends:
        return None
    ends = [place_of(end) for end in spot.ends]
    if len(ends) == 1:
        ends.append(place_of(spot.parent))
    known = [end for end in ends if end is not None and end.kind not in {"country", "continent"}]
    if not known:
        return None
    width = ranking()["radius_m"]["road"]
    first, last = known[0], known[-1]
    if (first.lat, first.lon) == (last.lat, last.lon):
        shape = disc(first.lat, first.lon, max(first.radius_m, width))
    else:
        shape = corridor((first.lat, first.lon), (last.lat, last.lon), width)
    entity = spot_ids.get(id(spot.ends[0]))
    return _shaped(spot, shape, first, Anchor(place=entity, relation="road") if entity is not None else None)
