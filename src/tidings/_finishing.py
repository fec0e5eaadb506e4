"""The last part of a build: what was not read yet is read, all is derived, and the whole record is written in one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tidings._asking import with_answers
from tidings._joining import Joins
from tidings._made import build_row, sampled, settings_of
from tidings._planning import Plan
from tidings._reading import Failure
from tidings._runners import Running, asked, chosen
from tidings.errors import RecordError
from tidings.model import Decision, DocId, Document, Progress, Reading, Refusal, Sha256
from tidings.shards import take_up
from tidings.store import changes, inputs, log, rows, write
from tidings.store.file import File
from tidings.store.state import State

__all__ = ["Done", "broken", "finish"]

_TOGETHER = 32
"""Readings that are kept in one transaction: each waits for the disk, which costs as much as a twentieth of a report's reading."""
_SECONDS = 3.0
"""Or so long after the last were kept: what a build that is killed has to read again."""


def broken(document: Document, reason: str) -> Refusal:
    """Return a report that was set aside, with the reason and what to do."""
    return Refusal(
        path=document.path,
        reason=f"its reader broke on it ({reason})",
        advice="It is kept as a document and tried again at the next build. Please report it with the report's text.",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What reading left: how many were read now, what was given up in each, on which the reader broke, what was sampled."""

    read: int
    given_up: Mapping[DocId, tuple[str, ...]]
    failures: tuple[Failure, ...]
    copies: tuple[tuple[str, str], ...] = ()
    sampled: tuple[str, ...] = ()


def finish(
    file: File,
    before: State,
    plan: Plan,
    originals: Mapping[Sha256, bytes],
    decisions: Sequence[Decision],
    *,
    running: Running | None = None,
    shards: Path | None = None,
    progress: Progress | None = None,
) -> Done:
    """Read what was not read yet, derive everything, and write it in one transaction."""
    from tidings import pipeline

    documents = inputs.current(plan.reports.values())
    keys = pipeline.reading_keys(documents)
    with file.reading() as connection:
        readings = inputs.kept_readings(connection, keys)
    failures: list[Failure] = []
    todo = _unread(documents, keys, readings, failures)
    before_reading = len(todo)
    if shards is not None:
        wanted = {document.id: keys[document.id] for document in todo}
        readings += _keeping(file, keys, take_up(shards, wanted, failures, progress=progress))
        todo = _unread(documents, keys, readings, failures)
    where = running or asked()
    runner = chosen(where, len(todo))
    told = pipeline.read_many(todo, runner=runner, failures=failures, progress=progress)
    readings += _keeping(file, keys, told)
    failures.sort(key=lambda failure: failure.document)
    aside = {failure.document: failure.reason for failure in failures}
    documents = [
        replace(row, unread=broken(row, aside[row.id]).reason) if row.id in aside else row for row in documents
    ]
    gazetteer = pipeline.open_gazetteer(progress=progress)
    in_force = log.in_force(decisions)
    readings = with_answers(file, documents, readings)
    # A runner that was named compares the parts of a large join too; else the join takes a pool of its own.
    last = before.last_build["hash"] if before.last_build else ""
    joins = Joins(last, keep=True, runner=runner if where.name else None)
    contents = pipeline.contents(
        documents, readings, gazetteer=gazetteer, decisions=in_force, joins=joins, progress=progress
    )
    given_up = {reading.document: reading.given_up for reading in readings if reading.given_up}
    tables = rows.tables(contents, given_up=given_up)
    settings = settings_of(contents, readings, gazetteer, decisions)
    with file.writing() as connection:
        write.next_generation(connection, before.generation)
        changed = (report for one, report in plan.reports.items() if report != before.reports.get(one))
        inputs.put_all(connection, ((report, originals.get(report.document.sha256)) for report in changed))
        write.replace_tables(connection, tables)
        contents_hash = write.contents_hash(tables)
        if made := build_row(before, plan, settings, contents_hash, len(documents)):
            write.add_build(connection, made)
            changes.keep(connection, made.id, changes.values_of(tables))
        inputs.sweep(connection)
        # Last, so that verdicts wait as short as can be: from here on the log is this build's alone.
        if taken := decisions[len(before.decisions) :]:
            file.take_log(connection)
            if write.last_decision(connection) != before.last_decision:
                raise RecordError("somebody decided in the meantime; nothing was written. Run the command again.")
            for decision in taken:
                write.add_decision(connection, decision)
    joins.kept(contents_hash)
    paths: dict[str, str] = {row.id: row.path for row in contents.documents}
    came = set(plan.added)
    copies = tuple(
        (row.path, paths[row.copy_of]) for row in contents.documents if row.id in came and row.copy_of in paths
    )
    return Done(
        read=before_reading - len(failures),
        given_up=given_up,
        failures=tuple(failures),
        copies=copies,
        sampled=tuple(sampled(contents)),
    )


def _unread(
    documents: Iterable[Document], keys: Mapping[DocId, str], readings: Iterable[Reading], failures: Iterable[Failure]
) -> list[Document]:
    """Return the documents that somebody reads and that were neither read nor set aside yet."""
    gone = {reading.document for reading in readings} | {failure.document for failure in failures}
    return [document for document in documents if document.id in keys and document.id not in gone]


def _keeping(file: File, keys: Mapping[DocId, str], told: Iterable[tuple[Reading, bytes]]) -> Iterator[Reading]:
    """Yield readings as they come, and keep them, some at a time; whatever ends the reading, those that came are kept."""
    waiting: list[tuple[str, str, bytes]] = []
    kept = time.monotonic()
    try:
        for reading, data in told:
            waiting.append((reading.document, keys[reading.document], data))
            if len(waiting) >= _TOGETHER or time.monotonic() - kept > _SECONDS:
                _keep(file, waiting)
                kept = time.monotonic()
            yield reading
    finally:
        _keep(file, waiting)


def _keep(file: File, waiting: list[tuple[str, str, bytes]]) -> None:
    if waiting:
        with file.writing() as connection:
            inputs.keep_readings(connection, waiting)
        waiting.clear()
