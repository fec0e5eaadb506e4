"""Opening a record: one SQLite file in write-ahead mode, readable by its owner alone.

A record in PostgreSQL is reached by its URL; the tables and questions are the same (:mod:`tidings.store.server`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, select
from sqlalchemy.exc import DatabaseError

from tidings.errors import NewerRecord, NotARecord, RecordError
from tidings.store import server
from tidings.store.schema import FORMAT, SCHEMA_VERSION, meta, metadata

__all__ = ["File"]

_WAIT_SECONDS = 30
"""How long one process waits for another that is writing."""


class File:
    """A record file, opened to read, or to write and made where it is missing.

    Args:
        where: A path, or a database URL.
        write: Whether the file is made if missing and its tables may change.
        wait: Seconds to wait for another process that is writing.

    Raises:
        NotARecord: The file is missing, or is something else.
        NewerRecord: A newer version of Tidings wrote it.
    """

    def __init__(self, where: str | Path, *, write: bool = False, wait: float = _WAIT_SECONDS) -> None:
        self.where = server.shown(str(where))
        self._server = server.is_url(str(where))
        self._wait = wait
        self._engine = _connect(str(where), write=write, wait=wait)
        try:
            if write:
                self._make()
            self._verify()
        except DatabaseError as error:
            self.close()
            if self._server:
                raise server.meaning(error, self.where) from error
            if isinstance(error.orig, sqlite3.OperationalError) and "locked" in str(error.orig):
                message = f"a build is writing to {self.where}. Nothing is lost; try again when it is done."
                raise RecordError(message) from error
            raise NotARecord(_not_a_record(self.where)) from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the record throughout."""
        with self._explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes all come true at the end, or none does."""
        with self._explained(), self._engine.begin() as connection:
            if self._server:
                server.take_turn(connection, self._wait)
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn an error of a database server into words; those of a file are told where it was opened."""
        try:
            yield
        except DatabaseError as error:
            if not self._server:
                raise
            raise server.meaning(error, self.where) from error

    def _make(self) -> None:
        """Make the tables where there are none yet, in one transaction."""
        with self.writing() as connection:
            names = set(inspect(connection).get_table_names())
            if names and "meta" not in names:
                raise NotARecord(_not_a_record(self.where))
            if "meta" not in names:
                metadata.create_all(connection)
                connection.execute(meta.insert(), [{"key": key, "value": value} for key, value in _BIRTH.items()])
            else:
                _bring_forward(connection)

    def _verify(self) -> None:
        with self.reading() as connection:
            held = {row.key: row.value for row in connection.execute(select(meta.c.key, meta.c.value))}
        if held.get("format") != FORMAT:
            raise NotARecord(_not_a_record(self.where))
        if int(held.get("schema", "0")) > SCHEMA_VERSION:
            message = (
                f"{self.where} was written by a newer version of Tidings (tables {held['schema']}, this one knows "
                f"{SCHEMA_VERSION}). Update Tidings: pip install --upgrade tidings"
            )
            raise NewerRecord(message)


def _bring_forward(connection: Connection) -> None:
    """Make the tables that an older version did not know; what it wrote stays as it is."""
    held = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    if held is not None and int(held) < SCHEMA_VERSION:
        metadata.create_all(connection, checkfirst=True)
        connection.execute(meta.update().where(meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))


_MAGIC = b"SQLite format 3"
_BIRTH = {"format": FORMAT, "schema": str(SCHEMA_VERSION), "generation": "0"}


def _not_a_record(where: str) -> str:
    return f"{where} is not a record of Tidings. Make one with: tidings build REPORTS… -o {where}"


def _connect(where: str, *, write: bool, wait: float) -> Engine:
    if server.is_url(where):
        return server.connect(where, write=write)
    path = Path(where).absolute()
    if write:
        _touch(path)
    elif not path.is_file():
        message = f"there is no record at {where}. Make one with: tidings build REPORTS… -o {where}"
        raise NotARecord(message)
    elif not _head(path).startswith(_MAGIC):
        raise NotARecord(_not_a_record(where))
    engine = create_engine("sqlite://", creator=lambda: _sqlite(path, write=write, wait=wait), poolclass=NullPool)
    # The driver's own transactions leave out changes of tables; BEGIN is sent by hand so that all is one step.
    event.listen(engine, "begin", _begin_write if write else _begin_read)
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
            raise NotARecord(_not_a_record(str(path))) from None
    except OSError as error:
        message = f"{path} cannot be made: {error.strerror}. Choose a folder that exists and that you may write to."
        raise RecordError(message) from error


def _sqlite(path: Path, *, write: bool, wait: float) -> sqlite3.Connection:
    if write:
        connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection
    return _readable(path)


def _readable(path: Path) -> sqlite3.Connection:
    """Open to read.

    Where the file may be written to it is opened so, with writing switched off: the last one who closes then puts the
    write-ahead log away, and the record stays one file. Elsewhere it is opened read-only, and in a folder where nothing can be
    made as a file that nobody changes.
    """
    own = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    for way in ("mode=rw", "mode=ro", "immutable=1")[0 if own else 1 :]:
        connection = sqlite3.connect(
            f"{path.as_uri()}?{way}", uri=True, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            connection.close()
        else:
            return connection
    message = f"{path} cannot be opened. Check that you may read it."
    raise RecordError(message)


def _begin_write(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_read(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
