"""The places of a paragraph's tokens, worked out once for all that look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["token_starts"]


def token_starts(doc: Doc) -> list[int]:
    """Return where each token starts in the paragraph's plain text."""
    if "token_starts" not in doc.user_data:
        doc.user_data["token_starts"] = [token.idx for token in doc]
    return cast("list[int]", doc.user_data["token_starts"])
