"""The material of the learned head: its marks mean something, and it copies nothing that is scored."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.learn.material import CODES, frames, material, parsed_line

from tidings.model import KINDS

ROOT = Path(__file__).resolve().parents[2]


def test_every_code_is_a_kind_and_type_of_the_coding_guide() -> None:
    """A code names a type that its kind has, so that an answer of the head is always one that a claim may bear."""
    unknown = {name for name in CODES.values() if name.split("/")[1] not in KINDS[name.split("/")[0]]}
    # A casualty claim's type is its measure.
    assert unknown == set()


def test_marks_are_taken_off_and_kept_by_place() -> None:
    """A marked word is given back by its place in the plain sentence, with what it tells."""
    text, marks = parsed_line("Raiders torched/dest the mill and left/retr.")
    assert text == "Raiders torched the mill and left."
    assert [(text[start:end], name) for start, end, name in marks] == [
        ("torched", "property/destruction"),
        ("left", "event/retreat"),
    ]


def test_filled_frames_are_the_same_each_time_and_leave_no_brace() -> None:
    """The frames are filled by one seed: the same sentences in each run, every slot filled."""
    first = frames()
    assert first == frames()
    assert [line for line in first if "{" in line or "}" in line] == []


@pytest.mark.parametrize("split", ["opened", "dev"])
def test_no_sentence_is_that_of_a_scored_report(split: str) -> None:
    """No sentence of the material stands in a report that is scored, so that nothing is learned by heart."""
    reports = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "bench" / "own" / split / "reports").glob("*.txt"))
    )
    plain = re.sub(r"\s+", " ", reports).casefold()
    assert [text for _, text, _ in material() if text.rstrip(".").casefold() in plain] == []
