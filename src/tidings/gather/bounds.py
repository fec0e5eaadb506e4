"""How much may come out of a file: bytes, ratio, number, depth and names, so that no archive fills the machine.

Nothing is ever unpacked onto the disk and nothing inside an archive is run: entries are read into memory, each up to the
size of one report, and counted against what the whole file may give.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO

from tidings.gather.decode import Undecodable

__all__ = [
    "DEEPEST",
    "LARGEST_FILE",
    "LARGEST_OPENED",
    "Budget",
    "CutShort",
    "TooMuch",
    "entry",
    "gunzip",
    "inflate",
    "pieces",
]

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of the largest report. 200,000 words of English are about 1.3 MB; ten such books still fit."""
LARGEST_OPENED = 4 * 1024**3
"""Bytes of the largest archive or table that is opened."""
DEEPEST = 3
"""Archives within archives that are opened: a WARC in a WACZ in a ZIP is the deepest that people keep."""
MOST_OUT = 2 * 1024**3
"""Bytes that may come out of one file named by the user, whatever lies in it."""
MOST_ITEMS = 500_000
"""Things that may come out of one file: entries, rows, records."""
MOST_RATIO = 200
"""How many bytes may come out for one that went in. Pages give 5 to 30, logs up to 100, bombs of one byte 1,032."""
FREE = 4 * 1024 * 1024
"""Bytes that may come out before the ratio is looked at: a small file of blanks does no harm."""
_PIECE = 64 * 1024


class TooMuch(Undecodable):
    """More would come out of a file than may."""


class CutShort(Undecodable):
    """A compressed file ends before its end; what came before was given out."""


@dataclass(slots=True)
class Budget:
    """What may still come out of one file that the user named, shared by all archives inside it."""

    out: int = MOST_OUT
    items: int = MOST_ITEMS

    def spend(self, number: int) -> None:
        """Count ``number`` bytes that came out.

        Raises:
            TooMuch: More came out than may.
        """
        self.out -= number
        if self.out < 0:
            raise TooMuch(
                f"more than {MOST_OUT // 2**20} MB would come out of it", "Unpack it yourself and give it in parts."
            )

    def item(self) -> None:
        """Count one thing that came out.

        Raises:
            TooMuch: More came out than may.
        """
        self.items -= 1
        if self.items < 0:
            raise TooMuch(f"it holds more than {MOST_ITEMS:,} entries", "Split it and give it in parts.")


def _ratio(taken: int, given: int) -> None:
    if given > FREE and given > MOST_RATIO * max(1, taken):
        raise TooMuch(
            f"it swells to more than {MOST_RATIO} times its size: a decompression bomb",
            "Do not open it. If it is meant, unpack it yourself and give the reports.",
        )


def pieces(source: BinaryIO, budget: Budget) -> Iterator[bytes]:
    """Yield what a gzip stream holds, member after member, in small pieces.

    Raises:
        CutShort: The stream ends within a member, or goes on as something else; all before that was yielded.
        TooMuch: It swells beyond the ratio or the budget.
    """
    taken = given = 0
    waiting = b""
    opened = zlib.decompressobj(31)
    begun = False
    while True:
        data = waiting or source.read(_PIECE)
        waiting = b""
        if not data:
            if begun:
                raise CutShort("the compressed data breaks off", "Fetch it again; what came before the break was used.")
            return
        before = len(data)
        try:
            out = opened.decompress(data, _PIECE * 16)
        except zlib.error as error:
            raise CutShort(
                "the compressed data is damaged", "Fetch it again; what came before the damage was used."
            ) from error
        waiting = opened.unconsumed_tail
        begun = True
        if opened.eof:
            # Another member may follow; zero bytes that pad a tape or a disk block do not count.
            waiting = opened.unused_data.lstrip(b"\x00")
            opened = zlib.decompressobj(31)
            begun = False
        taken += max(0, before - len(waiting))
        given += len(out)
        budget.spend(len(out))
        _ratio(taken, given)
        if out:
            yield out


class _Gunzip(io.RawIOBase):
    def __init__(self, source: BinaryIO, budget: Budget) -> None:
        self._pieces = pieces(source, budget)
        self._held = b""
        self._error: Undecodable | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._held:
            if self._error is not None:
                raise self._error
            try:
                self._held = next(self._pieces)
            except StopIteration:
                return 0
            except Undecodable as error:
                self._error = error
                raise
        part = self._held[: len(view)]
        view[: len(part)] = part
        self._held = self._held[len(part) :]
        return len(part)


def gunzip(source: BinaryIO, budget: Budget) -> BinaryIO:
    """Return a stream of what a gzip stream holds, within the budget.

    Reading from it raises :class:`CutShort` or :class:`TooMuch` where :func:`pieces` does.
    """
    return io.BufferedReader(_Gunzip(source, budget), _PIECE)


def inflate(data: bytes, *, wbits: int, most: int = LARGEST_FILE) -> bytes:
    """Return what compressed bytes hold.

    Args:
        data: The compressed bytes.
        wbits: 31 for gzip, 15 for zlib, -15 for bare deflate.
        most: Bytes that may come out.

    Raises:
        TooMuch: More would come out.
        CutShort: The bytes are damaged or end too early.
    """
    opened = zlib.decompressobj(wbits)
    try:
        out = opened.decompress(data, most + 1)
    except zlib.error as error:
        raise CutShort("the compressed data is damaged", "Fetch it again.") from error
    if len(out) > most:
        raise TooMuch(f"more than {most // 2**20} MB would come out of it", "It is no single report.")
    _ratio(len(data), len(out))
    if not opened.eof:
        raise CutShort("the compressed data breaks off", "Fetch it again.")
    return out


def entry(stream: IO[bytes], budget: Budget, *, most: int = LARGEST_FILE) -> bytes:
    """Return the rest of a stream of one entry, within the budget.

    Raises:
        TooMuch: The budget is used up.
        Undecodable: The entry has more than ``most`` bytes; no more of it was read.
    """
    data = stream.read(most + 1)
    budget.spend(len(data))
    if len(data) > most:
        raise Undecodable(f"it is larger than {most // 2**20} MB, more than a single report", "Split it into reports.")
    return data
