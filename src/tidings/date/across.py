"""What ties the days of one report to those of another beside shared happenings: known rows, and the start of an episode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidings.date.building import Quoted, Sheet, end_point, start_point
from tidings.date.network import Solution
from tidings.date.told import Told
from tidings.model import Claim, Document
from tidings.text.skeleton import shape

__all__ = ["known_rows", "openings"]

_TWO_SIDES = {("lost", "gained"), ("gained", "lost")}
"""Types of one change of hands as the loser and as the winner tell it."""
_FIGHTS = frozenset({"ground_attack", "armed_clash"})
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
    of ground gained by the same party. Reports of different days are different attacks: the day of most reports
    is taken, and none where two days have as many. Fighting that another report says has gone on for weeks began with it
    too.

    Args:
        sheet: Where constraints are collected.
        claims: All claims.
        told: Which claims are dated how.
        alone: The days that each report allows by itself.
    """
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.mode == "asserted" and not sheet.documents[claim.document].known:
            by_document[claim.document].append(claim)
    episodes = [one for one in claims if one.id in told.episodes and one.type in _FIGHTS and one.places_ids]
    if not episodes:
        return
    weekdays: dict[str, frozenset[int]] = {}
    for rule in sheet.constraints.values():
        days = rule.weekdays or (() if rule.weekday is None else (rule.weekday,))
        if days and rule.b.startswith("start:"):
            weekdays[rule.b] = frozenset(days) & weekdays.get(rule.b, frozenset(range(7)))
    for episode in episodes:
        parties = _parties(episode, by_document[episode.document])
        found = [
            attack
            for document in sorted(by_document)
            if document != episode.document
            for attack in _attacks(episode, parties, by_document[document], told)
        ]
        taken = _most_told([(one, _Day.of(told.leads.get(one.id, one.id), weekdays, alone)) for one in found])
        gone_on = [
            one
            for document in sorted(by_document)
            if document != episode.document
            for one in _here(episode, parties, by_document[document])
            if one.id in told.ongoing and one.type in _FIGHTS
        ]
        for one in (*taken, *gone_on):
            by = Quoted(one.document, one.start, one.end)
            sheet.add(start_point(episode.id), start_point(one.id), 0, 0, kind="assumed", by=by, rule="opening")
        refused = [one for one in claims if one.id in told.kept_out and one.document == episode.document]
        for one in gone_on:
            _kept_out(sheet, episode, refused, by_document[one.document], told)


def _kept_out(sheet: Sheet, episode: Claim, refused: Iterable[Claim], others: Iterable[Claim], told: Told) -> None:
    """Add that a party that kept out for the first days of an episode acted after them, in a report of the same episode."""
    acts = [one for one in others if one.type in _FIGHTS or (one.kind, one.type) == ("control", "gained")]
    for denial in refused:
        by = Quoted(denial.document, denial.start, denial.end)
        for one in acts:
            if set(one.agents_ids) & set(denial.agents_ids) and one.id not in told.ongoing:
                days = told.kept_out[denial.id]
                sheet.add(
                    start_point(episode.id), start_point(one.id), days, None, kind="assumed", by=by, rule="kept_out"
                )


def _parties(episode: Claim, others: Iterable[Claim]) -> set[str]:
    """Return who fought: the episode's own parties, and those that its report tells of fighting at the same place."""
    told = [one for one in others if one.type in _FIGHTS and set(one.places_ids) & set(episode.places_ids)]
    return {party for one in (episode, *told) for party in (*one.agents_ids, *one.targets_ids)}


def _here(episode: Claim, parties: set[str], others: Iterable[Claim]) -> list[Claim]:
    return [
        one
        for one in others
        if set(one.places_ids) & set(episode.places_ids)
        and (not parties or {*one.agents_ids, *one.targets_ids} & parties)
    ]


def _attacks(episode: Claim, parties: set[str], others: Iterable[Claim], told: Told) -> list[Claim]:
    """Return the first attack of a report that may have opened the episode, as a list of one or none."""
    told_here = list(others)
    here = _here(episode, parties, told_here)
    gained = [one for one in told_here if one.type == "gained" and one.id in told.days | told.story]
    takers = {party for one in gained for party in one.agents_ids}
    attacks = [
        one
        for one in here
        if one.type == "ground_attack"
        and (one.id in told.days or one.id in told.leads)
        and takers & set(one.agents_ids)
    ]
    return [min(attacks, key=lambda one: (one.start, one.id))] if attacks else []


@dataclass(frozen=True, slots=True)
class _Day:
    """The days that one report allows for an attack: an interval, and days of the week."""

    low: int | None
    high: int | None
    weekdays: frozenset[int]

    @classmethod
    def of(cls, claim: str, weekdays: Mapping[str, frozenset[int]], alone: Solution) -> _Day:
        point = start_point(claim)
        return cls(alone.low(point), alone.high(point), weekdays.get(point, frozenset(range(7))))

    def meets(self, other: _Day) -> bool:
        lows = [one for one in (self.low, other.low) if one is not None]
        highs = [one for one in (self.high, other.high) if one is not None]
        return bool(self.weekdays & other.weekdays) and (not lows or not highs or max(lows) <= min(highs))


def _most_told(found: Sequence[tuple[Claim, _Day]]) -> list[Claim]:
    """Return the attacks of the day that most reports tell of; none where two days are told by as many."""
    groups: list[list[tuple[Claim, _Day]]] = []
    for one, day in found:
        home = next((group for group in groups if all(day.meets(other) for _, other in group)), None)
        if home is None:
            groups.append([(one, day)])
        else:
            home.append((one, day))
    groups.sort(key=len, reverse=True)
    if not groups or (len(groups) > 1 and len(groups[0]) == len(groups[1])):
        return []
    return [one for one, _ in groups[0]]
