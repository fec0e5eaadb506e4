"""Soft words have declared ranges, each with its reason."""

from __future__ import annotations

import pytest

from tidings.date.soft import length, table


@pytest.mark.parametrize(
    ("rule", "unit", "number", "days"),
    [
        ("exact", "day", 15, (15, 15)),
        ("exact", "week", 2, (12, 17)),
        ("exact", "month", 3, (81, 102)),
        ("little_over", "week", 1, (8, 11)),
        ("over", "day", 33, (34, 40)),
        ("few", "day", None, (2, 5)),
        ("exact", "hour", 6, (0, 2)),
    ],
)
def test_a_length_is_a_range_of_days(rule: str, unit: str, number: float | None, days: tuple[int, int]) -> None:
    """Each rule turns what was said into the days it allows."""
    assert length(rule, unit, number)[:2] == days


def test_every_range_gives_its_reason() -> None:
    """No range stands in the table without a sentence that says why."""
    for name, entries in table().items():
        if name == "episodes":
            continue
        for word, entry in entries.items():
            assert entry.get("reason"), f"{name}.{word}"


def test_every_range_runs_forwards() -> None:
    """The least days never lie above the most."""
    for name in ("report", "loose"):
        for word, entry in table()[name].items():
            assert entry["least"] <= entry["most"], f"{name}.{word}"
