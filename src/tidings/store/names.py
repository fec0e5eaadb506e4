"""Display names and days as the rows write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tidings.model import Contents, Document, Mention, When

__all__ = ["Names", "day", "time_cells"]


def day(value: date | None) -> str:
    """Return a day as ISO 8601, or an empty string."""
    return "" if value is None else value.isoformat()


def time_cells(when: When, column: str = "time", *, basis: bool = True) -> dict[str, Any]:
    """Return the cells of a time: EDTF, earliest and latest day, and where they come from."""
    cells: dict[str, Any] = {
        column: when.edtf(),
        f"{column}_earliest": day(when.earliest),
        f"{column}_latest": day(when.latest),
    }
    if basis:
        cells[f"{column}_basis"] = when.basis
    return cells


class Names:
    """What to call the entities, mentions and publishers of some contents."""

    def __init__(self, contents: Contents) -> None:
        self._entities: dict[str, str] = {row.id: row.name for row in contents.entities}
        self._mentions: dict[str, Mention] = {row.id: row for row in contents.mentions}
        self._documents: dict[str, Document] = {row.id: row for row in contents.documents}
        named: dict[str, str] = {}
        for row in sorted(contents.entities, key=lambda entity: entity.id):
            if row.kind in {"actor", "source"}:
                for name in (row.name, *row.aliases):
                    named.setdefault(name, row.id)
        self._publishers = named

    def entity(self, entity: str) -> str:
        """Return an entity's display name; its id where the record does not hold it."""
        return self._entities.get(entity, entity)

    def entities(self, ids: Iterable[str]) -> list[str]:
        """Return display names in the order of ``ids``."""
        return [self.entity(one) for one in ids]

    def text(self, document: str) -> str:
        """Return a document's text."""
        held = self._documents.get(document)
        return held.text if held else ""

    def publisher(self, document: str) -> str:
        """Return a document's publisher; empty when unknown."""
        held = self._documents.get(document)
        return held.publisher if held else ""

    def publisher_id(self, document: str) -> str:
        """Return the entity that bears the publisher's name; empty when none does."""
        return self._publishers.get(self.publisher(document), "")

    def slot(self, mentions: Iterable[str], ids: Iterable[str]) -> tuple[list[str], list[str]]:
        """Return a slot's names and ids side by side.

        The entities decide where they are resolved; mentions that stand for none keep their own words, with an
        empty id beside them.
        """
        held = list(ids)
        if held:
            return self.entities(held), held
        names, found = [], []
        for one in mentions:
            mention = self._mentions.get(one)
            if mention is None:
                continue
            names.append(self.entity(mention.entity) if mention.entity else mention.core or mention.text)
            found.append(mention.entity or "")
        return names, found
