"""Whatever was taken out is found again, in every kind of file, and nothing else is."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tidings.publish.hidden import Hidden
from tidings.publish.survivors import Exact, survivors

NAME = "Zoran Kovačević"
HIDDEN = Hidden([(NAME, "n"), ("张伟明", "m"), ("خالد المنصور", "k")], phrases=[("a nurse close to the camp", "s")])
EXACT = Exact(
    ids=frozenset({"n_0123456789abcdef", "ab" * 32}),
    runs=frozenset({"example.org/news/17", "interview 4.txt", "interview_4.txt"}),
)


def _zip(words: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{words}</w:t>")
    return out.getvalue()


def _database(words: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE features (name TEXT)")
    connection.execute("INSERT INTO features VALUES (?)", (words,))
    connection.commit()
    return connection.serialize()


def _parquet(words: str) -> bytes:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    parquet.write_table(arrow.table({"name": [words]}), out)
    return out.getvalue()


WAYS: dict[str, Callable[[str], bytes]] = {
    "plain.txt": lambda words: words.encode(),
    "ascii.json": lambda words: json.dumps({"a": [words]}).encode(),
    "rows.jsonl": lambda words: (json.dumps({"a": words}, ensure_ascii=False) + "\n").encode(),
    "key.json": lambda words: json.dumps({words: 1}).encode(),
    "page.html": lambda words: "".join(f"&#{ord(sign)};" for sign in words).encode(),
    "faces.html": lambda words: f"<p>by <b>{words[:5]}</b>{words[5:]}</p>".encode(),
    "address.csv": lambda words: f"a,https://x.org/{quote(words)}\n".encode(),
    "bom.csv": lambda words: b"\xef\xbb\xbf" + words.encode(),
    "utf16.bin": lambda words: b"\xff\xfe" + words.encode("utf-16-le"),
    "packed.json.gz": lambda words: gzip.compress(words.encode()),
    "brief.docx": _zip,
    "map.gpkg": _database,
    "table.parquet": _parquet,
    "broken.bin": lambda words: b"\x80\xff\x00" + words.encode() + b"\x00",
    "calendar.ics": lambda words: f"DESCRIPTION:{words[:6]}\r\n {words[6:]}\r\n".encode(),
}


@pytest.mark.parametrize("file", WAYS)
@pytest.mark.parametrize("words", [NAME, "a nurse close to the camp"])
def test_what_survived_is_found_in_every_kind_of_file(tmp_path: Path, file: str, words: str):
    """Text, escapes, entities, archives, databases, columns, bytes: nothing hides there."""
    (tmp_path / file).write_bytes(WAYS[file](words))

    found, looked = survivors(tmp_path, HIDDEN, EXACT)

    assert {one.file for one in found} == {file}
    assert looked > 0


@pytest.mark.parametrize(
    "file", [name for name in WAYS if name not in {"faces.html", "calendar.ics", "broken.bin", "utf16.bin"}]
)
@pytest.mark.parametrize("words", ["张伟明", "خالد المنصور", "ولخالد منصور"])
def test_what_survived_is_found_in_every_script(tmp_path: Path, file: str, words: str):
    """The same for scripts without capitals, with grown-on particles and without articles."""
    (tmp_path / file).write_bytes(WAYS[file](f"x {words} x"))

    assert survivors(tmp_path, HIDDEN, EXACT)[0]


def test_a_file_name_is_searched_too(tmp_path: Path):
    """A name in the name of a file or of a folder is found."""
    folder = tmp_path / "zoran-kovacevic"
    folder.mkdir()
    (folder / "a.txt").write_text("nothing", encoding="utf-8")

    found, _ = survivors(tmp_path, HIDDEN, EXACT)

    assert {(one.file, one.where) for one in found} == {
        ("zoran-kovacevic", "its name"),
        ("zoran-kovacevic/a.txt", "its name"),
    }


@pytest.mark.parametrize(
    "words",
    [
        "n_0123456789abcdef",
        "n-0123456789abcdef",
        "urn:sha-256:" + "ab" * 32,
        "http://example.org/news/17/",
        "(interview_4.txt)",
    ],
)
def test_ids_hashes_addresses_and_file_names_are_found(tmp_path: Path, words: str):
    """What must not stand letter by letter is found in the ways that exports write it."""
    (tmp_path / "a.txt").write_text(f"see {words}, there", encoding="utf-8")

    assert len(survivors(tmp_path, HIDDEN, EXACT)[0]) == 1


def test_nothing_is_found_where_nothing_is(tmp_path: Path):
    """Words that only hold the same letters are no survivors."""
    (tmp_path / "a.txt").write_text("Zora, kovač, a nurse, the camp, n_0123456789abcde0, example.org", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>zoran</p>", encoding="utf-8")

    assert survivors(tmp_path, HIDDEN, EXACT)[0] == []


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\x1f\x8b", b"SQLite format 3\x00", b"PAR1", b"\xff\xfe"])
def test_a_broken_file_is_searched_as_it_lies_there(tmp_path: Path, head: bytes):
    """A file that only looks like an archive or a database does not stop the search, and is searched too."""
    (tmp_path / "broken").write_bytes(head + b"\x00\x81" + NAME.encode() + b"\x00\x82")

    assert [one.file for one in survivors(tmp_path, HIDDEN, EXACT)[0]]


def test_names_are_found_at_the_edges_of_pieces(tmp_path, monkeypatch):
    """Long files are read in pieces, and what lies near an edge is found all the same: in lines, in JSON, in bytes, in rows."""
    monkeypatch.setattr("tidings.publish.opened._PIECE", 1 << 14)
    monkeypatch.setattr("tidings.publish.opened._WHOLE", 1 << 15)
    monkeypatch.setattr("tidings.publish.opened._ROWS", 7)
    lines = [f"word {n} of a long text" for n in range(3000)]
    for at in (0, 1, 700, 1499, 2998, 2999):
        held = [*lines[:at], NAME, *lines[at + 1 :]]
        folder = tmp_path / str(at)
        folder.mkdir()
        (folder / "a.csv").write_text("\n".join(held), encoding="utf-8")
        (folder / "b.json").write_text(
            "[\n" + ",\n".join(json.dumps({"a": words}) for words in held) + "\n]", encoding="utf-8"
        )
        (folder / "c.bin").write_bytes(b"\xff" * (at + 1) + " ".join(held).encode() + b"\xff")
        (folder / "d.zip").write_bytes(_zip("\n".join(held)))
        (folder / "e.ics").write_bytes("\r\n".join([*held, "SUMMARY:Zoran Kova", " čević"]).encode())
        (folder / "f.gpkg").write_bytes(_database("\n".join(held)))

        assert {one.file for one in survivors(folder, HIDDEN, EXACT)[0]} == {
            "a.csv", "b.json", "c.bin", "d.zip", "e.ics", "f.gpkg",
        }  # fmt: skip


def test_a_database_too_large_in_an_archive_is_said(tmp_path, monkeypatch):
    """What cannot be searched is never taken for clean."""
    monkeypatch.setattr("tidings.publish.opened._WHOLE", 100)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.gpkg", _database("nothing"))

    assert [(one.file, one.what) for one in survivors(tmp_path, HIDDEN, EXACT)[0]] == [("a.zip", "part")]
