"""What sidecars say, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.gather import gather
from tidings.gather.sidecar import Row, load_sidecar
from tidings.model import Refusal, parse_edtf

JSONL = """{"id": "a", "publisher": "Nile Courier", "title": "T", "published": "2014-03-05/2014-03-06", "url": "u", "language": "en"}

{"id": "b", "publisher": null, "published": null}
{"id": "c", "publisher": "Gulf Echo", "published": "last week"}
not json
[1, 2]
{"publisher": "no id"}
{"id": "a", "publisher": "Another"}
{"id": "b", "publisher": null, "published": null}
{"id": "d", "title": 5}
"""


def test_broken_rows_are_named_with_their_line_and_the_rest_is_used(tmp_path: Path) -> None:
    """A broken row is refused by its line, a broken value alone is left out, and nothing good is lost."""
    path = tmp_path / "reports.jsonl"
    path.write_text(JSONL, "utf-8")

    rows, refusals = load_sidecar(path)

    assert rows == {
        "a": Row(
            publisher="Nile Courier",
            title="T",
            url="u",
            language="en",
            published=parse_edtf("2014-03-05/2014-03-06", basis="sidecar"),
        ),
        "b": Row(),
        "c": Row(publisher="Gulf Echo"),
        "d": Row(),
    }
    assert [(refusal.path, refusal.reason) for refusal in refusals] == [
        ("reports.jsonl:4", "published is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: 'last week'"),
        ("reports.jsonl:5", "the line is no JSON (Expecting value)"),
        ("reports.jsonl:6", "the line is no JSON object"),
        ("reports.jsonl:7", "the row has no id"),
        ("reports.jsonl:8", "a row with the id 'a' stands above"),
        ("reports.jsonl:10", "title is no text: 5"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "bad"),
    [
        ("reports.csv", 'id,publisher,published\na,"Nile, Courier",2014-03-05\nb,x,y,z,w\n', ["reports.csv:3"]),
        ("reports.toml", '[a]\npublisher = "Nile, Courier"\npublished = 2014-03-05\n[b\nx = 1\n', ["reports.toml:4"]),
        (
            "reports.toml",
            '[[reports]]\nid = "a"\npublisher = "Nile, Courier"\npublished = "2014-03-05"\n[[reports]]\nid = 7\n',
            ["reports.toml:5"],
        ),
    ],
)
def test_a_sidecar_may_be_csv_or_toml(tmp_path: Path, name: str, text: str, bad: list[str]) -> None:
    """The same things can be said in CSV and in TOML."""
    (tmp_path / name).write_text(text, "utf-8")

    rows, refusals = load_sidecar(tmp_path / name)

    assert rows["a"] == Row(publisher="Nile, Courier", published=parse_edtf("2014-03-05", basis="sidecar"))
    assert [refusal.path for refusal in refusals] == bad


def test_a_sidecar_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing sidecar, a binary one and one of an unknown kind are refusals."""
    (tmp_path / "s.jsonl").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "s.xml").write_text("<a/>", "utf-8")

    reasons = [load_sidecar(tmp_path / name)[1][0].reason for name in ("none.jsonl", "s.jsonl", "s.xml")]

    assert reasons == [
        "there is no such file",
        "the file is binary data, not a text",
        "a sidecar ends in .jsonl, .csv or .toml",
    ]


REPORT = "Army leaves {0}\n\nThe army left {0} on Monday after two days of fighting with rebels, residents said.\n\nSource: Nile Courier\n"


def test_the_sidecar_named_comes_before_those_beside_and_above(tmp_path: Path) -> None:
    """A report is described by the sidecar the user names, else by one beside it, else by one in the folder above."""
    inner = tmp_path / "reports"
    inner.mkdir()
    for name in "abc":
        (inner / f"{name}.txt").write_text(REPORT.format(name.upper()), "utf-8")
    (tmp_path / "reports.jsonl").write_text('{"id":"a","publisher":"Above"}\n{"id":"b","publisher":"Above"}\n', "utf-8")
    (inner / "reports.csv").write_text("id,publisher\nb,Beside\nc,Beside\n", "utf-8")
    named = tmp_path / "mine.jsonl"
    named.write_text('{"id":"c","publisher":"Named"}\n', "utf-8")

    gathered = gather([inner], sidecar=named)

    assert [document.publisher for document in gathered.documents] == ["Above", "Beside", "Named"]
    assert gathered.documents[0].notes == ("The sidecar names Above as publisher, the report Nile Courier.",)
    assert gathered.refusals == ()


def test_a_named_sidecar_that_fits_no_report_is_said(tmp_path: Path) -> None:
    """A sidecar whose ids name no report given is most likely the wrong file."""
    (tmp_path / "a.txt").write_text(REPORT.format("Bor"), "utf-8")
    (tmp_path / "s.jsonl").write_text('{"id":"z","publisher":"X"}\n', "utf-8")

    gathered = gather([tmp_path / "a.txt"], sidecar=tmp_path / "s.jsonl")

    assert gathered.refusals == (
        Refusal(
            path="s.jsonl",
            reason="no row of the sidecar names a report that was given",
            advice="An id is the report's file name without its ending.",
        ),
    )
    assert gathered.documents[0].publisher == "Nile Courier"


def test_a_day_in_the_sidecar_wins_and_the_difference_is_kept(tmp_path: Path) -> None:
    """Where the report prints another day than the sidecar gives, the document says so."""
    text = "Army leaves Bor\n5 March 2014\n\nThe army left Bor on Monday after two days of fighting with rebels, people said.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "reports.jsonl").write_text('{"id":"a","published":"2014-03-07"}\n', "utf-8")

    (document,) = gather([tmp_path]).documents

    assert (document.published.edtf(), document.published_basis) == ("2014-03-07", "sidecar")
    assert document.notes == ("The sidecar gives 2014-03-07 as day of publication, the report 2014-03-05.",)
