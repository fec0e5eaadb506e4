"""Units of kind place to spots, and spots to places: parents, the war's countries, sorts inherited from other reports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tidings.model import Document, Gazetteer, GazetteerPlace, MentionId
from tidings.resolve.places import Spot, rank_document, ranking
from tidings.resolve.units import SUB_KINDS, Unit
from tidings.text.skeleton import skeleton

__all__ = ["Placed", "place_units"]

_NEXT_TO = re.compile(r"\s*,\s+(?:in\s+)?(?:the\s+)?\Z|\s+\(\Z")
"""What stands between "Paris" and "Texas" where the second says where the first lies."""


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
    units: Sequence[Unit], texts: Mapping[str, str], gazetteer: Gazetteer, *, homes: Mapping[str, str] = _NOWHERE
) -> Placed:
    """Return where each unit of kind place lies."""
    placed = Placed(unit_of={mention.id: number for number, unit in enumerate(units) for mention in unit.mentions})
    kinds = _kinds_elsewhere(units)
    by_document: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        if unit.family == "place" and (unit.names or unit.place == "relative" or _described(unit)):
            placed.spots[number] = _spot(unit, kinds)
            by_document[unit.document].append(number)
    for document, numbers in by_document.items():
        _parents(numbers, placed, texts.get(document, ""))
    for number in placed.spots:
        _stop_loops(placed.spots[number])
    # First every report by itself, then all in the light of the countries that most of them speak of.
    for document, numbers in by_document.items():
        home = homes.get(document, "")
        rank_document([placed.spots[number] for number in numbers], gazetteer, war={}, countries=(), home=home)
    placed.shares = _shares(placed)
    ruling = ranking()["limits"]["share_rules"]
    if placed.shares and max(placed.shares.values()) >= ruling / 2:
        placed.countries = tuple(
            country
            for country, share in sorted(placed.shares.items(), key=lambda item: (-item[1], item[0]))
            if share >= 0.05
        )
        for document, numbers in by_document.items():
            rank_document(
                [placed.spots[number] for number in numbers],
                gazetteer,
                war=placed.shares,
                countries=placed.countries,
                home=homes.get(document, ""),
            )
    return placed


def _described(unit: Unit) -> bool:
    return any(mention.cue is not None and mention.cue.kind for mention in unit.mentions)


def _cue_kind(unit: Unit) -> str:
    counted = Counter(mention.cue.kind for mention in unit.mentions if mention.cue is not None and mention.cue.kind)
    return min(counted, key=lambda kind: (-counted[kind], kind)) if counted else ""


def _kinds_elsewhere(units: Sequence[Unit]) -> dict[str, str]:
    """What the reports together say a name is: one report's "Panorama checkpoint" explains another's "Panorama"."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in units:
        if unit.family == "place" and unit.names:
            for mention in unit.mentions:
                if mention.cue is not None and mention.cue.kind and unit.place != "admin":
                    counted[skeleton(unit.sought)][mention.cue.kind] += 1
    return {bones: min(kinds, key=lambda kind: (-kinds[kind], kind)) for bones, kinds in counted.items()}


def _spot(unit: Unit, kinds: Mapping[str, str]) -> Spot:
    cue = _cue_kind(unit)
    if not cue and unit.place == "town" and unit.names:
        cue = kinds.get(skeleton(unit.sought), "")
    sort = unit.place
    if sort == "town" and cue in SUB_KINDS:
        sort = "sub"
    return Spot(unit=unit, sort=sort, cue=cue)


def _parents(numbers: Sequence[int], placed: Placed, text: str) -> None:
    """Set each spot's parent: the one its words name, the name behind a comma, else the report's chief town."""
    mentions = sorted(
        (
            (mention, number)
            for number in numbers
            for mention in placed.spots[number].unit.mentions
            if mention.how == "name"
        ),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    follows: dict[int, Counter[int]] = defaultdict(Counter)
    for (mention, number), (after, other) in pairwise(mentions):
        if number != other and mention.end <= after.start and _NEXT_TO.match(text[mention.end : after.start]):
            follows[number][other] += 1
    for number in numbers:
        spot = placed.spots[number]
        said: Counter[int] = Counter()
        meant: Counter[int] = Counter()
        for mention in spot.unit.mentions:
            if mention.cue is not None and mention.cue.parent in placed.unit_of:
                other = placed.unit_of[mention.cue.parent]
                if other != number and other in placed.spots:
                    (said if mention.cue.parent_said else meant)[other] += 1
        best = said or meant or follows.get(number)
        if best:
            chosen = min(best, key=lambda other: (-best[other], other))
            spot.parent = placed.spots[chosen]
            spot.parent_said = bool(said) or not meant
        elif spot.sort == "sub":
            focus = _focus(numbers, placed)
            spot.parent = placed.spots[focus] if focus is not None and focus != number else None


def _focus(numbers: Sequence[int], placed: Placed) -> int | None:
    """The town that the report names most often."""
    towns = [number for number in numbers if placed.spots[number].sort == "town" and placed.spots[number].unit.names]
    if not towns:
        return None
    return min(towns, key=lambda number: (-len(placed.spots[number].unit.mentions), number))


def _stop_loops(spot: Spot) -> None:
    seen = {id(spot)}
    step = spot
    while step.parent is not None:
        if id(step.parent) in seen:
            step.parent = None
            return
        seen.add(id(step.parent))
        step = step.parent


def _shares(placed: Placed) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for spot in placed.spots.values():
        if spot.place is not None and spot.place.country:
            counted[spot.place.country] += min(3, len(spot.unit.mentions))
    total = sum(counted.values())
    return {country: counted[country] / total for country in sorted(counted)} if total else {}


def place_of(spot: Spot | None) -> GazetteerPlace | None:
    """Return the place of a spot, or of the nearest parent that has one."""
    while spot is not None:
        if spot.place is not None:
            return spot.place
        spot = spot.parent
    return None
