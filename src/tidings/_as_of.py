"""The record as of an earlier day: what was known then, from the reports that had surely been published.

Nothing is filtered: happenings, figures and ledgers are derived anew from just those reports, their readings and the decisions
in force, in memory, by the same stages as a build. So the view is the record that these reports alone would have given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tidings._asking import with_answers
from tidings._made import settings_of
from tidings.model import Build, Document, Progress, Reading
from tidings.store import changes as moved
from tidings.store import inputs, log, rows, write
from tidings.store.as_of import Published, day_of, published_by
from tidings.store.changes import Change
from tidings.store.file import File
from tidings.store.schema import contract
from tidings.store.state import State, state

if TYPE_CHECKING:
    from tidings._snapshot import Snapshot

__all__ = ["PREFIX", "Looking", "seen_by"]

PREFIX = "as-of:"
"""What stands before a day, where a build could be meant as well."""


def seen_by(file: File, day: str, *, progress: Progress | None = None) -> tuple[File, Published]:
    """Return a record in memory that holds what was known by a day, and which reports it is derived from.

    Args:
        file: The record, open to read.
        day: A day, month or year (its last day counts).
        progress: Called with the name of a step, how much is done and how much there is.

    Raises:
        UsageError: It is no day.
    """
    wanted = day_of(day)
    with file.reading() as connection:
        before = state(connection)
        published = published_by(connection, wanted)
        stands = frozenset(published.surely)
        readings = inputs.last_readings(connection, stands)
        cells = contract["documents"].c
        unread = {row.id: row.unread for row in connection.execute(cells.id.table.select()) if row.id in stands}
    reports = {one: before.reports[one] for one in published.surely}
    documents = [replace(report.document, unread=unread[one]) for one, report in reports.items()]
    return _derived(file, before, documents, readings, published, reports, progress), published


def _derived(
    file: File,
    before: State,
    documents: list[Document],
    readings: list[Reading],
    published: Published,
    reports: Mapping[str, inputs.Report],
    progress: Progress | None,
) -> File:
    from tidings import pipeline

    gazetteer = pipeline.open_gazetteer(progress=progress)
    answered = with_answers(file, documents, readings)
    in_force = log.in_force(before.decisions)
    contents = pipeline.contents(documents, answered, gazetteer=gazetteer, decisions=in_force, progress=progress)
    tables = rows.tables(contents, given_up={row.document: row.given_up for row in answered if row.given_up})
    settings = settings_of(contents, answered, gazetteer, before.decisions)
    last: dict[str, Any] = before.last_build or {"id": "", "at": "", "version": ""}
    build = Build(
        id=write.build_id(last["id"], published.day, settings, ""),
        at=last["at"] or "",
        version=last["version"],
        documents=len(documents),
        added=published.surely,
        removed=(),
        settings=settings[:-1] + f', "as_of": "{published.day}"}}',
        hash=write.contents_hash(tables),
    )
    seen = File.in_memory(f"{file.where} as of {published.day}")
    with seen.writing() as connection:
        for report in reports.values():
            inputs.put(connection, report, None)
        for decision in before.decisions:
            write.add_decision(connection, decision)
        write.replace_tables(connection, tables)
        write.add_build(connection, build)
    return seen


class Looking:
    """The part of a record's API that looks back: at an earlier day, and at what moved between two states."""

    where: str
    _file: File

    def as_of(self, day: str, *, progress: Progress | None = None) -> Snapshot:
        """Return the record as it would have stood on a day, open to read: what was known then.

        It is derived from the reports that were surely published by then. Its ``published`` tells which these are, which were
        possibly published (left out), and which came later. Decisions in force today are applied.

        Args:
            day: A day (2015-07-01), or a month or year: its last day.
            progress: Called with the name of a step, how much is done and how much there is.

        Raises:
            UsageError: It is no day.
        """
        from tidings._snapshot import Snapshot

        file, published = seen_by(self._file, day, progress=progress)
        return Snapshot(file, self.where, published)

    def changes(self, since: str, until: str = "") -> list[Change]:
        """Return which values moved between two states of the record, from what to what, and which reports moved them.

        Args:
            since: A build's id, the beginning of one, or a day: the last build up to that day. ``as-of:2015-07-01`` is what was
                known on that day.
            until: The same for the later state; the last build where empty.

        Raises:
            UnknownId: There is no such build, or it kept no values.
            UsageError: What stands behind ``as-of:`` is no day.
        """
        with self._file.reading() as connection:
            paths = moved.paths_of(connection)
        first, last = self._end(since), self._end(until)
        return moved.between(
            first.values, last.values, came=last.reports - first.reports, went=first.reports - last.reports, paths=paths
        )

    def _end(self, wanted: str) -> moved.End:
        if not wanted.startswith(PREFIX):
            with self._file.reading() as connection:
                return moved.end_of(connection, wanted)
        with self.as_of(wanted.removeprefix(PREFIX)) as seen:
            return moved.End(moved.values_of(seen.tables()), frozenset(seen.published.surely))
