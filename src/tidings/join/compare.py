"""The comparisons: what of two claims agrees, in levels that the weights turn into bits and sentences.

``COMPARISONS`` lists them all. A new idea is a new function in ``facts.py`` or ``telling.py``, its levels in
``weights.toml`` and its sentences in ``sentences.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tidings.join import facts, telling
from tidings.join.arrays import Floats, Levels, Longs
from tidings.join.rarity import (
    capped,
    claims_of_agents,
    claims_of_days,
    claims_of_places,
    claims_of_targets,
    claims_of_types,
)
from tidings.join.traits import Traits
from tidings.join.weights import TYPE_LEVELS, Weights

__all__ = ["COMPARISONS", "Comparer"]


@dataclass(frozen=True, slots=True)
class Comparer:
    """One comparison: its name (a table of ``weights.toml``), its levels in order, and the function.

    ``cheap`` ones look at arrays alone and run on every candidate pair; the others on pairs still in reach. ``common``
    says how many claims of the record hold what a pair agrees on, where that lowers what agreement is worth.
    """

    name: str
    levels: tuple[str, ...]
    run: Callable[[Traits, Longs, Longs], Levels]
    cheap: bool = True
    common: Callable[[Traits, Longs, Longs], Floats] | None = None

    def doc(self) -> str:
        """Return the sentence that explains the comparison.

        Raises:
            TypeError: The function has no docstring.
        """
        if not self.run.__doc__:
            msg = f"the comparison {self.name} has no docstring"
            raise TypeError(msg)
        return self.run.__doc__.strip().split("\n\n")[0]

    def bits(self, t: Traits, weights: Weights, i: Longs, j: Longs, levels: Levels) -> Floats:
        """Return the bits of pairs whose levels are known, lowered where the record shows the finding to be common."""
        bits = np.array([weights.bits(self.name, level) for level in self.levels])[levels]
        return bits if self.common is None else capped(bits, self.common(t, i, j), t.common.n)


COMPARISONS: tuple[Comparer, ...] = (
    Comparer("whole", telling.WHOLE, telling.whole),
    Comparer("type", TYPE_LEVELS, facts.types, common=claims_of_types),
    Comparer("days", facts.DAYS, facts.days, common=claims_of_days),
    Comparer("place", facts.PLACE, facts.place, common=claims_of_places),
    Comparer("agents", facts.AGENTS, facts.agents, common=claims_of_agents),
    Comparer("targets", facts.TARGETS, facts.targets, common=claims_of_targets),
    Comparer("numbers", facts.NUMBERS, facts.numbers),
    Comparer("goal", facts.GOAL, facts.goal),
    Comparer("mode", facts.MODE, facts.mode),
    Comparer("document", telling.DOCUMENT, telling.document),
    Comparer("source", telling.SOURCE, telling.source),
    Comparer("known", telling.KNOWN, telling.known),
    Comparer("words", telling.SHARES, telling.wording, cheap=False),
    Comparer("reports", telling.REPORTS, telling.reports, cheap=False),
    Comparer("copied", telling.COPIED, telling.copied, cheap=False),
)
"""Every comparison, in the order in which a waterfall shows them."""
