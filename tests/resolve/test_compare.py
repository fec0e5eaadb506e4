"""What forbids that two names are one, and what makes an acronym."""

from __future__ import annotations

import pytest

from tidings.resolve.compare import compare, directions, forbidden, initials, without_directions


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("5th Brigade", "Seventh Brigade", "“5th Brigade” and “Seventh Brigade” carry different numbers"),
        ("North Kordofan", "South Kordofan", "“North Kordofan” is north, “South Kordofan” is south"),
        ("Verkhnii Saltiv", "Nyzhnii Saltiv", "“Verkhnii Saltiv” is upper, “Nyzhnii Saltiv” is lower"),
        ("Novo Aidar", "Staro Aidar", "“Novo Aidar” is new, “Staro Aidar” is old"),
        ("Sudan", "South Sudan", "only one of “Sudan” and “South Sudan” is south"),
        (
            "north-eastern Nigeria",
            "northern Nigeria",
            "“north-eastern Nigeria” is northeast, “northern Nigeria” is north",
        ),
    ],
)
def test_exclusive_words_keep_names_apart(a: str, b: str, why: str) -> None:
    """Directions, numbers, sizes and ages that differ are never one."""
    assert forbidden(a, b) == why
    assert compare(a, b).score == 0.0


def test_numbers_may_be_written_in_any_way() -> None:
    """Figures, words and Roman figures are one number."""
    assert forbidden("5th Corps", "Fifth Corps") == ""
    assert forbidden("Corps V", "Corps 5") == ""


def test_directions_in_one_or_two_words() -> None:
    """A direction between two others is one direction, not two."""
    assert directions("north-eastern Syria") == directions("northeast Syria") == ("northeast",)
    assert without_directions("Eastern Ghouta") == "ghouta"


def test_initials_leave_small_words_out() -> None:
    """Articles and prepositions lend no letter."""
    assert initials("National Union for the Defence of Peace") == "nudp"
    assert initials("Wagner") == ""
