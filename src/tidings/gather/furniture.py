"""What is furniture in a report's words: credits, comment forms, share buttons, navigation."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tidings.model import Span

__all__ = ["Line", "furniture", "lines_of"]

LONGEST_LINE = 400
"""Code points of the longest line that can be furniture as a whole."""
LONGEST_TAIL = 400
"""Code points at the end of a long line in which pieces are looked for: credits stand at the end."""
_WORD = re.compile(r"\w+")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\u200b\u2060\u00ad]|\r(?=\n)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text with the white space at both ends left out. ``start``/``end`` are code points of the text.

    ``whole`` is the line with its line break.
    """

    words: str
    start: int
    end: int
    whole: Span


@dataclass(frozen=True, slots=True)
class _Patterns:
    whole: re.Pattern[str]
    pieces: tuple[re.Pattern[str], ...]
    comments: re.Pattern[str]
    related: re.Pattern[str]
    limits: dict[str, int]


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads(files("tidings.gather").joinpath("furniture.toml").read_text("utf-8"))

    def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)

    return _Patterns(
        whole=any_of(one for group in sorted(table["whole"]) for one in table["whole"][group]),
        pieces=tuple(
            re.compile(one, re.IGNORECASE) for group in sorted(table["pieces"]) for one in table["pieces"][group]
        ),
        comments=any_of(table["rest"]["comments"]),
        related=any_of(table["rest"]["related"]),
        limits=table["limits"],
    )


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text that hold more than white space."""
    position = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = position + len(raw) - len(raw.lstrip())
            yield Line(words, start, start + len(words), Span(position, position + len(raw)))
        position += len(raw)


def furniture(text: str, *, credit: str = "") -> list[Span]:
    """Return the pieces of ``text`` that are furniture and no words of the report.

    Args:
        text: The decoded original, or what markup leaves of it with the same offsets.
        credit: A publisher's name; a line that holds nothing else is a credit.
    """
    patterns = _patterns()
    lines = list(lines_of(text))
    # Characters without a shape would sit inside words and split them; the carriage return only doubles the line break.
    spans = [Span(*found.span()) for found in _INVISIBLE.finditer(text)]
    before = 0
    for number, line in enumerate(lines):
        if _from_here(lines, number, before, patterns):
            spans.append(Span(line.whole.start, len(text)))
            break
        if number and (_whole(line.words, patterns) or (credit and line.words.casefold() == credit.casefold())):
            spans.append(line.whole)
            continue
        pieces = list(_pieces(line, patterns))
        if pieces and _only_names(line, pieces, patterns.limits["caption_least_words"]):
            spans.append(line.whole)
            continue
        spans += pieces
        before += len(_WORD.findall(line.words))
    return spans


def _whole(words: str, patterns: _Patterns) -> bool:
    return len(words) <= LONGEST_LINE and bool(patterns.whole.fullmatch(words))


def _from_here(lines: list[Line], number: int, before: int, patterns: _Patterns) -> bool:
    line = lines[number]
    if len(line.words) > LONGEST_LINE or before < patterns.limits["comments_after_words"]:
        return False
    if patterns.comments.fullmatch(line.words):
        return True
    longest = patterns.limits["related_longest_line"]
    return bool(patterns.related.fullmatch(line.words)) and all(
        len(_WORD.findall(other.words[:LONGEST_LINE])) <= longest for other in lines[number + 1 :]
    )


def _pieces(line: Line, patterns: _Patterns) -> Iterator[Span]:
    offset = max(0, len(line.words) - LONGEST_TAIL)
    tail = line.words[offset:]
    for pattern in patterns.pieces:
        for found in pattern.finditer(tail):
            if found.end() > found.start():
                yield Span(line.start + offset + found.start(), line.start + offset + found.end())


def _only_names(line: Line, pieces: list[Span], least: int) -> bool:
    """Return whether nothing but a name or two is left of a caption when its credit is cut."""
    kept = [
        char for place, char in enumerate(line.words, line.start) if not any(p.start <= place < p.end for p in pieces)
    ]
    words = _WORD.findall("".join(kept))
    return len(words) < least and all(word[0].isupper() or word.isdigit() for word in words)
