"""Units of all documents to entities: which referents of different reports are one.

Every unit gets a key; units of one key are one entity. Keys come, strongest first, from the lexicon, from the
gazetteer, from the name. Different keys whose names are alike beyond doubt are merged, likely ones proposed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tidings.model import Entity, EntityId, Mention, MentionId, Proposal, content_id
from tidings.resolve.located import best_spot, locate
from tidings.resolve.matching import Match, match_clusters
from tidings.resolve.placing import Placed
from tidings.resolve.spots import Spot
from tidings.resolve.units import Unit, clean, folded_name
from tidings.text.fold import core, fold
from tidings.text.skeleton import skeleton

__all__ = ["Cluster", "Identity", "identify"]

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


@dataclass(slots=True)
class Identity:
    """Entities, who is which, and what remains to be decided."""

    entities: list[Entity]
    mentions: dict[MentionId, EntityId]
    proposals: list[Proposal]
    publishers: dict[str, str]


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


def identify(units: Sequence[Unit], placed: Placed, publishers: Sequence[str]) -> Identity:
    """Return the entities of all units, with proposals for the pairs that a person should decide."""
    spot_keys: dict[int, tuple[str, ...]] = {}
    order = sorted(placed.spots, key=lambda number: _depth(placed.spots[number]))
    for number in order:
        spot_keys[id(placed.spots[number])] = _key(units[number], placed.spots[number], spot_keys)
    clusters: dict[tuple[str, ...], Cluster] = {}
    for number, unit in enumerate(units):
        spot = placed.spots.get(number)
        key = spot_keys[id(spot)] if spot is not None else _key(unit, None, {})
        cluster = clusters.setdefault(key, Cluster(key=key, family=unit.family))
        cluster.units.append(unit)
        if spot is not None:
            cluster.spots.append(spot)
    published = _publishers(clusters, publishers)
    matched = match_clusters(clusters, placed)
    ids = _merge(clusters, matched)
    return _entities(clusters, ids, matched, published, spot_keys)


def _depth(spot: Spot) -> int:
    depth = 0
    step = spot.parent
    while step is not None:
        depth += 1
        step = step.parent
    # A road's key is made of those of its ends.
    return depth + (100 if spot.ends else 0)


def _publishers(clusters: dict[tuple[str, ...], Cluster], publishers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    by_name: dict[str, tuple[str, ...]] = {}
    for key in sorted(clusters):
        cluster = clusters[key]
        if cluster.family != "agent" or key[0] in {"unnamed", "described"}:
            continue
        for name in [cluster.name, *cluster.names]:
            by_name.setdefault(core(name), key)
    found = {}
    for publisher in publishers:
        key = by_name.get(core(publisher), ("name", "agent", core(publisher)))
        cluster = clusters.setdefault(key, Cluster(key=key, family="agent"))
        cluster.publisher = cluster.publisher or publisher
        cluster.extra.append(publisher)
        found[publisher] = key
    return found


def _merge(
    clusters: dict[tuple[str, ...], Cluster], matched: Sequence[Match]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Fold merged clusters into one; return where each key went."""
    went = {key: key for key in clusters}
    for match in matched:
        if not match.merge:
            continue
        a, b = went[match.a], went[match.b]
        if a == b:
            continue
        into, gone = (a, b) if _stronger(clusters[a]) <= _stronger(clusters[b]) else (b, a)
        clusters[into].units += clusters[gone].units
        clusters[into].spots += clusters[gone].spots
        clusters[into].extra += clusters[gone].extra
        clusters[into].publisher = clusters[into].publisher or clusters[gone].publisher
        clusters[into].why += [*clusters[gone].why, match.evidence[0].why]
        del clusters[gone]
        for key, target in went.items():
            if target == gone:
                went[key] = into
    return went


_STRENGTH = {
    "lexicon": 0,
    "place": 1,
    "name": 2,
    "inside": 2,
    "unplaced": 3,
    "part": 2,
    "road": 2,
    "described": 5,
    "described place": 5,
    "unnamed": 6,
}


def _stronger(cluster: Cluster) -> tuple[int, tuple[str, ...]]:
    return _STRENGTH.get(cluster.key[0], 9), cluster.key


def stable_key(cluster: Cluster) -> tuple[str, ...]:
    """Return the key that an entity's id is made from.

    A name's key is its consonant skeleton as long as the cluster was made of names, so that a new spelling in a new report
    does not change the id.
    """
    key = cluster.key
    if key[0] == "name":
        return ("name", key[1], skeleton(key[2]) or key[2])
    if key[0] in {"inside", "unplaced"}:
        return (key[0], key[1], skeleton(key[2]) or key[2], *key[3:])
    return key


_KIND = {"agent": "actor"}


def _kind(cluster: Cluster) -> str:
    if cluster.family != "agent":
        return cluster.family
    kinds = Counter(mention.kind for mention in cluster.mentions if mention.refers_to is None or mention.how == "name")
    roles = {mention.role for mention in cluster.mentions if mention.role} | {
        mention.source_kind for mention in cluster.mentions
    }
    if cluster.publisher or roles & {"outlet", "monitor", "agency"}:
        return "source"
    return min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else "actor"


def _entities(
    clusters: dict[tuple[str, ...], Cluster],
    went: dict[tuple[str, ...], tuple[str, ...]],
    matched: Sequence[Match],
    published: dict[str, tuple[str, ...]],
    spot_keys: dict[int, tuple[str, ...]],
) -> Identity:
    ids: dict[tuple[str, ...], EntityId] = {}
    taken: set[str] = set()
    for key in sorted(clusters):
        entity = content_id("n", _family_kind(clusters[key]), *stable_key(clusters[key]))
        if entity in taken:
            entity = content_id("n", _family_kind(clusters[key]), *key)
        taken.add(entity)
        ids[key] = EntityId(entity)
    by_lexicon = {
        cluster.units[0].lexicon: key
        for key, cluster in sorted(clusters.items())
        if cluster.units and cluster.units[0].lexicon
    }
    spot_ids = {spot: ids[went[key]] for spot, key in spot_keys.items() if went[key] in ids}
    regions = _regions(clusters, ids)
    names = _names(clusters)
    aliases = _aliases(clusters, names)
    entities = []
    mentions: dict[MentionId, EntityId] = {}
    for key in sorted(clusters):
        cluster = clusters[key]
        for mention in cluster.mentions:
            mentions[mention.id] = ids[key]
        place, parent, outside = locate(cluster.spots, spot_ids, ids[key])
        if parent is None:
            parent = _belongs(cluster, by_lexicon, ids, key) or regions.get(ids[key])
        if key[0] == "lexicon":
            outside = (("lexicon", key[1]), *outside)
        entities.append(
            Entity(
                id=ids[key],
                name=names[key],
                kind=_kind(cluster),
                aliases=aliases[key],
                part_of=parent,
                place=place,
                ids=tuple(sorted(outside)),
                basis=_basis(cluster),
                role=_role(cluster),
            )
        )
    proposals = [
        Proposal(
            id=content_id("q", *sorted((ids[went[match.a]], ids[went[match.b]]))),
            a=min(ids[went[match.a]], ids[went[match.b]]),
            b=max(ids[went[match.a]], ids[went[match.b]]),
            evidence=match.evidence,
        )
        for match in matched
        if not match.merge and went[match.a] != went[match.b]
    ]
    unique = {proposal.id: proposal for proposal in proposals}
    return Identity(
        entities, mentions, list(unique.values()), {name: ids[went[key]] for name, key in published.items()}
    )


def _family_kind(cluster: Cluster) -> str:
    return cluster.family


def _role(cluster: Cluster) -> str:
    roles = Counter(mention.role for mention in cluster.mentions if mention.role)
    if roles:
        return min(roles, key=lambda role: (-roles[role], role))
    if cluster.publisher:
        return "outlet"
    kinds = Counter(mention.source_kind for mention in cluster.mentions if mention.source_kind)
    return min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds and _kind(cluster) == "source" else ""


def _belongs(
    cluster: Cluster, by_lexicon: dict[str, tuple[str, ...]], ids: dict[tuple[str, ...], EntityId], key: tuple[str, ...]
) -> EntityId | None:
    for mention in cluster.mentions:
        parent = by_lexicon.get(mention.belongs_to) if mention.belongs_to else None
        if parent is not None and parent != key:
            return ids[parent]
    return None


def _regions(
    clusters: dict[tuple[str, ...], Cluster], ids: dict[tuple[str, ...], EntityId]
) -> dict[EntityId, EntityId]:
    """The region, else the country, that each placed entity lies in, where the reports name it."""
    found = {ids[key]: best_spot(cluster.spots).place for key, cluster in sorted(clusters.items()) if cluster.spots}
    wide: dict[tuple[str, str], EntityId] = {}
    for entity, place in found.items():
        if place is not None and place.kind in {"country", "admin1"}:
            wide.setdefault((place.country, place.admin1 if place.kind == "admin1" else ""), entity)
    held = {}
    for entity, place in found.items():
        if place is None or place.kind in {"country", "continent"}:
            continue
        for level in ((place.country, place.admin1), (place.country, "")):
            if level in wide and wide[level] != entity:
                held[entity] = wide[level]
                break
    return held


def _names(clusters: dict[tuple[str, ...], Cluster]) -> dict[tuple[str, ...], str]:
    """Display names; where two places would bear one name, the wider or rarer one bears its longest form."""
    names = {key: cluster.name for key, cluster in sorted(clusters.items())}
    bearers: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key, name in names.items():
        if clusters[key].family == "place":
            bearers[fold(name)].append(key)
    for keys in bearers.values():
        keys.sort(key=lambda key: (-len(clusters[key].mentions), key))
        for key in keys[1:]:
            forms = {form for unit in clusters[key].units for form in unit.forms if form}
            longer = [form for form in forms if fold(form) not in bearers and core(names[key]) in core(form)]
            if longer:
                names[key] = min(longer, key=lambda form: (len(form), form))
    return names


def _aliases(
    clusters: dict[tuple[str, ...], Cluster], names: dict[tuple[str, ...], str]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """All other surface forms; a form that is another entity's name, or more often another's, is left out."""
    counted: dict[tuple[str, ...], Counter[str]] = {}
    for key, cluster in clusters.items():
        forms: Counter[str] = Counter()
        for unit in cluster.units:
            forms.update(unit.names)
            for mention in unit.mentions:
                if mention.how == "name" or (mention.lexicon and mention.refers_to is None):
                    forms[clean(mention.text)] += 1
        for form in cluster.extra:
            forms[form] += 1
        counted[key] = forms
    owners: dict[str, list[tuple[int, int, tuple[str, ...]]]] = defaultdict(list)
    for key, forms in counted.items():
        owners[fold(names[key])].append((0, 0, key))
        for form, number in forms.items():
            owners[fold(form)].append((1, -number, key))
    best = {form: min(entries)[2] for form, entries in owners.items()}
    return {
        key: tuple(sorted(form for form in forms if form and form != names[key] and best.get(fold(form)) == key))
        for key, forms in counted.items()
    }


def _basis(cluster: Cluster) -> str:
    """Why these words are one entity, in a sentence."""
    parts = []
    key = cluster.key
    if key[0] == "lexicon":
        parts.append(f"The lexicon knows these words as {cluster.name}.")
    elif key[0] == "place":
        place = next(spot.place for spot in cluster.spots if spot.place is not None)
        parts.append(f"The gazetteer knows these words as {place.name} ({place.layer}).")
    elif key[0] == "unnamed":
        parts.append("A source that the report does not name, with the words that refer back to it.")
    elif key[0] == "described":
        parts.append("Described in the same words; that these are the same people is not claimed.")
    elif len(cluster.units) > 1:
        parts.append("The same name but for case, accents and articles.")
    for unit in cluster.units:
        for alias, full in unit.aliases:
            parts.append(f"“{clean(alias.text)}” is explained beside “{clean(full.text)}”.")
    parts += cluster.why
    return " ".join(dict.fromkeys(parts))
