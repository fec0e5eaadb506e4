"""What the places of one report lie in, and what they are described by ("10 km west of X")."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tidings.model import Gazetteer, Mention, MentionId
from tidings.resolve.compare import compare, directions, without_directions
from tidings.resolve.spots import SAME, TOWNS, Spot, ranking
from tidings.resolve.units import NAMED_AFTER, Unit
from tidings.text.fold import core

__all__ = ["focus_of", "set_parents"]

_NEXT_TO = re.compile(r"\s*,\s+(?:in\s+)?(?:the\s+)?\Z|\s+\(\Z")
"""What stands between "Paris" and "Texas" where the second says where the first lies."""

_DIRECTED = re.compile(
    r"\s*[,(–—-]?\s*(?:(?:about|some|around|nearly|roughly)\s+)?"
    r"(?:(?P<number>\d+(?:\.\d+)?)[\s-]*(?P<unit>km|kms|kilomet(?:er|re)s?|mi|miles?)\s+)?"
    r"(?:to\s+)?(?:the\s+)?(?P<where>(?:north|south|east|west)[-\s]?(?:east|west)?)(?:ern)?\s+of\s+"
    r"(?:the\s+)?(?:(?:city|town|village|capital)\s+(?:of\s+)?)?\Z",
    re.IGNORECASE,
)
"""What stands between two names where the second says where the first lies: ", 10 km south-west of ". """

_LOCATED = re.compile(
    r"\s+(?:(?:set up|located|situated|based|built|lying)\s+)?(?:in|near|outside|inside)\s+"
    r"(?:the\s+)?(?:(?:nearby|outskirts of|suburbs of|centre of|center of)\s+)?(?:(?:city|town|village|district)\s+of\s+)?\Z"
)
"""What stands between a place inside a town, or a camp, and the town."""

_BEARINGS = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315}  # fmt: skip


def set_parents(
    numbers: Sequence[int],
    spots: Mapping[int, Spot],
    unit_of: Mapping[MentionId, int],
    text: str,
    gazetteer: Gazetteer,
) -> None:
    """Set the parent, the anchor and the ends of each spot of one document.

    A parent is what the words name, else the region behind a comma, else (for places inside a town) the report's
    chief town.
    """
    mentions = sorted(
        (
            (mention, number)
            for number in numbers
            for mention in spots[number].unit.mentions
            if mention.how == "name" and mention.refers_to is None
        ),
        key=lambda pair: (pair[0].start, -pair[0].end, pair[0].id),
    )
    behind = _behind_comma(mentions, spots, text, gazetteer)
    for number in numbers:
        spot = spots[number]
        said, meant = _named_parents(number, spots, unit_of)
        best = said or behind.get(number) or _near_by(spot, meant, spots)
        if best:
            chosen = min(best, key=lambda other: (-best[other], other))
            spot.parent, spot.parent_said = spots[chosen], best is said or best is behind.get(number)
        _anchor(number, spots, unit_of)
    _directed(mentions, spots, text)
    _coordinated(mentions, spots, text)
    _parts_of_others(numbers, spots, gazetteer)
    _named_after(numbers, spots, gazetteer)
    focus = focus_of(numbers, spots)
    for number in numbers:
        spot = spots[number]
        if spot.cue == "camp" and not spot.parent_said:
            spot.parent = None  # camps lie far from the towns whose people they shelter
        elif (
            spot.parent is None
            and spot.sort in {"sub", "soft", "road"}
            and spot.cue != "border"
            and focus is not None
            and focus != number
        ):
            spot.parent = spots[focus]
    for number in numbers:
        _stop_loops(spots[number])


_BOTH = re.compile(r"\s*(?:,|and|or|&|/)\s*\Z")


def complete_names(units: Sequence[Unit], texts: Mapping[str, str]) -> None:
    """Give "Eastern" its name in "Eastern and Western Ghouta"."""
    by_document: dict[str, list[tuple[Mention, Unit]]] = defaultdict(list)
    for unit in units:
        if unit.family == "place" and unit.names:
            by_document[unit.document] += [
                (mention, unit) for mention in unit.mentions if mention.how == "name" and mention.refers_to is None
            ]
    for document, pairs in by_document.items():
        text = texts.get(document, "")
        pairs.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[0].id))
        for (mention, unit), (after, other) in reversed(list(pairwise(pairs))):
            if without_directions(unit.sought) or not directions(unit.sought) or mention.end > after.start:
                continue
            rest = _PLAIN_DIRECTION.sub("", other.sought).strip()
            if (
                rest
                and rest != other.sought
                and directions(other.sought)
                and _BOTH.match(text[mention.end : after.start])
            ):
                unit.rename(f"{unit.sought} {rest}")


_PLAIN_DIRECTION = re.compile(
    r"^(?:(?:north|south)[- ]?)?(?:north|south|east|west)(?:ern)?\s+|\s+(?:north|south|east|west)(?:ern)?$",
    re.IGNORECASE,
)


def focus_of(numbers: Sequence[int], spots: Mapping[int, Spot]) -> int | None:
    """Return the number of the town that the report names most often, or None."""
    counted = {
        number: sum(
            mention.cue is None or mention.cue.relation != "dateline" for mention in spots[number].unit.mentions
        )
        for number in numbers
        if spots[number].sort == "town" and spots[number].unit.names
    }
    # Where a report was written says little of what it is about.
    return min(counted, key=lambda number: (-counted[number], number)) if counted else None


def _behind_comma(
    mentions: Sequence[tuple[Mention, int]], spots: Mapping[int, Spot], text: str, gazetteer: Gazetteer
) -> dict[int, Counter[int]]:
    """Regions and countries that stand behind a name and a comma: "Paris, Texas"; members of a list are none."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for (mention, number), (after, other) in pairwise(mentions):
        between = text[mention.end : after.start] if mention.end <= after.start else "-"
        if number != other and spots[number].sort in {"sub", "soft"} and _LOCATED.match(between):
            found[number][other] += 1
            continue
        if number == other or not _NEXT_TO.match(between):
            continue
        if spots[number].sort == "country" or spots[other].sort in {"sub", "road"}:
            continue
        wide = gazetteer.lookup(spots[other].unit.sought, kinds=("country", "admin1", "region"))
        own = gazetteer.lookup(spots[number].unit.sought, kinds=("country",))
        if wide and wide[0].score >= 0.98 and not (own and own[0].score >= 0.98):
            found[number][other] += 1
    return found


def _near_by(spot: Spot, meant: Counter[int], spots: Mapping[int, Spot]) -> Counter[int]:
    """Parents that the reader took from the context; a village is not "in Russia" for want of a nearer place."""
    if spot.sort not in {"sub", "soft"}:
        return meant
    return Counter({number: count for number, count in meant.items() if spots[number].sort not in {"country", "part"}})


def _named_parents(
    number: int, spots: Mapping[int, Spot], unit_of: Mapping[MentionId, int]
) -> tuple[Counter[int], Counter[int]]:
    said: Counter[int] = Counter()
    meant: Counter[int] = Counter()
    for mention in spots[number].unit.mentions:
        if mention.refers_to is None and mention.cue is not None and mention.cue.parent is not None:
            other = unit_of.get(mention.cue.parent, number)
            if other != number and other in spots:
                (said if mention.cue.parent_said else meant)[other] += 1
    return said, meant


def _anchor(number: int, spots: Mapping[int, Spot], unit_of: Mapping[MentionId, int]) -> None:
    spot = spots[number]
    for mention in spot.unit.mentions:
        cue = mention.cue
        if cue is None or mention.refers_to is not None:
            continue
        if cue.ends and not spot.ends:
            ends = [unit_of.get(end, number) for end in cue.ends]
            spot.ends = tuple(spots[end] for end in ends if end in spots and end != number)
        if cue.anchor is not None and spot.anchor is None:
            other = unit_of.get(cue.anchor, number)
            if other != number and other in spots:
                spot.anchor, spot.relation = spots[other], cue.relation or "near"
                spot.distance_m, spot.bearing = cue.distance_m, cue.bearing
        if cue.relation == "part" and cue.bearing is not None and spot.sort == "part":
            spot.bearing = cue.bearing


def _directed(mentions: Sequence[tuple[Mention, int]], spots: Mapping[int, Spot], text: str) -> None:
    """Let "Jebel X, south-west of Y" be described by Y."""
    for (mention, number), (after, other) in pairwise(mentions):
        spot = spots[number]
        if number == other or spot.anchor is not None or mention.end > after.start or spot.sort in {"country", "admin"}:
            continue
        found = _DIRECTED.match(text[mention.end : after.start])
        if found is None:
            continue
        spot.anchor, spot.relation = spots[other], "of"
        spot.bearing = _BEARINGS[re.sub(r"[-\s]", "", found["where"].casefold())]
        if found["number"]:
            miles = found["unit"].casefold().startswith("mi")
            spot.distance_m = int(float(found["number"]) * (1609.34 if miles else 1000))


_AND = re.compile(
    r"\s*(?:,|and|or|&|,\s*and|\s|villages?|neighbou?rhoods?|districts?|hills?|towns?|quarters?|areas?|the)*\Z"
)


def _coordinated(mentions: Sequence[tuple[Mention, int]], spots: Mapping[int, Spot], text: str) -> None:
    """Hand what describes the last of "A and B villages and C hill, east of D" back to the others."""
    for (mention, number), (after, other) in reversed(list(pairwise(mentions))):
        spot, last = spots[number], spots[other]
        if number == other or spot.anchor is not None or last.anchor is None or last.anchor is spot:
            continue
        if not {spot.sort, last.sort} <= {"sub", "soft"} or mention.end > after.start:
            continue
        if _AND.match(text[mention.end : after.start]):
            spot.anchor, spot.relation = last.anchor, last.relation
            spot.distance_m, spot.bearing = last.distance_m, last.bearing


def _parts_of_others(numbers: Sequence[int], spots: Mapping[int, Spot], gazetteer: Gazetteer) -> None:
    """Let "Eastern Nashwa" lie where "Nashwa" does: a name with a direction is a part of the name without it."""
    named = [number for number in numbers if spots[number].unit.names]
    for number in named:
        spot = spots[number]
        rest = without_directions(spot.unit.sought)
        if spot.sort not in {"town", "soft"} or not directions(spot.unit.sought) or not rest:
            continue
        if _has_own_name(spot, gazetteer):
            continue
        for other in named:
            whole = spots[other]
            if other == number or directions(whole.unit.sought) or whole.sort not in {"sub", "town", "soft"}:
                continue
            # "Nashwas Sharqiya": the plural of a part is the whole's name too.
            if any(compare(form, whole.unit.sought).score >= 0.88 for form in {rest, rest.removesuffix("s")}):
                spot.sort, spot.cue = "sub", whole.cue or "neighbourhood"
                spot.parent, spot.parent_said = whole, False
                break
        else:
            _part_of_region(spot, rest, gazetteer)


def _has_own_name(spot: Spot, gazetteer: Gazetteer) -> bool:
    """Whether a large place is called so: "South Sudan", "South America", "West Virginia", "Northampton"."""
    least = ranking()["limits"]["known_weight"]
    return any(place.score >= SAME and place.weight >= least for place in gazetteer.lookup(spot.unit.sought))


def _part_of_region(spot: Spot, rest: str, gazetteer: Gazetteer) -> None:
    """Let "Northern Europe" be a part of Europe; "South Sudan" and "West Virginia" are names of their own."""
    bearing = _BEARINGS.get(directions(spot.unit.sought)[0])
    if bearing is None or any(place.score >= SAME for place in gazetteer.lookup(spot.unit.sought)):
        return
    wide = [place for place in gazetteer.lookup(rest, kinds=_WHOLES) if place.score >= SAME]
    if wide:
        spot.sort, spot.bearing = "part", bearing
        spot.parent = Spot(unit=spot.unit, sort="country", place=wide[0], method="gazetteer")


_WHOLES = ("country", "continent", "admin1", "region")


def _named_after(numbers: Sequence[int], spots: Mapping[int, Spot], gazetteer: Gazetteer) -> None:
    """Let "Da Nang airport" lie in Da Nang: a facility that bears the name of a town lies there."""
    towns = {
        core(spots[number].unit.sought): number
        for number in numbers
        if spots[number].sort == "town" and spots[number].unit.names
    }
    least = ranking()["limits"]["namesake_weight"]
    for number in numbers:
        spot = spots[number]
        if (
            spot.parent_said
            or spot.cue not in NAMED_AFTER
            or not spot.unit.names
            or spot.ends
            or spot.anchor is not None
        ):
            continue
        bare = _without_facility(spot.unit.sought)
        town = (
            towns[core(bare)]
            if core(bare) in towns
            else next(
                (
                    number
                    for name, number in sorted(towns.items())
                    if compare(bare, name).score >= ranking()["limits"]["alike"]
                ),
                None,
            )
        )
        if town is not None and town != number:
            spot.parent = spots[town]
            continue
        if _FACILITIES.issuperset(bare.casefold().split()):
            continue  # "Central Prison" bears no town's name
        large = [
            place
            for place in gazetteer.lookup(bare)
            if place.score >= SAME and place.weight >= least and place.kind in TOWNS
        ]
        if large and spot.sort in {"sub", "soft"} and spot.cue in {"facility", "camp"}:
            spot.parent = Spot(unit=spot.unit, sort="town", place=large[0], method="gazetteer")


_FACILITIES = frozenset(
    "airport airbase airfield port harbour harbor hospital clinic university prison base barracks camp crossing station market stadium "
    "bridge school mosque church refinery roundabout junction checkpoint international central general city military naval air".split()
)


def _without_facility(name: str) -> str:
    """Return a name without the words for a facility behind it: "Hodeidah" for "Hodeidah airport"."""
    words = name.split()
    while len(words) > 1 and words[-1].casefold() in _FACILITIES:
        words.pop()
    return " ".join(words)


def _stop_loops(spot: Spot) -> None:
    seen = {id(spot)}
    step = spot
    while step.parent is not None:
        if id(step.parent) in seen:
            step.parent = None
            return
        seen.add(id(step.parent))
        step = step.parent
