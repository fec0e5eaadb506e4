"""Questions to a record."""

from __future__ import annotations

from typing import Any

import pytest
from scene import FIRST, HOUTHIS, contents

from tidings.errors import UsageError
from tidings.store import ask
from tidings.store.ask import Question
from tidings.store.file import File
from tidings.store.rows import tables


def quotes(file: File, **question: Any) -> list[str]:
    with file.reading() as connection:
        return [row["quote"] for row in ask.rows(connection, "claims", Question(**question))]


def test_what_was_written_is_read_back(file: File):
    """Every table is read back exactly as it was written."""
    with file.reading() as connection:
        held = ask.whole(connection)
    written = tables(contents())

    assert {table: held[table] for table in written if table != "builds"} == {
        table: rows for table, rows in written.items() if table != "builds"
    }


@pytest.mark.parametrize("name", ["Houthis", "ansar allah", "HOUTHI FIGHTERS", HOUTHIS.id])
def test_an_actor_is_found_under_any_known_spelling(file: File, name: str):
    """An actor is found under any name that the record knows, in any case, and under its id."""
    assert quotes(file, actor=name, kind="event") == [
        "Houthi fighters shelled Al Jahmaliya on Monday",
        "Ansar Allah shelled Al Jahmaliya",
    ] or quotes(file, actor=name, kind="event") == [
        "Ansar Allah shelled Al Jahmaliya",
        "Houthi fighters shelled Al Jahmaliya on Monday",
    ]


def test_a_place_holds_all_that_lies_in_it(file: File):
    """Asked by a city, claims about its quarters are found; asked by a quarter, those about the city are not."""
    assert len(quotes(file, place="Taiz")) == 5
    assert "Government troops hold Taiz" not in quotes(file, place="Al-Jahmaliya")


def test_anybody_in_the_chain_can_be_asked_for(file: File):
    """A claim is found by anybody in its chain: publisher, carrier or origin."""
    assert quotes(file, said_by="medics at the hospital") == ["At least 12 people died"]
    assert len(quotes(file, said_by="Gulf Echo")) == 2
    assert len(quotes(file, said_by="unknown publisher")) == 3
    assert quotes(file, said_by="Nobody") == []


def test_days_fit_when_the_happening_can_lie_between_them(file: File):
    """A row fits a stretch of days when it can have happened in it; one without days fits none."""
    assert len(quotes(file, since="2016-05", until="2016-05")) == 2
    assert quotes(file, since="2016-05-03") == []
    assert len(quotes(file, until="2016")) == 2


@pytest.mark.parametrize("name", [FIRST.id, "echo.txt", "echo"])
def test_a_report_is_named_by_id_path_or_stem(file: File, name: str):
    """A report is named by its id, its path, or its file's name without the ending."""
    assert len(quotes(file, document=name)) == 2


@pytest.mark.parametrize(
    ("table", "question", "number"),
    [
        ("figures", {"said_by": "medics at the hospital"}, 1),
        ("contradictions", {"actor": "Houthis"}, 1),
        ("echoes", {"document": "echo"}, 1),
        ("brief", {"place": "Taiz"}, 1),
        ("holdings", {"actor": "Yemeni army"}, 1),
        ("holdings", {"actor": "Houthis"}, 0),
        ("events", {"document": "unsigned"}, 1),
        ("documents", {"said_by": "Gulf Echo"}, 1),
        ("entities", {"kind": "place"}, 2),
        ("comparisons", {"said_by": "Gulf Echo"}, 1),
        ("figures", {"where": (("measure", "killed"), ("low", "9"), ("contested", "yes"))}, 1),
    ],
)
def test_a_table_answers_by_its_own_columns_or_through_its_claims(file: File, table: str, question: Any, number: int):
    """A table answers by its own columns, or through the claims that its rows stand on."""
    with file.reading() as connection:
        assert len(ask.rows(connection, table, Question(**question))) == number
        assert ask.count(connection, table, Question(**question)) == number


@pytest.mark.parametrize(
    ("table", "question", "words"),
    [
        ("birds", {}, "there is no table 'birds'"),
        ("claims", {"where": (("quote_", "x"),)}, "cannot be asked by 'quote_'"),
        ("claims", {"where": (("agents", "x"),)}, "cannot be asked by 'agents'"),
        ("figures", {"where": (("low", "few"),)}, "holds numbers"),
        ("claims", {"since": "Tuesday"}, "is no day"),
        ("proposals", {"said_by": "x"}, "nothing that somebody says"),
        ("builds", {"place": "x"}, "names no actors or places"),
        ("builds", {"document": "echo"}, "cannot be asked by report"),
        ("decisions", {"since": "2016"}, "holds no days"),
    ],
)
def test_a_question_that_a_table_cannot_answer_says_why(file: File, table: str, question: Any, words: str):
    """A question that a table cannot answer is refused with what it can."""
    with file.reading() as connection, pytest.raises(UsageError, match=words):
        ask.rows(connection, table, Question(**question))


def test_a_piece_of_a_table_can_be_cut_out(file: File):
    """Limit and offset cut a piece out of a table, in the order of the exports."""
    assert quotes(file, limit=2, offset=1) == quotes(file)[1:3]
