"""Articles as JSON Lines: each line is a report of its own, kept as it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tidings.gather.bounds import LARGEST_FILE, Budget
from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import Door, Item, NoReport, Source, Words
from tidings.gather.doors.rows import articles_only, names_text, row_words
from tidings.model import Refusal

__all__ = ["DOOR"]

_ADVICE = "Repair the line; the others were used."


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the lines of a file of articles."""
    yield from articles_only(_lines(source, budget))


def _lines(source: Source, budget: Budget) -> Iterator[tuple[Item | Refusal, Mapping[str, Any] | None]]:
    held = 0
    with source.open() as stream:
        number = 0
        while line := stream.readline(LARGEST_FILE + 1):
            number += 1
            budget.spend(len(line))
            where = f"line={number}"
            if len(line) > LARGEST_FILE:
                reason = f"the line is longer than {LARGEST_FILE // 2**20} MB"
                yield Refusal(path=where, reason=reason, advice=_ADVICE), None
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LARGEST_FILE)
                    budget.spend(len(line))
                continue
            data = line.strip().removeprefix(b"\xef\xbb\xbf")
            if not data:
                continue
            try:
                row = _row(data)
            except Undecodable as error:
                yield Refusal(path=where, reason=error.reason, advice=_ADVICE), None
                continue
            if not names_text(row):
                if held == 0:
                    raise NoReport(
                        "lines without a text are not reports",
                        "Each line of a file of articles has a value named text.",
                    )
                yield Refusal(path=where, reason="the line has no text", advice=_ADVICE), None
                continue
            held += 1
            yield Item(locator=where, data=data), row


def _row(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Undecodable(f"the line is no JSON ({getattr(error, 'msg', 'it cannot be read')})", _ADVICE) from error
    if not isinstance(value, dict):
        raise Undecodable("the line is no JSON object", _ADVICE)
    return value


def words(data: bytes, path: str) -> Words:  # noqa: ARG001
    """Return the words of one line."""
    return row_words(_row(data))


DOOR = Door(
    name="lines", title="articles as JSON Lines, a report a line", endings=(".jsonl", ".ndjson"), words=words,
    items=items, whole=False,
)  # fmt: skip
