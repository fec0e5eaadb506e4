"""The exact words that name a settlement: "Bamut" of "the village of Bamut", "Khiram" of "Khiram village".

While a page is read, a place mention spans its type word too, which tells what kind of place it is. In the record a settlement
goes by its name: the type word stays in the cue. Provinces and districts keep theirs, which tells them from their towns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tidings.model import Mention

__all__ = ["trimmed"]

SETTLEMENTS = frozenset({"city", "town", "village", "neighbourhood", "region"})
"""Kinds whose type word is cut; of regions only the bare "area", which says nothing that the name does not."""
_TYPES = "(?:city|capital|town|village|hamlet|settlement|port|neighbou?rhood|quarter|suburb|locality|community|municipality|area)"
_BEFORE = re.compile(rf"(?:[a-z][a-z'’-]*\s+){{0,4}}{_TYPES}\s+of\s+(?=\S)")
_AFTER = re.compile(rf"\s+(?:[a-z]+\s+)?{_TYPES}\Z")


def trimmed(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with named settlements cut to their names; all others, and all ids, stay as they are."""
    return tuple(_cut(mention) for mention in mentions)


def _cut(mention: Mention) -> Mention:
    if mention.kind != "place" or mention.how != "name" or mention.cue is None or mention.cue.kind not in SETTLEMENTS:
        return mention
    before = _BEFORE.match(mention.text)
    after = _AFTER.search(mention.text)
    low = before.end() if before is not None else 0
    high = after.start() if after is not None and after.start() > low else len(mention.text)
    if (low, high) == (0, len(mention.text)):
        return mention
    return replace(mention, start=mention.start + low, end=mention.start + high, text=mention.text[low:high])
