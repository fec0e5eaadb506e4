"""Claims that people accepted, corrected or rejected, as data to train and to score readers with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from tidings.tell.formats.export import Export, Row, Tables, Written

__all__ = ["EXPORT", "write"]

_SLOTS = ("quote", "kind", "type", "agents", "targets", "places", "time", "chain", "mode", "measure", "count", "origin", "destination")  # fmt: skip
_STATUS = {"accept": "accepted", "refuse": "rejected", "correct": "corrected"}


def write(tables: Tables, target: Path) -> Written:
    """Write one line a judged claim: the slots of the coding guide, and who judged it, when and why.

    Verdicts count from the log, whether or not the record was built since. A corrected claim is told as corrected.
    """
    verdicts = _in_force(tables["decisions"])
    names = {row["id"]: PurePosixPath(row["path"]).stem for row in tables["documents"]}
    written = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for claim in tables["claims"]:
            verdict = verdicts.get(claim["id"])
            if verdict is None:
                continue
            told = {name: claim[name] for name in _SLOTS} | _corrected(claim, verdict)
            row = {
                "doc": names.get(claim["document"], claim["document"]),
                "start": claim["start"],
                "end": claim["end"],
                **told,
            }
            row |= {
                "status": _STATUS[verdict["action"]],
                "by": verdict["by"],
                "at": verdict["at"],
                "note": verdict["reason"],
            }
            row |= {"claim": claim["id"], "rule": claim["rule"], "reader": claim["reader"]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            written += 1
    return Written(files=(target,), rows=written)


def _in_force(decisions: Iterable[Row]) -> dict[str, Row]:
    """Return the last verdict on each claim that nobody undid."""
    listed = list(decisions)
    undone: set[str] = set()
    for row in reversed(listed):
        if row["action"] == "undo" and row["id"] not in undone:
            undone.add(row["subject"])
    held = [row for row in listed if row["id"] not in undone and row["action"] in _STATUS]
    return {row["subject"]: row for row in held if row["subject"].startswith("c_")}


def _corrected(claim: Row, verdict: Row) -> dict[str, Any]:
    """Return what a correction put in the place of what was read."""
    new: Mapping[str, Any] = json.loads(verdict["after"] or "null") or {} if verdict["action"] == "correct" else {}
    out: dict[str, Any] = {name: new[name] for name in ("kind", "type", "mode", "measure", "time") if new.get(name)}
    if "low" in new or "high" in new:
        old = claim["count"] or {"low": None, "high": None, "text": "", "unit": ""}
        numbers = {name: int(float(new[name])) for name in ("low", "high") if new.get(name) not in (None, "")}
        out["count"] = {**old, **numbers}
    return out


EXPORT = Export(
    name="gold",
    title="claims that people judged, with the verdicts, JSON Lines",
    ending=".jsonl",
    cannot_hold=("claims that nobody judged", "what is derived from claims"),
    write=write,
)
