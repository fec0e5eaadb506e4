"""Saved web archives: pages out of records, whatever packs them, and archives that are damaged or lie."""

from __future__ import annotations

import gzip
import json
import zlib
from hashlib import sha256
from itertools import islice
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gather.made import answer, page, pdf, record, warc, zipped

from tidings.gather import Undecodable, decoded_original, gather, restore, take_in
from tidings.gather.doors.http import answer as taken
from tidings.gather.doors.warc import records

BOR, WAU, YEI = page("Bor"), page("Wau"), page("Yei")


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_reports_and_the_rest_is_passed_over(tmp_path: Path, packed: bool) -> None:
    """Each page that a server gave is a report with its address and its record; errors, pictures and pixels are not."""
    name = "a.warc.gz" if packed else "a.warc"
    data = warc(
        record(b"software: x\r\n", kind="warcinfo", media="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(answer(BOR), "http://n.example/bor"),
        record(answer(b"gone", "404 Not Found"), "http://n.example/gone"),
        record(answer(b"\x89PNG", Content_Type="image/png"), "http://n.example/a.png"),
        record(answer(b"<p>counter</p>"), "http://n.example/pixel"),
        record(
            answer(
                pdf(
                    [
                        [
                            (
                                50,
                                100,
                                "The army left Wau on Monday, residents of the town said, and a doctor spoke of twelve dead and thirty wounded there.",
                            )
                        ]
                    ]
                ),
                Content_Type="application/pdf",
            ),
            "http://n.example/wau.pdf",
        ),
        record(
            answer(
                b"The army left Aweil on Monday.\nA doctor of the town spoke of twelve dead and of thirty people wounded there.",
                Content_Type="text/plain",
            ),
            "http://n.example/a",
        ),
        record(YEI, "http://n.example/yei", kind="resource", media="text/html"),
        packed=packed,
    )

    gathered = gather([write(tmp_path / name, data)])

    assert [(one.path, one.url) for one in gathered.documents] == [
        (f"{name}#record=3", "http://n.example/bor"),
        (f"{name}#record=7", "http://n.example/wau.pdf"),
        (f"{name}#record=8", "http://n.example/a"),
        (f"{name}#record=9", "http://n.example/yei"),
    ]
    assert gathered.documents[2].text.count("\n") == 1
    assert gathered.refusals == ()
    assert [(row.path, row.reason) for row in gathered.skipped] == [
        (f"{name}#record=6", "it holds 1 words and no report")
    ]
    assert gathered.originals[gathered.documents[0].sha256] == answer(BOR)
    for document in gathered.documents:
        original = decoded_original(gathered.originals[document.sha256], document.path)
        assert restore(document.text, document.removed) == original


def test_one_page_archived_twice_is_one_report(tmp_path: Path) -> None:
    """Two answers that differ in their headers only are the same report, and no fault."""
    data = warc(record(answer(BOR, Date="Monday")), record(answer(BOR, Date="Tuesday")))

    gathered = gather([write(tmp_path / "a.warc.gz", data)])

    assert [one.path for one in gathered.documents] == ["a.warc.gz#record=1"]
    assert [row.reason for row in gathered.skipped] == ["it is the same report, byte for byte, as a.warc.gz#record=1"]
    assert gathered.refusals == ()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(BOR), {"Content_Encoding": "gzip"}),
        (BOR, {"Content_Encoding": "gzip"}),
        (zlib.compress(BOR), {"Content_Encoding": "deflate"}),
        (zlib.compress(BOR)[2:-4], {"Content_Encoding": "deflate"}),
        (brotli.compress(BOR), {"Content_Encoding": "br"}),
        (brotli.compress(gzip.compress(BOR)), {"Content_Encoding": "gzip, br"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(BOR), BOR), {"Transfer_Encoding": "chunked"}),
        (
            b"5;x=y\r\n%s\r\n%x\r\n%s\r\n0\r\nA: b\r\n\r\n" % (BOR[:5], len(BOR) - 5, BOR[5:]),
            {"Transfer_Encoding": "chunked"},
        ),
        (BOR, {"Transfer_Encoding": "chunked"}),
    ],
)
def test_a_page_is_opened_however_it_was_sent(body: bytes, headers: dict[str, str]) -> None:
    """Packed once or twice, in chunks or under the header of chunks: the page is the same."""
    assert taken(answer(body, **headers)).body == BOR


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not http", "it is no answer of a web server"),
        (answer(gzip.compress(BOR)[:-20], Content_Encoding="gzip"), "the compressed data breaks off"),
        (answer(b"\x1f\x8bxx", Content_Encoding="gzip"), "the compressed data is damaged"),
        (answer(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"), "more than 16 MB would come out of it"),
        (answer(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip"), "a decompression bomb"),
        (answer(brotli.compress(bytes(30_000_000)), Content_Encoding="br"), "more than 16 MB would come out of it"),
        (answer(brotli.compress(BOR)[:-20], Content_Encoding="br"), "the compressed page breaks off"),
        (answer(b"xx", Content_Encoding="br"), "the compressed page"),
        (answer(b"x", Content_Encoding="zstd"), "packed as 'zstd', which is not opened"),
        (answer(b"ff\r\nxx", Transfer_Encoding="chunked"), "the page breaks off before its end"),
    ],
)
def test_answers_that_cannot_be_opened(data: bytes, reason: str) -> None:
    """Damaged, cut, swelling and unknown packings are told apart."""
    with pytest.raises(Undecodable, match=reason):
        taken(data)


def test_the_server_names_the_encoding() -> None:
    """What the server says of the encoding goes before what the page says; a name that nobody knows is passed over."""
    words = "<meta charset='windows-1252'><h1>Бои в городе</h1><p>Армия покинула город в среду, сообщили жители города корреспонденту.</p>"
    sent = answer(words.encode("windows-1251"), Content_Type="text/html; charset=windows-1251")
    unknown = answer(
        words.replace("1252", "1251").encode("windows-1251"), Content_Type='text/html; charset="x-mystery"'
    )
    trap = answer(
        words.replace("windows-1252", "punycode").encode("windows-1251"),
        Content_Type="text/html; charset=unicode_escape",
    )

    for data in (sent, unknown, trap):
        assert "Армия покинула город" in take_in(data, "a.warc#record=1").text


CUT = warc(record(answer(BOR)), record(answer(WAU)))
PLAIN = warc(record(answer(BOR)), record(answer(WAU)), packed=False)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.warc.gz", CUT[:-40], "the compressed data breaks off"),
        ("a.warc.gz", CUT + b"garbage", "the compressed data is damaged"),
        ("a.warc", PLAIN[:-40], "it breaks off within record 2"),
        ("a.warc", PLAIN + b"garbage\r\n", "what follows record 2 is no record"),
        ("a.warc", PLAIN + b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", "record 3 says that it is -5 bytes long"),
        ("a.warc", PLAIN + b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\nx", "it breaks off within record 3"),
        ("a.warc", PLAIN + b"WARC/1.0\r\nWARC-Type: x\r\n\r\n", "record 3 does not say how long it is"),
        ("a.warc", PLAIN + b"WARC/1.0\r\n" + b"A: b\r\n" * 300, "the headers of record 3 do not end"),
        ("a.warc", PLAIN + b"WARC/1.0\r\n" + b"a" * 100_000, "a line of its headers does not end"),
        ("a.warc.gz", CUT + gzip.compress(record(bytes(50_000_000))), "a decompression bomb"),
    ],
)
def test_a_damaged_archive_gives_what_comes_before_the_damage(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    """An archive cut short, one that goes on as something else and one that lies are told, and their good pages are kept."""
    gathered = gather([write(tmp_path / name, data)])

    assert gathered.documents[0].title == "Bor"
    assert [reason in row.reason for row in gathered.refusals] == [True]
    assert [row.path for row in gathered.refusals] == [name]


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", b"words", gzip.compress(b"words")])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    """An empty file and one of words are no archives."""
    gathered = gather([write(tmp_path / "a.warc.gz", data)])

    assert len(gathered.refusals) == 1
    assert gathered.documents == ()


def wacz(warcs: dict[str, bytes], pages: str = "", listed: dict[str, str] | None = None) -> bytes:
    hashes = listed if listed is not None else {name: sha256(data).hexdigest() for name, data in warcs.items()}
    package = {
        "resources": [{"path": f"archive/{name}", "hash": f"sha256:{digest}"} for name, digest in hashes.items()]
    }
    return zipped(
        {
            **{f"archive/{name}": data for name, data in warcs.items()},
            "pages/pages.jsonl": pages.encode(),
            "datapackage.json": json.dumps(package).encode(),
        }
    )


def test_a_packed_archive_gives_the_pages_that_it_names(tmp_path: Path) -> None:
    """Of all records only the pages in the list are reports; their path leads through the WACZ and the WARC."""
    data = wacz(
        {
            "data.warc.gz": warc(
                record(answer(BOR), "http://n.example/bor"), record(answer(WAU), "http://n.example/frame")
            )
        },
        '{"format": "json-pages-1.0"}\n{"url": "http://n.example/bor", "title": "x"}\nbroken\n',
    )

    gathered = gather([write(tmp_path / "a.wacz", data)])
    (document,) = gathered.documents

    assert (document.path, document.url) == ("a.wacz#archive/data.warc.gz#record=1", "http://n.example/bor")
    assert gathered.refusals == ()
    assert restore(document.text, document.removed) == decoded_original(
        gathered.originals[document.sha256], document.path
    )


def test_an_altered_archive_is_told(tmp_path: Path) -> None:
    """A WARC whose hash is not the one listed was changed; its pages are taken in as they stand."""
    data = wacz({"data.warc.gz": warc(record(answer(BOR)))}, listed={"data.warc.gz": "0" * 64})

    gathered = gather([write(tmp_path / "a.wacz", data)])

    assert len(gathered.documents) == 1
    assert [row.path for row in gathered.refusals] == ["a.wacz#archive/data.warc.gz"]
    assert "it was changed after it was made" in gathered.refusals[0].reason


def test_a_bad_packed_archive_is_refused(tmp_path: Path) -> None:
    """A ZIP without a WARC, and a WACZ with a damaged one, are told."""
    write(tmp_path / "a.wacz", zipped({"x": b"y"}))
    write(tmp_path / "b.wacz", wacz({"data.warc.gz": CUT[:-40]}))

    gathered = gather([tmp_path])

    assert [one.title for one in gathered.documents] == ["Bor"]
    assert [(row.path, row.reason) for row in gathered.refusals] == [
        ("a.wacz", "it holds no WARC under archive/"),
        ("b.wacz#archive/data.warc.gz", "the compressed data breaks off"),
    ]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=5), st.binary(max_size=20))
def test_records_are_cut_out_as_they_stand(blocks: list[bytes], garbage: bytes) -> None:
    """Every block comes back whole and in order, whatever bytes it holds and whatever follows."""
    import io

    data = b"".join(record(block) for block in blocks)
    # The garbage after the last record may be refused; nobody asks for it here.
    read = records(io.BytesIO(data + garbage))
    found = [(one.number, one.block) for one in islice(read, len(blocks))]

    assert found == list(enumerate(blocks, start=1))


@settings(deadline=None)
@given(st.binary(max_size=2000), st.lists(st.integers(1, 50), max_size=40))
def test_chunks_are_joined(body: bytes, sizes: list[int]) -> None:
    """A body cut into chunks anywhere comes back whole."""
    sent, at = b"", 0
    for size in [*sizes, len(body)]:
        part = body[at : at + size]
        at += len(part)
        sent += b"%X\r\n%s\r\n" % (len(part), part) if part else b""

    assert taken(answer(sent + b"0\r\n\r\n", Transfer_Encoding="chunked")).body == body
