"""Every reader of bytes holds what it must, for changed seeds and for all that was ever found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.gather.fuzz.__main__ import changed
from tests.gather.fuzz.targets import TARGETS

FOUND = sorted((Path(__file__).parent / "found").glob("*"))
SLOW = {"pdf", "zip", "wacz", "warc", "warc.gz", "mbox", "csv", "jsonl", "tar"}


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_hold(name: str) -> None:
    """The files to begin with are read as they should be."""
    for seed in TARGETS[name].seeds:
        TARGETS[name].run(seed)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path) -> None:
    """Bytes that once broke a reader are a document or a refusal."""
    TARGETS[path.name.rpartition("-")[0]].run(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_changed_files_are_documents_or_refusals(name: str) -> None:
    """Files with bytes put in, taken out and moved never bring a reader down."""
    target = TARGETS[name]

    @settings(
        max_examples=8 if name in SLOW else 25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.randoms(use_true_random=False), st.integers(0, 2**32))
    def run(_: random.Random, seed: int) -> None:
        target.run(changed(random.Random(seed), list(target.seeds)))  # noqa: S311

    run()
