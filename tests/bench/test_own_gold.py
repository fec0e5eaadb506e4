"""The reports of our own and their gold hold together, and the scorer of the bench agrees with itself."""

from __future__ import annotations

import json

import pytest

from bench import own_gold

SPLITS = {"dev": 30, "opened": 30, "aside": 20, "unseen": 20}


def _ids(split: str, name: str, key: str) -> list[str]:
    lines = (own_gold.OWN / split / name).read_text(encoding="utf-8").splitlines()
    return sorted({json.loads(line)[key] for line in lines})


@pytest.mark.parametrize("split", SPLITS)
def test_every_gold_claim_quotes_its_report_and_names_known_entities(split: str) -> None:
    """Every quote is the report's own words, every type and mode is in the guide, every name is an entity's."""
    assert own_gold.check(split) == []


@pytest.mark.parametrize("split", SPLITS)
def test_every_report_has_a_row_in_the_sidecar_and_at_least_eight_claims(split: str) -> None:
    """Each report of a split is named by the sidecar and coded."""
    reports = sorted(path.stem for path in (own_gold.OWN / split / "reports").glob("*.txt"))
    claims = [
        json.loads(line)["doc"]
        for line in (own_gold.OWN / split / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert _ids(split, "reports.jsonl", "id") == reports
    assert len(reports) == SPLITS[split]
    assert min(claims.count(stem[:3]) for stem in reports) >= 8


@pytest.mark.skipif(not own_gold.SCORER.is_file(), reason="the scorer is not beside the project")
def test_gold_scored_against_itself_is_all_right(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A coding that is the gold finds every claim with every slot right."""
    gold = own_gold.OWN / "dev" / "gold.jsonl"
    two = tmp_path / "two.jsonl"
    two.write_text(
        "".join(line for line in gold.open(encoding="utf-8") if json.loads(line)["doc"] in ("000", "012")),
        encoding="utf-8",
    )
    found = own_gold.score("dev", two, gold=two)
    assert {what: found[what]["f1"] for what in ("detect", "typed", "full")} == {
        "detect": 1.0,
        "typed": 1.0,
        "full": 1.0,
    }
