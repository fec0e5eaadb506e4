"""``tidings build`` and ``tidings remove``."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest


def test_a_build_prints_what_it_found_and_leaves_one_private_file(tmp_path, reports, tidings):
    """A build prints a short table on stdout, keeps progress on stderr, and leaves one file for its owner alone."""
    done = tidings("build", reports, "-o", tmp_path / "war.tidings")

    assert done.code == 0
    assert done.out.splitlines()[0].strip() == "war.tidings"
    assert [line.split()[:2] for line in done.out.splitlines()[1:3]] == [["reports", "2"], ["claims", "4"]]
    assert "gathering" in done.err
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["war.tidings"]
    assert stat.S_IMODE((tmp_path / "war.tidings").stat().st_mode) == 0o600


def test_bad_input_is_named_with_reason_and_advice_and_the_rest_is_built(tmp_path, reports, tidings):
    """Each input that cannot be taken in is named with its reason and what to do; the others are built; the code is 3."""
    (reports / "empty.txt").touch()
    (reports / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (reports / "copy.txt").write_bytes((reports / "a.txt").read_bytes())
    (reports / "large.txt").write_bytes(b"All was quiet. " * 3_600_000)
    (reports / "broken.txt").write_bytes(
        "Sağlık kaynakları Hakkâri’de çatışma bildirdi. ".encode()[:-20] + b"\xff\xfe\xc3" * 3
    )
    amharic = "በአማራ ክልል በሚገኙ በርካታ ወረዳዎች ውስጥ ከትናንት በስቲያ ጀምሮ ከባድ ውጊያ እየተካሄደ መሆኑን ነዋሪዎች ተናገሩ። " * 3
    (reports / "amharic.txt").write_text(amharic, encoding="utf-8")
    (tmp_path / "nothing").mkdir()
    done = tidings("build", reports, tmp_path / "nothing", tmp_path / "missing.txt", "-o", tmp_path / "war.tidings")

    assert done.code == 3
    for name in ("empty.txt", "binary.txt", "copy.txt", "large.txt", "broken.txt", "amharic.txt", "nothing", "missing"):
        assert name in "".join(done.out.split()), name
    shown = tidings("show", tmp_path / "war.tidings", "documents", "--json")
    rows = {row["path"]: row["unread"] for row in map(json.loads, shown.out.splitlines())}
    assert rows == {"a.txt": "", "b.txt": "", "amharic.txt": "no reader for Amharic"}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to the superuser")
def test_an_unreadable_report_is_named(tmp_path, reports, tidings):
    """A report that may not be read is named, and the others are built."""
    (reports / "b.txt").chmod(0)
    done = tidings("build", reports, "-o", tmp_path / "war.tidings")

    assert done.code == 3
    assert "may not be read" in done.out


def test_where_nothing_is_built_the_code_is_one(tmp_path, tidings):
    """Where nothing could be built the code is 1, each input is named, and there is no file."""
    done = tidings("build", tmp_path / "missing.txt", "-o", tmp_path / "war.tidings")

    assert done.code == 1
    assert "nothing could be built" in done.err
    assert "missing.txt" in "".join(done.out.split())
    assert not (tmp_path / "war.tidings").exists()


def test_wrong_usage_is_told_apart(tmp_path, reports, tidings):
    """A command line that cannot be meant leaves with code 2."""
    assert tidings("build", reports).code == 2
    assert tidings("build", "-o", tmp_path / "war.tidings").code == 2
    assert tidings("biuld").code == 2


def test_another_file_is_not_overwritten(tmp_path, reports, tidings):
    """A file that is no record is left as it is, and the error has no traceback."""
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    done = tidings("build", reports, "-o", notes)

    assert done.code == 1
    assert "is not a record of Tidings" in done.err
    assert "Traceback" not in done.err
    assert notes.read_text() == "mine"


def test_broken_known_days_are_shown_with_a_caret(tmp_path, reports, tidings):
    """A table of known days that cannot be used is shown with its line and a caret; nothing is built."""
    known = tmp_path / "known.csv"
    known.write_text(
        "name,kind,type,agents,targets,places,earliest,latest,source\nX,control,gained,A,B,C,2015-13-40,,y\n"
    )
    done = tidings("build", reports, "-o", tmp_path / "war.tidings", "--known", known)

    assert done.code == 1
    assert "2015-13-40" in done.err
    assert "~^" in done.err
    assert not (tmp_path / "war.tidings").exists()


def test_a_report_is_taken_back_by_a_decision(tidings, war):
    """A removal prints its decision, stands in the log, and why shows it under the report's id."""
    shown = tidings("show", war, "documents", "--json").out.splitlines()
    gone = next(row["id"] for row in map(json.loads, shown) if row["path"] == "b.txt")
    done = tidings("remove", war, "b.txt", "--reason", "published in error", "--by", "R. Sato")

    assert done.code == 0
    assert gone in done.out
    row = json.loads(tidings("log", war, "--json").out)
    assert (row["subject"], row["reason"], row["by"]) == (gone, "published in error", "R. Sato")
    assert gone in tidings("log", war).out
    why = tidings("why", war, gone)
    assert why.code == 0
    assert "R. Sato" in why.out


def test_a_removal_needs_a_reason(tidings, war):
    """A removal without a reason is wrong usage."""
    assert tidings("remove", war, "b.txt").code == 2
    assert tidings("remove", war, "b.txt", "--reason", " ").code == 2


def test_settings_name_the_analyst(tmp_path: Path, tidings, war, monkeypatch):
    """The analyst of the settings file stands beside a decision; one named with --by wins."""
    settings = tmp_path / "config.toml"
    settings.write_text('analyst = "Desk 4"\n')
    monkeypatch.setenv("TIDINGS_CONFIG", str(settings))
    tidings("remove", war, "b.txt", "--reason", "x")

    row = json.loads(tidings("log", war, "--json").out)
    assert (row["by"], row["action"]) == ("Desk 4", "remove")
