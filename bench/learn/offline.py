"""What the head would add to the rules on reports with gold: claims found and typed, at several thresholds.

::

    python -m bench.learn.offline WEIGHTS.npz FOLDER…      # each with reports/ and gold.jsonl, as bench/own/opened

A word is asked where no claim of the rules speaks for it or for its clause. Its quote is that of its clause; it is right
where a claim of the gold that the rules missed has its kind and overlaps its quote (by half of the shorter, a fifth of both).
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.learn.head import Head, features, openers, taken_by
from bench.learn.train import NOTHING, look, raw_document
from tidings.read import readers
from tidings.read.claims.frames import scope_words
from tidings.read.claims.quotes import quote_span
from tidings.read.page import pages, place
from tidings.read.pipeline import load_pipeline

FLOORS = (0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass
class Tally:
    """Claims of the gold, of the rules, found and typed by the rules, and what the head added by threshold."""

    gold: int = 0
    rules: int = 0
    found: int = 0
    typed: int = 0


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    if shared <= 0 or shared < 0.5 * min(one[1] - one[0], other[1] - other[0]):
        return 0.0
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def _matched(gold: list[Any], claims: list[Any]) -> tuple[list[Any], int]:
    """Return the gold claims that the rules missed, and how many they found with the right type."""
    pairs = []
    for i, (span, kind, name) in enumerate(gold):
        for j, claim in enumerate(claims):
            share = _overlap(span, (claim.start, claim.end))
            if kind == claim.kind and share >= 0.2:
                pairs.append((share + 2 * (name == claim.type), -i, -j))
    left, right, typed = set(), set(), 0
    for _, i, j in sorted(pairs, reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            typed += gold[-i][2] == claims[-j].type
    return [item for at, item in enumerate(gold) if -at not in left], typed


def run(head: Head, folder: Path, tally: Tally) -> list[tuple[float, bool, bool]]:
    """Return (probability, found, typed) of every word that the head takes to tell, and add the rules' own figures to ``tally``."""
    reader: Any = next(reader for reader in readers() if "en" in reader.languages)
    coded = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    files = sorted((folder / "reports").glob("*.txt"))
    documents = [raw_document(path.read_text(encoding="utf-8"), at) for at, path in enumerate(files)]
    kinds = np.array([name.split("/")[0] for name in head.answers])
    asked_kinds = sorted(set(kinds) - {NOTHING})
    said = []
    for page, path in zip(pages(load_pipeline(), documents), files, strict=True):
        index, amounts, claims = look(page, reader.lexicon)
        gold = []
        for claim in coded:
            start = page.text.find(claim["quote"])
            if claim["doc"] == path.name[:3]:
                gold.append(
                    ((start, start + len(claim["quote"])) if start >= 0 else (0, 0), claim["kind"], claim["type"])
                )
        missed, typed = _matched(gold, claims)
        tally.gold += len(gold)
        tally.rules += len(claims)
        tally.found += len(gold) - len(missed)
        tally.typed += typed
        fired = {claim.trigger_start for claim in claims}
        words = [word for paragraph in page.paragraphs for word in paragraph.parsed if place(word)[0] in fired]
        taken = taken_by(words)
        body = [paragraph.parsed for paragraph in page.paragraphs if paragraph.role != "heading"]
        asked = [word for group in openers(body) for word in group if not taken_by([word]) & taken]
        if not asked:
            continue
        chances = head(features(index, amounts, asked))
        by_kind = np.stack([chances[:, kinds == kind].sum(axis=1) for kind in asked_kinds], axis=1)
        for at in np.argsort(-by_kind.max(axis=1), kind="stable"):
            kind = asked_kinds[int(by_kind[at].argmax())]
            name = head.answers[int(np.where(kinds == kind, chances[at], -1).argmax())].split("/")[1]
            part = "verb" if asked[at].pos_ == "VERB" else "noun"
            span = quote_span(scope_words(asked[at], None, part), asked[at])
            hits = [item for item in missed if item[1] == kind and _overlap(item[0], span) >= 0.2]
            hit = max(hits, key=lambda item: item[2] == name, default=None)
            if hit is not None and by_kind[at].max() >= FLOORS[0]:
                missed.remove(hit)
            said.append((float(by_kind[at].max()), hit is not None, hit is not None and hit[2] == name))
    return said


def main() -> None:
    with np.load(sys.argv[1]) as held:
        head = Head(held["weights"].astype(np.float32), held["offset"], tuple(str(name) for name in held["answers"]))
    tally = Tally()
    said = [row for folder in sys.argv[2:] for row in run(head, Path(folder), tally)]

    def f1(right: int, more: int) -> float:
        return 2 * right / (tally.gold + tally.rules + more)

    print(
        f"rules alone: found {f1(tally.found, 0):.3f}, typed {f1(tally.typed, 0):.3f} (this scorer is stricter and simpler)"
    )
    for floor in FLOORS:
        above = [row for row in said if row[0] >= floor]
        found, typed = sum(row[1] for row in above), sum(row[2] for row in above)
        print(
            f"from {floor}: {len(above)} more, {found} found, {typed} typed; "
            f"found {f1(tally.found + found, len(above)) - f1(tally.found, 0):+.4f}, "
            f"typed {f1(tally.typed + typed, len(above)) - f1(tally.typed, 0):+.4f}"
        )


if __name__ == "__main__":
    main()
