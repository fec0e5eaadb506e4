"""The rows of the contract."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from scene import FIRST, HOUTHIS, SECOND, contents, shuffled

from tidings.model import Claim, Contents, Mention, MentionId
from tidings.model.columns import TABLES, column_names
from tidings.store.rows import json_line, tables
from tidings.testing import claim


def test_every_row_has_every_column_of_its_table_in_order():
    """Every row has every column of its table in order."""
    rows = tables(contents())

    assert list(rows) == list(TABLES)
    for table, held in rows.items():
        assert all(tuple(row) == column_names(table) for row in held), table


def test_a_chain_begins_with_the_publisher():
    """A chain begins with the publisher, and with "unknown publisher" where the report names none."""
    chains = {row["quote"]: (row["chain"], row["chain_ids"]) for row in tables(contents())["claims"]}

    assert chains["At least 12 people died"][0] == ["Gulf Echo", "medics at the hospital"]
    assert chains["At least 12 people died"][1][0].startswith("n_")
    assert chains["Nine people died"] == (["unknown publisher"], [""])


def test_a_slot_shows_display_names_beside_ids():
    """A slot shows display names, whatever the report's own words, with the ids beside them."""
    row = next(row for row in tables(contents())["claims"] if row["quote"].startswith("Ansar Allah"))

    assert (row["agents"], row["agents_ids"]) == (["Houthis"], [HOUTHIS.id])


def test_a_mention_that_stands_for_nothing_keeps_its_words():
    """A slot whose mention stands for no entity keeps the report's words with an empty id."""
    words = Mention(
        id=MentionId("m_1"), document=SECOND.id, start=0, end=11, text="Ansar Allah", kind="actor", how="name"
    )
    bare = replace(claim("event", "shelling", of=SECOND), agents=(words.id,))
    row = tables(Contents(documents=(SECOND,), claims=(bare,), mentions=(words,)))["claims"][0]

    assert (row["agents"], row["agents_ids"]) == (["Ansar Allah"], [""])


def test_a_count_keeps_its_words_and_its_open_end():
    """A count keeps its words, and an open end is null."""
    row = next(row for row in tables(contents())["claims"] if row["quote"] == "At least 12 people died")

    assert row["count"] == {"low": 12, "high": None, "text": "12 to None", "unit": ""}


def test_days_are_written_for_reports_claims_and_happenings():
    """Days are written once for each report, claim and happening of which something is known, and for no other."""
    rows = tables(contents())["times"]

    assert sorted((row["of_kind"], row["edtf"]) for row in rows) == [
        ("claim", "2016-05-02"),
        ("claim", "2016-05-02"),
        ("document", "2016-05-03"),
        ("event", "2016-05-02"),
    ]


def test_what_was_given_up_stands_with_its_report():
    """Sentences about what was left unread stand with their report."""
    rows = tables(contents(), given_up={FIRST.id: ("One sentence was too long.",)})["documents"]

    assert {row["path"]: row["given_up"] for row in rows} == {
        "echo.txt": ["One sentence was too long."],
        "unsigned.txt": [],
    }


@given(order=st.integers(min_value=0, max_value=50))
def test_rows_do_not_depend_on_the_order_of_the_nouns(order: int):
    """The rows are the same in whatever order the nouns come."""
    plain = tables(contents())
    turned = tables(shuffled(contents(), order))

    assert {table: list(map(json_line, rows)) for table, rows in turned.items()} == {
        table: list(map(json_line, rows)) for table, rows in plain.items()
    }


def test_the_reader_and_rule_of_a_claim_are_named():
    """Each claim names the reader, its version and model, and the rule."""
    row = tables(contents())["claims"][0]

    assert (row["reader"], row["rule"]) == ({"name": "en.test", "version": "1", "model": "none"}, "test.rule")


def test_a_claim_without_reader_says_so():
    """A claim that no reader made has no reader in its row."""
    bare: Claim = claim("event", "killing", of=SECOND)

    assert tables(Contents(documents=(SECOND,), claims=(bare,)))["claims"][0]["reader"] is None
