"""The prior: how seldom a candidate pair tells of one happening. The one number that does not travel between records.

It is fitted in coarse steps, so that one more report seldom moves it, and depends on the reports alone, so that a record
that grew equals one built at once. A person who wants it to stay fixes it by a decision (``tidings refit``).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tidings.join.weights import Weights

__all__ = ["fit_prior", "fit_tally", "tally"]

_ROUNDS = 50
_STEP = 0.01
"""Bits of change below which the fit has come to rest."""

_COARSE = 1.0
"""Bits between two priors that a record can have, counted from the table's."""

_REACH = 60
_FINE = 64
"""Evidence is tallied between 60 bits either way, in steps of a sixty-fourth."""

_CAUTION = 400.0
"""The prior of the table weighs as much as this many pairs, so that a record of a few reports keeps it."""


def tally(evidence: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return how many pairs stand at each step of bits: tallies of parts of a record add up to that of the whole."""
    steps = np.round((np.clip(evidence, -_REACH, _REACH) + _REACH) * _FINE).astype(np.int64)
    return np.bincount(steps, minlength=2 * _REACH * _FINE + 1)


def fit_prior(evidence: npt.NDArray[np.float64], weights: Weights) -> float:
    """Return the prior that the evidence of all candidate pairs, in bits without a prior, makes likeliest."""
    return fit_tally(tally(evidence), weights)


def fit_tally(counted: npt.NDArray[np.int64], weights: Weights) -> float:
    """Return the prior in bits under which the pairs' evidence agrees with itself.

    The share of matches among candidate pairs is the mean of what each pair's evidence makes of that very share; the
    weights stay as they are. Only this number is fitted: fitting weights without labels goes wrong silently on large
    records.

    Args:
        counted: The :func:`tally` of the bits of every candidate pair without a prior.
        weights: The weights, whose prior is the starting point and the anchor.
    """
    row = weights.settings["prior"]
    prior = start = row["bits"]
    anchor = _odds(np.array([start]))[0]
    bits, n = np.arange(len(counted)) / _FINE - _REACH, float(counted.sum())
    for _ in range(_ROUNDS):
        share = (float((_odds(bits + prior) * counted).sum()) + anchor * _CAUTION) / (n + _CAUTION)
        share = min(max(share, 1e-9), 1 - 1e-9)
        fitted = float(np.clip(np.log2(share / (1 - share)), row["least"], row["most"]))
        if abs(fitted - prior) < _STEP:
            break
        prior = fitted
    steps = round((prior - start) / _COARSE)
    return float(np.clip(start + steps * _COARSE, row["least"], row["most"]))


def _odds(bits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the chance that goes with bits."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -60, 60))))
