"""What has been told so far: the drafts of a page in order, which the rules of the context look back on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CARRIED_WORTH", "NEAR_PARAGRAPHS", "Told"]

CARRIED_WORTH = 0.85
"""Factor on the confidence of a claim with a slot taken from its surroundings."""
NEAR_PARAGRAPHS = 3
"""Paragraphs back within which a matter is still the same one."""


class Told:
    """All drafts of a page, and those before the one in hand."""

    def __init__(self, scene: Scene, drafts: list[Draft]) -> None:
        self.scene = scene
        self.drafts = drafts
        self.before: list[Draft] = []
        self._by_sentence: dict[int, list[Draft]] = {}
        for draft in drafts:
            self._by_sentence.setdefault(draft.sentence.index, []).append(draft)

    def beside(self, draft: Draft) -> list[Draft]:
        """Return the other drafts of the same sentence, in order."""
        return [other for other in self._by_sentence[draft.sentence.index] if other is not draft]

    def among(self, mention: Mention, others: Iterable[Mention]) -> bool:
        """Return whether a mention stands for the same as one of some others."""
        return any(self.scene.same(mention, other) for other in others)
