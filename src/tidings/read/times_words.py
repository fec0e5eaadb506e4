"""The vocabulary of time: lexicon, patterns built from it, and what a rule finds before it is a noun of the record."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = [
    "BEFORE",
    "DAYTIME",
    "MONTH",
    "QUANTITY",
    "WEEKDAY",
    "Found",
    "hints",
    "lexicon",
    "matches",
    "month",
    "number",
    "one_of",
    "quantity",
    "weekday",
    "words_of",
]


BEFORE = 60
"""Characters before an expression that are looked at for prepositions and the like."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words about time at ``start``..``end`` of a paragraph's text, with the fields of TimeWords that they fill.

    ``of_start``/``of_end`` are in the same text. ``rank`` decides between overlapping finds of one length (high wins).
    """

    start: int
    end: int
    fields: dict[str, Any] = field(default_factory=dict)
    rank: int = 0


@cache
def lexicon() -> dict[str, Any]:
    """Return the lexicon of time as plain tables."""
    source = files("tidings.read").joinpath("lexicons/times.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def one_of(words: Iterable[str]) -> str:
    """Return a pattern that matches one of some phrases, the longest first, with any white space or hyphen between words."""
    ordered = sorted(words, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"[\s-]+".join(map(re.escape, phrase.split())) for phrase in ordered) + ")"


def _titled(words: Iterable[str]) -> list[str]:
    """Return words as they stand in a text: with a capital, or all in capitals; "may" and "march" are verbs."""
    return [shown for word in words for shown in (word.title(), word.upper())]


def _names(table: str) -> str:
    """Return a pattern for the names of a table; only a shortened one takes its full stop along."""
    words = list(lexicon()[table])
    short = {word for word in words if any(other != word and other.startswith(word) for other in words)}
    whole = [word for word in words if word not in short]
    return rf"(?:(?:{one_of(_titled(whole))}|{one_of(_titled(short))}\.?)(?![A-Za-z]))"


MONTH = _names("months")
WEEKDAY = _names("weekdays")
DAYTIME = one_of(lexicon()["daytime"]["words"])
_UNIT = one_of(lexicon()["units"])
_NUMBER = rf"(?:\d{{1,4}}(?:\.5)?|{one_of(lexicon()['numbers'])}(?:-{one_of(lexicon()['numbers'])})?)"
QUANTITY = (
    rf"(?:(?P<length>{one_of(lexicon()['lengths'])})\s+)?"
    rf"(?:(?P<number>{_NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<number_last>{_NUMBER}))?|(?P<vague>{one_of(lexicon()['vague'])}))"
    rf"(?P<half>\s+and\s+a\s+half)?[\s-]+(?:straight\s+|consecutive\s+|full\s+|whole\s+|long\s+|more\s+)?(?P<unit>{_UNIT})\b(?P<half_after>\s+and\s+a\s+half)?"
)
"""A number of units with the words before it: "a little over two weeks", "a few days", "10 to 15 hours"."""


_WORDS = re.compile(r"[A-Za-z]+|\d")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in small letters, and "0" when it has figures."""
    return frozenset("0" if word.isdigit() else word.lower() for word in _WORDS.findall(text))


def hints(*tables: str) -> frozenset[str]:
    """Return, for every phrase of some tables, the last word, without which it cannot stand in a text."""
    return frozenset(_WORDS.findall(phrase.lower())[-1] for table in tables for phrase in lexicon()[table])


def matches(
    pattern: re.Pattern[str], text: str, words: frozenset[str], needed: frozenset[str]
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern, looking only where one of the words that it needs stands in the text."""
    if not words.isdisjoint(needed):
        yield from pattern.finditer(text)


def month(word: str) -> int:
    """Return the number of a month by its name."""
    return int(lexicon()["months"][word.casefold().rstrip(".")])


def weekday(word: str) -> int:
    """Return the number of a day of the week by its name, Monday 0."""
    return int(lexicon()["weekdays"][word.casefold().rstrip(".")])


def number(word: str) -> float:
    """Return the value of figures or number words ("twenty-one")."""
    if word[0].isdigit():
        return float(word)
    return float(sum(lexicon()["numbers"][part] for part in word.casefold().split("-")))


def _entry(table: str, words: str) -> str:
    return str(lexicon()[table][" ".join(words.casefold().replace("-", " ").split())])


def quantity(found: re.Match[str], *, sign: int) -> dict[str, Any]:
    """Return the fields ``soft``, ``number``, ``unit`` and ``sign`` of a match of :data:`QUANTITY`."""
    unit = str(lexicon()["units"][found["unit"].casefold()])
    fields: dict[str, Any] = {"sign": sign, "soft": "exact"}
    if found["length"]:
        fields["soft"] = _entry("lengths", found["length"])
    if found["vague"]:
        fields["soft"] = _entry("vague", found["vague"])
    else:
        value = number(found["number"]) + (0.5 if found["half"] or found["half_after"] else 0.0)
        last = number(found["number_last"]) if found["number_last"] else None
        scale = {"fortnight": 14, "decade": 10}.get(unit, 1)
        fields["number"] = value * scale
        if last is not None and last > value:
            fields["number_last"] = last * scale
    fields["unit"] = {"fortnight": "day", "decade": "year"}.get(unit, unit)
    if fields["unit"] == "day" and unit == "fortnight" and fields["soft"] == "exact":
        fields["soft"] = "about"
    return fields
