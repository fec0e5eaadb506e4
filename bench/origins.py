"""How often the independent origins of a happening are right, on our own short reports about five wars.

For each happening the gold says which passages go back to one origin. A passage is told by the claims whose words overlap it.
A happening is right when the origins that the record names for these claims part the passages just as the gold does; one that
no claim tells is wrong, and so is one with a passage that no claim tells. "Of those read" leaves the latter out.

::

    python -m bench.origins
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from tidings import pipeline
from tidings.gather import gather
from tidings.model import Contents, Reading

__all__ = ["measure", "run"]

GOLD = Path(__file__).parent / "origins.toml"
_KINDS = frozenset({"event", "control", "casualties", "displacement", "custody", "property"})


def run(out: Path) -> list[tuple[str, float, str]]:
    """Return rows of (what, figure, remark)."""
    gold = tomllib.loads(GOLD.read_text(encoding="utf-8"))
    rows = measure(gold, derived(gold, out))
    told = [row for row in rows if row[1] != "not read"]
    right = sum(row[1] == "right" for row in rows)
    joined = sum(row[3] for row in told)
    return [
        ("origins right", round(right / len(rows), 3), f"{right} of {len(rows)} happenings"),
        ("origins right, of those read", round(right / max(1, len(told)), 3), f"of {len(told)}"),
        ("joined into one event, of those read", round(joined / max(1, len(told)), 3), ""),
    ]


def derived(gold: dict[str, Any], out: Path) -> Contents:
    """Return the record of the gold's reports, whose files are written below ``out``."""
    folder = out / "origins"
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["id,publisher,published"]
    for report in gold["report"]:
        (folder / f"{report['name']}.txt").write_text(report["text"] + "\n", encoding="utf-8")
        lines.append(f"{report['name']},{report['publisher']},{report['published']}")
    sidecar = out / "origins.csv"
    sidecar.write_text("\n".join(lines) + "\n", encoding="utf-8")
    gathered = gather([folder], sidecar=sidecar)
    readings: list[Reading] = list(pipeline.read_all(gathered.documents))
    return pipeline.contents(gathered.documents, readings, gazetteer=pipeline.open_gazetteer())


def measure(gold: dict[str, Any], contents: Contents) -> list[tuple[str, str, str, bool]]:
    """Return (what, right, wrong or not read, origins found, in one event) for each happening."""
    texts = {Path(document.path).stem: document for document in contents.documents}
    root, event = {}, {}
    for one in contents.weighed.events:
        for origin in one.origins:
            for claim in origin.claims:
                root[claim], event[claim] = origin.entity or origin.name, one.id
    names = {entity.id: entity.name for entity in contents.entities}
    rows = []
    for happening in gold["happening"]:
        found: list[list[set[str]]] = []
        events: list[set[str]] = []
        for origin in happening["origins"]:
            held = []
            for passage in origin:
                report, words = passage.split(": ", 1)
                start = texts[report].text.index(words)
                claims = [
                    claim
                    for claim in contents.claims
                    if claim.document == texts[report].id
                    and claim.kind in _KINDS
                    and claim.start < start + len(words)
                    and start < claim.end
                    and claim.id in root
                ]
                held.append({str(root[claim.id]) for claim in claims})
                events.append({str(event[claim.id]) for claim in claims})
            found.append(held)
        shown = " | ".join(
            " = ".join("/".join(sorted(names.get(one, one) for one in roots)) or "–" for roots in held)  # type: ignore[call-overload]
            for held in found
        )
        one_event = bool(set.intersection(*events)) if events else False
        if not all(roots for held in found for roots in held):
            rows.append((happening["what"], "not read", shown, one_event))
            continue
        within = [set.intersection(*held) for held in found]
        apart = all(
            not set().union(*one) & set().union(*other) for at, one in enumerate(found) for other in found[at + 1 :]
        )
        rows.append((happening["what"], "right" if all(within) and apart else "wrong", shown, one_event))
    return rows


def main() -> None:
    gold = tomllib.loads(GOLD.read_text(encoding="utf-8"))
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        rows = measure(gold, derived(gold, Path(place)))
    for row in rows:
        print(f"{row[1]:9} {'one event' if row[3] else '         '} {row[0]}: {row[2]}")
    right, told = sum(row[1] == "right" for row in rows), sum(row[1] != "not read" for row in rows)
    print(
        f"{right} of {len(rows)} happenings right ({right / len(rows):.3f}); of the {told} read {right / max(1, told):.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())
