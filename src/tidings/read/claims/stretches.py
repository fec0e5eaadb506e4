"""What stands over a stretch of the text, found without going through all of a long page for each sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

__all__ = ["Stretches"]

Row = TypeVar("Row")


class Stretches(Generic[Row]):
    """Rows by the code points that they cover.

    A page of many thousand sentences has as many attributions; asking each of them about each sentence would take the
    square of their number.
    """

    def __init__(self, rows: Iterable[tuple[int, int, Row]]) -> None:
        self._rows = sorted(
            ((start, end, at, row) for at, (start, end, row) in enumerate(rows)), key=lambda held: held[:3]
        )
        self._starts = [start for start, *_ in self._rows]
        self._longest = max((end - start for start, end, *_ in self._rows), default=0)

    def over(self, start: int, end: int) -> list[Row]:
        """Return the rows of which at least one code point lies in ``start``..``end``, in the order in which they were given."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_right(self._starts, end - 1)
        found = [held for held in self._rows[first:last] if start < held[1]]
        return [row for _, _, _, row in sorted(found, key=lambda held: held[2])]
