"""What was known on an earlier day is what the reports published by then give alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import pretend
import tidings
from tidings import pipeline
from tidings.errors import UsageError
from tidings.record import Record

PUBLISHED = {
    "a.txt": ("2015-06-01", "The army shelled Kadugli on Sunday. Rebels said that twelve people were killed there."),
    "b.txt": ("2015-06-20/2015-07-05", "Fighters took the town of Dilling. Residents fled to the hills."),
    "c.txt": ("2015-07-09", "A convoy reached the besieged city of Babanusa. Doctors spoke of forty wounded people."),
    "d.txt": ("", "Shelling went on near Kadugli. Nobody said who fired."),
}


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four reports with days of publication, read by pretence and derived by the stages themselves."""
    derive = pipeline.contents
    pretend.install(monkeypatch.setattr)
    monkeypatch.setattr(pipeline, "contents", derive)
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, (_, words) in PUBLISHED.items():
        (folder / name).write_text(words, encoding="utf-8")
    lines = [
        f'{{"id": "{name.removesuffix(".txt")}", "published": "{day}"}}\n'
        for name, (day, _) in PUBLISHED.items()
        if day
    ]
    (tmp_path / "said.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def built(reports: Path, into: str | Path, *names: str) -> Record:
    files = [reports / name for name in names] if names else [reports]
    return tidings.build(files, into, sidecar=reports.parent / "said.jsonl")


def told(record: Record) -> dict[str, object]:
    return {table: rows for table, rows in record.tables().items() if table != "builds"}


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a new record: a file, and a database."""
    if request.param == "sqlite":
        return str(tmp_path / "war.tidings")
    return str(request.getfixturevalue("postgres").url())


def test_what_was_known_is_what_the_reports_of_then_give_alone(reports: Path, tmp_path: Path, where: str):
    """As of a day, every table is the one of a record built from only the reports published by then."""
    then = built(reports, tmp_path / "then.tidings", "a.txt", "b.txt")
    with then, built(reports, where) as record, record.as_of("2015-07-05") as seen:
        assert told(seen) == told(then)
        assert seen.builds()[0]["hash"] == then.builds()[0]["hash"]
        assert seen.check() == []
        assert seen.brief(to="md") == then.brief(to="md")


def test_reports_possibly_published_are_counted_apart(reports: Path, tmp_path: Path):
    """A report whose days of publication lie on both sides of the day, or that gives none, is left out and named."""
    with built(reports, tmp_path / "war.tidings") as record:
        paths = {row["id"]: row["path"] for row in record.documents()}
        with record.as_of("2015-07-01") as seen:
            names = {
                what: sorted(paths[one] for one in getattr(seen.published, what))
                for what in ("surely", "possibly", "later")
            }

    assert names == {"surely": ["a.txt"], "possibly": ["b.txt", "d.txt"], "later": ["c.txt"]}


def test_a_month_stands_for_its_last_day(reports: Path, tmp_path: Path):
    """As of a month or a year means as of its last day."""
    record = built(reports, tmp_path / "war.tidings")
    with record, record.as_of("2015-07") as month, record.as_of("2015") as year:
        assert (month.published.day, year.published.day) == ("2015-07-31", "2015-12-31")
        assert month.count("claims") == year.count("claims") == 6


def test_decisions_in_force_hold_on_an_earlier_day(reports: Path, tmp_path: Path):
    """A claim that was refused since is refused in what was known then as well."""
    with built(reports, tmp_path / "war.tidings") as record:
        one = record.claims(document="a.txt")[0]["id"]
        record.judge("refuse", one, reason="the words do not say it", by="Amal")
        with record.as_of("2015-07-01") as seen:
            assert {row["id"]: row["status"] for row in seen.claims()}[one] == "rejected"
            assert seen.log() == record.log()


def test_an_earlier_day_takes_no_decisions(reports: Path, tmp_path: Path):
    """What was known then cannot be decided about, and a day that is none is told."""
    with built(reports, tmp_path / "war.tidings") as record:
        with record.as_of("2015-07-01") as seen, pytest.raises(UsageError, match="takes no decisions"):
            seen.judge("accept", "c_1", reason="x")
        with pytest.raises(UsageError, match="is no day"):
            record.as_of("yesterday")


def test_before_the_first_report_nothing_was_known(reports: Path, tmp_path: Path):
    """As of a day before every report, the record is empty and asks nothing."""
    with built(reports, tmp_path / "war.tidings") as record, record.as_of("2011-01-01") as seen:
        assert seen.count("documents") == seen.count("claims") == 0
        assert seen.check() == []


def test_changes_between_two_days_and_two_builds(reports: Path, tmp_path: Path):
    """What moved is told between builds, between days, and between a day and a build, either way round."""
    built(reports, tmp_path / "war.tidings", "a.txt").close()
    built(reports, tmp_path / "war.tidings", "c.txt").close()
    with built(reports, tmp_path / "war.tidings") as record:
        first, second, _ = [row["id"] for row in record.builds()]

        def events(since: str, until: str = "") -> list[tuple[str, str]]:
            return sorted(
                (row.change, row.because.split(" ")[0]) for row in record.changes(since, until) if row.table == "events"
            )

        assert events(first, second) == [("new", "c.txt")] * 2
        assert events(second, first) == [("gone", "c.txt")] * 2
        assert events("as-of:2015-07-01", "as-of:2015-07-05") == [("new", "b.txt")] * 2
        assert events("as-of:2015-07-05", second) == [("gone", "b.txt")] * 2 + [("new", "c.txt")] * 2
        assert events("as-of:2015-07-01", "as-of:2015-07-01") == []
