"""A whole record from one place to another: from a file into a database, or back.

Every table is carried over in batches within one transaction, and both sides are hashed on the way: what arrived is read back
and compared with what left. A copy that was cut short leaves nothing behind: the tables of a new database are made in the same
transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from tidings.errors import RecordError
from tidings.model import Progress, sha256_hex
from tidings.store import forward
from tidings.store.bulk import put_rows
from tidings.store.file import File
from tidings.store.schema import contract, meta, metadata, reports

__all__ = ["Carried", "carry", "fingerprints"]

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Carried:
    """What was copied: where it lies now, the number of rows and the SHA-256 of each table, by name."""

    where: str
    rows: Mapping[str, int]
    hashes: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """The SHA-256 over all tables."""
        return sha256_hex("".join(f"{name} {held}\n" for name, held in sorted(self.hashes.items())).encode())


def carry(source: File, target: File, *, progress: Progress | None = None) -> Carried:
    """Copy a record into an empty one, and prove that all of it arrived.

    Args:
        source: The record, open to read.
        target: A new record, open to write.
        progress: Called with the table, how many rows are copied and 0.

    Raises:
        RecordError: The target already holds reports, or what arrived is not what left.
    """
    rows: dict[str, int] = {}
    with source.reading() as out, target.writing() as into:
        forward.make(into, target.where)
        _refuse_full(into, target.where)
        into.execute(delete(meta))
        for table in _tables():
            rows[table.name] = 0
            for batch in _batches(out, table):
                put_rows(into, table, batch)
                rows[table.name] += len(batch)
                if progress is not None:
                    progress(f"copying {table.name}", rows[table.name], 0)
        left, arrived = fingerprints(out), fingerprints(into)
        wrong = sorted(name for name in left if left[name] != arrived[name])
        if wrong:
            raise RecordError(
                f"the copy in {target.where} differs from {source.where} in {', '.join(wrong)}, and was taken back. "
                "Run tidings check on the record that was to be copied."
            )
    return Carried(target.where, rows, arrived)


def fingerprints(connection: Connection) -> dict[str, str]:
    """Return the SHA-256 over all rows of each table, by name; the same for the same rows in any database."""
    found = {}
    for table in _tables():
        digest = hashlib.sha256()
        for batch in _batches(connection, table):
            for row in batch:
                digest.update(repr(tuple(row.values())).encode("utf-8", "surrogatepass"))
        found[table.name] = digest.hexdigest()
    return found


def _tables() -> list[Table]:
    return sorted(metadata.tables.values(), key=lambda table: table.name)


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a table in the order of its key, some at a time, bytes as bytes."""
    query = select(table).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"stream_results": True, "max_row_buffer": _BATCH}) as held:
        for part in held.mappings().partitions(_BATCH):
            yield [{name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()} for row in part]  # fmt: skip


def _refuse_full(connection: Connection, where: str) -> None:
    for table in (reports, *contract.values()):
        if connection.execute(select(*table.primary_key.columns).limit(1)).first() is not None:
            raise RecordError(
                f"{where} already holds a record. Name a place that is new: a copy never adds to another."
            )
