"""``tidings plan-shards``, ``tidings read-shard``, and where ``tidings build`` reads."""

from __future__ import annotations

import pytest

from tidings import shards


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Read in this process, where the pretended stages are."""
    from tidings.runs import Here

    monkeypatch.setattr(shards, "chosen", lambda *_: Here())


def test_shards_are_planned_for_a_pipe_read_and_taken_up(tmp_path, reports, tidings):
    """Planning prints the files, one a line, and the rest on stderr; reading prints its file; a build takes it up."""
    planned = tidings("plan-shards", reports, "-o", tmp_path / "shards", "--reports", "1")
    files = planned.out.splitlines()
    read = tidings("read-shard", *files)
    built = tidings("build", reports, "-o", tmp_path / "war.tidings", "--shards", tmp_path / "shards")
    again = tidings("plan-shards", reports, "-o", tmp_path / "shards")

    assert (planned.code, read.code, built.code, again.code) == (0, 0, 0, 0)
    assert len(files) == 2
    assert all(file.endswith(".todo.jsonl.gz") for file in files)
    assert "2 reports planned; 2 shards to be read." in planned.err
    assert [line.split("  ")[1] for line in read.out.splitlines()] == ["1 read", "1 read"]
    assert again.out == ""
    assert "0 reports planned, 2 in shards already; 0 shards to be read." in again.err
    assert tidings("read-shard", files[0]).out.endswith("1 read already\n")


def test_what_is_no_shard_or_no_report_is_named(tmp_path, reports, tidings):
    """A file that is no shard is named with code 1; a report that is refused is named on stderr with code 3."""
    (reports / "empty.txt").touch()
    planned = tidings("plan-shards", reports, "-o", tmp_path / "shards")
    read = tidings("read-shard", reports / "a.txt")

    assert (planned.code, read.code) == (3, 1)
    assert len(planned.out.splitlines()) == 1
    assert "empty.txt" in planned.err
    assert "it is no shard of Tidings" in read.err
    assert tidings("plan-shards", tmp_path / "missing", "-o", tmp_path / "none").code == 1


def test_an_unknown_runner_is_wrong_usage(tmp_path, reports, tidings):
    """A runner that does not exist is wrong usage, and those there are are named."""
    done = tidings("build", reports, "-o", tmp_path / "war.tidings", "--runner", "dask")

    assert done.code == 2
    assert "Choose here, pool, ray or ray://HOST:PORT" in done.err
