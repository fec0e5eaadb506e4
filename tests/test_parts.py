"""Reports out of files that hold several: where each came from, and what of it is replaced when the file changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings import _runners
from tidings._planning import plan_of, whence
from tidings.gather import gather

WORDS = "The army shelled the market of {0} on Monday and four people died there as a doctor of the town said later."


def table(path: Path, *names: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("text\n" + "".join(WORDS.format(name) + "\n" for name in names), encoding="utf-8")
    return path


def incoming(*named: Path):
    return [(document, whence(document, named)) for document in gather(named).documents]


def test_rows_of_two_tables_of_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    """A row's place is its file's and its own: built one after the other, both tables stand."""
    table(tmp_path / "a" / "news.csv", "Bor")
    table(tmp_path / "b" / "news.csv", "Wau")
    first = plan_of({}, incoming(tmp_path / "a"), {})
    second = plan_of(first.reports, incoming(tmp_path / "b"), {})

    assert [report.standing for report in second.reports.values()] == ["current", "current"]
    assert len({place for _, place in incoming(tmp_path / "a", tmp_path / "b")}) == 2
    assert {place for _, place in incoming(tmp_path / "a", tmp_path / "b")} == {
        place for one in ("a", "b") for _, place in incoming(tmp_path / one)
    }
    assert incoming(tmp_path / "a")[0][1] == incoming(tmp_path / "a" / "news.csv")[0][1]


def test_a_row_that_changed_replaces_the_one_before(tmp_path: Path) -> None:
    """A row with other words on the same line is a changed report; rows that moved stay."""
    path = table(tmp_path / "news.csv", "Bor", "Wau")
    before = plan_of({}, incoming(path), {})
    table(path, "Yei", "Bor")
    after = plan_of(before.reports, incoming(path), {})

    standing = {report.document.text.split()[6]: report.standing for report in after.reports.values()}
    assert standing == {"Bor": "current", "Wau": "replaced", "Yei": "current"}


def test_reports_taken_in_by_several_processes_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents, refusals and originals do not depend on how many processes took them in."""
    table(tmp_path / "news.csv", *(f"Town{number}" for number in range(6)))
    (tmp_path / "empty.txt").write_bytes(b"")
    monkeypatch.setattr(_runners, "_WORTH_TAKING", 2)

    assert gather([tmp_path], spread=_runners.spread(2)) == gather([tmp_path])
