"""A record carried to another place: behind ``tidings copy`` and ``tidings backup``.

A new file is written under another name beside its place, and takes its own name only when it is whole: whatever cuts a copy
short, there is never half a record under the name that was asked for.
"""

from __future__ import annotations

import contextlib
import glob
import os
from pathlib import Path

from tidings.errors import RecordError
from tidings.model import Progress
from tidings.store.copy import Carried, carry
from tidings.store.disk import settled
from tidings.store.file import File
from tidings.store.server import is_url

__all__ = ["Carried", "copy"]


def copy(source: str | Path, target: str | Path, *, progress: Progress | None = None) -> Carried:
    """Copy a whole record, from a file or a database into a new one, and prove that all of it arrived.

    Args:
        source: The record; people may work in it meanwhile.
        target: A new file, or the URL of an empty database.
        progress: Called with the table, how many rows are copied and 0.

    Raises:
        NotARecord: The source is none, or the target is something else.
        RecordError: The target already holds a record, or cannot be written to.
    """
    held = File(source)
    try:
        path = Path(target)
        if is_url(str(target)) or (path.exists() and (path.is_dir() or path.stat().st_size > 0)):
            return _carried(held, target, progress)
        return _whole(held, path, progress)
    finally:
        held.close()


def _carried(held: File, target: str | Path, progress: Progress | None) -> Carried:
    into = File(target, write=True, make=False)
    try:
        return carry(held, into, progress=progress)
    finally:
        into.close()


def _whole(held: File, target: Path, progress: Progress | None) -> Carried:
    """Copy into a file of another name, and give it its own once it is whole."""
    _tidy(target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        done = _carried(held, part, progress)
        _name(part, target)
    except FileExistsError as error:
        raise RecordError(
            f"{target} already holds a record. Name a place that is new: a copy never adds to another."
        ) from error
    finally:
        _remove(part)
    return Carried(str(target), done.rows, done.hashes)


def _name(part: Path, target: Path) -> None:
    """Give a whole copy its name, unless somebody else took it in the meantime."""
    if target.exists() and target.stat().st_size == 0:
        target.unlink()
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        # A disk that knows no second name of a file: a rename takes the same time, and is as whole.
        part.rename(target)
    with contextlib.suppress(OSError):  # not every system lets a folder be written out
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _tidy(target: Path) -> None:
    """Remove what copies to the same place left that were killed."""
    for part in target.parent.glob(f".{glob.escape(target.name)}.*.part"):
        number = part.name.rsplit(".", 2)[1]
        if number.isdigit() and not _lives(int(number)):
            _remove(part)


def _lives(process: int) -> bool:
    if os.name != "posix":
        return True  # elsewhere asking would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _remove(part: Path) -> None:
    for path in (part, *settled(part)):
        with contextlib.suppress(OSError):
            path.unlink()
