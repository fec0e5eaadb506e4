"""The sentences of this folder as words with their answers, and the coded reports of ``bench/own`` in the same form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tidings.model import KINDS

__all__ = ["SPLITS", "Sentence", "coded", "marked", "written"]

HERE = Path(__file__).parent
OWN = HERE.parent / "own"
SPLITS = ("dev", "opened", "aside")
"""Own reports that the rules were tuned on too; what is set aside is never learned from."""
PARTS = frozenset({"VERB", "NOUN", "ADJ", "AUX", "PROPN"})
_MARK = re.compile(r"\[([^\[\]|]+)\|([a-z_/, ]+)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with the answer of each: a kind and type, "" for a word that tells nothing, None where nothing is known."""

    words: tuple[str, ...]
    answers: tuple[str | None, ...]
    source: str


def marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a line without its marks, and start, end and answer of each marked word; the first answer where it has two.

    Raises:
        ValueError: A mark names a kind and type that the coding guide does not know.
    """
    text, marks, position = "", [], 0
    for found in _MARK.finditer(line):
        text += line[position : found.start()]
        answer = found.group(2).split(",")[0].strip()
        kind, _, name = answer.partition("/")
        if name not in KINDS.get(kind, ()):
            message = f"{answer!r} is no kind and type: {line}"
            raise ValueError(message)
        marks.append((len(text), len(text) + len(found.group(1)), answer))
        text += found.group(1)
        position = found.end()
    return text + line[position:], marks


def lines() -> Iterator[str]:
    """Yield the lines of ``lines/*.txt``, in order, without comments."""
    for path in sorted((HERE / "lines").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def written() -> Iterator[Sentence]:
    """Yield the sentences written for this folder."""
    from tidings.read.pipeline import load_pipeline

    held = [marked(line) for line in lines()]
    docs = load_pipeline().pipe([text for text, _ in held], disable=["lemmatizer", "ner", "attribute_ruler"])
    for (_, marks), doc in zip(held, docs, strict=True):
        answers: list[str | None] = [""] * len(doc)
        for start, end, answer in marks:
            at = next((token.i for token in doc if token.idx < end and token.idx + len(token) > start), None)
            if at is not None:
                answers[at] = answer
        yield Sentence(tuple(token.text for token in doc), tuple(answers), "written")


def coded() -> Iterator[Sentence]:
    """Yield the sentences of our own coded reports: the top word of each quote has its answer, the rest of it is not known."""
    from tidings.read.pipeline import load_pipeline

    nlp = load_pipeline()
    for split in SPLITS:
        folder = OWN / split
        claims = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
        for path in sorted((folder / "reports").glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            told = [
                (text.find(claim["quote"]), len(claim["quote"]), f"{claim['kind']}/{claim['type']}")
                for claim in claims
                if claim["doc"] == path.name[:3] and claim["quote"] in text
            ]
            for paragraph in re.finditer(r"(?:[^\n]|\n(?!\n))+", text):
                for sent in nlp(paragraph.group(0)).sents:
                    yield _coded(sent, paragraph.start(), [(start, start + size, name) for start, size, name in told])


def _coded(sent: object, offset: int, told: list[tuple[int, int, str]]) -> Sentence:
    words, answers = [], []
    for token in sent:  # type: ignore[attr-defined]
        at, head = offset + token.idx, offset + token.head.idx
        inside = [item for item in told if item[0] <= at < item[1]]
        top = [item for item in inside if token.head == token or not item[0] <= head < item[1]]
        answer: str | None = ""
        if inside:
            first = min(top, key=lambda item: item[1] - item[0])[2] if top else None
            answer = first if token.pos_ in PARTS else None
        words.append(token.text)
        answers.append(answer)
    return Sentence(tuple(words), tuple(answers), "coded")
