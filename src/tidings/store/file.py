"""Opening a record: one SQLite file in write-ahead mode, readable by its owner alone.

A record in PostgreSQL is reached by its URL; the tables and questions are the same (:mod:`tidings.store.server`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from tidings.errors import NotARecord, RecordError
from tidings.store import disk, forward, server

__all__ = ["File"]

_WAIT_SECONDS = 30
"""How long one process waits for another that is writing."""
_WRITES = "tidings_writes"
_NUMBERS = count()


class File:
    """A record file, opened to read, or to write and made where it is missing.

    Args:
        where: A path, or a database URL.
        write: Whether the file is made if missing and its tables may change.
        wait: Seconds to wait for another process that is writing.
        keep: Whether a file that is written to again and again is held open until it is closed.
        make: Whether a missing record's tables are made at once; a copy makes them with the rows, in one step.

    Raises:
        NotARecord: The file is missing, or is something else.
        NewerRecord: A newer version of Tidings wrote it.
    """

    def __init__(
        self,
        where: str | Path,
        *,
        write: bool = False,
        wait: float = _WAIT_SECONDS,
        make: bool = True,
        keep: bool = False,
    ) -> None:
        self.where = server.shown(str(where))
        self._server = server.is_url(str(where))
        self._wait = wait
        self._first: list[str] = []
        self._anchor: sqlite3.Connection | None = None
        self._engine = _connect(str(where), self._first, write=write, wait=wait)
        try:
            if make or not write:
                self._look(write=write)
            if write and keep and not self._server:
                # While one connection stays, the write-ahead log is not put away after each step, which costs more than most steps.
                self._anchor = _sqlite(Path(where).absolute(), [], write=True, wait=wait)
        except BaseException:
            self.close()
            raise

    @classmethod
    def in_memory(cls, where: str) -> File:
        """Return a new record that lies in memory alone, shown under a name, and is gone when it is closed."""
        file = cls.__new__(cls)
        file.where, file._server, file._wait, file._first = where, False, 0.0, []
        place = f"file:tidings-{next(_NUMBERS)}?mode=memory&cache=shared"

        def opened() -> sqlite3.Connection:
            return sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)

        file._anchor = opened()
        file._engine = create_engine("sqlite://", creator=opened, poolclass=NullPool)
        event.listen(file._engine, "begin", _begin)
        file._look(write=True)
        return file

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
        if self._anchor is not None:
            self._anchor.close()
            self._anchor = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the record throughout, and keeps no writer waiting."""
        with self._explained(), self._engine.connect() as connection:
            if self._server:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self, *, log_only: bool = False) -> Iterator[Connection]:
        """Give a connection whose changes all come true at the end, or none does.

        Args:
            log_only: Whether only the log of decisions is added to. In a database that waits for no build.
        """
        with self._explained(), self._engine.connect() as opened:
            connection = opened.execution_options(**{_WRITES: True})
            with connection.begin():
                if self._server:
                    server.take_turn(connection, self._wait, server.LOG if log_only else server.TURN)
                yield connection

    def take_log(self, connection: Connection) -> None:
        """Wait until nobody else adds to the log of decisions; who writes to all of the record calls it before it adds to it."""
        if self._server:
            server.take_turn(connection, self._wait, server.LOG)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn an error of the database into words."""
        try:
            yield
        except DBAPIError as error:
            meant = server.meaning(error, self.where) if self._server else disk.meaning(error, self.where)
            if meant is None:
                raise
            raise meant from error

    def _look(self, *, write: bool) -> None:
        """Look at what is there: make what is missing when writing, put stand-ins in its place when reading."""
        with self.reading() as connection:
            held = forward.held_columns(connection)
            behind = not held or forward.is_behind(held, forward.verify(connection, held, self.where))
            if not write:
                forward.verify(connection, held, self.where)
                self._first += forward.stand_ins(connection, held) if behind else ()
        if behind and write:
            with self.writing() as connection:
                forward.make(connection, self.where)
        elif self._first:
            self._engine.dispose()


_MAGIC = b"SQLite format 3"


def _connect(where: str, first: list[str], *, write: bool, wait: float) -> Engine:
    if server.is_url(where):
        return server.connect(where, write=write, first=first)
    path = Path(where).absolute()
    if write:
        _touch(path)
    elif not path.is_file():
        message = f"there is no record at {where}. Make one with: tidings build REPORTS… -o {where}"
        raise NotARecord(message)
    elif not _head(path).startswith(_MAGIC):
        raise forward.not_a_record(where)
    engine = create_engine(
        "sqlite://",
        creator=lambda: _sqlite(path, first, write=write, wait=wait),
        poolclass=NullPool,
        hide_parameters=True,  # what was asked for is in nobody's log
    )
    # The driver's own transactions leave out changes of tables; BEGIN is sent by hand so that all is one step.
    event.listen(engine, "begin", _begin)
    return engine


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def _touch(path: Path) -> None:
    """Make an empty file that only its owner can read, where there is none."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if path.is_dir():
            message = f"{path} is a folder. Name a file for the record: -o {path / 'record.tidings'}"
            raise NotARecord(message) from None
        head = _head(path)
        if head and not head.startswith(_MAGIC):
            raise forward.not_a_record(str(path)) from None
    except OSError as error:
        message = f"{path} cannot be made: {error.strerror}. Choose a folder that exists and that you may write to."
        raise RecordError(message) from error


def _sqlite(path: Path, first: list[str], *, write: bool, wait: float) -> sqlite3.Connection:
    if write:
        # A file that was taken away in the meantime must not come back empty.
        place = f"{path.as_uri()}?mode=rw"
        connection = sqlite3.connect(place, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection
    return _readable(path, first)


def _readable(path: Path, first: list[str]) -> sqlite3.Connection:
    """Open to read.

    Where the file may be written to it is opened so, with writing switched off: the last one who closes then puts the
    write-ahead log away, and the record stays one file. Elsewhere it is opened read-only, and in a folder where nothing can be
    made as a file that nobody changes.
    """
    own = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    for way in ("mode=rw", "mode=ro", "immutable=1")[0 if own else 1 :]:
        try:
            connection = sqlite3.connect(
                f"{path.as_uri()}?{way}", uri=True, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
        except sqlite3.OperationalError:
            continue
        try:
            for statement in first:
                connection.execute(statement)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            connection.close()
        else:
            return connection
    message = f"{path} cannot be opened. Check that you may read it."
    raise RecordError(message)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")
