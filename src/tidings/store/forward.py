"""Making the tables of a record, and bringing those of an older version forward.

A table or a column that an older version did not know is made when the record is next written to, and filled by the next
build. Who only reads an older record sees empty stand-ins in their place, which lie in their own session and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Column, Connection, MetaData, Table, select, text

from tidings.errors import NewerRecord, NotARecord
from tidings.model.columns import TABLES
from tidings.store.schema import FORMAT, SCHEMA_VERSION, meta, metadata

__all__ = ["Held", "held_columns", "is_behind", "make", "not_a_record", "stand_ins", "verify"]

Held = Mapping[str, frozenset[str]]
"""The tables that a database holds, each with the names of its columns."""

_BIRTH = {"format": FORMAT, "schema": str(SCHEMA_VERSION), "generation": "0"}
_EMPTY = {"text": "''", "list": "'[]'"}
"""What stands in a cell of a column that was not there when its row was written; elsewhere nothing stands."""

_OF_A_FILE = "SELECT held.name, col.name FROM main.sqlite_master AS held, pragma_table_info(held.name, 'main') AS col WHERE held.type = 'table'"
_OF_A_SERVER = (
    "SELECT held.relname, col.attname FROM pg_catalog.pg_attribute col JOIN pg_catalog.pg_class held ON held.oid = col.attrelid "
    "JOIN pg_catalog.pg_namespace room ON room.oid = held.relnamespace "
    "WHERE room.nspname = current_schema() AND held.relkind IN ('r', 'p') AND col.attnum > 0 AND NOT col.attisdropped"
)


def held_columns(connection: Connection) -> Held:
    """Return the tables of the database with their columns."""
    asked = _OF_A_SERVER if connection.dialect.name == "postgresql" else _OF_A_FILE
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(text(asked)):
        found.setdefault(table, set()).add(column)
    return {table: frozenset(columns) for table, columns in found.items()}


def not_a_record(where: str) -> NotARecord:
    """Return the error for a place that holds something else."""
    return NotARecord(f"{where} is not a record of Tidings. Make one with: tidings build REPORTS… -o {where}")


def verify(connection: Connection, held: Held, where: str) -> int:
    """Return the version of a record's tables.

    Raises:
        NotARecord: It is no record.
        NewerRecord: A newer version of Tidings wrote it.
    """
    values = {}
    if {"key", "value"} <= held.get("meta", frozenset()):
        values = {row.key: row.value for row in connection.execute(select(meta.c.key, meta.c.value))}
    if values.get("format") != FORMAT:
        raise not_a_record(where)
    version = int(values.get("schema", "0"))
    if version > SCHEMA_VERSION:
        raise NewerRecord(
            f"{where} was written by a newer version of Tidings (tables {version}, this one knows {SCHEMA_VERSION}). "
            "Update Tidings: pip install --upgrade tidings"
        )
    return version


def is_behind(held: Held, version: int, known: MetaData = metadata) -> bool:
    """Return whether a record lacks tables or columns that this version knows."""
    return version < SCHEMA_VERSION or any(_missing(table, held) for table in known.tables.values())


def make(connection: Connection, where: str, known: MetaData = metadata) -> None:
    """Make the tables of a new record, or what an older one lacks. Call it inside a transaction that alone writes.

    Args:
        connection: A connection to the record.
        where: The record's name, for errors.
        known: The tables that this version knows.

    Raises:
        NotARecord: Other tables lie there.
        NewerRecord: A newer version of Tidings wrote it.
    """
    held = held_columns(connection)
    if not held:
        known.create_all(connection)
        connection.execute(meta.insert(), [{"key": key, "value": value} for key, value in _BIRTH.items()])
        return
    if not is_behind(held, verify(connection, held, where), known):
        return
    known.create_all(connection, checkfirst=True)
    for table in known.sorted_tables:
        if table.name in held:
            for column in _missing(table, held):
                connection.execute(text(f"ALTER TABLE {_quoted(table.name)} ADD COLUMN {_written(connection, column)}"))
            for index in table.indexes:
                index.create(connection, checkfirst=True)
    connection.execute(meta.update().where(meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))


def stand_ins(connection: Connection, held: Held, known: MetaData = metadata) -> list[str]:
    """Return the statements that let a session see what an older record lacks, as empty.

    Args:
        connection: A connection to the record, for how its engine writes types.
        held: What the record holds.
        known: The tables that this version knows.
    """
    room = "main"
    if connection.dialect.name == "postgresql":
        room = str(connection.execute(text("SELECT current_schema()")).scalar_one())
    out = []
    for table in known.sorted_tables:
        missing = _missing(table, held)
        if not missing:
            continue
        cells = [
            f"CAST({_empty(column) or 'NULL'} AS {_type(connection, column)}) AS {_quoted(column.name)}"
            for column in missing
        ]
        if table.name in held:
            body = f"held.*, {', '.join(cells)} FROM {_quoted(room)}.{_quoted(table.name)} AS held"
        else:
            body = f"{', '.join(cells)} WHERE 1 = 0"
        out.append(f"CREATE TEMP VIEW {_quoted(table.name)} AS SELECT {body}")
    return out


def _missing(table: Table, held: Held) -> list[Column[object]]:
    there: Iterable[str] = held.get(table.name, frozenset())
    return [column for column in table.columns if column.name not in there]


def _written(connection: Connection, column: Column[object]) -> str:
    default = _empty(column)
    return f"{_quoted(column.name)} {_type(connection, column)}" + (f" DEFAULT {default}" if default else "")


def _type(connection: Connection, column: Column[object]) -> str:
    return str(column.type.compile(connection.dialect)).split(" COLLATE", 1)[0]


def _empty(column: Column[object]) -> str:
    specs = TABLES.get(column.table.name, ())
    return next((_EMPTY.get(spec.holds, "") for spec in specs if spec.name == column.name), "")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
