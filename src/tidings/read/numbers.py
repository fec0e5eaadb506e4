"""Numbers as a report writes them, with both ends: "at least 20", "dozens", "between 10 and 15", "1.2 million".

The interval grammar is that of the coding guide; its words are data (``lexicons/numbers.toml``). A duration, a distance,
an age, a year or a part of a name is told apart from a count, because it is none. "Several" and "many" state no number.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tidings.model import Amount
from tidings.read.page import Page, Paragraph, place

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Counted", "amount_of", "find_amounts", "one"]

_WORD = re.compile(
    r"[ap]\.m\.?|\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d,.]*\d)|\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?\.?|[^\w\s]|_"
)
_YEAR = range(1900, 2101)
_MONTHS = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|"
    r"october|november|december)\.?\Z",
    re.IGNORECASE,
)
_FARTHEST_HEAD = 6
"""Tokens to the right of a number among which its noun is sought: "30 heavily armed pro-government tribal fighters"."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with its words.

    ``start``/``end`` are code points of the whole phrase, the qualifier included. ``kind``: count, percent, money,
    duration, distance, age, ordinal, year, other. ``head_start``/``head_end`` are the noun that is counted, or the
    number's own last word where it stands alone (``alone``), as in "killing twelve". ``definite`` is True after "the",
    "these" or "all", where the number often repeats one given before. ``exact`` is the number without its qualifier.
    """

    start: int
    end: int
    amount: Amount
    kind: str
    head_start: int
    head_end: int
    alone: bool = False
    definite: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a paragraph's plain text, with offsets into it."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Number:
    """A number found at ``first``..``last`` (words, the last not included)."""

    first: int
    last: int
    low: int | None
    high: int | None
    part: bool = False
    whole: bool = True


@cache
def _lexicon() -> dict[str, Any]:
    source = files("tidings.read").joinpath("lexicons/numbers.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _phrases(table: str) -> tuple[tuple[tuple[str, ...], Any], ...]:
    """Return the phrases of a table as tuples of words, the longest first."""
    entries = ((tuple(_split(phrase)), value) for phrase, value in _lexicon()[table].items())
    return tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry[0])))


@cache
def _qualifiers(table: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    entries = ((tuple(_split(phrase)), what) for what, phrases in _lexicon()[table].items() for phrase in phrases)
    return tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry[0])))


@cache
def _set(table: str, key: str) -> frozenset[str]:
    return frozenset(_lexicon()[table][key])


def _split(phrase: str) -> list[str]:
    return [found.group().casefold() for found in _WORD.finditer(phrase)]


def _words(text: str) -> list[_Word]:
    words = []
    for found in _WORD.finditer(text):
        shown = found.group()
        # A full stop belongs to the word only where the lexicon knows it so ("a.m.", "approx.").
        end = found.end()
        if len(shown) > 2 and shown.endswith(".") and shown.casefold() not in {"approx.", "no."}:
            shown, end = shown[:-1], end - 1
        words.append(_Word(shown, shown.casefold(), found.start(), end))
    return words


def _at(words: list[_Word], index: int, phrase: tuple[str, ...]) -> bool:
    return index >= 0 and len(words) - index >= len(phrase) and all(
        words[index + offset].low == part for offset, part in enumerate(phrase)
    )  # fmt: skip


def _digits(words: list[_Word], index: int, text: str) -> tuple[float, int] | None:
    """Return the value of figures at ``index`` and the index behind them, or None."""
    word = words[index]
    if not word.text[0].isdigit():
        return None
    before = text[max(0, word.start - 2) : word.start]
    if before and (before[-1].isalnum() or (before[-1] in "/.:" and before[:1].isdigit() and len(before) == 2)):
        return None
    if len(before) == 2 and before[-1] == "-" and before[0].isalpha() and not _yearlike(word.text):
        return None  # "F-16", "Covid-19"
    shown = word.text.replace(",", "").replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", shown):
        shown = shown.replace(".", "")  # "2.500 people": a point that parts thousands
    if len(shown) > 15:
        return None
    value, after = float(shown), index + 1
    if after < len(words) and words[after].start == word.end and words[after].low in _lexicon()["stuck"]:
        return value * _lexicon()["stuck"][words[after].low], after + 1
    if after < len(words) and words[after].start == word.end and words[after].text[0].isalpha():
        return (value, after) if words[after].low in _all_units() | {"st", "nd", "rd", "th", "x"} else None
    return value, after


def _yearlike(shown: str) -> bool:
    return len(shown) == 4 and shown.isdigit() and int(shown) in _YEAR


@cache
def _all_units() -> frozenset[str]:
    units: dict[str, list[str]] = _lexicon()["units"]
    return frozenset(unit for table in units.values() for unit in table)


def _cardinal(words: list[_Word], index: int, text: str) -> _Number | None:
    """Read one exact number: figures, number words, and scales behind either ("2.5 million", "two hundred and six")."""
    lexicon = _lexicon()
    total = 0.0
    current: float | None = None
    at = index
    figures = False
    while at < len(words):
        word = words[at]
        joined = at > index and words[at].low == "-" and at + 1 < len(words)
        if (
            joined
            and words[at + 1].low in lexicon["cardinals"]
            and current is not None
            and not figures
            and current >= 20
        ):
            at += 1
            continue
        if joined and words[at + 1].low in lexicon["scales"] and current is not None:
            at += 1
            continue
        if word.text[0].isdigit() and current is None:
            got = _digits(words, at, text)
            if got is None:
                return None
            current, at = got
            figures = True
        elif word.low in lexicon["cardinals"] and not figures:
            value = lexicon["cardinals"][word.low]
            if current is None:
                current = value
            elif (current >= 20 and current % 10 == 0 and value < 10) or (current >= 100 and current % 100 == 0):
                current += value
            else:
                break
            at += 1
        elif word.low in lexicon["scales"] and current is not None:
            scale = lexicon["scales"][word.low]
            if scale >= 1000 or figures:
                total += current * scale
                current = None if not figures else 0.0
                at += 1
                if figures:
                    break
                if not (at < len(words) and words[at].low in lexicon["cardinals"]) and not (
                    _at(words, at, ("and",)) and at + 1 < len(words) and words[at + 1].low in lexicon["cardinals"]
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
            and words[at + 1].low in lexicon["cardinals"]
        ):
            at += 1
        else:
            break
    value = total + (current or 0.0)
    if at == index or (current is None and not total):
        return None
    rounded = round(value)
    if abs(value - rounded) < 1e-6:
        return _Number(index, at, rounded, rounded)
    return _Number(index, at, int(value), int(value) + 1, whole=False)


def _simple(words: list[_Word], index: int, text: str) -> _Number | None:
    """Read one number at ``index``: vague plurals, parts of a whole, or an exact one."""
    for phrase, (low, high) in _phrases("vague"):
        if _at(words, index, phrase):
            after = index + len(phrase)
            follows = words[after].low if after < len(words) else ""
            if phrase[0] in {"a", "half"} and follows in _lexicon()["scales"]:
                continue  # "a hundred thousand" is read below
            return _Number(index, after, low, high)
    for some in sorted(_lexicon()["some_scale"]["words"], key=len, reverse=True):
        phrase = tuple(some.split())
        after = index + len(phrase)
        if _at(words, index, phrase) and after < len(words) and words[after].low + "s" in _lexicon()["vague"]:
            low, high = _lexicon()["vague"][words[after].low + "s"]
            after += 1
            if after < len(words) and words[after].low in {"thousand", "million"}:
                scale = _lexicon()["scales"][words[after].low]
                low, high, after = low * scale, high * scale + scale - 1, after + 1
            return _Number(index, after, low, high)
    for phrase, share in _phrases("parts"):
        after = index + len(phrase)
        spaced = tuple(word.low for word in words[index : index + len(phrase) + 1] if word.low != "-")
        if spaced[: len(phrase)] == phrase:
            after += 1 if any(word.low == "-" for word in words[index:after]) else 0
            if after < len(words) and words[after].low in {"of", "the", "its", "their"}:
                return _Number(index, after, share, share, part=True)
    word = words[index]
    if word.low in {"a", "an"} and index + 1 < len(words) and words[index + 1].low in _lexicon()["scales"]:
        scaled = _cardinal([_Word("one", "one", word.start, word.end), *words[index + 1 :]], 0, text)
        if scaled is not None:
            return _Number(index, index + scaled.last, scaled.low, scaled.high)
    if word.text[0].isdigit() or word.low in _lexicon()["cardinals"]:
        return _cardinal(words, index, text)
    return None


def _ranged(words: list[_Word], index: int, text: str) -> _Number | None:
    """Read a number or a range of two: "10-15", "10 to 15", "between 10 and 15", "two or three"."""
    between = _at(words, index, ("between",)) or _at(words, index, ("from",))
    start = index + 1 if between else index
    if start >= len(words):
        return None
    first = _simple(words, start, text)
    if first is None:
        return None
    at = first.last
    if between and at < len(words) and words[at].low in _all_units() and at + 1 < len(words):
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
                scale = _lexicon()["scales"].get(words[second.last - 1].low, 1)
                low = low * scale if low * scale <= high else low
            near = link != "or" or (second.low is not None and second.low - low <= max(3, low // 2))
            if low < high and near:
                return _Number(index, second.last, low, high)
    return None if between else first


def _qualified(words: list[_Word], number: _Number) -> _Number:
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
    return _Number(first, last, low, high, part=number.part, whole=number.whole)


def amount_of(phrase: str) -> Amount | None:
    """Return the interval that a phrase states ("at least 20"), or None when it states none.

    Args:
        phrase: The words of one number, with its qualifier.
    """
    text = phrase.translate(str.maketrans({"\u00a0": " ", "\u202f": " "}))
    words = _words(text)
    for index in range(len(words)):
        number = _ranged(words, index, text)
        if number is not None:
            number = _qualified(words, number)
            return Amount(
                low=number.low, high=number.high, text=phrase[words[number.first].start : words[number.last - 1].end]
            )
    return None


def find_amounts(page: Page) -> tuple[Counted, ...]:
    """Return every number of a page in order, told apart by kind.

    Args:
        page: A parsed document.

    Returns:
        One :class:`Counted` per number or range; they never overlap.
    """
    return tuple(counted for paragraph in page.paragraphs for counted in _in_paragraph(page, paragraph))


def _in_paragraph(page: Page, paragraph: Paragraph) -> Iterator[Counted]:
    text = paragraph.parsed.text
    words = _words(text)
    starts = [token.idx for token in paragraph.parsed]
    index = 0
    while index < len(words):
        number = _ranged(words, index, text)
        if number is None:
            index += 1
            continue
        number = _qualified(words, number)
        counted = _counted(page, paragraph, text, words, number, starts)
        if counted is not None:
            yield counted
        index = number.last


def _counted(
    page: Page, paragraph: Paragraph, text: str, words: list[_Word], number: _Number, starts: list[int]
) -> Counted | None:
    offset = paragraph.start
    start, end = words[number.first].start, words[number.last - 1].end
    kind, unit, unit_at = _kind(words, number, text)
    if kind == "skip":
        return None
    if kind in {"percent", "money", "duration", "distance", "age"} and unit_at is not None:
        sign = words[unit_at]
        if kind == "percent":
            end = max(end, sign.end)
        if kind == "money" and sign.end <= start:
            start = sign.start
        elif kind == "money":
            end = max(end, sign.end)
    tokens = paragraph.parsed
    if not tokens:
        return None
    last_word = words[number.last - 1]
    token = tokens[max(0, bisect_right(starts, last_word.start) - 1)]
    head, alone = _head(token, unit_at is not None and kind not in {"count", "percent"}, words, unit_at, starts)
    if not unit and kind == "count":
        unit = "" if alone else head.text
    head_start, head_end = place(head)
    previous = words[number.first - 1].low if number.first else ""
    return Counted(
        offset + start,
        offset + end,
        Amount(low=number.low, high=number.high, text=page.text[offset + start : offset + end], unit=unit),
        kind,
        head_start,
        head_end,
        alone,
        previous in {"the", "these", "those", "all", "its", "their"},
    )


def _kind(words: list[_Word], number: _Number, text: str) -> tuple[str, str, int | None]:
    """Return the kind, the unit's words and the index of the unit's word."""
    units = _lexicon()["units"]
    last = number.last
    follow = words[last] if last < len(words) else None
    figure = words[number.last - 1]
    before = words[number.first - 1] if number.first else None
    first = words[number.first]
    if number.part:
        return "percent", "%", None
    if before is not None and before.low in units["money_signs"] and before.end == first.start:
        return "money", before.text, number.first - 1
    hyphen = 1 if follow is not None and follow.low in {"-", "–"} else 0
    after = words[last + hyphen] if last + hyphen < len(words) else None
    if follow is not None and follow.low in {"/", ":"} and follow.start == figure.end and after is not None:
        nxt = words[last + 1] if last + 1 < len(words) else None
        if nxt is not None and nxt.start == follow.end and nxt.text[0].isdigit():
            return "other", "", None
    if after is not None:
        second = words[last + hyphen + 1] if last + hyphen + 1 < len(words) else None
        third = words[last + hyphen + 2] if last + hyphen + 2 < len(words) else None
        if (
            after.low == "%"
            or after.low in {"percent", "pct"}
            or (after.low == "per" and second and second.low == "cent")
        ):
            return "percent", "%", last + hyphen + (1 if after.low == "per" else 0)
        if after.low in units["duration"]:
            old = second is not None and (second.low == "old" or (second.low == "-" and third and third.low == "old"))
            return ("age" if old else "duration"), after.text, last + hyphen
        if after.low in units["distance"] and (after.low != "m" or after.start > figure.end):
            return "distance", after.text, last + hyphen
        if after.low in units["measure"]:
            return "other", after.text, last + hyphen
        if after.low in units["money"]:
            return "money", after.text, last + hyphen
        if second is not None and second.low in units["money"] and (after.text[0].isupper() or after.low == "us"):
            return "money", f"{after.text} {second.text}", last + hyphen + 1
        if figure.text[-1].isdigit() and after.start == figure.end and after.low in {"st", "nd", "rd", "th"}:
            return "ordinal", "", None
        if _MONTHS.match(after.text) and after.text[0].isupper() and figure.text.isdigit() and int(figure.text) <= 31:
            return "other", "", None
    if before is not None:
        if _MONTHS.match(before.text) and before.text[0].isupper() and figure.text.isdigit():
            return ("year" if _yearlike(figure.text) else "other"), "", None
        if before.low in {"aged", "age"}:
            return "age", "", None
        named = before.low in _set("naming", "words") and (before.text[0].isupper() or figure.text.isdigit())
        plain = number.last - number.first == 1
        if plain and named and not (after is not None and _plural(after)):
            return "other", "", None
    if _yearlike(figure.text) and number.last - number.first > 1 and number.low in _YEAR and number.high in _YEAR:
        return "year", "", None
    if _yearlike(figure.text) and number.last - number.first == 1:
        leads = before is not None and (before.low in _set("year", "before") or before.low == "-")
        counts = after is not None and _plural(after) and not hyphen
        if leads or not counts:
            return "year", "", None
    if figure.low == "one" and number.last - number.first == 1:
        if after is None or after.low in _set("one", "not_before") or not after.text[0].isalpha():
            return "skip", "", None
        if before is not None and before.low in _set("one", "not_after"):
            return "skip", "", None
    if _age_in_commas(words, number):
        return "age", "", None
    return "count", "", None


def _plural(word: _Word) -> bool:
    return word.low.endswith("s") or word.low in {"people", "men", "women", "children", "dead", "injured", "wounded"}


def _age_in_commas(words: list[_Word], number: _Number) -> bool:
    """Whether the number is an age set off by commas behind a name: "Samira Haddad, 34, said"."""
    if number.first < 2 or number.last >= len(words) or number.last - number.first != 1:
        return False
    figure = words[number.first]
    return (
        figure.text.isdigit()
        and int(figure.text) <= 110
        and words[number.first - 1].low == ","
        and words[number.last].low in {",", "."}
        and words[number.first - 2].text[0].isupper()
    )


def _head(token: Token, fixed: bool, words: list[_Word], unit_at: int | None, starts: list[int]) -> tuple[Token, bool]:
    """Return the noun that a number counts, and whether the number stands alone."""
    doc = token.doc
    if fixed and unit_at is not None:
        return doc[max(0, bisect_right(starts, words[unit_at].start) - 1)], False
    at = token.i + 1
    if unit_at is not None:
        at = max(at, bisect_right(starts, words[unit_at].start))
    while (
        at < len(doc)
        and doc[at].lower_ in {"-", "or", "more", "so", "plus", "+", "cent", "percent", "%"}
        and at < token.i + 4
    ):
        at += 1
    if at < len(doc) and doc[at].lower_ == "of":
        for child in doc[at].children:
            if child.dep_ == "pobj" and child.i > at:
                return child, False
        at += 1
    else:
        climbed = token
        while (
            climbed.dep_ in {"nummod", "quantmod", "compound", "npadvmod", "amod", "advmod", "det", "pobj", "prep"}
            and climbed.head.i != climbed.i
        ):
            if (
                climbed.dep_ in {"nummod"}
                and climbed.head.i > token.i
                and climbed.head.pos_ in {"NOUN", "PROPN", "ADJ"}
            ):
                return climbed.head, False
            if climbed.head.pos_ != "NUM" and climbed.head.i > token.i + _FARTHEST_HEAD:
                break
            if climbed.head.pos_ != "NUM":
                break
            climbed = climbed.head
    found = None
    for other in doc[at : at + _FARTHEST_HEAD]:
        if other.pos_ in {"NOUN", "PROPN"} and other.dep_ != "npadvmod":
            found = other
            continue
        if found is not None and other.text not in {"-", "'s"} and other.pos_ not in {"NOUN", "PROPN", "PART"}:
            break
        if (
            other.pos_ in {"ADJ", "DET", "ADV", "NUM", "PRON"}
            or other.text in {"-", "'", '"', "[", "]"}
            or other.dep_ == "amod"
        ):
            continue
        break
    return (found, False) if found is not None else (token, True)


def one(token: Token) -> Amount | None:
    """Return 1 for a singular noun that stands for one ("a nurse", "an officer", "their son"), else None.

    Args:
        token: The noun.

    Returns:
        The amount with the noun's determiner and words, or None for plurals, masses and collectives.
    """
    if token.tag_ not in {"NN", "NNP"} or token.lemma_.casefold() in _set("one", "collective"):
        return None
    if any(child.dep_ == "nummod" and child.lower_ not in {"one", "1"} for child in token.children):
        return None
    return Amount(low=1, high=1, text=token.text, unit=token.text)
