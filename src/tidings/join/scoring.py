"""Pairs of claims get their bits: the cheap comparisons on every candidate, words on those that they can still decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tidings.join.blocks import Keys, Pairs, candidates
from tidings.join.compare import COMPARISONS
from tidings.join.prior import fit_tally, tally
from tidings.join.traits import Traits
from tidings.join.weights import Weights

__all__ = ["Scores", "Sifted", "decided", "sifted", "sifted_pairs", "together"]

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scores:
    """Pairs with the levels of their comparisons, their bits, and whether they may share an event at all."""

    pairs: Pairs
    levels: dict[str, npt.NDArray[np.int8]]
    bits: Floats
    barred: Bools

    def where(self, keep: npt.NDArray[np.bool_] | Longs) -> Scores:
        """Return some of the pairs."""
        return Scores(
            Pairs(self.pairs.i[keep], self.pairs.j[keep]),
            {name: level[keep] for name, level in self.levels.items()},
            self.bits[keep],
            self.barred[keep],
        )


@dataclass(frozen=True, slots=True)
class Sifted:
    """What the cheap comparisons leave: the pairs that some prior can still bring together, their bits without a prior.

    ``counted`` is the tally of the evidence of all candidate pairs, those left out included.
    """

    scores: Scores
    counted: Longs


def sifted(
    t: Traits, keys: Sequence[Keys], weights: Weights, *, prior: float | None, touched: Bools | None = None
) -> Sifted:
    """Return the pairs in reach of the highest prior that the record can have, or of the one given.

    Pairs are looked at in slices, so that memory holds the levels of those in reach alone.
    """
    settings = weights.settings["cluster"]
    pairs = candidates(t, keys, largest=int(settings["largest_block"]), touched=touched)
    hopeful = weights.settings["prior"]["most"] if prior is None else prior
    return sifted_pairs(t, pairs, weights, hopeful)


def sifted_pairs(t: Traits, pairs: Pairs, weights: Weights, hopeful: float) -> Sifted:
    """Return which of the pairs are in reach of a prior, with their bits, and the tally of all."""
    settings = weights.settings["cluster"]
    counted = tally(np.zeros(0))
    kept: list[Scores] = []
    for part in _slices(pairs, int(settings["pairs_at_once"])):
        scored = _cheap(t, part, weights)
        counted = counted + tally(scored.bits)
        kept.append(scored.where(_reached(scored, hopeful, settings)))
    return Sifted(together(kept), counted)


def decided(t: Traits, left: Scores, weights: Weights, prior: float) -> Scores:
    """Return the pairs in reach of a prior with the bits of all comparisons, the prior included. Words are looked at last."""
    scored = left.where(_reached(left, prior, weights.settings["cluster"]))
    i, j, total = scored.pairs.i, scored.pairs.j, scored.bits + prior
    for one in COMPARISONS:
        if not one.cheap:
            scored.levels[one.name] = one.run(t, i, j)
            total = total + one.bits(t, weights, i, j, scored.levels[one.name])
    return replace(scored, bits=total)


def prior_of(counted: Longs, weights: Weights) -> float:
    """Return the prior that the evidence of all candidate pairs makes likeliest."""
    return fit_tally(counted, weights)


def _slices(pairs: Pairs, size: int) -> Iterator[Pairs]:
    for start in range(0, max(1, len(pairs.i)), size):
        yield Pairs(pairs.i[start : start + size], pairs.j[start : start + size])


def _cheap(t: Traits, pairs: Pairs, weights: Weights) -> Scores:
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
    return Scores(pairs, levels, total, barred)


def _reached(scored: Scores, prior: float, settings: Mapping[str, float]) -> Bools:
    """Return which pairs words can still bring together.

    A pair that is barred stays, however low, so that no third claim brings its two ends together.
    """
    barred = scored.barred & (scored.bits > 2 * settings["cannot"])
    return np.asarray((scored.bits + prior > -settings["reach"]) | barred, dtype=np.bool_)


def together(parts: Sequence[Scores]) -> Scores:
    """Return the pairs of several parts in one, in order."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and len(parts[1].bits) * _FEW < len(parts[0].bits):
        return _put_in(*parts)
    i, j = (np.concatenate([getattr(one.pairs, side) for one in parts]) for side in "ij")
    whole = Scores(
        Pairs(i, j),
        {name: np.concatenate([one.levels[name] for one in parts]) for name in parts[0].levels},
        np.concatenate([one.bits for one in parts]),
        np.concatenate([one.barred for one in parts]),
    )
    ordered = bool((np.diff(i) > 0).all()) or bool(((np.diff(i) > 0) | ((np.diff(i) == 0) & (np.diff(j) > 0))).all())
    return whole if ordered else whole.where(np.lexsort((j, i)))


_FEW = 8
"""Pairs that are an eighth of the others are put in among them, which is faster than putting all in order."""


def _put_in(many: Scores, few: Scores) -> Scores:
    """Return many pairs with a few more in their places; both are in order."""
    codes = [one.pairs.i.astype(np.int64) << 32 | one.pairs.j.astype(np.int64) for one in (many, few)]
    at = np.searchsorted(codes[0], codes[1])

    def both(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.insert(one, at, other)

    return Scores(
        Pairs(both(many.pairs.i, few.pairs.i), both(many.pairs.j, few.pairs.j)),
        {name: both(level, few.levels[name]) for name, level in many.levels.items()},
        both(many.bits, few.bits),
        both(many.barred, few.barred),
    )
