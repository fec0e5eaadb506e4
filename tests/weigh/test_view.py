"""Where the weighing looks for the words around a claim."""

from __future__ import annotations

from tests.weigh.builders import CIVILIANS, ENTITIES, QUARTER

from tidings.testing import claim, doc
from tidings.weigh.view import view


def test_the_sentence_of_a_claim_is_bounded_in_a_text_without_full_stops() -> None:
    """A report of many thousand words without a full stop is not gone through from each claim to its end."""
    words = "fourteen civilians were killed in Shambat and "
    report = doc(words * 2000, publisher="The Nile Ledger", published="2023-06-02")
    told = claim(killed=14, of=report, quote="fourteen civilians were killed", targets=[CIVILIANS], places=[QUARTER])
    seen = view(documents=[report], claims=[told], attributions=[], mentions=[], entities=ENTITIES, events=[])
    start, end = seen.sentence_span(told)

    assert (start, told.end <= end <= told.end + 600) == (0, True)
