"""Web pages: what they show, with the report found in it and a second opinion on that."""

from __future__ import annotations

from tidings.gather.agree import disagreement
from tidings.gather.decode import Undecodable, decode
from tidings.gather.doors.archiver import archived
from tidings.gather.doors.kind import Door, Words
from tidings.gather.webpage import boilerplate, visible

__all__ = ["DOOR", "page_words"]

LARGEST_PAGE = 8 * 1024 * 1024
"""Bytes of the largest web page that is taken apart."""


def page_words(data: bytes, *, declared: str = "") -> Words:
    """Return the words of a web page.

    Args:
        data: The page's bytes.
        declared: The encoding that the server named when it sent the page, or empty.

    Raises:
        Undecodable: The bytes are no page.
    """
    decoded = decode(data, html=True, declared=declared)
    if len(data) > LARGEST_PAGE:
        raise Undecodable(
            f"the page is larger than {LARGEST_PAGE // 2**20} MB",
            "Save the report's text as .txt and give that file.",
        )
    page = visible(decoded.text)
    kept = archived(page)
    if kept is not None:
        return Words(text=page.text, spans=kept.spans, said=kept.said, basis="archive's page", notes=(decoded.note,))
    return Words(
        text=page.text,
        spans=tuple(boilerplate(page, decoded.text)),
        said=page.said,
        basis="html metadata",
        notes=(decoded.note,),
        doubt=lambda text: disagreement(decoded.text, page, text),
    )


def words(data: bytes, path: str) -> Words:  # noqa: ARG001
    """Return the words of a saved web page."""
    return page_words(data)


DOOR = Door(name="page", title="web pages", endings=(".html", ".htm", ".xhtml"), words=words)
