"""Copies and backups that are killed, cut off or left without room, and backups of a record that is being built."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults.conftest import Scene
from tests.faults.injected import (
    REFUSED,
    Place,
    contents,
    cut_off,
    ended,
    evenly,
    killed,
    split,
    statements,
    tally,
    within_bytes,
)

from tidings.errors import NotARecord
from tidings.record import copy
from tidings.record import open as open_record
from tidings.store.copy import fingerprints
from tidings.store.file import File


def carrying(source: str, target: str) -> Callable[[], None]:
    """Return the work of a copy."""

    def work() -> None:
        copy(source, target)

    return work


def prints(where: str) -> dict[str, str]:
    file = File(where)
    with file.reading() as connection:
        found = fingerprints(connection)
    file.close()
    return found


@pytest.fixture
def targets(request: pytest.FixtureRequest, folder: Path) -> Callable[[str], str]:
    """Give a new place in an engine; PostgreSQL is asked for only where it is needed."""

    def new(engine: str) -> str:
        server = request.getfixturevalue("postgres") if engine == "postgresql" else None
        return Place(engine, folder, server).new()

    return new


def is_there(target: str) -> bool:
    """Return whether a record lies at a target; whatever else lies there, a user could not take for one."""
    try:
        File(target).close()
    except NotARecord:
        return False
    return True


@pytest.mark.parametrize(
    ("scene", "to", "number"),
    [("sqlite", "sqlite", 14), ("sqlite", "postgresql", 10), ("postgresql", "sqlite", 10)],
    indirect=["scene"],
)
def test_a_copy_killed_at_any_statement_leaves_nothing_half(
    scene: Scene, to: str, number: int, targets: Callable[[str], str], folder: Path
):
    """Killed just before a statement, a copy leaves nothing under the name asked for; the same command then copies all."""
    before = prints(scene.base)
    whole = statements(carrying(scene.base, targets(to)))
    for at in evenly(whole, number):
        target = targets(to)
        assert killed(carrying(scene.base, target), at) == -signal.SIGKILL
        tally(f"copy killed, {scene.place.engine} to {to}")
        if not is_there(target):
            carrying(scene.base, target)()
        assert prints(target) == prints(scene.base) == before, at
    assert list(folder.glob(".*.part*")) == []


@pytest.mark.parametrize(("scene", "to"), [("sqlite", "postgresql"), ("postgresql", "sqlite")], indirect=["scene"])
def test_a_network_that_drops_in_the_middle_of_a_copy(scene: Scene, to: str, targets: Callable[[str], str]):
    """Where the connection ends at any statement, the copy says so and leaves nothing half; the same command then copies all."""
    before = prints(scene.base)
    whole = statements(carrying(scene.base, targets(to)))
    for at in evenly(whole, 24):
        target = targets(to)
        try:
            said = cut_off(carrying(scene.base, target), at)
        except AttributeError:
            continue  # the statement was one of the file's, which has no connection to lose
        tally(f"copy cut off, {scene.place.engine} to {to}")
        if said:
            assert "connection was lost" in said
            assert not is_there(target)
            carrying(scene.base, target)()
        assert prints(target) == prints(scene.base) == before, at


@pytest.mark.parametrize("scene", ["sqlite"], indirect=True)
def test_a_copy_on_a_full_disk_leaves_nothing(scene: Scene, targets: Callable[[str], str], folder: Path):
    """Where no file can grow further, a copy is refused in words, and neither a record nor a part of one is left."""
    size = Path(scene.base).stat().st_size
    refused = 0
    for share in (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        target = targets("sqlite")
        code = within_bytes(carrying(scene.base, target), int(size * share))
        refused += code == REFUSED
        tally("copy on a full disk")
        assert code == REFUSED, share
        assert not Path(target).exists()
        assert list(folder.glob(".*.part*")) == []
    carrying(scene.base, target)()
    assert prints(target) == prints(scene.base)


def test_a_backup_of_a_record_in_use_is_of_one_moment(scene: Scene, targets: Callable[[str], str]):
    """Backups taken while builds and verdicts go on are each the record of one moment, and restore to the same hashes."""
    where = scene.again()

    def work() -> None:
        scene.build(where)()
        with open_record(where) as record:
            for row in record.claims():
                record.judge("accept", row["id"], reason="read", by="Amal")

    child = split(work)
    kept = []
    for _ in range(4):
        kept.append(targets("sqlite"))
        copy(where, kept[-1])
    assert ended(child) == 0
    for backup in kept:
        restored = targets(scene.place.engine)
        done = copy(backup, restored)
        assert contents(backup) in (scene.old, scene.new)
        assert (prints(restored), done.hashes) == (prints(backup), prints(backup))
