"""Users at the terminal, and files that are their owner's alone."""

from __future__ import annotations

import io
import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tidings.record import Team
from tidings.store.file import File

Run = Callable[..., Any]
PASSWORD = "four words nobody knows"  # noqa: S105 - of users that are no more when a test is done


@pytest.fixture
def record(war: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of two reports; passwords are hashed in no time."""
    from argon2 import PasswordHasher

    from tidings import _team

    monkeypatch.setattr(_team, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return war


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Say what a pipe holds."""
    return lambda words: monkeypatch.setattr(sys, "stdin", io.StringIO(words + "\n"))


def test_users_come_change_and_go(tidings: Run, record: Path, typed: Callable[[str], None]) -> None:
    """The first user is a steward; each change is said, listed, and stands in the journal with who made it."""
    typed(PASSWORD)
    refused = tidings("users", "add", record, "Rim")
    assert (refused.code, "--role steward" in refused.err) == (2, True)
    typed(PASSWORD)
    assert "may sign in as steward" in tidings("users", "add", record, "Amal", "--role", "steward", "--by", "Amal").out
    typed("short")
    assert "12 letters" in tidings("users", "add", record, "Rim").err
    typed(PASSWORD)
    assert tidings("users", "add", record, "Rim").code == 0
    assert "Rim is reviewer now." in tidings("users", "role", record, "rim", "reviewer").out
    typed("other words nobody knows")
    assert "signed out everywhere" in tidings("users", "password", record, "Rim").out
    listed = tidings("users", "list", record).out
    assert [words for words in listed.split() if words in {"Amal", "steward", "Rim", "reviewer"}] == [
        "Amal",
        "steward",
        "Rim",
        "reviewer",
    ]
    last = tidings("users", "remove", record, "Amal")
    assert (last.code, "only steward" in last.err) == (2, True)
    assert tidings("users", "remove", record, "Nobody").code == 1
    assert tidings("users", "remove", record, "Rim").code == 0
    assert tidings("users", "remove", record, "Amal").code == 0
    assert "opens by its link" in tidings("users", "list", record).out
    told = tidings("users", "journal", record, "--all")
    assert [line.did for line in reversed(Team(record).journal())] == [
        "added as steward", "added as reader", "made reviewer", "password changed", "removed", "removed",
    ]  # fmt: skip
    assert "Amal, at the terminal" in told.out
    assert PASSWORD not in told.out + listed


def test_a_journal_that_was_changed_is_told(tidings: Run, record: Path, typed: Callable[[str], None]) -> None:
    """A line that was taken out shows, and the command fails."""
    for name, role in (("Amal", "steward"), ("Rim", "reader"), ("Noor", "reader")):
        typed(PASSWORD)
        tidings("users", "add", record, name, "--role", role)
    with sqlite3.connect(record) as base:
        base.execute("DELETE FROM journal WHERE whom = 'Rim'")
    told = tidings("users", "journal", record)

    assert told.code == 1
    assert "a line is missing" in told.err


def test_serving_others_without_users_or_tls_is_refused(
    tidings: Run, record: Path, typed: Callable[[str], None]
) -> None:
    """Another address than this machine's is opened only with users, and behind TLS; each refusal says what is missing."""
    assert "users add" in tidings("serve", record, "--host", "0.0.0.0").err  # noqa: S104 - refused
    typed(PASSWORD)
    tidings("users", "add", record, "Amal", "--role", "steward")
    assert "behind TLS only" in tidings("serve", record, "--host", "0.0.0.0").err  # noqa: S104 - refused
    assert "--metrics-token" in tidings("serve", record, "--metrics-token", record.parent / "none").err


@pytest.fixture
def open_habit() -> Iterator[None]:
    """A machine on which new files can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_what_commands_write_is_their_owners_alone(
    tidings: Run, record: Path, tmp_path: Path, open_habit: None
) -> None:
    """The record, its write-ahead log, exports, briefs, backups and copies are readable by nobody else, whatever the habit."""
    out = tmp_path / "out"
    assert tidings("export", record, "--to", "jsonl", out / "tables").code == 0
    os.umask(0o022)
    assert tidings("export", record, "--to", "csv", out / "csv").code == 0
    os.umask(0o022)
    assert tidings("brief", record, "-o", tmp_path / "brief.html").code == 0
    os.umask(0o022)
    assert tidings("backup", record, tmp_path / "backup.tidings").code == 0
    os.umask(0o022)
    with_log = File(record, write=True)
    with with_log.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = value")
    with sqlite3.connect(record) as reader:
        reader.execute("SELECT count(*) FROM meta").fetchone()
        beside = list(tmp_path.glob("war.tidings*"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in beside}
    with_log.close()
    written = [
        tmp_path / "brief.html",
        tmp_path / "backup.tidings",
        *(path for path in out.rglob("*") if path.is_file()),
    ]
    folders = [path for path in (out, *out.rglob("*")) if path.is_dir()]

    assert len(written) > 20
    assert set(modes.values()) == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in written} == {0}
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in folders} == {0}
