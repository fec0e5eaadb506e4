"""A report's text with what was read in it marked: overlapping marks, cut where any of them begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from tidings.web.pages import VISIBLE, link

__all__ = ["Mark", "Paragraph", "furniture_at", "paragraphs"]

_LONGEST_TIME = 40
"""A constraint whose words are longer ties two happenings together; it names no day by itself."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What is marked: the class of its looks, its span, what it says on hovering, where it leads, its id."""

    cls: str
    start: int
    end: int
    title: str = ""
    href: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: where it starts, its marked words, and the rows that begin in it."""

    start: int
    end: int
    html: Markup
    notes: tuple[Any, ...]
    before: tuple[str, ...] = ()


def paragraphs(
    text: str, marks: Sequence[Mark], notes: Sequence[dict[str, Any]], furniture: Sequence[tuple[int, str]] = ()
) -> list[Paragraph]:
    """Return a text's paragraphs with marks in the words and notes beside them.

    Args:
        text: The report's own words.
        marks: What is marked.
        notes: Rows with ``start``; each stands beside the paragraph in which it starts.
        furniture: What was left out, each with the place in the text before which it stood.
    """
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.cls))
    beside = sorted(notes, key=lambda row: (row["start"], row["end"]))
    out, at, left, note, out_at = [], 0, 0, 0, 0
    anchored: set[str] = set()
    left_out = sorted(furniture)
    for start, end in _pieces(text):
        while left < len(ordered) and ordered[left].end <= start:
            left += 1
        held = [mark for mark in ordered[left:] if mark.start < end and mark.end > start]
        here = []
        while note < len(beside) and beside[note]["start"] < end:
            here.append(beside[note])
            note += 1
        before = []
        while out_at < len(left_out) and left_out[out_at][0] <= start:
            before.append(left_out[out_at][1])
            out_at += 1
        out.append(Paragraph(start, end, _marked(text, start, end, held, anchored), tuple(here), tuple(before)))
        at = end
    rest = tuple(words for _, words in left_out[out_at:])
    if rest or note < len(beside):
        out.append(Paragraph(at, at, Markup(""), tuple(beside[note:]), rest))
    return out


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\n]+", text):
        if found.group().strip():
            yield found.span()


def _marked(text: str, start: int, end: int, marks: Sequence[Mark], anchored: set[str]) -> Markup:
    cuts = sorted({start, end, *(max(start, mark.start) for mark in marks), *(min(end, mark.end) for mark in marks)})
    out = []
    for a, b in pairwise(cuts):
        covering = [mark for mark in marks if mark.start <= a and mark.end >= b]
        words = escape(_TURNING.sub(VISIBLE, text[a:b]))
        if not covering:
            out.append(words)
            continue
        classes = list(dict.fromkeys(cls for mark in covering for cls in mark.cls.split()))
        if sum("claim" in mark.cls.split() for mark in covering) > 1:
            classes.append("twice")
        title = _TURNING.sub(VISIBLE, "; ".join(dict.fromkeys(mark.title for mark in covering if mark.title)))
        leading = [mark for mark in covering if mark.href]
        href = min(leading, key=lambda mark: mark.end - mark.start).href if leading else ""
        ids = [mark.id for mark in covering if mark.id and mark.id not in anchored]
        anchored.update(ids)
        anchors = Markup("").join(Markup('<span id="{}"></span>').format(one) for one in ids)
        element = (
            Markup('<a class="m {}" href="{}" title="{}">{}</a>').format(" ".join(classes), href, title, words)
            if href
            else Markup('<span class="m {}" title="{}">{}</span>').format(" ".join(classes), title, words)
        )
        out.append(anchors + element)
    return Markup("").join(out)


def furniture_at(text: str, removed: Iterable[dict[str, Any]]) -> list[tuple[int, str]]:
    """Return what was left out of a report, each with the code point of the text before which it stood."""
    out = []
    gone = 0
    for part in sorted(removed, key=lambda part: part["start"]):
        out.append((min(max(0, part["start"] - gone), len(text)), part["words"]))
        gone += part["end"] - part["start"]
    return out


def marks_of(claims: Sequence[dict[str, Any]], speech: Sequence[dict[str, Any]], mentions: Sequence[dict[str, Any]], times: Sequence[dict[str, Any]]) -> list[Mark]:  # fmt: skip
    """Return the marks of what was read in a report."""
    out = [
        Mark(
            cls=f"claim k-{row['kind']}",
            start=row["start"],
            end=row["end"],
            title=f"{row['kind']}: {row['type'].replace('_', ' ')}",
            href=link(row["event"]) if row["event"] else f"/claim/{row['id']}",
            id=row["id"],
        )
        for row in claims
    ]
    for row in speech:
        out.append(Mark(cls="speech", start=row["start"], end=row["end"], title=" → ".join(row["chain"])))
        if row["source_start"] is not None and row["source_end"]:
            out.append(
                Mark(
                    cls="speaker",
                    start=row["source_start"],
                    end=row["source_end"],
                    title="speaker: " + row["source_kind"],
                )
            )
    for row in mentions:
        cls = {"place": "place", "actor": "party", "person": "party", "source": "speaker"}.get(row["kind"])
        if cls:
            href = link(row["entity"]) if row["entity"] else ""
            out.append(
                Mark(cls=cls, start=row["start"], end=row["end"], title=row["entity_name"] or row["how"], href=href)
            )
    whole = {(row["start"], row["end"]) for row in claims}
    out += [
        Mark(cls="when", start=row["start"], end=row["end"], title=row["reason"])
        for row in times
        if row["start"] is not None
        and row["end"] - row["start"] <= _LONGEST_TIME
        and (row["start"], row["end"]) not in whole
    ]
    return out
