"""What the words around a claim say of its time: background hung on the news ("the raid came amid ..."), helping verbs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tidings.model import Claim

__all__ = ["so_far", "takes_up_news"]

_PEG = re.compile(
    r"^(?:the|this)\s.*\b(?:comes?|came)\b(?:\s\w+){0,4}?\s(?:amid|after|as|hours|days|on\s+the\s+heels)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Words that hang background on the news ("the latest attack comes after", "the raid came amid")."""
_PEG_BEHIND = 30
"""Characters behind a claim within which what it hangs on is said."""


def takes_up_news(text: str, claim: Claim) -> bool:
    """Return whether a claim tells of the report's news once more, to hang some background on it.

    Args:
        text: The report's text.
        claim: One of its claims.
    """
    return claim.kind == "event" and _PEG.search(text[claim.start : claim.end + _PEG_BEHIND]) is not None


def so_far(text: str, sentences: Sequence[int], claim: Claim) -> str:
    """Return a claim's sentence up to the claim's end: "would then have" may stand before the first of two verbs.

    Args:
        text: The report's text.
        sentences: Where its sentences begin.
        claim: One of its claims.
    """
    return text[sentences[max(0, bisect_right(sentences, claim.start) - 1)] : claim.end]
