"""The words of claims and reports: which two share more than chance and common news words allow."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tidings.model import Claim, DocId, Document, Entity
from tidings.text.shingles import containment, shingles, words

__all__ = ["Lexis", "lexis"]

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_KEPT = 16
"""Words kept of a claim, the rarest first; a clause seldom has more that tell anything."""

_STEM = 6
"""Letters by which inflected forms are taken for one word (besieged, besieging)."""

_ENOUGH = 20
"""Telling words that a report needs before its likeness to another says anything."""

_COPY_SIZE = 4
_COPY_WORDS = 8
"""A clause of fewer words is repeated by chance."""


@dataclass(frozen=True, slots=True)
class Lexis:
    """Words by number. ``rows`` holds the rarest words of each claim, ``weight`` how much each word tells in bits."""

    rows: npt.NDArray[np.int32]
    weight: npt.NDArray[np.float64]
    total: npt.NDArray[np.float64]
    reports: Sequence[Mapping[int, float]]
    marks: Sequence[frozenset[int]]
    copy_of: Sequence[int]

    def shared(self, i: Longs, j: Longs) -> Floats:
        """Return the weight of the words that the claims of each pair share, as a part of the lighter claim's."""
        least = np.minimum(self.total[i], self.total[j])
        worded = np.flatnonzero(least > 0)
        left, right = self.rows[i[worded]], self.rows[j[worded]]
        both = np.zeros(len(worded))
        for column in range(_KEPT):
            word = left[:, column]
            found = (right == word[:, None]).any(axis=1) & (word >= 0)
            both += np.where(found, self.weight[word], 0.0)
        part = np.full(len(i), -1.0)
        part[worded] = both / least[worded]
        return part

    def alike(self, a: int, b: int) -> float:
        """Return the cosine of two reports' weighted words; 1.0 where one is known to copy the other."""
        if self.copy_of[a] == b or self.copy_of[b] == a or (self.copy_of[a] == self.copy_of[b] >= 0):
            return 1.0
        one, other = self.reports[a], self.reports[b]
        if not one or not other:
            return -1.0
        small, large = (one, other) if len(one) <= len(other) else (other, one)
        return sum(weight * large[word] for word, weight in small.items() if word in large)

    def copied(self, i: Longs, j: Longs) -> Floats:
        """Return how much of the shorter claim's runs of words lies in the other; 0.0 for clauses too short to tell."""
        long = np.array([len(marks) > _COPY_WORDS - _COPY_SIZE for marks in self.marks], dtype=np.bool_)
        part = np.zeros(len(i))
        for at in np.flatnonzero(long[i] & long[j]) if len(long) else ():
            part[at] = containment(self.marks[i[at]], self.marks[j[at]])
        return part


@cache
def common_words() -> frozenset[str]:
    """Return the stems of words that most reports of any conflict hold, which tell nothing."""
    text = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8")
    lines = (line.split("#")[0] for line in text.splitlines())
    return frozenset(word[:_STEM] for line in lines for word in line.split())


def lexis(documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity]) -> Lexis:
    """Return the words of claims and reports. Names of places and actors are left to their own comparisons."""
    common = common_words()
    named = {word[:_STEM] for one in entities if one.kind in {"place", "actor"} for word in words(one.name)}
    number: dict[str, int] = {}
    telling: list[float] = []

    def code(stem: str) -> int:
        if stem not in number:
            number[stem] = len(number)
            telling.append(_telling(stem))
        return number[stem]

    rows = np.full((len(claims), _KEPT), -1, dtype=np.int32)
    for row, claim in enumerate(claims):
        stems = sorted(
            {token[:_STEM] for token in words(claim.quote)} - common - named, key=lambda s: (-_telling(s), s)
        )
        rows[row, : min(_KEPT, len(stems))] = [code(stem) for stem in stems[:_KEPT]]
    reports = [_report(document, common, code) for document in documents]
    weight = np.array([*telling, 0.0])
    where = {document.id: at for at, document in enumerate(documents)}
    return Lexis(
        rows=rows,
        weight=weight,
        total=weight[rows].sum(axis=1),
        reports=reports,
        marks=[shingles(claim.quote, size=_COPY_SIZE) for claim in claims],
        copy_of=[where.get(DocId(document.copy_of), -1) for document in documents],
    )


def _telling(stem: str) -> float:
    """Return how much a word that is not common tells: figures and longer words are rarer."""
    return 1.5 if stem.isdigit() else min(1.5, 0.6 + 0.15 * len(stem))


def _report(document: Document, common: frozenset[str], code: Callable[[str], int]) -> Mapping[int, float]:
    counts: dict[str, int] = {}
    for token in words(document.text):
        stem = token[:_STEM]
        if len(token) > 1 and stem not in common:
            counts[stem] = counts.get(stem, 0) + 1
    vector = {stem: (1 + math.log(n)) * _telling(stem) for stem, n in counts.items()}
    if len(vector) < _ENOUGH:
        return {}
    norm = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {code(stem): value / norm for stem, value in sorted(vector.items())}
