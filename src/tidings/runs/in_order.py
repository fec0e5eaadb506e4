"""Small work spread over processes, with the answers in the order of the questions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from tidings.runs.worker import fresh_processes

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["AHEAD", "in_pool", "shards"]

AHEAD = 3
"""Answers for each process that may wait to be taken."""

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def shards(items: Sequence[Item], number: int) -> list[Sequence[Item]]:
    """Return ``items`` cut into at most ``number`` runs of nearly equal length, in order, none of them empty."""
    size, more = divmod(len(items), max(1, number))
    cut, start = [], 0
    for place in range(max(1, number)):
        end = start + size + (place < more)
        if end > start:
            cut.append(items[start:end])
        start = end
    return cut


def in_pool(work: Callable[[Item], Answer], items: Sequence[Item], *, workers: int) -> Iterator[Answer]:
    """Yield ``work(item)`` for each item, in order, from a pool of fresh processes.

    At most :data:`AHEAD` answers for each process wait to be taken, so that memory stays bounded.

    Args:
        work: A function that can be found by its name in a module; its answers travel between processes.
        items: What it is called with.
        workers: How many processes; with one, or for a single item, all runs in this process.
    """
    if workers <= 1 or len(items) <= 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor

    with fresh_processes() as context:
        opened = ProcessPoolExecutor(min(workers, len(items)), mp_context=context)
    with opened as pool:
        waiting: deque[Future[Answer]] = deque()
        try:
            for item in items:
                with fresh_processes():  # the executor starts a process when it is asked for more than it has
                    waiting.append(pool.submit(work, item))
                if len(waiting) > workers * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:  # where the answers are no longer taken, nothing more is begun
                future.cancel()
