"""The comparisons: what of two claims agrees, in levels that the weights turn into bits and sentences.

Each comparison is a function over many pairs at once that returns a level for each; its docstring is what a reviewer
reads. ``COMPARISONS`` lists them all. A new idea is a new function, its levels in ``weights.toml`` and its sentences in
``sentences.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tidings.join.rarity import (
    capped,
    claims_of_agents,
    claims_of_days,
    claims_of_places,
    claims_of_targets,
    claims_of_types,
)
from tidings.join.traits import NEVER, NOWHERE, Traits
from tidings.join.weights import TYPE_LEVELS, Weights, kinship, load_weights, type_codes

__all__ = ["COMPARISONS", "Comparer", "levels_of"]

Longs = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Comparer:
    """One comparison: its name (a table of ``weights.toml``), its levels in order, and the function.

    ``cheap`` ones look at arrays alone and run on every candidate pair; the others on pairs still in reach. ``common``
    says how many claims of the record hold what a pair agrees on, where that lowers what agreement is worth.
    """

    name: str
    levels: tuple[str, ...]
    run: Callable[[Traits, Longs, Longs], Levels]
    cheap: bool = True
    common: Callable[[Traits, Longs, Longs], Floats] | None = None

    def doc(self) -> str:
        """Return the sentence that explains the comparison.

        Raises:
            TypeError: The function has no docstring.
        """
        if not self.run.__doc__:
            msg = f"the comparison {self.name} has no docstring"
            raise TypeError(msg)
        return self.run.__doc__.strip().split("\n\n")[0]

    def bits(self, t: Traits, weights: Weights, i: Longs, j: Longs, levels: Levels) -> Floats:
        """Return the bits of pairs whose levels are known, lowered where the record shows the finding to be common."""
        bits = np.array([weights.bits(self.name, level) for level in self.levels])[levels]
        return bits if self.common is None else capped(bits, self.common(t, i, j), len(t.claims))


def _pick(names: tuple[str, ...], fallback: str, *rules: tuple[npt.NDArray[np.bool_], str]) -> Levels:
    """Return for each pair the level of the first rule that holds."""
    number = {name: at for at, name in enumerate(names)}
    return np.select([rule for rule, _ in rules], [number[name] for _, name in rules], number[fallback]).astype(np.int8)


def _metres(t: Traits, a: Longs, b: Longs) -> Floats:
    """Metres between the edges of two places, 0 where they touch; :data:`NOWHERE` without coordinates."""
    lat1, lat2 = np.radians(t.lat[a]), np.radians(t.lat[b])
    dlon = np.radians(t.lon[b] - t.lon[a])
    with np.errstate(invalid="ignore"):
        h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(dlon / 2) ** 2
        apart = 2 * 6_371_008.8 * np.arcsin(np.sqrt(np.clip(h, 0, 1)))
        gap = np.maximum(0.0, apart - t.radius[a] - t.radius[b])
    return np.where(np.isnan(gap), NOWHERE, gap)


PLACE = tuple(
    "same_fine same_town same_district same_province same_country inside_town inside_district inside_province "
    "inside_country siblings near nearby within_reach beyond_reach apart far unknown".split()
)


def place(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the two claims name one place, one inside the other, or places nearer than reports confuse."""
    limits = load_weights().settings["place_limits"]
    best = np.full(len(i), len(PLACE) - 1, dtype=np.int8)
    names = PLACE
    for left in range(t.places.shape[1]):
        for right in range(t.places.shape[1]):
            a, b = t.places[i, left].astype(np.int64), t.places[j, right].astype(np.int64)
            both = (a >= 0) & (b >= 0)
            if not both.any():
                continue
            at = np.flatnonzero(both)
            a, b = a[at], b[at]
            rules: list[tuple[npt.NDArray[np.bool_], str]] = []
            same = a == b
            for size, name in enumerate(names[:5]):
                rules.append((same & (t.size[a] == size), name))
            inside = (t.above[a] == b[:, None]).any(axis=1) | (t.above[b] == a[:, None]).any(axis=1)
            outer = np.maximum(t.size[a], t.size[b])
            for size, name in ((1, names[5]), (2, names[6]), (3, names[7]), (4, names[8])):
                rules.append((inside & (outer <= size), name))
            parent = t.above[a, 0].astype(np.int64)
            siblings = (parent >= 0) & (parent == t.above[b, 0]) & (t.size[parent] <= 1) & (outer == 0)
            gap = _metres(t, a, b)
            nowhere = gap >= NOWHERE
            rules += [
                (siblings, "siblings"),
                (nowhere, "unknown"),
                ((gap <= limits["near_m"]) & (outer >= 3), "inside_province"),
                (gap <= limits["near_m"], "near"),
                (gap <= limits["nearby_m"], "nearby"),
                (gap <= limits["reach_m"], "within_reach"),
                (gap <= limits["beyond_m"], "beyond_reach"),
                (gap <= limits["far_m"], "apart"),
            ]
            level = _pick(names, "far", *rules)
            best[at] = np.where(best[at] == len(PLACE) - 1, level, np.minimum(best[at], level))
    return best


DAYS = tuple("same_day few_days week month long open off_by_one off_by_few apart unknown".split())


def days(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the days that the two claims allow can be one day, and how much chance there is in that."""
    first, last = np.maximum(t.first[i], t.first[j]), np.minimum(t.last[i], t.last[j])
    begin, end = np.minimum(t.first[i], t.first[j]), np.maximum(t.last[i], t.last[j])
    gap = first - last
    # Chance agreement grows with both widths: two intervals meet by luck as often as l1 + l2 - 1 days would.
    open_end = (begin <= -NEVER) | (end >= NEVER)
    width = (t.last[i] - t.first[i] + 1) + (t.last[j] - t.first[j] + 1) - 1
    blank = ((t.first[i] <= -NEVER) & (t.last[i] >= NEVER)) | ((t.first[j] <= -NEVER) & (t.last[j] >= NEVER))
    return _pick(
        DAYS, "apart",
        (blank, "unknown"),
        ((gap <= 0) & open_end, "open"),
        ((gap <= 0) & (width <= 1), "same_day"),
        ((gap <= 0) & (width <= 4), "few_days"),
        ((gap <= 0) & (width <= 10), "week"),
        ((gap <= 0) & (width <= 40), "month"),
        (gap <= 0, "long"),
        (gap == 1, "off_by_one"),
        (gap <= 3, "off_by_few"),
    )  # fmt: skip


def types(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether reports put one happening under both types."""
    codes = type_codes()
    table = np.full((len(codes) + 1, len(codes) + 1), TYPE_LEVELS.index("unlike"), dtype=np.int8)
    for (one, other), level in kinship().items():
        table[codes[one], codes[other]] = TYPE_LEVELS.index(level)
    return table[t.kind[i], t.kind[j]]


def _meet(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Whether two rows of numbers share one that is not nothing."""
    found = np.zeros(len(left), dtype=np.bool_)
    for column in range(left.shape[1]):
        one = left[:, column]
        found |= (one >= 0) & (right == one[:, None]).any(axis=1)
    return found


def _shared(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """How many numbers of one row stand in the other."""
    found = np.zeros(len(left), dtype=np.int64)
    for column in range(left.shape[1]):
        one = left[:, column]
        found += (one >= 0) & (right == one[:, None]).any(axis=1)
    return found


AGENTS = tuple("same part kin swapped differ unknown".split())


def agents(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether one party acts in both claims, or two of one body do."""
    blank = (t.doers[i, 0] < 0) | (t.doers[j, 0] < 0)
    shared = _shared(t.doers[i], t.doers[j])
    least = np.minimum((t.doers[i] >= 0).sum(axis=1), (t.doers[j] >= 0).sum(axis=1))
    # Of two mutual acts, sharing one side of two says that one party met two others.
    mutual = t.mutual[i] & t.mutual[j] & (least > 1)
    swapped = _meet(t.doers_kin[i], t.done_kin[j]) & _meet(t.done_kin[i], t.doers_kin[j])
    return _pick(
        AGENTS, "differ",
        (blank, "unknown"),
        (shared >= least, "same"),
        ((shared > 0) & mutual, "part"),
        (shared > 0, "same"),
        (_meet(t.doers_kin[i], t.doers_kin[j]) & ~mutual, "kin"),
        (_shared(t.doers_kin[i], t.doers_kin[j]) >= least, "kin"),
        (swapped, "swapped"),
    )  # fmt: skip


TARGETS = tuple("same_person same kin differ unknown".split())


def targets(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the same person, group or thing suffers in both claims."""
    blank = (t.done[i, 0] < 0) | (t.done[j, 0] < 0)
    people = np.where(t.person[t.done[i]], t.done[i], -1)
    return _pick(
        TARGETS, "differ",
        (blank, "unknown"),
        (_meet(people, t.done[j]), "same_person"),
        (_meet(t.done[i], t.done[j]), "same"),
        (_meet(t.done_kin[i], t.done_kin[j]), "kin"),
    )  # fmt: skip


NUMBERS = tuple("same_large same_mid same_small meet near differ other_measure unknown".split())


def numbers(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the two claims give the same number of the same measure, numbers that can both hold, or others."""
    low1, high1, low2, high2 = t.low[i], t.high[i], t.low[j], t.high[j]
    blank = ((low1 < 0) & (high1 < 0)) | ((low2 < 0) & (high2 < 0))
    top1, top2 = np.where(high1 < 0, 2**31 - 1, high1), np.where(high2 < 0, 2**31 - 1, high2)
    same = (low1 == low2) & (high1 == high2)
    meet = np.maximum(low1, low2) <= np.minimum(top1, top2)
    mid1, mid2 = np.maximum(low1, high1).astype(np.float64), np.maximum(low2, high2).astype(np.float64)
    near = np.abs(mid1 - mid2) <= 0.25 * np.maximum(mid1, mid2)
    return _pick(
        NUMBERS, "differ",
        (blank, "unknown"),
        (t.measure[i] != t.measure[j], "other_measure"),
        (same & (np.maximum(low1, high1) > 12), "same_large"),
        (same & (np.maximum(low1, high1) > 4), "same_mid"),
        (same, "same_small"),
        (meet, "meet"),
        (near, "near"),
    )  # fmt: skip


MODE = tuple("same denied intended".split())


def mode(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether both claims speak of what happened, or one of what was only planned or is denied."""
    one, other = t.mode[i], t.mode[j]
    return _pick(MODE, "denied", (one == other, "same"), ((one == 2) | (other == 2), "intended"))


DOCUMENT = tuple("other_report same_words same_report listed_apart".split())


def document(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether one report tells both, and then as one thing repeated or as two things listed."""
    found = np.full(len(i), DOCUMENT.index("other_report"), dtype=np.int8)
    at = np.flatnonzero(t.doc[i] == t.doc[j])
    i, j = i[at], j[at]
    inside = (t.start[i] <= t.start[j]) & (t.end[j] <= t.end[i]) | (t.start[j] <= t.start[i]) & (t.end[i] <= t.end[j])
    gap = np.maximum(t.start[i], t.start[j]) - np.minimum(t.end[i], t.end[j])
    alike = t.kind[i] == t.kind[j]
    blank = (t.done[i, 0] < 0) | (t.done[j, 0] < 0)
    other_target = ~blank & ~_meet(t.done[i], t.done[j])
    nowhere = (t.places[i, 0] < 0) | (t.places[j, 0] < 0)
    other_place = ~nowhere & ~_meet(t.places[i], t.places[j]) & ~_within(t, i, j)
    counted = (np.maximum(t.low[i], t.high[i]) >= 0) & (np.maximum(t.low[j], t.high[j]) >= 0)
    other_number = counted & (t.measure[i] == t.measure[j]) & ((t.low[i] != t.low[j]) | (t.high[i] != t.high[j]))
    close = gap <= _ONE_LIST
    listed = alike & (other_place | (close & other_target & counted) | (close & other_number))
    found[at] = _pick(DOCUMENT, "same_report", (listed, "listed_apart"), (inside, "same_words"))
    return found


_ONE_LIST = 150
"""Characters between two items of one list: about a sentence."""


def _within(t: Traits, i: Longs, j: Longs) -> npt.NDArray[np.bool_]:
    """Whether some place of one claim lies in some place of the other."""
    found = np.zeros(len(i), dtype=np.bool_)
    for left in range(t.places.shape[1]):
        for right in range(t.places.shape[1]):
            a, b = t.places[i, left], t.places[j, right]
            both = (a >= 0) & (b >= 0)
            found |= both & ((t.above[a] == b[:, None]).any(axis=1) | (t.above[b] == a[:, None]).any(axis=1))
    return found


KNOWN = tuple("known report".split())


def known(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether one of the two is a known day, which an analyst gives so that reports are matched to it."""
    return _pick(KNOWN, "report", (t.known[i] != t.known[j], "known"))


WHOLE = tuple("alike part".split())


def whole(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether both tell of an episode as a whole, or both of something within it."""
    return _pick(WHOLE, "alike", (t.whole[i] != t.whole[j], "part"))


SOURCE = tuple("same_source cites other".split())


def source(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether both name one source, or one names the other's publisher."""
    one, other = t.source[i], t.source[j]
    cites = ((one >= 0) & (one == t.publisher[j])) | ((other >= 0) & (other == t.publisher[i]))
    return _pick(SOURCE, "other", ((one >= 0) & (one == other), "same_source"), (cites, "cites"))


SHARES = tuple("most many some few none unknown".split())


def wording(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the two claims share words that few reports of any conflict hold."""
    shared = t.lexis.shared(i, j)
    return _pick(
        SHARES, "none",
        (shared < 0, "unknown"),
        (shared >= 14, "most"),
        (shared >= 9, "many"),
        (shared >= 5, "some"),
        (shared > 0, "few"),
    )  # fmt: skip


REPORTS = tuple("copy most many some few none one_report unknown".split())


def reports(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the two reports as a whole share their rarer words, where neither tells of many things."""
    size = np.int64(max(1, len(t.documents)))
    worded = np.array([bool(words) for words in t.lexis.reports] + [False])
    asked = np.flatnonzero(worded[t.doc[i]] & worded[t.doc[j]] & (t.doc[i] != t.doc[j]))
    unique, back = np.unique(t.doc[i[asked]].astype(np.int64) * size + t.doc[j[asked]], return_inverse=True)
    cosine = np.array([t.lexis.alike(int(one // size), int(one % size)) for one in unique])
    part = np.full(len(i), -1.0)
    part[asked] = cosine[back] if len(unique) else 0.0
    return _pick(
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
    return _pick(COPIED, "not_copied", (t.lexis.copied(i, j) >= _COPIED, "copied"))


_COPIED = 0.6
"""The part of the shorter clause's runs of four words that the other must hold."""


COMPARISONS: tuple[Comparer, ...] = (
    Comparer("whole", WHOLE, whole),
    Comparer("type", TYPE_LEVELS, types, common=claims_of_types),
    Comparer("days", DAYS, days, common=claims_of_days),
    Comparer("place", PLACE, place, common=claims_of_places),
    Comparer("agents", AGENTS, agents, common=claims_of_agents),
    Comparer("targets", TARGETS, targets, common=claims_of_targets),
    Comparer("numbers", NUMBERS, numbers),
    Comparer("mode", MODE, mode),
    Comparer("document", DOCUMENT, document),
    Comparer("source", SOURCE, source),
    Comparer("known", KNOWN, known),
    Comparer("words", SHARES, wording, cheap=False),
    Comparer("reports", REPORTS, reports, cheap=False),
    Comparer("copied", COPIED, copied, cheap=False),
)
"""Every comparison, in the order in which a waterfall shows them."""


def levels_of(t: Traits, i: Longs, j: Longs) -> dict[str, Levels]:
    """Return the level of every comparison for every pair."""
    return {one.name: one.run(t, i, j) for one in COMPARISONS}
