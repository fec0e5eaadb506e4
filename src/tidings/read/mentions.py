"""Mentions of one page."""

from __future__ import annotations

from tidings.model import Mention, MentionId, content_id
from tidings.read.index import MentionIndex
from tidings.read.lexicon import Lexicon
from tidings.read.page import Page, stretch

__all__ = ["find_mentions"]

_KINDS = {"GPE": "place", "LOC": "place", "FAC": "place", "ORG": "actor", "NORP": "actor", "PERSON": "person"}


def find_mentions(page: Page, lexicon: Lexicon) -> MentionIndex:
    """Return the mentions of a page."""
    found = []
    for paragraph in page.paragraphs:
        for ent in paragraph.parsed.ents:
            if ent.label_ in _KINDS:
                start, end = stretch(ent)
                kind = _KINDS[ent.label_]
                text = page.text[start:end]
                ident = MentionId(content_id("m", page.document.id, start, end, kind))
                found.append(
                    Mention(
                        id=ident,
                        document=page.document.id,
                        start=start,
                        end=end,
                        text=text,
                        kind=kind,
                        how="name",
                        core=text,
                    )
                )
    return MentionIndex(found)
