"""Train the head of :mod:`bench.learn.head` on the sentences of this folder and on the gold of ``bench/own/dev``.

::

    python -m bench.learn.train OUT.npz [--without-dev]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from bench.learn.head import features, listed, openers
from bench.learn.material import material
from tidings.model import DocId, Document
from tidings.read import readers
from tidings.read.claims import find_claims
from tidings.read.english import merged
from tidings.read.mentions import find_mentions
from tidings.read.numbers import find_amounts
from tidings.read.page import Page, pages, place
from tidings.read.pipeline import load_pipeline
from tidings.read.speech import find_attributions
from tidings.read.times import find_times

LISTED = len(listed()[1])
OWN = Path(__file__).resolve().parents[1] / "own"
NOTHING = "nothing"
TOGETHER = 40
"""Sentences in one made-up document, each a paragraph."""
SEED = 1
ROUNDS = 25
BATCH = 256
RATE = 1e-2
RIDGE = 1e-4
VECTOR = 300
WORD, AROUND = 96, 40
"""Main directions kept of a word's own vector and of each vector around it: fewer weights to learn from few sentences."""
WEIGHTS = {"frame": 0.5, "told": 2.0, "nothing": 1.0}
"""How much a word counts by where its sentence comes from: filled frames are many and much alike."""


def look(page: Page, lexicon: Any) -> tuple[Any, list[tuple[int, int]], list[Any]]:
    """Return the mentions, numbers and claims of a page, as the rules read it."""
    index = find_mentions(page, lexicon)
    amounts = find_amounts(page)
    attributions, speakers = find_attributions(page, index)
    index = merged(index, speakers)
    claims = find_claims(page, index, attributions, find_times(page), amounts, lexicon)
    return index, [(item.start, item.end) for item in amounts], list(claims)


def _unlisted(rows: np.ndarray, words: list[Any], fired: set[int]) -> np.ndarray:
    """Return the rows with the lexicon's own word taken away where its entries read the word: as if it were not listed."""
    for at, word in enumerate(words):
        if place(word)[0] in fired:
            rows[at, -LISTED:] = 0.0
    return rows


def raw_document(text: str, number: int) -> Document:
    """Return a text as a document that nobody sent."""
    return Document(id=DocId(f"d{number}"), path=f"{number}.txt", sha256="", text=text)


def sentences(reader: Any) -> tuple[np.ndarray, list[str], list[str]]:
    """Return features, answers and origin of every candidate word of the folder's sentences."""
    held = material()
    texts, spans = [], []
    for start in range(0, len(held), TOGETHER):
        text, marks = "Report of the day.\n\n", []
        for origin, words, told in held[start : start + TOGETHER]:
            at = len(text)
            marks.append((at, at + len(words), origin, {at + a: answer for a, _, answer in told}))
            text += words + "\n\n"
        texts.append(text)
        spans.append(marks)
    rows, answers, origins = [], [], []
    documents = [raw_document(text, number) for number, text in enumerate(texts)]
    for page, marks in zip(pages(load_pipeline(), documents), spans, strict=True):
        index, amounts, claims_read = look(page, reader.lexicon)
        fired = {claim.trigger_start for claim in claims_read}
        kept = []
        for token in (word for group in openers(p.parsed for p in page.paragraphs) for word in group):
            start = place(token)[0]
            mark = next((m for m in marks if m[0] <= start < m[1]), None)
            if mark is None:
                continue
            answer = mark[3].get(start, NOTHING)
            if answer == NOTHING and start in fired and mark[2] != "nothing":
                continue  # the rules read it: nothing is known of it here
            kept.append(token)
            answers.append(answer)
            origins.append(mark[2])
        if kept:
            rows.append(_unlisted(features(index, amounts, kept), kept, fired))
    return np.vstack(rows), answers, origins


def gold(reader: Any, split: str) -> tuple[np.ndarray, list[str]]:
    """Return features and answers of the words of our own coded reports: the top word of each quote, and words outside."""
    folder = OWN / split
    claims = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    rows, answers = [], []
    files = sorted((folder / "reports").glob("*.txt"))
    documents = [raw_document(path.read_text(encoding="utf-8"), number) for number, path in enumerate(files)]
    for page, path in zip(pages(load_pipeline(), documents), files, strict=True):
        index, amounts, claims_read = look(page, reader.lexicon)
        fired = {claim.trigger_start for claim in claims_read}
        told = []
        for claim in claims:
            if claim["doc"] == path.name[:3]:
                start = page.text.find(claim["quote"])
                if start >= 0:
                    told.append((start, start + len(claim["quote"]), f"{claim['kind']}/{claim['type']}"))
        kept = []
        for token in (word for group in openers(p.parsed for p in page.paragraphs) for word in group):
            start = place(token)[0]
            inside = [item for item in told if item[0] <= start < item[1]]
            top = [item for item in inside if token.head == token or not item[0] <= place(token.head)[0] < item[1]]
            if inside and not top:
                continue
            if not inside and start in fired:
                continue
            kept.append(token)
            answers.append(min(top, key=lambda item: item[1] - item[0])[2] if top else NOTHING)
        if kept:
            rows.append(_unlisted(features(index, amounts, kept), kept, fired))
    return np.vstack(rows), answers


def fitted(x: np.ndarray, y: np.ndarray, weight: np.ndarray, answers: int) -> np.ndarray:
    """Return the weights, the offset as their last row, after ``ROUNDS`` passes of Adam over the rows."""
    chance = np.random.default_rng(SEED)
    x = np.hstack([x, np.ones((len(x), 1), np.float32)])
    w = np.zeros((x.shape[1], answers), np.float32)
    mean, spread = np.zeros_like(w), np.zeros_like(w)
    step = 0
    for turn in range(ROUNDS):
        rate = RATE * (1 - turn / ROUNDS)
        order = chance.permutation(len(x))
        for start in range(0, len(order), BATCH):
            step += 1
            rows = order[start : start + BATCH]
            scores = x[rows] @ w
            p = np.exp(scores - scores.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(len(rows)), y[rows]] -= 1
            p *= weight[rows][:, None] / np.float32(len(rows))
            slope = x[rows].T @ p + RIDGE * w
            mean = 0.9 * mean + 0.1 * slope
            spread = 0.999 * spread + 0.001 * slope * slope
            change = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
            w -= (rate * change).astype(np.float32)
    return w


def trained(x: np.ndarray, told: list[str], weight: np.ndarray) -> dict[str, np.ndarray]:
    """Return the regression over the full vectors, learned on their main directions."""
    names = sorted(set(told))
    y = np.array([names.index(answer) for answer in told])
    words = x[:, :VECTOR]
    _, turned = np.linalg.eigh(words.T @ words / len(words))
    main = np.ascontiguousarray(turned[:, ::-1], np.float32)
    rows = [words @ main[:, :WORD]]
    rows += [x[:, VECTOR * at : VECTOR * (at + 1)] @ main[:, :AROUND] for at in range(1, 5)]
    w = fitted(np.hstack([*rows, x[:, 5 * VECTOR :]]).astype(np.float32), y, weight, len(names))
    full = [main[:, :WORD] @ w[:WORD]]
    for at in range(4):
        low = WORD + AROUND * at
        full.append(main[:, :AROUND] @ w[low : low + AROUND])
    weights = np.vstack([*full, w[WORD + 4 * AROUND : -1]])
    return {"answers": np.array(names), "weights": weights.astype(np.float16), "offset": w[-1]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without-dev", action="store_true", help="leave bench/own/dev for the threshold")
    args = parser.parse_args()
    reader = next(reader for reader in readers() if "en" in reader.languages)
    x, told, origins = sentences(reader)
    weight = np.array([WEIGHTS[origin] for origin in origins], np.float32)
    if not args.without_dev:
        more, answers = gold(reader, "dev")
        x, told = np.vstack([x, more]), told + answers
        weight = np.concatenate([weight, np.ones(len(answers), np.float32)])
    print(x.shape, sum(answer != NOTHING for answer in told), "words that tell")
    np.savez(args.out, **trained(x.astype(np.float32), told, weight))
    print(args.out, args.out.stat().st_size, hashlib.sha256(args.out.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
