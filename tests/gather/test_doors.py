"""The table of doors: which door opens which path, and doors of other programs."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from tidings.gather import doors, gather
from tidings.gather.doors import Door, Words, door_of, part_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.txt", "text"),
        ("A.HTML", "page"),
        ("x/y.z/a.md", "markdown"),
        ("a.warc.gz", "warc"),
        ("a.html.gz", "packed"),
        ("a.b.tar.gz", "tar"),
        ("a.csv#line=3", "table"),
        ("a.csv.gz#a.csv#line=3", "table"),
        ("a.wacz#archive/data.warc.gz#record=5", "warc"),
        ("a.zip#b/c.pdf", "pdf"),
        ("box.mbox#message=3", "mbox"),
        ("box.mbox#message=3/a.docx", "docx"),
        ("a#1.txt", "text"),
        (".txt", None),
        ("a", None),
        ("a.exe", None),
        ("a.txt/b", None),
    ],
)
def test_the_door_of_a_path(path: str, name: str | None) -> None:
    """The longest ending decides; a piece of a file belongs to the door of its file."""
    found = door_of(path)

    assert (found.name if found else None) == name


def test_the_piece_that_a_path_names() -> None:
    """A path and the piece in it come apart."""
    assert part_of("a.wacz#b.warc#record=5") == ("a.wacz#b.warc", "#record=5")
    assert part_of("a#line=x.txt") == ("a#line=x.txt", "")


def test_every_door_says_what_it_takes() -> None:
    """Each door has a name and endings of its own, says what it takes, and does something."""
    held = doors.doors()
    known = [ending for door in held for ending in door.endings]

    assert len(known) == len(set(known))
    assert all(door.title and door.name in doors.OWN and (door.words or door.items) for door in held)
    assert all(ending.startswith(".") and ending == ending.lower() for ending in known)


def test_another_program_adds_a_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A door found by entry point opens its files, and one that needs a library that is missing says how to get it."""
    from tidings.gather import door as gathering

    def points(*, group: str) -> list[EntryPoint]:
        assert group == "tidings.doors"
        return [EntryPoint(name, f"{__name__}:{name}", group) for name in ("RTF", "ODD")]

    caches = (doors.doors, doors._by_ending, doors.endings)
    monkeypatch.setattr(doors, "entry_points", points)
    monkeypatch.setattr(EntryPoint, "load", lambda self: globals()[self.name])
    for one in caches:
        one.cache_clear()
    try:
        (tmp_path / "a.rtf").write_bytes(b"The army left Bor on Monday, residents said to a reporter.")
        (tmp_path / "b.odd").write_bytes(b"x")
        gathered = gathering.gather([tmp_path])
    finally:
        monkeypatch.undo()
        for one in caches:
            one.cache_clear()

    assert [(one.path, one.text) for one in gathered.documents] == [
        ("a.rtf", "the army left bor on monday, residents said to a reporter.")
    ]
    assert [(row.reason, row.advice) for row in gathered.refusals] == [
        ("odd files needs the library no_such_library", 'Install it: pip install "tidings[odd]".')
    ]


RTF = Door(name="rtf", title="rich text", endings=(".rtf",), words=lambda data, _: Words(text=data.decode().lower()))
ODD = Door(name="odd", title="odd files", endings=(".odd",), words=RTF.words, extra="odd", needs="no_such_library")


def test_what_breaks_a_door_costs_only_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of any kind inside a door is a refusal; the other reports are built."""
    from tidings.gather import door as gathering

    def broken(data: bytes, path: str, **_: object) -> None:
        if path == "a.txt":
            raise KeyError(path)
        return kept(data, path)

    kept = gathering.take_in
    monkeypatch.setattr(gathering, "take_in", broken)
    for name in "ab":
        (tmp_path / f"{name}.txt").write_bytes(b"The army left Bor on Monday, said " + name.encode())

    gathered = gather([tmp_path])

    assert [one.path for one in gathered.documents] == ["b.txt"]
    assert [(row.path, row.reason) for row in gathered.refusals] == [
        ("a.txt", "it could not be taken apart (KeyError)")
    ]


def test_what_a_sidecar_says_of_a_file_of_many_reports(tmp_path: Path) -> None:
    """Publisher and language hold for every row, title and day for none; a row of its own is believed before."""
    words = (
        "The army shelled the market of {0} on Monday and four people died there as a doctor of the town said later."
    )
    (tmp_path / "news.csv").write_text("text\n" + "\n".join(words.format(name) for name in ("Bor", "Wau")) + "\n")
    (tmp_path / "reports.toml").write_text(
        '[news]\npublisher = "Nile Courier"\ntitle = "x"\npublished = "2014-03-06"\n'
        '["news.csv#line=3"]\ntitle = "Shells on Wau"\npublished = "2014-03-07"\n'
    )

    first, second = gather([tmp_path]).documents

    assert (first.publisher, first.title == "x", first.published.known) == ("Nile Courier", False, False)
    assert (second.publisher, second.title, second.published.edtf()) == ("Nile Courier", "Shells on Wau", "2014-03-07")
