"""What a report that looks back on one long battle says of the battle as a whole: how it ended, and who lost it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from tidings.date.building import Quoted, Sheet, end_point, start_point
from tidings.date.lookup import Lookup
from tidings.date.sentences import breaks
from tidings.date.soft import length, table
from tidings.model import Claim, Document, TimeWords

__all__ = ["EARLY", "going_on", "tie_to_battle"]

EARLY = 2000
"""Characters of a report within which its subject has been named."""
_EPISODE_DAYS = 7
"""Days from which fighting is an episode of its own."""

_ENDED = re.compile(
    r"\b(?:ended|was\s+over|came\s+to\s+an\s+end|drew\s+to\s+a\s+close)\s+(?:only\s+)?(?:when|with|as|after)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
"""Words right before the happening that ended a battle ("the siege was over when the garrison left")."""
_BEFORE = 80
"""Characters before a happening within which it is said to have been the end."""
_LOST = re.compile(r"\b(?:defeat|rout|setback|victory)\b", re.IGNORECASE)
"""Words for how a battle went, said of the whole of it."""
_WHOLE = re.compile(r"\b(?:battle|siege|campaign)\s+(?:for|of|in|on)\b", re.IGNORECASE)
"""A battle called after its place is the whole of it."""


def going_on(
    look: Lookup, claims: Sequence[Claim], carried: Mapping[str, tuple[TimeWords, ...]]
) -> tuple[str | None, int]:
    """Return the fighting that "has gone on for two weeks", which a report that names no day tells of, and its days.

    Args:
        look: The report's words.
        claims: Its claims, in order.
        carried: The words about time that each claim carries.
    """
    for claim in claims:
        if claim.start > EARLY or claim.kind != "event" or not look.is_fight(claim.start, claim.end):
            continue
        for words in carried.get(claim.id, ()):
            if words.shape == "since" and words.anchor == "report" and words.unit:
                days = length(words.soft, words.unit, words.number, words.number_last)[1]
                if days >= _EPISODE_DAYS:
                    return claim.id, days
    return None, 0


def tie_to_battle(
    sheet: Sheet, document: Document, claims: Sequence[Claim], main: str, anchored: Iterable[str]
) -> frozenset[str]:
    """Give claims on a report's one battle the days of the battle, and return the ids of the claims so dated.

    Args:
        sheet: Where constraints are collected.
        document: A report that tells of one battle as a whole.
        claims: Its claims, in order.
        main: The id whose points are those of the battle.
        anchored: Ids of claims that words of their own date.
    """
    held = set(anchored) | {main}
    starts, _ = breaks(document.text)
    tied: set[str] = set()
    for claim in claims:
        if claim.id in held or claim.mode in {"intended", "possible"}:
            continue
        by = Quoted(claim.document, claim.start, claim.end)
        sentence = starts[max(0, bisect_right(starts, claim.start) - 1)]
        before = document.text[max(sentence, claim.start - _BEFORE) : claim.start]
        if _ENDED.search(before) and _fights(before):
            sheet.add(end_point(main), end_point(claim.id), 0, 0, kind="assumed", by=by, rule="end_of_battle")
            sheet.add(end_point(main), start_point(claim.id), 0, 0, kind="assumed", by=by, rule="end_of_battle")
        elif _of_the_whole(claim):
            sheet.add(start_point(main), start_point(claim.id), 0, None, kind="assumed", by=by, rule="part")
            sheet.add(end_point(main), end_point(claim.id), None, 0, kind="assumed", by=by, rule="part")
        else:
            continue
        tied.add(claim.id)
    return frozenset(tied)


def _of_the_whole(claim: Claim) -> bool:
    """Whether a claim tells how the battle went as a whole."""
    if _WHOLE.search(claim.quote):
        return True
    return (claim.kind, claim.type) == ("control", "lost") and _LOST.search(claim.quote) is not None


def _fights(words: str) -> bool:
    return any(word.strip("\"'“”‘’.,;") in table()["episodes"]["words"] for word in words.casefold().split())
