"""How far reviewers agree: their verdicts on the same things, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from tidings.model import Decision

__all__ = ["Agreement", "agreements"]

_YES = {"accept": True, "correct": True, "merge": True, "refuse": False, "split": False}
"""What a verdict says of what was read. A correction agrees that the words hold a claim."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Two reviewers, how many things both judged, in how many they agree, and Cohen's kappa.

    Kappa is 1 for full agreement and 0 for as much as chance gives; None where one of them always said the same and
    chance alone explains it all.
    """

    a: str
    b: str
    both: int
    agree: int
    kappa: float | None
    differ: tuple[str, ...]


def agreements(decisions: Iterable[Decision]) -> list[Agreement]:
    """Return the agreement of each pair of reviewers who judged something both; each one's last verdict counts."""
    listed = list(decisions)
    undone = {row.subject for row in listed if row.action == "undo" and _by(listed, row.subject) == row.by}
    verdicts: dict[str, dict[str, bool]] = {}
    for row in listed:
        if row.action in _YES and row.id not in undone:
            verdicts.setdefault(row.by, {})[row.subject] = _YES[row.action]
    out = []
    for a, b in combinations(sorted(verdicts), 2):
        both = sorted(set(verdicts[a]) & set(verdicts[b]))
        if both:
            pairs = [(verdicts[a][one], verdicts[b][one]) for one in both]
            differ = tuple(one for one in both if verdicts[a][one] != verdicts[b][one])
            out.append(
                Agreement(a=a, b=b, both=len(both), agree=len(both) - len(differ), kappa=_kappa(pairs), differ=differ)
            )
    return out


def _by(decisions: Iterable[Decision], one: str) -> str:
    return next((row.by for row in decisions if row.id == one), "")


def _kappa(pairs: list[tuple[bool, bool]]) -> float | None:
    """Return Cohen's kappa: Cohen, "A coefficient of agreement for nominal scales" (1960)."""
    n = len(pairs)
    seen = sum(a == b for a, b in pairs) / n
    yes_a, yes_b = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    chance = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    return None if chance == 1 else round((seen - chance) / (1 - chance), 3)
