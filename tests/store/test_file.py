"""Opening record files."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from tidings.errors import NewerRecord, NotARecord, RecordError
from tidings.store.file import File
from tidings.store.schema import SCHEMA_VERSION


def test_a_new_record_is_readable_by_its_owner_alone(tmp_path: Path):
    """A new record can be read and written by its owner alone, and stays one file."""
    path = tmp_path / "war.tidings"
    File(path, write=True).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [held.name for held in tmp_path.iterdir()] == ["war.tidings"]


def test_a_missing_record_is_named_with_the_command_that_makes_one(tmp_path: Path):
    """A record that is not there is named, with the command that makes one."""
    with pytest.raises(NotARecord, match="tidings build REPORTS… -o"):
        File(tmp_path / "none.tidings")


@pytest.mark.parametrize("words", ["just text", "SQLite format 3\x00 and then rubbish"])
def test_another_file_is_no_record_and_stays_as_it_is(tmp_path: Path, words: str):
    """A file that is no record is refused for reading and for writing, and is left as it was."""
    path = tmp_path / "notes.txt"
    path.write_text(words)
    for write in (False, True):
        with pytest.raises(NotARecord):
            File(path, write=write)

    assert path.read_text() == words


def test_another_database_is_no_record(tmp_path: Path):
    """A SQLite file of another program is refused and gets no tables."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    for write in (False, True):
        with pytest.raises(NotARecord):
            File(path, write=write)
    names = sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall()

    assert names == [("birds",)]


def test_a_folder_is_no_record(tmp_path: Path):
    """A folder in the place of a record is refused with a file name to use."""
    with pytest.raises(NotARecord, match="is a folder"):
        File(tmp_path, write=True)


def test_a_record_of_a_newer_version_is_not_touched(tmp_path: Path):
    """A record that a newer version wrote is refused with what to do."""
    path = tmp_path / "war.tidings"
    File(path, write=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION + 1),))
    for write in (False, True):
        with pytest.raises(NewerRecord, match="pip install --upgrade"):
            File(path, write=write)


def test_a_file_left_empty_by_a_killed_build_becomes_a_record(tmp_path: Path):
    """An empty file, as a build killed at its first step leaves it, becomes a record at the next build."""
    path = tmp_path / "war.tidings"
    path.touch(0o600)
    with pytest.raises(NotARecord):
        File(path)
    File(path, write=True).close()
    File(path).close()


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path):
    """A record in a folder that is not there is refused with what to do."""
    with pytest.raises(RecordError, match="cannot be made"):
        File(tmp_path / "no" / "war.tidings", write=True)


def test_readers_see_one_state_while_another_writes(tmp_path: Path):
    """Who reads sees the old state until a writer is done, and is not kept waiting."""
    from sqlalchemy import select

    from tidings.store.schema import meta

    path = tmp_path / "war.tidings"
    writer = File(path, write=True)
    reader = File(path)
    value = select(meta.c.value).where(meta.c.key == "generation")
    with reader.reading() as reading:
        before = reading.execute(value).scalar_one()
        with writer.writing() as writing:
            writing.execute(meta.update().where(meta.c.key == "generation").values(value="7"))
        during = reading.execute(value).scalar_one()
    with reader.reading() as reading:
        after = reading.execute(value).scalar_one()
    writer.close()
    reader.close()

    assert (before, during, after) == ("0", "0", "7")
