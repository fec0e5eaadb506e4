"""Mentions of one document while it is read: each stretch of words of a kind once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tidings.model import Document, Mention, MentionId, content_id
from tidings.read.lexicon import Lexicon

__all__ = ["Pool"]


class Pool:
    """Makes and keeps the mentions of a document; a stretch of a kind that is known is given back as it is."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self.home = ""
        self.by_id: dict[MentionId, Mention] = {}

    def add(self, start: int, end: int, kind: str, how: str, **more: Any) -> Mention:
        """Return the mention of a stretch, made with the fields in ``more`` where it is new."""
        ident = MentionId(content_id("m", self.document.id, start, end, kind))
        if ident not in self.by_id:
            text = self.document.text[start:end]
            more.setdefault("core", " ".join(text.split()))
            self.by_id[ident] = Mention(
                id=ident, document=self.document.id, start=start, end=end, text=text, kind=kind, how=how, **more
            )
        return self.by_id[ident]

    def known(self, ident: str) -> dict[str, str]:
        """Return the fields by which the lexicon of the wars knows a party or state."""
        if ident.startswith("state."):
            lexicon, name = self.lexicon.government(ident.removeprefix("state."), self.home)
            return {"lexicon": lexicon, "known_as": name, "role": "state"}
        entry = self.lexicon.entry(ident)
        if entry is None:
            return {}
        return {"lexicon": entry.id, "known_as": entry.name, "role": entry.role, "belongs_to": entry.parent}

    def change(self, mention: Mention, **more: Any) -> Mention:
        """Return a mention with fields set, kept in the place of the old one."""
        self.by_id[mention.id] = replace(mention, **more)
        return self.by_id[mention.id]

    def all(self) -> tuple[Mention, ...]:
        """Return all mentions in order of place."""
        return tuple(sorted(self.by_id.values(), key=lambda mention: (mention.start, -mention.end, mention.kind)))

    def over(self, start: int, end: int, kinds: Sequence[str]) -> list[Mention]:
        """Return the mentions of some kinds that share a code point with a stretch."""
        return [m for m in self.by_id.values() if m.kind in kinds and m.start < end and start < m.end]
