"""``python -m bench [quality] [own] [origins] [outside] [speed] [--keep]``: print figures; with --keep write them to RESULTS.md."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import origins, outside, own_gold, quality, speed
from bench.shared import ROOT, SHARED

PARTS: dict[str, Callable[[Path], list[tuple[str, Any, str]]]] = {
    "quality": quality.run,
    "speed": speed.run,
    "outside": outside.run,
    "own": own_gold.run,
    "origins": origins.run,
}


def main(arguments: list[str]) -> int:
    """Run the parts named (all when none is), print a table, and return the exit code."""
    if not SHARED.is_dir():
        print("The outside data is not here; there is nothing to measure against.")
        return 0
    wanted = [name for name in arguments if name in PARTS] or list(PARTS)
    lines = []
    with tempfile.TemporaryDirectory() as place:
        for name in wanted:
            print(f"\n{name}")
            for what, figure, remark in PARTS[name](Path(place)):
                limit = quality.LIMITS.get(what)
                asked = f"asked {limit}" if limit and name == "quality" else ""
                print(f"  {what:48} {figure!s:>10}  {asked:12} {remark}")
                lines.append(f"| {name} | {what} | {figure} | {asked} {remark} |")
    if "--keep" in arguments:
        today = datetime.now(UTC).date().isoformat()
        head = f"\n## {today}: {', '.join(wanted)}\n\n| part | what | figure | remark |\n| --- | --- | --- | --- |\n"
        path = ROOT / "bench" / "RESULTS.md"
        old = path.read_text(encoding="utf-8") if path.exists() else "# Results, newest last\n"
        path.write_text(old + head + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
