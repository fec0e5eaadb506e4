"""One build of a record at a time: who comes second waits for the first.

Writing is one transaction and takes seconds, but what is written was read and derived before, for minutes or hours. Two builds
beside each other would read the same reports twice, and the one that ends second would have to begin again. So a build
takes the record's turn before it looks at what the record holds. The turn of a file is a lock on an empty file
beside it, gone when the build is; that of a database is an advisory lock of the server. Both end with the process that
holds them, however it ends.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tidings.errors import RecordError
from tidings.model import Progress
from tidings.store import server

__all__ = ["WAITING", "WAIT_SECONDS", "taken"]

BUILDS = 7_485_311_027
"""The number of the advisory lock that a build of a record holds, beside that of its writers."""
WAIT_SECONDS = 3600.0
"""How long a build waits for another. Reading many reports takes hours; who watches the screen is told what it waits for."""
WAITING = "waiting for another build"
_LOOK = 0.2


@contextmanager
def taken(where: str | Path, *, wait: float | None = None, progress: Progress | None = None) -> Iterator[None]:
    """Hold the record's turn to be built; wait for it where another build holds it.

    Args:
        where: A path, or a database URL.
        wait: Seconds to wait; :data:`WAIT_SECONDS` where None.
        progress: Told once that it waits.

    Raises:
        RecordError: The other build did not end in time.
    """
    own = _server(str(where)) if server.is_url(str(where)) else _file(Path(where).absolute())
    with own as attempt:
        until = time.monotonic() + (WAIT_SECONDS if wait is None else wait)
        told = False
        while not attempt():
            if time.monotonic() > until:
                name = server.shown(str(where))
                raise RecordError(f"another build is writing to {name}. Nothing is lost; try again when it is done.")
            if progress is not None and not told:
                progress(WAITING, 0, 0)
                told = True
            time.sleep(_LOOK)
        yield


@contextmanager
def _file(path: Path) -> Iterator[Callable[[], bool]]:
    try:
        import fcntl
    except ModuleNotFoundError:
        # Without such locks the count of changes still keeps the second build from writing over the first.
        yield lambda: True
        return
    lock = path.with_name(f".{path.name}.building")
    held: list[int] = []

    def attempt() -> bool:
        handle = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Who held it before may have taken the file away in between: a lock on what nobody can find is none.
            if os.fstat(handle).st_ino == lock.stat().st_ino:
                held.append(handle)
                return True
        except (BlockingIOError, FileNotFoundError):
            pass
        os.close(handle)
        return False

    try:
        yield attempt
    finally:
        for handle in held:
            with contextlib.suppress(OSError):
                lock.unlink()
            os.close(handle)


@contextmanager
def _server(where: str) -> Iterator[Callable[[], bool]]:
    engine = server.connect(where, write=True)
    try:
        # Outside any transaction: a lock that waits for hours must not keep the server from tidying up.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:

            def attempt() -> bool:
                asked = text("SELECT pg_try_advisory_lock(:turn)")
                return bool(connection.execute(asked, {"turn": BUILDS}).scalar())

            try:
                yield attempt
            finally:
                with contextlib.suppress(Exception):  # a connection that is gone holds nothing
                    connection.execute(text("SELECT pg_advisory_unlock_all()"))
    except DBAPIError as error:
        raise server.meaning(error, where) from error
    finally:
        engine.dispose()
