"""Who may open a shared record: users with a role each, and the journal of who came, who failed, whose rights changed.

Both lie in the record itself, behind the contract's tables: they are no part of what is exported or published. Passwords are
kept as Argon2 hashes, made elsewhere; the journal is only ever added to, each entry chained to the one before by its hash.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, inspect, select

from tidings.model import sha256_hex
from tidings.store.schema import journal as journal_table
from tidings.store.schema import users as users_table

__all__ = ["ROLES", "Entry", "User", "broken", "drop", "entries", "every_user", "keep", "key_of", "put", "user_named"]

ROLES = ("reader", "reviewer", "steward")
"""From the one who may do least to the one who may do most; each may do what those before it may."""


@dataclass(frozen=True, kw_only=True, slots=True)
class User:
    """Somebody who may sign in.

    ``name`` stands beside decisions. ``password`` is an Argon2 hash. ``stamp`` changes whenever the password does: whoever
    signed in under another stamp is signed out. ``since`` is when the user was added (UTC).
    """

    name: str
    role: str
    password: str
    stamp: str
    since: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the journal: when, who, did what, to whom; never an address, and never a word of a report."""

    at: str
    who: str
    did: str
    whom: str
    previous_hash: str
    hash: str


def key_of(name: str) -> str:
    """Return a name as users are told apart: its case, its width and spaces around it make no other user."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def every_user(connection: Connection) -> tuple[User, ...]:
    """Return all users in the order of their names; none in a record that an older version wrote."""
    if not inspect(connection).has_table(users_table.name):
        return ()
    rows = connection.execute(select(users_table).order_by(users_table.c.key))
    return tuple(User(name=row.name, role=row.role, password=row.password, stamp=row.stamp, since=row.since) for row in rows)  # fmt: skip


def user_named(connection: Connection, name: str) -> User | None:
    """Return the user of a name, however it is written, or None."""
    wanted = key_of(name)
    return next((held for held in every_user(connection) if key_of(held.name) == wanted), None)


def put(connection: Connection, user: User) -> None:
    """Keep a user, in the place of an older one of the name."""
    key = key_of(user.name)
    connection.execute(delete(users_table).where(users_table.c.key == key))
    row = {"key": key, "name": user.name, "role": user.role, "password": user.password, "stamp": user.stamp, "since": user.since}  # fmt: skip
    connection.execute(insert(users_table), row)


def drop(connection: Connection, name: str) -> None:
    """Take a user out."""
    connection.execute(delete(users_table).where(users_table.c.key == key_of(name)))


def keep(connection: Connection, *, at: str, who: str, did: str, whom: str = "") -> Entry:
    """Write one line at the end of the journal and return it. Call it inside a writing transaction."""
    last = connection.execute(select(journal_table).order_by(journal_table.c.row.desc()).limit(1)).first()
    previous, row = (last.hash, last.row + 1) if last else ("", 0)
    entry = Entry(at=at, who=who, did=did, whom=whom, previous_hash=previous, hash="")
    entry = Entry(at=at, who=who, did=did, whom=whom, previous_hash=previous, hash=_hash(entry))
    cells = {name: getattr(entry, name) for name in _COLUMNS}
    connection.execute(insert(journal_table), {"row": row, **cells, "hash": entry.hash})
    return entry


def entries(connection: Connection, *, limit: int | None = None) -> tuple[Entry, ...]:
    """Return the journal, the last line first; only its last lines where ``limit`` says how many."""
    if not inspect(connection).has_table(journal_table.name):
        return ()
    rows = connection.execute(select(journal_table).order_by(journal_table.c.row.desc()).limit(limit))
    return tuple(Entry(**{name: getattr(row, name) for name in (*_COLUMNS, "hash")}) for row in rows)


def broken(lines: Iterable[Entry]) -> list[str]:
    """Return a sentence for each line (the first one first) that was changed, or that does not follow the one before."""
    found = []
    previous = ""
    for number, line in enumerate(lines, start=1):
        if line.previous_hash != previous:
            found.append(f"line {number} does not follow the one before it: a line is missing or was put in")
        if _hash(line) != line.hash:
            found.append(f"line {number} was changed after it was written")
        previous = line.hash
    return found


_COLUMNS = ("at", "who", "did", "whom", "previous_hash")


def _hash(entry: Entry) -> str:
    held = {name: getattr(entry, name) for name in _COLUMNS}
    return sha256_hex(json.dumps(held, ensure_ascii=False, sort_keys=True).encode())
