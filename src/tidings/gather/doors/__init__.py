"""The doors in, in one table, and which of them opens which path."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module, util
from importlib.metadata import entry_points

from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import Door, Item, NoReport, Source, Words

__all__ = [
    "Door",
    "Item",
    "NoReport",
    "Source",
    "Words",
    "door_of",
    "doors",
    "endings",
    "is_part",
    "part_of",
    "words_of",
]

GROUP = "tidings.doors"
"""The entry-point group by which other programs add doors."""
OWN = (
    "text",
    "markdown",
    "page",
    "pdf",
    "docx",
    "mail",
    "mbox",
    "table",
    "lines",
    "warc",
    "wacz",
    "zipped",
    "packed",
    "tar",
)
"""The doors that come with Tidings, each a file of this folder with a ``DOOR``."""
_PART = re.compile(r"#(?:line|record|message)=\d{1,12}\Z")


@cache
def doors() -> tuple[Door, ...]:
    """Return all doors: those that come with Tidings, then those of other programs by name.

    A door of another program is asked first for an ending that both know.
    """
    own = [import_module(f"{__name__}.{name}").DOOR for name in OWN]
    theirs = [point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]
    return (*own, *(door for door in theirs if isinstance(door, Door)))


@cache
def _by_ending() -> dict[str, Door]:
    return {ending: door for door in doors() for ending in door.endings}


@cache
def endings() -> tuple[str, ...]:
    """Return every ending that some door knows, sorted."""
    return tuple(sorted(_by_ending()))


def door_of(path: str) -> Door | None:
    """Return the door for a path in the record, or None.

    ``crawl.warc.gz#record=5`` and ``a.csv#line=2`` are pieces of a file and belong to the door of that file;
    ``a.zip#b.html`` is a file within a file and belongs to the door of its own ending.
    """
    name = _PART.sub("", path).rpartition("#")[2].rpartition("/")[2].lower()
    known = _by_ending()
    dots = [place for place, char in enumerate(name) if char == "."]
    # The first dot that begins a known ending begins the longest one.
    return next((known[name[dot:]] for dot in dots if name[dot:] in known and dot > 0), None)


def part_of(path: str) -> tuple[str, str]:
    """Return a path without the piece that it names, and that piece with its sign; the piece is empty for a file."""
    found = _PART.search(path)
    return (path[: found.start()], path[found.start() :]) if found else (path, "")


def is_part(path: str) -> bool:
    """Return whether a path names a piece of a file rather than a file."""
    return bool(_PART.search(path))


def words_of(data: bytes, path: str) -> Words:
    """Return the words that the bytes of a report hold; the path says by which door.

    Raises:
        Undecodable: The bytes hold no words that the door can read.
    """
    door = door_of(path)
    if door is None:
        # A report under a name of its own (a test, an old record) is a plain text.
        door = next(one for one in doors() if one.name == "text")
    if door.words is None:
        raise Undecodable("it holds reports and is none", "Name one of the reports in it.")
    if door.needs and util.find_spec(door.needs) is None:
        raise Undecodable(
            f"{door.title} needs the library {door.needs}", f'Install it: pip install "tidings[{door.extra}]".'
        )
    return door.words(data, path)
