"""What ties the days of one report to those of another beside shared happenings: known rows, and the start of an episode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidings.date.building import Quoted, Sheet, doc_point, end_point, start_point
from tidings.date.network import Solution
from tidings.date.told import Told
from tidings.model import Claim, Document
from tidings.text.skeleton import shape

__all__ = ["known_rows", "openings"]

_TWO_SIDES = {("lost", "gained"), ("gained", "lost")}
"""Types of one change of hands as the loser and as the winner tell it."""
_FIGHTS = frozenset({"ground_attack", "armed_clash"})
_ANY_DAY = frozenset(range(7))
_MOST_FIGHTS = 2_000
"""Claims of fighting at one place beyond which no opening is sought there: too many would fit, and time would grow
with their square."""
_FEWEST_CONSONANTS = 3
"""Consonants that the name of a known row must share with a report's words: fewer are shared by too many names."""


def _bones(words: str) -> tuple[str, ...]:
    return tuple(one.consonants for one in shape(words) if one.consonants)


def _places(document: Document) -> list[tuple[str, ...]]:
    """Return the consonants of the places that a known row names."""
    line = next((line for line in document.text.splitlines() if line.startswith("places:")), "places:")
    found = [_bones(name) for name in line.partition(":")[2].split("|")]
    return [one for one in found if sum(map(len, one)) >= _FEWEST_CONSONANTS]


def _names(quote: tuple[str, ...], place: tuple[str, ...]) -> bool:
    return any(quote[at : at + len(place)] == place for at in range(len(quote) - len(place) + 1))


def known_rows(sheet: Sheet, documents: Mapping[str, Document], claims: Sequence[Claim]) -> frozenset[str]:
    """Tie each known row to the claims of reports that tell of the same.

    Kind, type, place by name, and a party where both name any must agree.

    Args:
        sheet: Where constraints are collected.
        documents: All documents by id.
        claims: All claims.

    Returns:
        The ids of claims so tied; the story of their report has nothing to add to a known day.
    """
    tied: set[str] = set()
    rows = [(one, _places(documents[one.document])) for one in claims if documents[one.document].known]
    rows = [(row, places) for row, places in rows if places]
    if not rows:
        return frozenset()
    met = frozenset(
        party for one in claims if not documents[one.document].known for party in (*one.agents_ids, *one.targets_ids)
    )
    for claim in claims:
        if documents[claim.document].known or claim.mode != "asserted":
            continue
        alike = [(row, places) for row, places in rows if _alike(row, claim, met)]
        if not alike:
            continue
        quote = _bones(claim.quote)
        for row, places in alike:
            if any(_names(quote, place) for place in places):
                by = Quoted(claim.document, claim.start, claim.end)
                tied.add(claim.id)
                sheet.add(start_point(row.id), start_point(claim.id), 0, 0, kind="assumed", by=by, rule="known_row")
                sheet.add(end_point(row.id), end_point(claim.id), 0, 0, kind="assumed", by=by, rule="known_row")
    return frozenset(tied)


def _alike(row: Claim, claim: Claim, met: frozenset[str]) -> bool:
    """Whether the types are one, or two sides of one change of hands, and some party is shared where both name any.

    Parties of the row that no report names are left aside: they may be spelled as no report spells them.
    """
    if row.kind != claim.kind or (row.type != claim.type and (row.type, claim.type) not in _TWO_SIDES):
        return False
    ours = {*row.agents_ids, *row.targets_ids} & met
    theirs = {*claim.agents_ids, *claim.targets_ids}
    return not ours or not theirs or bool(ours & theirs)


def openings(sheet: Sheet, claims: Sequence[Claim], told: Told, alone: Solution) -> None:
    """Tie the start of an episode of fighting to the day on which other reports tell of an attack that took ground there.

    The attack must be by a party of the episode, at its place, be dated by a day, and stand in a report that also tells
    of ground gained by the same party. Reports of different days are different attacks: a day is taken only where two
    thirds of the reports agree on it. Fighting that another report says has gone on for weeks began with it too.

    Args:
        sheet: Where constraints are collected.
        claims: All claims.
        told: Which claims are dated how.
        alone: The days that each report allows by itself.
    """
    fights = _Fights(sheet, claims)
    for episode in claims:
        if episode.id not in told.episodes or episode.type not in _FIGHTS or not episode.places_ids:
            continue
        start = _Day(alone.low(start_point(episode.id)), alone.high(start_point(episode.id)), _ANY_DAY)
        parties = fights.parties(episode)
        here = fights.elsewhere(episode, parties)
        found = [(one, fights.day(told.leads.get(one.id, one.id), alone)) for one in _attacks(here, fights, told)]
        taken = _agreed([(one, day) for one, day in found if day.meets(start)])
        gone_on = [one for one in here if one.id in told.ongoing and fights.day(one.id, alone).meets(start)]
        for one in (*taken, *gone_on):
            by = Quoted(one.document, one.start, one.end)
            sheet.add(start_point(episode.id), start_point(one.id), 0, 0, kind="assumed", by=by, rule="opening")
        refused = [one for one in fights.of(episode.document) if one.id in told.kept_out]
        for one in gone_on:
            _kept_out(sheet, episode, refused, fights.of(one.document), told)


class _Fights:
    """Claims of fighting and of ground gained, found by place and by report."""

    def __init__(self, sheet: Sheet, claims: Sequence[Claim]) -> None:
        self._of: dict[str, list[Claim]] = defaultdict(list)
        self._at: dict[str, list[Claim]] = defaultdict(list)
        ordered = sorted(claims, key=lambda one: (one.document, one.start, one.id))
        for claim in ordered:
            known = sheet.documents[claim.document].known
            if known or (claim.type not in _FIGHTS and (claim.kind, claim.type) != ("control", "gained")):
                continue
            self._of[claim.document].append(claim)
            for place in claim.places_ids:
                self._at[place].append(claim)
        self._weekdays: dict[str, frozenset[int]] = {}
        for rule in sheet.constraints.values():
            days = rule.weekdays or (() if rule.weekday is None else (rule.weekday,))
            if days and rule.b.startswith("start:"):
                self._weekdays[rule.b] = frozenset(days) & self._weekdays.get(rule.b, _ANY_DAY)

    def of(self, document: str) -> list[Claim]:
        """Return the claims of a report."""
        return self._of.get(document, [])

    def day(self, claim: str, alone: Solution) -> _Day:
        """Return the days that its own report allows for the start of a claim."""
        point = start_point(claim)
        return _Day(alone.low(point), alone.high(point), self._weekdays.get(point, _ANY_DAY))

    def parties(self, episode: Claim) -> set[str]:
        """Return who fought: the episode's own parties, and those that its report tells of fighting at the same place."""
        told = [
            one
            for one in self.of(episode.document)
            if one.type in _FIGHTS and set(one.places_ids) & set(episode.places_ids)
        ]
        return {party for one in (episode, *told) for party in (*one.agents_ids, *one.targets_ids)}

    def elsewhere(self, episode: Claim, parties: set[str]) -> list[Claim]:
        """Return other reports' claims of fighting at the same place with a party in common, in order.

        Nothing is returned for a place with more fights than one can be told apart from by its party alone.
        """
        if sum(len(self._at.get(place, ())) for place in episode.places_ids) > _MOST_FIGHTS:
            return []
        found = {
            one.id: one
            for place in episode.places_ids
            for one in self._at.get(place, ())
            if one.document != episode.document
            and one.type in _FIGHTS
            and one.mode == "asserted"
            and (not parties or {*one.agents_ids, *one.targets_ids} & parties)
        }
        return sorted(found.values(), key=lambda one: (one.document, one.start, one.id))


def _kept_out(sheet: Sheet, episode: Claim, refused: Iterable[Claim], others: Iterable[Claim], told: Told) -> None:
    """Add that a report that tells of a party's deeds came out after the days for which the party kept out of the episode."""
    for denial in refused:
        by = Quoted(denial.document, denial.start, denial.end)
        days = told.kept_out[denial.id]
        for one in others:
            if one.mode == "asserted" and set(one.agents_ids) & set(denial.agents_ids) and one.id not in told.ongoing:
                # It bounds the report's day; the deed itself keeps the days that its own report gives it.
                sheet.add(
                    start_point(episode.id), doc_point(one.document), days, None, kind="assumed", by=by, rule="kept_out"
                )


def _attacks(here: Iterable[Claim], fights: _Fights, told: Told) -> list[Claim]:
    """Return the first attack of each report that may have opened the episode."""
    first: dict[str, Claim] = {}
    for one in here:
        if one.type != "ground_attack" or not (one.id in told.days or one.id in told.leads) or one.document in first:
            continue
        gained = [
            other for other in fights.of(one.document) if other.type == "gained" and other.id in told.days | told.story
        ]
        if any(set(one.agents_ids) & set(other.agents_ids) for other in gained if other.mode == "asserted"):
            first[one.document] = one
    return list(first.values())


@dataclass(frozen=True, slots=True)
class _Day:
    """The days that one report allows for an attack: an interval, and days of the week."""

    low: int | None
    high: int | None
    weekdays: frozenset[int]

    def meets(self, other: _Day) -> bool:
        lows = [one for one in (self.low, other.low) if one is not None]
        highs = [one for one in (self.high, other.high) if one is not None]
        return bool(self.weekdays & other.weekdays) and (not lows or not highs or max(lows) <= min(highs))


def _agreed(found: Sequence[tuple[Claim, _Day]]) -> list[Claim]:
    """Return the attacks of the day that two thirds of the reports agree on, or none."""
    groups: list[list[tuple[Claim, _Day]]] = []
    for one, day in found:
        home = next((group for group in groups if all(day.meets(other) for _, other in group)), None)
        if home is None:
            groups.append([(one, day)])
        else:
            home.append((one, day))
    largest = max(groups, key=len, default=[])
    return [one for one, _ in largest] if 3 * len(largest) >= 2 * len(found) else []
