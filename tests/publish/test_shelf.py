"""Rows on a shelf come back as they came, in the order that sorting them in memory gives."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tidings._shelf import Shelf

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ROWS = st.lists(
    st.fixed_dictionaries({"place": st.integers(-1, 3), "id": WORDS, "held": st.lists(WORDS, max_size=2)}), max_size=12
)


def _key(row):
    return (row["place"], row["id"])


@settings(max_examples=40, deadline=None)
@given(ROWS, ROWS)
def test_rows_come_back_in_order_again_and_again(first, second):
    """Whatever the words, two tables on one shelf come back sorted, each time that they are walked through, and are counted."""
    with tempfile.TemporaryDirectory() as folder, closing(Shelf(Path(folder))) as shelf:
        held = [shelf.hold("claims", iter(rows), _key) for rows in (first, second)]

        for rows, table in zip((first, second), held, strict=True):
            expected = sorted(rows, key=_key)
            assert list(table) == expected
            assert list(table) == expected
            assert len(table) == len(expected)


def test_tables_are_walked_through_side_by_side(tmp_path):
    """Two walks through one table do not disturb each other."""
    with closing(Shelf(tmp_path)) as shelf:
        rows = shelf.hold("claims", ({"id": str(n)} for n in range(5000)), lambda row: (row["id"],))

        assert all(left == right for left, right in zip(rows, rows, strict=True))
