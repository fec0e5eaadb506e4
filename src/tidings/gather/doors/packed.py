"""A single file packed with gzip: ``report.html.gz`` is opened as ``report.html``."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.gather.bounds import Budget, CutShort, entry, gunzip
from tidings.gather.doors.kind import Door, Item, Source
from tidings.gather.doors.zipped import LARGEST_ENTRY
from tidings.model import Refusal

__all__ = ["DOOR"]


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the file that is packed."""
    name = source.name.rpartition("#")[2].rpartition("/")[2]
    with source.open() as raw, gunzip(raw, budget) as stream:
        parts: list[bytes] = []
        try:
            # What comes before a break is a report cut short, not the report: it is not taken in.
            parts.append(entry(stream, Budget(), most=LARGEST_ENTRY))
        except CutShort as error:
            yield Refusal(
                path="", reason=error.reason, advice="Fetch it again; a report without its end is not taken in."
            )
            return
        yield Item(locator=name[: -len(".gz")], data=parts[0])


DOOR = Door(name="packed", title="single files packed with gzip", endings=(".gz",), items=items, whole=False)
