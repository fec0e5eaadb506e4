"""Builds over runners: the same record whichever read it, a killed build that goes on, a report that ends its process."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests import pretend
from tests.runs import poison

import tidings
from tidings import _spreading, pipeline, read, shards
from tidings.record import example
from tidings.store.file import File
from tidings.store.schema import readings


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of the example's record, read in this process."""
    reports, _ = example()
    with tidings.build(reports, tmp_path_factory.mktemp("here") / "here.tidings", runner="here") as record:
        return str(record.builds()[0]["hash"])


@pytest.mark.parametrize("runner", ["pool", "ray", "shards"])
def test_the_record_is_the_same_whichever_runner_read_it(
    runner: str, expected: str, tmp_path: Path, request: pytest.FixtureRequest
):
    """Read by a pool, on Ray, or from shard files, the example's record has the hash of the one read in this process."""
    reports, _ = example()
    if runner == "ray":
        request.getfixturevalue("ray_here")
    if runner == "shards":
        for shard in shards.plan([reports], tmp_path / "shards"):
            shards.read(shard)
    folder = tmp_path / "shards" if runner == "shards" else None
    name = "here" if folder else runner
    with tidings.build(reports, tmp_path / "war.tidings", runner=name, workers=1, shards=folder) as record:
        assert record.builds()[0]["hash"] == expected


def written(folder: Path, texts: list[str]) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_killed_build_goes_on_without_reading_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Killed while it reads, a build has kept what it read; the next reads the rest and nothing twice."""
    folder = written(tmp_path / "reports", [f"Shelling was heard in the {n}th quarter of Nyala." for n in range(120)])
    record = tmp_path / "war.tidings"
    child = os.fork()
    if child == 0:
        try:
            pretend.install(setattr, seconds=0.01)
            tidings.build([folder], record)
        finally:
            os._exit(0)
    kept = 0
    while not 40 <= kept < 120:
        time.sleep(0.01)
        if record.exists() and record.stat().st_size > 40_000:
            with closing(File(record)) as file, file.reading() as connection:
                kept = len(connection.execute(readings.select()).all())
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with closing(File(record)) as file, file.reading() as connection:
        kept = len(connection.execute(readings.select()).all())
    pretend.install(monkeypatch.setattr)
    with tidings.build([folder], record) as built:
        assert built.count("claims") == 120
        assert built.check() == []
    assert len(pretend.READ) == 120 - kept < 120


def test_a_report_that_ends_its_process_is_named_and_the_rest_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Reports that end or break their worker are kept unread, named and counted after two tries; they are tried again later."""

    class Some:
        stamp = poison.STAMP
        languages = frozenset({"en"})

    pretend.install(monkeypatch.setattr)
    monkeypatch.setattr(pipeline, "read_many", _spreading.read_many)
    monkeypatch.setattr(_spreading, "read_packed", poison.read_some)
    monkeypatch.setattr(read, "readers", lambda **_: (Some(),))
    folder = written(
        tmp_path / "reports", [f"Fighters took the town of {name}." for name in "Bor Dilling Kas Wau".split()]
    )
    with tidings.build([folder], tmp_path / "war.tidings", runner="pool", workers=2) as record:
        done = record.last_build
        unread = {row["path"]: row["unread"] for row in record.documents()}

    assert done is not None
    assert (done.read, done.complete) == (2, False)
    assert {row.path: row.reason for row in done.unread} == {
        "001.txt": "its reader broke on it (the process that read it was ended by SIGKILL, as happens when memory runs out)",
        "002.txt": "its reader broke on it (ValueError: the river)",
    }
    assert [path for path, reason in sorted(unread.items()) if reason] == ["001.txt", "002.txt"]
    pretend.install(monkeypatch.setattr)
    with tidings.build([folder], tmp_path / "war.tidings") as record:
        assert sorted(pretend.READ) == ["001.txt", "002.txt"]


def test_readings_of_workers_of_another_version_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What a worker of another version read is not kept as if this one had read it; the error says what to do."""
    from tidings.errors import RunnerError

    class Newer:
        stamp = pretend.STAMP
        languages = frozenset({"en"})

    pretend.install(monkeypatch.setattr)
    monkeypatch.setattr(pipeline, "read_many", _spreading.read_many)
    monkeypatch.setattr(_spreading, "read_packed", poison.read_some)
    monkeypatch.setattr(read, "readers", lambda **_: (Newer(),))
    folder = written(tmp_path / "reports", ["Fighters took the town of Bor."])
    with pytest.raises(RunnerError, match="Install the same version"):
        tidings.build([folder], tmp_path / "war.tidings", runner="here")
