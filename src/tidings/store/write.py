"""Rows into the file: the whole record at once, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select

from tidings.errors import RecordError
from tidings.model import Build, Decision, content_id
from tidings.model.columns import TABLES
from tidings.store.bulk import put_rows
from tidings.store.links import links_of
from tidings.store.rows import Row, json_line
from tidings.store.schema import contract, links, meta

__all__ = [
    "LOGS",
    "add_build",
    "add_decision",
    "build_id",
    "contents_hash",
    "last_decision",
    "next_generation",
    "replace_tables",
]

LOGS = frozenset({"decisions", "builds"})
"""Tables whose rows are only ever added."""


def contents_hash(rows: Mapping[str, Iterable[Row]]) -> str:
    """Return the SHA-256 over every row of every table but the logs, as the exports write them."""
    digest = sha256()
    for table, held in _told(rows):
        digest.update(f"{table}\n".encode())
        for row in held:
            digest.update(f"{json_line(row)}\n".encode())
    return digest.hexdigest()


def replace_tables(connection: Connection, rows: Mapping[str, Iterable[Row]]) -> None:
    """Put ``rows`` in the place of all that the tables hold, the logs aside. Call it inside a transaction."""
    connection.execute(delete(links))
    for table, held in _told(rows):
        connection.execute(delete(contract[table]))
        listed = list(held)
        put_rows(connection, contract[table], (_packed(table, number, row) for number, row in enumerate(listed)))
        put_rows(
            connection, links, (link for number, row in enumerate(listed) for link in links_of(table, number, row))
        )


def _told(rows: Mapping[str, Iterable[Row]]) -> Iterator[tuple[str, Iterable[Row]]]:
    return ((table, rows[table]) for table in TABLES if table not in LOGS)


def _packed(table: str, number: int, row: Row) -> Row:
    """Return a row with its lists and objects as JSON, ready for the file."""
    packed: Row = {"row": number}
    for column in TABLES[table]:
        value = row[column.name]
        if column.holds in {"list", "object"} and value is not None:
            value = json.dumps(value, ensure_ascii=False)
        packed[column.name] = value
    return packed


def add_row(connection: Connection, table: str, row: Row) -> None:
    """Add one row at the end of a log."""
    last = connection.execute(select(func.max(contract[table].c.row))).scalar()
    connection.execute(insert(contract[table]), _packed(table, 0 if last is None else last + 1, row))


def add_build(connection: Connection, build: Build) -> None:
    """Add a build to its log."""
    row = {
        "id": build.id,
        "at": build.at,
        "version": build.version,
        "documents": build.documents,
        "added": list(build.added),
        "removed": list(build.removed),
        "settings": json.loads(build.settings),
        "hash": build.hash,
    }
    add_row(connection, "builds", row)


def add_decision(connection: Connection, decision: Decision) -> None:
    """Add a decision to its log."""
    add_row(connection, "decisions", {column.name: getattr(decision, column.name) for column in TABLES["decisions"]})


def last_decision(connection: Connection) -> str:
    """Return the hash of the last decision in the log; empty where there is none."""
    log = contract["decisions"].c
    return str(connection.execute(select(log.hash).order_by(log.row.desc()).limit(1)).scalar() or "")


def build_id(before: str, version: str, settings: str, contents: str) -> str:
    """Return the id of a build: from the build before it, what it was made with, and what came out."""
    return content_id("B", before, version, settings, contents)


def next_generation(connection: Connection, seen: int) -> None:
    """Count one change of the record further.

    Raises:
        RecordError: Another process changed the record after ``seen`` was read.
    """
    held = int(connection.execute(select(meta.c.value).where(meta.c.key == "generation")).scalar_one())
    if held != seen:
        message = "another process changed the record in the meantime; nothing was written. Run the command again."
        raise RecordError(message)
    connection.execute(meta.update().where(meta.c.key == "generation").values(value=str(held + 1)))
