"""What a door is: a frozen descriptor with a name, the endings it knows, and two functions.

``words`` takes the bytes of one report and gives its words; ``items`` takes a file that holds several and gives them one by
one. A program beside Tidings adds a door through the entry-point group ``tidings.doors``::

    [project.entry-points."tidings.doors"]
    rtf = "our_package.rtf:DOOR"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from tidings.gather.bounds import LARGEST_FILE, Budget
from tidings.gather.decode import Undecodable
from tidings.gather.row import NOTHING, Row
from tidings.model import Refusal, Span

__all__ = ["Door", "Item", "NoReport", "Source", "Words"]


class NoReport(Undecodable):
    """A file that is sound and no report: a table of other things, a list of hashes.

    In a folder it is passed over; named by the user it is refused.
    """


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The words that the bytes of one report hold.

    Args:
        text: The *decoded original*: every word, before anything is left out. The same bytes give the same text.
        spans: Pieces of ``text`` that are markup or furniture by the door's own knowledge, to be left out.
        said: What the report's wrapping says: title, publisher, published, byline, url, language.
        basis: What kind of wrapping that is ("html metadata", "front matter", "mail header", "column").
        notes: Sentences about what was guessed, passed over or not followed.
        doubt: Given the text that was kept, returns a sentence when a second way of finding the report disagrees, else an
            empty string. It costs time and is left out in fast mode.
    """

    text: str
    spans: tuple[Span, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""
    notes: tuple[str, ...] = ()
    doubt: Callable[[str], str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A file that holds several reports: its name in the record, and how it is opened (again and again, seekable)."""

    name: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing out of a file that holds several.

    Args:
        locator: Where it lies in there: ``line=12``, ``record=5`` and ``message=3`` are read by the same door; anything else
            is a file name and is read by the door of its ending.
        data: Its bytes, cut out as they stand.
        row: What the file says about it.
        same: What two items that are one report share, where their bytes differ in their wrapping only; else empty.
        least_words: With fewer words it is no report and passed over.
        quiet: It is passed over without a word when no door knows it.
    """

    locator: str
    data: bytes
    row: Row = NOTHING
    same: bytes = b""
    least_words: int = 0
    quiet: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """One kind of file that is taken in.

    Args:
        name: One word, lower case.
        title: What it takes, in a clause.
        endings: The endings of file names, with their dots, lower case; a longer one goes before a shorter.
        words: Bytes and path of one report to its words; raises :class:`~tidings.gather.decode.Undecodable`.
        items: What a file holds that holds several. A refusal's path is the locator, or empty for the file itself.
        whole: Whether a file is a report itself, beside what ``items`` finds in it.
        largest: Bytes of the largest file; a door with ``items`` alone reads as it goes.
        extra: The extra that installs what it needs; empty when it needs nothing more.
        needs: The module that must be there; empty when it needs nothing more.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    words: Callable[[bytes, str], Words] | None = None
    items: Callable[[Source, Budget], Iterator[Item | Refusal]] | None = None
    whole: bool = True
    largest: int = LARGEST_FILE
    extra: str = ""
    needs: str = ""
