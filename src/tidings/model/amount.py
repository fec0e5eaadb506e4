"""A number as a report gives it: with both ends and its words."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Amount"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """An interval of whole numbers with the words that state it.

    ``low`` is None for "up to 30", ``high`` is None for "at least 20". ``unit`` is what is counted as the
    text calls it ("people", "families", "houses", "Syrian pounds", "%"), empty when it is not said.
    The intervals of words follow the coding guide: dozens 24-99, hundreds 200-999, thousands 2000-9999.
    """

    low: int | None
    high: int | None
    text: str
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse an amount that none can be."""
        if (self.low or 0) < 0 or (self.high or 0) < 0:
            msg = f"an amount lies below zero: {self.text!r}"
            raise ValueError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"an amount's low end is above its high end: {self.low} > {self.high}"
            raise ValueError(msg)

    def meets(self, other: Amount) -> bool:
        """Return whether some number lies in both intervals."""
        least = max(self.low or 0, other.low or 0)
        tops = [top for top in (self.high, other.high) if top is not None]
        return not tops or least <= min(tops)
