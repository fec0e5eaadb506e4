"""The interval grammar of numbers: words and figures, ranges and qualifiers, to a low and a high end.

Its words are data (``lexicons/numbers.toml``); the intervals are those of the coding guide.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

__all__ = ["Number", "Word", "all_units", "lexicon", "number_at", "split_words", "word_set", "yearlike"]

_WORD = re.compile(
    r"[ap]\.m\.?|\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d,.]*\d)|\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?\.?|[^\w\s]|_"
)
_YEAR = range(1900, 2101)


class Word(NamedTuple):
    """A word of a paragraph's plain text, with offsets into it."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number found at ``first``..``last`` (words, the last not included)."""

    first: int
    last: int
    low: int | None
    high: int | None
    part: bool = False
    whole: bool = True


@cache
def lexicon() -> dict[str, Any]:
    """Return the lexicon of numbers as plain tables."""
    source = files("tidings.read").joinpath("lexicons/numbers.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _phrases(table: str) -> tuple[tuple[tuple[str, ...], Any], ...]:
    """Return the phrases of a table as tuples of words, the longest first."""
    entries = ((tuple(_split(phrase)), value) for phrase, value in lexicon()[table].items())
    return tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry[0])))


@cache
def _qualifiers(table: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    entries = ((tuple(_split(phrase)), what) for what, phrases in lexicon()[table].items() for phrase in phrases)
    return tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry[0])))


@cache
def word_set(table: str, key: str) -> frozenset[str]:
    """Return a list of the lexicon as a set."""
    return frozenset(lexicon()[table][key])


def _split(phrase: str) -> list[str]:
    return [found.group().casefold() for found in _WORD.finditer(phrase)]


def split_words(text: str) -> list[Word]:
    """Return the words, figures and signs of a text, with their places."""
    words = []
    for found in _WORD.finditer(text):
        shown = found.group()
        # A full stop belongs to the word only where the lexicon knows it so ("a.m.", "approx.").
        end = found.end()
        if len(shown) > 2 and shown.endswith(".") and shown.casefold() not in {"approx.", "no."}:
            shown, end = shown[:-1], end - 1
        words.append(Word(shown, shown.casefold(), found.start(), end))
    return words


def _at(words: list[Word], index: int, phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    if index < 0 or len(words) - index < size or words[index].low != phrase[0]:
        return False
    return size == 1 or all(words[index + offset].low == part for offset, part in enumerate(phrase))


def _digits(words: list[Word], index: int, text: str) -> tuple[float, int] | None:
    """Return the value of figures at ``index`` and the index behind them, or None."""
    word = words[index]
    if not word.text[0].isdigit():
        return None
    before = text[max(0, word.start - 2) : word.start]
    if before and (before[-1].isalnum() or (before[-1] in "/.:" and before[:1].isdigit() and len(before) == 2)):
        return None
    if len(before) == 2 and before[-1] == "-" and before[0].isalpha() and not yearlike(word.text):
        return None  # "F-16", "Covid-19"
    shown = word.text.replace(",", "").replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", shown):
        shown = shown.replace(".", "")  # "2.500 people": a point that parts thousands
    if len(shown) > 15:
        return None
    value, after = float(shown), index + 1
    if after < len(words) and words[after].start == word.end and words[after].low in lexicon()["stuck"]:
        return value * lexicon()["stuck"][words[after].low], after + 1
    if after < len(words) and words[after].start == word.end and words[after].text[0].isalpha():
        return (value, after) if words[after].low in all_units() | {"st", "nd", "rd", "th", "x"} else None
    return value, after


def yearlike(shown: str) -> bool:
    """Return whether figures can be a year."""
    return len(shown) == 4 and shown.isdigit() and int(shown) in _YEAR


@cache
def all_units() -> frozenset[str]:
    """Return every word that measures instead of counting."""
    units: dict[str, list[str]] = lexicon()["units"]
    return frozenset(unit for table in units.values() for unit in table)


def _cardinal(words: list[Word], index: int, text: str) -> Number | None:
    """Read one exact number: figures, number words, and scales behind either ("2.5 million", "two hundred and six")."""
    table = lexicon()
    total = 0.0
    current: float | None = None
    at = index
    figures = False
    while at < len(words):
        word = words[at]
        joined = at > index and words[at].low == "-" and at + 1 < len(words)
        if joined and words[at + 1].low in table["cardinals"] and current is not None and not figures and current >= 20:
            at += 1
            continue
        if joined and words[at + 1].low in table["scales"] and current is not None:
            at += 1
            continue
        if word.text[0].isdigit() and current is None:
            got = _digits(words, at, text)
            if got is None:
                return None
            current, at = got
            figures = True
        elif word.low in table["cardinals"] and not figures:
            value = table["cardinals"][word.low]
            if current is None:
                current = value
            elif (current >= 20 and current % 10 == 0 and value < 10) or (current >= 100 and current % 100 == 0):
                current += value
            else:
                break
            at += 1
        elif word.low in table["scales"] and current is not None:
            scale = table["scales"][word.low]
            if scale >= 1000 or figures:
                total += current * scale
                current = None if not figures else 0.0
                at += 1
                if figures:
                    break
                if not (at < len(words) and words[at].low in table["cardinals"]) and not (
                    _at(words, at, ("and",)) and at + 1 < len(words) and words[at + 1].low in table["cardinals"]
                ):
                    break
                if _at(words, at, ("and",)):
                    at += 1
            else:
                current *= scale
                at += 1
        elif (
            word.low == "and"
            and not figures
            and current is not None
            and current >= 100
            and at + 1 < len(words)
            and words[at + 1].low in table["cardinals"]
        ):
            at += 1
        else:
            break
    value = total + (current or 0.0)
    if at == index or (current is None and not total):
        return None
    rounded = round(value)
    if abs(value - rounded) < 1e-6:
        return Number(index, at, rounded, rounded)
    return Number(index, at, int(value), int(value) + 1, whole=False)


def _simple(words: list[Word], index: int, text: str) -> Number | None:
    """Read one number at ``index``: vague plurals, parts of a whole, or an exact one."""
    for phrase, (low, high) in _phrases("vague"):
        if words[index].low == phrase[0] and _at(words, index, phrase):
            after = index + len(phrase)
            follows = words[after].low if after < len(words) else ""
            if phrase[0] in {"a", "half"} and follows in lexicon()["scales"]:
                continue  # "a hundred thousand" is read below
            return Number(index, after, low, high)
    for some in sorted(lexicon()["some_scale"]["words"], key=len, reverse=True):
        phrase = tuple(some.split())
        after = index + len(phrase)
        if _at(words, index, phrase) and after < len(words) and words[after].low + "s" in lexicon()["vague"]:
            low, high = lexicon()["vague"][words[after].low + "s"]
            after += 1
            if after < len(words) and words[after].low in {"thousand", "million"}:
                scale = lexicon()["scales"][words[after].low]
                low, high, after = low * scale, high * scale + scale - 1, after + 1
            return Number(index, after, low, high)
    for phrase, share in _phrases("parts"):
        if words[index].low != phrase[0]:
            continue
        after = index + len(phrase)
        spaced = tuple(word.low for word in words[index : index + len(phrase) + 1] if word.low != "-")
        if spaced[: len(phrase)] == phrase:
            after += 1 if any(word.low == "-" for word in words[index:after]) else 0
            if after < len(words) and words[after].low in {"of", "the", "its", "their"}:
                return Number(index, after, share, share, part=True)
    word = words[index]
    if word.low in {"a", "an"} and index + 1 < len(words) and words[index + 1].low in lexicon()["scales"]:
        scaled = _cardinal([Word("one", "one", word.start, word.end), *words[index + 1 :]], 0, text)
        if scaled is not None:
            return Number(index, index + scaled.last, scaled.low, scaled.high)
    if word.text[0].isdigit() or word.low in lexicon()["cardinals"]:
        return _cardinal(words, index, text)
    return None


def _ranged(words: list[Word], index: int, text: str) -> Number | None:
    """Read a number or a range of two: "10-15", "10 to 15", "between 10 and 15", "two or three"."""
    between = _at(words, index, ("between",)) or _at(words, index, ("from",))
    start = index + 1 if between else index
    if start >= len(words):
        return None
    first = _simple(words, start, text)
    if first is None:
        return None
    at = first.last
    if between and at < len(words) and words[at].low in all_units() and at + 1 < len(words):
        at += 1  # "between 10 people and 15 people" is left alone; "from 10 km to 15 km" is not
    link = words[at].low if at < len(words) else ""
    links = {"and", "to", "-", "–", "—"} if between else {"to", "-", "–", "or"}
    if link in links and at + 1 < len(words):
        tight = (
            link not in {"-", "–", "—"} or words[at].start == words[at - 1].end or words[at + 1].start == words[at].end
        )
        second = _simple(words, at + 1, text) if tight else None
        if second is not None and first.low is not None and second.high is not None:
            low, high = first.low, second.high
            if link != "or" and low < 1000 <= high and first.last - first.first == 1 and second.last - second.first > 1:
                # "10 to 15 thousand", "2-3 million": the scale holds for both.
                scale = lexicon()["scales"].get(words[second.last - 1].low, 1)
                low = low * scale if low * scale <= high else low
            near = link != "or" or (second.low is not None and second.low - low <= max(3, low // 2))
            if low < high and near:
                return Number(index, second.last, low, high)
    return None if between else first


def _qualified(words: list[Word], number: Number) -> Number:
    """Return the number with the qualifiers before and after it."""
    first, last, low, high = number.first, number.last, number.low, number.high
    said: list[str] = []
    looking = True
    while looking:
        looking = False
        for phrase, what in _qualifiers("qualifiers"):
            start = first - len(phrase)
            if _at(words, start, phrase):
                # "some" and the like add nothing to what is nearer to the number already.
                said.insert(0, what)
                first, looking = start, True
                break
    for phrase, what in _qualifiers("qualifiers_after"):
        if _at(words, last, phrase):
            if what == "floor" and phrase[0] in {"at", "plus"} and last + len(phrase) < len(words):
                follows = words[last + len(phrase)]
                if follows.text[0].isalnum() and phrase[0] == "at":
                    continue
            said.append(what)
            last += len(phrase)
            break
    strong = [what for what in said if what != "about"]
    if strong:
        what = strong[0]
        if what == "floor":
            high = None
        elif what == "above":
            low, high = (None if low is None else low + 1), None
            if not number.whole and number.high is not None:
                low = number.high
            if number.low is not None and number.high is not None and number.high > number.low and number.whole:
                low = number.low
        elif what == "ceiling":
            low = None
        elif what == "below":
            low, high = None, (None if high is None else high - 1)
    return Number(first, last, low, high, part=number.part, whole=number.whole)


def number_at(words: list[Word], index: int, text: str) -> Number | None:
    """Return the number or range that begins at a word, with the qualifiers around it, or None.

    Args:
        words: The words of a text.
        index: Where the number itself begins; "at least" before it is found by looking back.
        text: The text that the words come from.
    """
    if not _may_begin(words[index]):
        return None
    number = _ranged(words, index, text)
    return None if number is None else _qualified(words, number)


@cache
def _beginnings() -> frozenset[str]:
    """Return every word by which a number can begin."""
    table = lexicon()
    phrases = [*table["vague"], *table["parts"], *table["some_scale"]["words"]]
    return frozenset({*table["cardinals"], *(_split(phrase)[0] for phrase in phrases), "a", "an", "between", "from"})


def _may_begin(word: Word) -> bool:
    return word.text[0].isdigit() or word.low in _beginnings()
