"""The one number of the join that is the record's own: fitted from the reports alone, or fixed by a person."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tidings._verdicts import fixed_prior
from tidings.join.prior import fit_prior
from tidings.join.weights import load_weights
from tidings.store.log import chained, in_force


def test_the_last_refit_in_force_fixes_the_prior():
    """Of two refits the later holds; undone, the earlier one does; without any, each build fits its own."""
    log = []
    for at, (action, subject, new) in enumerate(
        [("refit", "prior", {"prior": -7.5}), ("refit", "prior", {"prior": -6.0})]
    ):
        log.append(chained(log, at=f"2026-01-0{at + 1}", by="A", action=action, subject=subject, reason="r", new=new))
    assert fixed_prior([]) is None
    assert fixed_prior(in_force(log)) == -6.0
    log.append(chained(log, at="2026-01-03", by="A", action="undo", subject=log[1].id, reason="r"))
    assert fixed_prior(in_force(log)) == -7.5
    assert json.loads(log[0].after) == {"prior": -7.5}


@given(st.lists(st.floats(-20, 20), max_size=300), st.floats(-3, 3))
def test_the_fitted_prior_moves_in_steps(bits: list[float], more: float):
    """Whatever the pairs say, in whatever order, the prior is one of a few numbers."""
    row = load_weights().settings["prior"]
    fitted = fit_prior(np.array(bits), load_weights())
    steps = {max(row["least"], min(row["most"], row["bits"] + step)) for step in range(-10, 11)}

    assert fitted in steps
    assert fitted == fit_prior(np.array(bits[::-1]), load_weights())
