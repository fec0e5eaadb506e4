"""How far reviewers agree."""

from __future__ import annotations

from tidings.model import Decision
from tidings.store.agreement import Agreement, agreements
from tidings.store.log import chained


def _log(*rows: tuple[str, str, str]) -> list[Decision]:
    held: list[Decision] = []
    for by, action, subject in rows:
        held.append(chained(held, at="2026-01-01T00:00:00Z", by=by, action=action, subject=subject, reason="x"))
    return held


def test_two_reviewers_are_compared_on_what_both_judged() -> None:
    """Each one's last verdict counts; a correction agrees that the words hold a claim."""
    held = _log(
        ("Amal", "accept", "c_1"), ("Budi", "correct", "c_1"), ("Amal", "refuse", "c_2"), ("Budi", "refuse", "c_2"),
        ("Amal", "accept", "c_3"), ("Budi", "accept", "c_3"), ("Budi", "refuse", "c_3"), ("Amal", "accept", "c_4"),
    )  # fmt: skip

    assert agreements(held) == [Agreement(a="Amal", b="Budi", both=3, agree=2, kappa=0.4, differ=("c_3",))]


def test_full_agreement_by_one_answer_has_no_kappa() -> None:
    """Where both always said yes, chance explains it all."""
    (row,) = agreements(_log(("Amal", "accept", "c_1"), ("Budi", "accept", "c_1")))

    assert (row.agree, row.kappa) == (1, None)


def test_nobody_is_compared_alone() -> None:
    """One reviewer has nobody to agree with."""
    assert agreements(_log(("Amal", "accept", "c_1"))) == []
