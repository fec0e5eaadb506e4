"""What two claims say happened: place, days, type, parties, numbers, mode.

Each function is a comparison over many pairs at once; its docstring is what a reviewer reads, its levels stand in
``weights.toml``, their sentences in ``sentences.py``.
"""

from __future__ import annotations

import numpy as np

from tidings.join.arrays import Bools, Levels, Longs, meet, metres, pick, shared
from tidings.join.traits import NEVER, NOWHERE, Traits
from tidings.join.weights import TYPE_LEVELS, kinship, load_weights, type_codes

__all__ = [
    "AGENTS",
    "DAYS",
    "GOAL",
    "MODE",
    "NUMBERS",
    "PLACE",
    "TARGETS",
    "agents",
    "days",
    "goal",
    "mode",
    "numbers",
    "place",
    "targets",
    "types",
]

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
            rules: list[tuple[Bools, str]] = []
            same = a == b
            for size, name in enumerate(names[:5]):
                rules.append((same & (t.size[a] == size), name))
            inside = (t.above[a] == b[:, None]).any(axis=1) | (t.above[b] == a[:, None]).any(axis=1)
            outer = np.maximum(t.size[a], t.size[b])
            for size, name in ((1, names[5]), (2, names[6]), (3, names[7]), (4, names[8])):
                rules.append((inside & (outer <= size), name))
            siblings = (outer == 0) & _in_one_town(t, a, b)
            gap = metres(t, a, b)
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
            level = pick(names, "far", *rules)
            best[at] = np.where(best[at] == len(PLACE) - 1, level, np.minimum(best[at], level))
    return best


def _in_one_town(t: Traits, a: Longs, b: Longs) -> Bools:
    """Whether both places lie in one town."""
    found = np.zeros(len(a), dtype=np.bool_)
    for column in range(t.above.shape[1]):
        area = t.above[a, column].astype(np.int64)
        found |= (area >= 0) & (t.size[area] <= 1) & (t.above[b] == area[:, None]).any(axis=1)
    return found


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
    return pick(
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


AGENTS = tuple("same part kin swapped differ unknown".split())


def agents(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether one party acts in both claims, or two of one body do."""
    blank = (t.doers[i, 0] < 0) | (t.doers[j, 0] < 0)
    common = shared(t.doers[i], t.doers[j])
    least = np.minimum((t.doers[i] >= 0).sum(axis=1), (t.doers[j] >= 0).sum(axis=1))
    # Of two mutual acts, sharing one side of two says that one party met two others.
    mutual = t.mutual[i] & t.mutual[j] & (least > 1)
    swapped = meet(t.doers_kin[i], t.done_kin[j]) & meet(t.done_kin[i], t.doers_kin[j])
    return pick(
        AGENTS, "differ",
        (blank, "unknown"),
        (common >= least, "same"),
        ((common > 0) & mutual, "part"),
        (common > 0, "same"),
        (meet(t.doers_kin[i], t.doers_kin[j]) & ~mutual, "kin"),
        (shared(t.doers_kin[i], t.doers_kin[j]) >= least, "kin"),
        (swapped, "swapped"),
    )  # fmt: skip


TARGETS = tuple("same_person same kin people differ unknown".split())


def targets(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the same person, group or thing suffers in both claims."""
    blank = (t.done[i, 0] < 0) | (t.done[j, 0] < 0)
    persons = np.where(t.person[t.done[i]], t.done[i], -1)
    return pick(
        TARGETS, "differ",
        (blank, "unknown"),
        (meet(persons, t.done[j]), "same_person"),
        (meet(t.done[i], t.done[j]), "same"),
        (meet(t.done_kin[i], t.done_kin[j]), "kin"),
        # Residents, villagers and women are words for people of no party, and two reports seldom choose the same.
        (np.asarray(t.people[t.done[i]].any(axis=1) & t.people[t.done[j]].any(axis=1), dtype=np.bool_), "people"),
    )  # fmt: skip


NUMBERS = tuple("same_large same_mid same_small meet near differ other_order other_measure unknown".split())

_ORDER = 10
"""Numbers of one measure that differ by this factor are of different happenings: a toll of the war and one of a day."""


def numbers(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether the two claims give the same number of the same measure, numbers that can both hold, or others."""
    low1, high1, low2, high2 = t.low[i], t.high[i], t.low[j], t.high[j]
    blank = ((low1 < 0) & (high1 < 0)) | ((low2 < 0) & (high2 < 0))
    top1, top2 = np.where(high1 < 0, 2**31 - 1, high1), np.where(high2 < 0, 2**31 - 1, high2)
    # "Dozens" here and "dozens" there are one word and no one number; hundreds are seldom told of.
    wide = (low1 > 0) & (high1 >= 2 * low1) & (high1 < 100)
    same = (low1 == low2) & (high1 == high2)
    meet = np.maximum(low1, low2) <= np.minimum(top1, top2)
    mid1, mid2 = np.maximum(low1, high1).astype(np.float64), np.maximum(low2, high2).astype(np.float64)
    of_order = np.maximum(mid1, mid2) >= _ORDER * np.maximum(10.0, np.minimum(mid1, mid2))
    near = np.abs(mid1 - mid2) <= 0.25 * np.maximum(mid1, mid2)
    return pick(
        NUMBERS, "differ",
        (blank, "unknown"),
        (t.measure[i] != t.measure[j], "other_measure"),
        (same & ~wide & (np.maximum(low1, high1) > 12), "same_large"),
        (same & ~wide & (np.maximum(low1, high1) > 4), "same_mid"),
        (same, "same_small"),
        (meet & ~of_order, "meet"),
        (near, "near"),
        (of_order, "other_order"),
    )  # fmt: skip


GOAL = tuple("same differ unknown".split())


def goal(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether people move to the same place in both claims."""
    blank = (t.goals[i, 0] < 0) | (t.goals[j, 0] < 0)
    near = meet(t.goals[i], t.goals[j])
    for column in range(t.goals.shape[1]):
        one, other = t.goals[i, column], t.goals[j, column]
        near |= ((one >= 0)[:, None] & (t.above[one] == t.goals[j, :1])).any(axis=1) & ~blank
        near |= ((other >= 0)[:, None] & (t.above[other] == t.goals[i, :1])).any(axis=1) & ~blank
    return pick(GOAL, "differ", (blank, "unknown"), (near, "same"))


MODE = tuple("same both_denied both_intended denied intended".split())


def mode(t: Traits, i: Longs, j: Longs) -> Levels:
    """Whether both claims speak of what happened, or one of what was only planned or is denied."""
    one, other = t.mode[i], t.mode[j]
    return pick(
        MODE, "denied",
        ((one == other) & (one == 1), "both_denied"),
        ((one == other) & (one == 2), "both_intended"),
        (one == other, "same"),
        ((one == 2) | (other == 2), "intended"),
    )  # fmt: skip
