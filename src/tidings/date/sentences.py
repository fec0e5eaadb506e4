"""Where sentences and paragraphs of a text begin, by punctuation alone: what the dating of a story needs."""

from __future__ import annotations

import re

__all__ = ["breaks"]

_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")


def breaks(text: str) -> tuple[list[int], list[int]]:
    """Return the starts of sentences and of paragraphs of a text."""
    paragraphs = [0, *(found.end() for found in re.finditer(r"\n\s*", text))]
    sentences = sorted({*paragraphs, *(found.end() for found in _SENTENCE_END.finditer(text))})
    return sentences, paragraphs
