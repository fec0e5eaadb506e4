"""What ties the days of one report to those of another beside shared happenings: known rows, and the start of an episode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tidings.date.building import Quoted, Sheet, end_point, start_point
from tidings.date.reports import Told
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


def known_rows(sheet: Sheet, documents: Mapping[str, Document], claims: Sequence[Claim]) -> None:
    """Tie each known row to the claims of reports that tell of the same.

    Kind, type, place by name, and a party where both name any must agree.

    Args:
        sheet: Where constraints are collected.
        documents: All documents by id.
        claims: All claims.
    """
    rows = [(one, _places(documents[one.document])) for one in claims if documents[one.document].known]
    rows = [(row, places) for row, places in rows if places]
    if not rows:
        return
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
                sheet.add(start_point(row.id), start_point(claim.id), 0, 0, kind="assumed", by=by, rule="known_row")
                sheet.add(end_point(row.id), end_point(claim.id), 0, 0, kind="assumed", by=by, rule="known_row")


def _alike(row: Claim, claim: Claim, met: frozenset[str]) -> bool:
    """Whether the types are one, or two sides of one change of hands, and some party is shared where both name any.

    Parties of the row that no report names are left aside: they may be spelled as no report spells them.
    """
    if row.kind != claim.kind or (row.type != claim.type and (row.type, claim.type) not in _TWO_SIDES):
        return False
    ours = {*row.agents_ids, *row.targets_ids} & met
    theirs = {*claim.agents_ids, *claim.targets_ids}
    return not ours or not theirs or bool(ours & theirs)


def openings(sheet: Sheet, claims: Sequence[Claim], told: Told) -> None:
    """Tie the start of an episode of fighting to the day on which other reports tell of an attack that took ground there.

    The attack must be by a party of the episode, at its place, be dated by a day, and stand in a report that also tells
    of ground gained by the same party. Where several such days contradict each other, none is taken.

    Args:
        sheet: Where constraints are collected.
        claims: All claims.
        told: Which claims are dated how.
    """
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.mode == "asserted":
            by_document[claim.document].append(claim)
    episodes = [
        one for one in claims if one.id in told.episodes and one.type in _FIGHTS and one.places_ids and one.agents_ids
    ]
    for episode in episodes:
        for document in sorted(by_document):
            if document != episode.document:
                _opening(sheet, episode, by_document[document], told)


def _opening(sheet: Sheet, episode: Claim, others: Iterable[Claim], told: Told) -> None:
    ours = [one for one in others if set(one.agents_ids) & set(episode.agents_ids)]
    ground = [one for one in ours if (one.kind, one.type) == ("control", "gained") and one.id in told.days | told.story]
    attacks = [
        one
        for one in ours
        if one.type == "ground_attack"
        and one.id in told.days | told.leads
        and set(one.places_ids) & set(episode.places_ids)
    ]
    if ground and attacks:
        first = min(attacks, key=lambda one: (one.start, one.id))
        by = Quoted(first.document, first.start, first.end)
        sheet.add(start_point(episode.id), start_point(first.id), 0, 0, kind="assumed", by=by, rule="opening")
