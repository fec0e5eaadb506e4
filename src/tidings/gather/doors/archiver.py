"""Pages that auto-archiver writes for each thing it archived: whose words, from where, when.

Its folders hold such a page for each address, the media beside it, often a WACZ, and a text of hashes; the WACZ and the
page go through their own doors, media and hashes are passed over. The page's own frame is cut: what was archived is the
title and the content, and its address and day are in the table below.
"""

from __future__ import annotations

from dataclasses import dataclass

from tidings.gather.webpage import Page
from tidings.model import Span

__all__ = ["Archived", "archived"]

_OPENING = "Archived media for "
_MAKER = "auto-archiver"
_KEPT = ("title", "content")
_SAID = {"url": "url", "timestamp": "published", "author": "byline", "uploader": "byline", "language": "language"}
_MOST_ROWS = 4000


@dataclass(frozen=True, slots=True)
class Archived:
    """What is not the archived words on such a page, and what the page says of them."""

    spans: tuple[Span, ...]
    said: dict[str, str]


def archived(page: Page) -> Archived | None:
    """Return what such a page holds, or None where it is another page or holds no words that were archived."""
    opening = next((block.words for block in page.blocks[:12] if block.words.startswith(_OPENING)), "")
    if not opening or not any(_MAKER in block.words for block in page.blocks[-6:]):
        return None
    values = _rows(page)
    said = {_SAID[key]: page.blocks[at].words for key, at in values.items() if key in _SAID}
    said.setdefault("url", opening.removeprefix(_OPENING).rpartition(" - ")[0].strip())
    kept = {values[key] for key in _KEPT if key in values}
    if not kept:
        return None
    if "title" in values:
        said["title"] = page.blocks[values["title"]].words
    spans = []
    for number, block in enumerate(page.blocks):
        after = page.blocks[number + 1].start if number + 1 < len(page.blocks) else len(page.text)
        if number not in kept:
            spans.append(Span(block.start, after))
    return Archived(tuple(spans), said)


def _rows(page: Page) -> dict[str, int]:
    """Return where the values of the page's table of metadata stand, by key; the first of a key counts."""
    values: dict[str, int] = {}
    begun = False
    blocks = page.blocks[:_MOST_ROWS]
    for number, block in enumerate(blocks[:-1]):
        if block.words == "metadata":
            begun = True
        elif begun and block.tag == "td" and block.words not in values and block.words in {*_KEPT, *_SAID}:
            values[block.words] = number + 1
    return values
