"""What two builds of one record say differently: which value moved, from what to what, and which report moved it.

Each build keeps its values in short: one line for each figure, holding, movement, happening and contradiction, with the
claims and reports that it stands on. Rows of two builds are the same thing told again where they share claims; the row
that shares most is taken, each at most once.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from tidings.errors import UnknownId
from tidings.store.ask import Question, rows
from tidings.store.rows import Row
from tidings.store.schema import reports
from tidings.store.schema import values as kept

__all__ = ["Change", "End", "between", "changes", "end_of", "keep", "paths_of", "values_of"]

_WATCHED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "figures": (("measure", "group", "by", "places"), ("low", "best", "high", "contested", "scope", "made", "time")),
    "holdings": (("place", "holder"), ("standing", "share", "from", "until")),
    "movements": (("type", "group", "origin", "destination"), ("low", "high", "time")),
    "contradictions": (("reason", "why"), ()),
    "events": (("kind", "type", "agents", "targets", "places"), ("grade", "origins", "time")),
}
"""For each table the columns that say what a row is about, and those whose values are watched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One value that moved between two builds.

    ``change`` is moved, new or gone; ``what`` the column, empty for a whole row; ``id`` the row's id in the later build, in
    the earlier one where it is gone. ``reports`` are the ids of those that came in or went out and carry the row in one build
    only; ``because`` says it in a sentence.
    """

    table: str
    id: str
    about: str
    change: str
    what: str
    before: str
    after: str
    reports: tuple[str, ...]
    because: str


def values_of(tables: Mapping[str, Iterable[Row]]) -> list[Row]:
    """Return the watched values of a record's tables, in short."""
    report = {row["id"]: row["document"] for row in tables["claims"]}
    out: list[Row] = []
    for table, (about, watched) in _WATCHED.items():
        for row in tables[table]:
            claims = list(row["claims"])
            out.append(
                {
                    "table": table,
                    "id": row["id"],
                    "about": " · ".join(words for name in about if (words := _words(row[name]))),
                    "values": {name: row[name] for name in watched},
                    "claims": claims,
                    "reports": sorted({report[one] for one in claims if one in report}),
                }
            )
    return out


def keep(connection: Connection, build: str, held: Sequence[Row]) -> None:
    """Keep a build's values. Call it inside a transaction."""
    packed = zlib.compress(json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    connection.execute(insert(kept), {"build": build, "data": packed})


@dataclass(frozen=True, slots=True)
class End:
    """One of the two states that are compared: its values in short, and the ids of the reports that stood in it."""

    values: Sequence[Row]
    reports: frozenset[str]


def changes(connection: Connection, since: str, until: str = "") -> list[Change]:
    """Return what moved between two builds, table by table.

    Args:
        connection: A connection to the record.
        since: A build's id or the beginning of one, or a day (2015-06-25): the last build up to that day. A day before the
            first build means the first.
        until: The same; the last build where empty.

    Raises:
        UnknownId: There is no such build, or it kept no values.
    """
    first, last = end_of(connection, since), end_of(connection, until)
    came, went = last.reports - first.reports, first.reports - last.reports
    return between(first.values, last.values, came=came, went=went, paths=paths_of(connection))


def end_of(connection: Connection, wanted: str) -> End:
    """Return the state that a build left: named by its id, the beginning of one, or a day; the last where empty.

    Raises:
        UnknownId: There is no such build, or it kept no values.
    """
    builds = rows(connection, "builds", Question())
    if not builds:
        raise UnknownId("the record was never built.")
    build = _build(builds, wanted) if wanted else builds[-1]
    standing: set[str] = set()
    for row in builds[: builds.index(build) + 1]:
        standing = (standing - set(row["removed"])) | set(row["added"])
    return End(_kept(connection, build["id"]), frozenset(standing))


def paths_of(connection: Connection) -> dict[str, str]:
    """Return the path of each report that the record ever held."""
    held = connection.execute(select(reports.c.id, reports.c.path))
    return {row.id: row.path for row in held}


def _build(builds: Sequence[Row], since: str) -> Row:
    found = [row for row in builds if since and row["id"].startswith(since)]
    if len(found) == 1:
        return found[0]
    if since[:4].isdigit():
        return next((row for row in reversed(builds) if (row["at"] or "")[: len(since)] <= since), builds[0])
    raise UnknownId(f"the record has no build {since!r}. They are listed by: tidings show FILE builds")


def _kept(connection: Connection, build: str) -> list[Row]:
    data = None
    if kept.name in connection.dialect.get_table_names(connection):
        data = connection.execute(select(kept.c.data).where(kept.c.build == build)).scalar()
    if data is None:
        raise UnknownId(f"the build {build} kept no values: it was made before Tidings kept them.")
    read: list[Row] = json.loads(zlib.decompress(data))
    return read


def between(
    before: Sequence[Row],
    after: Sequence[Row],
    *,
    came: AbstractSet[str],
    went: AbstractSet[str],
    paths: Mapping[str, str],
) -> list[Change]:
    """Return what differs between the values of two builds.

    Args:
        before: The values of the earlier build.
        after: The values of the later build.
        came: Reports that came in since.
        went: Reports that went out or were replaced since.
        paths: Reports' paths, for the sentences.
    """
    out: list[Change] = []
    for table in _WATCHED:
        old = [row for row in before if row["table"] == table]
        new = [row for row in after if row["table"] == table]
        pairs = _paired(old, new)
        matched = {row["id"] for row, _ in pairs}
        told = {row["id"] for _, row in pairs}
        for one, other in pairs:
            moved = sorted((set(one["reports"]) ^ set(other["reports"])) & (came | went))
            for name in other["values"]:
                was, now = _words(one["values"].get(name)), _words(other["values"][name])
                if was != now:
                    out.append(_change(other, "moved", name, was, now, moved, came, paths))
        out += [
            _change(row, "new", "", "", _short(row), sorted(set(row["reports"]) & came), came, paths)
            for row in new
            if row["id"] not in told
        ]
        out += [
            _change(row, "gone", "", _short(row), "", sorted(set(row["reports"]) & went), came, paths)
            for row in old
            if row["id"] not in matched
        ]
    return out


def _paired(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Return rows of two builds that share most claims, each row once, in the order of the later build."""
    holders: dict[str, list[int]] = {}
    for at, row in enumerate(old):
        for claim in row["claims"]:
            holders.setdefault(claim, []).append(at)
    found: list[tuple[int, int, int, int]] = []
    for here, row in enumerate(new):
        for at, shared in Counter(at for claim in row["claims"] for at in holders.get(claim, ())).items():
            found.append((-(old[at]["about"] == row["about"]), -shared, here, at))
    # Of rows that share claims, those about the very same come first: one claim may give a holder and a loser.
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, _, here, at in sorted(found):
        if here not in taken and at not in used:
            taken[here] = at
            used.add(at)
    return [(old[at], new[here]) for here, at in sorted(taken.items())]


def _change(
    row: Row,
    change: str,
    what: str,
    was: str,
    now: str,
    moved: list[str],
    came: AbstractSet[str],
    paths: Mapping[str, str],
) -> Change:
    names = [f"{paths.get(one, one)} ({'came in' if one in came else 'went out'})" for one in moved]
    because = (
        "; ".join(names)
        if names
        else "no report of its own came or went: names, days or joining follow from the record as a whole"
    )
    return Change(
        table=row["table"],
        id=row["id"],
        about=row["about"],
        change=change,
        what=what,
        before=was,
        after=now,
        reports=tuple(moved),
        because=because,
    )


def _short(row: Row) -> str:
    return ", ".join(f"{name} {words}" for name, value in row["values"].items() if (words := _words(value)))


def _words(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return " and ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(_words(one) for one in value.values())
    return str(value)
