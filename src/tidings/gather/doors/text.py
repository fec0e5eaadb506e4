"""Plain text."""

from __future__ import annotations

import re

from tidings.gather.decode import decode
from tidings.gather.doors.kind import Door, NoReport, Words

__all__ = ["DOOR"]

_HASHES = re.compile(r"(?:\s*(?:[A-Za-z0-9-]{2,12}\s?[:=]\s?)?[0-9a-fA-F]{32,128}[^\S\n]*(?:\n|\Z))+")


def words(data: bytes, path: str) -> Words:  # noqa: ARG001
    """Return the words of a text file."""
    decoded = decode(data)
    if _HASHES.fullmatch(decoded.text):
        raise NoReport("a list of hashes is not a report", "It is kept by whoever archived; nothing is to be done.")
    return Words(text=decoded.text, notes=(decoded.note,))


DOOR = Door(name="text", title="plain text", endings=(".txt",), words=words)
