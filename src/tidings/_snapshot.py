"""What was known on an earlier day: a record in memory that can be asked, and takes no decisions."""

from __future__ import annotations

from typing import Any, NoReturn

from tidings.errors import UsageError
from tidings.record import Record
from tidings.store.as_of import Published
from tidings.store.check import Proven, prove_tables
from tidings.store.file import File

__all__ = ["Snapshot"]


class Snapshot(Record):
    """A record as of an earlier day; :meth:`Record.as_of` makes it.

    ``published`` tells which reports it is derived from, which were only possibly published by then, and which came later.

    Args:
        file: The record in memory.
        where: The name of the record that it was taken from.
        published: Which reports had been published.
    """

    def __init__(self, file: File, where: str, published: Published) -> None:
        self.where = f"{where} as of {published.day}"
        self._file = file
        self.last_build = None
        self.published = published

    def __enter__(self) -> Snapshot:
        return self

    def prove(self) -> Proven:
        """Prove what tables alone can show; the reports' bytes lie in the record itself."""
        return prove_tables(self.tables(clock=True))

    def decide(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: decisions are taken in the record itself."""
        raise UsageError(
            "what was known on an earlier day takes no decisions and is not published. Open the record itself."
        )

    judge = remove = refit = rebuild = publish = as_of = decide
