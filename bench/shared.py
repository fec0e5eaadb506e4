"""Where the outside data lies, and how a record is built and exported for scoring."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tidings

__all__ = ["ROOT", "SHARED", "export", "run_json"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def export(reports: Path, out: Path, *, known: Path | None = None) -> Path:
    """Build the reports of a folder into a new record under ``out`` and return the folder of its JSON Lines tables."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{reports.parent.name}.tidings"
    file.unlink(missing_ok=True)
    tables = out / f"{reports.parent.name}.tables"
    with tidings.build([reports], into=file, known=known) as record:
        record.export("jsonl", tables)
    return tables


def run_json(arguments: Sequence[str | Path]) -> dict[str, Any]:
    """Run a scorer that prints JSON and return what it prints.

    Raises:
        RuntimeError: The scorer failed; its error is in the message.
    """
    done = subprocess.run([sys.executable, *map(str, arguments), "--json"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-500:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found
