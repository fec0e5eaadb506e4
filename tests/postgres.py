"""A PostgreSQL server of the tests' own: started on loopback where its programs are installed, thrown away at the end."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

__all__ = ["ENGINES", "Server", "altered", "held", "programs", "quick_folder", "running"]

ENGINES = ("sqlite", "postgresql")
"""What a record can lie in; fixtures of the store and of the reading room take both."""

_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")


_UNSAFE = " -c fsync=off -c full_page_writes=off"
_ROOM = 2 * 2**30


class Server:
    """A running server: ``url`` of a fresh, empty database for whoever asks."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = count()

    def url(self) -> str:
        """Return the URL of a new empty database."""
        import psycopg

        name = f"record_{next(self._numbers)}"
        with psycopg.connect(f"postgresql://tidings@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return f"postgresql://tidings@127.0.0.1:{self.port}/{name}"


def programs() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``, or None where PostgreSQL or its driver is not installed."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return None
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    for pattern in _FOLDERS:
        for folder in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True):
            if (folder / "initdb").exists():
                return folder
    return None


def quick_folder() -> str | None:
    """Return a folder in memory where there is one with room, so that tests wait for no disk; else None."""
    place = Path("/dev/shm")  # noqa: S108 - a folder of a name of its own is made in it
    roomy = place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > _ROOM
    return str(place) if roomy else None


@contextmanager
def running(*, sync: bool = False) -> Iterator[Server]:
    """Start a server in a folder of its own and stop it at the end.

    Args:
        sync: Whether it keeps safe from a power cut what it was given; tests do without, and lie in memory where they can.
    """
    folder = programs()
    assert folder is not None
    with (
        tempfile.TemporaryDirectory(prefix="tidings-pg-", dir=None if sync else quick_folder()) as place,
        socket.socket() as held,
    ):
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        held.close()
        if os.getuid() == 0:
            shutil.chown(place, "postgres")
        data = f"{place}/data"
        _run(
            folder / "initdb", "-D", data, "-A", "trust", "-U", "tidings", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1" + ("" if sync else _UNSAFE)
        _run(folder / "pg_ctl", "-D", data, "-o", options, "-l", f"{place}/log", "-w", "start")
        try:
            yield Server(port)
        finally:
            _run(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(*command: object) -> None:
    """Run a program of the server; it refuses to run as root, so root hands it to its own user."""
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    subprocess.run(words, check=True, capture_output=True, cwd="/")


def altered(where: str | Path, *changes: str) -> None:
    """Change a record behind the program's back, in a file or in a database."""
    with held(where, write=False) as cursor:
        for change in changes:
            cursor.execute(change)


@contextmanager
def held(where: str | Path, *, write: bool = True) -> Iterator[Any]:
    """Give a cursor beside the program; with ``write`` it holds the record as a build does while it writes."""
    if "://" not in str(where):
        connection = sqlite3.connect(where, isolation_level=None)
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        yield cursor
        cursor.execute("COMMIT")
        connection.close()
        return
    import psycopg

    from tidings.store.server import TURN

    with psycopg.connect(str(where)) as database:
        if write:
            database.execute(f"SELECT pg_advisory_xact_lock({TURN})")
        yield database.cursor()
