"""One build of a record at a time."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread

import pytest
from tests.postgres import ENGINES

import tidings
from tidings.errors import RecordError
from tidings.store import turn

sys.path.insert(0, str(Path(__file__).parents[1]))

import pretend


@pytest.fixture(params=ENGINES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a record, in either engine."""
    if request.param == "sqlite":
        return str(tmp_path / "war.tidings")
    return str(request.getfixturevalue("postgres").url())


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    """Two reports."""
    (tmp_path / "a.txt").write_text("Shelling was heard in Nyala. Residents fled to Kas.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Fighters took the town of Dilling.", encoding="utf-8")
    return tmp_path / "a.txt", tmp_path / "b.txt"


def test_the_second_of_two_builds_waits_and_says_so(
    where: str, reports: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
):
    """A build that finds another at work tells that it waits, goes on when the other is done, and adds to what it made."""
    pretend.install(monkeypatch.setattr)
    steps: list[str] = []
    with turn.taken(where):
        second = Thread(
            target=lambda: tidings.build(reports[1], where, progress=lambda name, *_: steps.append(name)).close()
        )
        second.start()
        while turn.WAITING not in steps:
            time.sleep(0.01)
        assert second.is_alive()
    second.join()
    tidings.build(reports[0], where).close()

    assert steps.count(turn.WAITING) == 1
    with tidings.open(where) as record:
        assert sorted(row["path"] for row in record.documents()) == ["a.txt", "b.txt"]
        assert record.check() == []


def test_a_build_does_not_wait_for_ever(where: str, reports: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch):
    """Where the other build does not end in time, it is said, and the turn is still the other's."""
    pretend.install(monkeypatch.setattr)
    monkeypatch.setattr(turn, "WAIT_SECONDS", 0.1)
    with turn.taken(where):
        for _ in range(2):
            with pytest.raises(RecordError, match="another build is writing to"):
                tidings.build(reports[0], where)
    tidings.build(reports[0], where).close()


def test_the_turn_of_a_build_that_was_killed_is_free(where: str, reports: tuple[Path, Path], tmp_path: Path):
    """The turn ends with the process that holds it, however that ends; nothing is left beside the record after the next."""
    holds, held = os.pipe()
    child = os.fork()
    if child == 0:
        with turn.taken(where):
            os.write(held, b"x")
            time.sleep(60)
    os.read(holds, 1)
    with pytest.raises(RecordError), turn.taken(where, wait=0.1):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    with turn.taken(where, wait=20):
        pass
    assert list(tmp_path.glob(".*")) == []
