"""Verdicts and decisions that are killed, cut off or left without room; clocks that jump between them."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path

import pytest
from tests.faults.conftest import Scene
from tests.faults.injected import (
    REFUSED,
    contents,
    cut_off,
    evenly,
    killed,
    statements,
    tally,
    within_bytes,
)

import tidings
from tidings import _building, _judging, _made
from tidings.store.log import breaks


def verdict(where: str, claim: str, told: Path | None = None) -> Callable[[], None]:
    """Return the work of a verdict, which is told as taken in a file once it is."""

    def work() -> None:
        with tidings.open(where) as record:
            taken = record.judge("accept", claim, reason="the words say it", by="Amal")
        if told is not None:
            with told.open("a", encoding="utf-8") as file:
                file.write(f"{taken.id}\n")

    return work


def logged(where: str) -> list[str]:
    """Return the ids of the decisions, after seeing that their chain holds and none stands twice."""
    with tidings.open(where) as record:
        log = record.log()
    assert breaks(log) == []
    ids = [row.id for row in log]
    assert len(ids) == len(set(ids))
    return ids


def first(where: str) -> tuple[str, str]:
    """Return the first claim of a record and its report."""
    with tidings.open(where) as record:
        row = record.claims(limit=1)[0]
    return str(row["id"]), str(row["document"])


def test_a_verdict_killed_at_any_statement_is_taken_once_or_not_at_all(scene: Scene, folder: Path):
    """Killed just before a statement, a verdict stands whole in the log or not at all; one told as taken is there."""
    where, told = scene.again(), folder / "told"
    told.touch()
    claim, _ = first(where)
    whole = statements(verdict(scene.again(), claim))
    for number in evenly(whole + 1, 12):
        before = logged(where)
        assert killed(verdict(where, claim, told), number) in (-signal.SIGKILL, 0)
        tally(f"verdict killed, {scene.place.engine}")
        after = logged(where)
        assert after[: len(before)] == before
        assert len(after) - len(before) in (0, 1)
        verdict(where, claim, told)()
        assert set(told.read_text().split()) <= set(logged(where))
    assert contents(where) == scene.old


@pytest.mark.parametrize("scene", ["postgresql"], indirect=True)
def test_a_verdict_cut_off_at_any_statement_is_told(scene: Scene):
    """Where the server ends the connection, a verdict is refused in words or taken; the next is taken; none is doubled."""
    where = scene.again()
    claim, _ = first(where)
    whole = statements(verdict(where, claim))
    for number in evenly(whole, 12):
        before = logged(where)
        said = cut_off(verdict(where, claim), number)
        tally("verdict cut off")
        after = logged(where)
        assert "connection was lost" in said or len(after) == len(before) + 1, number
        assert after[: len(before)] == before
        verdict(where, claim)()
        assert len(logged(where)) == len(after) + 1


@pytest.mark.parametrize("scene", ["sqlite"], indirect=True)
def test_a_verdict_on_a_full_disk_is_given_back(scene: Scene):
    """Where no file can grow, a verdict is refused in words and the log is as it was; with room it is taken."""
    claim, _ = first(scene.base)
    refused = 0
    for kilobytes in (0, 1, 2, 4, 6, 8, 12, 16):
        where = scene.again()
        code = within_bytes(verdict(where, claim), 1024 * kilobytes)
        assert code in (0, REFUSED), kilobytes
        refused += code == REFUSED
        tally("verdict on a full disk")
        assert len(logged(where)) == (code == 0)
        verdict(where, claim)()
        assert len(logged(where)) == 1 + (code == 0)
        assert contents(where) == scene.old
    assert refused > 0


@pytest.mark.parametrize("scene", ["sqlite"], indirect=True)
def test_a_removal_killed_at_any_statement_is_whole_or_not_there(scene: Scene):
    """Killed just before a statement, a removal leaves log and contents as they were, or both as they should be."""
    _, report = first(scene.base)

    def removal(where: str) -> Callable[[], None]:
        def work() -> None:
            with tidings.open(where) as record:
                record.remove(report, reason="asked for by a witness", by="Amal")

        return work

    done = scene.again()
    removal(done)()
    gone = contents(done)
    for number in evenly(statements(removal(scene.again())), 14):
        where = scene.again()
        assert killed(removal(where), number) == -signal.SIGKILL
        tally("removal killed")
        assert contents(where) == (gone if logged(where) else scene.old)
        if not logged(where):
            removal(where)()
        assert (contents(where), len(logged(where))) == (gone, 1)


def test_a_clock_that_jumps_breaks_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """Whatever the clock says between decisions and builds, each is logged once, in order, and the chain holds."""
    where = scene.again()
    claim, _ = first(where)
    jumps = [timedelta(days=days) for days in (0, -4000, 9000, -1, 0, -365 * 30, 20_000, -0.5)]
    now = [datetime(2026, 11, 25, tzinfo=UTC)]

    class Clock(datetime):
        """A clock that says whatever it is told."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now[0].astimezone(tz)

    for module in (_judging, _building, _made):
        monkeypatch.setattr(module, "datetime", Clock)
    for number, jump in enumerate(jumps):
        now[0] += jump
        before = logged(where)
        verdict(where, claim)()
        scene.build(where)()
        tally(f"clock that jumps, {scene.place.engine}")
        assert (len(logged(where)), contents(where)) == (len(before) + 1, scene.new), number
    with tidings.open(where) as record:
        builds = record.builds()
        assert len({row["id"] for row in builds}) == len(builds)
        assert all(record.changes(one["id"], two["id"]) is not None for one, two in pairwise(builds))
        assert record.changes("2026-11-25") is not None
