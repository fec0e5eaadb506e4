"""What a join worked out, kept so that a record that grows by a little is joined again in little time.

Which claims are *touched* by a change is found by comparing everything that a comparison looks at, before and after: the
claim's own traits, how common the record makes what it says, the areas of its places, its report's likeness to others, and
the block that it is sampled from. A pair of two claims that are not touched has the same bits as before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tidings.join.blocks import APART, Keys, Pairs
from tidings.join.cluster import Merge
from tidings.join.scoring import Scores, Sifted
from tidings.join.traits import Traits
from tidings.join.weights import Weights
from tidings.model import ClaimId, Comparison, Event, EventId

__all__ = ["Changes", "Memory", "changes"]

Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_MOST = 0.25
"""Where more than this part of the claims is touched, starting over is as fast."""

_ENTITIES = ("doers", "doers_kin", "done", "done_kin", "places", "goals")
_SINGLE = ("source", "publisher")
_VALUES = (
    "known",
    "start",
    "end",
    "title",
    "kind",
    "mutual",
    "first",
    "last",
    "low",
    "high",
    "measure",
    "mode",
    "whole",
)


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that :func:`tidings.join.rejoin` takes up again. It is derived: without it, all is worked out anew.

    Of claims, entities and reports it keeps marks (``digests.py``): ``marks`` of the claims that were compared, ``claims`` of
    all, ``entity_marks`` and ``report_marks`` in the order of the traits. The ``t`` of a memory that was put down and taken
    up again holds no claims, reports or entities themselves.
    """

    t: Traits
    ids: Sequence[ClaimId]
    marks: Longs
    entity_marks: Longs
    report_marks: Longs
    keys: tuple[Keys, ...]
    crowd: Sequence[Longs]
    left: Sifted
    scored: Scores
    merges: Sequence[Merge]
    event_at: Sequence[EventId]
    events: Mapping[tuple[ClaimId, ...], Event]
    claims: Mapping[ClaimId, int]
    rows: Mapping[EventId, list[Comparison]]
    prior: float
    asked: float | None
    weights: Weights


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise than before.

    ``now`` gives for each claim of before its number now, -1 where it is gone. ``touched`` and ``old_touched`` are the claims,
    by their numbers now and before, of which some pair may be otherwise; the latter hold those that are gone.
    """

    before: Memory
    now: Longs
    touched: Bools
    old_touched: Bools
    same_names: bool

    def stay(self, scores: Scores) -> Scores:
        """Return the pairs of before that no change touches, by their numbers now."""
        i, j = scores.pairs.i, scores.pairs.j
        kept = scores.where(~(self.old_touched[i] | self.old_touched[j]))
        return Scores(Pairs(self.now[kept.pairs.i], self.now[kept.pairs.j]), kept.levels, kept.bits, kept.barred)

    def history(self) -> list[Merge]:
        """Return the merges of before by the numbers that the claims have now."""
        now = self.now.tolist()
        return [(value, now[a], now[b]) for value, a, b in self.before.merges]

    def pulled_before(self, pull: float) -> Longs:
        """Return the claims, by their numbers now, that spoke clearly for a claim that is touched."""
        scored = self.before.scored
        i, j, strong = scored.pairs.i, scored.pairs.j, scored.bits > pull
        old = np.concatenate([j[strong & self.old_touched[i]], i[strong & self.old_touched[j]]])
        found = self.now[old]
        return np.asarray(found[found >= 0], dtype=np.int64)


def changes(
    before: Memory, t: Traits, crowd: Sequence[Longs], marks: Longs, entity_marks: Longs, report_marks: Longs
) -> Changes | None:
    """Return what is otherwise than before; None where starting over is better. The marks are those of the traits now."""
    old = before.t
    if old.common.n != t.common.n or old.common.share != t.common.share:
        return None
    number = {claim.id: at for at, claim in enumerate(t.claims)}
    now = np.array([number.get(one, -1) for one in before.ids], dtype=np.int64)
    names = {one: at for at, one in enumerate(t.entities)}
    if len(names) != len(t.names) or len(old.entities) != len(old.names):
        return None
    entity = np.array([names.get(one, -1) for one in old.entities], dtype=np.int64)
    if not _rising(now) or not _rising(entity):
        return None  # what equal bits decide depends on the order of claims and entities
    touched = np.ones(len(t.claims), dtype=np.bool_)
    kept = now >= 0
    touched[now[kept]] = marks[now[kept]] != before.marks[kept]
    touched[now[kept]] |= _rows_differ(old, t, now, kept, entity)
    touched |= _by_words(old, t, now, kept)
    old_touched = ~kept
    old_touched[kept] = touched[now[kept]]
    _crowded(before, crowd, touched, old_touched, now)
    touched |= _by_entities(old, t, entity)
    touched |= _by_days(old, t)
    touched |= _by_reports(old, t, before.report_marks, report_marks)
    old_touched[kept] |= touched[now[kept]]
    if touched.sum() > _MOST * len(touched):
        return None
    same = bool((before.entity_marks[entity >= 0] == entity_marks[entity[entity >= 0]]).all())
    return Changes(before, now, touched, old_touched, same)


def _rising(numbers: Longs) -> bool:
    held = numbers[numbers >= 0]
    return bool((np.diff(held) > 0).all())


def _crowded(before: Memory, crowd: Sequence[Longs], touched: Bools, old_touched: Bools, now: Longs) -> None:
    """Touch all claims of a sampled block in which one is otherwise: who is compared there depends on all of them."""
    here = [members for members in crowd if touched[members].any()]
    there = [members for members in before.crowd if old_touched[members].any()]
    for members in here:
        touched[members] = True
    for members in there:
        old_touched[members] = True
    kept = now >= 0
    touched[now[kept & old_touched]] = True
    old_touched[kept] |= touched[now[kept]]


def _rows_differ(old: Traits, t: Traits, now: Longs, kept: Bools, entity: Longs) -> Bools:
    """Return for the claims that stay whether any of their traits is otherwise."""
    found = np.zeros(int(kept.sum()), dtype=np.bool_)
    places = np.append(entity, -1)  # the number of nobody stays -1
    for name in _VALUES:
        found |= getattr(old, name)[kept] != getattr(t, name)[now[kept]]
    for name in _SINGLE:
        found |= places[getattr(old, name)[kept]] != getattr(t, name)[now[kept]]
    for name in _ENTITIES:
        one, other = places[getattr(old, name)[kept]], getattr(t, name)[now[kept]]
        width = min(one.shape[1], other.shape[1])
        found |= (one[:, :width] != other[:, :width]).any(axis=1)
        found |= (one[:, width:] >= 0).any(axis=1) | (other[:, width:] >= 0).any(axis=1)
    return found


def _by_entities(old: Traits, t: Traits, entity: Longs) -> Bools:
    """Return the claims that name an entity whose place, area or count is otherwise."""
    size = len(t.names)
    kept = entity >= 0
    new = entity[kept]
    names = np.append(entity, -1)

    def otherwise(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> Bools:
        found = np.zeros(size + 1, dtype=np.bool_)
        same = (one[: len(kept)][kept] == other[new]) | (np.isnan(one[: len(kept)][kept]) & np.isnan(other[new]))
        found[new] = ~same
        return found

    place = np.zeros(size + 1, dtype=np.bool_)
    for name in ("lat", "lon", "radius", "size", "person"):
        place |= otherwise(getattr(old, name).astype(np.float64), getattr(t, name).astype(np.float64))
    above = names[old.above[: len(kept)][kept]]
    width = min(above.shape[1], t.above.shape[1])
    place[new] |= (above[:, :width] != t.above[new][:, :width]).any(axis=1)
    place[new] |= (above[:, width:] >= 0).any(axis=1) | (t.above[new][:, width:] >= 0).any(axis=1)
    counts = {name: otherwise(getattr(old.common, name), getattr(t.common, name)) for name in
              ("doers", "doers_kin", "done", "done_kin", "places", "within", "around")}  # fmt: skip
    found = np.zeros(len(t.claims), dtype=np.bool_)
    for name in _ENTITIES:
        held = getattr(t, name)
        flags = place.copy()
        if name in counts:
            flags |= counts[name]
        if name == "places":
            flags |= counts["within"] | counts["around"]
        flags[-1] = False
        found |= flags[held].any(axis=1)
    least = min(len(old.common.types), len(t.common.types))
    types = np.ones(len(t.common.types), dtype=np.bool_)
    types[:least] = old.common.types[:least] != t.common.types[:least]
    return np.asarray(found | types[t.kind + 1], dtype=np.bool_)


def _by_words(old: Traits, t: Traits, now: Longs, kept: Bools) -> Bools:
    """Return the claims whose words, or what their words give away, are otherwise."""
    number = {stem: at for at, stem in enumerate(t.lexis.stems)}
    stem = np.array([*(number.get(one, -1) for one in old.lexis.stems), -1], dtype=np.int64)
    found = np.zeros(len(t.claims), dtype=np.bool_)
    found[now[kept]] = (stem[old.lexis.rows[kept]] != t.lexis.rows[now[kept]]).any(axis=1)
    weight = np.zeros(len(t.lexis.weight), dtype=np.bool_)
    held = stem[:-1] >= 0
    weight[stem[:-1][held]] = old.lexis.weight[:-1][held] != t.lexis.weight[stem[:-1][held]]
    weight[-1] = False
    return np.asarray(found | weight[t.lexis.rows].any(axis=1), dtype=np.bool_)


def _by_days(old: Traits, t: Traits) -> Bools:
    """Return the claims near a day on which the number of claims is otherwise."""
    one, other = old.common, t.common
    if not len(one.density) or not len(other.density):
        return t.dated & (len(one.density) != len(other.density))
    start = min(one.base, other.base)
    end = max(one.base + len(one.density), other.base + len(other.density))
    days = np.zeros((2, end - start))
    for row, side in enumerate((one, other)):
        days[row, side.base - start : side.base - start + len(side.density)] = side.density
    upto = np.append(0, np.cumsum(days[0] != days[1]))
    first = np.clip(t.first.astype(np.int64) - APART - start, 0, end - start)
    last = np.clip(t.last.astype(np.int64) + APART + 1 - start, 0, end - start)
    return np.asarray(t.dated & (upto[np.maximum(first, last)] > upto[first]), dtype=np.bool_)


def _by_reports(old: Traits, t: Traits, old_marks: Longs, marks: Longs) -> Bools:
    """Return the claims of reports whose words, copies or likenesses are otherwise."""
    mine, theirs = list(old.documents), list(t.documents)
    number = {one: at for at, one in enumerate(mine)}
    flags = np.ones(len(theirs) + 1, dtype=np.bool_)
    for at, one in enumerate(theirs):
        before = number.get(one)
        if before is not None:
            copied = _named(mine, old.lexis.copy_of[before]) == _named(theirs, t.lexis.copy_of[at])
            flags[at] = not copied or old_marks[before] != marks[at]
    place = {one: at for at, one in enumerate(theirs)}
    alike = {(mine[a], mine[b]) for a, b in old.lexis.alikes} ^ {(theirs[a], theirs[b]) for a, b in t.lexis.alikes}
    for pair in alike:
        for one in pair:
            if one in place:
                flags[place[one]] = True
    flags[-1] = False
    return np.asarray(flags[t.doc], dtype=np.bool_)


def _named(names: Sequence[object], at: int) -> object:
    return names[at] if at >= 0 else None
