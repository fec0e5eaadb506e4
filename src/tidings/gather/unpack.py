"""Files to the reports in them: a report is itself, an archive or a table is opened within its bounds."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from tidings.gather.bounds import DEEPEST, LARGEST_OPENED, Budget
from tidings.gather.decode import Undecodable
from tidings.gather.doors import Door, Item, NoReport, Source, door_of, is_part, part_of
from tidings.gather.found import Candidate, safe_name
from tidings.gather.row import NOTHING, Row
from tidings.model import Refusal

__all__ = ["Skipped", "Taken", "reports_in"]


@dataclass(frozen=True, slots=True)
class Taken:
    """The bytes of one report: the file it came out of, its name in the record, and what its file says about it.

    ``same`` is shared by two that are one report in different wrapping; ``alone`` says that nothing else came with it.
    """

    candidate: Candidate
    name: str
    data: bytes
    row: Row = NOTHING
    same: bytes = b""
    least_words: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is no report and no fault."""

    refusal: Refusal


Outcome = Taken | Refusal | Skipped


def reports_in(candidate: Candidate) -> Iterator[Outcome]:
    """Yield the reports that a file holds, and a refusal for each thing in it that could not be taken in."""
    door = door_of(candidate.path.name)
    if door is None:  # pragma: no cover - find() gives none such
        return
    if door.whole:
        whole = _bytes_of(candidate, door)
        if isinstance(whole, Refusal):
            yield whole
            return
        yield Taken(candidate, candidate.name, whole)
    if door.items is not None:
        refused = _openable(candidate)
        if refused is not None:
            yield refused
            return
        source = Source(name=candidate.name, open=lambda: candidate.path.open("rb"))
        yield from _inside(candidate, door, source, Budget(), 1)


def _inside(candidate: Candidate, door: Door, source: Source, budget: Budget, depth: int) -> Iterator[Outcome]:
    """Yield what a file that holds several gives; a fault in it ends it and leaves what came before."""
    try:
        for found in door.items(source, budget) if door.items is not None else ():
            if isinstance(found, Refusal):
                path = f"{source.name}#{safe_name(found.path)}" if found.path else source.name
                yield Refusal(path=path, reason=found.reason, advice=found.advice)
                continue
            budget.item()
            yield from _item(candidate, source, found, budget, depth)
    except NoReport as error:
        refusal = Refusal(path=source.name, reason=error.reason, advice=error.advice)
        yield refusal if candidate.named and depth == 1 else Skipped(refusal)
    except Undecodable as error:
        yield Refusal(path=source.name, reason=error.reason, advice=error.advice)
    except Exception as error:
        # Whatever a damaged archive brings about inside its reader, the other files are taken in.
        yield Refusal(
            path=source.name,
            reason=f"it could not be opened to its end ({type(error).__name__})",
            advice="Fetch it again, or unpack it and give the reports in it; what came before the fault was used.",
        )


def _item(candidate: Candidate, source: Source, item: Item, budget: Budget, depth: int) -> Iterator[Outcome]:
    bad = _bad_name(item.locator)
    if bad:
        yield Refusal(
            path=f"{source.name}#{safe_name(item.locator)[:200]}",
            reason=bad,
            advice="Such names are made to write over other files; nothing was unpacked. Ask who made the archive.",
        )
        return
    name = source.name + _shown(item.locator)
    door = door_of(name)
    if door is None:
        if not item.quiet:
            suffix = PurePosixPath(item.locator).suffix
            reason = (
                f"files ending in {suffix} are not reports" if suffix else "a file without an ending is not a report"
            )
            yield Skipped(Refusal(path=name, reason=reason, advice="Rename it if it is one."))
        return
    if is_part(name) or door.whole:
        if len(item.data) > door.largest:
            yield _too_large(name, len(item.data), door.largest)
            return
        yield Taken(candidate, name, item.data, item.row, item.same, item.least_words)
    if door.items is None or is_part(name):
        return
    if depth >= DEEPEST:
        yield Refusal(
            path=name,
            reason=f"it lies {depth} archives deep",
            advice="Archives within archives within archives are not opened; unpack it and give what is in it.",
        )
        return
    inner = Source(name=name, open=lambda: io.BytesIO(item.data))
    yield from _inside(candidate, door, inner, budget, depth + 1)


def _shown(locator: str) -> str:
    """Return a locator as it stands in a path: a sign of ours inside a file's name is written as %23."""
    name, part = part_of(f"#{locator}")
    return (f"#{safe_name(name[1:]).replace('#', '%23')}" if name else "") + part


_DRIVE = re.compile(r"[A-Za-z]:")


def _bad_name(locator: str) -> str:
    """Return why an entry's name is refused, or an empty string."""
    if not locator or len(locator) > 1000:
        return "the entry has no name" if not locator else "the entry's name is longer than 1,000 letters"
    if locator.startswith("/") or _DRIVE.match(locator) or ".." in locator.split("/"):
        return "the entry's name leads out of the archive"
    return "the entry's name holds a zero byte" if "\x00" in locator else ""


def _too_large(name: str, size: int, largest: int) -> Refusal:
    return Refusal(
        path=name,
        reason=f"the file has {size / 2**20:.0f} MB; more than {largest // 2**20} MB is no single report",
        advice="Split it into its reports, one file each.",
    )


def _openable(candidate: Candidate) -> Refusal | None:
    try:
        size = candidate.path.stat().st_size
        if size > LARGEST_OPENED:
            return Refusal(
                path=candidate.name,
                reason=f"the file has {size / 2**30:.1f} GB; more than {LARGEST_OPENED // 2**30} GB are not opened",
                advice="Split it and give it in parts.",
            )
        if size == 0:
            return Refusal(
                path=candidate.name,
                reason="the file is empty",
                advice="Fetch the report again, or take the file out.",
            )
    except OSError:
        return _unreadable(candidate)
    return None if os.access(candidate.path, os.R_OK) else _unreadable(candidate)


def _unreadable(candidate: Candidate) -> Refusal:
    return Refusal(
        path=candidate.name,
        reason="the file may not be read",
        advice="Give yourself the right to read it (chmod u+r) and try again.",
    )


def _bytes_of(candidate: Candidate, door: Door) -> bytes | Refusal:
    try:
        size = candidate.path.stat().st_size
        if size > door.largest:
            return _too_large(candidate.name, size, door.largest)
        if not os.access(candidate.path, os.R_OK):
            return _unreadable(candidate)
        with candidate.path.open("rb") as file:
            # The size can have grown since it was asked for; never more than the limit is read.
            content = file.read(door.largest + 1)
    except OSError:
        return _unreadable(candidate)
    return _too_large(candidate.name, len(content), door.largest) if len(content) > door.largest else content
