"""A record carried to another place: behind ``tidings copy`` and ``tidings backup``."""

from __future__ import annotations

from pathlib import Path

from tidings.model import Progress
from tidings.store.copy import Carried, carry
from tidings.store.file import File

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
        into = File(target, write=True)
        try:
            return carry(held, into, progress=progress)
        finally:
            into.close()
    finally:
        held.close()
