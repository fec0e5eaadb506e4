"""Which referents of different reports are one: clusters, merges where there is no doubt, proposals, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tidings.model import Decision, Entity, EntityId, Evidence, MentionId, Proposal
from tidings.resolve.clusters import STRENGTH, Cluster, Key, gather_clusters, ids_of_clusters
from tidings.resolve.compare import forbidden
from tidings.resolve.entities import make_entities
from tidings.resolve.matching import Match, match_clusters
from tidings.resolve.placing import Placed
from tidings.resolve.units import Unit, clean, name_of
from tidings.resolve.verdicts import Rulings, proposal_id, read_rulings, sentence
from tidings.text.fold import core, fold

__all__ = ["Identity", "identify"]


@dataclass(slots=True)
class Identity:
    """Entities, who is which, and what remains to be decided."""

    entities: list[Entity]
    mentions: dict[MentionId, EntityId]
    proposals: list[Proposal]
    publishers: dict[str, str]


def identify(
    units: Sequence[Unit], placed: Placed, publishers: Sequence[str], decisions: Sequence[Decision]
) -> Identity:
    """Return the entities of all units, with proposals for the pairs that a person should decide.

    Args:
        units: The units of all documents, in order.
        placed: Where those of kind place lie.
        publishers: The publishers of all documents, which are entities too.
        decisions: Verdicts in the order in which they were taken.
    """
    rulings = read_rulings(decisions)
    clusters, _ = gather_clusters(units, placed)
    published = _publishers(clusters, publishers)
    ids = ids_of_clusters(clusters)
    matched = _ruled(match_clusters(clusters, placed), ids, rulings)
    sets = _Merged(clusters, ids, rulings)
    for match in matched:
        if match.merge:
            sets.join(match)
    for key in sorted(clusters):
        for forms, decision in rulings.splits.get(ids[key], ()):
            _split(clusters, ids, key, forms, decision)
    entities = [rulings.corrected(entity) for entity in make_entities(clusters, ids)]
    mentions = {mention.id: ids[key] for key, cluster in clusters.items() for mention in cluster.mentions}
    return Identity(
        entities=entities,
        mentions=mentions,
        proposals=_proposals(matched, sets, ids, rulings),
        publishers={name: ids[sets.find(key)] for name, key in published.items()},
    )


def _publishers(clusters: dict[Key, Cluster], publishers: Sequence[str]) -> dict[str, Key]:
    by_name: dict[str, Key] = {}
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


def _ruled(matched: Sequence[Match], ids: Mapping[Key, EntityId], rulings: Rulings) -> list[Match]:
    """Let decisions overrule the comparisons: accepted and merged pairs come first, refused ones never merge."""
    by_id = {entity: key for key, entity in ids.items()}
    ruled: dict[str, Match] = {}
    for a, b, decision in rulings.merges:
        if a in by_id and b in by_id and a != b and rulings.verdict(a, b) == "accepted":
            first, second = sorted((by_id[EntityId(a)], by_id[EntityId(b)]))
            evidence = (Evidence("decision", 20.0, sentence(decision)),)
            ruled[proposal_id(a, b)] = Match(first, second, 1.0, evidence, merge=True)
    for match in matched:
        a, b = ids[match.a], ids[match.b]
        verdict = rulings.verdict(a, b)
        if proposal_id(a, b) in ruled:
            continue
        if verdict != "open":
            reasons = (*rulings.evidence(a, b), *match.evidence)
            one = verdict == "accepted"
            match = Match(match.a, match.b, 1.0 if one else match.score, reasons, one)
        ruled[proposal_id(a, b)] = match
    return sorted(ruled.values(), key=lambda match: (not match.merge, -match.score, match.a, match.b))


class _Merged:
    """Union-find over clusters that folds the weaker into the stronger, unless that would join what must stay apart."""

    def __init__(self, clusters: dict[Key, Cluster], ids: Mapping[Key, EntityId], rulings: Rulings) -> None:
        self._clusters = clusters
        self._up = {key: key for key in clusters}
        self._held: dict[Key, list[Key]] = {key: [key] for key in clusters}
        self._ids = ids
        self._rulings = rulings

    def find(self, key: Key) -> Key:
        """Return the key of the cluster that ``key`` went into."""
        while self._up[key] != key:
            self._up[key] = self._up[self._up[key]]
            key = self._up[key]
        return key

    def join(self, match: Match) -> None:
        """Merge two clusters, unless two of their parts are kept apart."""
        a, b = self.find(match.a), self.find(match.b)
        decided = match.evidence[0].what == "decision"
        if a == b or self._apart(a, b, decided=decided):
            return
        into, gone = sorted((a, b), key=lambda key: (STRENGTH.get(key[0], 9), key))
        whole, part = self._clusters[into], self._clusters.pop(gone)
        whole.units += part.units
        whole.spots += part.spots
        whole.extra += part.extra
        whole.publisher = whole.publisher or part.publisher
        whole.why += [*part.why, match.evidence[0].why]
        self._up[gone] = into
        self._held[into] += self._held.pop(gone)

    def _apart(self, a: Key, b: Key, *, decided: bool) -> bool:
        for one in self._held[a]:
            for other in self._held[b]:
                if self._rulings.verdict(self._ids[one], self._ids[other]) == "refused":
                    return True
        if decided:
            return False
        return any(forbidden(x, y) for x in self._clusters[a].names for y in self._clusters[b].names)


def _split(
    clusters: dict[Key, Cluster], ids: dict[Key, EntityId], key: Key, forms: frozenset[str], decision: Decision
) -> None:
    """Take what is called by ``forms`` out of a cluster into one of its own."""
    cluster = clusters[key]
    new = Cluster(key=(*key, "split", decision.id), family=cluster.family, why=[sentence(decision)])
    for unit in list(cluster.units):
        taken = [m for m in unit.mentions if m.how == "name" and {fold(name_of(m)), fold(clean(m.text))} & forms]
        if not taken:
            continue
        left = [mention for mention in unit.mentions if mention not in taken]
        spots = [spot for spot in cluster.spots if spot.unit is unit]
        if not any(mention.how == "name" for mention in left):
            cluster.units.remove(unit)
            new.units.append(unit)
            cluster.spots = [spot for spot in cluster.spots if spot.unit is not unit]
            new.spots += spots
            continue
        part = Unit(document=unit.document, family=unit.family, mentions=taken, lexicon=unit.lexicon, place=unit.place)
        part.names.update(name_of(mention) for mention in taken)
        part.forms.update(clean(mention.text) for mention in taken)
        unit.mentions = left
        unit.names -= part.names
        new.units.append(part)
        new.spots += spots
    if not new.units or not cluster.units:
        cluster.units += new.units
        return
    clusters[new.key] = new
    ids[new.key] = ids_of_clusters({new.key: new})[new.key]


def _proposals(
    matched: Sequence[Match], sets: _Merged, ids: Mapping[Key, EntityId], rulings: Rulings
) -> list[Proposal]:
    """Pairs that are likely one but not merged, and those that a person decided, each once."""
    found: dict[str, Proposal] = {}
    for match in matched:
        a, b = ids[sets.find(match.a)], ids[sets.find(match.b)]
        standing = rulings.verdict(ids[match.a], ids[match.b])
        if a == b and standing != "accepted":
            continue
        name = proposal_id(ids[match.a], ids[match.b]) if standing != "open" else proposal_id(a, b)
        found.setdefault(name, Proposal(id=name, a=min(a, b), b=max(a, b), evidence=match.evidence, standing=standing))
    return list(found.values())
