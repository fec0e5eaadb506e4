"""A shelf for rows that are too many to hold: in order, walked through again and again, in a file that goes with its folder."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

__all__ = ["Shelf"]

Row = dict[str, Any]
_MOST_KEYS = 5
_PIECE = 2000
_CACHE_KB = 64_000


class Shelf:
    """Takes tables in and gives them back in order.

    SQLite sorts whole numbers before texts and texts by their UTF-8 bytes, which is the order of their code points: the order
    that sorting them in memory gives.

    Args:
        folder: Where the file is made; it holds what the rows hold, so it goes with the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "shelf", isolation_level=None)
        # Nothing of it outlives the process, so nothing need be safe from a power cut.
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KB}", "temp_store = FILE"):
            self._connection.execute(f"PRAGMA {setting}")
        self._numbers = count()

    def hold(self, _: str, rows: Iterable[Row], key: Callable[[Row], tuple[Any, ...]]) -> Held:
        """Take rows in.

        Args:
            _: The name of their table.
            rows: The rows.
            key: What they are ordered by: at most five texts or whole numbers.

        Returns:
            The rows in order; those alike stand as they came.
        """
        number = next(self._numbers)
        columns = [f"k{at}" for at in range(_MOST_KEYS)]
        self._connection.execute(f"CREATE TABLE came{number} ({', '.join(columns)}, row TEXT)")
        marks = ", ".join("?" * (_MOST_KEYS + 1))
        self._connection.execute("BEGIN")
        self._connection.executemany(
            f"INSERT INTO came{number} VALUES ({marks})",  # noqa: S608 - a number of our own
            _packed(rows, key),
        )
        self._connection.execute(
            f"CREATE TABLE held{number} AS SELECT row FROM came{number} ORDER BY {', '.join(columns)}, rowid"  # noqa: S608
        )
        self._connection.execute(f"DROP TABLE came{number}")
        self._connection.execute("COMMIT")
        return Held(self._connection, f"held{number}")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _packed(rows: Iterable[Row], key: Callable[[Row], tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for row in rows:
        keys = key(row)
        yield (*keys, *(None,) * (_MOST_KEYS - len(keys)), encode(row))


class Held:
    """The rows of one table on a shelf."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        self._size = int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - named above

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Row]:
        parse = json.JSONDecoder().raw_decode
        rows = self._connection.execute(f"SELECT row FROM {self._table} ORDER BY rowid")  # noqa: S608 - named above
        while some := rows.fetchmany(_PIECE):
            for (row,) in some:
                yield parse(row)[0]
