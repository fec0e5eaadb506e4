"""What an export is: a frozen descriptor with a name, what it is, what it cannot hold, and the function that writes it.

A program beside Tidings adds one through the entry-point group ``tidings.exports``, by the same door as the exports that
come with Tidings::

    [project.entry-points."tidings.exports"]
    atlas = "our_package.atlas:EXPORT"
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Export", "LeftOut", "Row", "Tables", "Write", "Written"]

Row = Mapping[str, Any]
Tables = Mapping[str, Iterable[Row]]
"""Rows by table of the contract. Each table can be walked through again and again, and need not fit into memory."""

LeftOut = Counter[str]
"""How often something was left out, by reason; the reason is a plain clause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What an export wrote: its files, how many rows, and what it left out, counted by reason.

    A row is one of the format's own: a line of a table, a feature on a map, an entry of a calendar.
    """

    files: tuple[Path, ...]
    rows: int
    left_out: Mapping[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Path]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


Write = Callable[[Tables, Path], Written]


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """One way out of a record.

    Args:
        name: The word after ``--to``: lower case, no blanks.
        title: What it is, in a clause.
        ending: The ending of the file that it writes, with its dot; empty when it writes a folder.
        cannot_hold: What is lost on the way, each as a clause.
        write: Writes the tables into a file or folder and says what it wrote. The same tables give the same bytes.
        extra: The extra that installs what it needs (``pip install "tidings[parquet]"``); empty when it needs nothing.
        needs: The module that must be there; empty when it needs nothing.
    """

    name: str
    title: str
    ending: str
    cannot_hold: tuple[str, ...]
    write: Write
    extra: str = ""
    needs: str = ""
