"""In which place each place lies: as the words say it, else the town told of for what lies inside towns."""

from __future__ import annotations

import re
from collections import Counter

from tidings.read.mentions_draft import Draft

__all__ = ["LOCAL", "give_parents"]

LOCAL = frozenset(
    {"neighbourhood", "junction", "checkpoint", "facility", "hill", "camp", "village", "road", "district"}
)
"""Kinds that lie inside or beside a town, and take the town told of as their parent when none is said."""
TOWNS = frozenset({"", "city", "town"})
_WINDOW = 30
_LARGER = frozenset({"city", "town", "province", "country", "region"})


def give_parents(drafts: list[Draft], text: str) -> None:
    """Say of each place in which other it lies: as the words say it, else the town told of for local places.

    ``drafts`` are all places of a page in order.
    """
    named = [draft for draft in drafts if draft.how == "name"]
    counted: Counter[str] = Counter()
    for draft in named:
        if draft.place_kind in TOWNS and draft.last.place_kind in TOWNS:
            counted[draft.core] += 2 if draft.paragraph < 3 else 1
    main = None
    if counted:
        best = min(counted, key=lambda core: (-counted[core], core))
        main = next(draft for draft in named if draft.core == best and draft.place_kind in TOWNS)
    latest: Draft | None = None
    for at, draft in enumerate(drafts):
        if draft.road:
            draft.ends = [
                other for other in drafts[at + 1 : at + 6] if draft.start < other.start and other.end <= draft.end
            ][:2]
    for at, draft in enumerate(drafts):
        said = _said(draft, drafts[at + 1 : at + 4], drafts[max(0, at - 2) : at], text)
        if said is not None and said is not draft and draft.parent is None:
            draft.parent, draft.parent_said = said, True
        town = draft.last
        sure = town.place_kind in {"city", "town"} or (main is not None and town.core == main.core)
        if sure and town.place_kind in TOWNS and town.how == "name" and draft.how != "pronoun":
            latest = town
        if (
            draft.parent is None
            and draft.place_kind in LOCAL
            and draft.anchor is None
            and not draft.ends
            and draft.refers_to is None
        ):
            beside = _beside(draft, drafts, at)
            near = beside or (latest if latest is not None and latest.paragraph == draft.paragraph else main or latest)
            if near is not None and near is not draft and near.last is not draft.last:
                draft.parent = near


def _beside(draft: Draft, drafts: list[Draft], at: int) -> Draft | None:
    """The last larger place before a local one in its own sentence."""
    for other in reversed(drafts[max(0, at - _WINDOW) : at]):
        if (other.paragraph, other.sentence) != (draft.paragraph, draft.sentence):
            break
        if other.place_kind in _LARGER and other.how == "name" and other.relation != "dateline":
            return other
    return None


_BETWEEN = re.compile(
    r"\s*(?:,|\(|,? (?:in|inside|within|of)(?: the)?(?: \[?(?:city|town|village|province|district|\w+ern|north-?\w*|south-?\w*) ?(?:of)?(?: the)?)?| area of| area in)\s*\[?\Z"
)
_OWNS = re.compile(r"(?:'s|\u2019s)(?: (?:\w+ern|central|main|old))?\s\Z")


def _said(draft: Draft, following: list[Draft], before: list[Draft], text: str) -> Draft | None:
    for other in following:
        if other.start <= draft.end or other.how == "pronoun" or not (0 < other.start - draft.end < 30):
            continue
        gap = text[draft.end : other.start]
        if not _BETWEEN.match(gap):
            continue
        if gap.strip() == "," and other.place_kind not in {"country", "province", "region"}:
            continue
        if other.place_kind in LOCAL and draft.place_kind not in LOCAL:
            continue
        return other
    for other in before:
        if 0 < draft.start - other.end < 16 and _OWNS.match(text[other.end : draft.start]):
            return other
    return None
