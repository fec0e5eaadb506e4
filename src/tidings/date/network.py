"""A simple temporal network: points, constraints between them, and the earliest and latest day of each point.

Every constraint says ``least <= day(b) - day(a) <= most``; some also hold ``b`` to days of the week or of the year.
Bounds spread along constraints until nothing moves (shortest paths to and from the origin, found by queue, after Bellman
and Ford; Dechter, Meiri and Pearl 1991, "Temporal constraint networks"). Each bound remembers the constraint that set
it, so a day can be explained, and a clash names the quotations that cannot all be true. The weakest of them is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidings.date.soft import strength
from tidings.date.spreading import HIGH, LOW, ORIGIN, UNBOUNDED, Clash, Network, kinship
from tidings.model import Constraint

__all__ = ["ORIGIN", "Solution", "explain", "solve"]


class Solution:
    """The days that a network allows.

    ``bounds`` holds the earliest and latest day of each point (days since 1970-01-01; None is open); ``dropped`` maps the
    id of a constraint that was left out to the sentence that says why.
    """

    def __init__(self, network: Network, dropped: dict[str, str]) -> None:
        low, high = network.bound
        self._network = network
        self.dropped = dropped
        self.bounds: dict[str, tuple[int | None, int | None]] = {
            name: (
                None if low[index] <= UNBOUNDED[LOW] else low[index],
                None if high[index] >= UNBOUNDED[HIGH] else high[index],
            )
            for index, name in enumerate(network.names)
        }

    def low(self, point: str) -> int | None:
        """Return the earliest day of a point, or None."""
        return self.bounds.get(point, (None, None))[0]

    def high(self, point: str) -> int | None:
        """Return the latest day of a point, or None."""
        return self.bounds.get(point, (None, None))[1]

    def with_more(self, constraints: Iterable[Constraint]) -> Solution:
        """Return the solution with some more constraints, moving only what they move.

        For a report added while somebody waits: the cost grows with what changes, not with the record. The solution it is
        called on is used up. A build solves all anew, which also finds circles among reports that have no day at all.
        """
        known = {one.id for one in self._network.constraints}
        for one in sorted((one for one in constraints if one.id not in known), key=lambda one: (strength(one), one.id)):
            self._network.append(one)
        _settle(self._network, relative=False, dropped=self.dropped)
        return Solution(self._network, self.dropped)

    def because(self, point: str) -> tuple[Constraint, ...]:
        """Return the constraints that fix a point's earliest day and then its latest, each from the origin on."""
        number = self._network.number.get(point)
        if number is None:
            return ()
        chains = [self._network.chain(number, side)[::-1] for side in (LOW, HIGH)]
        return tuple(dict.fromkeys(self._network.constraints[index] for chain in chains for index in chain))


def _clash(constraints: Sequence[Constraint]) -> bool:
    for relative in (True, False):
        try:
            Network(constraints, relative=relative).spread()
        except Clash:
            return True
    return False


def _smallest(constraints: Sequence[Constraint]) -> list[Constraint]:
    """Return a smallest part of clashing constraints that still clash: none can be left out of it."""
    kept = sorted(constraints, key=lambda one: (strength(one), one.id))
    if not _clash(kept):
        return kept
    for one in list(kept)[::-1]:
        rest = [other for other in kept if other.id != one.id]
        if rest and _clash(rest):
            kept = rest
    return kept


def _said(clashing: Sequence[Constraint]) -> str:
    """Return the quotations that clash, as one sentence."""
    quotes = dict.fromkeys(one.quote.strip() or one.reason for one in clashing if one.quote.strip() or one.reason)
    shown = "; ".join(f"“{' '.join(quote.split())[:120]}”" for quote in sorted(quotes))
    return f"these cannot all be true: {shown}" if shown else "it cannot be true with the others"


def _settled(constraints: Sequence[Constraint], *, relative: bool, dropped: dict[str, str]) -> Network:
    network = Network(constraints, relative=relative)
    for index, one in enumerate(constraints):
        if one.dropped or one.id in dropped:
            network.gone[index] = 1
        if one.kind == "assumed":
            network.kin.setdefault(kinship(one), []).append(index)
    _settle(network, relative=relative, dropped=dropped)
    return network


def _settle(network: Network, *, relative: bool, dropped: dict[str, str]) -> None:
    """Spread bounds, dropping the weakest of every clash, until all that is left holds."""
    constraints = network.constraints
    pending: list[int] = []
    while True:
        try:
            while pending:
                network.drop(pending.pop(), relative=relative)
            network.spread()
        except Clash as clash:
            clashing = _smallest([constraints[number] for number in clash.numbers if not network.gone[number]])
            weakest = min(clashing, key=lambda one: (strength(one), one.id))
            index = next(number for number in clash.numbers if constraints[number].id == weakest.id)
            said = _said(clashing)
            halves = network.kin.get(kinship(weakest), ()) if weakest.kind == "assumed" else ()
            for half in sorted({index, *halves}):
                if not network.gone[half]:
                    dropped[constraints[half].id] = said
                    network.gone[half] = 1
                    pending.append(half)
            continue
        if not pending:
            return


def solve(constraints: Iterable[Constraint]) -> Solution:
    """Return the earliest and latest day of every point.

    Constraints that clash are dropped one at a time, the weakest first (an assumption before a soft word, before explicit
    words, before known days); the same constraints in any order give the same solution.

    Args:
        constraints: The constraints; those with ``dropped`` set already are left out.
    """
    listed = sorted(
        {one.id: one for one in constraints}.values(), key=lambda one: (strength(one), one.a, one.b, one.id)
    )
    dropped: dict[str, str] = {}
    _settled(listed, relative=True, dropped=dropped)
    network = _settled(listed, relative=False, dropped=dropped)
    return Solution(network, dropped)


def explain(point: str, constraints: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """Return the constraints that fix a point's earliest and latest day, each chain from the origin on.

    Args:
        point: "doc:<id>", "start:<id>" or "end:<id>".
        constraints: All constraints of the record; only those that hang together with the point are looked at.
    """
    listed = [one for one in constraints if not one.dropped]
    near: dict[str, list[Constraint]] = {}
    for one in listed:
        for name in {one.a, one.b} - {ORIGIN}:
            near.setdefault(name, []).append(one)
    seen, todo, kept = {point}, [point], {}
    while todo:
        for one in near.get(todo.pop(), ()):
            kept[one.id] = one
            for name in (one.a, one.b):
                if name != ORIGIN and name not in seen:
                    seen.add(name)
                    todo.append(name)
    return solve(kept.values()).because(point)
