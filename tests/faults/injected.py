"""Faults put into real work: a process killed, a connection ended, a disk filled, at a statement that is named by its number.

Work runs in a process split from this one, so that nothing is loaded twice and a kill is a real one. Statements are counted as
they reach the database, each commit among them.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from tests.postgres import Server

import tidings
from tidings.errors import RecordError, TidingsError
from tidings.store.write import contents_hash

__all__ = [
    "REFUSED", "TALLY", "Place", "at_statement", "contents", "cut_off", "ended", "evenly", "killed", "split", "statements", "tally",
    "terminated", "within_bytes", "within_pages",
]  # fmt: skip

TALLY: dict[str, int] = {}
"""How many faults were put in, by what they were."""
REFUSED = 3
"""How a process ends that was given an error of Tidings: told in words, as a user would see it."""
_NAMES = count()


class Place:
    """Where records of one engine lie: fresh ones, and copies of one that stands."""

    def __init__(self, engine: str, folder: Path, server: Server | None) -> None:
        self.engine, self.folder, self.server = engine, folder, server

    def new(self) -> str:
        """Return a place for a new record."""
        return self.server.url() if self.server else str(self.folder / f"war{next(_NAMES)}.tidings")

    def again(self, where: str) -> str:
        """Return a copy of a record that nobody has open, made behind the program's back."""
        if self.server is None:
            target = self.new()
            shutil.copy(where, target)
            return target
        name = f"copy_{next(_NAMES)}"
        admin, old = where.rsplit("/", 1)
        with psycopg.connect(f"{admin}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{old}"')
        return f"{admin}/{name}"


def split(work: Callable[[], object]) -> int:
    """Begin work in a process of its own and return its number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except TidingsError:
            code = REFUSED
        finally:
            os._exit(code)
    return child


def ended(child: int) -> int:
    """Wait for a process and return how it ended; a signal's number below zero."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def at_statement(number: int, what: Callable[[Any], object], seen: list[int] | None = None) -> Iterator[None]:
    """Do something just before the statement of that number reaches the database; the first is 1, a commit counts."""
    held = seen if seen is not None else [0]

    def look(connection: Any, *_: Any) -> None:
        held[0] += 1
        if held[0] == number:
            what(connection)

    event.listen(Engine, "before_cursor_execute", look)
    event.listen(Engine, "commit", look)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", look)
        event.remove(Engine, "commit", look)


def statements(work: Callable[[], object]) -> int:
    """Return how many statements some work sends."""
    seen = [0]
    with at_statement(0, print, seen):
        work()
    return seen[0]


def killed(work: Callable[[], object], number: int) -> int:
    """Do work in a process that is killed just before that statement, and return how it ended."""

    def until() -> None:
        with at_statement(number, _kill):
            work()

    return ended(split(until))


def _kill(_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def terminated(connection: Any) -> None:
    """End the connection that a statement is about to use, as a server does that is stopped or a network that drops."""
    info = connection.connection.dbapi_connection.info
    with psycopg.connect(f"postgresql://tidings@127.0.0.1:{info.port}/postgres", autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", (info.backend_pid,))


def cut_off(work: Callable[[], object], number: int) -> str:
    """Do work whose connection is ended just before that statement; return what it was refused with, empty where it went on."""
    try:
        with at_statement(number, terminated):
            work()
    except RecordError as error:
        return str(error)
    return ""


def tally(what: str) -> None:
    """Count a fault that was put in."""
    TALLY[what] = TALLY.get(what, 0) + 1


def within_bytes(work: Callable[[], object], most: int) -> int:
    """Do work in a process whose files can grow to so many bytes and no further, and return how it ended."""

    def cramped() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        work()

    return ended(split(cramped))


def within_pages(work: Callable[[], object], most: int) -> int:
    """Do work in a process for which a record is full at so many pages, and return how it ended."""

    def cramped() -> None:
        @event.listens_for(Engine, "connect")
        def _bound(opened: Any, _: Any) -> None:
            opened.execute(f"PRAGMA max_page_count = {most}")

        work()

    return ended(split(cramped))


def contents(where: str) -> str:
    """Prove a record and return the hash of all that it holds but its logs."""
    with tidings.open(where) as record:
        assert record.check() == []
        return contents_hash(record.tables())


def evenly(whole: int, number: int) -> list[int]:
    """Return so many numbers from 1 to ``whole``, spread evenly, the first and the last among them."""
    number = min(number, whole)
    return sorted({1 + round(at * (whole - 1) / max(1, number - 1)) for at in range(number)})
