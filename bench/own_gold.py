"""Quality on reports of the makers' own about many wars: ``bench/own/dev`` for tuning, ``opened`` too, since 2026-11-25; ``aside`` and ``unseen`` never.

Every report is scored by itself, with the names that it uses itself ("the army" is another army in each war), and
the counts of all reports are added up.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.shared import ROOT, SHARED, export, run_json
from tidings.model import KINDS, MODES

__all__ = ["check", "run", "score"]

OWN = ROOT / "bench" / "own"
SCORER = SHARED / "tools" / "score_claims.py"
SPLITS = ("dev", "opened", "aside", "unseen")
NAMES = ("agents", "targets", "places", "chain", "origin", "destination")


def run(out: Path) -> list[tuple[str, float, str]]:
    """Return rows of (what, figure, remark) for each split; none when the scorer is not here."""
    if not SCORER.is_file():
        return []
    rows: list[tuple[str, float, str]] = []
    for split in SPLITS:
        wrong = check(split)
        if wrong:
            raise ValueError("; ".join(wrong[:5]))
        found = score(split, export(OWN / split / "reports", out))
        for what in ("detect", "typed", "full"):
            part = found[what]
            name = {"detect": "found", "typed": "typed", "full": "every slot right"}[what]
            rows.append((f"{split}: {name}", part["f1"], f"precision {part['p']}, recall {part['r']}"))
        for slot, part in found["slots"].items():
            rows.append((f"{split}: {slot.replace('_', ' ')} right", part["acc"], f"of {part['n']}"))
        for kind, part in found["kinds"].items():
            rows.append(
                (
                    f"{split}: {kind}, typed",
                    part["f1"],
                    f"precision {part['p']}, recall {part['r']}, {part['gold']} in gold",
                )
            )
        rows.append((f"{split}: ungrounded quotes", found["ungrounded"], ""))
    return [*rows, *_learned(out)]


def _learned(out: Path) -> list[tuple[str, float, str]]:
    """Return what the learned reader finds in the reports that neither it nor the rules were tuned on."""
    before = os.environ.get("TIDINGS_READER")
    os.environ["TIDINGS_READER"] = "learned"
    try:
        found = score("unseen", export(OWN / "unseen" / "reports", out / "learned"))
    finally:
        if before is None:
            del os.environ["TIDINGS_READER"]
        else:
            os.environ["TIDINGS_READER"] = before
    names = {"detect": "found", "typed": "typed", "full": "every slot right"}
    return [
        (
            f"unseen, learned reader: {name}",
            found[what]["f1"],
            f"precision {found[what]['p']}, recall {found[what]['r']}",
        )
        for what, name in names.items()
    ]


def score(split: str, predicted: Path, *, gold: Path | None = None) -> dict[str, Any]:
    """Score exported tables, or claims in the gold's form, against the gold of a split, report by report.

    Args:
        split: ``dev``, ``opened``, ``aside`` or ``unseen``.
        predicted: A folder of exported tables or a file of claims.
        gold: Another file of gold claims than the split's own; only the reports it codes are scored.
    """
    folder = OWN / split
    gold = gold or folder / "gold.jsonl"
    entities = _rows(folder / "entities.jsonl")
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    slots: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    ungrounded = 0
    for doc in sorted({claim["doc"] for claim in _rows(gold)}):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as names:
            for entity in _named_in(entities, doc):
                names.write(json.dumps(entity, ensure_ascii=False) + "\n")
            names.flush()
            found = run_json(
                [
                    SCORER,
                    "--texts",
                    folder / "reports",
                    "--gold",
                    gold,
                    "--pred",
                    predicted,
                    "--entities",
                    names.name,
                    "--docs",
                    doc,
                ]
            )
        for what in ("detect", "typed", "full"):
            _add(counts[what], found[what])
        for kind, part in found["typed_by_kind"].items():
            _add(kinds[kind], part)
        for slot, part in found["slots"].items():
            slots[slot][0] += part["acc"] * part["n"]
            slots[slot][1] += part["n"]
        ungrounded += found["ungrounded"]
    return {
        **{what: _f1(*part) for what, part in counts.items()},
        "slots": {slot: {"acc": round(right / n, 3), "n": int(n)} for slot, (right, n) in sorted(slots.items())},
        "kinds": {kind: _f1(*part) for kind, part in sorted(kinds.items())},
        "ungrounded": ungrounded,
    }


def check(split: str) -> list[str]:
    """Return what is wrong with the gold of a split: a quote that is not in its report, a name without an entity."""
    folder = OWN / split
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted((folder / "reports").glob("*.txt"))}
    names = {entity["name"] for entity in _rows(folder / "entities.jsonl")}
    wrong = []
    for claim in _rows(folder / "gold.jsonl"):
        where = f"{split} {claim['doc']} {claim['quote'][:50]!r}"
        if claim["quote"] not in texts.get(claim["doc"], ""):
            wrong.append(f"{where}: not the report's words")
        if claim["type"] not in KINDS.get(claim["kind"], ()) or claim["mode"] not in MODES:
            wrong.append(f"{where}: {claim['kind']}/{claim['type']}, {claim['mode']}")
        count = claim["count"]
        if count and None not in (count["low"], count["high"]) and count["low"] > count["high"]:
            wrong.append(f"{where}: {count}")
        wrong.extend(f"{where}: no entity {name!r}" for slot in NAMES for name in claim[slot] if name not in names)
    return wrong


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _named_in(entities: list[dict[str, Any]], doc: str) -> list[dict[str, Any]]:
    """Return the entities with the forms that a report uses, those it shares with other wars' included."""
    here = []
    for entity in entities:
        forms = [form for form in [*entity["forms"], *entity.get("shared_forms", [])] if doc in form["docs"]]
        if forms or doc in entity["docs"]:
            here.append({"name": entity["name"], "forms": forms})
    return here


def _add(into: list[int], part: dict[str, Any]) -> None:
    for i, key in enumerate(("tp", "pred", "gold")):
        into[i] += part[key]


def _f1(right: int, predicted: int, gold: int) -> dict[str, Any]:
    p = right / predicted if predicted else 0.0
    r = right / gold if gold else 0.0
    return {
        "p": round(p, 3),
        "r": round(r, 3),
        "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
        "tp": right,
        "pred": predicted,
        "gold": gold,
    }
