"""The team of a shared record: who may sign in, with which rights, and the journal of it all.

Passwords are hashed with Argon2id under the parameters that RFC 9106 recommends where memory is scarce (argon2-cffi's own).
Whether a name exists is told by nothing, not even by how long an answer takes.
"""

from __future__ import annotations

import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tidings.errors import RecordError, UnknownId, UsageError
from tidings.store import users as store
from tidings.store.file import File
from tidings.store.users import ROLES, Entry, User, broken, key_of

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["ROLES", "SHORTEST", "Entry", "Team", "Teamed", "User"]

SHORTEST = 12
"""Letters of a password. NIST SP 800-63B asks for eight at least and for no rules on which letters they are."""
_LONGEST = 1000
_FEWEST = 5
"""Different letters of a password: with fewer it is a row of the same ones."""
_LONGEST_NAME = 60
_AT_ONCE = threading.BoundedSemaphore(2)
"""Passwords tried at the same time: each takes 64 MiB while it is hashed."""


class Team:
    """The users of a record.

    Args:
        where: The record: a file, or the URL of a database.
    """

    def __init__(self, where: str | Path) -> None:
        self.where = str(where)
        self._file = File(where)

    def bring_forward(self) -> None:
        """Give a record of an older version the tables that it lacks, where it may be written to."""
        with suppress(RecordError):
            File(self.where, write=True, wait=3).close()
            self._file.close()
            self._file = File(self.where)

    def close(self) -> None:
        """Let go of the record."""
        self._file.close()

    def users(self) -> tuple[User, ...]:
        """Return all users in the order of their names."""
        with self._file.reading() as connection:
            return store.every_user(connection)

    def user(self, name: str) -> User | None:
        """Return the user of a name, however it is written, or None."""
        with self._file.reading() as connection:
            return store.user_named(connection, name)

    def add(self, name: str, role: str, password: str, *, by: str) -> User:
        """Add a user.

        Args:
            name: What stands beside the user's decisions.
            role: reader, reviewer or steward.
            password: Twelve letters or more.
            by: Who adds the user; it stands in the journal.

        Raises:
            UsageError: There is a user of the name already, or the name, role or password does not do.
        """
        name = _fit_name(name)
        _check_role(role)
        hashed = _hashed(name, password)
        with self._changing() as connection:
            if role != "steward" and not store.every_user(connection):
                raise UsageError("the first user is a steward, who can let in the others: --role steward")
            if store.user_named(connection, name) is not None:
                raise UsageError(f"there is a user called {name} already. Choose another name, or change that one.")
            user = User(name=name, role=role, password=hashed, stamp=secrets.token_hex(8), since=_now())
            store.put(connection, user)
            store.keep(connection, at=_now(), who=by, did=f"added as {role}", whom=name)
        return user

    def set_role(self, name: str, role: str, *, by: str) -> User:
        """Give a user another role; it holds from the next page on.

        Raises:
            UnknownId: There is no such user.
            UsageError: There is no such role, or nobody else is a steward.
        """
        _check_role(role)
        with self._changing() as connection:
            held = _known(store.every_user(connection), name)
            if role != "steward":
                _refuse_last(store.every_user(connection), held, alone=False)
            user = User(name=held.name, role=role, password=held.password, stamp=held.stamp, since=held.since)
            store.put(connection, user)
            store.keep(connection, at=_now(), who=by, did=f"made {role}", whom=held.name)
        return user

    def set_password(self, name: str, password: str, *, by: str) -> User:
        """Give a user another password; whoever is signed in under the name is signed out.

        Raises:
            UnknownId: There is no such user.
            UsageError: The password does not do.
        """
        hashed = _hashed(name, password)
        with self._changing() as connection:
            held = _known(store.every_user(connection), name)
            user = User(name=held.name, role=held.role, password=hashed, stamp=secrets.token_hex(8), since=held.since)
            store.put(connection, user)
            store.keep(connection, at=_now(), who=by, did="password changed", whom=held.name)
        return user

    def remove(self, name: str, *, by: str) -> None:
        """Take a user out; what the user decided stays.

        Raises:
            UnknownId: There is no such user.
            UsageError: The user is the last steward, and others are left.
        """
        with self._changing() as connection:
            held = _known(store.every_user(connection), name)
            _refuse_last(store.every_user(connection), held, alone=True)
            store.drop(connection, held.name)
            store.keep(connection, at=_now(), who=by, did="removed", whom=held.name)

    def tried(self, name: str, password: str) -> User | None:
        """Return the user whose name and password these are, or None; it takes as long where there is no such user."""
        other = _nobody()
        user = self.user(name)
        return user if _fits(password, user.password if user else other) else None

    def keep(self, lines: list[tuple[str, str, str, str]], *, wait: float = 3) -> None:
        """Write lines (at, who, did, to whom) at the end of the journal, all or none.

        Raises:
            RecordError: Somebody else is writing to the record for longer than ``wait`` seconds.
        """
        with self._changing(wait=wait) as connection:
            for at, who, did, whom in lines:
                store.keep(connection, at=at, who=who, did=did, whom=whom)

    def journal(self, *, limit: int | None = None) -> tuple[Entry, ...]:
        """Return the journal, the last line first."""
        with self._file.reading() as connection:
            return store.entries(connection, limit=limit)

    @contextmanager
    def _changing(self, *, wait: float = 30) -> Iterator[Connection]:
        """Give a connection whose changes all come true at the end, or none does."""
        file = File(self.where, write=True, wait=wait)
        try:
            with file.writing(log_only=True) as connection:
                yield connection
        except OperationalError as error:
            raise RecordError(f"{file.where} cannot be written to now. Nothing was changed; try again.") from error
        finally:
            file.close()
        # A record that an older version wrote has been given its new tables by now.
        self._file.close()
        self._file = File(self.where)

    def faults(self) -> list[str]:
        """Return a sentence for each line of the journal that was changed, or that is missing."""
        return broken(reversed(self.journal()))


class Teamed:
    """What a record says of its team."""

    where: str

    def team(self) -> Team:
        """Return the users of the record, and the journal of who signed in."""
        return Team(self.where)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _known(users: tuple[User, ...], name: str) -> User:
    held = next((user for user in users if key_of(user.name) == key_of(name)), None)
    if held is None:
        there = ", ".join(user.name for user in users) or "nobody yet"
        raise UnknownId(f"there is no user called {name}. There are: {there}.")
    return held


def _refuse_last(users: tuple[User, ...], held: User, *, alone: bool) -> None:
    """Refuse to leave a team without a steward; the last user of all may go where ``alone`` says so."""
    others = [user for user in users if user.name != held.name]
    if held.role == "steward" and not any(user.role == "steward" for user in others) and (others or not alone):
        raise UsageError(f"{held.name} is the only steward. Make somebody else a steward first.")


def _fit_name(name: str) -> str:
    held = " ".join(unicodedata.normalize("NFC", name).split())
    if not held or len(held) > _LONGEST_NAME or any(unicodedata.category(letter)[0] == "C" for letter in held):
        raise UsageError(f"a user's name is 1 to {_LONGEST_NAME} letters that can be seen; it stands beside decisions.")
    return held


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise UsageError(f"there is no role {role!r}. Roles are: {', '.join(ROLES)}.")


def _hashed(name: str, password: str) -> str:
    """Return the Argon2 hash of a password that will do."""
    held = _normal(password)
    if len(held) < SHORTEST:
        raise UsageError(f"a password has {SHORTEST} letters or more: a few words that nobody would guess do well.")
    if len(held) > _LONGEST:
        raise UsageError(f"a password has no more than {_LONGEST} letters.")
    mostly_name = key_of(name) in key_of(held) and 2 * len(key_of(name)) >= len(held)
    if mostly_name or len(set(held)) < _FEWEST:
        raise UsageError("that password is easily guessed. A few words that nobody would guess do well.")
    with _AT_ONCE:
        return _hasher().hash(held)


def _normal(password: str) -> str:
    """Return a password as it is hashed: the same letters typed on another keyboard are the same (RFC 8265)."""
    return unicodedata.normalize("NFC", password)


def _fits(password: str, hashed: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            return _hasher().verify(hashed, _normal(password)[:_LONGEST])
        except (VerificationError, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Return the hash of a password that nobody has: what is tried where there is no such user."""
    return _hasher().hash(secrets.token_urlsafe(32))
