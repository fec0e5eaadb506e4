"""What two builds say differently, and which report is behind it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests import pretend

import tidings
from tidings.errors import UnknownId
from tidings.store.changes import between
from tidings.store.schema import SCHEMA_VERSION


def row(
    table: str, one: str, claims: str, reports: str, about: str = "killed · Kutum", **values: Any
) -> dict[str, Any]:
    return {
        "table": table, "id": one, "about": about, "values": values, "claims": claims.split(), "reports": reports.split(),
    }  # fmt: skip


def test_a_figure_that_grew_names_the_report_that_moved_it():
    """A figure's low and high moved because a report came in whose claim it now stands on."""
    before = [row("figures", "f_1", "c_1", "d_1", low=9, high=9)]
    after = [row("figures", "f_2", "c_1 c_2", "d_1 d_2", low=9, high=14)]

    [one] = between(before, after, came={"d_2"}, went=set(), paths={"d_2": "wire.txt"})

    assert (one.change, one.what, one.before, one.after, one.reports) == ("moved", "high", "9", "14", ("d_2",))
    assert one.because == "wire.txt (came in)"


def test_what_came_and_what_went_is_told_as_a_whole():
    """A happening of a new report is new, one of a report taken back is gone."""
    before = [row("events", "e_1", "c_1", "d_1", grade="weak")]
    after = [row("events", "e_9", "c_9", "d_9", grade="fair")]

    found = between(before, after, came={"d_9"}, went={"d_1"}, paths={"d_9": "b.txt"})

    assert [(one.change, one.id, one.before, one.after, one.reports) for one in found] == [
        ("new", "e_9", "", "grade fair", ("d_9",)),
        ("gone", "e_1", "grade weak", "", ("d_1",)),
    ]


def test_one_claim_that_gives_two_rows_is_told_row_by_row():
    """The holder and the loser of one claim are not mistaken for each other."""
    before = [
        row("holdings", "h_1", "c_1", "d_1", about="Kutum · RSF", standing="held"),
        row("holdings", "h_2", "c_1", "d_1", about="Kutum · army", standing="lost"),
    ]
    assert between(before, before[::-1], came=set(), went=set(), paths={}) == []


def test_a_value_that_moved_without_a_report_says_so():
    """Where the same claims give another day, the change follows from the record as a whole."""
    before, after = ([row("events", "e_1", "c_1", "d_1", time=day)] for day in ("2023-06", "2023-06-02"))

    [one] = between(before, after, came={"d_2"}, went=set(), paths={})

    assert one.reports == ()
    assert "record as a whole" in one.because


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of one report, to which another was added."""
    pretend.install(monkeypatch.setattr)
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Shells fell on {name}.", encoding="utf-8")
        tidings.build([tmp_path / f"{name}.txt"], tmp_path / "war.tidings").close()
    return tmp_path / "war.tidings"


def test_a_record_tells_what_moved_since_a_build(grown: Path):
    """The second build is told against the first: the happening of the second report is new."""
    with tidings.open(grown) as record:
        first = record.builds()[0]["id"]
        [new] = record.changes(first)
        assert new.table == "events"
        assert new.because == "b.txt (came in)"
        assert record.changes(record.builds()[-1]["id"][:8]) == []
        assert record.changes("1999-01-01") == [new]
        with pytest.raises(UnknownId, match="no build"):
            record.changes("nonsense")


def test_a_record_of_an_older_version_is_brought_forward(grown: Path):
    """A file without kept values says so, gets the table at its next build, and tells changes from then on."""
    with sqlite3.connect(grown) as held:
        held.execute("DROP TABLE values_of_builds")
        held.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with tidings.open(grown) as record, pytest.raises(UnknownId, match="kept no values"):
        record.changes(record.builds()[0]["id"])

    (grown.parent / "c.txt").write_text("Shells fell on c.", encoding="utf-8")
    tidings.build([grown.parent / "c.txt"], grown).close()

    with sqlite3.connect(grown) as held:
        assert held.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() == (str(SCHEMA_VERSION),)
    with tidings.open(grown) as record:
        assert record.changes(record.builds()[-1]["id"]) == []
