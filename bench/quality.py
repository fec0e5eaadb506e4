"""Quality on the development gold: two careful readers' claims for two reports, and the mean of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.shared import SHARED, export, run_json

__all__ = ["LIMITS", "run"]

LIMITS = {"found": 0.55, "typed": 0.45, "every slot right": 0.15, "origin right": 0.80}
"""What the first issue asks for; the readers agree with each other at 0.85, 0.82, 0.60 on these two reports."""


def run(out: Path) -> list[tuple[str, float, str]]:
    """Return rows of (what, figure, remark), the mean of both readers' scores."""
    tables = export(SHARED / "reports" / "hasakah", out)
    gold = SHARED / "gold" / "hasakah-dev"
    scores: list[dict[str, Any]] = [
        run_json(
            [
                SHARED / "tools" / "score_claims.py", "--texts", SHARED / "reports" / "hasakah", "--gold", gold / f"claims.reader-{reader}.jsonl",
                "--pred", tables, "--entities", gold / "entities.jsonl", "--docs", "001,003",
            ]
        )
        for reader in "ab"
    ]  # fmt: skip

    def mean(*path: str) -> float:
        total = 0.0
        for score in scores:
            value: Any = score
            for key in path:
                value = value[key]
            total += float(value)
        return round(total / len(scores), 3)

    rows = [
        ("found", mean("detect", "f1"), f"precision {mean('detect', 'p')}, recall {mean('detect', 'r')}"),
        ("typed", mean("typed", "f1"), ""),
        ("every slot right", mean("full", "f1"), ""),
        ("origin right", mean("slots", "origin_of_claim", "acc"), "of those found"),
        ("whole chain right", mean("slots", "chain", "acc"), "of those found"),
    ]
    for slot in ("agents", "targets", "places", "time", "count", "mode", "measure"):
        if all(slot in score["slots"] for score in scores):
            rows.append((f"{slot} right", mean("slots", slot, "acc"), "of those found"))
    rows.append(("ungrounded quotes", mean("ungrounded"), ""))
    return rows
