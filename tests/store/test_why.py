"""From any id down to the words."""

from __future__ import annotations

import pytest
from scene import FIRST, contents

from tidings.errors import UnknownId
from tidings.model.columns import TABLES
from tidings.store import ask
from tidings.store.file import File
from tidings.store.why import Step, plain, why


def all_words(step: Step) -> list[str]:
    own = [step.words.quote] if step.words else []
    return own + [words for below in step.under for words in all_words(below)]


def asked(file: File, wanted: str) -> Step:
    with file.reading() as connection:
        return why(connection, wanted)


def test_every_id_of_every_table_has_a_way_down(file: File):
    """Every id of every table can be explained."""
    with file.reading() as connection:
        rows = ask.whole(connection)
        for table in TABLES:
            for row in rows[table]:
                if "id" in row:
                    assert why(connection, row["id"]).id == row["id"], table


@pytest.mark.parametrize("wanted", ["f_1", "h_1", "k_1", "o_1", "b_1", "g_1"])
def test_a_derived_value_reaches_quoted_words(file: File, wanted: str):
    """From a figure, a holding, a contradiction, an echo, a framing or a sentence of the brief, words are reached."""
    assert all_words(asked(file, wanted))


def test_a_claim_shows_its_sentence_its_chain_and_its_rule(file: File):
    """A claim shows the words in their sentence, its chain of attribution and the rule that made it."""
    dead = contents().claims[1]
    step = asked(file, dead.id)

    assert step.says == "casualties/killed by Houthis at Al Jahmaliya, 2016-05-02, at least 12"
    assert step.words is not None
    assert (step.words.before, step.words.quote) == ("", "At least 12 people died")
    assert step.words.after == ", medics at the hospital said."
    facts = dict(step.facts)
    assert facts["chain"] == "Gulf Echo → medics at the hospital"
    assert facts["rule"] == "test.rule"
    assert step.under[0].what == "reported speech"


def test_a_happening_shows_its_comparisons(file: File):
    """A happening shows why its claims were joined, comparison by comparison."""
    event = contents().weighed.events[0]
    step = asked(file, event.id)

    says = [below.says for branch in step.under for below in branch.under]
    assert "+4.5  place: One place." in says


def test_an_old_id_of_a_happening_leads_to_the_one_that_holds_its_claim(file: File):
    """The id that a happening would have had from a later claim leads to the happening that holds the claim now."""
    event = contents().weighed.events[0]
    step = asked(file, f"e_{contents().claims[2].id[2:]}")

    assert step.id == event.id
    assert step.facts[0][0] == "note"


def test_the_beginning_of_an_id_is_enough_where_no_other_shares_it(file: File):
    """The beginning of an id is enough, a report's path too."""
    claim = contents().claims[1].id

    assert asked(file, claim[:9]).id == claim
    assert asked(file, "echo.txt").id == FIRST.id


def test_what_fixes_a_day_is_shown_with_its_words(file: File):
    """What fixes a day is shown as sentences with the words that say so."""
    with file.reading() as connection:
        step = why(connection, contents().claims[0].id, explain=lambda _: [("It was the Monday before.", "r_1")])
    day = step.under[-1].under[0]

    assert (day.says, day.words and day.words.quote) == ("It was the Monday before. [explicit]", "Monday")


def test_an_unknown_id_says_where_ids_stand(file: File):
    """An id that the record does not hold is refused with where to find ids."""
    with pytest.raises(UnknownId, match="tidings show FILE TABLE"):
        asked(file, "c_nothing")


def test_a_tree_is_told_as_plain_values(file: File):
    """The tree can be written as JSON."""
    told = plain(asked(file, "f_1"))

    assert told["what"] == "figure"
    assert told["under"][0]["words"]["quote"] == "At least 12 people died"
