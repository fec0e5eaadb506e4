"""The seven outside tasks: other people's data, scored as a black box from the exports.

::

    python -m bench.outside contradiction linking    # these tasks alone; all without a name
"""

from __future__ import annotations

import sys
import tempfile
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


def main(arguments: list[str]) -> int:
    """Print the figures of the tasks named, all when none is, and return the exit code."""
    tasks = tuple(name for name in arguments if name in TASKS) or tuple(TASKS)
    with tempfile.TemporaryDirectory() as place:
        for what, figure, _ in run(Path(place), tasks=tasks):
            print(f"{what:48} {figure!s:>10}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
