"""Reviewers who decide at once, while the record is built on."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.reviewers import review
from tests import pretend


def test_verdicts_taken_at_once_are_all_in_the_log(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Four reviewers decide as fast as they can while builds add reports: each verdict stands in the log once, the chain is whole."""
    pretend.install(monkeypatch.setattr)
    done = review(where, tmp_path / "reports", reviewers=4, seconds=1.5, pause=0, gap=0.2, reports=5)

    assert (done.lost, done.doubled, done.broken) == (0, 0, 0)
    assert done.verdicts > 0
    assert done.builds > 0
