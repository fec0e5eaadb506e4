"""Shards as files: planned, read anywhere, taken up by a build."""

from __future__ import annotations

import gzip
import json
import stat
from pathlib import Path

import pytest
from tests import pretend

import tidings
from tidings import pipeline, read, shards
from tidings.errors import UnreadableInput
from tidings.model import Document, Reading

PLACES = "Nyala Kas Zalingei Dilling Kadugli El-Fasher".split()


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six reports, read by pretended stages."""
    pretend.install(monkeypatch.setattr)
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, place in enumerate(PLACES):
        (folder / f"{number}.txt").write_text(
            f"Shelling was heard in {place} on Monday. {number} people left.", "utf-8"
        )
    return folder


def test_a_record_taken_up_from_shards_is_the_record_read_at_once(tmp_path: Path, reports: Path):
    """Planned, read and taken up, the record has the same hash as one that was built at once; nothing is read again."""
    with tidings.build(reports, tmp_path / "once.tidings") as once:
        expected = once.builds()[0]["hash"]
    planned = shards.plan([reports], tmp_path / "shards", reports=2)
    for shard in planned:
        shards.read(shard)
    pretend.READ.clear()
    with tidings.build(reports, tmp_path / "war.tidings", shards=tmp_path / "shards") as record:
        assert record.builds()[0]["hash"] == expected
        assert record.last_build is not None
        assert record.last_build.read == 6
    assert pretend.READ == []
    assert (planned.reports, planned.there, len(planned.shards)) == (6, 0, 3)


def test_shards_are_named_by_what_they_hold_and_hold_the_same_bytes(tmp_path: Path, reports: Path):
    """Planned and read twice in different places, the files have the same names and the same bytes; only their owner reads them."""
    held = []
    for place in (tmp_path / "one", tmp_path / "two"):
        for shard in shards.plan([reports], place, reports=4):
            shards.read(shard)
        held.append({file.name: file.read_bytes() for file in sorted(place.iterdir())})

    assert held[0] == held[1]
    assert len(held[0]) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "one").iterdir()} == {0o600}


def test_what_was_planned_or_read_is_left_alone(tmp_path: Path, reports: Path):
    """Planned again, what is read is not planned again, what is not is named again, and new reports come in new shards."""
    place = tmp_path / "shards"
    first = shards.plan([reports], place, reports=3)
    done = shards.read(first.shards[0])
    pretend.READ.clear()
    again = shards.read(first.shards[0])
    (reports / "new.txt").write_text("Fighters took the town of Bor.", encoding="utf-8")
    second = shards.plan([reports], place, reports=3)

    assert (done.read, done.there, again.read, again.there, pretend.READ) == (3, False, 3, True, [])
    assert (second.reports, second.there) == (1, 6)
    assert len(second.shards) == 2
    assert first.shards[1] in second.shards


def test_what_shards_do_not_hold_is_read_by_the_build(tmp_path: Path, reports: Path):
    """A build with half of the shards reads the other half itself."""
    planned = shards.plan([reports], tmp_path / "shards", reports=3)
    shards.read(planned.shards[0])
    pretend.READ.clear()
    with tidings.build(reports, tmp_path / "war.tidings", shards=tmp_path / "shards") as record:
        assert record.count("claims") == 12
    assert len(pretend.READ) == 3


def test_a_report_set_aside_in_a_shard_is_named_by_the_build(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
):
    """A report that was set aside is in the file with its reason, and the build names it without trying it again."""
    from tidings import _spreading

    class Fragile:
        stamp = pretend.STAMP
        languages = frozenset({"en"})

        def read(self, documents: list[Document]):
            for document in documents:
                if "Dilling" in document.text:
                    raise KeyError("hills")
                yield Reading(document=document.id, reader=self.stamp)

    monkeypatch.setattr(pipeline, "read_many", _spreading.read_many)
    monkeypatch.setattr(read, "readers", lambda **_: (Fragile(),))
    monkeypatch.setattr(shards, "chosen", lambda *_: tidings.runs.Here())
    (planned,) = shards.plan([reports], tmp_path / "shards")
    done = shards.read(planned)
    monkeypatch.setattr(Fragile, "read", None)
    with tidings.build(reports, tmp_path / "war.tidings", shards=tmp_path / "shards") as record:
        build = record.last_build

    assert done.read == 5
    assert [(row.path, row.reason) for row in done.set_aside] == [("3.txt", "KeyError: 'hills'")]
    assert build is not None
    assert [(row.path, row.reason) for row in build.unread] == [("3.txt", "its reader broke on it (KeyError: 'hills')")]


@pytest.mark.parametrize("change", ["key", "text", "short", "other", "missing"])
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch, change: str
):
    """A shard of another version, one that was changed or cut short, and a file that is none are refused by name."""
    (planned,) = shards.plan([reports], tmp_path / "shards")
    lines = gzip.decompress(planned.read_bytes()).decode().splitlines()
    row = json.loads(lines[1])
    if change == "key":
        monkeypatch.setattr(pipeline, "reading_keys", lambda rows: {row.id: f"newer {row.id}" for row in rows})
    elif change == "text":
        row["key"] = "x"
        planned.write_bytes(gzip.compress("\n".join([lines[0], json.dumps(row), *lines[2:]]).encode()))
    elif change == "short":
        planned.write_bytes(gzip.compress("\n".join(lines[:3]).encode()))
    elif change == "other":
        planned.write_text("notes")
    else:
        planned.unlink()
    with pytest.raises(UnreadableInput, match=planned.name):
        shards.read(planned)


def test_readings_of_another_version_are_not_taken_up(tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch):
    """What was read under another key is left, and read anew."""
    for shard in shards.plan([reports], tmp_path / "shards"):
        shards.read(shard)
    pretend.READ.clear()
    monkeypatch.setattr(
        pipeline, "reading_keys", lambda rows: {row.id: f"newer {row.id}" for row in rows if not row.unread}
    )
    tidings.build(reports, tmp_path / "war.tidings", shards=tmp_path / "shards").close()

    assert len(pretend.READ) == 6


def test_where_there_is_no_folder_of_shards_it_is_said(tmp_path: Path, reports: Path):
    """A build from shards that are not there says so."""
    with pytest.raises(UnreadableInput, match="no such folder of shards"):
        tidings.build(reports, tmp_path / "war.tidings", shards=tmp_path / "none")
