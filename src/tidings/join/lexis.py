"""The words of claims and reports: which two share more than chance and common news words allow."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tidings.join.rarity import stepped
from tidings.model import Claim, DocId, Document, Entity
from tidings.text.shingles import containment, shingles, words

__all__ = ["ALIKE", "Lexis", "lexis"]

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

ALIKE = 0.2
"""Likeness from which all claims of two reports are compared, whatever places and days they give."""

_REMEMBERED = 200_000
"""Clauses whose words are remembered: each build asks for them twice, and a record that grows again and again."""

_KEPT = 16
"""Words kept of a claim, the rarest first; a clause seldom has more that tell anything."""

_STEM = 6
"""Letters by which inflected forms are taken for one word (besieged, besieging)."""

_ENOUGH = 14
"""Telling words that a report needs before its likeness to another says anything."""

_KEYWORDS = 24
"""Words of a report, the most telling first, by which alike reports are looked for."""

_MOST_HOLDERS = 60
"""A keyword of more reports than this is no longer telling."""

_MANY = 25
"""A report of more claims tells of many things."""

_MOST_BITS = 4.0
"""A rare word seldom stands alone: "front" brings "opening", so no word tells more than this."""

_TRUST = 60
"""Claims, or reports, that a small record is taken to be a part of, so that its words are not all common."""

_COPY_SIZE = 4
_COPY_WORDS = 8
"""A clause of fewer words is repeated by chance."""
_SAME_WORDS = 6
"""A clause of fewer words than this is the same as another by chance."""


@dataclass(frozen=True, slots=True)
class Lexis:
    """Words by number.

    ``rows`` holds the rarest words of each claim, ``weight`` how many bits a claim gives away by each word, and
    ``total`` the sum for each claim. ``stems`` are the words themselves. ``reports`` holds each report's words as a vector of
    length one, ``alikes`` the pairs of reports that are alike by :data:`ALIKE` at least.
    """

    stems: Sequence[str]

    rows: npt.NDArray[np.int32]
    weight: npt.NDArray[np.float64]
    total: npt.NDArray[np.float64]
    reports: Sequence[Mapping[str, float]]
    marks: Sequence[frozenset[int]]
    copy_of: Sequence[int]
    alikes: Sequence[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alikes", self._likenesses(least=ALIKE))

    def shared(self, i: Longs, j: Longs) -> Floats:
        """Return the bits of the words that the claims of each pair share; -1 where one has no telling word."""
        worded = np.flatnonzero((self.total[i] > 0) & (self.total[j] > 0))
        left, right = self.rows[i[worded]], self.rows[j[worded]]
        both = np.zeros(len(worded))
        for column in range(_KEPT):
            word = left[:, column]
            found = (right == word[:, None]).any(axis=1) & (word >= 0)
            both += np.where(found, self.weight[word], 0.0)
        part = np.full(len(i), -1.0)
        part[worded] = both
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

    def _likenesses(self, *, least: float) -> list[tuple[int, int]]:
        """Return the pairs of reports that are alike by at least ``least``, in order.

        Only rare words bring two reports together to be looked at, which two alike reports always share.
        """
        holders: dict[str, list[int]] = {}
        for at, vector in enumerate(self.reports):
            for word in sorted(vector, key=lambda word: (-vector[word], word))[:_KEYWORDS]:
                holders.setdefault(word, []).append(at)
        pairs = {pair for held in holders.values() if len(held) <= _MOST_HOLDERS for pair in combinations(held, 2)}
        return sorted(pair for pair in pairs if self.alike(*pair) >= least)

    def copied(self, i: Longs, j: Longs) -> Floats:
        """Return how much of the shorter claim's runs of words lies in the other; 0.0 for clauses too short to tell.

        A clause of six or seven words tells only where the other is the same to the letter.
        """
        runs = np.array([len(marks) for marks in self.marks], dtype=np.int64)
        long, short = runs > _COPY_WORDS - _COPY_SIZE, runs > _SAME_WORDS - _COPY_SIZE
        part = np.zeros(len(i))
        for at in np.flatnonzero(long[i] & long[j]) if len(long) else ():
            part[at] = containment(self.marks[i[at]], self.marks[j[at]])
        for at in np.flatnonzero(short[i] & short[j] & (runs[i] == runs[j])) if len(short) else ():
            part[at] = max(part[at], float(self.marks[i[at]] == self.marks[j[at]]))
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
    stems = [sorted(_stems(claim.quote) - common - named) for claim in claims]
    held = Counter(stem for row in stems for stem in row)
    bits = _given_away(held, len(claims))
    bits = {stem: min(_MOST_BITS, value) for stem, value in bits.items()}
    number = {stem: at for at, stem in enumerate(sorted(held))}
    rows = np.full((len(claims), _KEPT), -1, dtype=np.int32)
    for row, own in enumerate(stems):
        rarest = sorted(own, key=lambda stem: (-bits[stem], stem))[:_KEPT]
        rows[row, : len(rarest)] = [number[stem] for stem in rarest]
    weight = np.array([*(bits[stem] for stem in sorted(held)), 0.0])
    where = {document.id: at for at, document in enumerate(documents)}
    return Lexis(
        stems=sorted(held),
        rows=rows,
        weight=weight,
        total=weight[rows].sum(axis=1),
        reports=_reports(documents, Counter(claim.document for claim in claims), common),
        marks=[_marks(claim.quote) for claim in claims],
        copy_of=[where.get(DocId(document.copy_of), -1) for document in documents],
    )


def _reports(
    documents: Sequence[Document], claims: Mapping[DocId, int], common: frozenset[str]
) -> list[Mapping[str, float]]:
    """Return each report's rarer words as a vector of length one.

    It is empty where it would tell nothing: in a report of few words, and in one that tells of many things, whose words
    are those of the whole conflict.
    """
    counts = [_counts(one, common) if claims.get(one.id, 0) <= _MANY else {} for one in documents]
    held = Counter(stem for row in counts for stem in row)
    bits = _given_away(held, len(documents))
    vectors: list[Mapping[str, float]] = []
    for row in counts:
        vector = {stem: (1 + math.log(n)) * bits[stem] for stem, n in row.items()}
        norm = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({stem: value / norm for stem, value in sorted(vector.items())})
    return vectors


@lru_cache(maxsize=_REMEMBERED)
def _stems(quote: str) -> frozenset[str]:
    return frozenset(token[:_STEM] for token in words(quote))


@lru_cache(maxsize=_REMEMBERED)
def _marks(quote: str) -> frozenset[int]:
    return shingles(quote, size=_COPY_SIZE)


def _given_away(held: Mapping[str, int], n: int) -> dict[str, float]:
    """Return how many bits each stem gives away that so many of ``n`` hold, with counts in steps."""
    stems = list(held)
    counts = stepped(np.array([held[stem] for stem in stems], dtype=np.int64))
    bits = np.log2((float(stepped(n)) + _TRUST) / (counts + 1))
    return dict(zip(stems, bits.tolist(), strict=True))


def _counts(document: Document, common: frozenset[str]) -> dict[str, int]:
    counts = Counter(token[:_STEM] for token in words(document.text) if len(token) > 1 and token[:_STEM] not in common)
    return dict(counts) if len(counts) >= _ENOUGH else {}
