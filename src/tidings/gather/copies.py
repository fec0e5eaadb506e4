"""Near copies among very many reports: found by rare runs of words that they share, proven by all runs of both.

A quarter of all shingles, chosen by the shingle alone, is laid out and sorted; reports that share several are compared in
full. The proof is the one of :mod:`tidings.text.shingles`: the part of the shorter report's shingles that the longer one
holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np

from tidings.gather.marks import Marks, marks
from tidings.model import Document
from tidings.text.shingles import COPY, ENOUGH, FEWEST, SAMPLE, Copy

__all__ = ["mark_copies", "near_copies"]

PIECE = 2_000_000
"""Letters that are turned into shingles at once."""
MOST_HOLDERS = 100
"""A shingle that more reports hold is furniture or a flood of copies: each is then compared with the first alone."""
MOST_PAIRS = 60_000_000
"""Shared shingles that are written out pair by pair; where there would be more, the most common are held to be furniture."""
LEAST_SHARED = 0.2
"""The part of the shorter report's sampled shingles that two must share to be compared in full. Copies share half of all;
among twelve sampled, fewer than two and a half of them are shared by chance once in fifty."""
LEAST_RARE = 0.2
"""The part of a report's sampled shingles that is taken to be rare at the least: a form filled in by ten thousand offices has
few rare ones, and one of them shared by chance is no sign of a copy."""
THREADS = 2


def near_copies(texts: Sequence[tuple[str, str]], *, least: float = COPY) -> list[Copy]:
    """Return pairs of texts of which one holds at least ``least`` of the other's shingles.

    Args:
        texts: Ids and texts; the order does not matter.
        least: The containment from which two texts count as copies, 0..1.

    Returns:
        Pairs in the order of their ids, the smaller id first, each with its containment.
    """
    items = sorted(texts)
    held, where = _sampled([text for _, text in items])
    pairs = _candidates(held, where, len(items))
    proven = _proven(items, pairs, least)
    return sorted((items[a][0], items[b][0], part) for a, b, part in proven)


def mark_copies(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return the documents, each near copy with the id of the first that it copies in ``copy_of``.

    The first is the one published first, then the one of the smallest id. A known day is nobody's copy.
    """
    documents = tuple(documents)
    by_id = {str(one.id): one for one in documents}
    found = near_copies([(str(one.id), one.text) for one in documents if not one.known])

    def rank(one: str) -> tuple[str, str]:
        earliest = by_id[one].published.earliest
        return (earliest.isoformat() if earliest else "9999", one)

    # A copy of a copy is a copy of the first: every group of pairs that hang together has one first.
    top: dict[str, str] = {}

    def first(one: str) -> str:
        while top.get(one, one) != one:
            one = top[one]
        return one

    for a, b, _ in sorted(found):
        one, other = sorted((first(a), first(b)), key=rank)
        if one != other:
            top[other] = one
    return tuple(replace(one, copy_of=first(one.id)) if first(one.id) != one.id else one for one in documents)


def _pieces(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield runs of texts of a few megabytes, each with the place of its first."""
    start = size = 0
    for place, text in enumerate(texts):
        if size and size + len(text) > PIECE:
            yield start, texts[start:place]
            start, size = place, 0
        size += len(text)
    if start < len(texts):
        yield start, texts[start:]


def _sampled(texts: Sequence[str]) -> Marks:
    """Return the sampled shingles of all texts, each once a text, with the places of their texts."""

    def of(piece: tuple[int, Sequence[str]]) -> Marks:
        found, where = marks(piece[1])
        chosen = found % np.uint64(SAMPLE) == 0
        found, where = found[chosen], where[chosen]
        order = np.lexsort((found, where))
        found, where = found[order], where[order]
        again = np.zeros(len(found), dtype=bool)
        again[1:] = (found[1:] == found[:-1]) & (where[1:] == where[:-1])
        return found[~again], where[~again] + piece[0]

    marks([])  # the tables are made before threads share them
    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(of, _pieces(texts)))
    if not parts:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _candidates(held: Any, where: Any, number: int) -> list[tuple[int, int]]:
    """Return the pairs of texts that share enough sampled shingles to be compared in full."""
    samples = np.bincount(where, minlength=number)
    # A stable sort keeps the holders of a shingle in the order of their places.
    order = np.argsort(held, kind="stable")
    held, where = held[order], where[order]
    begins = (
        np.flatnonzero(np.concatenate([[True], held[1:] != held[:-1]])) if len(held) else np.zeros(0, dtype=np.int64)
    )
    sizes = np.diff(np.concatenate([begins, [len(held)]]))
    shared = sizes > 1
    begins, sizes = begins[shared], sizes[shared]
    common = sizes > _limit(sizes)
    pairs = _paired(where, begins[~common], sizes[~common], number)
    # Of two copies the rare shingles are shared as the common ones are: each is measured by the report that holds fewer.
    inside = _inside(begins[common], sizes[common])
    rare = samples - np.bincount(where[inside], minlength=number)
    found = _enough(pairs, np.maximum(rare, samples * LEAST_RARE), number)
    firsts = np.repeat(where[begins[common]], sizes[common])
    others = where[inside]
    found.update(_enough([firsts[firsts != others] * number + others[firsts != others]], samples, number))
    return sorted(found)


def _inside(begins: Any, sizes: Any) -> Any:
    """Return the places of all members of some runs, given where the runs begin and how long they are."""
    before = np.concatenate([[0], np.cumsum(sizes)])
    return np.arange(before[-1]) + np.repeat(begins - before[:-1], sizes)


def _paired(where: Any, begins: Any, sizes: Any, number: int) -> list[Any]:
    """Return a key for each pair of texts and each rare shingle that both hold."""
    keys = []
    for size in np.unique(sizes).tolist():
        group = where[begins[sizes == size][:, None] + np.arange(size)]
        for a in range(size - 1):
            keys += [group[:, a] * number + group[:, b] for b in range(a + 1, size)]
    return keys


def _enough(keys: list[Any], samples: Any, number: int) -> set[tuple[int, int]]:
    """Return the pairs that share a fifth of what the one with fewer holds."""
    if not keys:
        return set()
    pairs, times = np.unique(np.concatenate(keys), return_counts=True)
    a, b = pairs // number, pairs % number
    enough = times >= LEAST_SHARED * np.minimum(samples[a], samples[b])
    return set(zip(a[enough].tolist(), b[enough].tolist(), strict=True))


def _limit(sizes: Any) -> int:
    """Return how many reports may hold a shingle for all of them to be paired."""
    counts = np.bincount(sizes[sizes <= MOST_HOLDERS], minlength=MOST_HOLDERS + 1)
    every = np.arange(MOST_HOLDERS + 1)
    total = np.cumsum(counts * every * (every - 1) // 2)
    return int(np.searchsorted(total, MOST_PAIRS, side="right")) - 1


def _proven(
    items: Sequence[tuple[str, str]], pairs: Sequence[tuple[int, int]], least: float
) -> Iterator[tuple[int, int, float]]:
    """Yield the candidates that are copies, with their containment, from all shingles of both."""
    block = 20_000
    for start in range(0, len(pairs), block):
        some = pairs[start : start + block]
        needed = sorted({place for pair in some for place in pair})
        sets = _sets([items[place][1] for place in needed])
        at = {place: number for number, place in enumerate(needed)}
        for a, b in some:
            one, other = sets[at[a]], sets[at[b]]
            one, other = (one, other) if len(one) <= len(other) else (other, one)
            shorter = len(one)
            if shorter < FEWEST:
                continue
            spots = np.minimum(np.searchsorted(other, one), len(other) - 1)
            both = int(np.count_nonzero(other[spots] == one))
            equal = both == len(one) == len(other)
            if (equal or shorter >= ENOUGH) and both >= least * shorter:
                yield a, b, round(both / shorter, 4)


def _sets(texts: Sequence[str]) -> list[Any]:
    """Return all shingles of each text, each once, sorted."""
    sets: list[Any] = []
    for _, piece in _pieces(texts):
        found, where = marks(piece)
        ends = np.cumsum(np.bincount(where, minlength=len(piece)))
        sets += [np.unique(part) for part in np.split(found, ends[:-1])]
    return sets
