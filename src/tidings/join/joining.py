"""The door of the join: claims in, events and the reasons for them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from tidings.join.blocks import Keys, crowds, keys_of, said
from tidings.join.cluster import Clustering, Links, agglomerate
from tidings.join.digests import digests, of_vectors
from tidings.join.events import event_of, in_order, with_episodes
from tidings.join.memory import Changes, Memory, changes
from tidings.join.reasons import PULL, of_twins, reasons
from tidings.join.reasons import in_order as in_a_waterfall
from tidings.join.scoring import Scores, Sifted, decided, prior_of, sifted, together
from tidings.join.spill import Spill, spilled
from tidings.join.traits import Traits, traits
from tidings.join.twins import completed, twins
from tidings.join.weights import Weights, load_weights
from tidings.model import Claim, ClaimId, Comparison, Document, Entity, Event, EventId, Joined
from tidings.text.still import still

__all__ = ["join", "rejoin"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


def join(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    entities: Sequence[Entity],
    *,
    prior: float | None = None,
    weights: Weights | None = None,
    spill: Spill | None = None,
) -> Joined:
    """Return the events that claims tell of, and why claims were joined or kept apart.

    Every claim belongs to exactly one event; most events of a record hold a single claim. Days come from each claim's
    ``when``; a claim without days is compatible with any. Known days join like reports.

    Args:
        documents: The reports.
        claims: Claims with their entity ids and days filled in.
        entities: Every entity that the claims name.
        prior: The record's own prior in bits; fitted from its candidate pairs when not given.
        weights: The weights of every comparison; those beside this file when not given.
        spill: Where pairs are put down and who compares them, for a record whose pairs memory does not hold; the result
            is the same. In memory when not given.
    """
    if spill is None:
        return rejoin(documents, claims, entities, prior=prior, weights=weights, keep=False)[0]
    with still():
        return _joined_by_parts(documents, claims, entities, prior, weights or load_weights(), spill)


def rejoin(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    entities: Sequence[Entity],
    *,
    prior: float | None = None,
    weights: Weights | None = None,
    before: Memory | None = None,
    keep: bool = True,
) -> tuple[Joined, Memory | None]:
    """Return what :func:`join` returns, and what was worked out on the way.

    Handed in as ``before`` when a few claims came, went or changed, that memory is taken up again: pairs that none of them
    touches keep their bits, and groups that none of them reaches stay. The result is the same as without it. Where it is not
    to be kept, nothing is held longer than it is needed.
    """
    with still():
        return _rejoined(documents, claims, entities, prior, weights or load_weights(), before, keep)


def _rejoined(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    entities: Sequence[Entity],
    prior: float | None,
    weights: Weights,
    before: Memory | None,
    keep: bool,
) -> tuple[Joined, Memory | None]:
    told = _Told.of(documents, claims, entities)
    if told is None:
        return Joined(events=(), comparisons=()), None
    t = told.t
    keys = keys_of(t)
    largest = int(weights.settings["cluster"]["largest_block"])
    crowd = crowds(keys, largest=largest)
    notes = tuple(sorted({said(t, members, largest) for members in crowd}))
    known = before if before is not None and before.asked == prior and before.weights == weights else None
    marks = _Marks.of(told) if keep or known is not None else _Marks()
    change = changes(known, t, crowd, marks.compared, marks.entities, marks.reports) if known is not None else None
    left = _sifted(t, keys, weights, prior, change)
    fitted = prior_of(left.counted, weights)
    bits = fitted if prior is None else prior
    change = change if change is not None and change.before.prior == bits else None
    scored = decided(t, left.scores, weights, bits) if change is None else _decided(t, left.scores, weights, change)
    memory_of = (keys, left) if keep else None
    del keys, left
    grouped = _clustered(t, [scored], weights, change)
    made = _events(told.ordered, told.groups(grouped), t, change, marks.claims)
    event_at = told.event_at(grouped, made)
    rows = _reasons(t, scored, event_at, weights, bits, grouped, change)
    joined = told.joined(made, rows, weights, prior=bits, notes=notes, fitted=fitted)
    if memory_of is None:
        return joined, None
    memory = Memory(
        t=t, ids=[claim.id for claim in t.claims], marks=marks.compared, entity_marks=marks.entities,
        report_marks=marks.reports, keys=memory_of[0], crowd=crowd, left=memory_of[1], scored=scored, merges=grouped.merges, event_at=event_at,
        events={event.claims: event for event in made}, claims=marks.claims, rows=rows,
        prior=bits, asked=prior, weights=weights,
    )  # fmt: skip
    return joined, memory


def _joined_by_parts(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    entities: Sequence[Entity],
    prior: float | None,
    weights: Weights,
    spill: Spill,
) -> Joined:
    told = _Told.of(documents, claims, entities)
    if told is None:
        return Joined(events=(), comparisons=())
    parts = spilled(told.t, weights, prior, spill)
    fitted = parts.fitted()
    bits = fitted if prior is None else prior
    parts.decide(bits)
    grouped = _clustered(told.t, parts.each(), weights, None)
    made = _events(told.ordered, told.groups(grouped), told.t, None, {})
    event_at = told.event_at(grouped, made)
    rows: dict[EventId, list[Comparison]] = {}
    for scored in parts.each():
        for one, held in reasons(told.t, scored, event_at, weights, prior=bits, wanted=None).items():
            rows.setdefault(one, []).extend(held)
    for held in rows.values():
        held.sort(key=in_a_waterfall)
    return told.joined(made, rows, weights, prior=bits, notes=parts.notes, fitted=fitted)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is joined: claims in their order, the first of each set of twins as traits, and which follow which."""

    ordered: list[Claim]
    twin: list[int]
    t: Traits

    @classmethod
    def of(cls, documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity]) -> _Told | None:
        """Return what there is to join, or None where there is nothing."""
        docs = {document.id: document for document in documents}
        ordered = in_order((claim for claim in claims if claim.status != "rejected"), docs)
        if not ordered:
            return None
        twin = twins(ordered, docs)
        return cls(ordered, twin, traits(documents, completed(ordered, twin), entities))

    def groups(self, grouped: Clustering) -> list[list[int]]:
        """Return the claims of each event by their places in the order, twins included."""
        first = [at for at, one in enumerate(self.twin) if at == one]
        if len(first) == len(self.twin):
            return self._alone_too(grouped)
        followers: dict[int, list[int]] = {}
        for at, one in enumerate(self.twin):
            followers.setdefault(one, []).append(at)
        return [sorted(at for one in group for at in followers[first[one]]) for group in self._alone_too(grouped)]

    def event_at(self, grouped: Clustering, made: Sequence[Event]) -> list[EventId]:
        """Return the event of each claim that was compared."""
        out: list[EventId] = [made[0].id] * len(self.t.claims)
        for group, event in zip(self._alone_too(grouped), made, strict=True):
            for at in group:
                out[at] = event.id
        return out

    def _alone_too(self, grouped: Clustering) -> list[list[int]]:
        held = set(chain.from_iterable(grouped.groups.values()))
        return sorted([*grouped.groups.values(), *([at] for at in range(len(self.t.claims)) if at not in held)])

    def joined(
        self,
        made: Sequence[Event],
        rows: Mapping[EventId, Sequence[Comparison]],
        weights: Weights,
        *,
        prior: float,
        notes: tuple[str, ...],
        fitted: float,
    ) -> Joined:
        """Return everything in its order."""
        by_id = {claim.id: claim for claim in self.ordered}
        events = sorted(with_episodes(made, by_id, self.t.entities), key=lambda event: event.id)
        followers = of_twins(self.ordered, self.twin, _event_of_each(made), weights)
        return Joined(
            events=tuple(events),
            comparisons=_comparisons(rows, followers),
            prior=prior,
            notes=notes,
            fitted=fitted,
        )


def _nothing() -> Longs:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Marks:
    """The marks of all claims, of those compared, of entities and of reports' words."""

    claims: Mapping[ClaimId, int] = field(default_factory=dict)
    compared: Longs = field(default_factory=_nothing)
    entities: Longs = field(default_factory=_nothing)
    reports: Longs = field(default_factory=_nothing)

    @classmethod
    def of(cls, told: _Told) -> _Marks:
        """Return the marks of what is joined."""
        all_of = digests(told.ordered)
        claims = dict(zip((claim.id for claim in told.ordered), all_of.tolist(), strict=True))
        first = [at for at, one in enumerate(told.twin) if at == one]
        compared = all_of[first]
        filled = [at for at, one in enumerate(first) if told.t.claims[at] is not told.ordered[one]]
        if filled:
            compared[filled] = digests(told.t.claims[at] for at in filled)
        return cls(claims, compared, digests(told.t.entities.values()), of_vectors(told.t.lexis.reports))


def _sifted(t: Traits, keys: Sequence[Keys], weights: Weights, prior: float | None, change: Changes | None) -> Sifted:
    """Return the pairs in reach: all of them, or those of before with what a change took away and brought."""
    if change is None:
        return sifted(t, keys, weights, prior=prior)
    old = change.before
    gone = sifted(old.t, old.keys, weights, prior=prior, touched=change.old_touched)
    come = sifted(t, keys, weights, prior=prior, touched=change.touched)
    stay = change.stay(old.left.scores)
    return Sifted(together([stay, come.scores]), old.left.counted - gone.counted + come.counted)


def _decided(t: Traits, left: Scores, weights: Weights, change: Changes) -> Scores:
    """Return what :func:`decided` returns, looking at the words of touched pairs alone."""
    touched = change.touched[left.pairs.i] | change.touched[left.pairs.j]
    come = decided(t, left.where(touched), weights, change.before.prior)
    return together([change.stay(change.before.scored), come])


def _clustered(t: Traits, parts: Iterable[Scores], weights: Weights, change: Changes | None) -> Clustering:
    settings = weights.settings["cluster"]
    near: list[tuple[Longs, Longs, Floats]] = []
    never: list[tuple[Longs, Longs]] = []
    for scored in parts:
        i, j, bits, barred = scored.pairs.i, scored.pairs.j, scored.bits, scored.barred
        close = (bits > settings["least"]) & ~barred
        near.append((i[close], j[close], bits[close]))
        never.append((i[barred], j[barred]))
    a, b, strength = (np.concatenate(side) for side in zip(*near, strict=True))
    barred_a, barred_b = (np.concatenate(side) for side in zip(*never, strict=True))
    del near, never
    return agglomerate(
        Links(len(t.claims), (a, b, strength), (barred_a, barred_b), least=settings["least"]),
        list(zip(t.first.tolist(), t.last.tolist(), strict=True)),
        threshold=settings["threshold"],
        most_apart=int(settings["most_apart"]),
        history=change.history() if change is not None else (),
        changed=np.flatnonzero(change.touched).tolist() if change is not None else None,
    )


def _events(
    ordered: Sequence[Claim],
    groups: Sequence[Sequence[int]],
    t: Traits,
    change: Changes | None,
    marks: Mapping[ClaimId, int],
) -> list[Event]:
    """Return the event of each group; one whose claims and names are as they were is kept."""
    old = change.before if change is not None and change.same_names else None
    same = (
        {one for one, mark in marks.items() if old.claims.get(one) == mark} if old is not None and old.events else set()
    )
    out = []
    for group in groups:
        claims = [ordered[at] for at in group]
        kept = old.events.get(tuple(claim.id for claim in claims)) if old is not None and old.events else None
        if kept is not None and all(claim.id in same for claim in claims):
            out.append(kept)
        else:
            out.append(event_of(claims, t.entities))
    return out


def _reasons(
    t: Traits,
    scored: Scores,
    event_at: Sequence[EventId],
    weights: Weights,
    prior: float,
    grouped: Clustering,
    change: Changes | None,
) -> dict[EventId, list[Comparison]]:
    if change is None or not change.same_names:
        return reasons(t, scored, event_at, weights, prior=prior, wanted=None)
    moved = change.touched.copy()
    for one in grouped.anew:
        moved[grouped.groups.get(one, [one])] = True
    pulled = scored.bits > PULL
    for side, other in ((scored.pairs.i, scored.pairs.j), (scored.pairs.j, scored.pairs.i)):
        moved[other[pulled & change.touched[side]]] = True
    moved[change.pulled_before(PULL)] = True
    for at, new in enumerate(change.now.tolist()):
        if new >= 0 and change.before.event_at[at] != event_at[new]:
            moved[new] = True
    again = {event_at[at] for at in np.flatnonzero(moved).tolist()}
    wanted = np.array([one in again for one in event_at], dtype=np.bool_)
    fresh = reasons(t, scored, event_at, weights, prior=prior, wanted=wanted)
    live = set(event_at)
    kept = {one: rows for one, rows in change.before.rows.items() if one in live and one not in again}
    return {**kept, **fresh}


def _event_of_each(events: Sequence[Event]) -> dict[ClaimId, EventId]:
    return {claim: event.id for event in events for claim in event.claims}


def _comparisons(
    rows: Mapping[EventId, Sequence[Comparison]], followers: Sequence[Comparison]
) -> tuple[Comparison, ...]:
    """Return all rows in order: by event, then by claim, then as a waterfall."""
    added: dict[EventId, list[Comparison]] = {}
    for row in followers:
        added.setdefault(row.event, []).append(row)
    out: list[Comparison] = []
    for event in sorted({*rows, *added}):
        held = rows.get(event, ())
        out += sorted([*held, *added[event]], key=in_a_waterfall) if event in added else held
    return tuple(out)
