"""Users and their journal, in a file and in a database."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.postgres import altered

from tidings._team import Team
from tidings.errors import UnknownId, UsageError
from tidings.store import users
from tidings.store.copy import carry
from tidings.store.file import File
from tidings.store.users import User

PASSWORD = "four words nobody knows"  # noqa: S105 - of users that are no more when a test is done


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed in no time."""
    from argon2 import PasswordHasher

    from tidings import _team

    monkeypatch.setattr(_team, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


def amal(**changes: str) -> User:
    cells = {
        "name": "Amal",
        "role": "steward",
        "password": "$argon2id$…",
        "stamp": "s",
        "since": "2026-01-01T00:00:00Z",
    }
    return User(**{**cells, **changes})


def test_a_user_is_one_however_the_name_is_written(file: File):
    """Case, width and spaces make no other user; putting one again takes the place of the old one."""
    with file.writing() as connection:
        users.put(connection, amal())
        users.put(connection, amal(name="ＡＭＡＬ ", role="reader"))
        assert [user.role for user in users.every_user(connection)] == ["reader"]
        held = users.user_named(connection, "amal")
        assert held is not None
        assert held.name == "ＡＭＡＬ "
        users.drop(connection, "aMAL")
        assert users.every_user(connection) == ()


def test_each_line_of_the_journal_hangs_on_the_one_before(file: File):
    """Lines come in their order with the hash of the one before; one that is changed, taken out or put in shows."""
    with file.writing() as connection:
        for n in range(4):
            users.keep(connection, at=f"2026-01-0{n + 1}T00:00:00Z", who="Amal", did="signed in")
        lines = tuple(reversed(users.entries(connection)))
    assert [line.at[:10] for line in lines] == ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"]
    assert users.broken(lines) == []
    assert users.broken(lines[1:]) == ["line 1 does not follow the one before it: a line is missing or was put in"]
    assert users.broken((*lines[:2], lines[3])) == [
        "line 3 does not follow the one before it: a line is missing or was put in"
    ]


def test_a_record_of_an_older_version_takes_users(file: File, where: str):
    """A record without the tables has nobody; adding the first user makes them, and whoever has it open sees it."""
    altered(where, "DROP TABLE users", "DROP TABLE journal", "UPDATE meta SET value = '3' WHERE key = 'schema'")
    team = Team(where)
    assert (team.users(), team.journal(), team.faults()) == ((), (), [])
    team.add("Amal", "steward", PASSWORD, by="the terminal")
    assert [user.name for user in team.users()] == ["Amal"]
    assert [line.did for line in team.journal()] == ["added as steward"]
    team.close()


def test_a_copy_brings_users_and_journal_along(file: File, where: str, tmp_path: Path):
    """A copy or backup is whole: the same people sign in with the same passwords."""
    team = Team(where)
    team.add("Amal", "steward", PASSWORD, by="the terminal")
    team.close()
    source, target = File(where), File(tmp_path / "copy.tidings", write=True)
    carry(source, target)
    source.close()
    target.close()
    copied = Team(tmp_path / "copy.tidings")

    assert copied.tried("amal", PASSWORD) is not None
    assert copied.tried("amal", PASSWORD + "x") is None
    assert [line.whom for line in copied.journal()] == ["Amal"]


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "Amal Khalil 1", "x" * 1001, ""])
def test_passwords_that_are_easily_guessed_are_refused(where: str, file: File, password: str):
    """Too short, too long, one letter over and over, or mostly the name: refused, and nothing is written."""
    team = Team(where)
    with pytest.raises(UsageError, match="password"):
        team.add("Amal Khalil", "steward", password, by="a test")
    assert team.users() == ()


@pytest.mark.parametrize("name", ["", "  ", "a\u202eb", "x" * 61, "a\x00b"])
def test_names_that_cannot_be_seen_are_refused(where: str, file: File, name: str):
    """A name stands beside decisions: it is short, and every letter of it can be seen."""
    with pytest.raises(UsageError, match="letters that can be seen"):
        Team(where).add(name, "steward", PASSWORD, by="a test")


def test_who_is_not_there_is_named(where: str, file: File):
    """Changing or removing somebody who is no user says who the users are."""
    team = Team(where)
    team.add("Amal", "steward", PASSWORD, by="a test")
    for act in (lambda: team.remove("Rim", by="x"), lambda: team.set_role("Rim", "reader", by="x"), lambda: team.set_password("Rim", PASSWORD, by="x")):  # fmt: skip
        with pytest.raises(UnknownId, match="There are: Amal"):
            act()
