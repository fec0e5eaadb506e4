"""A build that is killed, cut off or left without room, at any of its statements."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from tests.faults.conftest import Scene
from tests.faults.injected import (
    REFUSED,
    contents,
    cut_off,
    ended,
    evenly,
    killed,
    split,
    statements,
    tally,
    within_bytes,
    within_pages,
)

import tidings

KILLS = {"sqlite": 30, "postgresql": 20}


def completed(scene: Scene, where: str) -> None:
    """See that the record is the old or the new one, and that the same command completes it."""
    assert contents(where) in (scene.old, scene.new)
    scene.build(where)()
    assert contents(where) == scene.new
    with tidings.open(where) as record:
        builds = record.builds()
        added = [one for row in builds for one in row["added"]]
    assert len(added) == len(set(added)) == 6
    assert len({row["id"] for row in builds}) == len(builds) == 2


def test_killed_at_any_statement_the_next_build_completes_it(scene: Scene):
    """Killed just before a statement, wherever it stands, a build leaves the old record or the new; the next one completes it."""
    whole = statements(scene.build(scene.again()))
    for number in evenly(whole, KILLS[scene.place.engine]):
        where = scene.again()
        assert killed(scene.build(where), number) == -signal.SIGKILL
        tally(f"build killed, {scene.place.engine}")
        completed(scene, where)


def test_killed_at_any_moment_the_next_build_completes_it(scene: Scene):
    """Killed at random moments, again and again, the record stays whole and the next build completes it."""
    chance = random.Random(8)  # noqa: S311
    begun = time.monotonic()
    ended(split(scene.build(scene.again())))
    took = time.monotonic() - begun
    where = scene.again()
    for number in range(10):
        if number % 5 == 0:
            where = scene.again()
        child = split(scene.build(where))
        time.sleep(chance.uniform(0, took))
        os.kill(child, signal.SIGKILL)
        ended(child)
        tally("build killed at random")
        assert contents(where) in (scene.old, scene.new)
    completed(scene, where)


@pytest.mark.parametrize("scene", ["postgresql"], indirect=True)
def test_a_connection_lost_at_any_statement_is_told_and_nothing_is_lost(scene: Scene):
    """Where the server ends the connection just before a statement, the build says so, or goes on; nothing is lost."""
    whole = statements(scene.build(scene.again()))
    for number in evenly(whole, 30):
        where = scene.again()
        assert "connection was lost" in cut_off(scene.build(where), number) or contents(where) == scene.new, number
        tally("build cut off")
        completed(scene, where)


@pytest.mark.parametrize("scene", ["sqlite"], indirect=True)
def test_a_disk_that_fills_during_a_build_loses_nothing(scene: Scene):
    """Where the disk takes no more, a build is refused in words, the record is the old one, and with room it is completed."""
    import sqlite3

    pages = sqlite3.connect(scene.base).execute("PRAGMA page_count").fetchone()[0]
    refused = 0
    for more in range(12):
        where = scene.again()
        code = within_pages(scene.build(where), pages + more)
        refused += code == REFUSED
        assert code in (0, REFUSED)
        tally("build on a full disk")
        assert code == 0 or contents(where) == scene.old
        completed(scene, where)
    assert refused > 0


@pytest.mark.parametrize("scene", ["sqlite"], indirect=True)
def test_a_file_that_cannot_grow_loses_nothing(scene: Scene):
    """Where no file may grow beyond a bound, a build is refused in words and the record stays as it was."""
    refused = 0
    for kilobytes in (0, 1, 4, 8, 16, 32, 64, 96, 128, 192, 256, 384):
        where = scene.again()
        code = within_bytes(scene.build(where), 1024 * kilobytes)
        refused += code == REFUSED
        assert code in (0, REFUSED), kilobytes
        tally("build on a file that cannot grow")
        completed(scene, where)
    assert refused > 0
