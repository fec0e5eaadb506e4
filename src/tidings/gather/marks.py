"""The shingles of very many texts at once, as arrays: runs of five words, folded, each as a 64-bit number.

It gives the same runs of words as :mod:`tidings.text.shingles`, and other numbers for them; a million reports of 150 words take
about half a minute on one core. A word's number is a polynomial in its letters, taken for all words at once from running sums
(Karp and Rabin, "Efficient randomized pattern-matching algorithms", 1987), then mixed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidings.text.shingles import SIZE

__all__ = ["Marks", "marks"]

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Marks = tuple[Numbers, Places]
"""The shingles of some texts, and for each the place of its text among them; a text of fewer than five words has none."""

_UNKNOWN, _SKIP = 0xFFFFFFFF, 0xFFFFFFFE
_BASE = 0x9E3779B97F4A7C15
"""An odd number, so that it has an inverse among 64-bit numbers: the golden ratio, as in Knuth's multiplicative hashing."""
_INVERSE = pow(_BASE, -1, 2**64)
_STEPS = tuple(pow(0xD1342543DE82EF95, number, 2**64) for number in range(1, SIZE + 1))
# For each code point: 0 parts words, _SKIP is no letter of its own (an accent), else a number for the folded letter.
_letters = np.full(0x110000, _UNKNOWN, dtype=np.uint32)


def _learn(points: NDArray[np.uint32]) -> None:
    for point in np.unique(points):
        _letters[point] = _letter(chr(int(point)))


def _letter(char: str) -> int:
    if unicodedata.combining(char):
        return _SKIP
    bare = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)).casefold()
    if not any(part.isalnum() or part == "_" for part in bare):
        return 0
    if len(bare) == 1:
        return ord(bare)
    return 0x200000 + int.from_bytes(blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=3).digest(), "big")


def _mixed(numbers: Numbers) -> Numbers:
    """Return numbers in which every bit depends on every bit before (splitmix64, Steele and others, 2014)."""
    numbers = numbers ^ (numbers >> np.uint64(30))
    numbers = numbers * np.uint64(0xBF58476D1CE4E5B9)
    numbers = numbers ^ (numbers >> np.uint64(27))
    numbers = numbers * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _powers(base: int, number: int) -> Numbers:
    """Return base to the 0, 1, 2 … modulo 2 to the 64."""
    powers: Numbers = np.full(number, base, dtype=np.uint64)
    powers[:1] = 1
    return np.multiply.accumulate(powers)


_held: dict[str, Numbers] = {}


def _table(name: str, base: int, number: int) -> Numbers:
    if name not in _held or len(_held[name]) < number:
        _held[name] = _powers(base, max(number, 1 << 20))
    return _held[name][:number]


def marks(texts: Sequence[str]) -> Marks:
    """Return the shingles of some texts, in the order of the texts and of their words.

    Args:
        texts: A few megabytes of texts at most; memory of about 60 bytes a letter is used meanwhile.
    """
    whole = "\n".join(texts)
    points: Any = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = _letters[points]
    if (letters == _UNKNOWN).any():
        _learn(points[letters == _UNKNOWN])
        letters = _letters[points]
    # Where each text begins among the letters that are left once accents are gone.
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(texts) else np.zeros(0, dtype=np.int64)
    kept = letters != _SKIP
    if not kept.all():
        before = np.concatenate([[0], np.cumsum(kept)])
        starts = before[np.minimum(starts, len(kept))]
        letters = letters[kept]
    inside = letters != 0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    opens, closes = edges[::2], edges[1::2]
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters.astype(np.uint64) * _table("up", _BASE, len(letters)), out=sums[1:])
    words = _mixed((sums[closes] - sums[opens]) * _table("down", _INVERSE, len(letters) + 1)[opens])
    many = np.diff(np.concatenate([np.searchsorted(opens, starts), [len(opens)]]))
    text_of = np.repeat(np.arange(len(texts)), many)
    runs = len(words) - SIZE + 1
    if runs <= 0:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    made = np.zeros(runs, dtype=np.uint64)
    for place, step in enumerate(_STEPS):
        made += words[place : place + runs] * np.uint64(step)
    one_text = text_of[:runs] == text_of[SIZE - 1 :]
    return _mixed(made[one_text]), text_of[:runs][one_text]
