"""The seven outside tasks: other people's data, scored as a black box from the exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.shared import SHARED, export, run_json

__all__ = ["TASKS", "run"]

TASKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "attribution": (("attribution", "F1"), ("exported_without_source_share",)),
    "casualties": (("micro_without_date",), ("counts",)),
    "displacement": (("all_fields",), ("all_fields_by_tag", "conflict")),
    "event_place": (("of_covered", "P"), ("of_covered", "R"), ("coverage",)),
    "toponyms": (("detection", "F1"), ("end_to_end_161km", "F1"), ("of_detected", "within_161km")),
    "linking": (("all", "b_cubed", "F1"), ("all", "pairs", "F1")),
    "contradiction": (("all", "F1"), ("same_place", "F1")),
}
"""Each task with the figures of its scorer that are kept."""


def _find(found: dict[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = found
    for key in path:
        value = value.get(key, {}) if isinstance(value, dict) else {}
    return "-" if value == {} else value


def run(out: Path, *, tasks: tuple[str, ...] = tuple(TASKS)) -> list[tuple[str, Any, str]]:
    """Return rows of (task and figure, value, "")."""
    rows = []
    for task in tasks:
        folder = SHARED / "bench" / "dev" / task
        tables = export(folder / "reports", out)
        found = run_json([SHARED / "bench" / "scorers" / f"{task}.py", folder / "gold.jsonl", tables])
        rows += [(f"{task}: {' '.join(path)}", _find(found, path), "") for path in TASKS[task]]
    return rows
