"""How alike two names are, said in a sentence: comparators for families of spelling, and what forbids a match.

Each comparator aligns the words of both names; a word counts by its consonants (.65) and its vowelled form (.35).
Words for a kind of place ("tel", "jabal") weigh little. Directions, numbers and sizes that differ forbid a match.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import Indel, Levenshtein

from tidings.text.fold import core, tokens
from tidings.text.skeleton import PROFILES, Shape, shape

__all__ = [
    "CLASSES",
    "Likeness",
    "compare",
    "directions",
    "forbidden",
    "in_figures",
    "initials",
    "settings",
    "without_directions",
]


@cache
def settings() -> dict[str, Any]:
    """Return the weights, thresholds and exclusive words of ``names.toml``."""
    return tomllib.loads(files("tidings.resolve").joinpath("names.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are: ``score`` in 0..1, ``consonants`` they share at the least, and the sentence why."""

    score: float
    consonants: int
    comparator: str
    why: str


@cache
def _exclusive() -> dict[str, tuple[str, int, str]]:
    return {
        word: (name, number, words.split()[0])
        for name, groups in settings()["exclusive"].items()
        for number, words in enumerate(groups)
        for word in words.split()
    }


_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12"}  # fmt: skip
_ORDINALS = {word: str(number) for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1)}  # fmt: skip
_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|eme|a|o)?\Z")


def _numbers(words: Sequence[str]) -> frozenset[str]:
    found = set()
    for place, word in enumerate(words):
        if match := _NUMBER.match(word):
            found.add(match.group(1))
        elif word in _ORDINALS:
            found.add(_ORDINALS[word])
        elif word in _ROMAN and place and len(words) > 1:
            found.add(_ROMAN[word])
    return frozenset(found)


_SPLIT = re.compile(r"\b(north|south) (east|west)(?:ern)?\b")


def _words(name: str) -> tuple[str, ...]:
    """Folded words, "north-eastern" as one."""
    return tuple(_SPLIT.sub(r"\1\2ern", " ".join(tokens(name))).split())


@lru_cache(maxsize=65536)
def _marks(name: str) -> tuple[frozenset[str], dict[str, tuple[int, str]]]:
    words = _words(name)
    found = {}
    for word in words:
        if word in _exclusive():
            group, number, label = _exclusive()[word]
            found[group] = (number, label)
    return _numbers(words), found


@lru_cache(maxsize=65536)
def in_figures(name: str) -> str:
    """Return a name with its numbers in figures, "Fifth" and "5th" as "5"; the name itself where it has none."""
    if not _numbers(_words(name)):
        return name
    words = []
    for place, word in enumerate(name.split()):
        found = _numbers((("x",) if place else ()) + tokens(word))
        words.append(next(iter(found)) if len(found) == 1 else word)
    return " ".join(words)


def directions(name: str) -> tuple[str, ...]:
    """Return the direction words of a name by what they mean: ("east",) for "Eastern Nashwa"."""
    found = (_exclusive().get(word) for word in _words(name))
    return tuple(mark[2] for mark in found if mark is not None and mark[0] == "direction")


def without_directions(name: str) -> str:
    """Return a name without its direction words."""
    return " ".join(word for word in _words(name) if _exclusive().get(word, ("",))[0] != "direction")


def forbidden(a: str, b: str) -> str:
    """Return the sentence that says why two names can never be one, or an empty string."""
    numbers_a, marks_a = _marks(a)
    numbers_b, marks_b = _marks(b)
    if numbers_a != numbers_b:
        return f"“{a}” and “{b}” carry different numbers"
    for group, (number, label) in marks_a.items():
        if group in marks_b and marks_b[group][0] != number:
            return f"“{a}” is {label}, “{b}” is {marks_b[group][1]}"
    # "Eastern Nashwa" is a part of "Nashwa", not the same; nor is "New York" York.
    for group in sorted(marks_a.keys() ^ marks_b.keys()):
        label = (marks_a.get(group) or marks_b[group])[1]
        if len(tokens(core(a))) != len(tokens(core(b))):
            return f"only one of “{a}” and “{b}” is {label}"
    return ""


def _joined(parts: Sequence[Shape]) -> Shape:
    return Shape("".join(part.consonants for part in parts), "".join(part.voiced for part in parts))


# Consonants that writers of Arabic, Persian and Slavic names put one for the other.
CLASSES = str.maketrans(
    {"g": "k", "j": "k", "K": "k", "d": "t", "z": "s", "S": "s", "C": "s", "c": "s", "Z": "s", "f": "b", "v": "b"}
)


def _alike(a: Shape, b: Shape) -> float:
    weights = settings()["weights"]
    consonants = Levenshtein.normalized_similarity(a.consonants, b.consonants)
    if consonants < 1.0:
        classes = Levenshtein.normalized_similarity(a.consonants.translate(CLASSES), b.consonants.translate(CLASSES))
        consonants += weights["near_consonants"] * (classes - consonants)
    voiced = Indel.normalized_similarity(a.voiced, b.voiced)
    return float(weights["consonants"] * consonants + weights["voiced"] * voiced)


def _aligned(a: Sequence[Shape], b: Sequence[Shape]) -> float:
    """Return the weighted likeness of words paired in any order, the likest first."""
    kind_weight = float(settings()["weights"]["kind_word"])

    def weight(part: Shape) -> float:
        return kind_weight if part.kind else 1.0

    rated = sorted(
        (-weight(one) * _alike(one, other), place, number)
        for place, one in enumerate(a)
        for number, other in enumerate(b)
        if bool(one.kind) == bool(other.kind)
    )
    left_a, left_b = set(range(len(a))), set(range(len(b)))
    gained = paired = 0.0
    for score, place, number in rated:
        if place in left_a and number in left_b:
            left_a.remove(place)
            left_b.remove(number)
            gained -= score
            paired += weight(a[place])
    total = paired + sum(weight(a[place]) for place in left_a) + sum(weight(b[number]) for number in left_b)
    return gained / total if total else 0.0


def _with_profile(a: str, b: str, profile: str) -> tuple[float, int]:
    parts_a, parts_b = shape(a, profile), shape(b, profile)
    names_a = [part for part in parts_a if not part.kind]
    names_b = [part for part in parts_b if not part.kind]
    kinds_a = sorted(part.kind for part in parts_a if part.kind)
    kinds_b = sorted(part.kind for part in parts_b if part.kind)
    score = _aligned(parts_a, parts_b)
    if names_a and names_b and len(names_a) != len(names_b) and kinds_a == kinds_b:
        # "Kew Kep" and "Kawkab" are one word, written as two or as one.
        score = max(score, _alike(_joined(names_a), _joined(names_b)) * 0.99)
    if not names_a or not names_b or (kinds_a and kinds_a == kinds_b):
        names_a, names_b = list(parts_a), list(parts_b)  # "Deir" and "Zor" say four consonants together
    consonants = min(sum(len(part.consonants) for part in names) for names in (names_a, names_b))
    return score, consonants


@lru_cache(maxsize=65536)
def compare(a: str, b: str, profiles: tuple[str, ...] = ("arabic", "slavic", "plain")) -> Likeness:
    """Return how alike two names are under the best of ``profiles``, with the sentence that says why.

    Names whose folded words without articles are equal score 1; names that a direction, a number or a size sets apart
    score 0.
    """
    apart = forbidden(a, b)
    if apart:
        return Likeness(0.0, 0, "exclusive words", apart)
    core_a, core_b = core(a), core(b)
    if core_a == core_b:
        return Likeness(
            1.0, len(core_a), "same words", f"“{a}” and “{b}” are the same words but for accents and articles"
        )
    one, other = in_figures(a), in_figures(b)
    best = Likeness(0.0, 0, "none", f"“{a}” and “{b}” share no spelling rule")
    for name in profiles:
        score, consonants = _with_profile(one, other, name)
        if score > best.score:
            why = f"“{a}” and “{b}” are {score:.2f} alike by the spelling rules of {PROFILES[name].name} names"
            best = Likeness(round(score, 4), consonants, name, why)
    return best


_SMALL = frozenset("of the and for in on al el de la le du des y i".split())


def initials(name: str) -> str:
    """Return the initials of a name of several words, small words left out: "National Defence Forces" gives "ndf"."""
    words = [word for word in tokens(name) if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
