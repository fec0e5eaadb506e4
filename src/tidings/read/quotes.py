"""Quotation marks: where quotations begin and end, over nested, unclosed and paragraph-crossing marks.

The scanner works on the document's own text, one paragraph after the other, and never fails: a mark that has no
partner ends where its sentence or its paragraph ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Quotation", "scan"]

_OPENERS = {"“": "”", "«": "»", "„": "”"}
_STRAIGHT = '"'
_FILLER = "\ufeff"
_OPENING_CONTEXT = re.compile(r"[\s(\[—–―\-:‘'«“]")
_SENTENCE_END = re.compile(r"[.!?…](?=[\s\"”’»)\]]|$)")
_ENDS_ITSELF = re.compile(r"[.!?…,;:—–-]\s*[\"”’'»]?\s*$")
_MARK = re.compile(r"[“”\"«»„‘’']")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """One quotation.

    ``start``/``end`` are code points of the words inside the marks; ``outer_start``/``outer_end`` include the marks.
    ``closed`` is False where the closing mark is missing. ``begins`` is True where a sentence (or its paragraph) begins
    with it; ``whole`` where nothing but the quotation stands in its paragraph. ``continues`` is True where it goes on from a
    quotation that the paragraph before left open. ``stops`` is True where a sentence begins inside the marks and ends there,
    with a full stop or at the comma before "he said".
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    closed: bool
    begins: bool
    whole: bool
    continues: bool
    stops: bool = False

    def holds(self, position: int) -> bool:
        """Return whether a code point lies inside the marks."""
        return self.outer_start <= position < self.outer_end


def scan(text: str, paragraphs: Iterable[tuple[int, int]]) -> tuple[Quotation, ...]:
    """Return the outermost quotations of a text in order.

    Args:
        text: The document's text.
        paragraphs: Start and end of each paragraph, in order.
    """
    # Two apostrophes do for a quotation mark in some outlets; masked, so that offsets hold.
    text = text.replace("''", _STRAIGHT + _FILLER)
    found: list[Quotation] = []
    pieces = list(paragraphs)
    for index, (start, end) in enumerate(pieces):
        following = text[slice(*pieces[index + 1])] if index + 1 < len(pieces) else ""
        before = found[-1] if found else None
        left_open = (
            before is not None
            and not before.closed
            and before.paragraph == index - 1
            and before.end >= _edge(text, *pieces[index - 1])
        )
        found.extend(_paragraph(text, start, end, index, following, left_open))
    return tuple(found)


def _edge(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _paragraph(text: str, start: int, end: int, index: int, following: str, left_open: bool) -> list[Quotation]:
    marks = _pairs(text, start, end, following)
    found = []
    for outer_start, outer_end, closed in marks:
        inner_start, inner_end = outer_start + 1, outer_end - 1 if closed else outer_end
        while inner_start < inner_end and (text[inner_start].isspace() or text[inner_start] == _FILLER):
            inner_start += 1
        while inner_start < inner_end and (text[inner_end - 1].isspace() or text[inner_end - 1] == _FILLER):
            inner_end -= 1
        if not _WORD.search(text, inner_start, inner_end):
            continue
        before, after = text[start:outer_start], text[outer_end:end]
        begins = not before.strip() or bool(re.search(r"[.!?:…][\"”’)]*\s*$", before))
        found.append(
            Quotation(
                start=inner_start,
                end=inner_end,
                outer_start=outer_start,
                outer_end=outer_end,
                paragraph=index,
                closed=closed,
                begins=begins,
                whole=not _WORD.search(before) and not _WORD.search(after),
                continues=left_open and not before.strip(),
                stops=closed and text[inner_end - 1] in ".,!?…" and text[inner_start].isupper(),
            )
        )
    return found


def _pairs(text: str, start: int, end: int, following: str) -> list[tuple[int, int, bool]]:
    """Pair the marks of one paragraph: (outer start, outer end, closed)."""
    pairs: list[tuple[int, int, bool]] = []
    opened: int | None = None
    closing = ""
    depth = 0
    for found in _MARK.finditer(text, start, end):
        position, mark = found.start(), found.group()
        if opened is None:
            closing = _opens(text, position, start)
            if closing:
                opened, depth = position, 0
        elif mark in _OPENERS and _OPENERS[mark] == closing:
            if _restarts(text, position, opened):
                # An opening mark where a new sentence starts: the one before was never closed.
                pairs.append((opened, _early_end(text, opened, position), False))
                opened, depth = position, 0
            else:
                depth += 1
        elif mark == closing or (mark == _STRAIGHT and closing == "”") or (mark == "”" and closing == _STRAIGHT):
            if not _closes(text, position, end, closing):
                pass
            elif depth:
                depth -= 1
            else:
                pairs.append((opened, position + 1, True))
                opened = None
    if opened is not None:
        pairs.append((opened, _unclosed_end(text, opened, start, end, following), False))
    return pairs


def _opens(text: str, position: int, start: int) -> str:
    """Return the mark that will close a quotation opened at ``position``, or an empty string."""
    mark = text[position]
    before = text[position - 1] if position > start else " "
    after = text[position + 1 : position + 2]
    if mark in _OPENERS:
        return _OPENERS[mark]
    if mark == "”" and position == start and after.isalnum():
        return "”"
    if mark == _STRAIGHT and _OPENING_CONTEXT.match(before) and after and not after.isspace():
        return _STRAIGHT
    if mark == "‘" and _OPENING_CONTEXT.match(before) and not re.match(r"‘\d\ds?\b", text[position : position + 4]):
        return "’"
    if (
        mark == "'"
        and _OPENING_CONTEXT.match(before)
        and re.match(r"'[A-Z][^'\"“”\n]{8,}[.,!?]'", text[position : position + 600])
    ):
        return "'"
    return ""


def _closes(text: str, position: int, end: int, closing: str) -> bool:
    """Return whether a mark closes: a single mark between letters, or before an s, is an apostrophe."""
    if closing not in "'’":
        # A straight mark with a space before it and a letter after it opens; it cannot close.
        before, after = text[position - 1], text[position + 1 : min(position + 2, end)]
        return not (text[position] == _STRAIGHT and before.isspace() and after.isalnum())
    after = text[position + 1 : min(position + 2, end)]
    if after.isalnum():
        return False
    # "the rebels’ town": a plural's apostrophe is followed by a word without any stop before it.
    return not (
        text[position - 1] == "s"
        and re.match(r"’ [a-z]", text[position : position + 3])
        and "’" in text[position + 1 : end]
    )


def _restarts(text: str, position: int, opened: int) -> bool:
    return bool(re.search(r"[.!?…]\s+$", text[opened:position]))


def _early_end(text: str, opened: int, limit: int) -> int:
    stop = _SENTENCE_END.search(text, opened + 1, limit)
    return stop.end() if stop else limit


def _unclosed_end(text: str, opened: int, start: int, end: int, following: str) -> int:
    """Where an unclosed quotation ends: with its paragraph if it began a sentence, else with its sentence."""
    goes_on = following.lstrip()[:1] in {text[opened], '"', "“"} and bool(following)
    begins = not text[start:opened].strip() or bool(re.search(r"[.!?:…,]\s*$", text[start:opened]))
    if goes_on or begins:
        return _edge(text, start, end)
    stop = _SENTENCE_END.search(text, opened + 1, end)
    return stop.start() if stop else _edge(text, start, end)
