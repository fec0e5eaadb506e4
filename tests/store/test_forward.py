"""Records of an older version, in either engine: read as they are, brought forward when written to."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from tests.postgres import altered

from tidings.record import Record
from tidings.store.file import File
from tidings.store.forward import held_columns, is_behind
from tidings.store.schema import SCHEMA_VERSION, contract, meta

GONE = ("given_up", "notes")
OLDER = (
    "UPDATE meta SET value = '2' WHERE key = 'schema'",
    "DROP TABLE answers",
    "DROP TABLE values_of_builds",
    "DROP TABLE journal",
    *(f"ALTER TABLE documents DROP COLUMN {name}" for name in GONE),
    "ALTER TABLE claims DROP COLUMN confidence",
)
"""What makes a record of today one of version 2, as an earlier Tidings would have written it."""


@pytest.fixture
def older(file: File, where: str) -> str:
    """A record that an older version wrote."""
    file.close()
    altered(where, *OLDER)
    return where


def test_an_older_record_is_read_as_it_is(older: str):
    """What an older record lacks is empty to who reads it, all questions are answered, and nothing in it is changed."""
    with Record(older) as record:
        rows = record.documents()
        assert [(row["given_up"], row["notes"]) for row in rows] == [([], [])] * len(rows)
        assert {row["confidence"] for row in record.claims()} == {None}
        assert set(record.tables()) == set(contract)
    reader = File(older)
    with reader.reading() as connection:
        held = held_columns(connection)
        version = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar_one()
    reader.close()

    assert version == "2"
    assert "answers" not in held
    assert not held["documents"] & set(GONE)


def test_an_older_record_is_brought_forward_when_written_to(older: str):
    """Opened to write, a record gets the tables and columns it lacks and the version of today; what it held stays."""
    with Record(older) as record:
        before = record.tables(clock=True)
    File(older, write=True).close()
    reader = File(older)
    with reader.reading() as connection:
        held = held_columns(connection)
        version = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar_one()
    reader.close()

    assert version == str(SCHEMA_VERSION)
    assert not is_behind(held, SCHEMA_VERSION)
    with Record(older) as record:
        assert record.tables(clock=True) == before


def test_an_older_record_takes_verdicts(older: str):
    """A verdict on an older record brings it forward and is taken."""
    with Record(older) as record:
        one = record.claims()[0]["id"]
        record.judge("accept", one, reason="the words say it", by="Amal")
        assert [row.subject for row in record.log()] == [one]
