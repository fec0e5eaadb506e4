"""Word shingles: which texts copy which, whole or cut, with words changed or paragraphs moved.

A shingle is a run of words. *Containment*, the part of the smaller set that lies in the larger one, finds a piece
that was cut out of a longer one; likeness in both directions (Jaccard) does not. See Broder, "On the resemblance
and containment of documents" (1997).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

__all__ = [
    "COPY",
    "ENOUGH",
    "FEWEST",
    "SAMPLE",
    "SIZE",
    "Copy",
    "containment",
    "copies",
    "sampled",
    "shingles",
    "words",
]

SIZE = 5
"""Words in a shingle of whole reports. Five words in a row are seldom shared by chance in news prose."""

SAMPLE = 4
"""One shingle in this many goes into the index of :func:`copies`. A report of 100 words keeps some 24 of its 96."""

COPY = 0.5
"""Two reports share this part of the shorter one's shingles when one copies the other. With 12 % of words changed,
five-word shingles keep about (0.88)^5 = 0.53 of themselves; independent reports of one event stay under 0.1."""

ENOUGH = 12
"""Shingles that the shorter text needs; two shorter notes share as much by chance, and copy each other only when equal."""

FEWEST = 4
"""Shingles that equal texts need: two notes of a few words are equal by chance."""

_MOST_HOLDERS = 100
"""A shingle that more reports hold than this is furniture (a motto, a form) or a flood of copies: each of its holders is
then compared with the first one alone."""

_WORD = re.compile(r"\w+", re.UNICODE)

Copy = tuple[str, str, float]
"""The ids of two texts, the smaller first, and their containment."""


def words(text: str) -> list[str]:
    """Return the words of a text, folded: no case, no accents, letters and digits only."""
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return _WORD.findall(bare)


def shingles(text: str, *, size: int = SIZE) -> frozenset[int]:
    """Return the 64-bit hashes of all runs of ``size`` words; a shorter text is one shingle of its own."""
    tokens = words(text)
    if not tokens:
        return frozenset()
    runs = max(1, len(tokens) - size + 1)
    return frozenset(_hash(" ".join(tokens[at : at + size])) for at in range(runs))


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the part of the smaller set that lies in the larger one, 0.0 when either is empty."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return len(small & large) / len(small) if small else 0.0


def sampled(marks: frozenset[int], *, every: int = SAMPLE) -> list[int]:
    """Return the shingles that stand for all: those divisible by ``every``, or the least one when none is.

    The choice depends on the shingle alone, so the same words are kept or left in every text.
    """
    kept = sorted(mark for mark in marks if mark % every == 0)
    return kept or ([min(marks)] if marks else [])


def copies(
    texts: Mapping[str, str] | Sequence[tuple[str, str]], *, least: float = COPY, size: int = SIZE
) -> list[Copy]:
    """Return all pairs of texts of which one holds at least ``least`` of the other's shingles.

    Args:
        texts: Ids and texts.
        least: The containment from which two texts count as copies, 0..1.
        size: Words in a shingle.

    Returns:
        Pairs in the order of their ids, the smaller id first, each with its containment.
    """
    items = sorted(texts.items() if isinstance(texts, Mapping) else texts)
    sets = {key: shingles(text, size=size) for key, text in items}
    holders: dict[int, list[str]] = {}
    for key, _ in items:
        for mark in sampled(sets[key]):
            holders.setdefault(mark, []).append(key)
    candidates: set[tuple[str, str]] = set()
    for keys in holders.values():
        candidates.update(combinations(keys, 2) if len(keys) <= _MOST_HOLDERS else ((keys[0], key) for key in keys[1:]))
    told = [
        (a, b)
        for a, b in sorted(candidates)
        if min(len(sets[a]), len(sets[b])) >= (FEWEST if sets[a] == sets[b] else ENOUGH)
    ]
    found = ((a, b, containment(sets[a], sets[b])) for a, b in told)
    return [(a, b, round(part, 4)) for a, b, part in found if part >= least]


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big")
