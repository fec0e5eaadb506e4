"""Where reading runs, chosen by a name, by how much there is to read, and by what the machine has."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tidings import runs
from tidings.config import settings
from tidings.errors import UsageError

__all__ = ["NAMES", "Running", "asked", "chosen", "cores", "spread"]

Item = TypeVar("Item")
Answer = TypeVar("Answer")

NAMES = ("here", "pool", "ray")
"""What may be asked for; ``ray://HOST:PORT`` names a cluster."""
_WORTH_TAKING = 400
"""Files that make a further process worth its start when they are only taken in, some 15 milliseconds each."""
_WORTH_ANOTHER = 40
"""Reports that make a further process worth its start: loading the language pipeline costs as much as reading some twenty."""
_A_WORKER = 1_000_000_000
"""Bytes of memory that there should be for each worker: after ten reports it holds 470 MB, most of it the language pipeline
(measured on 2026-11-25); long reports need more."""
_MB = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """Where and how reading runs, as asked for.

    Args:
        name: One of :data:`NAMES`, ``ray://HOST:PORT`` or ``ray://auto``; empty lets the number of reports choose.
        workers: How many processes; 0 for as many as the machine has cores and memory for.
        memory: Megabytes that a worker may hold before it is replaced, 0 for no bound.
        patience: Seconds that one report may take, 0 for no bound.
    """

    name: str = ""
    workers: int = 0
    memory: int = 0
    patience: int = 0

    def __post_init__(self) -> None:
        if self.name and self.name not in NAMES and not self.name.startswith("ray://"):
            raise UsageError(f"there is no runner {self.name!r}. Choose here, pool, ray or ray://HOST:PORT.")


def asked(name: str = "", workers: int = 0) -> Running:
    """Return where and how reading runs: as asked for here, else as the settings say."""
    held = settings()
    return Running(
        name=name or held.runner,
        workers=workers or held.workers,
        memory=held.worker_memory,
        patience=held.report_seconds,
    )


def cores() -> int:
    """Return how many processes this machine has cores and memory for, at least one."""
    try:
        ours = len(os.sched_getaffinity(0))
    except AttributeError:
        ours = os.cpu_count() or 1
    memory = runs.memory_here()
    return max(1, min(ours, memory // _A_WORKER) if memory else ours)


def chosen(running: Running, reports: int) -> runs.Runner:
    """Return the runner asked for, or the one that so many reports are worth."""
    if running.name.startswith("ray"):
        address = running.name.removeprefix("ray").removeprefix("://")
        return runs.Ray(address=address, workers=running.workers, patience=running.patience)
    workers = running.workers or cores()
    if not running.name and not running.workers:
        workers = min(workers, reports // _WORTH_ANOTHER)
    if running.name == "here" or (not running.name and workers <= 1):
        return runs.Here()
    return runs.Pool(max(1, workers), memory=running.memory * _MB, patience=running.patience)


def spread(asked: int) -> Callable[[Callable[[Item], Answer], Sequence[Item]], Iterable[Answer]]:
    """Return how reports are taken in: one after the other, or in as many processes as are worth their start."""

    def over(work: Callable[[Item], Answer], jobs: Sequence[Item]) -> Iterable[Answer]:
        return runs.in_pool(work, jobs, workers=min(asked or cores(), len(jobs) // _WORTH_TAKING))

    return over
