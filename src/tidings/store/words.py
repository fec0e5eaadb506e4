"""The words a value stands on, with the sentence around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Words", "sentence_around", "words_at"]

_END = re.compile(r"[.!?…][”\"'’)\]]*\s|\n")
_FARTHEST = 400
"""Code points looked at on either side: a sentence longer than that is cut for showing."""


@dataclass(frozen=True, slots=True)
class Words:
    """A quotation in its sentence: which document, where, what stands before and after it."""

    document: str
    path: str
    start: int
    end: int
    before: str
    quote: str
    after: str


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the code points of the sentence, or sentences, that hold ``start``..``end``."""
    first = max(0, start - _FARTHEST)
    for found in _END.finditer(text, first, start):
        first = found.end()
    found_end = _END.search(text, max(start, end - 1), min(len(text), end + _FARTHEST))
    last = found_end.end() if found_end else min(len(text), end + _FARTHEST)
    return min(first, start), max(last, end)


def words_at(text: str, document: str, path: str, start: int, end: int) -> Words:
    """Return ``text[start:end]`` in its sentence, white space squashed for showing."""
    first, last = sentence_around(text, start, end)
    return Words(
        document=document,
        path=path,
        start=start,
        end=end,
        before=_squash(text[first:start]).lstrip(),
        quote=text[start:end],
        after=_squash(text[end:last]).rstrip(),
    )


def _squash(words: str) -> str:
    return re.sub(r"\s+", " ", words)
