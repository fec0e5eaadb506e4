"""A model's answer held against the passage: what stands there word for word becomes a claim, the rest is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tidings.ask.passages import Passage
from tidings.model import KINDS, MODES

__all__ = ["Answered", "Found", "grounded"]

SLOTS = ("agents", "targets", "places", "chain")
MEASURES = {
    "casualties": frozenset({"killed", "wounded", "killed_or_wounded", "executed", "missing"}),
    "displacement": frozenset({"displaced", "returned"}),
    "custody": frozenset({"detained", "abducted", "released"}),
    "property": frozenset({"seized", "returned", "demanded"}),
}
MOST = 200
"""Claims that one passage can hold; a longer answer is cut, and that is counted."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One grounded claim: spans are code points of the document."""

    start: int
    end: int
    kind: str
    type: str
    mode: str
    measure: str = ""
    slots: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    time: Span | None = None
    count: Span | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What one answer came to: claims, and how many times each reason refused something."""

    found: tuple[Found, ...]
    refused: Mapping[str, int]


def grounded(passage: Passage, answer: str) -> Answered:
    """Return the claims of an answer that quote the passage verbatim, white space aside.

    Whatever else the answer holds is counted and left out: an answer that is no JSON, a claim whose words do not stand in
    the passage, a kind or type that the guide does not know, a name that the passage does not hold.
    """
    refused: dict[str, int] = {}

    def refuse(why: str) -> None:
        refused[why] = refused.get(why, 0) + 1

    rows = _rows(answer)
    if rows is None:
        refuse("the answer is not in the form asked for")
        rows = []
    if len(rows) > MOST:
        refuse("more claims than a passage can hold")
    found = []
    for row in rows[:MOST]:
        if not isinstance(row, dict):
            refuse("a claim is not in the form asked for")
        elif (one := _one(passage, row, refuse)) is not None:
            found.append(one)
    return Answered(tuple(sorted(found, key=_order)), refused)


def _order(found: Found) -> tuple[int, int, str, str]:
    return (found.start, found.end, found.kind, found.type)


def _rows(answer: str) -> list[Any] | None:
    """Return the rows of an answer, whatever stands around the JSON, or None."""
    first, last = answer.find("{"), answer.rfind("}")
    if first < 0 or last < first:
        return None
    try:
        held = json.loads(answer[first : last + 1])
    except (ValueError, RecursionError):
        return None
    rows = held.get("claims") if isinstance(held, dict) else None
    return rows if isinstance(rows, list) else None


def _one(passage: Passage, row: dict[str, Any], refuse: Any) -> Found | None:
    quote = _place(passage.text, row.get("quote"), 0, len(passage.text))
    if quote is None:
        refuse("its quote does not stand in the passage")
        return None
    kind, type_, mode, measure = (_code(row.get(name)) for name in ("kind", "type", "mode", "measure"))
    if kind not in KINDS or type_ not in KINDS[kind]:
        refuse("its kind or type is not in the guide")
        return None
    mode = mode or "asserted"
    if mode not in MODES:
        refuse("its mode is not in the guide")
        return None
    slots: dict[str, tuple[Span, ...]] = {}
    for slot in SLOTS:
        held = row.get(slot)
        spans = []
        for name in held if isinstance(held, list) else []:
            span = _place(passage.text, name, *quote)
            if span is None:
                refuse(f"a name in {slot} does not stand in the passage")
            else:
                spans.append(_moved(span, passage.start))
        slots[slot] = tuple(dict.fromkeys(spans))
    time = _place(passage.text, row.get("time"), *quote)
    count = _place(passage.text[: quote[1]], row.get("count"), *quote)
    return Found(
        start=quote[0] + passage.start,
        end=quote[1] + passage.start,
        kind=kind,
        type=type_,
        mode=mode,
        measure=measure if measure in MEASURES.get(kind, frozenset()) else "",
        slots=slots,
        time=_moved(time, passage.start) if time else None,
        count=_moved(count, passage.start) if count and count[0] >= quote[0] else None,
    )


def _code(value: object) -> str:
    """Return a code of the guide; whatever is neither text nor nothing is none of them."""
    return value if isinstance(value, str) else "" if value is None else repr(value)


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _place(text: str, words: object, start: int, end: int) -> Span | None:
    """Return where words stand in a text, white space aside: within ``start`` and ``end``, else nearest to them."""
    if not isinstance(words, str) or not words.strip() or len(words) > len(text):
        return None
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    hits = [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]
    if not hits:
        return None
    return min(hits, key=lambda hit: (0 if start <= hit[0] and hit[1] <= end else min(abs(hit[0] - start), abs(hit[1] - end)) + 1, hit))  # fmt: skip
