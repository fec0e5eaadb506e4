"""The door of the join: claims in, events and the reasons for them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tidings.join.blocks import Pairs, candidates
from tidings.join.cluster import clusters, islands
from tidings.join.compare import COMPARISONS
from tidings.join.events import event_of, in_order, with_episodes
from tidings.join.prior import fit_prior
from tidings.join.sentences import sentence
from tidings.join.traits import Traits, traits
from tidings.join.twins import completed, twins
from tidings.join.weights import Weights, load_weights
from tidings.model import Claim, ClaimId, Comparison, Document, Entity, Event, Joined

__all__ = ["Scores", "join", "score"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """The pairs in reach: their levels, their bits with the prior, and whether they may share an event at all."""

    pairs: Pairs
    levels: dict[str, npt.NDArray[np.int8]]
    bits: Floats
    barred: npt.NDArray[np.bool_]
    prior: float
    fitted: float = 0.0


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
    weights = weights or load_weights()
    docs = {document.id: document for document in documents}
    ordered = in_order((claim for claim in claims if claim.status != "rejected"), docs)
    if not ordered:
        return Joined(events=(), comparisons=())
    twin = twins(ordered, docs)
    first = [at for at, one in enumerate(twin) if at == one]
    t = traits(documents, completed(ordered, twin), entities)
    scored = score(t, weights, prior=prior)
    groups = _groups(t, scored, weights)
    alone = set(range(len(first))).difference(*groups)
    everyone = sorted([*groups, *([one] for one in alone)])
    followers: dict[int, list[int]] = {}
    for at, one in enumerate(twin):
        followers.setdefault(one, []).append(at)
    whole = [sorted(at for one in group for at in followers[first[one]]) for group in everyone]
    made = [event_of([ordered[at] for at in group], t.entities) for group in whole]
    events = sorted(with_episodes(made, {claim.id: claim for claim in ordered}, t.entities), key=lambda event: event.id)
    reasons = _reasons(t, scored, everyone, made, weights)
    reasons += _of_twins(ordered, twin, {claim: event for event in made for claim in event.claims}, weights)
    order = {one.name: at for at, one in enumerate(COMPARISONS)}
    reasons.sort(key=lambda one: (one.event, one.b, one.a, order.get(one.what, -1)))
    return Joined(
        events=tuple(events),
        comparisons=tuple(reasons),
        prior=scored.prior,
        notes=scored.pairs.cut,
        fitted=scored.fitted,
    )


def _of_twins(
    claims: Sequence[Claim], twin: Sequence[int], event: Mapping[ClaimId, Event], weights: Weights
) -> list[Comparison]:
    """Return why each twin follows the first of its kind."""
    copied = ("copied", weights.bits("copied", "copied"), "The same words stand in a copy of the same report.")
    summed = (
        "document",
        weights.bits("document", "headline"),
        "The title of the report gives the same number of the same.",
    )

    def row(claim: Claim, first: Claim) -> Comparison:
        headline = claim.document == first.document and claim.quote != first.quote
        what, bits, why = summed if headline else copied
        return Comparison(event=event[claim.id].id, a=first.id, b=claim.id, what=what, bits=bits, reason=why)

    return [
        row(claim, claims[one]) for claim, at, one in zip(claims, range(len(claims)), twin, strict=True) if at != one
    ]


def score(t: Traits, weights: Weights, *, prior: float | None = None) -> Scores:
    """Return the bits of every candidate pair in reach.

    Pairs are looked at in slices, so that memory holds the levels of those in reach alone. Words are looked at last, and
    only where they can matter.
    """
    settings = weights.settings["cluster"]
    pairs = candidates(t, largest=int(settings["largest_block"]))
    hopeful = weights.settings["prior"]["most"] if prior is None else prior
    evidence: list[Floats] = []
    kept: list[Scores] = []
    for start in range(0, max(1, len(pairs.i)), int(settings["pairs_at_once"])):
        stop = start + int(settings["pairs_at_once"])
        part = _slice(t, Pairs(pairs.i[start:stop], pairs.j[start:stop]), weights)
        evidence.append(part.bits)
        kept.append(_within_reach(part, hopeful, settings))
    fitted = fit_prior(np.concatenate(evidence), weights)
    prior = fitted if prior is None else prior
    scored = _within_reach(_together(kept, pairs.cut), prior, settings)
    i, j, total = scored.pairs.i, scored.pairs.j, scored.bits
    for one in COMPARISONS:
        if not one.cheap:
            scored.levels[one.name] = one.run(t, i, j)
            total = total + one.bits(t, weights, i, j, scored.levels[one.name])
    return replace(scored, bits=total + prior, prior=prior, fitted=fitted)


def _slice(t: Traits, pairs: Pairs, weights: Weights) -> Scores:
    """Return what the cheap comparisons make of pairs, without a prior."""
    levels: dict[str, npt.NDArray[np.int8]] = {}
    total = np.zeros(len(pairs.i))
    barred = np.zeros(len(pairs.i), dtype=np.bool_)
    for one in COMPARISONS:
        if one.cheap:
            levels[one.name] = one.run(t, pairs.i, pairs.j)
            found = one.bits(t, weights, pairs.i, pairs.j, levels[one.name])
            total += found
            barred |= found <= weights.settings["cluster"]["cannot"]
    return Scores(pairs, levels, total, barred, 0.0)


def _within_reach(scored: Scores, prior: float, settings: Mapping[str, float]) -> Scores:
    """Leave out the pairs that no words can bring together.

    A pair that is barred stays, however low, so that no third claim brings its two ends together.
    """
    keep = (scored.bits + prior > -settings["reach"]) | (scored.barred & (scored.bits > 2 * settings["cannot"]))
    return Scores(
        Pairs(scored.pairs.i[keep], scored.pairs.j[keep], scored.pairs.cut),
        {name: level[keep] for name, level in scored.levels.items()},
        scored.bits[keep],
        scored.barred[keep],
        prior,
    )


def _together(parts: Sequence[Scores], cut: tuple[str, ...]) -> Scores:
    return Scores(
        Pairs(np.concatenate([one.pairs.i for one in parts]), np.concatenate([one.pairs.j for one in parts]), cut),
        {name: np.concatenate([one.levels[name] for one in parts]) for name in parts[0].levels},
        np.concatenate([one.bits for one in parts]),
        np.concatenate([one.barred for one in parts]),
        0.0,
    )


def _groups(t: Traits, scored: Scores, weights: Weights) -> list[list[int]]:
    """Return the groups of two or more claims."""
    settings = weights.settings["cluster"]
    i, j, bits = scored.pairs.i, scored.pairs.j, scored.bits
    # Two claims can only meet in a group through pairs above the threshold, so what no such path joins is left out,
    # and so is every pair that would count as one never compared.
    island = islands(i, j, (bits > settings["threshold"]) & ~scored.barred, len(t.claims))
    inside = island[i] == island[j]
    near = inside & (bits > settings["least"]) & ~scored.barred
    barred = inside & scored.barred
    return clusters(
        zip(i[near].tolist(), j[near].tolist(), bits[near].tolist(), strict=True),
        zip(i[barred].tolist(), j[barred].tolist(), strict=True),
        days=list(zip(t.first.tolist(), t.last.tolist(), strict=True)),
        threshold=settings["threshold"],
        least=settings["least"],
        most_apart=int(settings["most_apart"]),
    )


_PULL = 2.0
"""Bits by which a pair must speak for one event before the record says why it was kept apart all the same: four to one."""


def _reasons(
    t: Traits, scored: Scores, groups: Sequence[Sequence[int]], events: Sequence[Event], weights: Weights
) -> list[Comparison]:
    """Return why claims were joined, then why some were kept apart.

    For each claim of an event these are the comparisons with the earlier claim it agrees with most; for a claim that a
    pair alone would clearly have joined to another event, the comparisons of that pair.
    """
    event_at = {at: event for group, event in zip(groups, events, strict=True) for at in group}
    best: dict[int, tuple[float, int]] = {}
    apart: dict[int, tuple[float, int]] = {}
    i, j, bits = scored.pairs.i.tolist(), scored.pairs.j.tolist(), scored.bits.tolist()
    for row, (a, b, value) in enumerate(zip(i, j, bits, strict=True)):
        table = best if event_at[a].id == event_at[b].id else apart if value > _PULL else None
        if table is not None and (b not in table or value > table[b][0]):
            table[b] = (value, row)
    rows = sorted({row for table in (best, apart) for _, row in table.values()})
    shown = _bits_of(t, scored, np.array(rows, dtype=np.int64), weights)
    at = {row: place for place, row in enumerate(rows)}
    out: list[Comparison] = []
    for table in (best, apart):
        for b, (_, row) in sorted(table.items()):
            bits_here = {name: float(column[at[row]]) for name, column in shown.items()}
            out += _waterfall(t, scored, row, event_at[b], bits_here, joined=table is best)
    return out


def _bits_of(t: Traits, scored: Scores, rows: npt.NDArray[np.int64], weights: Weights) -> dict[str, Floats]:
    """Return the bits of every comparison for some of the pairs."""
    i, j = scored.pairs.i[rows], scored.pairs.j[rows]
    return {one.name: one.bits(t, weights, i, j, scored.levels[one.name][rows]) for one in COMPARISONS}


def _waterfall(
    t: Traits, scored: Scores, row: int, event: Event, shown: dict[str, float], *, joined: bool
) -> list[Comparison]:
    a, b = int(scored.pairs.i[row]), int(scored.pairs.j[row])
    first, second = t.claims[a].id, t.claims[b].id
    why = (
        f"Before anything is compared, a candidate pair of this record is one happening with {scored.prior:+.1f} bits."
        if joined
        else f"Kept apart although the pair alone stands at {scored.bits[row]:+.1f} bits: the groups as a whole do not agree."
    )
    out = [Comparison(event=event.id, a=first, b=second, what="prior", bits=scored.prior, reason=why)]
    for one in COMPARISONS:
        level = one.levels[int(scored.levels[one.name][row])]
        bits = round(shown[one.name], 2)
        if bits:
            reason = sentence(t, one.name, level, a, b)
            out.append(Comparison(event=event.id, a=first, b=second, what=one.name, bits=bits, reason=reason))
    return out
