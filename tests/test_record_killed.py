"""Killed at any moment, the file is the old record or one that the next build completes."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import tidings

sys.path.insert(0, str(Path(__file__).parent))

import pytest

import pretend

KILLS = 20


def start(record: Path, reports: Path) -> int:
    """Start a build in a process of its own, and return the process's number."""
    child = os.fork()
    if child == 0:
        try:
            pretend.install(setattr, seconds=0.01)
            tidings.build([reports], record)
        finally:
            os._exit(0)
    return child


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    with tidings.open(path) as record:
        held = {file.name: file.read_bytes() for file in record.export("jsonl", folder)}
    held.pop("builds.jsonl")
    return held


def test_a_killed_build_loses_and_doubles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Killed twenty times at random moments, the record is the old one or the new one, and the next build completes it."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(3):
        words = " ".join(f"Witness {number}.{line} saw shelling near the market of Nyala." for line in range(40))
        (reports / f"old{number}.txt").write_text(words, encoding="utf-8")
    pretend.install(monkeypatch.setattr)
    record = tmp_path / "war.tidings"
    tidings.build([reports], record).close()
    old = exported(record, tmp_path / "old")
    for number in range(12):
        words = " ".join(f"Resident {number}.{line} heard firing in El Geneina." for line in range(40))
        (reports / f"new{number}.txt").write_text(words, encoding="utf-8")
    tidings.build([reports], tmp_path / "whole.tidings").close()
    new = exported(tmp_path / "whole.tidings", tmp_path / "new")
    start_copy = record.read_bytes()

    before = time.monotonic()
    begun = start(tmp_path / "timed.tidings", reports)
    os.waitpid(begun, 0)
    whole_time = time.monotonic() - before

    chance = random.Random(20)  # noqa: S311
    states = []
    for number in range(KILLS):
        if number % 4 == 0:
            # Most kills fall on what the kill before left behind; every fourth on the old record.
            for left in tmp_path.glob("war.tidings*"):
                left.unlink()
            record.write_bytes(start_copy)
        running = start(record, reports)
        time.sleep(chance.uniform(0, whole_time))
        kill(running)
        held = exported(record, tmp_path / f"kill{number}")
        assert held in (old, new), number
        states.append(held == new)
        with tidings.open(record) as opened:
            assert opened.check() == []
    tidings.build([reports], record).close()

    assert exported(record, tmp_path / "end") == new
    assert False in states


def test_a_first_build_killed_at_once_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where there was no record yet, whatever a killed build left is completed by the next."""
    report = tmp_path / "a.txt"
    report.write_text("Shelling was heard in Nyala. Residents fled to Kas.", encoding="utf-8")
    pretend.install(monkeypatch.setattr)
    for wait in (0, 0.005, 0.02, 0.05):
        record = tmp_path / f"war{wait}.tidings"
        running = start(record, report)
        time.sleep(wait)
        kill(running)
        with tidings.build([report], record) as built:
            assert built.count("claims") == 2
            assert built.check() == []
