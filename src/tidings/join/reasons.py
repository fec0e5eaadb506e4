"""Why claims were joined or kept apart: the rows that ``tidings why`` shows as a waterfall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from tidings.join.compare import COMPARISONS
from tidings.join.scoring import Scores
from tidings.join.sentences import sentence
from tidings.join.traits import Traits
from tidings.join.weights import Weights
from tidings.model import Claim, ClaimId, Comparison, EventId

__all__ = ["PULL", "of_twins", "reasons"]

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PULL = 2.0
"""Bits by which a pair must speak for one event before the record says why it was kept apart all the same: four to one."""

_ORDER = {one.name: at for at, one in enumerate(COMPARISONS)}


def reasons(
    t: Traits, scored: Scores, event_at: Sequence[EventId], weights: Weights, *, prior: float, wanted: Bools | None
) -> dict[EventId, list[Comparison]]:
    """Return for each event why its claims were joined, and why some were kept apart, in order.

    For each claim of an event these are the comparisons with the earlier claim it agrees with most; for a claim that a
    pair alone would clearly have joined to another event, the comparisons of that pair. Only claims that are ``wanted``
    are asked for, where that is given.
    """
    number = {one: at for at, one in enumerate(dict.fromkeys(event_at))}
    event = np.array([number[one] for one in event_at], dtype=np.int64)
    i, j = scored.pairs.i, scored.pairs.j
    rows = np.arange(len(i)) if wanted is None else np.flatnonzero(wanted[j])
    same = event[i[rows]] == event[j[rows]]
    best = _first(scored, rows[same])
    apart = _first(scored, rows[~same & (scored.bits[rows] > PULL)])
    shown = np.concatenate([best, apart])
    bits = {
        one.name: np.round(one.bits(t, weights, i[shown], j[shown], scored.levels[one.name][shown]), 2).tolist()
        for one in COMPARISONS
    }
    levels = {one.name: [one.levels[at] for at in scored.levels[one.name][shown].tolist()] for one in COMPARISONS}
    out: dict[EventId, list[Comparison]] = {}
    # Many pairs have the same reason; it is kept once.
    once: dict[str, str] = {}
    begun = f"Before anything is compared, a candidate pair of this record is one happening with {prior:+.1f} bits."
    for at, row in enumerate(shown.tolist()):
        a, b = int(i[row]), int(j[row])
        first, second, whose = t.claims[a].id, t.claims[b].id, event_at[b]
        why = (
            begun
            if at < len(best)
            else f"Kept apart although the pair alone stands at {scored.bits[row]:+.1f} bits: the groups as a whole do not agree."
        )
        held = out.setdefault(whose, [])
        held.append(Comparison(event=whose, a=first, b=second, what="prior", bits=prior, reason=why))
        for one in COMPARISONS:
            value = bits[one.name][at]
            if value:
                reason = sentence(t, one.name, levels[one.name][at], a, b)
                reason = once.setdefault(reason, reason)
                held.append(Comparison(event=whose, a=first, b=second, what=one.name, bits=value, reason=reason))
    for held in out.values():
        held.sort(key=in_order)
    return out


def in_order(row: Comparison) -> tuple[str, str, int]:
    """Return the order of rows within an event: by claim, then as a waterfall."""
    return (row.b, row.a, _ORDER.get(row.what, -1))


def _first(scored: Scores, rows: Longs) -> Longs:
    """Return for each later claim the row with the most bits, the first of equals."""
    order = rows[np.lexsort((rows, -scored.bits[rows], scored.pairs.j[rows]))]
    later = scored.pairs.j[order]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = later[1:] != later[:-1]
    return np.asarray(order[fresh], dtype=np.int64)


def of_twins(
    claims: Sequence[Claim], twin: Sequence[int], event: Mapping[ClaimId, EventId], weights: Weights
) -> list[Comparison]:
    """Return why each twin follows the first of its kind, and each number in a title the line that gives it."""
    copied = ("copied", weights.bits("copied", "copied"), "The same words stand in a copy of the same report.")
    bits = weights.bits("document", "headline")
    summed = ("document", bits, "The title of the report gives the same number of the same.")
    out = []
    for at, one in enumerate(twin):
        if at != one:
            claim, first = claims[at], claims[one]
            headline = claim.document == first.document and claim.quote != first.quote
            what, value, why = summed if headline else copied
            row = Comparison(event=event[claim.id], a=first.id, b=claim.id, what=what, bits=value, reason=why)
            out.append(row)
    return out
