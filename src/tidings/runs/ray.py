"""Work on Ray: its own small cluster on this machine, or one that runs already.

Ray is asked for plain tasks, one a shard, at most as many at once as there are workers, each for half a core: two tasks for
a whole core each would leave none on a machine of two cores for whatever else Ray starts there, and all would wait for each other.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tidings.errors import ModelError, RunnerError
from tidings.runs.runner import Outcome, Task, Tasks, Work, reason_of
from tidings.runs.worker import ONE_THREAD

__all__ = ["Ray"]

_HALF_A_CORE = 0.5
_LOOK = 1.0
"""Seconds between two looks at what is silent."""
_KNOCK = 20.0
"""Seconds that a cluster has to open a connection."""
_STORE = 200_000_000
"""Bytes for answers on their way, where Ray is started here."""


@dataclass(frozen=True, slots=True)
class Ray:
    """Runs work on Ray.

    Args:
        address: ``HOST:PORT`` of a cluster that this machine is part of, ``auto`` for the one it finds; where empty, Ray is
            started here and stopped at the end.
        workers: How many tasks at once; 0 for as many as the cluster has cores.
        patience: Seconds that one item may take, 0 for no bound.
    """

    address: str = ""
    workers: int = 0
    patience: float = 0.0

    def run(self, work: Work, shards: Iterable[Sequence[Any]]) -> Iterator[Outcome]:
        """See :class:`tidings.runs.Runner`."""
        ray, own = _started(self.address, self.workers)
        try:
            at_once = self.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
            yield from _spread(ray, work, Tasks(shards), at_once, self.patience)
        finally:
            if own:
                ray.shutdown()


def _started(address: str, workers: int) -> tuple[Any, bool]:
    """Return Ray, connected, and whether it is ours to stop."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ModuleNotFoundError as error:
        raise RunnerError('running on Ray needs Ray: pip install "tidings[ray]"') from error
    if ray.is_initialized():
        return ray, False
    variables = {"env_vars": {name: os.environ.get(name, "1") for name in ONE_THREAD}}
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR, "runtime_env": variables}
    asked: dict[str, Any] = {"address": address}
    if address:
        _knock(address)
    else:
        number = workers or os.cpu_count() or 1
        asked = {"address": "local", "num_cpus": number, "include_dashboard": False, "object_store_memory": _STORE}
    for last in (False, True):
        try:
            ray.init(**asked, **quiet)
            break
        except Exception as error:  # where it does not start Ray raises errors of no class of their own
            # On a busy machine its parts may not find each other within the half minute that Ray gives them.
            ray.shutdown()
            if last or address:
                raise _not_reached(address, error) from error
    return ray, True


def _knock(address: str) -> None:
    """Say at once where nobody listens at an address: Ray itself would go on asking for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        try:
            socket.create_connection((host, int(port)), timeout=_KNOCK).close()
        except OSError as error:
            raise _not_reached(address, error) from error


def _not_reached(address: str, error: Exception) -> RunnerError:
    where = f"the Ray cluster at {address}" if address else "Ray"
    first = (str(error) or type(error).__name__).splitlines()[0]
    return RunnerError(
        f"{where} cannot be reached ({first}). Look whether it runs (ray status), or read here: --runner pool"
    )


@dataclass(slots=True)
class _Flight:
    """A task that Ray has, the stream of its answers, and since when it is silent."""

    task: Task
    stream: Any
    begun: bool = False
    silent: float = 0.0


def _spread(ray: Any, work: Work, tasks: Tasks, at_once: int, patience: float) -> Iterator[Outcome]:
    remote = ray.remote(num_cpus=_HALF_A_CORE, max_retries=0, num_returns="streaming", scheduling_strategy="SPREAD")(
        _answers
    )
    held = ray.put(work)
    flights: dict[Any, _Flight] = {}
    try:
        while True:
            while len(flights) < at_once and (task := tasks.next()) is not None:
                stream = remote.remote(held, list(task.items))
                flights[stream] = _Flight(task, stream)
            if not flights:
                return
            start = time.perf_counter()
            spoken, _ = ray.wait(list(flights), num_returns=1, timeout=_LOOK)
            waited = time.perf_counter() - start
            for flight in flights.values():
                flight.silent += waited if flight.begun else 0.0
            for stream in spoken:
                flights[stream].silent = 0.0
                yield from _word(ray, tasks, flights, flights[stream])
            for flight in list(flights.values()):
                if patience and flight.silent > patience:
                    ray.cancel(flight.stream, force=True)
                    del flights[flight.stream]
                    yield from _told(tasks, flight, f"its reader gave no answer within {patience:g} seconds")
    finally:
        for flight in flights.values():
            with contextlib.suppress(Exception):  # what is left is let go of, whatever state it is in
                ray.cancel(flight.stream, force=True)


def _word(ray: Any, tasks: Tasks, flights: dict[Any, _Flight], flight: _Flight) -> Iterator[Outcome]:
    """Take the next word of a stream: that it has begun, an answer, that it broke, or that it is at its end."""
    try:
        word, value = ray.get(next(flight.stream))
    except StopIteration:
        del flights[flight.stream]
        if flight.task.done < len(flight.task.items):
            yield from _told(tasks, flight, "its reader gave no answer")
    except ray.exceptions.RayError as error:
        # The worker is gone: killed, out of memory, or its machine lost.
        del flights[flight.stream]
        yield from _told(tasks, flight, _fate(error))
    else:
        if word == "begun":
            flight.begun = True
        elif word == "answer":
            yield flight.task.answered(value)
        elif word == "stop":
            raise ModelError(value)
        else:
            del flights[flight.stream]
            yield from _told(tasks, flight, value)


def _told(tasks: Tasks, flight: _Flight, reason: str) -> Iterator[Outcome]:
    outcome = tasks.broken(flight.task, reason)
    if outcome is not None:
        yield outcome


def _fate(error: BaseException) -> str:
    """Return how a worker that is gone went: in words that are the same each time, which Ray's own are not."""
    name = type(error).__name__
    if "OutOfMemory" in name:
        return "the process that read it was ended because memory ran out"
    return f"the process that read it ended ({name})"


def _answers(work: Work, items: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Do one task, and yield each word about it as it comes."""
    yield "begun", None
    try:
        for answer in work(items):
            yield "answer", answer
    except ModelError as error:
        yield "stop", str(error)
    except Exception as error:
        yield "broke", reason_of(error)
