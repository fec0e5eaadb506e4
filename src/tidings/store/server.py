"""A record in a PostgreSQL database, reached by its URL: ``postgresql://reviewer@localhost/war``.

The tables and questions are those of a record file. What differs stands here: how it is opened, how writers take turns, and
what its errors mean to a reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from tidings.errors import NotARecord, RecordError, UsageError

__all__ = ["LOG", "TURN", "connect", "is_url", "meaning", "shown", "take_turn"]

TURN = 7_485_311_026
"""The number of the advisory lock that writers of a record hold. Any number does that no other program in the database uses."""

LOG = TURN + 2
"""The advisory lock of who adds to the log of decisions alone: a verdict waits for no build, only for another verdict. The number between the two is the
lock of builds (:mod:`tidings.store.turn`)."""

_REFUSED = "its user or password is refused. Look at the URL and at the server's pg_hba.conf."
_NO_DATABASE = "the server has no such database. Make it first: createdb NAME"
_REASONS = {
    "28": _REFUSED,
    "3D": _NO_DATABASE,
    "42501": "its user may not do this there. Ask the owner of the database for the right.",
    "25006": "it is open to read only. Connect to the server that takes changes.",
    "53100": "its disk is full. Nothing is lost; make room and try again.",
    "53200": "it has run out of memory. Nothing is lost; try again.",
    "53300": "it takes no more connections. Nothing is lost; try again, or raise max_connections.",
}
"""SQLSTATE, or its first letters, to what it means here (PostgreSQL documentation, appendix A)."""


def is_url(where: str) -> bool:
    """Return whether a record is named by a URL and not by a path."""
    return "://" in where


def shown(where: str) -> str:
    """Return the name of a record as it may be printed: a URL without its password."""
    if not is_url(where):
        return where
    try:
        return make_url(where).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return "the database"


def connect(where: str, *, write: bool, first: Sequence[str] = ()) -> Engine:
    """Return an engine for a URL.

    Readers see one state of the record for as long as a connection is open, and cannot change it.

    Args:
        where: The URL.
        write: Whether it may be changed.
        first: Statements for each new connection, looked at when it is made.

    Raises:
        UsageError: The URL is none, or names another kind of database.
        RecordError: The driver is not installed.
    """
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"{where!r} is no URL. Write postgresql://USER@HOST/DATABASE") from error
    if url.get_backend_name() != "postgresql":
        raise UsageError(
            f"a record lies in a file or in PostgreSQL, not in {url.get_backend_name()}. Write postgresql://USER@HOST/DATABASE"
        )
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="READ COMMITTED" if write else "REPEATABLE READ",
            pool_pre_ping=True,
            hide_parameters=True,  # what was asked for is in nobody's log
            pool_size=5,
            max_overflow=20,
        )
    except ModuleNotFoundError as error:
        raise RecordError('a record in PostgreSQL needs its driver: pip install "tidings[postgres]"') from error
    if not write:
        event.listen(engine, "begin", _only_read)

        @event.listens_for(engine, "connect")
        def _prepare(opened: Any, _: Any) -> None:
            for statement in first:
                opened.execute(statement)
            opened.commit()

    return engine


def _only_read(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def take_turn(connection: Connection, wait: float, turn: int = TURN) -> None:
    """Wait until no other writer holds the turn, at most ``wait`` seconds; it ends with the transaction."""
    connection.execute(text(f"SET LOCAL lock_timeout = {int(wait * 1000)}"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": turn})
    connection.execute(text("SET LOCAL lock_timeout = 0"))


def meaning(error: DBAPIError, where: str) -> RecordError:
    """Return an error of the server in words: what happened, that nothing is lost, what to do."""
    name = shown(where)
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == "55P03":
        return RecordError(f"a build is writing to {name}. Nothing is lost; try again when it is done.")
    if state == "42P01":
        return NotARecord(f"{name} is not a record of Tidings. Make one with: tidings build REPORTS… -o {name}")
    for beginning, words in _REASONS.items():
        if state.startswith(beginning):
            return RecordError(f"{name} cannot be used: {words}")
    first = str(error.orig).strip().splitlines()[0] if error.orig is not None else "no answer"
    if not state and "FATAL" in first:
        # A connection that fails gives no code, only the server's words.
        if "database" in first and "does not exist" in first:
            return RecordError(f"{name} cannot be used: {_NO_DATABASE}")
        if any(words in first for words in ("role", "authentication", "password", "pg_hba")):
            return RecordError(f"{name} cannot be used: {_REFUSED}")
    if not state or state.startswith(("08", "57")):
        return RecordError(
            f"{name} cannot be reached, or the connection was lost ({first}). Nothing is lost; try again."
        )
    return RecordError(f"{name}: the database refused this ({first}). Nothing was changed.")
