"""Facilities that a report names only by their kind: "the airport" of a report on Kabul is Kabul airport.

A careful reader gives such a facility the name of its town. That is done here only where the context gives exactly one
town: the words beside it ("the airport in Kabul"), else the one town that its own sentence places something in, else
the town where most of what the report tells happened. Elsewhere "the airport" stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tidings.model import Attribution, Mention, Reading
from tidings.resolve.compare import settings
from tidings.resolve.placing import Placed
from tidings.resolve.spots import TOWNS, Spot
from tidings.resolve.units import Unit, clean
from tidings.text.fold import fold

__all__ = ["name_facilities"]

AHEAD = 2
"""How many times as many claims as any other town the town of a report has."""
_LED = re.compile(
    r"\b(?:in|at|near|outside|inside|around)\s+(?:the\s+(?:city|town|village|port)\s+of\s+)?\Z", re.IGNORECASE
)
"""What stands before a town that something of its sentence lies in; "from X" and "X says" place nothing there."""
_BEHIND = re.compile(r"\s+(?:in|at|of)\s+(?:the\s+(?:city|town|village|port)\s+of\s+)?\Z", re.IGNORECASE)
"""What stands between a facility and the town that the words say it is in."""
_ENDS = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[A-Z“\"‘(•–-])|\n\s*\n|\n\s*[•*–-]")


def name_facilities(
    units: Sequence[Unit], placed: Placed, readings: Sequence[Reading], texts: Mapping[str, str]
) -> None:
    """Give the facilities that are named only by their kind the name of the one town that the context gives.

    Renames units, sets the parents of their spots to that town, and leaves all else alone.

    Args:
        units: The units of all documents, in order.
        placed: Their spots, with parents.
        readings: The readings, whose claims say where things happened.
        texts: The documents' texts by id.
    """
    by_document: dict[str, list[int]] = defaultdict(list)
    for number, spot in placed.spots.items():
        by_document[spot.unit.document].append(number)
    for reading in readings:
        numbers = by_document.get(reading.document, [])
        nameless = [(number, word) for number in numbers if (word := _kind_word(units[number]))]
        if not nameless:
            continue
        towns = [number for number in numbers if _is_town(placed.spots[number])]
        chief = _chief_town(reading, placed, towns)
        text = texts.get(reading.document, "")
        for number, word in nameless:
            spot = placed.spots[number]
            town = _said_town(spot, towns, placed, text) or (
                _town_of(spot, towns, chief, placed, reading, text)
                if clean(spot.unit.first.text).casefold() == word and not _others(numbers, word, placed, towns)
                else None
            )
            if town is None:
                continue
            if spot.parent is not town:
                spot.parent, spot.place, spot.area, spot.method = town, None, None, "inside its parent"
            name = town.unit.sought
            port = word in settings()["facilities"]["of"]
            spot.unit.rename(f"{word} of {name}" if port else f"{name} {word}")
            spot.unit.named_after = name


def _kind_word(unit: Unit) -> str:
    """Return the word for the kind of facility where a unit is described by nothing else, or an empty string."""
    first = unit.first
    if unit.names or unit.lexicon or first.how != "description" or first.refers_to is not None or first.cue is None:
        return ""
    data = settings()["facilities"]
    words = clean(first.text).casefold().split()
    for size in (2, 1):
        word = " ".join(words[-size:])
        if len(words) >= size and word in data["words"] and set(words[:-size]) <= set(data["plain"]):
            return word
    return ""


def _is_town(spot: Spot) -> bool:
    return spot.sort == "town" and bool(spot.unit.names) and (spot.place is None or spot.place.kind in TOWNS)


def _said_town(spot: Spot, towns: Sequence[int], placed: Placed, text: str) -> Spot | None:
    """The town that the words beside the facility name: "the old airport at X"."""
    if spot.parent is not None and spot.parent_said and _is_town(spot.parent):
        return spot.parent
    end = spot.unit.first.end
    for number in towns:
        for mention in placed.spots[number].unit.mentions:
            if mention.how == "name" and end < mention.start < end + 40 and _BEHIND.match(text[end : mention.start]):
                return placed.spots[number]
    return None


def _others(numbers: Sequence[int], word: str, placed: Placed, towns: Sequence[int]) -> bool:
    """Whether the report names a facility of that kind in other words than its town's: which "the airport" is, is not known."""
    names = {fold(placed.spots[number].unit.sought) for number in towns}
    for number in numbers:
        unit = placed.spots[number].unit
        for form in unit.names:
            held = fold(form).removesuffix(" " + word) if fold(form).endswith(" " + word) else ""
            if held and held not in names:
                return True
    return False


def _chief_town(reading: Reading, placed: Placed, towns: Sequence[int]) -> Spot | None:
    """The town where most of what a report tells happened; none where another has more than half as many claims."""
    counted: Counter[int] = Counter()
    for claim in reading.claims:
        held = {
            number
            for mention in claim.places
            if (number := _up(placed.unit_of.get(mention), placed, towns)) is not None
        }
        counted.update(held)
    ranked = sorted(counted, key=lambda number: (-counted[number], number))
    if not ranked or (len(ranked) > 1 and counted[ranked[0]] < AHEAD * counted[ranked[1]]):
        return None
    return placed.spots[ranked[0]]


def _up(number: int | None, placed: Placed, towns: Sequence[int]) -> int | None:
    """Return the number of the town that a place is, or is said to lie in."""
    if number is None or number not in placed.spots:
        return None
    if number in towns:
        return number
    spot = placed.spots[number]
    if spot.parent is None or not spot.parent_said:
        return None
    return next((town for town in towns if placed.spots[town] is spot.parent), None)


def _town_of(
    spot: Spot,
    towns: Sequence[int],
    chief: Spot | None,
    placed: Placed,
    reading: Reading,
    text: str,
) -> Spot | None:
    """The one town of the facility's own sentence, else the report's; none where the sentence has two."""
    first = spot.unit.first
    if text[first.end :].lstrip().startswith(("there", "here")):
        return None  # points to a town, which only the words before tell
    start, end = _sentence(text, first)
    here: dict[int, None] = {}
    for number in towns:
        for mention in placed.spots[number].unit.mentions:
            inside = start <= mention.start < end and mention.how == "name"
            if inside and _LED.search(text[start : mention.start]) and not _speaks(mention, reading.attributions):
                here[number] = None
    if len(here) > 1:
        return None
    return placed.spots[next(iter(here))] if here else chief


def _sentence(text: str, mention: Mention) -> tuple[int, int]:
    """Where the sentence of a mention starts and ends, by its marks."""
    start = 0
    for found in _ENDS.finditer(text):
        if found.start() >= mention.end:
            return start, found.start()
        if found.end() <= mention.start:
            start = found.end()
    return start, len(text)


def _speaks(mention: Mention, attributions: Sequence[Attribution]) -> bool:
    """Whether a town stands in the words for a speaker: "the ministry in Damascus said"."""
    return any(
        told.source_start is not None
        and told.source_end is not None
        and told.source_start <= mention.start
        and mention.end <= told.source_end
        for told in attributions
    )
