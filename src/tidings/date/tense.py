"""Whether a claim may lie after its report, and whether a report tells of its own day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tidings.date.story import in_news
from tidings.model import Claim, Document, TimeWords

__all__ = ["is_ahead", "is_fresh", "is_plan"]

_WILL = re.compile(r"\b(?:will|would|shall|won't|wouldn't)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|plans? to|hopes? to|aims? to|intends? to|is to|are to|(?:is|are) (?:due|set|expected|scheduled|planned) to|"
    r"to be|tomorrow|next)\b",
    re.IGNORECASE,
)
"""Words of what lies ahead, before or in a claim that names a day of the week."""
_EXPECTED = re.compile(r"\b(?:will|hopes? to|plans? to|(?:is|are) (?:due|set|expected|scheduled|to)\b)", re.IGNORECASE)
_BEFORE = 24
"""Characters before a claim within which "is expected to" stands."""
_LONGEST_NEWS = 10
"""Days of fighting that a day's news may still sum up; a report on a longer battle looks back."""
_LONG_REPORT, _SHORT_REPORT = 9000, 2500
"""Characters: a longer report looks back over weeks; a shorter one tells one thing, whether or not it names a day."""


def is_ahead(claim: Claim, carried: Sequence[TimeWords]) -> bool:
    """Return whether a claim may tell of what lies after the report."""
    return (
        claim.mode in {"intended", "possible"}
        or (claim.mode == "denied" and _WILL.search(claim.quote) is not None)
        or any(
            (one.least is not None and one.least > 0) or one.soft.startswith(("next_", "coming_", "later_"))
            for one in carried
        )
    )


def is_plan(claim: Claim, text: str) -> bool:
    """Return whether a claim tells of what is still to come, by its mode and the words in or right before it."""
    near = text[max(0, claim.start - _BEFORE) : claim.end]
    return _AHEAD.search(near) is not None and (claim.mode == "intended" or _EXPECTED.search(near) is not None)


def is_fresh(document: Document, longest: int, words: Iterable[TimeWords]) -> bool:
    """Return whether a report whose day is known tells of that day's news.

    It names days of the week or is short, and looks back on no long battle.

    Args:
        document: The report.
        longest: Days of the fighting that it tells of as a whole, or 0.
        words: Its words about time.
    """
    if longest > _LONGEST_NEWS or len(document.text) > _LONG_REPORT:
        return False
    return len(document.text) <= _SHORT_REPORT or any(in_news(one) for one in words)
