"""Clusters to entities: a name, a kind, aliases, a place, what they are part of, and why they are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from tidings.model import Entity, EntityId
from tidings.resolve.clusters import Cluster, Key
from tidings.resolve.compare import directions, without_directions
from tidings.resolve.located import best_spot, locate
from tidings.resolve.spots import place_of
from tidings.resolve.units import clean
from tidings.text.fold import core, fold

__all__ = ["make_entities"]


def make_entities(clusters: Mapping[Key, Cluster], ids: Mapping[Key, EntityId]) -> list[Entity]:
    """Return one entity per cluster, in the order of the keys.

    Args:
        clusters: The clusters, merged and split.
        ids: Their ids.
    """
    by_lexicon = {
        cluster.units[0].lexicon: key
        for key, cluster in sorted(clusters.items())
        if cluster.units and cluster.units[0].lexicon
    }
    spot_ids = {id(spot): ids[key] for key, cluster in clusters.items() for spot in cluster.spots}
    regions = _regions(clusters, ids)
    names = _names(clusters)
    aliases = _aliases(clusters, names)
    entities = []
    for key in sorted(clusters):
        cluster = clusters[key]
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
    return entities


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


def _role(cluster: Cluster) -> str:
    roles = Counter(mention.role for mention in cluster.mentions if mention.role)
    if roles:
        return min(roles, key=lambda role: (-roles[role], role))
    if cluster.publisher:
        return "outlet"
    kinds = Counter(mention.source_kind for mention in cluster.mentions if mention.source_kind)
    return min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds and _kind(cluster) == "source" else ""


def _belongs(cluster: Cluster, by_lexicon: Mapping[str, Key], ids: Mapping[Key, EntityId], key: Key) -> EntityId | None:
    for mention in cluster.mentions:
        parent = by_lexicon.get(mention.belongs_to) if mention.belongs_to else None
        if parent is not None and parent != key:
            return ids[parent]
    return None


def _regions(clusters: Mapping[Key, Cluster], ids: Mapping[Key, EntityId]) -> dict[EntityId, EntityId]:
    """The region, else the country, that each placed entity lies in, where the reports name it."""
    found = {}
    for key, cluster in sorted(clusters.items()):
        if cluster.spots:
            spot = best_spot(cluster.spots)
            found[ids[key]] = spot.place or (place_of(spot.anchor) if spot.anchor is not None else None)
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


def _names(clusters: Mapping[Key, Cluster]) -> dict[Key, str]:
    """Display names; where two places would bear one name, the wider or rarer one bears its longest form."""
    names = {key: cluster.name for key, cluster in sorted(clusters.items())}
    bearers: dict[str, list[Key]] = defaultdict(list)
    for key, name in names.items():
        if clusters[key].family == "place":
            bearers[fold(name)].append(key)
    for keys in bearers.values():
        if len(keys) < 2:
            continue
        longer = {key: _longer(clusters[key], names[key], bearers) for key in keys}
        # Who has no other form keeps the name, then who is named most.
        keys.sort(key=lambda key: (bool(longer[key]), -len(clusters[key].mentions), key))
        for key in keys[1:]:
            names[key] = longer[key] or names[key]
    return names


def _longer(cluster: Cluster, name: str, bearers: Mapping[str, object]) -> str:
    """Return the shortest surface form that says more than the name ("Kharkiv district"), or an empty string."""
    forms = {form for unit in cluster.units for form in unit.forms if form}
    fuller = [form for form in forms if fold(form) not in bearers and core(name) in core(form)]
    return min(fuller, key=lambda form: (len(form), form)) if fuller else ""


_FIGHTERS = frozenset("rebels rebel insurgents militants separatists guerrillas jihadists gangs bandits".split())
"""What a party is called for short where a report tells of one war."""
_CLASSES = ("generic.", "armed.", "police", "gendarmerie")
"""Entries that are classes of people or forces: every word for them is theirs."""


def _aliases(clusters: Mapping[Key, Cluster], names: Mapping[Key, str]) -> dict[Key, Key]:
    """All other surface forms; a form that is another entity's name, or more often another's, is left out."""
    counted: dict[Key, Counter[str]] = {}
    only = _bare_words(clusters)
    for key, cluster in clusters.items():
        forms: Counter[str] = Counter(only.get(key, ()))
        for unit in cluster.units:
            forms.update(unit.names)
            for mention in unit.mentions:
                if names[key].endswith(_GOVERNMENT) and clean(mention.text).casefold() in _TROOPS:
                    # "The soldiers" of a report on Mali are Malian soldiers: said so, they are found by either name.
                    people = names[key].removesuffix(_GOVERNMENT)
                    for word in (clean(mention.text).casefold(), "army", "military"):
                        forms.setdefault(f"{people} {word}", 1)
                bare = directions(mention.text) and not without_directions(mention.text)
                if bare:
                    continue  # "Eastern" alone names nothing
                if mention.how == "name" or (mention.lexicon and mention.refers_to is None and _tells(mention.text)):
                    forms[clean(mention.text)] += 1
                elif (
                    (mention.lexicon.startswith(_CLASSES) or clean(mention.text).casefold() in _FIGHTERS)
                    and mention.refers_to is None
                    and mention.lexicon
                ):
                    forms[clean(mention.text)] += 1  # "a priest" of "priests": a class of people is what its words say
                if mention.title[:1].isupper() and mention.how == "name" and mention.refers_to is None:
                    forms[f"{clean(mention.title)} {mention.core or clean(mention.text)}"] += 1
                if key[0] in {"unnamed", "described"} and mention.how == "description":
                    # Nobody named: the words as they stand, with their article, are all that is known.
                    forms.update({clean(mention.text): 1, " ".join(mention.text.split()): 1})
        for form in cluster.extra:
            forms[form] += 1
        counted[key] = forms
    owners: dict[str, list[tuple[int, int, Key]]] = defaultdict(list)
    for key, forms in counted.items():
        owners[fold(names[key])].append((0, 0, key))
        for form, number in forms.items():
            owners[fold(form)].append((1, -number, key))
    best = {form: min(entries)[2] for form, entries in owners.items()}
    return {
        key: tuple(
            sorted(
                form
                for form in forms
                if form
                and form != names[key]
                # "The rebels" are another party in each war's reports, and nobody's alone.
                and (best.get(fold(form)) == key or (form.casefold() in _FIGHTERS and key[0] == "lexicon"))
            )
        )
        for key, forms in counted.items()
    }


_GOVERNMENT = " government"
_TROOPS = frozenset("army military troops soldiers soldier forces".split()) | {"armed forces", "security forces"}
_ORGANS = frozenset("army military government regime junta police troops soldiers authorities navy marines".split())
"""What a state's organs are called in a report that tells of one state."""


def _bare_words(clusters: Mapping[Key, Cluster]) -> dict[Key, list[str]]:
    """The bare words, such as "the regime", that mean one party wherever they stand in all the reports read together."""
    bearers: dict[str, set[Key]] = defaultdict(set)
    for key, cluster in clusters.items():
        for unit in cluster.units:
            for mention in unit.mentions:
                word = clean(mention.text).casefold()
                if mention.kind == "actor" and mention.refers_to is None and word in _ORGANS:
                    bearers[word].add(key)
    found: dict[Key, list[str]] = defaultdict(list)
    for word, keys in sorted(bearers.items()):
        (key, *others) = sorted(keys)
        if not others and key[0] == "lexicon" and not str(key[1]).startswith(("generic.", "armed.")):
            found[key].append(word)
    return found


_LOOSE = frozenset(
    "their its his her our some other former current remaining several many most two three however actually own".split()
)


def _tells(words: str) -> bool:
    """Whether a description known to the lexicon tells whom it means: "regime forces" does, "their troops" does not."""
    form = clean(words).split()
    return (len(form) > 1 and form[0].casefold() not in _LOOSE) or any(word[:1].isupper() for word in form[1:])


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
        what = "A person" if cluster.family == "person" else "A source"
        parts.append(f"{what} that the report does not name, with the words that refer back to it.")
    elif key[0] == "described":
        parts.append("Described in the same words; that these are the same people is not claimed.")
    elif len(cluster.units) > 1:
        parts.append("The same name but for case, accents and articles.")
    for unit in cluster.units:
        for alias, full in unit.aliases:
            parts.append(f"“{clean(alias.text)}” is explained beside “{clean(full.text)}”.")
        if unit.named_after:
            words = clean(unit.first.text)
            parts.append(f"“{words}” is that of {unit.named_after}, the one town that the report gives for it.")
    parts += cluster.why
    return " ".join(dict.fromkeys(parts))
