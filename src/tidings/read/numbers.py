"""Numbers as a report writes them, with both ends: "at least 20", "dozens", "between 10 and 15", "1.2 million".

A duration, a distance, an age, a year or a part of a name is told apart from a count, because it is none. "Several" and
"many" state no number. How words become intervals stands in ``numbers_grammar``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidings.model import Amount
from tidings.read.numbers_grammar import Number, Word, lexicon, number_at, split_words, word_set, yearlike
from tidings.read.page import Page, Paragraph, place
from tidings.read.token_starts import token_starts

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Counted", "amount_of", "find_amounts", "one"]

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


def amount_of(phrase: str) -> Amount | None:
    """Return the interval that a phrase states ("at least 20"), or None when it states none.

    Args:
        phrase: The words of one number, with its qualifier.
    """
    text = phrase.replace("\u00a0", " ").replace("\u202f", " ")
    words = split_words(text)
    for index in range(len(words)):
        number = number_at(words, index, text)
        if number is not None:
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
    text = paragraph.plain
    words = split_words(text)
    index = 0
    while index < len(words):
        number = number_at(words, index, text)
        if number is None:
            index += 1
            continue
        counted = _counted(page, paragraph, words, number, token_starts(paragraph.parsed))
        if counted is not None:
            yield counted
        index = number.last


def _counted(page: Page, paragraph: Paragraph, words: list[Word], number: Number, starts: list[int]) -> Counted | None:
    offset = paragraph.start
    start, end = words[number.first].start, words[number.last - 1].end
    kind, unit, unit_at = _kind(words, number)
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


def _kind(words: list[Word], number: Number) -> tuple[str, str, int | None]:
    """Return the kind, the unit's words and the index of the unit's word."""
    units = lexicon()["units"]
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
            return ("year" if yearlike(figure.text) else "other"), "", None
        if before.low in {"aged", "age"}:
            return "age", "", None
        named = before.low in word_set("naming", "words") and (before.text[0].isupper() or figure.text.isdigit())
        plain = number.last - number.first == 1
        if plain and named and not (after is not None and _plural(after)):
            return "other", "", None
    if (
        yearlike(figure.text)
        and number.last - number.first > 1
        and yearlike(str(number.low))
        and yearlike(str(number.high))
    ):
        return "year", "", None
    if yearlike(figure.text) and number.last - number.first == 1:
        leads = before is not None and (before.low in word_set("year", "before") or before.low == "-")
        counts = after is not None and _plural(after) and not hyphen
        if leads or not counts:
            return "year", "", None
    if figure.low == "one" and number.last - number.first == 1:
        if after is None or after.low in word_set("one", "not_before") or not after.text[0].isalpha():
            return "skip", "", None
        if before is not None and before.low in word_set("one", "not_after"):
            return "skip", "", None
    if _age_in_commas(words, number):
        return "age", "", None
    return "count", "", None


def _plural(word: Word) -> bool:
    return word.low.endswith("s") or word.low in {"people", "men", "women", "children", "dead", "injured", "wounded"}


def _age_in_commas(words: list[Word], number: Number) -> bool:
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


def _head(token: Token, fixed: bool, words: list[Word], unit_at: int | None, starts: list[int]) -> tuple[Token, bool]:
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
            if climbed.dep_ == "nummod" and climbed.head.i > token.i and climbed.head.pos_ in {"NOUN", "PROPN", "ADJ"}:
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
    if token.tag_ not in {"NN", "NNP"} or token.lemma_.casefold() in word_set("one", "collective"):
        return None
    if any(child.dep_ == "nummod" and child.lower_ not in {"one", "1"} for child in token.children):
        return None
    return Amount(low=1, high=1, text=token.text, unit=token.text)
