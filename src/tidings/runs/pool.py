"""Work in a pool of processes: memory bounded, a worker that dies replaced, one that is silent too long ended."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from tidings.errors import RunnerError
from tidings.runs.runner import Outcome, Tasks, Work
from tidings.runs.worker import Worker

__all__ = ["Pool", "memory_here"]

_LOOK = 1.0
"""Seconds between two looks at how much memory the workers hold."""
_STARTING = 120.0
"""Seconds that a worker may take to start, on however busy a machine."""
_FALSE_STARTS = 3
"""Workers in a row that end before they began: then none will do."""
_HARD = 2
"""A worker that holds so many times its bound is not waited for."""
_BOUNDS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def memory_here() -> int:
    """Return the bytes of memory of this machine, or those that its container allows; 0 where the system does not say."""
    try:
        held = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return 0
    for place in _BOUNDS:
        try:
            bound = Path(place).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if bound.isdigit():
            held = min(held, int(bound))
    return held


@dataclass(frozen=True, slots=True)
class Pool:
    """Runs work in processes of this machine.

    Answers are handed on as they come: what waits is what fits on the lines to the workers. A worker that holds more than
    ``memory`` bytes is replaced after its task; one that holds twice as much is ended at once, and so is one that gives no
    answer for ``patience`` seconds. What either had in hand is tried once more.

    Args:
        workers: How many processes.
        memory: Bytes that a worker may hold, 0 for no bound. Bounds hold where the system says what a process holds.
        patience: Seconds that one item may take, 0 for no bound.
        tasks: Tasks after which a worker is replaced whatever it holds, 0 for never.
    """

    workers: int
    memory: int = 0
    patience: float = 0.0
    tasks: int = 0

    def run(self, work: Work, shards: Iterable[Sequence[Any]]) -> Iterator[Outcome]:
        """See :class:`tidings.runs.Runner`."""
        crew = _Crew(self, work, Tasks(shards))
        try:
            while crew.staffed():
                yield from crew.heard()
            crew.dismiss()
        finally:
            crew.dismiss(now=True)


class _Crew:
    """The workers of one run."""

    def __init__(self, pool: Pool, work: Work, tasks: Tasks) -> None:
        self.pool, self.work, self.tasks = pool, work, tasks
        self.workers: list[Worker] = []
        self.false_starts = 0
        self.looked = time.perf_counter()

    def staffed(self) -> bool:
        """Give every worker that has nothing in hand a task, take on what is missing, and return whether anyone works."""
        for place in range(max(1, self.pool.workers)):
            if place < len(self.workers) and self.workers[place].task is not None:
                continue
            task = self.tasks.next()
            if task is None:
                break
            if place == len(self.workers):
                self.workers.append(Worker(self.work))
            self.workers[place].give(task)
        # Those without a task stand behind the others, so that places are filled from the front.
        self.workers.sort(key=lambda worker: worker.task is None)
        return any(worker.task is not None for worker in self.workers)

    def heard(self) -> Iterator[Outcome]:
        """Wait for a word of any worker, and yield what they tell."""
        busy = {worker.line: worker for worker in self.workers if worker.task is not None}
        start = time.perf_counter()
        spoken = wait(list(busy), timeout=_LOOK)
        waited = time.perf_counter() - start
        for worker in busy.values():
            worker.silent += waited
        for line in spoken:
            worker = busy[line]
            worker.silent = 0.0
            yield from self._word(worker)
        self._look_after(list(busy.values()))

    def _word(self, worker: Worker) -> Iterator[Outcome]:
        task = worker.task
        try:
            word, value = worker.line.recv()
        except (EOFError, OSError):
            yield from self._gone(worker)
            return
        if word == "ready":
            worker.ready, self.false_starts = True, 0
        elif word == "answer" and task is not None:
            yield task.answered(value)
        elif word == "stop":
            raise value
        else:
            worker.task = None
            if word == "broke" and task is not None:
                yield from _told(self.tasks.broken(task, value))
            if self._spent(worker):
                self.workers.remove(worker)
                worker.leave()

    def _gone(self, worker: Worker) -> Iterator[Outcome]:
        self.workers.remove(worker)
        reason = worker.fate()
        worker.leave(now=True)
        if not worker.ready and not worker.why:
            self.false_starts += 1
            if self.false_starts == _FALSE_STARTS:
                raise RunnerError(f"no process that reads can be started: {reason}. Try: --runner here")
        if worker.task is not None:
            yield from _told(self.tasks.broken(worker.task, reason))

    def _spent(self, worker: Worker) -> bool:
        over = self.pool.memory and worker.holds() > self.pool.memory
        return bool(over) or bool(self.pool.tasks and worker.tasks >= self.pool.tasks)

    def _look_after(self, busy: Sequence[Worker]) -> None:
        """End workers that are silent for too long, or that hold too much."""
        now = time.perf_counter()
        if now - self.looked < _LOOK:
            return
        self.looked = now
        for worker in busy:
            if worker.task is None or worker.why:
                continue
            patience = self.pool.patience if worker.ready else max(self.pool.patience, _STARTING)
            if self.pool.patience and worker.silent > patience:
                worker.end(f"its reader gave no answer within {self.pool.patience:g} seconds")
            elif self.pool.memory and worker.holds() > _HARD * self.pool.memory:
                worker.end(f"its reader needed more than {_HARD * self.pool.memory // 1_000_000:,} MB of memory")

    def dismiss(self, *, now: bool = False) -> None:
        """Let all workers go."""
        for worker in self.workers:
            worker.leave(now=now)
        self.workers.clear()


def _told(outcome: Outcome | None) -> Iterator[Outcome]:
    if outcome is not None:
        yield outcome
