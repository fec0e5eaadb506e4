"""The door of the join: claims in, events and the reasons for them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from tidings.join.blocks import Keys, crowds, keys_of, said
from tidings.join.cluster import Clustering, Links, agglomerate
from tidings.join.events import event_of, in_order, with_episodes
from tidings.join.memory import Changes, Memory, changes
from tidings.join.reasons import PULL, of_twins, reasons
from tidings.join.reasons import in_order as in_a_waterfall
from tidings.join.scoring import Scores, Sifted, decided, prior_of, sifted, together
from tidings.join.traits import Traits, traits
from tidings.join.twins import completed, twins
from tidings.join.weights import Weights, load_weights
from tidings.model import Claim, ClaimId, Comparison, Document, Entity, Event, EventId, Joined

__all__ = ["join", "rejoin"]

Bools = npt.NDArray[np.bool_]


def join(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    entities: Sequence[Entity],
    *,
    prior: float | None = None,
    weights: Weights | None = None,
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
    """
    return rejoin(documents, claims, entities, prior=prior, weights=weights, keep=False)[0]


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
    weights = weights or load_weights()
    docs = {document.id: document for document in documents}
    ordered = in_order((claim for claim in claims if claim.status != "rejected"), docs)
    if not ordered:
        return Joined(events=(), comparisons=()), None
    twin = twins(ordered, docs)
    t = traits(documents, completed(ordered, twin), entities)
    keys = keys_of(t)
    largest = int(weights.settings["cluster"]["largest_block"])
    crowd = crowds(keys, largest=largest)
    notes = tuple(sorted({said(t, members, largest) for members in crowd}))
    known = before if before is not None and before.asked == prior and before.weights == weights else None
    change = changes(known, t, crowd) if known is not None else None
    left = _sifted(t, keys, weights, prior, change)
    fitted = prior_of(left.counted, weights)
    bits = fitted if prior is None else prior
    change = change if change is not None and change.before.prior == bits else None
    scored = decided(t, left.scores, weights, bits) if change is None else _decided(t, left.scores, weights, change)
    memory_of = (keys, left) if keep else None
    del keys, left
    grouped = _clustered(t, scored, weights, change)

    held = set(chain.from_iterable(grouped.groups.values()))
    groups = sorted([*grouped.groups.values(), *([at] for at in range(len(t.claims)) if at not in held)])
    first = [at for at, one in enumerate(twin) if at == one]
    followers: dict[int, list[int]] = {}
    for at, one in enumerate(twin):
        followers.setdefault(one, []).append(at)
    whole = [sorted(at for one in group for at in followers[first[one]]) for group in groups]
    made = _events(ordered, whole, t, change)
    events = sorted(with_episodes(made, {claim.id: claim for claim in ordered}, t.entities), key=lambda event: event.id)
    event_at: list[EventId] = [made[0].id] * len(t.claims)
    for group, event in zip(groups, made, strict=True):
        for at in group:
            event_at[at] = event.id
    rows = _reasons(t, scored, event_at, weights, bits, grouped, change)
    joined = Joined(
        events=tuple(events),
        comparisons=_comparisons(rows, of_twins(ordered, twin, _event_of_each(made), weights)),
        prior=bits,
        notes=notes,
        fitted=fitted,
    )
    if memory_of is None:
        return joined, None
    memory = Memory(
        t=t, keys=memory_of[0], crowd=crowd, left=memory_of[1], scored=scored, merges=grouped.merges, event_at=event_at,
        events={event.claims: event for event in made}, claims={claim.id: claim for claim in ordered}, rows=rows,
        prior=bits, asked=prior, weights=weights,
    )  # fmt: skip
    return joined, memory


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


def _clustered(t: Traits, scored: Scores, weights: Weights, change: Changes | None) -> Clustering:
    settings = weights.settings["cluster"]
    i, j, bits, barred = scored.pairs.i, scored.pairs.j, scored.bits, scored.barred
    near = (bits > settings["least"]) & ~barred
    return agglomerate(
        Links(len(t.claims), (i[near], j[near], bits[near]), (i[barred], j[barred]), least=settings["least"]),
        list(zip(t.first.tolist(), t.last.tolist(), strict=True)),
        threshold=settings["threshold"],
        most_apart=int(settings["most_apart"]),
        history=change.history() if change is not None else (),
        changed=np.flatnonzero(change.touched).tolist() if change is not None else None,
    )


def _events(
    ordered: Sequence[Claim], groups: Sequence[Sequence[int]], t: Traits, change: Changes | None
) -> list[Event]:
    """Return the event of each group; one whose claims and names are as they were is kept."""
    old = change.before if change is not None and change.same_names else None
    out = []
    for group in groups:
        claims = [ordered[at] for at in group]
        kept = old.events.get(tuple(claim.id for claim in claims)) if old is not None else None
        if kept is not None and old is not None and all(old.claims[claim.id] == claim for claim in claims):
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
