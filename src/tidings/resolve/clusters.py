"""Units gathered under keys: units of one key are one entity.

Keys come, strongest first, from the lexicon, from the gazetteer, from the name. A source that a report does not name
is one entity per document and chain of antecedents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tidings.model import EntityId, Mention, content_id
from tidings.resolve.placing import Placed
from tidings.resolve.spots import Spot
from tidings.resolve.units import Unit, clean, folded_name
from tidings.text.fold import core
from tidings.text.skeleton import skeleton

__all__ = ["STRENGTH", "Cluster", "Key", "gather_clusters", "ids_of_clusters"]

Key = tuple[str, ...]

AREA = frozenset({"", "neighbourhood", "district", "village", "city", "town", "region", "area", "hill", "mountain"})
"""Kinds of places that reports use one for the other of the same area."""


@dataclass(slots=True)
class Cluster:
    """Units that are one entity. ``key`` gives the id; ``why`` are the sentences that joined them."""

    key: tuple[str, ...]
    family: str
    units: list[Unit] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    publisher: str = ""

    @property
    def names(self) -> Counter[str]:
        """Its full forms with their numbers."""
        counted: Counter[str] = Counter()
        for unit in self.units:
            counted.update(unit.names)
        return counted

    @property
    def name(self) -> str:
        """Its display name: the lexicon's, else the most frequent full form."""
        for unit in self.units:
            if unit.lexicon_name:
                return unit.lexicon_name
        if self.publisher:
            return self.publisher
        counted = self.names
        if not counted and self.key[0] in {"unnamed", "described place"}:
            return clean(self.units[0].first.text) or self.units[0].name  # "a civilian source", later "the source"
        if not counted:
            for unit in self.units:
                counted.update(unit.forms)
        if not counted:
            return self.units[0].name or clean(self.units[0].first.text) or "?"
        return min(counted, key=lambda form: (-counted[form], -len(form), form))

    @property
    def mentions(self) -> list[Mention]:
        """All mentions of its units."""
        return [mention for unit in self.units for mention in unit.mentions]


STRENGTH = {"lexicon": 0, "place": 1, "name": 2, "inside": 2, "part": 2, "road": 2, "unplaced": 3, "described": 5, "described place": 5, "unnamed": 6}  # fmt: skip
"""Kinds of keys, the strongest first: of two clusters that are merged the stronger keeps its key."""


def _key(unit: Unit, spot: Spot | None, spots: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    if unit.family == "place":
        return _place_key(unit, spot, spots)
    if unit.lexicon:
        return ("lexicon", unit.lexicon)
    if unit.anonymous or (not unit.named and unit.family == "person"):
        return ("unnamed", unit.document, str(unit.first.start), core(clean(unit.first.text)))
    words = folded_name(unit) or unit.name
    return ("name" if unit.named else "described", unit.family, words)


def _place_key(unit: Unit, spot: Spot | None, keys: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    if spot is None:
        if unit.lexicon:
            return ("lexicon", unit.lexicon)
        return ("described place", unit.document, str(unit.first.start), core(clean(unit.first.text)))
    if spot.place is not None and spot.sort not in {"road", "part"}:
        ids = dict(spot.place.ids)
        return ("place", "geonames:" + ids["geonames"] if "geonames" in ids else spot.place.id)
    if unit.lexicon:
        return ("lexicon", unit.lexicon)
    parent = keys.get(id(spot.parent), ()) if spot.parent is not None else ()
    words = folded_name(unit) or unit.name
    if spot.sort == "part":
        return ("part", str(spot.bearing), *parent) if parent else ("unplaced", "part", words)
    if spot.sort == "road":
        ends = sorted("|".join(keys.get(id(end), ())) for end in spot.ends)
        return ("road", *ends) if len(ends) > 1 else ("unplaced", "road", words, *ends)
    return ("inside" if spot.sort in {"sub", "soft"} and parent else "unplaced", _group(spot), words, *parent)


def _group(spot: Spot) -> str:
    if spot.sort in {"admin", "country"}:
        return spot.sort
    return "area" if spot.cue in AREA else spot.cue


def gather_clusters(units: Sequence[Unit], placed: Placed) -> tuple[dict[Key, Cluster], dict[int, Key]]:
    """Return the clusters of all units by key, and the key of every spot by the spot's identity."""
    spot_keys: dict[int, Key] = {}
    for number in sorted(placed.spots, key=lambda number: _depth(placed.spots[number])):
        spot_keys[id(placed.spots[number])] = _key(units[number], placed.spots[number], spot_keys)
    clusters: dict[Key, Cluster] = {}
    for number, unit in enumerate(units):
        spot = placed.spots.get(number)
        key = spot_keys[id(spot)] if spot is not None else _key(unit, None, {})
        cluster = clusters.setdefault(key, Cluster(key=key, family=unit.family))
        cluster.units.append(unit)
        if spot is not None:
            cluster.spots.append(spot)
    return clusters, spot_keys


def _depth(spot: Spot) -> int:
    depth = 0
    step = spot.parent
    while step is not None:
        depth += 1
        step = step.parent
    # A road's key is made of those of its ends.
    return depth + (100 if spot.ends else 0)


def _stable_key(key: Key) -> Key:
    """Return the key that an entity's id is made from.

    A name's is its consonant skeleton, so that a new spelling in a new report does not change the id.
    """
    if key[0] == "name":
        return ("name", key[1], _bones(key[2]))
    if key[0] in {"inside", "unplaced"}:
        return (key[0], key[1], _bones(key[2]), *key[3:])
    return key


def _bones(words: str) -> str:
    """Two consonants are too few to tell names apart by."""
    bones = skeleton(words)
    return bones if len(bones) > 2 else words


def ids_of_clusters(clusters: Mapping[Key, Cluster]) -> dict[Key, EntityId]:
    """Return an id for every cluster; of several with one skeleton, the first key in order has the plain id."""
    ids: dict[Key, EntityId] = {}
    taken: set[str] = set()
    for key in sorted(clusters):
        entity = content_id("n", clusters[key].family, *_stable_key(key))
        if entity in taken:
            entity = content_id("n", clusters[key].family, *key)
        taken.add(entity)
        ids[key] = EntityId(entity)
    return ids
