"""The weights, the types that are compared, and the sentences a reviewer reads."""

from __future__ import annotations

import numpy as np
import pytest
from tests.join.builders import ENTITIES, NORTH, QUARTER

from tidings.join.compare import COMPARISONS
from tidings.join.prior import fit_prior
from tidings.join.rarity import KEPT, capped
from tidings.join.sentences import sentence
from tidings.join.traits import traits
from tidings.join.weights import kinship, load_weights, type_codes
from tidings.testing import claim, doc


@pytest.mark.parametrize("one", COMPARISONS, ids=lambda one: one.name)
def test_every_comparison_explains_itself(one) -> None:  # type: ignore[no-untyped-def]
    """Each comparison has a docstring that is a full sentence, and bits for all of its levels."""
    assert one.doc().endswith(".")
    assert set(load_weights().levels[one.name]) == set(one.levels)


def test_every_level_has_a_sentence() -> None:
    """Whatever a comparison finds, the reviewer reads a full sentence about it."""
    report = doc("Shells killed four in Jahmaliya.", publisher="Echo")
    told = claim(killed=4, of=report, agents=[NORTH], places=[QUARTER], when="2016-03-11", chain=[NORTH])
    t = traits([report], [told, told], ENTITIES)
    for one in COMPARISONS:
        for level in one.levels:
            assert sentence(t, one.name, level, 0, 1).endswith((".", ".."))


def test_kinship_goes_both_ways_and_knows_only_types_of_the_guide() -> None:
    """If one type is compared with another, the other is compared with it, at the same level."""
    kin = kinship()

    assert all(kin[b, a] == level for (a, b), level in kin.items())
    assert {name for pair in kin for name in pair} <= set(type_codes())
    assert all((name, name) in kin for name in type_codes())
    assert ("statement/threat", "casualties/killed") not in kin


def test_what_half_the_record_says_is_worth_little() -> None:
    """Agreement on something common is worth less than its weight; on something rare it keeps it; a penalty stays."""
    bits = capped(np.array([4.0, 4.0, -5.0]), np.array([5000.0, 1.0, 5000.0]), 10_000)

    assert bits[0] == 4.0 * KEPT
    assert bits[1] == 4.0
    assert bits[2] == -5.0


def test_the_prior_stays_within_its_bounds() -> None:
    """However alike or unlike all pairs look, the fitted prior never leaves the range of the table."""
    row = load_weights().settings["prior"]
    for evidence in (np.full(5000, 30.0), np.full(5000, -30.0), np.zeros(0)):
        assert row["least"] <= fit_prior(evidence, load_weights()) <= row["most"]
