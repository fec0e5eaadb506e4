"""ZIP archives of reports, opened within bounds: nothing is written to the disk, nothing inside is run."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

from tidings.gather.bounds import FREE, MOST_RATIO, Budget, TooMuch, entry
from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import Door, Item, Source
from tidings.gather.found import SIDECAR_NAMES
from tidings.model import Refusal

__all__ = ["BROKEN", "DOOR", "LARGEST_ENTRY", "entries", "opened"]

LARGEST_ENTRY = 512 * 1024 * 1024
"""Bytes of the largest entry taken out: an archive or a table inside; a single report is bounded by its own door."""
MOST_ENTRIES = 200_000
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, LookupError,
)  # fmt: skip
"""What the standard library raises on archives that are damaged."""
_ADVICE = "Leave it out, or unpack it yourself and give the file."


def opened(source: Source) -> zipfile.ZipFile:
    """Return the archive.

    Raises:
        Undecodable: It is none, or is damaged.
    """
    try:
        archive = zipfile.ZipFile(source.open())
    except BROKEN as error:
        raise Undecodable(
            "it is no ZIP archive, or its table of contents is damaged", "Fetch it again, or unpack it yourself."
        ) from error
    if len(archive.infolist()) > MOST_ENTRIES:
        raise TooMuch(f"it holds more than {MOST_ENTRIES:,} entries", "Split it and give it in parts.")
    return archive


def entries(archive: zipfile.ZipFile, budget: Budget) -> Iterator[tuple[str, bytes] | Refusal]:
    """Yield the name and bytes of each file in the archive, in the order of names; the first of a name counts."""
    seen: set[str] = set()
    for info in sorted(archive.infolist(), key=lambda info: (info.filename, info.header_offset)):
        name = info.filename.replace("\\", "/")
        last = name.rpartition("/")[2]
        if name.endswith("/") or last.startswith(".") or name.startswith("__MACOSX/") or last in SIDECAR_NAMES:
            continue
        if name in seen:
            yield Refusal(path=name, reason="the archive holds a second file of this name", advice=_ADVICE)
            continue
        seen.add(name)
        why = _refused(info)
        if why:
            yield Refusal(path=name, reason=why, advice=_ADVICE)
            continue
        try:
            with archive.open(info) as stream:
                yield name, entry(stream, budget, most=LARGEST_ENTRY)
        except TooMuch:
            raise
        except BROKEN as error:
            reason = error.reason if isinstance(error, Undecodable) else "the entry is damaged"
            yield Refusal(path=name, reason=reason, advice=_ADVICE)


def _refused(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x1:
        return "the entry is locked with a password"
    if info.file_size > FREE and info.file_size > MOST_RATIO * max(1, info.compress_size):
        return f"it swells to more than {MOST_RATIO} times its size: a decompression bomb"
    if info.file_size > LARGEST_ENTRY:
        return f"the entry is larger than {LARGEST_ENTRY // 2**20} MB"
    return ""


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the files in a ZIP archive."""
    with opened(source) as archive:
        for found in entries(archive, budget):
            yield found if isinstance(found, Refusal) else Item(locator=found[0], data=found[1])


DOOR = Door(name="zipped", title="ZIP archives of reports", endings=(".zip",), items=items, whole=False)
