"""A report in passages, each small enough to be asked about alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tidings.model import DocId, Document

__all__ = ["LONGEST", "Passage", "passages"]

LONGEST = 1800
"""Letters of a passage: some fifteen sentences. A longer paragraph is cut at the end of a sentence, or where it must be."""
_ENDS = re.compile(r"[.!?…][”\"'’)]*\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a document's text: ``text[start:start + len(text)]``, in code points."""

    document: DocId
    start: int
    text: str


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document, in order: whole paragraphs, together at most :data:`LONGEST` letters.

    Every letter but the white space between passages lies in exactly one of them.
    """
    found: list[Passage] = []
    start = end = 0
    for first, last in _pieces(document.text):
        if end > start and last - start > LONGEST:
            found.append(Passage(document.id, start, document.text[start:end]))
            start = first
        elif end == start:
            start = first
        end = last
    if end > start:
        found.append(Passage(document.id, start, document.text[start:end]))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of paragraphs, the long ones cut."""
    for match in re.finditer(r"\S[^\n]*", text):
        start, end = match.start(), match.start() + len(match.group().rstrip())
        while end - start > LONGEST:
            cuts = [found.end() for found in _ENDS.finditer(text, start, start + LONGEST)]
            cut = cuts[-1] if cuts else start + LONGEST
            yield start, cut
            start = cut
        if text[start:end].strip():
            yield start, end
