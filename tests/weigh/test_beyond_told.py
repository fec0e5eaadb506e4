"""A number beyond reason is seen where the record is read: in the brief, in ``why``, and in the exports."""

from __future__ import annotations

from tests.weigh.builders import CIVILIANS, ENTITIES, QUARTER, weighed

from tidings.model import Amount, Contents
from tidings.store.rows import tables
from tidings.store.wording import sentence_of
from tidings.tell import brief
from tidings.testing import claim, doc

REPORT = doc("Some 30 million people were killed in Shambat on Thursday.", publisher="The Nile Ledger")
SAID = claim(
    killed=Amount(low=30_000_000, high=30_000_000, text="Some 30 million", unit="people"),
    of=REPORT,
    quote="Some 30 million people were killed in Shambat",
    targets=[CIVILIANS],
    places=[QUARTER],
    when="2023-06-01",
)
HELD = Contents(documents=(REPORT,), claims=(SAID,), entities=ENTITIES, weighed=weighed((REPORT,), (SAID,)))


def test_the_brief_says_that_a_number_was_given_and_not_counted() -> None:
    """The casualties section names the flag and not the number; the number is not among what no report gives."""
    told = {row.section: row.sentence for row in brief(HELD)}

    assert told["Casualties"] == (
        "Civilians: people killed, with a number beyond reason, which is kept and stands in no range in Shambat, "
        "on 1 June 2023, according to The Nile Ledger."
    )
    assert not any("accounts of casualties give no number" in row.sentence for row in brief(HELD))


def test_why_gives_the_reason_and_the_export_a_column() -> None:
    """The line about the figure ends with the reason in brackets, and the row has it in its own column."""
    (row,) = tables(HELD)["figures"]

    assert (row["low"], row["best"], row["high"]) == (None, None, None)
    assert row["beyond"].startswith("the number given, 30,000,000, is above 20,000,000")
    assert sentence_of("figures", row) == (
        f"an unknown number killed of civilians at Shambat, 2023-06-01 [{row['beyond']}]"
    )
