"""One worker of a pool: a fresh process that does tasks until it is told to stop, and the end of the line to it.

What goes over the line, from the worker::

    ready                it has started
    answer, ANSWER       for the next item of its task
    broke, REASON        the work raised
    stop, ERROR          the work cannot be done for any item
    done                 the task is done

and to it: the work and the process's own bound, then a list of items for each task, and None at the end.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from tidings.errors import ModelError
from tidings.runs.runner import Task, Work, reason_of

__all__ = ["ONE_THREAD", "Worker", "fresh_processes", "resident"]

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS")
"""How many threads numeric libraries take: one each where there is a process for every core."""
_FIRST_TO_GO = 600
"""Points on Linux' list of processes to end when memory runs out: a worker before the build that would miss it."""
_LEAVE = 5.0
"""Seconds that a worker has to leave once told to."""


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds, 0 where the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def fresh_processes() -> Iterator[Any]:
    """Give a maker of processes that inherit no threads and locks, nor the caller's script.

    A forked process inherits locks of the numeric libraries and may hang. A spawned one would run the caller's script once
    more to know its names; what is run here is always found in a module, so it is kept from that, and a script that
    builds a record at its top level works.
    """
    script, threads = sys.modules["__main__"], {name: os.environ.get(name) for name in ONE_THREAD}
    sys.modules["__main__"] = ModuleType("__main__")
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    try:
        yield get_context("spawn")
    finally:
        sys.modules["__main__"] = script
        for name, value in threads.items():
            if value is None:
                os.environ.pop(name, None)


class Worker:
    """A process and the line to it.

    Args:
        work: What it does.
    """

    def __init__(self, work: Work) -> None:
        with fresh_processes() as context:
            self.line, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other,), daemon=True)
            self._process.start()
        other.close()
        self.task: Task | None = None
        self.ready = False
        self.silent = 0.0
        """Seconds without a word, of those in which somebody listened."""
        self.tasks = 0
        self.why = ""
        """Why it was ended from here."""
        with contextlib.suppress(OSError):
            self.line.send(work)

    def give(self, task: Task) -> None:
        """Hand a task over; one whose process is gone is found out when its answer is taken."""
        self.task, self.silent = task, 0.0
        self.tasks += 1
        with contextlib.suppress(OSError):
            self.line.send(list(task.items))

    def holds(self) -> int:
        """Return the bytes of memory that it holds, 0 where the system does not say."""
        return resident(self._process.pid or 0)

    def end(self, why: str) -> None:
        """End it at once; what it had in hand is found broken for the reason given."""
        self.why = why
        self._process.kill()

    def fate(self) -> str:
        """Return how a worker that is gone went."""
        self._process.join()
        code = self._process.exitcode or 0
        if self.why:
            return self.why
        if code >= 0:
            return f"the process that read it ended with code {code}"
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        more = ", as happens when memory runs out" if name == "SIGKILL" else ""
        return f"the process that read it was ended by {name}{more}"

    def leave(self, *, now: bool = False) -> None:
        """Let it go: after what it does, or at once."""
        with contextlib.suppress(OSError):
            self.line.send(None)
        if now:
            self._process.kill()
        self._process.join(_LEAVE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self.line.close()


def _serve(line: Connection) -> None:
    """Do tasks until told to stop, or until nobody is left to tell."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked is interrupted too, and ends its workers
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_FIRST_TO_GO), encoding="ascii")
    with contextlib.suppress(EOFError, OSError):
        try:
            work: Work = line.recv()
        except (ImportError, AttributeError) as error:
            line.send(("stop", error))
            return
        line.send(("ready", None))
        while (items := line.recv()) is not None:
            line.send(_done(line, work, items))


def _done(line: Connection, work: Work, items: Sequence[Any]) -> tuple[str, Any]:
    """Do one task, send each answer as it comes, and return the last word about it."""
    given = iter(work(items))
    while True:
        try:
            answer = next(given)
        except StopIteration:
            return ("done", None)
        except ModelError as error:
            return ("stop", error)
        except Exception as error:
            return ("broke", reason_of(error))
        line.send(("answer", answer))
