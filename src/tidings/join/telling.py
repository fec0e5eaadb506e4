"""How two claims are told: in which reports, by which sources, in which words.

Each function is a comparison over many pairs at once; its docstring is what a reviewer reads, its levels stand in
``weights.toml``, their sentences in ``sentences.py``.
"""

from __future__ import annotations

import numpy as np

from tidings.join.arrays import Levels, Longs, can_be_one, meet, pick, within
from tidings.join.traits import Traits

__all__ = [
    "COPIED",
    "DOCUMENT",
    "KNOWN",
    "REPORTS",
    "SHARES",
    "SOURCE",
    "WHOLE",
    "copied",
    "document",
    "known",
    "reports",
    "source",
    "whole",
    "wording",
]

DOCUMENT = tuple("other_report same_words headline same_report listed_apart".split())


def document(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether one report tells both, and then as one thing repeated, as a title and what it sums up, or as two things listed."""
    found = np.full(len(i), DOCUMENT.index("other_report"), dtype=np.int8)
    at = np.flatnonzero(t.doc[i] == t.doc[j])
    i, j = i[at], j[at]
    inside = (t.start[i] <= t.start[j]) & (t.end[j] <= t.end[i]) | (t.start[j] <= t.start[i]) & (t.end[i] <= t.end[j])
    gap = np.maximum(t.start[i], t.start[j]) - np.minimum(t.end[i], t.end[j])
    alike = t.kind[i] == t.kind[j]
    blank = (t.done[i, 0] < 0) | (t.done[j, 0] < 0)
    other_target = ~blank & ~meet(t.done[i], t.done[j])
    nowhere = (t.places[i, 0] < 0) | (t.places[j, 0] < 0)
    other_place = ~nowhere & ~meet(t.places[i], t.places[j]) & ~within(t, i, j)
    counted = (np.maximum(t.low[i], t.high[i]) >= 0) & (np.maximum(t.low[j], t.high[j]) >= 0)
    other_number = counted & (t.measure[i] == t.measure[j]) & ~can_be_one(t, i, j)
    close = gap <= _ONE_LIST
    listed = alike & (other_place | (close & other_target & counted) | (close & other_number))
    headline = (
        (t.title[i] != t.title[j]) & (t.kind[i] == t.kind[j]) & (t.measure[i] == t.measure[j]) & can_be_one(t, i, j)
    )
    found[at] = pick(DOCUMENT, "same_report", (listed, "listed_apart"), (inside, "same_words"), (headline, "headline"))
    return found


_ONE_LIST = 150
"""Characters between two items of one list: about a sentence."""


KNOWN = tuple("known report".split())


def known(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether one of the two is a known day, which an analyst gives so that reports are matched to it."""
    return pick(KNOWN, "report", (t.known[i] != t.known[j], "known"))


WHOLE = tuple("alike part".split())


def whole(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether both tell of an episode as a whole, or both of something within it."""
    return pick(WHOLE, "alike", (t.whole[i] != t.whole[j], "part"))


SOURCE = tuple("same_source cites other".split())


def source(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether both name one source, or one names the other's publisher."""
    one, other = t.source[i], t.source[j]
    cites = ((one >= 0) & (one == t.publisher[j])) | ((other >= 0) & (other == t.publisher[i]))
    return pick(SOURCE, "other", ((one >= 0) & (one == other), "same_source"), (cites, "cites"))


SHARES = tuple("most many some few none unknown".split())


def wording(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the two claims share words that few reports of any conflict hold."""
    both = t.lexis.shared(i, j)
    return pick(
        SHARES, "none",
        (both < 0, "unknown"),
        (both >= 14, "most"),
        (both >= 9, "many"),
        (both >= 5, "some"),
        (both > 0, "few"),
    )  # fmt: skip


REPORTS = tuple("copy most many some few none one_report unknown".split())


def reports(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the two reports as a whole share their rarer words, where neither tells of many things."""
    size = np.int64(max(1, len(t.lexis.reports)))
    worded = np.array([bool(words) for words in t.lexis.reports] + [False])
    asked = np.flatnonzero(worded[t.doc[i]] & worded[t.doc[j]] & (t.doc[i] != t.doc[j]))
    unique, back = np.unique(t.doc[i[asked]].astype(np.int64) * size + t.doc[j[asked]], return_inverse=True)
    cosine = np.array([t.lexis.alike(int(one // size), int(one % size)) for one in unique])
    part = np.full(len(i), -1.0)
    part[asked] = cosine[back] if len(unique) else 0.0
    return pick(
        REPORTS, "none",
        (t.doc[i] == t.doc[j], "one_report"),
        (part < 0, "unknown"),
        (part >= 0.9, "copy"),
        (part >= 0.45, "most"),
        (part >= 0.3, "many"),
        (part >= 0.2, "some"),
        (part >= 0.12, "few"),
    )  # fmt: skip


COPIED = tuple("copied not_copied".split())


def copied(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether one claim repeats the other's words in their order."""
    return pick(COPIED, "not_copied", (t.lexis.copied(i, j) >= _COPIED, "copied"))


_COPIED = 0.6
"""The part of the shorter clause's runs of four words that the other must hold."""
