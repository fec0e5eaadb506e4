"""A record as an export sees it: tables that are walked through a piece at a time, and as frames of Polars or pandas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, Unpack

from sqlalchemy import Connection, func, select

from tidings._rows import Filters
from tidings.errors import UsageError
from tidings.model.columns import TABLE_NOTES, TABLES, Column
from tidings.store.file import File
from tidings.store.schema import contract
from tidings.tell.formats import registry
from tidings.tell.formats.export import Export, Written

__all__ = ["Leaving", "Rows", "Streamed", "exports", "frame", "own_exports"]

Row = dict[str, Any]
_parse = json.JSONDecoder().raw_decode
"""Parses a cell; :func:`json.loads` spends as long again on white space around it, and the store writes none."""
_PIECE = 2000
"""Rows read at a time: enough that asking costs nothing beside reading, few enough to hold."""


class Rows:
    """The rows of one table in the order of the exports, read anew each time that they are walked through."""

    def __init__(self, connection: Connection, table: str, *, clock: bool) -> None:
        self._connection = connection
        self._table = table
        self._clock = clock

    def __len__(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(contract[self._table])).scalar_one())

    def __iter__(self) -> Iterator[Row]:
        target = contract[self._table]
        names = [column.name for column in TABLES[self._table]]
        packed = [column.name for column in TABLES[self._table] if column.holds in {"list", "object"}]
        wanted = select(*(target.c[name] for name in names), target.c.row).order_by(target.c.row).limit(_PIECE)
        hidden = self._table == "builds" and not self._clock
        last = -1
        while True:
            held = self._connection.execute(wanted.where(target.c.row > last)).all()
            for one in held:
                row = dict(zip(names, one, strict=False))
                for name in packed:
                    value = row[name]
                    # Most lists are empty: a fresh one is made without parsing.
                    row[name] = [] if value == "[]" else None if value is None else _parse(value)[0]
                if hidden:
                    row["at"] = None
                yield row
            if len(held) < _PIECE:
                return
            last = held[-1].row


class Streamed(Mapping[str, Rows]):
    """Every table of a record behind one connection, so that all of them show one state of it.

    Args:
        connection: An open connection to the record.
        clock: Whether the times at which builds were made are told.
    """

    def __init__(self, connection: Connection, *, clock: bool = False) -> None:
        self._held = {table: Rows(connection, table, clock=clock) for table in TABLES}

    def __getitem__(self, table: str) -> Rows:
        return self._held[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class Leaving:
    """What leaves a record: the part of its API that writes files, makes frames and shows itself in a notebook."""

    where: str
    _file: File

    def __repr__(self) -> str:
        return f"Record({self.where!r})"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: each table that holds something, how many rows, and what they are."""
        with self._file.reading() as connection:
            sizes = {table: len(rows) for table, rows in Streamed(connection).items()}
        rows = "".join(
            f"<tr><td>{table}</td><td style='text-align:right'>{sizes[table]:,}</td><td>{escape(TABLE_NOTES[table])}</td></tr>"
            for table in TABLES
            if sizes[table]
        )
        return f"<table><caption>{escape(self.where)}</caption>{rows}</table>"

    def rows(self, table: str, **filters: Unpack[Filters]) -> list[Row]:
        """Return the rows of a table that fit."""
        raise NotImplementedError

    def export(self, to: str, target: str | Path, *, clock: bool = False) -> Written:
        """Write the record out in one of the formats that ``tidings export --list`` names.

        Tables are walked through a piece at a time; a record need not fit into memory.

        Args:
            to: The name of the export: ``jsonl``, ``csv``, ``gpkg`` …
            target: The file, or the folder for exports of several files, which is made if need be.
            clock: Whether the times at which builds were made are told; the bytes then differ.

        Returns:
            The files (it is also an iterable of them), how many rows, and what was left out, by reason.

        Raises:
            UsageError: There is no such export, what it needs is not installed, or the target cannot be written to.
        """
        with self._file.reading() as connection:
            return registry.write(to, Streamed(connection, clock=clock), Path(target))

    def publish(self, out: str | Path, *, profile: str | Path = "public", **more: Any) -> Any:
        """Write a copy that does no harm into a new folder; ``docs/sharing.md`` says what each profile shows.

        Args:
            out: The folder; it must not exist, or be empty.
            profile: ``private``, ``partner``, ``public``, or a TOML file.
            **more: key, exports, hide, show, links, as :func:`tidings._publishing.publish_record` takes them.

        Returns:
            What was written, changed and searched.

        Raises:
            Leak: Something that was to be taken out stands in what was written; nothing is kept.
            UsageError: The folder holds something, or the profile, key or an export does not fit.
        """
        from tidings._publishing import publish_record

        return publish_record(self.where, out, profile=profile, **more)

    def frame(self, table: str, *, library: str = "", **filters: Unpack[Filters]) -> Any:
        """Return the rows of a table as a data frame of Polars, or of pandas.

        Args:
            table: Its name.
            library: ``polars`` or ``pandas``; empty takes the one that is installed, Polars first.
            **filters: See :class:`Filters`.

        Raises:
            UsageError: There is no such table, or neither library is installed.
        """
        return frame(table, self.rows(table, **filters), library=library)


def exports() -> tuple[Export, ...]:
    """Return every export that is installed: its name, what it is, what it cannot hold."""
    return registry.every()


def own_exports() -> tuple[Export, ...]:
    """Return the exports that come with Tidings, whatever else is installed."""
    return tuple(registry.find(name) for name in registry.BUILT_IN)


def frame(table: str, rows: Iterable[Mapping[str, Any]], *, library: str = "") -> Any:
    """Return rows as a data frame, one column for each of the contract; lists and objects stay what they are.

    Args:
        table: Which table they are from.
        rows: Its rows.
        library: ``polars`` or ``pandas``; empty takes the one that is installed, Polars first.

    Raises:
        UsageError: Neither is installed, or there is no such library.
    """
    columns = TABLES[table]
    held = list(rows)
    data = {column.name: [row[column.name] for row in held] for column in columns}
    for name in [library] if library else ["polars", "pandas"]:
        if name == "polars":
            try:
                import polars
            except ImportError:
                continue
            return polars.DataFrame({column.name: _series(polars, column, data[column.name]) for column in columns})
        if name == "pandas":
            try:
                import pandas
            except ImportError:
                continue
            return pandas.DataFrame(data)
        raise UsageError(f"a frame is made with polars or pandas, not with {name!r}.")
    raise UsageError('a frame needs Polars or pandas: pip install "tidings[frames]"')


def _series(polars: Any, column: Column, values: list[Any]) -> Any:
    """Return a column with its type told, so that an empty one has it too."""
    kinds = {"text": polars.String, "integer": polars.Int64, "number": polars.Float64, "yes_no": polars.Boolean}
    if column.holds in kinds:
        return polars.Series(column.name, values, dtype=kinds[column.holds], strict=False)
    plain = column.holds == "list" and not any(
        isinstance(item, dict | list) for value in values for item in value or ()
    )
    if plain and not any(isinstance(item, int) for value in values for item in value or ()):
        return polars.Series(column.name, values, dtype=polars.List(polars.String))
    return polars.Series(column.name, values, strict=False)
