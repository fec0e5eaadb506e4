"""The chain of decisions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Decision
from tidings.store.log import breaks, chained, removed


def taken(*steps: tuple[str, str]) -> list[Decision]:
    held: list[Decision] = []
    for number, (action, subject) in enumerate(steps):
        held.append(
            chained(
                held, at=f"2026-01-0{number + 1}T00:00:00Z", by="a", action=action, subject=subject, reason="because"
            )
        )
    return held


def test_an_untouched_log_holds():
    """A log that nobody touched has no breaks."""
    assert breaks(taken(("remove", "d_1"), ("accept", "p_1"), ("refuse", "p_2"))) == []


@given(
    place=st.integers(0, 2),
    field=st.sampled_from(["at", "by", "action", "subject", "before", "after", "reason", "previous_hash", "hash"]),
)
def test_any_changed_word_is_found(place: int, field: str):
    """Any field of any decision that is changed afterwards is found."""
    log = taken(("remove", "d_1"), ("accept", "p_1"), ("refuse", "p_2"))
    log[place] = replace(log[place], **{field: getattr(log[place], field) + "x"})

    assert breaks(log)


@given(place=st.integers(0, 1))
def test_a_row_taken_out_is_found(place: int):
    """A decision taken out of the middle, or from the beginning, is found."""
    log = taken(("remove", "d_1"), ("accept", "p_1"), ("refuse", "p_2"))
    del log[place]

    assert breaks(log)


def test_an_accept_takes_a_removed_report_in_again():
    """The last word about a report counts."""
    assert set(removed(taken(("remove", "d_1"), ("remove", "d_2"), ("accept", "d_1")))) == {"d_2"}
