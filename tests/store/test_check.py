"""Proof, and what it finds when somebody changed a record."""

from __future__ import annotations

import pytest
from tests.postgres import altered

from tidings.model import Document
from tidings.store.check import Fault, check
from tidings.store.file import File


def decode(document: Document, _: bytes) -> str:
    return document.text


def faults(file: File) -> list[tuple[str, str]]:
    with file.reading() as connection:
        return [(fault.table, fault.what) for fault in check(connection, decode=decode).faults]


def test_a_record_that_nobody_touched_holds(file: File):
    """A record that nobody touched has no fault, and everything in it was looked at."""
    with file.reading() as connection:
        proven = check(connection, decode=decode)

    assert proven.faults == ()
    assert proven.looked["quotes at their offsets"] == 12
    assert proven.looked["derived values that reach a quote"] == 6


@pytest.mark.parametrize(
    ("change", "table", "words"),
    [
        ("UPDATE claims SET quote = 'Ten people died' WHERE quote LIKE 'Nine%'", "claims", "at its place stands"),
        ('UPDATE claims SET start = start + 1, "end" = "end" + 1', "claims", "at its place stands"),
        ('UPDATE claims SET "end" = 9999', "claims", "lies outside the report"),
        ("UPDATE claims SET document = 'd_0'", "claims", "is not in the record"),
        ("UPDATE attributions SET source = 'officials'", "attributions", "at the speaker's place"),
        ("UPDATE figures SET claims = '[]'", "figures", "it stands on no claim"),
        ("UPDATE figures SET claims = '[\"c_0\"]'", "figures", "is not in the record"),
        ("UPDATE figures SET best = 10", "figures", "no claim that it stands on gives best = 10"),
        ("UPDATE figures SET high = 9, low = 12", "figures", "lies above"),
        ("UPDATE framings SET mentions = '[\"m_0\"]'", "framings", "a mention that it stands on"),
        ("UPDATE brief SET claims = '[]'", "brief", "cites nothing"),
        ('UPDATE brief SET "values" = \'["13"]\'', "brief", "nothing that it cites holds '13'"),
        ('UPDATE brief SET "values" = \'["Aden"]\'', "brief", "nothing that it cites holds 'Aden'"),
        ("UPDATE documents SET text = text || ' And more.'", "documents", "not the text that was gathered"),
        ("UPDATE documents SET sha256 = 'f'", "documents", "another SHA-256"),
        ("DELETE FROM originals", "documents", "its original is not kept"),
        (
            "UPDATE originals SET data = (SELECT data FROM originals ORDER BY sha256 LIMIT 1)",
            "documents",
            "another SHA-256",
        ),
        ("UPDATE entities SET name = 'X' WHERE name = 'Taiz'", "builds", "a row was changed"),
        ("DELETE FROM builds", "builds", "no build is written down"),
        ('UPDATE claims SET reader = \'{"name": "x", "version": "1", "model": ""}\'', "claims", "its reader"),
    ],
)
def test_a_change_is_found(where: str, file: File, change: str, table: str, words: str):
    """Whatever is changed behind the program's back is found and named."""
    altered(where, change)

    assert [what for held, what in faults(file) if held == table and words in what]


def test_furniture_that_does_not_give_the_original_back_is_found(file: File):
    """A report whose text and furniture do not give its original back is named with the place."""
    with file.reading() as connection:
        held = check(connection, decode=lambda document, _: document.text[:5] + "!" + document.text[6:]).faults

    assert {fault.what for fault in held} == {"text and furniture together differ from the original at 5"}
    assert isinstance(held[0], Fault)
