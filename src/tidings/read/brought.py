"""A row that an analyst brought in, read as claims by that analyst: no parsing, no guess.

The row's first claim quotes what happened; each column that counts people makes a claim of its own, which quotes that cell.
"""

from __future__ import annotations

import re

from tidings.model import (
    Amount,
    Claim,
    ClaimId,
    Document,
    Mention,
    MentionId,
    ReaderStamp,
    Reading,
    TimeWords,
    content_id,
)
from tidings.read.known import days_given, mention_of

__all__ = ["BROUGHT_STAMP", "read_brought"]

BROUGHT_STAMP = ReaderStamp(name="import.rows", version="1", model="")
"""Who reads rows that an analyst brought in: a rule without a model."""

_LISTS = {"agents": "actor", "targets": "actor", "places": "place", "source": "source"}
_COUNTED = {
    "killed": ("casualties", "killed", "killed"),
    "wounded": ("casualties", "wounded", "wounded"),
    "missing": ("casualties", "missing", "missing"),
    "detained": ("custody", "arrest", "detained"),
    "displaced": ("displacement", "flight", "displaced"),
}
_JOINED = re.compile(r"[|;]")
_COUNT = re.compile(r"([<>≥≤~]?)\s*(\d[\d,. ]*)\s*(?:[-–—]\s*(\d[\d,. ]*)|(\+))?\Z")


def read_brought(document: Document) -> Reading:
    """Return the claims that a row makes, with its mentions and days where they stand in the row.

    Args:
        document: A document with ``brought`` set: its text is the row, as "column: value" lines.
    """
    cells = _cells(document)
    named = {column: _mentions(document, cells, column, kind) for column, kind in _LISTS.items()}
    place = "place" if _words(document, cells, "kind") == "place" else ""
    if place:
        start, end = cells["name"]
        own = mention_of(document, start, document.text[start:end], "place")
        named["places"] = [own, *(one for one in named["places"] if one.id != own.id)]
    times = days_given(document, cells)
    claims = [] if _counts_alone(document, cells) else [_claim(document, cells, named, times, place)]
    for column, (kind, sort, measure) in _COUNTED.items():
        if column in cells and (count := _amount(_words(document, cells, column))) is not None:
            claims.append(_counted(document, cells, named, times, column, kind, sort, measure, count))
    found = {mention.id: mention for held in named.values() for mention in held}
    return Reading(
        document=document.id,
        reader=BROUGHT_STAMP,
        mentions=tuple(sorted(found.values(), key=lambda mention: (mention.start, mention.end, mention.id))),
        times=times,
        claims=tuple(claims),
    )


def _cells(document: Document) -> dict[str, tuple[int, int]]:
    cells: dict[str, tuple[int, int]] = {}
    position = 0
    for line in document.text.split("\n"):
        name = line.partition(":")[0]
        cells[name] = (min(position + len(name) + 2, position + len(line)), position + len(line))
        position += len(line) + 1
    return cells


def _words(document: Document, cells: dict[str, tuple[int, int]], column: str) -> str:
    start, end = cells.get(column, (0, 0))
    return document.text[start:end]


def _mentions(document: Document, cells: dict[str, tuple[int, int]], column: str, kind: str) -> list[Mention]:
    found = []
    at, _ = cells.get(column, (0, 0))
    for piece in _JOINED.split(_words(document, cells, column)):
        text = piece.strip()
        if text:
            found.append(mention_of(document, at + len(piece) - len(piece.lstrip()), text, kind))
        at += len(piece) + 1
    return found


def _counts_alone(document: Document, cells: dict[str, tuple[int, int]]) -> bool:
    """Return whether the row says no more than how many: its kind is that of its count."""
    kind = _words(document, cells, "kind")
    return any(column in cells and kind == row[0] for column, row in _COUNTED.items())


def _ids(mentions: list[Mention]) -> tuple[MentionId, ...]:
    return tuple(mention.id for mention in mentions)


def _claim(
    document: Document,
    cells: dict[str, tuple[int, int]],
    named: dict[str, list[Mention]],
    times: tuple[TimeWords, ...],
    place: str,
) -> Claim:
    start, end = cells["name"]
    kind = "statement" if place else _words(document, cells, "kind")
    sort = "assessment" if place else _words(document, cells, "type")
    return Claim(
        id=ClaimId(content_id("c", document.id, start, end, kind, sort, "")),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        kind=kind,
        type=sort,
        agents=_ids(named["agents"]),
        targets=_ids(named["targets"]),
        places=_ids(named["places"]),
        chain=_ids(named["source"]),
        times=tuple(time.id for time in times),
        rule="import.row",
        confidence=1.0,
        trigger_start=start,
        trigger_end=end,
        reader=BROUGHT_STAMP,
    )


def _counted(
    document: Document,
    cells: dict[str, tuple[int, int]],
    named: dict[str, list[Mention]],
    times: tuple[TimeWords, ...],
    column: str,
    kind: str,
    sort: str,
    measure: str,
    count: Amount,
) -> Claim:
    start, end = cells[column]
    # The quotation holds the column's name: a bare number says nothing.
    start -= len(column) + 2
    return Claim(
        id=ClaimId(content_id("c", document.id, start, end, kind, sort, measure)),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        kind=kind,
        type=sort,
        measure=measure,
        count=count,
        agents=_ids(named["agents"]),
        targets=_ids(named["targets"]),
        places=_ids(named["places"]),
        chain=_ids(named["source"]),
        times=tuple(time.id for time in times),
        rule="import.count",
        confidence=1.0,
        trigger_start=start,
        trigger_end=end,
        reader=BROUGHT_STAMP,
    )


def _amount(words: str) -> Amount | None:
    found = _COUNT.match(words.strip())
    if found is None:
        return None
    mark, first, last, plus = found.groups()
    low = int(re.sub(r"\D", "", first))
    if last:
        return Amount(low=low, high=int(re.sub(r"\D", "", last)), text=words)
    if plus:
        return Amount(low=low, high=None, text=words)
    ends = {"<": (None, low - 1), "≤": (None, low), ">": (low + 1, None), "≥": (low, None)}
    below, above = ends.get(mark, (low, low))
    return Amount(low=below, high=above, text=words)
