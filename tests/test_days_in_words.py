"""Constraints between days, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tidings._days import in_words
from tidings.model import Constraint, DocId

BARE = Constraint(
    id="r", a="origin", b="start:c_1", least_days=None, most_days=None, kind="soft", document=DocId("d_1"), start=0, end=1,
    quote="x",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"least_days": 16611, "most_days": 16611}, "the start of c_1 is on 2015-06-25"),
        ({"least_days": 16611, "most_days": 16613}, "the start of c_1 is not before 2015-06-25 and not after 2015-06-27"),
        ({"most_days": 16613}, "the start of c_1 is not after 2015-06-27"),
        ({"weekday": 3}, "the start of c_1 is on a Thursday"),
        ({"yearly": (2, 21, 2, 31)}, "the start of c_1 is between 21 February and 29 February of some year"),
        ({"yearly": (1, 17, 1, 17)}, "the start of c_1 is on 17 January of some year"),
        ({"a": "doc:d_1", "least_days": 0, "most_days": 0}, "the start of c_1 is on the day of report a.txt"),
        ({"a": "doc:d_1", "least_days": -2, "most_days": 0}, "the start of c_1 is at most 2 days before report a.txt"),
        ({"a": "doc:d_1", "least_days": -1, "most_days": -1}, "the start of c_1 is 1 day before report a.txt"),
        ({"a": "doc:d_1", "least_days": -7, "most_days": -3}, "the start of c_1 is 3 to 7 days before report a.txt"),
        ({"a": "doc:d_1", "least_days": -2, "most_days": 1}, "the start of c_1 is between 2 days before and 1 day after report a.txt"),
        ({"a": "end:c_2", "least_days": 8, "most_days": 11}, "the start of c_1 is 8 to 11 days after the end of c_2"),
        ({"a": "end:c_2", "least_days": 0}, "the start of c_1 is not before the end of c_2"),
        ({"a": "end:c_2", "least_days": 3}, "the start of c_1 is at least 3 days after the end of c_2"),
        ({"a": "end:c_2", "most_days": 0}, "the start of c_1 is not after the end of c_2"),
        ({"a": "end:c_2", "most_days": -5}, "the start of c_1 is at least 5 days before the end of c_2"),
        ({"a": "end:c_2", "most_days": 0, "reason": "he fled then"}, "the start of c_1 is not after the end of c_2 (he fled then)"),
    ],
)  # fmt: skip
def test_a_constraint_is_said_in_a_sentence(changes: dict[str, object], sentence: str):
    """A constraint is said with its bounds, its weekday and its reason."""
    assert in_words(replace(BARE, **changes), {"d_1": "a.txt"}) == sentence
