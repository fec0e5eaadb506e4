"""What the join looks at in each claim, as arrays: one row a claim, so that millions of pairs are compared at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from tidings.join.lexis import Lexis, lexis
from tidings.join.rarity import Commons, commons
from tidings.join.twins import in_titles
from tidings.join.weights import type_codes
from tidings.model import Claim, DocId, Document, Entity, EntityId
from tidings.text.shingles import words
from tidings.text.skeleton import shape

__all__ = ["NEVER", "NOWHERE", "Traits", "is_mutual", "roles", "traits"]

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

NEVER = 10_000_000
"""The day of an open end; its negative stands for an open beginning."""

NOWHERE = 1e9
"""Metres between places of which one has no coordinates."""

_SPREAD = 40
"""Days over which a claim that allows more says nothing about which days are common."""

_SHORT = 3
"""Letters of a word that alone names no place: articles, "new"."""

_SLOTS = 4
_PLACES = 3
_PARENTS = 5
_FINE = frozenset("neighbourhood village hill mountain road junction checkpoint camp facility river near".split())
_SIZES = {"country": 4, "region": 3, "province": 3, "admin1": 3, "district": 2, "admin2": 2, "city": 1, "town": 1}
_CODES = {"": 0, "killed": 1, "wounded": 2, "killed_or_wounded": 3, "executed": 4, "missing": 5, "displaced": 6}
_MUTUAL = frozenset({"armed_clash", "negotiation", "agreement", "meeting"})
_MODES = {"asserted": 0, "possible": 0, "denied": 1, "intended": 2}


@dataclass(frozen=True, slots=True)
class Traits:
    """The arrays. Entities and documents are numbered; -1 stands for nothing.

    ``doers`` and ``done`` hold who acted and who suffered, so that "A lost it to B" and "B took it from A" agree; in
    ``mutual`` acts (clashes, talks, bonds) all parties are doers. ``title`` marks claims made in a report's title, ``dated`` those whose days are known to a month. ``*_kin`` holds the body each belongs to. ``first``/``last`` are day numbers. ``places`` point into ``lat``, ``lon``
    (degrees), ``radius`` (metres), ``size`` (0 fine, 1 town, 2 district, 3 province, 4 country) and ``above``.
    """

    claims: Sequence[Claim]
    documents: Mapping[DocId, Document]
    entities: Mapping[EntityId, Entity]
    names: Sequence[str]
    doc: Ints
    known: npt.NDArray[np.bool_]
    start: Ints
    end: Ints
    title: npt.NDArray[np.bool_]
    kind: Ints
    mutual: npt.NDArray[np.bool_]
    doers: Ints
    doers_kin: Ints
    done: Ints
    done_kin: Ints
    person: npt.NDArray[np.bool_]
    people: npt.NDArray[np.bool_]
    places: Ints
    goals: Ints
    lat: Floats
    lon: Floats
    radius: Floats
    size: Ints
    above: Ints
    first: Ints
    last: Ints
    low: Ints
    high: Ints
    measure: Ints
    mode: Ints
    whole: npt.NDArray[np.bool_]
    source: Ints
    publisher: Ints
    lexis: Lexis
    dated: npt.NDArray[np.bool_] = field(init=False)
    common: Commons = field(init=False)

    def __post_init__(self) -> None:
        dated = (self.first > -NEVER) & (self.last < NEVER) & (self.last - self.first < _SPREAD)
        object.__setattr__(self, "dated", dated)
        object.__setattr__(self, "common", commons(self))


def traits(documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity]) -> Traits:
    """Return the arrays for claims in the order given."""
    by_id = {one.id: one for one in entities}
    number = {one.id: at for at, one in enumerate(entities)}
    docs = {one.id: at for at, one in enumerate(documents)}
    by_doc = {one.id: one for one in documents}
    codes = type_codes()
    publishers = _publishers(documents, entities)
    kin = np.array([number[_root(one, by_id)] for one in entities], dtype=np.int32)
    kin = np.append(kin, np.int32(-1))  # the kin of nobody is nobody
    rows: tuple[list[_Row], ...] = ([], [], [], [])
    parties, places_of = _Numbers(number, _SLOTS), _Numbers(number, _PLACES)
    for claim in claims:
        left, right = roles(claim)
        rows[0].append(parties[left])
        rows[1].append(parties[right])
        rows[2].append(places_of[claim.places_ids or claim.origin_ids])
        rows[3].append(places_of[claim.destination_ids])
    widths = (_SLOTS, _SLOTS, _PLACES, _PLACES)
    doers, done, places, goals = (
        np.array(row, dtype=np.int32).reshape(-1, width) for row, width in zip(rows, widths, strict=True)
    )
    doers, done, places, goals = _trimmed(doers), _trimmed(done), _trimmed(places), _trimmed(goals)
    lat, lon, radius, size = _geography(entities)
    first, last = _days(claims)
    return Traits(
        claims=claims,
        documents=by_doc,
        entities=by_id,
        names=[one.name for one in entities],
        doc=np.array([docs.get(one.document, -1) for one in claims], dtype=np.int32),
        known=np.array([documents[docs[one.document]].known if one.document in docs else False for one in claims]),
        start=np.array([one.start for one in claims], dtype=np.int32),
        end=np.array([one.end for one in claims], dtype=np.int32),
        title=np.array(in_titles(claims, by_doc), dtype=np.bool_),
        kind=np.array([codes.get(f"{one.kind}/{one.type}", -1) for one in claims], dtype=np.int32),
        mutual=np.array([is_mutual(one) for one in claims], dtype=np.bool_),
        doers=doers,
        doers_kin=kin[doers],
        done=done,
        done_kin=kin[done],
        person=np.array([one.kind == "person" for one in entities] + [False]),
        people=np.array([one.kind != "person" and one.role == "civilians" for one in entities] + [False]),
        places=places,
        goals=goals,
        lat=lat,
        lon=lon,
        radius=radius,
        size=size,
        above=_trimmed(_above(entities, by_id, number)),
        first=first,
        last=last,
        low=_ends(claims, "low"),
        high=_ends(claims, "high"),
        measure=np.array([_CODES.get(one.measure, 9) for one in claims], dtype=np.int32),
        mode=np.array([_MODES.get(one.mode, 0) for one in claims], dtype=np.int32),
        whole=np.array([one.whole for one in claims]),
        source=np.array([number.get(one.chain_ids[-1], -1) if one.chain_ids else -1 for one in claims], dtype=np.int32),
        publisher=np.array([publishers.get(one.document, -1) for one in claims], dtype=np.int32),
        lexis=lexis(documents, claims, entities),
    )


def is_mutual(claim: Claim) -> bool:
    """Return whether the parties of a claim act on each other."""
    return claim.kind == "relation" or (claim.kind == "event" and claim.type in _MUTUAL)


def roles(claim: Claim) -> tuple[tuple[EntityId, ...], tuple[EntityId, ...]]:
    """Return who acted and who suffered: for a loss the taker and the loser, for a mutual act all parties and nobody."""
    if is_mutual(claim):
        return (*claim.agents_ids, *(one for one in claim.targets_ids if one not in claim.agents_ids)), ()
    if (claim.kind, claim.type) == ("control", "lost"):
        return claim.targets_ids, claim.agents_ids
    return claim.agents_ids, claim.targets_ids


_Row = tuple[int, ...]


class _Numbers(dict[tuple[EntityId, ...], _Row]):
    """The numbers of the entities of a slot, as many as there is room for; asked once for all claims that name the same."""

    def __init__(self, number: Mapping[EntityId, int], width: int) -> None:
        self._number, self._width = number, width

    def __missing__(self, ids: tuple[EntityId, ...]) -> _Row:
        kept = [self._number[one] for one in ids if one in self._number][: self._width]
        row = self[ids] = (*kept, *(-1,) * (self._width - len(kept)))
        return row


def _trimmed(table: Ints) -> Ints:
    """Leave out the columns that no row uses, but for the first."""
    return table[:, : max(1, int((table >= 0).any(axis=0).sum()))]


def _root(entity: Entity, by_id: Mapping[EntityId, Entity]) -> EntityId:
    """Return the topmost body that an entity belongs to."""
    seen = {entity.id}
    while entity.part_of is not None and entity.part_of in by_id and entity.part_of not in seen:
        entity = by_id[entity.part_of]
        seen.add(entity.id)
    return entity.id


def _above(entities: Sequence[Entity], by_id: Mapping[EntityId, Entity], number: Mapping[EntityId, int]) -> Ints:
    """Return, for each entity, what it lies in, nearest first; a last row of nothing answers the index -1."""
    table = np.full((len(entities) + 1, _PARENTS), -1, dtype=np.int32)
    whole = _named_wholes(entities)
    for row, entity in enumerate(entities):
        up, seen = whole.get(entity.id, entity.part_of), {entity.id}
        for column in range(_PARENTS):
            if up is None or up not in by_id or up in seen:
                break
            table[row, column] = number[up]
            seen.add(up)
            up = by_id[up].part_of
    return table


def _named_wholes(entities: Sequence[Entity]) -> dict[EntityId, EntityId]:
    """Return the place of which another one is a part by its name: Eastern Ghouta lies in Ghouta where both lie in one area."""
    named: dict[tuple[EntityId | None, tuple[str, ...]], EntityId] = {}
    places = [one for one in entities if one.kind == "place" and one.part_of is not None]
    for one in places:
        for name in (one.name, *one.aliases):
            named.setdefault((one.part_of, tuple(words(name))), one.id)
    found: dict[EntityId, EntityId] = {}
    for one in places:
        tokens = tuple(words(one.name))
        for part in (tokens[1:], tokens[:-1]) if len(tokens) > 1 else ():
            outer = named.get((one.part_of, part))
            if outer is not None and outer != one.id and max(map(len, part)) > _SHORT:
                found.setdefault(one.id, outer)
    spelled: dict[tuple[EntityId | None, tuple[str, ...]], EntityId] = {}
    for one in places:
        # Of two places of one town that no gazetteer knows, names that are two spellings may mean one: a person is asked.
        unknown = one.place is not None and one.place.precision == "near"
        for name in (one.name, *one.aliases) if unknown else ():
            same = spelled.setdefault((one.part_of, tuple(word.voiced for word in shape(name))), one.id)
            if same != one.id and same not in found:
                found.setdefault(one.id, same)
    return found


def _geography(entities: Sequence[Entity]) -> tuple[Floats, Floats, Floats, Ints]:
    lat, lon, radius = (np.full(len(entities) + 1, np.nan) for _ in range(3))
    size = np.full(len(entities) + 1, 1, dtype=np.int32)
    for row, entity in enumerate(entities):
        place = entity.place
        if place is None:
            continue
        if place.lat is not None and place.lon is not None:
            lat[row], lon[row], radius[row] = place.lat, place.lon, float(place.radius_m or 0)
        by_kind = _SIZES.get(place.kind, 0 if place.kind in _FINE else None)
        by_precision = _SIZES.get(place.precision, 0 if place.precision in _FINE else 1)
        size[row] = by_kind if by_kind is not None else by_precision
    return lat, lon, radius, size


def _days(claims: Sequence[Claim]) -> tuple[Ints, Ints]:
    def number(day: date | None, otherwise: int) -> int:
        return otherwise if day is None else day.toordinal()

    first = [number(one.when.earliest, -NEVER) for one in claims]
    last = [number(one.when.latest, NEVER) for one in claims]
    return np.array(first, dtype=np.int32), np.array(last, dtype=np.int32)


def _ends(claims: Sequence[Claim], end: str) -> Ints:
    values = [getattr(one.count, end) if one.count is not None else None for one in claims]
    return np.array([-1 if value is None else min(max(value, -1), 2**31 - 1) for value in values], dtype=np.int32)


def _publishers(documents: Sequence[Document], entities: Sequence[Entity]) -> dict[DocId, int]:
    """Return the entity that stands for each document's publisher, where names agree but for case."""
    named: dict[str, int] = {}
    for at, entity in enumerate(entities):
        if entity.kind in {"source", "actor"}:
            for name in (entity.name, *entity.aliases):
                named.setdefault(name.casefold(), at)
    return {one.id: named[one.publisher.casefold()] for one in documents if one.publisher.casefold() in named}
