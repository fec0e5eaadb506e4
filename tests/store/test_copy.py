"""Records carried from a file into a database and back, and what a database says when it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.postgres import Server, altered, held

from tidings.errors import NewerRecord, NotARecord, RecordError, UsageError
from tidings.record import Record, copy
from tidings.store.copy import carry, fingerprints
from tidings.store.file import File
from tidings.store.schema import metadata


def prints(where: str | Path) -> dict[str, str]:
    file = File(where)
    with file.reading() as connection:
        found = fingerprints(connection)
    file.close()
    return found


def test_there_and_back_again_nothing_differs(file: File, where: str, tmp_path: Path, postgres: Server):
    """A record carried into a database, from there into a file, and from there into a database holds the same rows each time."""
    first, second, third = postgres.url(), tmp_path / "back.tidings", postgres.url()
    copy(where, first)
    copy(first, second)
    done = copy(second, third)

    assert prints(first) == prints(second) == prints(third) == prints(where)
    assert set(done.rows) == {table.name for table in metadata.sorted_tables}
    with Record(where) as one, Record(third) as other:
        assert one.tables(clock=True) == other.tables(clock=True)


def test_a_copy_never_adds_to_another_record(file: File, where: str, tmp_path: Path):
    """A target that holds reports is refused and stays as it was."""
    target = tmp_path / "held.tidings"
    copy(where, target)
    before = prints(target)
    with pytest.raises(RecordError, match="already holds a record"):
        copy(where, target)

    assert prints(target) == before


def test_what_arrives_is_compared_with_what_left(
    file: File, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Where a row is lost on the way the copy is taken back, and the tables that differ are named."""
    from tidings.store import copy as module

    whole, lost = module._batches, []

    def lossy(connection, table):  # type: ignore[no-untyped-def]
        for batch in whole(connection, table):
            if table.name == "claims" and not lost:
                lost.append(batch[0])
                yield batch[1:]
            else:
                yield batch

    source, target = File(where), File(tmp_path / "lossy.tidings", write=True)
    monkeypatch.setattr(module, "_batches", lossy)
    with pytest.raises(RecordError, match=r"differs from .* in claims, and was taken back"):
        carry(source, target)
    with target.reading() as connection:
        assert connection.execute(metadata.tables["claims"].select()).first() is None
    source.close()
    target.close()


def test_an_empty_database_is_no_record_to_read(postgres: Server):
    """A database without a record is named with the command that makes one, its password kept back."""
    where = postgres.url().replace("tidings@", "tidings:secret@")
    with pytest.raises(NotARecord, match="Make one with") as caught:
        File(where)

    assert "secret" not in str(caught.value)
    assert "tidings:***@" in str(caught.value)


def test_a_database_of_another_program_is_left_alone(postgres: Server):
    """Where other tables lie, none of ours are made."""
    where = postgres.url()
    altered(where, "CREATE TABLE birds (name text)")
    for write in (False, True):
        with pytest.raises(NotARecord):
            File(where, write=write)


def test_a_database_of_a_newer_version_is_refused(postgres: Server):
    """A record that a newer version wrote is refused with what to do."""
    where = postgres.url()
    File(where, write=True).close()
    altered(where, "UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(NewerRecord, match="pip install --upgrade"):
        File(where)


@pytest.mark.parametrize(
    ("where", "error", "words"),
    [
        ("postgresql://tidings@127.0.0.1:1/none", RecordError, "cannot be reached"),
        ("mysql://x@localhost/y", UsageError, "not in mysql"),
        ("postgresql://[::1/none", UsageError, "no URL"),
    ],
)
def test_a_place_that_cannot_be_reached_is_told(where: str, error: type[Exception], words: str, postgres: Server):
    """A server that does not answer, another kind of database, a URL that is none: each has its own sentence."""
    with pytest.raises(error, match=words):
        File(where)


def test_a_missing_database_and_a_wrong_user_are_told(postgres: Server):
    """The server's reasons are told in words, with what to do."""
    base = f"127.0.0.1:{postgres.port}"
    with pytest.raises(RecordError, match="no such database"):
        File(f"postgresql://tidings@{base}/nowhere")
    with pytest.raises(RecordError, match="user or password is refused"):
        File(f"postgresql://stranger@{base}/postgres")


def test_a_second_writer_waits_and_then_says_so(postgres: Server):
    """While another holds the record, a writer waits for its turn and then says that a build is writing."""
    where = postgres.url()
    File(where, write=True).close()
    second = File(where, write=True, wait=0.2)
    with held(where), pytest.raises(RecordError, match="a build is writing"), second.writing():
        pass
    with second.writing():
        pass
    second.close()


def test_a_verdict_waits_for_no_build(postgres: Server):
    """While a build holds the record, the log of decisions takes a row; while another adds to the log, it waits its turn."""
    where = postgres.url()
    File(where, write=True).close()
    first, second = File(where, write=True), File(where, write=True, wait=0.2)
    with first.writing(), second.writing(log_only=True):
        pass
    refused = pytest.raises(RecordError, match="a build is writing")
    with first.writing(log_only=True), refused, second.writing(log_only=True):
        pass
    first.close()
    second.close()


def test_readers_of_a_database_cannot_change_it(postgres: Server):
    """A record opened to read takes no change, whatever asks for it."""
    where = postgres.url()
    File(where, write=True).close()
    reader = File(where)
    with pytest.raises(RecordError, match="open to read only"), reader.reading() as connection:
        connection.execute(metadata.tables["meta"].delete())
    reader.close()


def test_a_name_beyond_reason_fits_into_an_index(postgres: Server, tmp_path: Path):
    """A "name" of ten thousand letters is kept and found in either engine."""
    from scene import contents  # type: ignore[import-not-found]

    from tidings.store import ask, write
    from tidings.store.rows import tables

    rows = {name: [dict(row) for row in held] for name, held in tables(contents()).items()}
    rows["entities"][0]["name"] = long = "Ab " * 4000
    for where in (postgres.url(), str(tmp_path / "long.tidings")):
        file = File(where, write=True)
        with file.writing() as connection:
            write.replace_tables(connection, rows)
        with file.reading() as connection:
            assert ask.rows(connection, "entities", ask.Question())[0]["name"] == long
        file.close()
