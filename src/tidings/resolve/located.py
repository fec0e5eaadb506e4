"""Spots of one entity to its place: point, radius, shape, precision, method; what it lies in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tidings.model import Anchor, EntityId, GazetteerPlace, Place
from tidings.resolve.places import Spot, ranking
from tidings.resolve.placing import place_of

__all__ = ["locate"]

_PRECISION = {
    "continent": "country", "country": "country", "region": "province", "admin1": "province", "admin2": "district",
    "city": "town", "town": "town", "village": "town", "neighbourhood": "neighbourhood", "mountain": "near", "sea": "province",
    "river": "province",
}  # fmt: skip


def locate(
    spots: Sequence[Spot], spot_ids: Mapping[int, EntityId], own: EntityId
) -> tuple[Place | None, EntityId | None, tuple[tuple[str, str], ...]]:
    """Return the place of an entity, the entity it lies in, and its ids in outside registers."""
    if not spots:
        return None, None, ()
    spot = _best(spots)
    parents = Counter(spot_ids[id(s.parent)] for s in spots if s.parent is not None and id(s.parent) in spot_ids)
    parents.pop(own, None)
    parent = min(parents, key=lambda entity: (-parents[entity], entity)) if parents else None
    if spot.place is not None:
        return _known(spot.place, spot), parent, spot.place.ids or ((spot.place.layer, spot.place.id),)
    inside = place_of(spot.parent)
    if inside is None and spot.area is not None:
        return _lent(spot, spot.area), parent, ()
    if inside is None:
        return Place(kind=spot.cue, method="no layer knows it"), parent, ()
    radius = max(inside.radius_m, int(ranking()["radius_m"].get(spot.cue, 1000)))
    place = Place(
        lat=inside.lat,
        lon=inside.lon,
        radius_m=radius,
        anchor=Anchor(place=parent, relation="inside") if parent is not None else None,
        precision="near" if inside.kind in {"city", "town", "village"} else _PRECISION.get(inside.kind, "unknown"),
        method="inside its parent",
        kind=spot.cue,
        country=inside.country,
        admin1=inside.admin1,
    )
    return place, parent, ()


def _lent(spot: Spot, area: GazetteerPlace) -> Place:
    return Place(
        lat=area.lat,
        lon=area.lon,
        radius_m=spot.area_m,
        precision="province",
        method=spot.method,
        kind=spot.cue,
        country=area.country,
    )


def _best(spots: Sequence[Spot]) -> Spot:
    """The spot that knows most: with a place, then with a parent that has one; the first of equals."""
    return max(
        enumerate(spots),
        key=lambda pair: (pair[1].place is not None, place_of(pair[1].parent) is not None, bool(pair[1].cue), -pair[0]),
    )[1]


def _known(place: GazetteerPlace, spot: Spot) -> Place:
    return Place(
        lat=place.lat,
        lon=place.lon,
        radius_m=place.radius_m or int(ranking()["radius_m"].get(spot.cue, 1500)),
        precision=_PRECISION.get(place.kind, "near"),
        method=spot.method or "gazetteer",
        kind=spot.cue or {"admin1": "province", "admin2": "district"}.get(place.kind, place.kind),
        country=place.country,
        admin1=place.admin1,
    )
