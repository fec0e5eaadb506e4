"""The sentence around a quote, cut for showing: what stands before, the words themselves, what stands after."""

from __future__ import annotations

import re

__all__ = ["around"]

_END = re.compile(r"[.!?…][”\"'’)\]]*\s|\n")
LONGEST = 320
"""Code points shown on either side at the most: a page of context helps nobody."""


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return (before, quote, after): the sentence that holds ``text[start:end]``, in three parts.

    White space is squashed; a side that had to be cut begins or ends with an ellipsis.
    """
    floor = max(0, start - LONGEST)
    begin = floor
    for found in _END.finditer(text, floor, start):
        begin = found.end()
    stop = _END.search(text, max(start, end - 1))
    finish = min(len(text), end + LONGEST) if stop is None else min(max(stop.end(), end), end + LONGEST)
    before, quote, after = text[begin:start], text[start:end], text[end:finish]
    if begin == floor and floor > 0 and not text[floor - 1].isspace():
        before = "…" + before
    if finish == end + LONGEST and finish < len(text):
        after += "…"
    return _squash(before).lstrip(), _squash(quote), _squash(after).rstrip()


def _squash(words: str) -> str:
    return re.sub(r"\s+", " ", words)
