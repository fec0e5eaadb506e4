"""Questions to a record: rows of a table by kind, actor, place, day, speaker, report.

A table without a column of its own for a question answers through the claims that its rows stand on: an echo is said by
those who say its claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from tidings.errors import UsageError
from tidings.model import parse_edtf
from tidings.model.columns import TABLES, column_names
from tidings.store.links import ACTOR_SLOTS, CLAIM_SLOTS, DOCUMENT_SLOTS, PLACE_SLOTS, name_key
from tidings.store.rows import Row
from tidings.store.schema import contract, links
from tidings.text.fold import core, fold

__all__ = ["Question", "count", "one", "rows", "whole"]

_DAYS = (
    ("time_earliest", "time_latest"),
    ("from_earliest", "until_latest"),
    ("published_earliest", "published_latest"),
)
_IDS = frozenset({"id", "document", "event", "entity", "claim", "of", "a", "b", "subject", "attribution"})
"""Columns that hold ids."""
_TIMES = {"times": ("start_earliest", "end_latest")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What rows are asked for; an empty string asks nothing.

    ``actor``, ``place`` and ``said_by`` are names under any spelling that the record knows, or ids; a place holds all that
    lies in it. ``since`` and ``until`` are days, months or years (EDTF); a row fits when it can have happened between
    them. ``document`` is an id, a path or the stem of a path. ``where`` holds column and value pairs.
    """

    kind: str = ""
    type: str = ""
    actor: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    said_by: str = ""
    document: str = ""
    where: tuple[tuple[str, str], ...] = field(default=())
    limit: int | None = None
    offset: int = 0


def rows(connection: Connection, table: str, question: Question) -> list[Row]:
    """Return the rows of ``table`` that answer ``question``, in the order of the exports.

    Raises:
        UsageError: There is no such table, or it cannot answer the question.
    """
    target = _table(table)
    query = select(target).where(*_conditions(connection, table, question)).order_by(target.c.row)
    if question.limit is not None:
        query = query.limit(question.limit)
    if question.offset:
        query = query.offset(question.offset)
    return [unpacked(table, dict(held)) for held in connection.execute(query).mappings()]


def count(connection: Connection, table: str, question: Question) -> int:
    """Return how many rows answer ``question``, its limit aside."""
    query = select(func.count()).select_from(_table(table)).where(*_conditions(connection, table, question))
    return int(connection.execute(query).scalar_one())


def one(connection: Connection, table: str, row_id: str) -> Row | None:
    """Return the row of ``table`` with an id, or None."""
    target = contract[table]
    if "id" not in target.c:
        return None
    held = connection.execute(select(target).where(target.c.id == row_id).limit(1)).mappings().first()
    return None if held is None else unpacked(table, dict(held))


def whole(connection: Connection) -> dict[str, list[Row]]:
    """Return every table of the contract."""
    return {table: rows(connection, table, Question()) for table in TABLES}


def unpacked(table: str, held: Mapping[str, Any]) -> Row:
    """Return a row of the file as the contract has it, lists and objects opened."""
    row: Row = {}
    for column in TABLES[table]:
        value = held[column.name]
        if column.holds in {"list", "object"} and value is not None:
            value = json.loads(value)
        row[column.name] = value
    return row


def _table(table: str) -> Any:
    if table not in contract:
        raise UsageError(f"there is no table {table!r}. The tables are: {', '.join(TABLES)}.")
    return contract[table]


def _conditions(connection: Connection, table: str, question: Question) -> list[ColumnElement[bool]]:
    """Return what a row must fulfil."""
    found: list[ColumnElement[bool]] = []
    plain = [("kind", question.kind), ("type", question.type)]
    for column, value in [*((name, value) for name, value in plain if value), *question.where]:
        found.append(_equals(table, column, value))
    if question.actor:
        found.append(_naming(table, ACTOR_SLOTS, _targets(connection, question.actor, place=False), question.actor))
    if question.place:
        found.append(_naming(table, PLACE_SLOTS, _targets(connection, question.place, place=True), question.place))
    if question.said_by:
        found.append(_said_by(table, _targets(connection, question.said_by, place=False), question.said_by))
    if question.document:
        found.append(_in_document(table, _documents(connection, question.document)))
    if question.since or question.until:
        found.append(_within(table, question))
    return found


def _equals(table: str, column: str, value: str) -> ColumnElement[bool]:
    spec = next((spec for spec in TABLES[table] if spec.name == column), None)
    if spec is None or spec.holds in {"list", "object"}:
        usable = ", ".join(spec.name for spec in TABLES[table] if spec.holds not in {"list", "object"})
        raise UsageError(f"the table {table} cannot be asked by {column!r}. It can by: {usable}.")
    held = contract[table].c[column]
    if spec.holds == "yes_no":
        return held.is_(value.lower() in {"true", "yes", "1"})
    if spec.holds in {"integer", "number"}:
        try:
            return held == float(value)
        except ValueError as error:
            raise UsageError(f"{column} holds numbers; {value!r} is none.") from error
    if column in _IDS:
        return held.in_(sorted({value, value.lower()}))  # through its index
    return func.lower(held) == value.lower()


def _targets(connection: Connection, name: str, *, place: bool) -> set[str]:
    """Return the ids of entities that a name can mean, with all that lies in them where it is a place."""
    entities = contract["entities"]
    kinds = ("place",) if place else ("actor", "source", "person", "other")
    query = select(entities.c.id, entities.c.name, entities.c.aliases, entities.c.part_of_ids).where(
        entities.c.kind.in_(kinds)
    )
    held = [
        (row.id, row.name, json.loads(row.aliases), json.loads(row.part_of_ids)) for row in connection.execute(query)
    ]
    wanted, loose = fold(name), core(name)
    found = {one for one, *_ in held if one == name}
    found = found or {one for one, own, aliases, _ in held if wanted in {fold(own), *map(fold, aliases)}}
    found = found or {one for one, own, aliases, _ in held if loose in {core(own), *map(core, aliases)}}
    if place:
        parents = {one: parent for one, _, _, parent in held}
        size = -1
        while len(found) != size:
            size = len(found)
            found |= {one for one, parent in parents.items() if set(parent) & found}
    return found


def _linked(table: str, slots: Iterable[str], targets: set[str], name: str) -> ColumnElement[bool]:
    """Return the condition that a row names one of ``targets``, or ``name`` itself, in one of ``slots``."""
    wanted = or_(links.c.target.in_(sorted(targets)), and_(links.c.target == "", links.c.folded == name_key(name)))
    hits = select(links.c.row).where(links.c.table_name == table, links.c.slot.in_(sorted(slots)), wanted)
    return contract[table].c.row.in_(hits)


def _through_claims(table: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that one of a row's claims fulfils ``condition``."""
    slots = CLAIM_SLOTS.get(table, ("claims",))
    claims = contract["claims"]
    good = select(claims.c.id).where(condition)
    hits = select(links.c.row).where(
        links.c.table_name == table, links.c.slot.in_(sorted(slots)), links.c.target.in_(good)
    )
    return contract[table].c.row.in_(hits)


def _has_claims(table: str) -> bool:
    return table in CLAIM_SLOTS or "claims" in column_names(table)


def _naming(table: str, slots: Mapping[str, tuple[str, ...]], targets: set[str], name: str) -> ColumnElement[bool]:
    if table in slots:
        return _linked(table, slots[table], targets, name)
    if _has_claims(table):
        return _through_claims(table, _linked("claims", slots["claims"], targets, name))
    raise UsageError(f"the table {table} names no actors or places.")


def _said_by(table: str, targets: set[str], name: str) -> ColumnElement[bool]:
    if "chain" in column_names(table):
        return _linked(table, ("chain",), targets, name)
    if _has_claims(table):
        return _through_claims(table, _linked("claims", ("chain",), targets, name))
    if table == "documents":
        return func.lower(contract[table].c.publisher) == name.lower()
    raise UsageError(f"the table {table} holds nothing that somebody says.")


def _documents(connection: Connection, name: str) -> list[str]:
    """Return the ids of the documents that an id, a path, or the stem of a path means."""
    documents = contract["documents"]
    held = connection.execute(select(documents.c.id, documents.c.path)).all()
    for fits in (_is_id, _is_path, _is_stem):
        found = [one for one, path in held if fits(name, one, path)]
        if found:
            return found
    return []


def _is_id(name: str, one: str, _: str) -> bool:
    return one == name


def _is_path(name: str, _: str, path: str) -> bool:
    return path == name


def _is_stem(name: str, _: str, path: str) -> bool:
    return name in {path.rsplit("/", 1)[-1], path.rsplit("/", 1)[-1].rsplit(".", 1)[0]}


def _in_document(table: str, documents: list[str]) -> ColumnElement[bool]:
    target = contract[table]
    if not documents:
        return false()
    if table == "documents":
        return target.c.id.in_(documents)
    for column in DOCUMENT_SLOTS:
        if any(spec.name == column and spec.holds in {"text", "list"} for spec in TABLES[table]):
            hits = select(links.c.row).where(
                links.c.table_name == table, links.c.slot == column, links.c.target.in_(documents)
            )
            return target.c.row.in_(hits)
    if _has_claims(table):
        return _through_claims(table, contract["claims"].c.document.in_(documents))
    raise UsageError(f"the table {table} cannot be asked by report.")


def _within(table: str, question: Question) -> ColumnElement[bool]:
    names = column_names(table)
    pairs = [_TIMES[table]] if table in _TIMES else [pair for pair in _DAYS if pair[0] in names]
    if not pairs:
        if _has_claims(table):
            return _through_claims(table, _within("claims", question))
        raise UsageError(f"the table {table} holds no days.")
    target = contract[table]
    earliest, latest = target.c[pairs[0][0]], target.c[pairs[0][1]]
    found = [or_(earliest != "", latest != "")]
    if question.since:
        found.append(or_(latest == "", latest >= _day(question.since, first=True)))
    if question.until:
        found.append(or_(earliest == "", earliest <= _day(question.until, first=False)))
    return and_(*found)


def _day(words: str, *, first: bool) -> str:
    try:
        when = parse_edtf(words)
    except ValueError as error:
        raise UsageError(f"{words!r} is no day. Write 2015-06-25, 2015-06 or 2015.") from error
    day: date | None = when.earliest if first else when.latest
    return "" if day is None else day.isoformat()
