"""What every way of running shares: shards in, one outcome an item out, and what becomes of an item that breaks its worker.

::

    shard → a worker → an answer an item
               └ it breaks: what is not answered is done again, item by item, each alone
                              └ it breaks once more: that item is set aside with the reason; the rest goes on

So every item has two tries, and one that kills its worker takes nothing with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

__all__ = ["Outcome", "Runner", "Task", "Tasks", "Work", "reason_of"]

Work = Callable[[Sequence[Any]], Iterable[Any]]
"""Gives one answer for each item, in the order of the items. It is found by its name in a module, or is a partial of one
that is; items and answers travel between processes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: its answer, or the reason why it was set aside after two tries."""

    item: Any
    answer: Any = None
    set_aside: str = ""


class Runner(Protocol):
    """A place where work runs."""

    def run(self, work: Work, shards: Iterable[Sequence[Any]]) -> Iterator[Outcome]:
        """Yield an outcome for each item of each shard, in any order, as each comes; none is held back.

        Raises:
            RunnerError: No worker can be had.
            ModelError: The work cannot be done for any item; no item is at fault.
        """
        ...


def reason_of(error: BaseException) -> str:
    """Return an error as the reason that stands beside an item."""
    return f"{type(error).__name__}: {error}"


@dataclass(slots=True)
class Task:
    """What a worker has in hand: items, how many of them are answered, and whether it is the second try of a single one."""

    items: Sequence[Any]
    alone: bool = False
    done: int = 0

    def answered(self, answer: Any) -> Outcome:
        """Take in the answer for the next item."""
        item = self.items[self.done]
        self.done += 1
        return Outcome(item, answer)


class Tasks:
    """What is still to do: shards as they come, and before them what is to be done again.

    Args:
        shards: Runs of items; they are taken one by one, so that they may be cut while others are worked on.
    """

    def __init__(self, shards: Iterable[Sequence[Any]]) -> None:
        self._shards: Iterator[Sequence[Any]] = iter(shards)
        self._again: deque[Task] = deque()

    def next(self) -> Task | None:
        """Return the next task, or None where nothing is left to hand out."""
        if self._again:
            return self._again.popleft()
        for shard in self._shards:
            if shard:
                return Task(shard)
        return None

    def broken(self, task: Task, reason: str) -> Outcome | None:
        """Take a task back whose worker broke; return the outcome of an item that had its second try.

        The worker may have been reading ahead, so that not the first unanswered item need be the one that broke it: each
        is tried alone.
        """
        left = task.items[task.done :]
        if task.alone and left:
            return Outcome(left[0], set_aside=reason)
        self._again.extend(Task([item], alone=True) for item in left)
        return None
