"""A large gazetteer file in pieces, so that several processes read it at once.

Reading a line and working out its keys is most of the work of an index; writing is done by one process, in order. Numbers of places
follow from where a line stands in the file, so that the index is the same however many processes read it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tidings.resolve.formats_reading import Refuse, Seen, numbered
from tidings.resolve.formats_tables import geonames_lines
from tidings.resolve.index import Prepared, prepare

__all__ = ["Piece", "Pool", "Read", "cut", "in_order", "read_piece"]

SIZE = 2_000_000
"""Bytes of a piece: some 20,000 lines, which travel between processes as some 4 MB."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of a file whose first byte lies in ``start`` to ``end``; ``first`` is the number of the first place of the file."""

    path: Path
    start: int
    end: int
    layer: str
    first: int


@dataclass(frozen=True, slots=True)
class Read:
    """What a piece holds: places with their keys, how many lines, and the lines that were refused, counted within the piece."""

    prepared: Prepared
    lines: int
    refused: tuple[tuple[str, str], ...]


Pool = Callable[[Callable[[Piece], Read], Sequence[Piece]], Iterable[Read]]
"""Calls a function with each piece, in whatever process, and gives the answers in order."""


def cut(path: Path, layer: str, first: int, size: int = SIZE) -> list[Piece]:
    """Return a file cut into pieces of about ``size`` bytes."""
    whole = path.stat().st_size
    return [Piece(path, start, min(start + size, whole), layer, first) for start in range(0, whole, size)]


def read_piece(piece: Piece) -> Read:
    """Read the lines of a piece of a GeoNames dump: those that begin in it, the last one to its end."""
    gc.disable()  # a process of its own; see text/still.py
    refused: list[tuple[str, str]] = []
    lines = 0

    def counted() -> Iterator[bytes]:
        nonlocal lines
        for line in _lines(piece):
            lines += 1
            yield line

    rows = []
    for where, row in geonames_lines(numbered(counted(), lambda at, why: refused.append((at, why))), _into(refused)):
        if row.name.strip():
            rows.append(row)
        else:
            refused.append((where, "it has no name"))
    # A line is a byte long at the least, so numbers of two pieces never meet.
    return Read(prepare(rows, piece.layer, piece.first + piece.start), lines, tuple(refused))


def _into(refused: list[tuple[str, str]]) -> Refuse:
    return lambda where, why: refused.append((where, why))


def _lines(piece: Piece) -> Iterator[bytes]:
    with piece.path.open("rb") as stream:
        at = piece.start
        if at:
            stream.seek(at - 1)
            at += len(stream.readline()) - 1
        while at < piece.end:
            line = stream.readline()
            if not line:
                return
            at += len(line)
            yield line


def in_order(pieces: Sequence[Piece], pool: Pool, refuse: Refuse) -> Iterator[tuple[Prepared, int]]:
    """Yield the places of all pieces in the order of the file, each id once, and about how many come in all.

    Args:
        pieces: The pieces of one file.
        pool: What reads them.
        refuse: Called for each row left out, with its line in the file.
    """
    seen = Seen()
    before = done = 0
    for number, read in enumerate(pool(read_piece, pieces), start=1):
        for where, why in read.refused:
            refuse(f"line {before + int(where.removeprefix('line '))}", why)
        before += read.lines
        kept = []
        for place, keys in read.prepared:
            if seen(str(place[2])):
                refuse(f"line {before}", f"the id {place[2]} stands in an earlier row")
            else:
                kept.append((place, keys))
        done += len(kept)
        yield kept, done * len(pieces) // number
