"""A simple temporal network: points, constraints between them, and the earliest and latest day of each point.

Every constraint says ``least <= day(b) - day(a) <= most``; some also hold ``b`` to days of the week or of the year.
Bounds spread along constraints until nothing moves (shortest paths to and from the origin, found by queue, after Bellman
and Ford; Dechter, Meiri and Pearl 1991, "Temporal constraint networks"). Each bound remembers the constraint that set
it, so a day can be explained, and a clash names the quotations that cannot all be true. The weakest of them is dropped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from tidings.date.calendar_days import FARTHEST, next_fit
from tidings.date.soft import strength
from tidings.model import Constraint

__all__ = ["ORIGIN", "Solution", "explain", "solve"]

ORIGIN = "origin"
_LOW, _HIGH = 0, 1
_NONE = (-FARTHEST, FARTHEST)
_SUSPECT = 40
"""Times that one bound may move before it is looked at for a circle of constraints that push it on for ever."""


class Solution:
    """The days that a network allows.

    ``bounds`` holds the earliest and latest day of each point (days since 1970-01-01; None is open); ``dropped`` maps the
    id of a constraint that was left out to the sentence that says why.
    """

    def __init__(self, network: _Network, dropped: dict[str, str]) -> None:
        low, high = network.bound
        self._network = network
        self.dropped = dropped
        self.bounds: dict[str, tuple[int | None, int | None]] = {
            name: (
                None if low[index] <= _NONE[_LOW] else low[index],
                None if high[index] >= _NONE[_HIGH] else high[index],
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
        chains = [self._network.chain(number, side)[::-1] for side in (_LOW, _HIGH)]
        return tuple(dict.fromkeys(self._network.constraints[index] for chain in chains for index in chain))


class _Clash(Exception):
    """Constraints, by number, that cannot all hold."""

    def __init__(self, numbers: Iterable[int]) -> None:
        super().__init__()
        self.numbers = tuple(sorted(set(numbers)))


class _Step:
    """One move of one bound: by which constraint, rounded by which, from which move before it.

    Moves are kept for good: a bound that rests on an early, weak move of another is explained by that move, not by what
    the other has become since (which may in turn rest on the first).
    """

    __slots__ = ("dead", "index", "led_to", "parent", "point", "rounded", "side")

    def __init__(self, point: int, side: int, index: int, rounded: tuple[int, ...], parent: _Step | None) -> None:
        self.point = point
        self.side = side
        self.index = index
        self.rounded = rounded
        self.parent = parent
        self.led_to: list[_Step] = []
        self.dead = False
        if parent is not None:
            parent.led_to.append(self)


class _Network:
    """The working state: bounds as two lists, and for every bound the last step that moved it."""

    def __init__(self, constraints: Sequence[Constraint], *, relative: bool = False) -> None:
        self.constraints = list(constraints)
        self.kin: dict[tuple[object, ...], list[int]] = {}
        names = sorted({name for one in constraints for name in (one.a, one.b)} - {ORIGIN})
        self.names = [ORIGIN, *names]
        self.number = {name: index for index, name in enumerate(self.names)}
        self.ends = [(self.number[one.a], self.number[one.b]) for one in constraints]
        self.least = [one.least_days for one in constraints]
        self.most = [one.most_days for one in constraints]
        self.gone = bytearray(len(constraints))
        self.near: list[list[int]] = [[] for _ in self.names]
        self.domains: list[list[int]] = [[] for _ in self.names]
        for index, (a, b) in enumerate(self.ends):
            if relative and 0 in {a, b}:
                self.gone[index] = 1
                continue
            self.near[a].append(index)
            if a != b:
                self.near[b].append(index)
            one = constraints[index]
            if not relative and (one.weekday is not None or one.weekdays or one.yearly):
                self.domains[b].append(index)
        size = len(self.names)
        start = 0 if relative else _NONE[_LOW]
        self.bound: list[list[int]] = [[start] * size, [_NONE[_HIGH]] * size]
        self.why: list[dict[int, _Step]] = [{}, {}]
        self.steps: dict[int, list[_Step]] = {}
        self.moves: list[dict[int, int]] = [{}, {}]
        self.queue: deque[int] = deque()
        self.pulls: deque[tuple[int, int]] = deque()
        self.waiting = bytearray(size)
        # The relative network has no origin: it finds reports that contradict each other though none is dated.
        if not relative:
            self.bound[_LOW][0] = self.bound[_HIGH][0] = 0
            self.wake(0)
        else:
            for index in range(size):
                self.wake(index)

    def append(self, one: Constraint) -> None:
        """Take in one more constraint of a dated network."""
        for name in (one.a, one.b):
            if name not in self.number:
                self.number[name] = len(self.names)
                self.names.append(name)
                self.near.append([])
                self.domains.append([])
                self.bound[_LOW].append(_NONE[_LOW])
                self.bound[_HIGH].append(_NONE[_HIGH])
                self.waiting.append(0)
        index = len(self.constraints)
        a, b = self.number[one.a], self.number[one.b]
        self.constraints.append(one)
        self.ends.append((a, b))
        self.least.append(one.least_days)
        self.most.append(one.most_days)
        self.gone.append(1 if one.dropped else 0)
        if one.kind == "assumed":
            self.kin.setdefault(_kinship(one), []).append(index)
        for end in {a, b}:
            self.near[end].append(index)
        if one.weekday is not None or one.weekdays or one.yearly:
            self.domains[b].append(index)
            self.pulls.extend(
                (near, self.ends[near][0] if self.ends[near][1] == b else self.ends[near][1]) for near in self.near[b]
            )
        self.pulls.extend(((index, a), (index, b)))

    def wake(self, point: int) -> None:
        if not self.waiting[point]:
            self.waiting[point] = 1
            self.queue.append(point)

    def spread(self) -> None:
        """Move bounds along constraints until nothing moves.

        Raises:
            _Clash: Some constraints cannot all hold.
        """
        while self.pulls or self.queue:
            if self.pulls:
                index, source = self.pulls[0]
                self.along(index, source)
                self.pulls.popleft()
                continue
            # A point leaves the queue only when all its constraints were followed, so that a clash loses none.
            point = self.queue[0]
            self.waiting[point] = 0
            for index in self.near[point]:
                self.along(index, point)
            self.queue.popleft()

    def along(self, index: int, point: int) -> None:
        """Carry the bounds of ``point`` over constraint ``index`` to its other end."""
        if self.gone[index]:
            return
        a, b = self.ends[index]
        least, most = self.least[index], self.most[index]
        low, high = self.bound
        if a == b:
            if (least is not None and least > 0) or (most is not None and most < 0):
                raise _Clash([index])
            return
        if point == a:
            if least is not None and low[a] > _NONE[_LOW] and low[a] + least > low[b]:
                self.tighten(b, _LOW, low[a] + least, index, a)
            if most is not None and high[a] < _NONE[_HIGH] and high[a] + most < high[b]:
                self.tighten(b, _HIGH, high[a] + most, index, a)
        else:
            if most is not None and low[b] > _NONE[_LOW] and low[b] - most > low[a]:
                self.tighten(a, _LOW, low[b] - most, index, b)
            if least is not None and high[b] < _NONE[_HIGH] and high[b] - least < high[a]:
                self.tighten(a, _HIGH, high[b] - least, index, b)

    def tighten(self, point: int, side: int, value: int, index: int, source: int) -> None:
        value, rounded = self.rounded(point, side, value)
        self.bound[side][point] = value
        step = _Step(point, side, index, rounded, self.why[side].get(source))
        self.why[side][point] = step
        for used in (index, *rounded):
            self.steps.setdefault(used, []).append(step)
        self.wake(point)
        moves = self.moves[side].get(point, 0) + 1
        self.moves[side][point] = moves
        if moves % _SUSPECT == 0:
            self.look_for_circle(point, side)
        if self.bound[_LOW][point] > self.bound[_HIGH][point] or abs(value) >= FARTHEST:
            raise _Clash([*self.chain(point, _LOW), *self.chain(point, _HIGH)])

    def rounded(self, point: int, side: int, value: int) -> tuple[int, tuple[int, ...]]:
        """Return the first day from ``value`` on (inwards) that every rule for days of week and year allows."""
        used: list[int] = []
        step = 1 if side == _LOW else -1
        settled = False
        while not settled:
            settled = True
            for domain in self.domains[point]:
                if not self.gone[domain]:
                    fit = next_fit(value, self.constraints[domain], step)
                    if fit != value:
                        value, settled = fit, False
                        if domain not in used:
                            used.append(domain)
            if abs(value) >= FARTHEST:
                break
        return value, tuple(used)

    def chain(self, point: int, side: int) -> list[int]:
        """Return the constraints that set a bound, back to the origin."""
        numbers: list[int] = []
        step = self.why[side].get(point)
        while step is not None:
            numbers.extend((*step.rounded, step.index))
            step = step.parent
        return list(dict.fromkeys(numbers))

    def look_for_circle(self, point: int, side: int) -> None:
        """Raise a clash when a bound pushes itself on."""
        step = self.why[side][point].parent
        numbers = [*self.why[side][point].rounded, self.why[side][point].index]
        while step is not None and step.point != point:
            numbers.extend((*step.rounded, step.index))
            step = step.parent
        if step is not None:
            raise _Clash(numbers)

    def drop(self, index: int, *, relative: bool) -> None:
        """Leave a constraint out, and forget every bound that rests on it."""
        self.gone[index] = 1
        todo = self.steps.pop(index, [])
        lost: set[tuple[int, int]] = set()
        while todo:
            step = todo.pop()
            if step.dead:
                continue
            step.dead = True
            todo.extend(step.led_to)
            if self.why[step.side].get(step.point) is step:
                lost.add((step.point, step.side))
        start = 0 if relative else _NONE[_LOW]
        for point, side in lost:
            if point == 0 and not relative:
                self.bound[side][0] = 0
            else:
                self.bound[side][point] = start if side == _LOW else _NONE[_HIGH]
            self.why[side].pop(point, None)
            self.moves[side].pop(point, None)
        for point in sorted({point for point, _ in lost}):
            if point == 0 and not relative:
                continue  # the origin never moves, so nothing has to be told of it again
            self.wake(point)
            for near in self.near[point]:
                a, b = self.ends[near]
                self.pulls.append((near, b if a == point else a))


def _clash(constraints: Sequence[Constraint]) -> bool:
    for relative in (True, False):
        try:
            _Network(constraints, relative=relative).spread()
        except _Clash:
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


def _kinship(one: Constraint) -> tuple[object, ...]:
    """Return what the halves of one assumption share: "the same days" is said of the start and of the end.

    Accounts of one happening that cannot all share its days are no ground for any of them: all such links go together.
    """
    bare = (one.a.partition(":")[2], one.b.partition(":")[2])
    if one.rule in {"same", "opening"}:
        return (one.rule, bare[0])
    return (one.rule, one.document, one.start, one.end, *bare)


def _settled(constraints: Sequence[Constraint], *, relative: bool, dropped: dict[str, str]) -> _Network:
    network = _Network(constraints, relative=relative)
    for index, one in enumerate(constraints):
        if one.dropped or one.id in dropped:
            network.gone[index] = 1
        if one.kind == "assumed":
            network.kin.setdefault(_kinship(one), []).append(index)
    _settle(network, relative=relative, dropped=dropped)
    return network


def _settle(network: _Network, *, relative: bool, dropped: dict[str, str]) -> None:
    """Spread bounds, dropping the weakest of every clash, until all that is left holds."""
    constraints = network.constraints
    pending: list[int] = []
    while True:
        try:
            while pending:
                network.drop(pending.pop(), relative=relative)
            network.spread()
        except _Clash as clash:
            clashing = _smallest([constraints[number] for number in clash.numbers if not network.gone[number]])
            weakest = min(clashing, key=lambda one: (strength(one), one.id))
            index = next(number for number in clash.numbers if constraints[number].id == weakest.id)
            said = _said(clashing)
            halves = network.kin.get(_kinship(weakest), ()) if weakest.kind == "assumed" else ()
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
