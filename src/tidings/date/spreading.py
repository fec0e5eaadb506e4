"""The working state of a network: bounds that spread along constraints, and the steps that moved them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from tidings.date.calendar_days import FARTHEST, next_fit
from tidings.model import Constraint

__all__ = ["HIGH", "LOW", "ORIGIN", "UNBOUNDED", "Clash", "Network", "kinship"]

ORIGIN = "origin"
"""The point that stands for 1970-01-01."""
LOW, HIGH = 0, 1
UNBOUNDED = (-FARTHEST, FARTHEST)
_SUSPECT = 40
"""Times that one bound may move before it is looked at for a circle of constraints that push it on for ever."""


def kinship(one: Constraint) -> tuple[object, ...]:
    """Return what the halves of one assumption share: "the same days" is said of the start and of the end.

    Accounts of one happening that cannot all share its days are no ground for any of them: all such links go together.
    """
    bare = (one.a.partition(":")[2], one.b.partition(":")[2])
    if one.rule in {"same", "opening"}:
        return (one.rule, bare[0])
    return (one.rule, one.document, one.start, one.end, *bare)


class Clash(Exception):
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


class Network:
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
        start = 0 if relative else UNBOUNDED[LOW]
        self.bound: list[list[int]] = [[start] * size, [UNBOUNDED[HIGH]] * size]
        self.why: list[dict[int, _Step]] = [{}, {}]
        self.steps: dict[int, list[_Step]] = {}
        self.moves: list[dict[int, int]] = [{}, {}]
        self.queue: deque[int] = deque()
        self.pulls: deque[tuple[int, int]] = deque()
        self.late: list[tuple[int, int]] = []
        self.waiting = bytearray(size)
        # The relative network has no origin: it finds reports that contradict each other though none is dated.
        if not relative:
            self.bound[LOW][0] = self.bound[HIGH][0] = 0
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
                self.bound[LOW].append(UNBOUNDED[LOW])
                self.bound[HIGH].append(UNBOUNDED[HIGH])
                self.waiting.append(0)
        index = len(self.constraints)
        a, b = self.number[one.a], self.number[one.b]
        self.constraints.append(one)
        self.ends.append((a, b))
        self.least.append(one.least_days)
        self.most.append(one.most_days)
        self.gone.append(1 if one.dropped else 0)
        if one.kind == "assumed":
            self.kin.setdefault(kinship(one), []).append(index)
        for end in {a, b}:
            self.near[end].append(index)
        self.pulls.extend(((index, a), (index, b)))
        if one.weekday is not None or one.weekdays or one.yearly:
            self.domains[b].append(index)
            for side in (LOW, HIGH):
                self.round_again(b, side, index)

    def round_again(self, point: int, side: int, index: int) -> None:
        """Round a bound that stands already by a rule for days that came later."""
        held = self.why[side].get(point)
        value, rounded = self.rounded(point, side, self.bound[side][point])
        if held is None or value == self.bound[side][point]:
            return
        step = _Step(point, side, held.index, (*held.rounded, *rounded), held.parent)
        self.bound[side][point] = value
        self.why[side][point] = step
        for used in (step.index, *step.rounded):
            self.steps.setdefault(used, []).append(step)
        self.wake(point)
        self.late.append((point, index))

    def wake(self, point: int) -> None:
        """Have a point's bounds carried to its neighbours."""
        if not self.waiting[point]:
            self.waiting[point] = 1
            self.queue.append(point)

    def spread(self) -> None:
        """Move bounds along constraints until nothing moves.

        Raises:
            Clash: Some constraints cannot all hold.
        """
        while self.late:
            point, index = self.late.pop()
            if self.bound[LOW][point] > self.bound[HIGH][point]:
                raise Clash([index, *self.chain(point, LOW), *self.chain(point, HIGH)])
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
                raise Clash([index])
            return
        if point == a:
            if least is not None and low[a] > UNBOUNDED[LOW] and low[a] + least > low[b]:
                self.tighten(b, LOW, low[a] + least, index, a)
            if most is not None and high[a] < UNBOUNDED[HIGH] and high[a] + most < high[b]:
                self.tighten(b, HIGH, high[a] + most, index, a)
        else:
            if most is not None and low[b] > UNBOUNDED[LOW] and low[b] - most > low[a]:
                self.tighten(a, LOW, low[b] - most, index, b)
            if least is not None and high[b] < UNBOUNDED[HIGH] and high[b] - least < high[a]:
                self.tighten(a, HIGH, high[b] - least, index, b)

    def tighten(self, point: int, side: int, value: int, index: int, source: int) -> None:
        """Move a bound inwards to ``value``, by constraint ``index`` from point ``source``.

        Raises:
            Clash: The bound passes the other one, or pushes itself on for ever.
        """
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
        if self.bound[LOW][point] > self.bound[HIGH][point] or abs(value) >= FARTHEST:
            raise Clash([*self.chain(point, LOW), *self.chain(point, HIGH)])

    def rounded(self, point: int, side: int, value: int) -> tuple[int, tuple[int, ...]]:
        """Return the first day from ``value`` on (inwards) that every rule for days of week and year allows."""
        used: list[int] = []
        step = 1 if side == LOW else -1
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
            raise Clash(numbers)

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
        start = 0 if relative else UNBOUNDED[LOW]
        for point, side in lost:
            if point == 0 and not relative:
                self.bound[side][0] = 0
            else:
                self.bound[side][point] = start if side == LOW else UNBOUNDED[HIGH]
            self.why[side].pop(point, None)
            self.moves[side].pop(point, None)
        for point in sorted({point for point, _ in lost}):
            if point == 0 and not relative:
                continue  # the origin never moves, so nothing has to be told of it again
            self.wake(point)
            for near in self.near[point]:
                a, b = self.ends[near]
                self.pulls.append((near, b if a == point else a))
