"""The tables of a record file: the contract's, made from their columns, and the few behind them.

Behind the contract stand ``reports`` (each report as gathered, the replaced and the removed ones included), ``originals``
(their bytes), ``readings`` (what a reader found, kept so that nothing is read twice), ``links`` (which row names which
entity or claim, so that a filter never looks inside JSON), ``values_of_builds`` (what each build said, in short, for
``tidings changes``), ``answers`` (of language models), ``users`` and ``journal`` (who may open a shared record, and who did)
and ``meta``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, Table
from sqlalchemy import Text as AnyText

from tidings.model.columns import TABLES

__all__ = [
    "FORMAT",
    "SCHEMA_VERSION",
    "answers",
    "contract",
    "journal",
    "links",
    "meta",
    "metadata",
    "originals",
    "readings",
    "reports",
    "users",
    "values",
]

FORMAT = "tidings record"
SCHEMA_VERSION = 4
"""Raised by one whenever an older program could misread or fall behind a newer file; a file of an older version is brought
forward when it is next written to. 2: each build keeps its values. 3: answers of language models are kept.
4: users and their journal; indices that pages of a large record need."""

# Both databases order words by their code points, and hold counts beyond reason.
Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")
_Whole = BigInteger().with_variant(Integer(), "sqlite")

_TYPES: dict[str, Any] = {
    "text": Text,
    "integer": _Whole,
    "number": Float,
    "yes_no": Boolean,
    "list": Text,
    "object": Text,
}

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

originals = Table(
    "originals",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("whence", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("successor", Text, nullable=False, default=""),
    Column("document", Text, nullable=False),
    Index("reports_whence", "whence"),
)
"""``whence`` is the hash of the place the bytes came from: it tells a changed report from another of the same name
without naming anybody's folders. ``standing``: current, replaced, removed. ``document`` is JSON."""

readings = Table(
    "readings",
    metadata,
    Column("document", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

values = Table(
    "values_of_builds",
    metadata,
    Column("build", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("model", Text, nullable=False),
    Column("request", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
)
"""What language models were asked and answered, by the SHA-256 of the request: replayed at each build, never asked again."""

users = Table(
    "users",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("since", Text, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("did", Text, nullable=False),
    Column("whom", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
"""Sign-ins and changes of rights; rows are only ever added, each chained to the one before."""

links = Table(
    "links",
    metadata,
    Column("table_name", Text, primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("target", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index("links_target", "table_name", "target"),
    Index("links_folded", "table_name", "folded"),
)
"""One row for every entity, claim or document in a list: ``slot`` is its column, ``place`` its place in the list."""


_ASKED: dict[str, tuple[tuple[str, ...], ...]] = {
    "documents": (("known", "publisher"), ("known", "published_earliest")),
    "attributions": (("source_kind",),),
    "mentions": (("entity",),),
    "entities": (("kind", "name"), ("name",)),
    "constraints": (("a",), ("b",)),
    "events": (
        ("kind",),
        ("grade",),
        ("part_of",),
        ("kind", "time_earliest", "time_latest"),
        ("grade", "time_earliest", "time_latest"),
        ("time_earliest", "time_latest"),
    ),
    "figures": (("measure",), ("contested",), ("time_earliest", "time_latest")),
    "holdings": (("standing",), ("place",), ("from_earliest", "until_latest")),
    "movements": (("type",), ("time_earliest", "time_latest")),
    "custody": (("standing",), ("from_earliest", "until_latest")),
    "property": (("standing",), ("time_earliest", "time_latest")),
    "relations": (("type",), ("from_earliest", "until_latest")),
    "contradictions": (("reason",),),
    "echoes": (("basis",),),
    "framings": (("publisher", "n"),),
    "proposals": (("standing",),),
    "brief": (("section",), ("order",)),
}
"""Columns that pages filter, count and sort by: a table of 100,000 rows and more is never read through for one page."""
_OF_ANY_LENGTH = frozenset({"publisher", "name", "place", "section"})


def _asked(table: str, keys: tuple[str, ...]) -> Index:
    """Return an index; one over names is a file's alone: PostgreSQL refuses an entry beyond 2,700 bytes, and sorts names fast."""
    index = Index(f"{table}_by_{'_'.join(keys)}", *keys)
    return index.ddl_if(dialect="sqlite") if _OF_ANY_LENGTH & set(keys) else index


def _contract(name: str) -> Table:
    columns: list[Column[Any]] = [Column(column.name, _TYPES[column.holds]) for column in TABLES[name]]
    indices = [
        Index(f"{name}_{key}", key)
        for key in ("id", "document", "event", "subject")
        if key in {c.name for c in columns}
    ]
    indices += [_asked(name, keys) for keys in _ASKED.get(name, ())]
    return Table(name, metadata, Column("row", Integer, primary_key=True, autoincrement=False), *columns, *indices)


contract: dict[str, Table] = {name: _contract(name) for name in TABLES}
"""The tables of the contract; ``row`` keeps the order of the exports."""
