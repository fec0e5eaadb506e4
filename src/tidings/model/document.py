"""A report as received, and the piece of furniture taken out of it."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model.ids import DocId, Sha256
from tidings.model.when import UNKNOWN, When

__all__ = ["UNKNOWN_PUBLISHER", "Document", "Refusal", "Removed"]

UNKNOWN_PUBLISHER = "unknown publisher"
"""What stands first in a chain where a report does not say who published it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed:
    """Furniture left out of a document's text.

    ``start``/``end`` are code points of the decoded original; ``words`` are the words that stood there.
    """

    start: int
    end: int
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One report: where it came from, what it says of itself, and its own words without furniture.

    ``id`` comes from the bytes alone. ``language`` is an ISO 639-1 code, or empty. ``published_basis`` says how the
    day of publication is known ("printed date", "sidecar", "html metadata"), or is empty. ``unread`` says why
    no reader read it ("no reader for Amharic"), or is empty. ``copy_of`` is the id of the document it copies.
    ``known`` is True for a row of a table of known days, which stands as a document of its own. ``title_end`` is where the
    title ends in ``text`` (a headline may wrap over lines), 0 where the text does not open with it. ``dateline`` is a slice of
    ``text`` without the dash after it. ``notes`` says in sentences what was guessed and where sources about it differ.
    ``brought`` is True for a row of an analyst's own table, whose publisher is that analyst.
    ``wrapped`` is True where lines are broken at a fixed width: a single line break is a space there.
    """

    id: DocId
    path: str
    sha256: Sha256
    text: str
    url: str = ""
    publisher: str = ""
    title: str = ""
    byline: str = ""
    dateline: str = ""
    language: str = ""
    published: When = UNKNOWN
    published_basis: str = ""
    removed: tuple[Removed, ...] = ()
    unread: str = ""
    copy_of: str = ""
    known: bool = False
    title_end: int = 0
    notes: tuple[str, ...] = ()
    wrapped: bool = False
    brought: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """An input that could not be taken in: what it was, why, and what to do."""

    path: str
    reason: str
    advice: str
