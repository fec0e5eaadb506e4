"""Scope: whether two claims speak of the same people, the same ground and the same time, so that they can disagree at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from tidings.model import Amount, Claim, ClaimId, EntityId
from tidings.weigh.rules import among, pattern_in, phrase_in, rules
from tidings.weigh.view import View, narrow

__all__ = [
    "beyond",
    "count_of",
    "counted",
    "ground_of",
    "group_class",
    "in_one_sum",
    "is_toll",
    "made_of",
    "of_a_part",
    "of_one",
    "of_some",
    "one_flow",
    "one_scale",
    "same_days",
    "same_ground",
    "same_group",
    "scope_of",
    "share_of",
    "shares_place",
    "surpasses",
    "within_a_word",
]

_FINE = frozenset(
    {"", "city", "town", "village", "neighbourhood", "hill", "mountain", "road", "junction", "checkpoint"}
)


_DIGITS = re.compile(r"\d[\d.,]*")
_MINUS = re.compile(r"(?:(?<![\w)\]])[-−]|\bminus )$", re.IGNORECASE)
"""A minus that belongs to the number behind it: not a dash between two numbers or after a word."""

_MOST_NUMBERS = 60
"""Numbers of one report and measure that are added up in pairs; a long table of tolls tells no sums by chance alone."""


def scope_of(view: View, claim: Claim) -> str:
    """Return what stretch of time a number covers: total, cumulative, daily or unknown.

    ``total`` is said of an episode as a whole, ``cumulative`` by words such as "since the beginning", ``daily`` of a
    number for a happening of at most two days.
    """
    if claim.whole:
        return "total"
    words = view.sentence(claim)
    if phrase_in("scope", "cumulative", words) or pattern_in("scope", "patterns", words):
        return "cumulative"
    return "daily" if narrow(claim.when, 2) else "unknown"


def made_of(view: View, claim: Claim) -> str:
    """Return how the sentence says a number was made: documented, estimated or unknown."""
    words = view.sentence(claim)
    return next((row for row in ("documented", "estimated") if phrase_in("made", row, words)), "unknown")


def group_class(view: View, claim: Claim) -> str:
    """Return the kind of people a number counts: women, children, fighters, civilians, or empty.

    The words of the count and its unit decide, then those of the parties harmed, then the quote's.
    """
    some = pattern_in("groups_of_some", "including", claim.quote)
    named = [view.entities[one] for one in counted(view, claim) if one in view.entities]
    parts = [
        f"{claim.count.text} {claim.count.unit}" if claim.count else "",
        " ".join(one.name for one in named),
        claim.quote.replace(some, "") if some else claim.quote,
    ]
    for words in parts:
        for row in rules()["groups"]:
            if among("groups", row, words):
                return str(row)
        if words is parts[1] and any(one.kind == "actor" and one.role not in {"civilians", ""} for one in named):
            return "fighters"
    return ""


def counted(view: View, claim: Claim) -> tuple[EntityId, ...]:
    """Return whom a number counts: "21 people, including women and children" counts people, of whom those are some."""
    some = pattern_in("groups_of_some", "including", claim.quote).casefold()
    return tuple(one for one in claim.targets_ids if not some or view.name(one).casefold() not in some)


def same_group(view: View, a: Claim, b: Claim) -> bool:
    """Return whether two claims count the same people: kin by name, or the same kind where one names nobody."""
    if any(view.entities[one].kind == "source" for one in (*a.targets_ids, *b.targets_ids) if one in view.entities):
        return False  # no paper or agency is killed: whom such a number counts is not known
    if a.targets_ids and b.targets_ids:
        return view.alike(a.targets_ids, b.targets_ids) and _one_kind(group_class(view, a), group_class(view, b))
    return _one_kind(group_class(view, a), group_class(view, b), loose=True)


def _one_kind(one: str, other: str, *, loose: bool = False) -> bool:
    if one == other:
        return True
    # "People" killed in a town are as a rule civilians; women and children are a part of them, never the same count.
    return loose and {one, other} <= {"", "civilians"}


def same_ground(view: View, a: Sequence[EntityId], b: Sequence[EntityId]) -> bool:
    """Return whether two sets of places share one, or one of a town or smaller lies in the other's."""
    for one in a:
        for other in b:
            if one == other:
                return True
            inner, outer = (one, other) if other in view.above(one) else (other, one)
            place = view.entities[outer].place if outer in view.entities else None
            if outer in view.above(inner) and place is not None and place.kind in _FINE:
                return True
    return False


def ground_of(view: View, claim: Claim) -> tuple[EntityId, ...]:
    """Return the places of a number: its own, and those that the same report gives elsewhere for what may be the same number.

    A title that says "Syria" sums up a text that says where; the narrower of the two is where it was.
    """
    places = list(claim.places_ids)
    event = view.event_of.get(claim.id)
    for other in view.of_event(event) if event is not None else ():
        if other.document != claim.document or other.measure != claim.measure:
            continue
        if claim.count is not None and other.count is not None and claim.count.meets(other.count):
            places += [one for one in other.places_ids if one not in places]
    outer = {up for one in places for up in view.above(one) if up != one}
    return tuple(one for one in places if one not in outer)


def of_one(claim: Claim) -> bool:
    """Return whether a number stands for one person told by a word and not counted: "a pilot", "the director"."""
    count = claim.count
    return count is not None and (count.low, count.high) == (1, 1) and bool(count.unit) and count.text == count.unit


def shares_place(a: Sequence[EntityId], b: Sequence[EntityId]) -> bool:
    """Return whether two sets of places name one and the same."""
    return bool(set(a) & set(b))


def of_a_part(view: View, claim: Claim, place: EntityId) -> bool:
    """Return whether a claim of control speaks of a part of the place it names, and not of the whole."""
    where = view.entities[place].place if place in view.entities else None
    if where is not None and where.kind in rules()["part"]["whole"]:
        return False
    return bool(phrase_in("part", "words", claim.quote))


def same_days(a: Claim, b: Claim, *, within: int) -> bool:
    """Return whether both claims allow few days only, and share one of them."""
    return narrow(a.when, within) and narrow(b.when, within) and a.when.meets(b.when)


def one_scale(a: Claim, b: Claim, *, row: str = "factor") -> bool:
    """Return whether two numbers are near enough in size to count the same stretch of time, or the same people moving."""
    sizes = [max(low or 0, high or 0) for low, high in (count_of(a), count_of(b))]
    return max(sizes) <= int(rules()["scope"][row]) * max(1, min(sizes))


def one_flow(view: View, a: Claim, b: Claim) -> bool:
    """Return whether two claims can tell of the same people moving: one way, one group, numbers of one order."""
    if a.whole != b.whole or not a.when.meets(b.when):
        return False
    if a.destination_ids and b.destination_ids and not view.kin(a.destination_ids, b.destination_ids):
        return False
    ways = [claim.targets_ids or claim.agents_ids for claim in (a, b)]
    if all(ways) and not view.alike(*ways):
        return False
    counted = count_of(a) != (None, None) != count_of(b)
    apart = counted and a.count is not None and b.count is not None and not a.count.meets(b.count)
    return not apart or one_scale(a, b, row="movement_factor")


def of_some(claim: Claim) -> bool:
    """Return whether a number counts some of a larger number, or some besides it: "two of them medics", "three more"."""
    if claim.rule.endswith(".part"):
        return True
    return bool(pattern_in("scope", "besides", claim.quote))


def in_one_sum(view: View, a: Claim, b: Claim) -> bool:
    """Return whether one of two numbers is a part of a sum that its own report draws: six here and seven there are thirteen."""
    return _is_addend(view, a) or _is_addend(view, b)


def _is_addend(view: View, claim: Claim) -> bool:
    """Return whether a number and another of its report add up to one that the report gives before them."""
    if claim.document not in view.addends:
        view.addends[claim.document] = _addends(view, claim)
    return claim.id in view.addends[claim.document]


def _addends(view: View, one: Claim) -> frozenset[ClaimId]:
    told: dict[str, list[tuple[int, Claim]]] = {}
    for claim in view.claims_of(one.document):
        low, high = count_of(claim)
        if claim.measure and claim.mode == "asserted" and low is not None and low == high and low > 1:
            told.setdefault(claim.measure, []).append((low, claim))
    found: set[ClaimId] = set()
    for rows in told.values():
        sums: dict[int, list[Claim]] = {}
        for number, claim in rows:
            sums.setdefault(number, []).append(claim)
        for (number, a), (other, b) in combinations(rows[:_MOST_NUMBERS], 2):
            for total in sums.get(number + other, ()):
                before = total.start < min(a.start, b.start) and a.start != b.start
                if before and all(view.kin(total.places_ids, part.places_ids) for part in (a, b)):
                    found |= {a.id, b.id}
    return frozenset(found)


def is_toll(view: View, claim: Claim) -> bool:
    """Return whether a number is its report's toll for one place and day: none of its measure there is larger."""
    if len(claim.places_ids) != 1 or claim.kind != "casualties":
        return False
    rivals = (
        one
        for one in view.claims_of(claim.document)
        if one.measure == claim.measure and one.mode == "asserted" and one.when.meets(claim.when) and not one.whole
    )
    return not any(surpasses(one, claim) and one_scale(one, claim) for one in rivals)


def surpasses(one: Claim, other: Claim) -> bool:
    """Return whether every number that one claim allows is above all that the other gives."""
    ends = [[end for end in count_of(claim) if end is not None] for claim in (one, other)]
    return bool(ends[0] and ends[1]) and min(ends[0]) > max(ends[1])


def within_a_word(a: Claim, b: Claim) -> bool:
    """Return whether one number is a word such as "dozens" and the other lies so near its range that the word may mean it."""
    if not any(claim.count is not None and phrase_in("scope", "loose", claim.count.text) for claim in (a, b)):
        return False
    low, high = (a, b) if surpasses(b, a) else (b, a)
    top = max(end for end in count_of(low) if end is not None)
    bottom = min(end for end in count_of(high) if end is not None)
    return bottom <= float(rules()["scope"]["word_factor"]) * top


def share_of(claim: Claim) -> Amount | None:
    """Return the share of a place that a claim of control gives, in per cent."""
    if claim.share is not None:
        return claim.share
    unit = claim.count.unit.casefold() if claim.count is not None else ""
    return claim.count if claim.kind == "control" and unit in rules()["share"]["units"] else None


def count_of(claim: Claim) -> tuple[int | None, int | None]:
    """Return the ends of a claim's number of people; none where it is beyond reason."""
    if claim.count is None or beyond(claim):
        return None, None
    return claim.count.low, claim.count.high


def beyond(claim: Claim) -> str:
    """Return why a number of people is beyond reason, in a sentence, or an empty string.

    Such a number is kept in its claim as the report gives it, stands in no range and makes no contradiction.
    """
    if claim.kind == "property" or claim.count is None:
        return ""  # litres and dollars are no people
    if _below_zero(claim):
        return "the report puts a minus before the number, and no count of people lies below zero; it is kept as said and stands in no range"
    ends = [end for end in (claim.count.low, claim.count.high) if end is not None]
    most = int(rules()["beyond"]["people"])
    if not ends or max(ends) <= most:
        return ""
    return f"the number given, {max(ends):,}, is above {most:,}, more people than any one happening can reach; it is kept as said and stands in no range"


def _below_zero(claim: Claim) -> bool:
    """Return whether a minus stands right before the digits of a claim's number, and nothing that it could span from."""
    digits = _DIGITS.search(claim.count.text) if claim.count is not None else None
    if digits is None:
        return False
    found = claim.quote.find(digits.group())
    return found > 0 and bool(_MINUS.search(claim.quote[:found]))
