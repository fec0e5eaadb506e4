"""Tables and lines of articles: a row is a report, found again by its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.gather import decoded_original, gather, restore
from tidings.gather.doors.rows import row_words
from tidings.gather.doors.table import _rows

SHELLS = "The army shelled the market of {0} on Monday, and four people died there, a doctor of the town said on the telephone."


def test_a_table_of_articles(tmp_path: Path) -> None:
    """Rows are reports with publisher, day, address and title from their columns, and their own bytes; bad rows are told."""
    rows = [
        "id;Headline;Full Text;Source;Publish Date;Link;Lang",
        f'1;Shells on Bor;"{SHELLS.format("Bor")}\nResidents agreed.";Nile Courier;2014-03-07T10:00:00Z;https://n.example/1;en',
        "2;too;few",
        f"3;;{SHELLS.format('Wau')};;;;",
        "4;Empty;;;;;",
        f'5;Shells on Yei;"{SHELLS.format("Yei")}" and more;;;;',
        f"6;Shells on Aweil;{SHELLS.format('Aweil')};;;;",
    ]
    (tmp_path / "news.csv").write_text("\n".join(rows), encoding="utf-8")

    gathered = gather([tmp_path])
    first = gathered.documents[0]

    assert [document.path for document in gathered.documents] == [
        "news.csv#line=2",
        "news.csv#line=5",
        "news.csv#line=8",
    ]
    assert first.text == f"Shells on Bor\n\n{SHELLS.format('Bor')}\nResidents agreed."
    assert (first.title, first.publisher, first.url, first.language) == (
        "Shells on Bor",
        "Nile Courier",
        "https://n.example/1",
        "en",
    )
    assert (first.published.edtf(), first.published_basis) == ("2014-03-07", "column")
    assert gathered.originals[first.sha256].decode() == f"{rows[0]}\n{rows[1]}\n"
    assert [(row.path, row.reason) for row in gathered.refusals] == [
        ("news.csv#line=4", "the row has 3 values for 7 columns"),
        ("news.csv#line=6", "the row holds no text"),
        ("news.csv#line=7", "the row is no CSV (';' expected after '\"')"),
    ]


def test_articles_as_json_lines(tmp_path: Path) -> None:
    """Lines are reports; a text that came as a piece of a page loses its tags; broken lines are told."""
    lines = [
        json.dumps(
            {
                "title": "Shells on Bor",
                "content": f"<p>{SHELLS.format('Bor &amp; Wau')}</p><p>More.</p>",
                "source": {"name": "Gulf Echo"},
            }
        ),
        "{broken",
        json.dumps({"title": "no text"}),
        json.dumps([1]),
        "",
        json.dumps(
            {
                "text": SHELLS.format("Yei"),
                "authors": ["Amal Idris", "Joe Lado"],
                "timestamp": 2014,
                "url": "javascript:x",
            }
        ),
    ]
    (tmp_path / "news.jsonl").write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode())

    gathered = gather([tmp_path])
    first, second = gathered.documents

    assert (first.path, first.publisher) == ("news.jsonl#line=1", "Gulf Echo")
    assert first.text == f"Shells on Bor\n\n{SHELLS.format('Bor & Wau')}\n\nMore."
    assert (second.path, second.byline, second.url, second.published.edtf()) == (
        "news.jsonl#line=6",
        "Amal Idris, Joe Lado",
        "",
        "2014-01-01/2014-12-31",
    )
    assert gathered.originals[second.sha256] == lines[5].encode()
    assert [row.path for row in gathered.refusals] == ["news.jsonl#line=2", "news.jsonl#line=3", "news.jsonl#line=4"]
    for document in gathered.documents:
        original = decoded_original(gathered.originals[document.sha256], document.path)
        assert restore(document.text, document.removed) == original


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("known.csv", "name,kind,type,source\nx,y,z,w\n"),
        ("names.csv", "id,text\n1,Bor\n2,the army\n"),
        ("events.jsonl", '{"id": 1, "notes": "x"}\n'),
    ],
)
def test_other_tables_are_passed_over(tmp_path: Path, name: str, text: str) -> None:
    """A table without articles in a folder is no fault; named by itself it is refused."""
    (tmp_path / name).write_text(text)
    (tmp_path / "a.txt").write_text(SHELLS.format("Bor"))

    gathered = gather([tmp_path])

    assert (len(gathered.documents), gathered.refusals) == (1, ())
    assert [row.path for row in gathered.skipped] == [name]
    assert [row.path for row in gather([tmp_path / name]).refusals] == [name]


def test_a_table_in_another_encoding(tmp_path: Path) -> None:
    """A table in a code page of its own is read, and its rows are kept in UTF-8."""
    text = f'text,title\n"{SHELLS.format("Köln")}",Tür\n'
    (tmp_path / "a.csv").write_bytes(text.encode("utf-16"))

    gathered = gather([tmp_path])

    assert gathered.documents[0].title == "Tür"
    assert gathered.originals[gathered.documents[0].sha256].decode() == text


def test_a_cell_that_never_closes_costs_its_table_and_no_other(tmp_path: Path) -> None:
    """A quotation mark that is not closed takes the rest of its table with it, and this is said."""
    rows = f'text\n"{SHELLS.format("Bor")}"\n"never closed ' + "x\n" * 1000
    (tmp_path / "a.csv").write_text(rows)
    (tmp_path / "b.txt").write_text(SHELLS.format("Wau"))

    gathered = gather([tmp_path])

    assert [document.path for document in gathered.documents] == ["a.csv#line=2", "b.txt"]
    assert [(row.path, row.reason) for row in gathered.refusals] == [
        ("a.csv#line=3", "the row is no CSV (unexpected end of data)")
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1),
            st.text('ab,"\n '),
        ),
        max_size=5,
    )
)
def test_rows_are_cut_out_as_they_stand(rows: list[tuple[str, str]]) -> None:
    """The pieces that a table is cut into hold all of its rows, in order, each with its values."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("text", "title"))
    writer.writerows(rows)
    lines = io.StringIO(out.getvalue(), newline="")
    found = [row for item, row in _rows(iter(lines))]

    assert found == [{"text": text, "title": title} for text, title in rows if text.strip() or title.strip()]


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["text", "title", "source", "date", "url", "author"]),
        st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text()), st.dictionaries(st.text(), st.text())),
    )
)
def test_any_row_is_words_or_a_refusal(row: dict[str, object]) -> None:
    """Whatever stands in a row, its words begin with its title and hold its text, or it is refused."""
    from tidings.gather import Undecodable

    try:
        words = row_words(row)
    except Undecodable:
        return
    assert any(char.isalnum() for char in words.text)
