"""TAR archives of reports, packed with gzip or not: read as a stream, only plain files, nothing written or run."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import nullcontext

from tidings.gather.bounds import Budget, entry, gunzip
from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import Door, Item, Source
from tidings.gather.doors.zipped import LARGEST_ENTRY
from tidings.gather.found import SIDECAR_NAMES
from tidings.model import Refusal

__all__ = ["DOOR"]


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the plain files in a TAR archive; links, devices and pipes are refused and never followed."""
    packed = source.name.lower().endswith(("gz",))
    with source.open() as raw, gunzip(raw, budget) if packed else nullcontext(raw) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|", errorlevel=0) as archive:
                for member in archive:
                    last = member.name.rpartition("/")[2]
                    if member.isdir() or last.startswith(".") or last in SIDECAR_NAMES:
                        continue
                    if not member.isfile():
                        yield Refusal(
                            path=member.name,
                            reason="it is a link, a device or a pipe, not a file",
                            advice="Leave it out of the archive, or give the file it leads to.",
                        )
                        continue
                    held = archive.extractfile(member)
                    if held is not None:
                        budget.item()
                        yield Item(
                            locator=member.name, data=entry(held, Budget() if packed else budget, most=LARGEST_ENTRY)
                        )
        except (tarfile.TarError, EOFError, ValueError) as error:
            if isinstance(error, Undecodable):
                raise
            raise Undecodable(
                "it is no TAR archive, or it breaks off", "Fetch it again; what came before the break was used."
            ) from error


DOOR = Door(name="tar", title="TAR archives of reports", endings=(".tar", ".tar.gz", ".tgz"), items=items, whole=False)
