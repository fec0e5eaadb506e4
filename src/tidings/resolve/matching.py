"""Pairs of entities whose names are alike: merged where there is no doubt, proposed where a person should decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log2
from typing import TYPE_CHECKING

from tidings.model import Evidence
from tidings.resolve.compare import CLASSES, Likeness, compare, forbidden, in_figures, initials, settings
from tidings.resolve.index import profile_of
from tidings.resolve.placing import Placed
from tidings.text.skeleton import PROFILES, shape

if TYPE_CHECKING:
    from tidings.resolve.clusters import Cluster

__all__ = ["Match", "match_clusters"]

Key = tuple[str, ...]
LARGEST_BLOCK = 80
"""Names that share one consonant group beyond this number are too common a group to compare within."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two clusters that are alike, with the evidence; ``merge`` where it is beyond doubt."""

    a: Key
    b: Key
    score: float
    evidence: tuple[Evidence, ...]
    merge: bool


def match_clusters(clusters: Mapping[Key, Cluster], placed: Placed) -> list[Match]:
    """Return merges and proposals among clusters, merges first, the surest first."""
    profiles = tuple(sorted({profile_of(country) for country in placed.countries})) or tuple(sorted(PROFILES))
    if "plain" not in profiles:
        profiles = (*profiles, "plain")
    named = {key: _forms(cluster) for key, cluster in clusters.items() if key[0] in _COMPARED and cluster.names}
    matches = []
    for a, b in sorted(_pairs(named, profiles)):
        match = _match(clusters[a], clusters[b], named[a], named[b], profiles)
        if match is not None:
            matches.append(match)
    matches += _acronyms(clusters, named)
    return sorted(matches, key=lambda match: (not match.merge, -match.score, match.a, match.b))


_COMPARED = frozenset({"name", "lexicon", "inside", "unplaced", "place"})


def _forms(cluster: Cluster) -> list[str]:
    """Names of a cluster; of a hill with its word too, so that "Kew Kep hill" meets "Jabal Kawkab"."""
    forms = set(cluster.names)
    for spot in cluster.spots:
        if spot.cue in {"hill", "mountain"}:
            forms.add(spot.unit.full)
    return sorted(forms)


def _pairs(named: Mapping[Key, list[str]], profiles: Iterable[str]) -> set[tuple[Key, Key]]:
    """Pairs of keys that share a consonant group and the class of the first consonant of each further word.

    Names that are nearly one agree in all their words; sharing "Ahmad" alone is no reason to compare.
    """
    blocks: dict[tuple[str, ...], set[Key]] = defaultdict(set)
    for key, names in named.items():
        side = "place" if key[0] in {"inside", "unplaced", "place"} else "agent"
        for name in names:
            for profile in profiles:
                for block in _blocks(name, profile):
                    blocks[side, profile, *block].add(key)
    return {
        pair
        for keys in blocks.values()
        if 1 < len(keys) <= LARGEST_BLOCK
        for pair in combinations(sorted(keys), 2)
        if _may(*pair)
    }


def _blocks(name: str, profile: str) -> set[tuple[str, str]]:
    parts = [part.consonants for part in shape(in_figures(name), profile) if not part.kind and part.consonants]
    whole = "".join(parts)
    found = {(whole, "")}
    for place, bones in enumerate(parts):
        others = sorted(part[0].translate(CLASSES) for number, part in enumerate(parts) if number != place)
        if len(bones) > 1:
            found.add((bones, "".join(others)))
    if len(whole) >= 5:
        found |= {(whole[:drop] + whole[drop + 1 :], "") for drop in range(len(whole))}
    return {block for block in found if len(block[0]) > 1}


def _may(a: Key, b: Key) -> bool:
    """Whether two keys can be one at all."""
    if a[0] == b[0] and a[0] in {"lexicon", "place"}:
        return False  # two entries of one register are two things
    if a[0] == "name" and b[0] == "name":
        return a[1] == b[1]
    if "inside" in {a[0], b[0]} or "unplaced" in {a[0], b[0]}:
        if a[0] == b[0] == "inside":
            # The same kind of thing in the same parent, or in a part of the other's parent.
            short, long = sorted((a[3:], b[3:]), key=len)
            return a[1] == b[1] and long[len(long) - len(short) :] == short
        return "lexicon" not in {a[0], b[0]} and "name" not in {a[0], b[0]}
    return True


def _match(a: Cluster, b: Cluster, names_a: list[str], names_b: list[str], profiles: tuple[str, ...]) -> Match | None:
    thresholds = settings()["thresholds"]
    if a.family != b.family:
        return None
    for one in names_a:
        for other in names_b:
            if forbidden(one, other):
                return None
    best: Likeness | None = None
    for one in names_a:
        for other in names_b:
            likeness = compare(one, other, profiles)
            if best is None or likeness.score > best.score:
                best = likeness
    if best is None or best.score < thresholds["propose"]:
        return None
    # A name that is exactly one that the lexicon's entry goes by is that entry.
    same_sort = a.key[0] == b.key[0] or (
        {a.key[0], b.key[0]} == {"name", "lexicon"} and best.comparator == "same words"
    )
    sure = best.score >= thresholds["merge"] and best.consonants >= thresholds["least_consonants"] and same_sort
    if a.family == "person" and _differ_in_a_word(names_a, names_b):
        sure = False
    return Match(a.key, b.key, best.score, (Evidence("name", _bits(best.score), best.why + "."),), sure)


def _differ_in_a_word(names_a: list[str], names_b: list[str]) -> bool:
    """A person's single name is no proof: there are many Muhammads."""
    return min(max(len(name.split()) for name in names) for names in (names_a, names_b)) < 2


def _bits(score: float) -> float:
    """Likeness as bits: .88 speaks 2 to 1, .95 about 16 to 1, 1.0 about 100 to 1 (the 57 pairs of the tests)."""
    return round(1 + (score - 0.88) * 47, 2) if score < 1 else round(log2(100), 2)


def _acronyms(clusters: Mapping[Key, Cluster], named: Mapping[Key, list[str]]) -> list[Match]:
    """Propose an acronym for the one full name whose initials it is; merge where one document holds both."""
    full: dict[str, set[Key]] = defaultdict(set)
    for key, names in named.items():
        if key[0] in {"name", "lexicon"} and clusters[key].family == "agent":
            for name in names:
                short = initials(name)
                if len(short) > 1:
                    full[short].add(key)
    found = []
    for key, names in sorted(named.items()):
        if key[0] != "name" or clusters[key].family != "agent":
            continue
        for name in names:
            letters = name.replace(".", "")
            owners = full.get(letters.casefold(), set()) - {key}
            if not letters.isupper() or not 2 <= len(letters) <= 6 or len(owners) != 1:
                continue
            owner = next(iter(owners))
            together = {unit.document for unit in clusters[key].units} & {
                unit.document for unit in clusters[owner].units
            }
            why = f"“{name}” is made of the initials of “{clusters[owner].name}”" + (
                ", and one report uses both." if together else "."
            )
            first, second = sorted((key, owner))
            evidence = (Evidence("initials", 5.0 if together else 2.0, why),)
            found.append(Match(first, second, 0.96 if together else 0.9, evidence, bool(together)))
    return found
