"""Ids that come from content, never from a counter or a path."""

from __future__ import annotations

from hashlib import sha256
from typing import NewType

__all__ = [
    "AttributionId",
    "ClaimId",
    "DocId",
    "EntityId",
    "EventId",
    "MentionId",
    "Sha256",
    "TimeId",
    "content_id",
    "sha256_hex",
]

Sha256 = NewType("Sha256", str)
"""A SHA-256 in 64 lower-case hexadecimal digits."""
DocId = NewType("DocId", str)
MentionId = NewType("MentionId", str)
AttributionId = NewType("AttributionId", str)
TimeId = NewType("TimeId", str)
ClaimId = NewType("ClaimId", str)
EntityId = NewType("EntityId", str)
EventId = NewType("EventId", str)


def sha256_hex(data: bytes) -> Sha256:
    """Return the SHA-256 of ``data`` in hexadecimal."""
    return Sha256(sha256(data).hexdigest())


def content_id(prefix: str, *parts: object) -> str:
    """Return ``prefix`` and sixteen hexadecimal digits that depend on ``parts`` alone.

    Parts are separated by a byte that no text holds, so ("ab", "c") and ("a", "bc") differ.
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}_{sha256(joined.encode()).hexdigest()[:16]}"
