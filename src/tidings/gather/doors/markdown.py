"""Markdown: its marks are cut and its front matter is believed."""

from __future__ import annotations

from tidings.gather.decode import decode
from tidings.gather.doors.kind import Door, Words
from tidings.gather.markdown import marks_of

__all__ = ["DOOR"]


def words(data: bytes, path: str) -> Words:  # noqa: ARG001
    """Return the words of a Markdown file."""
    decoded = decode(data)
    marks = marks_of(decoded.text)
    return Words(text=decoded.text, spans=marks.spans, said=marks.said, basis="front matter", notes=(decoded.note,))


DOOR = Door(name="markdown", title="Markdown", endings=(".md",), words=words)
