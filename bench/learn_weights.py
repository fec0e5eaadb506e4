"""Learn the join's weights from labelled candidate pairs of generated worlds.

A logistic regression over the levels of all comparisons, pulled towards the weights that stand in ``weights.toml`` (a
ridge), so that levels the generated worlds never show keep what they have. Prints each level with its old and new bits,
and the share of matches as a prior. Nobody's reports are used.

::

    python bench/learn_weights.py 20000
"""

from __future__ import annotations

import sys

import numpy as np
from generate import world

from tidings.join.blocks import candidates, crowds, keys_of
from tidings.join.compare import COMPARISONS
from tidings.join.traits import traits
from tidings.join.weights import load_weights

PULL = 200.0
"""Strength of the ridge, in pairs."""
STEPS = 12


def main() -> None:
    made = world(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, seed=11)
    weights = load_weights()
    t = traits(made.documents, made.claims, made.entities)
    keys, largest = keys_of(t), int(weights.settings["cluster"]["largest_block"])
    pairs = candidates(t, keys, largest=largest)
    event = np.array([made.truth[claim.id] for claim in made.claims])
    y = (event[pairs.i] == event[pairs.j]).astype(float)
    names: list[tuple[str, str]] = []
    columns: list[np.ndarray] = []
    for one in COMPARISONS:
        level = one.run(t, pairs.i, pairs.j)
        for at, name in enumerate(one.levels):
            if (level == at).any():
                names.append((one.name, name))
                columns.append((level == at).astype(np.float32))
    x = np.stack([*columns, np.ones(len(y), dtype=np.float32)], axis=1)
    nats = np.log(2.0)
    start = np.array([*(weights.bits(*name) * nats for name in names), weights.prior * nats])
    pull = np.append(np.full(len(names), PULL), 0.0)
    beta = start.copy()
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(x @ beta)))
        slope = x.T @ (p - y) + pull * (beta - start)
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(pull + 1e-6)
        beta = beta - np.linalg.solve(bend, slope)
    print(
        f"{len(y)} pairs, {int(y.sum())} matches; blocks cut: {len(crowds(keys, largest=largest))}; prior {beta[-1] / nats:+.2f}"
    )
    for (what, level), new, old, column in zip(names, beta, start, columns, strict=False):
        print(f"{what:10} {level:16} {old / nats:+6.2f} -> {new / nats:+6.2f}   {int(column.sum())} pairs")


if __name__ == "__main__":
    main()
