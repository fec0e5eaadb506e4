"""Archives of reports: bounds on size, ratio, number, depth and names; nothing is written and nothing is run."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gather.made import answer, page, record, warc, zipped

from tidings.gather import bounds, decoded_original, gather, restore
from tidings.gather.bounds import Budget, CutShort, gunzip

TEXT = b"The army left Bor on Monday after two days of fighting with rebels, residents said."


def reasons(folder: Path) -> list[tuple[str, str]]:
    return [(row.path, row.reason) for row in gather([folder]).refusals]


def test_reports_of_every_kind_lie_in_a_zip(tmp_path: Path) -> None:
    """Files in an archive come in by their own doors, under the archive's name; other files are passed over."""
    data = zipped(
        {
            "a/bor.txt": TEXT,
            "a\\wau.html": page("Wau"),
            "b/c.warc.gz": warc(record(answer(page("Yei")))),
            "part #2.txt": TEXT + b" Again.",
            "a/map.png": b"\x89PNG",
            "__MACOSX/a/._bor.txt": b"x",
            ".hidden.txt": b"x",
            "reports.jsonl": b"{}",
        }
    )
    (tmp_path / "x.zip").write_bytes(data)

    gathered = gather([tmp_path])

    assert [one.path for one in gathered.documents] == [
        "x.zip#a/bor.txt",
        "x.zip#a/wau.html",
        "x.zip#b/c.warc.gz#record=1",
        "x.zip#part %232.txt",
    ]
    assert gathered.refusals == ()
    assert [row.path for row in gathered.skipped] == ["x.zip#a/map.png"]
    assert list(tmp_path.iterdir()) == [tmp_path / "x.zip"]
    for document in gathered.documents:
        original = decoded_original(gathered.originals[document.sha256], document.path)
        assert restore(document.text, document.removed) == original


def test_names_that_lead_out_are_refused(tmp_path: Path) -> None:
    """Names that climb out, begin at the root or at a drive, and names that stand there twice are refused one by one."""
    names = ["../up.txt", "/root.txt", "C:\\drive.txt", "a/../../b.txt", "good.txt", "good.txt"]
    with pytest.warns(UserWarning, match="Duplicate name"):
        (tmp_path / "x.zip").write_bytes(zipped([(name, TEXT) for name in names]))

    gathered = gather([tmp_path])

    assert [one.path for one in gathered.documents] == ["x.zip#good.txt"]
    assert sorted((row.path, row.reason) for row in gathered.refusals) == [
        ("x.zip#../up.txt", "the entry's name leads out of the archive"),
        ("x.zip#/root.txt", "the entry's name leads out of the archive"),
        ("x.zip#C:/drive.txt", "the entry's name leads out of the archive"),
        ("x.zip#a/../../b.txt", "the entry's name leads out of the archive"),
        ("x.zip#good.txt", "the archive holds a second file of this name"),
    ]


def lying(data: bytes) -> bytes:
    """Return a ZIP whose table of contents says that its entry is small."""
    return data.replace((10_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.zip", zipped({"b.txt": bytes(10_000_000), "good.txt": TEXT}), ("x.zip#b.txt", "a decompression bomb")),
        (
            "x.zip",
            lying(zipped({"b.txt": bytes(10_000_000), "good.txt": TEXT})),
            ("x.zip#b.txt", "the entry is damaged"),
        ),
        ("b.txt.gz", gzip.compress(bytes(100_000_000)), ("b.txt.gz", "a decompression bomb")),
        ("b.txt.gz", gzip.compress(TEXT)[:-9], ("b.txt.gz", "the compressed data breaks off")),
        ("b.tar.gz", gzip.compress(bytes(100_000_000)), ("b.tar.gz", "")),
        ("b.zip", b"PK\x03\x04 and nothing", ("b.zip", "it is no ZIP archive")),
        ("b.tar", b"words", ("b.tar", "it is no TAR archive")),
    ],
)
def test_bombs_and_broken_archives_cost_only_themselves(
    tmp_path: Path, name: str, data: bytes, said: tuple[str, str]
) -> None:
    """What swells, lies about its size, or breaks off is told; the report beside it is built."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_bytes(TEXT)

    gathered = gather([tmp_path])

    assert len(gathered.documents) == 1
    told = [(row.path, row.reason) for row in gathered.refusals if "byte for byte" not in row.reason]
    assert said[1] == "" or [(path, said[1] in reason) for path, reason in told] == [(said[0], True)]


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    """An entry locked with a password is refused by its name."""
    data = bytearray(zipped({"a.txt": TEXT}, zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    (tmp_path / "x.zip").write_bytes(bytes(data))

    assert reasons(tmp_path) == [("x.zip#a.txt", "the entry is locked with a password")]


def test_archives_within_archives_end_somewhere(tmp_path: Path) -> None:
    """The third archive within archives is opened, the fourth is not."""
    data = zipped({"deep.txt": TEXT})
    for number in range(4):
        data = zipped({f"{number}.zip": data, f"{number}.txt": TEXT + b" %d" % number})
    (tmp_path / "x.zip").write_bytes(data)

    gathered = gather([tmp_path])

    assert len(gathered.documents) == 3
    assert [(row.path, row.reason) for row in gathered.refusals] == [
        ("x.zip#3.zip#2.zip#1.zip", "it lies 3 archives deep")
    ]


@pytest.mark.parametrize(
    ("limit", "value", "reason"), [("out", 200, "MB would come out of it"), ("items", 2, "entries")]
)
def test_no_more_comes_out_than_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, reason: str
) -> None:
    """Bytes and entries are counted over all that lies in one file; what came before the bound is kept."""
    from tidings.gather import unpack

    monkeypatch.setattr(unpack, "Budget", lambda: Budget(**{limit: value}))
    (tmp_path / "x.zip").write_bytes(zipped({f"{number}.txt": TEXT + b" %d" % number for number in range(5)}))

    gathered = gather([tmp_path])

    assert len(gathered.documents) == 2
    assert [reason in row.reason for row in gathered.refusals] == [True]


@pytest.mark.parametrize("packed", [True, False])
def test_a_tar_gives_plain_files_and_follows_no_link(tmp_path: Path, packed: bool) -> None:
    """Links, devices and pipes in a TAR are refused; its files come in by their doors."""
    name = "x.tgz" if packed else "x.tar"
    with tarfile.open(tmp_path / name, "w:gz" if packed else "w") as archive:
        for path, data in (("a/bor.txt", TEXT), ("../up.txt", TEXT + b" 2"), ("wau.html", page("Wau"))):
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    gathered = gather([tmp_path])

    assert [one.path for one in gathered.documents] == [f"{name}#a/bor.txt", f"{name}#wau.html"]
    assert [(row.path, row.reason) for row in gathered.refusals] == [
        (f"{name}#../up.txt", "the entry's name leads out of the archive"),
        (f"{name}#link.txt", "it is a link, a device or a pipe, not a file"),
    ]


def test_a_packed_report(tmp_path: Path) -> None:
    """A single packed file is opened by the door of what is packed."""
    (tmp_path / "wau.html.gz").write_bytes(gzip.compress(page("Wau")))

    (document,) = gather([tmp_path]).documents

    assert (document.path, document.title) == ("wau.html.gz#wau.html", "Wau")


@settings(deadline=None)
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4), st.integers(1, 50))
def test_a_packed_stream_comes_back_and_a_cut_one_gives_its_beginning(parts: list[bytes], cut: int) -> None:
    """All members of a gzip stream come out as one; where it breaks off, what comes out is the beginning of it."""
    whole = b"".join(gzip.compress(part) for part in parts)

    assert gunzip(io.BytesIO(whole), Budget()).read() == b"".join(parts)
    assert gunzip(io.BytesIO(whole + bytes(512)), Budget()).read() == b"".join(parts)
    out = b""
    stream = gunzip(io.BytesIO(whole[:-cut]), Budget())
    try:
        while piece := stream.read1():
            out += piece
    except CutShort:
        pass
    assert b"".join(parts).startswith(out)


def test_the_bounds_are_what_the_page_says() -> None:
    """docs/doors-in.md names the bounds that hold."""
    words = (Path(__file__).parents[3] / "docs" / "doors-in.md").read_text(encoding="utf-8")

    assert f"{bounds.LARGEST_FILE // 2**20} MB" in words
    assert f"{bounds.MOST_RATIO} times" in words
    assert f"{bounds.MOST_OUT // 2**30} GB" in words
    assert f"{bounds.MOST_ITEMS:,}" in words
