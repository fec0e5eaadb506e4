"""Looking around in a record a page at a time: rows by id, what points where, counts, and what was decided since the build.

Made for screens: every answer is bounded, and nothing is looked for inside JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select

from tidings.model import Decision
from tidings.store import ask, log
from tidings.store.agreement import Agreement, agreements
from tidings.store.file import File
from tidings.store.inputs import original
from tidings.store.rows import Row
from tidings.store.schema import contract, links, meta
from tidings.store.state import decisions

__all__ = ["Look", "Standing", "days_of"]

_CHUNK = 500
_STREAM = 5000
_ASKED: ContextVar[dict[int, tuple[int, str]] | None] = ContextVar("_ASKED", default=None)
_STATUS = {"accept": "accepted", "refuse": "rejected", "correct": "corrected"}
_OPEN = {"accept": "accepted", "refuse": "refused"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What people decided, as it stands now.

    ``verdicts`` holds the last verdict in force on each subject, ``notes`` the notes on each, ``stamp`` changes whenever
    anything was decided, ``pending`` counts the decisions taken since the last build.
    """

    decisions: tuple[Decision, ...]
    verdicts: Mapping[str, Decision]
    notes: Mapping[str, tuple[Decision, ...]]
    pending: int
    stamp: str


class Look:
    """Questions of a screen to a record.

    Args:
        file: The record, open to read.
    """

    def __init__(self, file: File) -> None:
        self._file = file
        self._standing: Standing | None = None

    def version(self) -> tuple[int, str]:
        """Return what changes when the record is built again, and what changes when somebody decides."""
        held = _ASKED.get()
        if held is None:
            return self._version()
        if id(self) not in held:
            held[id(self)] = self._version()
        return held[id(self)]

    @staticmethod
    @contextmanager
    def once() -> Iterator[None]:
        """Ask for the version once only while it lasts: a page that only reads shows one state of the record."""
        token = _ASKED.set({})
        try:
            yield
        finally:
            _ASKED.reset(token)

    def _version(self) -> tuple[int, str]:
        with self._file.reading() as connection:
            generation = connection.execute(select(meta.c.value).where(meta.c.key == "generation")).scalar_one()
            rows = contract["decisions"].c
            last = connection.execute(select(rows.hash).order_by(rows.row.desc()).limit(1)).scalar()
        return int(generation), str(last or "")

    def standing(self) -> Standing:
        """Return what people decided; read again only when somebody decided since."""
        generation, last = self.version()
        stamp = f"{generation}:{last}"
        if self._standing is None or self._standing.stamp != stamp:
            with self._file.reading() as connection:
                held = decisions(connection)
                builds = contract["builds"].c
                settings = connection.execute(select(builds.settings).order_by(builds.row.desc()).limit(1)).scalar()
            built = json.loads(settings or "{}").get("decisions", "")
            at = next((n + 1 for n, row in enumerate(held) if row.hash == built), 0)
            pending = sum(row.action != "note" for row in held[at:])
            notes: dict[str, tuple[Decision, ...]] = {}
            for row in held:
                if row.action == "note":
                    notes[row.subject] = (*notes.get(row.subject, ()), row)
            verdicts = {row.subject: row for row in log.in_force(held)}
            self._standing = Standing(decisions=held, verdicts=verdicts, notes=notes, pending=pending, stamp=stamp)
        return self._standing

    def some(self, table: str, ids: Iterable[str]) -> list[Row]:
        """Return the rows of a table with these ids, in their order; ids that are not there are left out."""
        wanted = list(dict.fromkeys(one for one in ids if one))
        target = contract[table]
        found: dict[str, Row] = {}
        with self._file.reading() as connection:
            for at in range(0, len(wanted), _CHUNK):
                query = select(target).where(target.c.id.in_(wanted[at : at + _CHUNK]))
                for held in connection.execute(query).mappings():
                    row = ask.unpacked(table, dict(held))
                    found[row["id"]] = row
        return self.judged(table, [found[one] for one in wanted if one in found])

    def one(self, table: str, row_id: str) -> Row | None:
        """Return the row with an id, or None."""
        held = self.some(table, [row_id])
        return held[0] if held else None

    def page(
        self,
        table: str,
        *,
        equals: Mapping[str, Any] | None = None,
        naming: Mapping[str, str | Sequence[str]] | None = None,
        between: tuple[str, str] = ("", ""),
        order: Sequence[str] = (),
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[list[Row], int]:
        """Return a page of a table's rows that fit, and how many fit altogether.

        Args:
            table: Its name.
            equals: Columns and the values they must have; a list of values means any of them.
            naming: Slots (``places``, ``chain``, ``claims`` …, or ``any``) and the id that they must name, or one of several.
            between: First and last day (ISO 8601); rows that can have happened between them fit.
            order: Columns to order by, a minus before one for downwards; empty cells come last. Else the exports' order.
            limit: Rows of a page.
            offset: Rows before it.
        """
        target = contract[table]
        fits = self._conditions(table, equals or {}, naming or {}, between)
        # Only the numbers of rows are sorted: rows hold texts, and sorting would carry these along.
        place = (
            select(target.c.row).where(*fits).order_by(*_order(target, order), target.c.row).limit(limit).offset(offset)
        )
        with self._file.reading() as connection:
            number = connection.execute(select(func.count()).select_from(target).where(*fits)).scalar_one()
            numbers = [row for (row,) in connection.execute(place)]
            found: dict[int, Row] = {}
            for at in range(0, len(numbers), _CHUNK):
                query = select(target).where(target.c.row.in_(numbers[at : at + _CHUNK]))
                found.update(
                    (held["row"], ask.unpacked(table, dict(held))) for held in connection.execute(query).mappings()
                )
        return self.judged(table, [found[row] for row in numbers]), int(number)

    def counts(
        self,
        table: str,
        *columns: str,
        equals: Mapping[str, Any] | None = None,
        naming: Mapping[str, str] | None = None,
        limit: int = 200,
    ) -> list[tuple[Any, ...]]:
        """Return how many rows there are for each value of some columns, the most first: (value, …, number)."""
        target = contract[table]
        held = [target.c[name] for name in columns]
        number = func.count()
        fits = self._conditions(table, equals or {}, naming or {}, ("", ""))
        query = select(*held, number).where(*fits).group_by(*held).order_by(number.desc(), *held).limit(limit)
        with self._file.reading() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def slim(
        self, table: str, *columns: str, equals: Mapping[str, Any] | None = None, limit: int | None = None
    ) -> list[tuple[Any, ...]]:
        """Return only some columns of a table, lists and objects still packed, in the order of the exports."""
        return list(self.each(table, *columns, equals=equals, limit=limit))

    def each(
        self, table: str, *columns: str, equals: Mapping[str, Any] | None = None, filled: str = "", limit: int | None = None,
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        """Yield what :meth:`slim` returns, some rows at a time: for what is kept of a whole table in another shape.

        ``filled`` names a column of words; rows in which it is empty are left out.
        """
        target = contract[table]
        fits = self._conditions(table, equals or {}, {}, ("", ""))
        if filled:
            fits.append(target.c[filled] > "")
        query: Select[Any] = (
            select(*(target.c[name] for name in columns)).where(*fits).order_by(target.c.row).limit(limit)
        )
        with self._file.reading() as connection:
            streamed = {"stream_results": True, "max_row_buffer": _STREAM}
            for part in connection.execute(query, execution_options=streamed).partitions(_STREAM):
                yield from (tuple(row) for row in part)

    def extent(self, table: str) -> tuple[str, str]:
        """Return the first and the last day that any row of a table can have (ISO 8601); empty where none is known."""
        first, last = (contract[table].c[name] for name in days_of(table))
        with self._file.reading() as connection:
            low = connection.execute(select(func.min(first)).where(first != "")).scalar()
            high = connection.execute(select(func.max(last)).where(last != "")).scalar()
        return str(low or ""), str(high or "")

    def named(self, table: str, slot: str, *, limit: int = 30) -> list[tuple[str, int]]:
        """Return the ids that a slot of a table names most often, with how often."""
        number = func.count()
        query = (
            select(links.c.target, number)
            .where(links.c.table_name == table, links.c.slot == slot, links.c.target != "")
            .group_by(links.c.target)
            .order_by(number.desc(), links.c.target)
            .limit(limit)
        )
        with self._file.reading() as connection:
            return [(str(one), int(count)) for one, count in connection.execute(query)]

    def agreements(self) -> list[Agreement]:
        """Return how far each pair of reviewers agrees."""
        return agreements(self.standing().decisions)

    def original(self, sha256: str) -> bytes | None:
        """Return a report's bytes as received, or None where they are not kept."""
        from tidings.model import Sha256

        with self._file.reading() as connection:
            return original(connection, Sha256(sha256))

    def judged(self, table: str, rows: list[Row]) -> list[Row]:
        """Return rows with what was decided about them since the build: a claim's status, a proposal's standing."""
        if table not in {"claims", "proposals"}:
            return rows
        verdicts = self.standing().verdicts
        column, words = ("status", _STATUS) if table == "claims" else ("standing", _OPEN)
        for row in rows:
            verdict = verdicts.get(row["id"])
            if verdict is not None:
                row[column] = words.get(verdict.action, row[column])
                if table == "claims" and verdict.action == "correct":
                    row.update(_corrected(row, verdict))
            elif table == "claims" or row[column] != "open":
                row[column] = "candidate" if table == "claims" else row[column]
        return rows

    def _conditions(
        self, table: str, equals: Mapping[str, Any], naming: Mapping[str, str | Sequence[str]], between: tuple[str, str]
    ) -> list[ColumnElement[bool]]:
        target = contract[table]
        fits: list[ColumnElement[bool]] = []
        for name, value in equals.items():
            column = target.c[name]
            fits.append(column.in_(value) if isinstance(value, list | tuple | set) else column == value)
        for slot, one in naming.items():
            slots = [links.c.slot == slot] if slot != "any" else []
            ids = [one] if isinstance(one, str) else list(one)
            hits = select(links.c.row).where(links.c.table_name == table, links.c.target.in_(ids), *slots)
            fits.append(target.c.row.in_(hits))
        if any(between):
            first, last = (target.c[name] for name in days_of(table))
            fits.append(or_(first != "", last != ""))
            if between[0]:
                fits.append(or_(last == "", last >= between[0]))
            if between[1]:
                fits.append(or_(first == "", first <= between[1]))
        return fits


def days_of(table: str) -> tuple[str, str]:
    """Return the columns of the first and the last day possible of a table's rows."""
    names = contract[table].c
    return ("time_earliest", "time_latest") if "time_earliest" in names else ("from_earliest", "until_latest")


def _order(target: Any, order: Sequence[str]) -> list[Any]:
    out = []
    for name in order:
        column = target.c[name.removeprefix("-")]
        # Only words can be empty; a number that is not known is null.
        known = and_(column.is_not(None), column != "") if isinstance(column.type, Text) else column.is_not(None)
        out.append(known.desc())
        out.append(column.desc() if name.startswith("-") else column)
    return out


def _corrected(row: Row, verdict: Decision) -> Row:
    held = json.loads(verdict.after or "null") or {}
    out: Row = {name: held[name] for name in ("kind", "type", "mode", "measure", "time") if held.get(name)}
    if "low" in held or "high" in held:
        old = row["count"] or {"low": None, "high": None, "text": "", "unit": ""}
        out["count"] = {
            **old,
            **{name: int(float(held[name])) for name in ("low", "high") if held.get(name) not in (None, "")},
        }
    return out
