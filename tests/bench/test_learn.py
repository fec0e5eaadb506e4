"""The material of the learned reader: its marks mean something, and it copies nothing that is scored."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.learn.material import SPLITS, lines, marked

OWN = Path(__file__).resolve().parents[2] / "bench" / "own"


def test_marks_are_taken_off_and_kept_by_place():
    """A marked word is given back by its place in the plain sentence, with what it tells."""
    text, marks = marked(
        "Raiders [torched|property/destruction] the mill and [shot|event/killing,casualties/executed] two men."
    )
    assert text == "Raiders torched the mill and shot two men."
    assert [(text[start:end], answer) for start, end, answer in marks] == [
        ("torched", "property/destruction"),
        ("shot", "event/killing"),
    ]


def test_a_mark_that_the_coding_guide_does_not_know_is_refused():
    """A wrong type is an error that shows the line."""
    with pytest.raises(ValueError, match="property/arson"):
        marked("They [lit|property/arson] the barn.")


def test_every_line_is_marked_with_kinds_and_types_of_the_coding_guide():
    """All lines can be read, most tell something, and many tell nothing."""
    held = [marked(line) for line in lines()]
    assert len(held) > 7_000
    assert 0.1 < sum(not marks for _, marks in held) / len(held) < 0.4


def test_nothing_is_learned_from_what_is_set_aside():
    """The reports that nothing is tuned on are not among those that are learned from."""
    assert "unseen" not in SPLITS


@pytest.mark.parametrize("split", ["opened", "dev", "aside", "unseen"])
def test_no_sentence_is_that_of_a_scored_report(split):
    """No line stands in a report that is scored, so that nothing is learned by heart."""
    reports = " ".join(path.read_text(encoding="utf-8") for path in sorted((OWN / split / "reports").glob("*.txt")))
    plain = re.sub(r"\s+", " ", reports).casefold()
    assert [text for text, _ in map(marked, lines()) if len(text) > 30 and text.rstrip(".").casefold() in plain] == []
