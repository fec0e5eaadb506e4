"""``tidings show``, ``why``, ``check`` and ``export``."""

from __future__ import annotations

import json

from tidings.cli.asking import SHOWN
from tidings.model.columns import TABLES, column_names


def test_every_table_can_be_shown(tidings, war):
    """Every table of the record can be shown, as a table and as JSON."""
    assert set(SHOWN) == set(TABLES)
    for table, columns in SHOWN.items():
        assert set(columns) <= set(column_names(table)), table
        assert tidings("show", war, table).code == 0
        for line in tidings("show", war, table, "--json").out.splitlines():
            assert tuple(json.loads(line)) == column_names(table)


def test_rows_and_columns_can_be_chosen(tidings, war):
    """Rows are chosen by filters, columns by name."""
    done = tidings("show", war, "claims", "--document", "a", "--columns", "kind,quote", "--limit", "1")

    assert [line.split() for line in done.out.splitlines() if "event" in line] == [
        ["event", "The", "army", "shelled", "Kadugli", "on", "Sunday."]
    ]
    assert "1 of 2 rows" in done.out


def test_a_wrong_table_column_or_filter_is_wrong_usage(tidings, war):
    """A table, column or filter that is not there is named with those that are; the code is 2."""
    for words in (
        ("birds",),
        ("claims", "--columns", "wings"),
        ("claims", "--where", "wings=2"),
        ("claims", "--where", "x"),
    ):
        done = tidings("show", war, *words)
        assert done.code == 2, words
        assert "Traceback" not in done.err


def test_nothing_found_is_said(tidings, war):
    """Where no row fits, that is said."""
    assert tidings("show", war, "claims", "--actor", "Nobody").out.strip() == "No row of claims fits."


def test_why_marks_the_words_in_their_sentence(tidings, war):
    """The way down from a happening ends at the words, marked in their sentence."""
    event = json.loads(tidings("show", war, "events", "--json").out.splitlines()[0])["id"]
    done = tidings("why", war, event)

    assert "»" in done.out
    assert json.loads(tidings("why", war, event, "--json").out)["what"] == "happening"


def test_why_of_an_unknown_id_fails(tidings, war):
    """An unknown id is an error that says where ids stand."""
    done = tidings("why", war, "c_nothing")

    assert (done.code, "tidings show FILE TABLE" in done.err) == (1, True)


def test_check_lists_what_does_not_hold(tidings, war):
    """A record that holds leaves code 0; one that was changed leaves code 1 and a list."""
    import sqlite3

    assert "All of it holds" in tidings("check", war).out
    with sqlite3.connect(war) as connection:
        connection.execute("UPDATE claims SET quote = 'Something else.' WHERE row = 0")
    connection.close()
    done = tidings("check", war)

    assert done.code == 1
    assert "at its place stands" in " ".join(done.out.split())
    assert json.loads(tidings("check", war, "--json").out.splitlines()[0])["table"] == "builds"


def test_export_writes_one_file_a_table(tmp_path, tidings, war):
    """An export writes one file a table in the format asked for; another format is wrong usage."""
    assert tidings("export", war, tmp_path / "j", "--to", "jsonl").code == 0
    assert tidings("export", war, "--to", "csv", tmp_path / "c").code == 0
    assert tidings("export", war, tmp_path / "x", "--to", "xml").code == 2
    assert sorted(path.stem for path in (tmp_path / "j").iterdir()) == sorted(TABLES)
    assert sorted(path.stem for path in (tmp_path / "c").iterdir()) == sorted(TABLES)


def test_a_brief_is_written_as_its_name_says(tmp_path, tidings, war):
    """A brief is written as HTML or Markdown by the ending of its name; another ending is wrong usage."""
    assert tidings("brief", war, "-o", tmp_path / "brief.html").code == 0
    assert tidings("brief", war, "-o", tmp_path / "brief.md").code == 0
    assert tidings("brief", war, "-o", tmp_path / "brief.doc").code == 2
    assert (tmp_path / "brief.html").read_text(encoding="utf-8").lstrip().startswith("<!")


def test_a_missing_record_is_an_error_with_the_command_that_makes_one(tmp_path, tidings):
    """A record that is not there is an error without traceback."""
    done = tidings("show", tmp_path / "none.tidings", "claims")

    assert done.code == 1
    assert "tidings build" in done.err


def test_dates_are_listed_for_reports_and_happenings(tidings, war):
    """Every report and happening is listed with its days."""
    rows = [json.loads(line) for line in tidings("dates", war, "--json").out.splitlines()]

    assert len(rows) == 6
    assert rows[0]["what"].startswith("report ")


def test_a_report_is_explained_without_a_record(tmp_path, reports, tidings):
    """One report is read by itself: its claims are numbered in the text, each with its rule."""
    done = tidings("explain", reports / "a.txt")

    assert done.code == 0
    assert "[1]" in done.out
    assert "pretend" in done.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports"]
