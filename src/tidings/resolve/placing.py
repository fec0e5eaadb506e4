"""Units of kind place to spots, and spots to places, first each report alone, then in the light of the war."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tidings.model import Document, Gazetteer, MentionId
from tidings.resolve.parents import complete_names, set_parents
from tidings.resolve.places import rank_document
from tidings.resolve.spots import SAME, Spot, ranking
from tidings.resolve.units import NAMED_AFTER, SOFT_KINDS, SUB_KINDS, Unit, own_cues
from tidings.text.skeleton import skeleton

__all__ = ["Placed", "home_country", "place_units"]

_NOWHERE: Mapping[str, str] = {}
_HOST_END = re.compile(r"(?:^|[\w-]\.)(?:com?\.|org\.|net\.|gov\.)?([a-z]{2})(?:[/:?#].*)?\Z")
# Two-letter endings that are sold to everybody say nothing of a country.
_SOLD = frozenset("ai am cc co fm gg im io is la ly me nu re sh st to tv ws".split())


def home_country(document: Document) -> str:
    """Return the ISO code that the ending of the publisher's address gives, or an empty string."""
    for address in (document.publisher, document.url):
        host = address.casefold().removeprefix("https://").removeprefix("http://").split("/", 1)[0]
        found = _HOST_END.search(host) if "." in host and " " not in host else None
        if found and found.group(1) not in _SOLD:
            return {"uk": "GB"}.get(found.group(1), found.group(1).upper())
    return ""


@dataclass(slots=True)
class Placed:
    """Spots by the number of their unit, the war's countries (most frequent first), and who holds which mention."""

    spots: dict[int, Spot] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    shares: dict[str, float] = field(default_factory=dict)
    unit_of: dict[MentionId, int] = field(default_factory=dict)


def place_units(
    units: Sequence[Unit],
    texts: Mapping[str, str],
    gazetteer: Gazetteer,
    *,
    homes: Mapping[str, str] = _NOWHERE,
) -> Placed:
    """Return where each unit of kind place lies.

    Args:
        units: The units of all documents, in order.
        texts: The documents' texts by id.
        gazetteer: Where names are looked up.
        homes: The country of each document's publisher, where its address tells.
    """
    placed = Placed(unit_of={mention.id: number for number, unit in enumerate(units) for mention in unit.mentions})
    complete_names(units, texts)
    kinds = _kinds_elsewhere(units, gazetteer)
    by_document: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        if unit.family == "place" and (unit.names or own_cues(unit)):
            placed.spots[number] = _spot(unit, kinds, gazetteer)
            by_document[unit.document].append(number)
    for document, numbers in by_document.items():
        set_parents(numbers, placed.spots, placed.unit_of, texts.get(document, ""), gazetteer)
    # First every report by itself, then all in the light of the countries that most of them speak of.
    for document, numbers in by_document.items():
        spots = [placed.spots[number] for number in numbers]
        rank_document(spots, gazetteer, war={}, countries=(), home=homes.get(document, ""))
    placed.shares = _shares(placed)
    if placed.shares and max(placed.shares.values()) >= ranking()["limits"]["share_rules"] / 2:
        placed.countries = tuple(
            country
            for country, share in sorted(placed.shares.items(), key=lambda item: (-item[1], item[0]))
            if share >= ranking()["limits"]["share_counts"]
        )
        for document, numbers in by_document.items():
            spots = [placed.spots[number] for number in numbers]
            home = homes.get(document, "")
            rank_document(spots, gazetteer, war=placed.shares, countries=placed.countries, home=home)
    return placed


def _cue_kind(unit: Unit) -> str:
    counted = Counter(cue.kind for cue in own_cues(unit) if cue.kind)
    return min(counted, key=lambda kind: (-counted[kind], kind)) if counted else ""


def _kinds_elsewhere(units: Sequence[Unit], gazetteer: Gazetteer) -> dict[str, str]:
    """What the reports together say a name is: one report's "Panorama checkpoint" explains another's "Panorama".

    A name that a town of some size bears somewhere is explained only where most of its mentions say what it is.
    """
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    bare: Counter[str] = Counter()
    towns: set[str] = set()
    for unit in units:
        if unit.family == "place" and unit.names and unit.place in {"town", "sub", "soft"}:
            bones = skeleton(unit.sought)
            cues = own_cues(unit)
            for cue in cues:
                counted[bones][cue.kind] += 1
            bare[bones] += sum(unit.names.values()) - len(cues)
            if _is_town(unit.sought, gazetteer):
                towns.add(bones)
    return {
        bones: min(kinds, key=lambda kind: (-kinds[kind], kind))
        for bones, kinds in counted.items()
        if bones not in towns or kinds.total() > bare[bones]
    }


def _is_town(name: str, gazetteer: Gazetteer) -> bool:
    least = ranking()["limits"]["known_weight"]
    return any(place.score >= SAME and place.weight >= least for place in gazetteer.lookup(name))


def _spot(unit: Unit, kinds: Mapping[str, str], gazetteer: Gazetteer) -> Spot:
    cue = _cue_kind(unit)
    sort = unit.place
    if cue in NAMED_AFTER and unit.names and unit.full == unit.sought and _is_town(unit.sought, gazetteer):
        cue, sort = "", "town"  # a town's bare name, whatever was said beside it
    if not cue and sort == "town" and unit.names:
        cue = kinds.get(skeleton(unit.sought), "")
        if cue in SUB_KINDS:
            sort = "sub"
        elif cue in SOFT_KINDS:
            sort = "soft"
    return Spot(unit=unit, sort=sort, cue=cue)


def _shares(placed: Placed) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for spot in placed.spots.values():
        if spot.place is not None and spot.place.country:
            counted[spot.place.country] += min(3, len(spot.unit.mentions))
    total = sum(counted.values())
    return {country: counted[country] / total for country in sorted(counted)} if total else {}
