"""Many rows into a table: with PostgreSQL's COPY, which asks the server once and not for each row; else as the driver packs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

__all__ = ["in_batches", "put_rows"]

_BATCH = 2000


def put_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows to a table, each with the same columns. Call it inside a transaction."""
    walked = iter(rows)
    if connection.dialect.name != "postgresql":
        for batch in in_batches(walked, _BATCH):
            connection.execute(insert(table), batch)
        return
    first = next(walked, None)
    if first is None:
        return
    import psycopg
    from psycopg import sql

    names = list(first)
    words = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    opened: Any = connection.connection.dbapi_connection
    try:
        with opened.cursor() as cursor, cursor.copy(words) as copying:
            copying.write_row([first[name] for name in names])
            for row in walked:
                copying.write_row([row[name] for name in names])
    except psycopg.Error as error:
        # The driver is asked past SQLAlchemy, so its errors are dressed as those of any other statement.
        raise DBAPIError("COPY", None, error) from error


def in_batches(rows: Iterable[Any], most: int) -> Iterator[list[Any]]:
    """Yield rows so many at a time."""
    walked = iter(rows)
    while batch := list(islice(walked, most)):
        yield batch
