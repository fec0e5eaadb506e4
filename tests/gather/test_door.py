"""Paths to documents: order, names, copies, and every kind of bad input."""

from __future__ import annotations

import os
from itertools import permutations
from pathlib import Path

import pytest

from tidings.gather import decoded_original, gather, restore
from tidings.gather.found import LARGEST_FILE, safe_name
from tidings.model import content_id, sha256_hex

REPORT = "Army leaves {0}\n\nThe army left {0} on Monday after two days of fighting with rebels, residents said.\n"


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_report_as_received(tmp_path: Path) -> None:
    """A document's id comes from its bytes, its path is relative, its original is kept, and the file's time says nothing."""
    data = REPORT.format("Bor").encode()
    write(tmp_path / "2014" / "bor.txt", data)

    gathered = gather([tmp_path])
    (document,) = gathered.documents

    assert document.id == content_id("d", sha256_hex(data))
    assert (document.path, document.title, document.language, document.unread) == (
        "2014/bor.txt",
        "Army leaves Bor",
        "en",
        "",
    )
    assert (document.publisher, document.published.edtf(), document.published_basis) == ("", "", "")
    assert gathered.originals == {sha256_hex(data): data}
    assert restore(document.text, document.removed) == decoded_original(data, document.path)


def test_the_order_of_naming_does_not_matter(tmp_path: Path) -> None:
    """The same files give the same documents and refusals in whatever order they are named."""
    write(tmp_path / "a" / "x.txt", REPORT.format("Bor"))
    write(tmp_path / "b" / "x.txt", REPORT.format("Wau"))
    write(tmp_path / "b" / "y.txt", REPORT.format("Bor"))
    write(tmp_path / "z.txt", REPORT.format("Aweil"))
    write(tmp_path / "c.txt", b"")
    paths = [tmp_path / "a", tmp_path / "b", tmp_path / "z.txt", tmp_path / "c.txt", tmp_path / "b" / "x.txt"]

    first, *others = [gather(order) for order in permutations(paths)]

    assert all(other == first for other in others)
    assert [document.path for document in first.documents] == ["a/x.txt", "b/x.txt", "z.txt"]
    assert [(refusal.path, refusal.reason) for refusal in first.refusals] == [
        ("c.txt", "the file is empty"),
        ("y.txt", "it is the same report, byte for byte, as x.txt"),
    ]


def test_a_language_without_a_reader_is_kept_unread(tmp_path: Path) -> None:
    """A report in Amharic is a document that says why nobody read it."""
    write(tmp_path / "am.txt", "በአማራ ክልል ከተማ ውጊያ ተካሄደ። ነዋሪዎች ተናገሩ።")

    (document,) = gather([tmp_path]).documents

    assert (document.language, document.unread) == ("am", "no reader for Amharic")
    assert gather([tmp_path], languages=frozenset({"am"})).documents[0].unread == ""


BAD = {
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b" \n\t\n", "the file is empty"),
    "binary.txt": (bytes(range(256)) * 40, "the file is binary data, not a text"),
    "photo.txt": (b"\x89PNG\r\n\x1a\n" + bytes(50), "the file is a picture, not a text"),
    "marks.txt": (b"*** --- ***", "the file holds no words"),
    "large.txt": (b"a" * (LARGEST_FILE + 1), "the file has 16 MB; more than 16 MB is no single report"),
    "report.pdf": (b"%PDF-1.7", "the PDF is damaged"),
    "report.odt": (b"PK\x03\x04", ".odt files are not read"),
    "report.docx": (b"PK\x03\x04", "it is no Word document"),
}


def test_bad_input_is_refused_and_the_rest_is_built(tmp_path: Path) -> None:
    """Each bad file is named with its reason and what to do; the good one is a document all the same."""
    for name, (data, _) in BAD.items():
        write(tmp_path / name, data)
    write(tmp_path / "good.txt", REPORT.format("Bor"))

    gathered = gather([tmp_path])

    assert [document.path for document in gathered.documents] == ["good.txt"]
    assert {refusal.path: refusal.reason for refusal in gathered.refusals} == {
        name: reason for name, (_, reason) in BAD.items()
    }
    assert all(refusal.advice.endswith(".") for refusal in gathered.refusals)


def test_files_of_a_folder_that_are_no_reports_are_passed_over(tmp_path: Path) -> None:
    """A table beside the reports is no fault: it is skipped and said."""
    write(tmp_path / "a.txt", REPORT.format("Bor"))
    write(tmp_path / "known.csv", "name,kind\n")
    write(tmp_path / "map.png", b"\x89PNG")
    write(tmp_path / ".hidden.txt", "hidden")
    write(tmp_path / "reports.jsonl", "")

    gathered = gather([tmp_path])

    assert gathered.refusals == ()
    assert [(skipped.path, skipped.reason) for skipped in gathered.skipped] == [
        ("known.csv", "a table is not a report"),
        ("map.png", "files ending in .png are not reports"),
    ]


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    """A missing path, an empty folder, a table and a sidecar named as reports are refusals."""
    (tmp_path / "empty").mkdir()
    write(tmp_path / "known.csv", "name")
    write(tmp_path / "reports.jsonl", "")

    gathered = gather(
        [tmp_path / "none", tmp_path / "empty", tmp_path / "known.csv", tmp_path / "reports.jsonl", "a\x00b"]
    )

    assert sorted(refusal.reason for refusal in gathered.refusals) == [
        "a table is not a report",
        "it is a sidecar, not a report",
        "the folder holds no report",
        "there is no such file or folder",
        "there is no such file or folder",
    ]


def test_links_go_round_once_and_never_out(tmp_path: Path) -> None:
    """A link that loops is walked once; one that leads nowhere or out of the folder is refused."""
    inside = tmp_path / "in"
    write(inside / "a.txt", REPORT.format("Bor"))
    outside = write(tmp_path / "secret.txt", REPORT.format("Wau"))
    (inside / "loop").symlink_to(inside)
    (inside / "out.txt").symlink_to(outside)
    (inside / "gone.txt").symlink_to(inside / "gone")
    (inside / "b.txt").symlink_to(inside / "a.txt")

    gathered = gather([inside])

    assert [document.path for document in gathered.documents] == ["a.txt"]
    assert [(refusal.path, refusal.reason) for refusal in gathered.refusals] == [
        ("gone.txt", "it is a link that leads nowhere"),
        ("out.txt", "it is a link that leads out of the folder"),
    ]


def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    """A pipe named like a report would be waited for without end."""
    os.mkfifo(tmp_path / "pipe.txt")

    reasons = [refusal.reason for refusal in gather([tmp_path, tmp_path / "pipe.txt"]).refusals]

    assert set(reasons) == {"it is a device or a pipe, not a file"}


@pytest.mark.parametrize("unreadable", ["folder", "file"])
def test_what_may_not_be_read_is_named(tmp_path: Path, unreadable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without the right to read it is refused, even where the user could force it."""
    path = write(tmp_path / "sub" / "a.txt", REPORT.format("Bor"))
    if unreadable == "file":
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert [refusal.reason for refusal in gather([path]).refusals] == ["the file may not be read"]
        return
    if os.geteuid() == 0:
        pytest.skip("root may read every folder")
    path.parent.chmod(0)
    try:
        assert "the folder may not be read" in [refusal.reason for refusal in gather([tmp_path]).refusals]
    finally:
        path.parent.chmod(0o700)


def test_odd_names_are_shown_harmless(tmp_path: Path) -> None:
    """Line breaks and marks that turn the direction of writing are escaped; a path never leads upward."""
    write(tmp_path / "deep" / "evil\n\u202etxt.exe\u202c.txt", REPORT.format("Bor"))
    write(tmp_path / "plain.txt", REPORT.format("Wau"))
    there = tmp_path / "deep" / ".." / "plain.txt"

    assert [document.path for document in gather([tmp_path / "deep", there]).documents] == [
        "evil%0A%E2%80%AEtxt.exe%E2%80%AC.txt",
        "plain.txt",
    ]
    assert safe_name("a\udcffb") == "a%FFb"


def test_two_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Reports of the same relative path get their folder's name in front, and the one above it where that is the same."""
    write(tmp_path / "x" / "reports" / "1.txt", REPORT.format("Bor"))
    write(tmp_path / "y" / "reports" / "1.txt", REPORT.format("Wau"))

    gathered = gather([tmp_path / "x" / "reports", tmp_path / "y" / "reports"])

    assert [document.path for document in gathered.documents] == ["x/reports/1.txt", "y/reports/1.txt"]


def test_progress_is_told_after_each_file(tmp_path: Path) -> None:
    """The caller hears how many of how many are done."""
    for name in "ab":
        write(tmp_path / f"{name}.txt", REPORT.format(name))
    heard: list[tuple[str, int, int]] = []

    gather([tmp_path], progress=lambda *step: heard.append(step))

    assert heard == [("gathering", 1, 2), ("gathering", 2, 2)]


def test_a_text_broken_at_a_fixed_width_is_known(tmp_path: Path) -> None:
    """A mail or an editor breaks lines anywhere; the document says that such a break is a space."""
    lines = "The army left the town of Bor on Monday after two\ndays of fighting with rebels, and Colonel Deng\nMajok of the second division said that 12 of his\nmen were dead and that they would come back by\nnight."
    write(tmp_path / "wrapped.txt", f"Army leaves Bor\n\n{lines}\n\n{lines}\n")
    write(tmp_path / "plain.txt", REPORT.format("Bor") * 4)

    assert [document.wrapped for document in gather([tmp_path]).documents] == [False, True]
