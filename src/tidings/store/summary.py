"""What a record holds, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from tidings.model.columns import TABLES
from tidings.store.schema import contract

__all__ = ["Summary", "summary"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """Rows by table, and claims, entities and reports by what they are.

    ``reports`` counts reports without the rows of known days, ``known`` those rows, ``unread`` reports that no reader
    read. ``clashes`` counts constraints between days that were left out because others contradict them.
    """

    reports: int
    known: int
    unread: int
    clashes: int
    claims: Mapping[str, int]
    entities: Mapping[str, int]
    tables: Mapping[str, int]


def summary(connection: Connection) -> Summary:
    """Return what the record holds."""
    documents = contract["documents"].c
    tables = {
        name: connection.execute(select(func.count()).select_from(contract[name])).scalar_one() for name in TABLES
    }
    known = connection.execute(select(func.count()).where(documents.known.is_(True))).scalar_one()
    unread = connection.execute(select(func.count()).where(documents.unread != "")).scalar_one()
    dropped = contract["constraints"].c.dropped
    clashes = connection.execute(select(func.count()).where(dropped != "")).scalar_one()
    return Summary(
        reports=tables["documents"] - known,
        known=known,
        unread=unread,
        clashes=clashes,
        claims=_by(connection, "claims", "kind"),
        entities=_by(connection, "entities", "kind"),
        tables=tables,
    )


def _by(connection: Connection, table: str, column: str) -> dict[str, int]:
    held = contract[table].c[column]
    rows = connection.execute(select(held, func.count()).group_by(held).order_by(func.count().desc(), held))
    return {str(name): number for name, number in rows}
