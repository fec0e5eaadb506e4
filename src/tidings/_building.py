"""Building a record: what comes in, what is replaced, what stays out, and one transaction at the end.

::

    gather → which reports stand now → read what was not read yet (kept one by one)
           → everything else, from all of them → the whole record, in one transaction

Killed before the last step, the file holds the old record and the readings made so far; the next build goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from tidings.errors import InputError, NotARecord
from tidings.model import Build, Contents, Decision, Document, Progress, Reading, Refusal, Sha256, sha256_hex
from tidings.store import inputs, log, rows, write
from tidings.store.file import File
from tidings.store.inputs import Report
from tidings.store.state import State, state

__all__ = ["BuildReport", "NothingBuilt", "build", "decide", "read_report"]

_MOST_WORKERS = 8
_WORTH_ANOTHER = 40
"""Reports that make a further process worth its start: loading the language pipeline costs as much as reading some twenty."""


class NothingBuilt(InputError):
    """None of the inputs could be taken in.

    Args:
        refusals: What was wrong with each.
    """

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        reasons = "; ".join(f"{row.path}: {row.reason}" for row in refusals[:3])
        super().__init__(f"nothing could be built, none of the inputs is a report that can be read ({reasons}).")
        self.refusals = tuple(refusals)


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildReport:
    """What one build did.

    ``added``, ``replaced`` and ``unchanged`` are ids of reports, ``known`` those of new rows of known days. ``read`` is how
    many of both were read now. ``refusals`` are inputs left out, ``unread`` reports kept but not read, each with reason and
    advice. ``notes`` are sentences about anything else that a user should know.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    read: int = 0
    refusals: tuple[Refusal, ...] = ()
    unread: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every input was taken in and read."""
        return not self.refusals and not self.unread


@dataclass(slots=True)
class _Plan:
    """Which reports stand after a build, and what changes."""

    reports: dict[str, Report]
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def build(
    paths: Iterable[str | Path],
    into: str | Path,
    *,
    known: str | Path | None = None,
    sidecar: str | Path | None = None,
    workers: int = 0,
    progress: Progress | None = None,
) -> BuildReport:
    """Build the reports under ``paths`` into the record file ``into``, which is made where it is missing.

    Raises:
        NothingBuilt: None of the inputs could be taken in; the record is as it was.
        RecordError: The file is no record, or another process changed it meanwhile.
    """
    from tidings import pipeline

    named = [Path(path) for path in paths]
    _refuse_other_files(into)
    gathered = pipeline.gather(
        named, sidecar=Path(sidecar) if sidecar else None, languages=pipeline.languages(), progress=progress
    )
    facts = pipeline.known_documents(Path(known)) if known else ()
    if not gathered.documents and not facts:
        raise NothingBuilt(gathered.refusals)
    incoming = [(document, _whence(document, named)) for document in gathered.documents]
    if known:
        place = sha256_hex(f"known\x1f{Path(known).resolve()}".encode())
        incoming += [(document, place) for document in facts]
    file = File(into, write=True)
    try:
        with file.reading() as connection:
            before = state(connection)
        plan = _plan(before.reports, incoming, log.removed(before.decisions))
        originals = {**gathered.originals, **{row.sha256: row.text.encode() for row in facts}}
        done = _finish(file, before, plan, originals, before.decisions, workers=workers, progress=progress)
        unread = [row for row in gathered.documents if row.unread and row.id in plan.reports]
        facts_by_id = {one for one, report in plan.reports.items() if report.document.known}
        return BuildReport(
            added=tuple(one for one in plan.added if one not in facts_by_id),
            known=tuple(one for one in plan.added if one in facts_by_id),
            replaced=tuple(one for one in plan.replaced if one not in facts_by_id),
            unchanged=tuple(one for one in plan.unchanged if one not in facts_by_id),
            read=done,
            refusals=tuple(sorted([*gathered.refusals, *plan.refusals], key=_refusal_order)),
            unread=tuple(_unread(row) for row in sorted(unread, key=_document_order)),
            notes=tuple(plan.notes),
        )
    finally:
        file.close()


def decide(where: str | Path, *, action: str, subject: str, reason: str, by: str, new: object = None) -> Decision:
    """Take a decision about the record and build it again from what it holds.

    A removal names a document: its report stays behind the record, and out of it until an ``accept`` of the same document.
    """
    file = File(where, write=True)
    try:
        with file.reading() as connection:
            before = state(connection)
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        report = before.reports.get(subject)
        old = None if report is None else {"standing": report.standing, "path": report.document.path}
        taken = log.chained(
            before.decisions, at=at, by=by, action=action, subject=subject, reason=reason, old=old, new=new
        )
        plan = _Plan(reports=dict(before.reports))
        if report is not None and action == "remove":
            plan.reports[subject] = replace(report, standing="removed")
            plan.replaced.append(subject)
        elif report is not None and action == "accept" and report.standing == "removed":
            plan.reports[subject] = replace(report, standing="current")
            plan.added.append(subject)
        _finish(file, before, plan, {}, [*before.decisions, taken])
        return taken
    finally:
        file.close()


def read_report(path: Path, *, progress: Progress | None = None) -> dict[str, list[rows.Row]]:
    """Return the tables of one report read by itself.

    Raises:
        NothingBuilt: It is no report that can be read.
    """
    from tidings import pipeline

    gathered = pipeline.gather([path], languages=pipeline.languages(), progress=progress)
    if not gathered.documents:
        raise NothingBuilt(gathered.refusals)
    readings = list(pipeline.read_all(gathered.documents, progress=progress))
    gazetteer = pipeline.open_gazetteer(progress=progress)
    contents = pipeline.contents(gathered.documents, readings, gazetteer=gazetteer, progress=progress)
    return rows.tables(contents, given_up={row.document: row.given_up for row in readings})


def _refuse_other_files(into: str | Path) -> None:
    """Say at once that a file is no record, before reports are gathered for it."""
    if "://" not in str(into) and Path(into).exists() and Path(into).stat().st_size > 0:
        File(into, write=True).close()
    elif "://" not in str(into) and not Path(into).absolute().parent.is_dir():
        message = (
            f"there is no folder {Path(into).absolute().parent.name} for {into}. Make it first, or name another place."
        )
        raise NotARecord(message)


def _whence(document: Document, named: Sequence[Path]) -> str:
    """Return the hash of the place that a document's bytes came from.

    The same place with other bytes is a changed report; the same name in another folder is another report. Only the hash is
    kept: a record that is shared names nobody's folders.
    """
    for path in sorted(named, key=str):
        for place in _places(path, document.path):
            try:
                if place.is_file() and sha256_hex(place.read_bytes()) == document.sha256:
                    return sha256_hex(str(place.resolve()).encode())
            except OSError:
                continue
    return sha256_hex(document.path.encode())


def _places(path: Path, name: str) -> list[Path]:
    """Return where a report of that name may lie under a path; the name may begin with folders that tell it apart."""
    if not path.is_dir():
        return [path]
    parts = name.split("/")
    return [path.joinpath(*parts[start:]) for start in range(len(parts))]


def _plan(
    held: Mapping[str, Report], incoming: Sequence[tuple[Document, str]], removed: Mapping[str, Decision]
) -> _Plan:
    """Return which reports stand once ``incoming`` has come in, whatever its order."""
    plan = _Plan(reports=dict(held))
    taken: dict[str, str] = {}
    for document, whence in sorted(incoming, key=_incoming_order):
        if document.id in removed:
            plan.refusals.append(_taken_back(document, removed[document.id]))
            continue
        before = held.get(document.id)
        if before is not None and before.standing == "current":
            plan.unchanged.append(document.id)
            # The same bytes under two names stand under the first, in whatever order they came.
            if before.whence != whence and before.document.path <= document.path:
                document, whence = before.document, before.whence
        else:
            plan.added.append(document.id)
        plan.reports[document.id] = Report(document, whence, "current")
        taken[whence] = document.id
    standing = {document.id for document, _ in incoming}
    for one, report in sorted(held.items()):
        if report.standing == "current" and report.whence in taken and one not in standing:
            successor = "" if report.document.known else taken[report.whence]
            plan.reports[one] = replace(report, standing="replaced", successor=successor)
            plan.replaced.append(one)
    plan.notes += _same_names(plan.reports.values())
    return plan


def _incoming_order(item: tuple[Document, str]) -> tuple[str, str, str]:
    return (item[0].path, item[0].id, item[1])


def _document_order(document: Document) -> tuple[str, str]:
    return (document.path, document.id)


def _refusal_order(refusal: Refusal) -> tuple[str, str]:
    return (refusal.path, refusal.reason)


def _same_names(reports: Iterable[Report]) -> list[str]:
    """Return a sentence for each path under which two different reports stand."""
    by_path: dict[str, int] = {}
    for report in reports:
        if report.standing == "current" and not report.document.known:
            by_path[report.document.path] = by_path.get(report.document.path, 0) + 1
    return [
        f"{number} different reports from different folders stand under the name {path}. If one is an older state of the "
        "other, take it back: tidings remove FILE DOCUMENT --reason …"
        for path, number in sorted(by_path.items())
        if number > 1
    ]


def _taken_back(document: Document, decision: Decision) -> Refusal:
    return Refusal(
        path=document.path,
        reason=f"it was taken back on {decision.at[:10]} ({decision.reason})",
        advice=f"To take it in again: tidings decide FILE accept {document.id} --reason …",
    )


def _unread(document: Document) -> Refusal:
    return Refusal(
        path=document.path, reason=document.unread, advice="It is kept as a document; nothing in it is read."
    )


def _workers(asked: int, reports: int) -> int:
    """Return how many processes read: as many as asked, or as many as are worth their start."""
    if asked:
        return asked
    import os

    return max(1, min(os.cpu_count() or 1, _MOST_WORKERS, reports // _WORTH_ANOTHER))


def _finish(
    file: File,
    before: State,
    plan: _Plan,
    originals: Mapping[Sha256, bytes],
    decisions: Sequence[Decision],
    *,
    workers: int = 0,
    progress: Progress | None = None,
) -> int:
    """Read what was not read yet, derive everything, write it in one transaction; return how many were read."""
    from tidings import pipeline

    documents = inputs.current(plan.reports.values())
    keys = pipeline.reading_keys(documents)
    with file.reading() as connection:
        readings = inputs.kept_readings(connection, keys)
    kept = {reading.document for reading in readings}
    todo = [document for document in documents if document.id in keys and document.id not in kept]
    for reading in pipeline.read_all(todo, workers=_workers(workers, len(todo)), progress=progress):
        with file.writing() as connection:
            inputs.keep_reading(connection, reading, keys[reading.document])
        readings.append(reading)
    gazetteer = pipeline.open_gazetteer(progress=progress)
    contents = pipeline.contents(documents, readings, gazetteer=gazetteer, decisions=decisions, progress=progress)
    given_up = {reading.document: reading.given_up for reading in readings if reading.given_up}
    tables = rows.tables(contents, given_up=given_up)
    settings = _settings(contents, readings, gazetteer.stamp, decisions)
    with file.writing() as connection:
        write.next_generation(connection, before.generation)
        for one, report in plan.reports.items():
            if report != before.reports.get(one):
                inputs.put(connection, report, originals.get(report.document.sha256))
        for decision in decisions[len(before.decisions) :]:
            write.add_decision(connection, decision)
        write.replace_tables(connection, tables)
        if made := _build_row(before, plan, settings, write.contents_hash(tables), len(documents)):
            write.add_build(connection, made)
        inputs.sweep(connection)
    return len(todo)


def _settings(contents: Contents, readings: Sequence[Reading], gazetteer: str, decisions: Sequence[Decision]) -> str:
    """Return what a record was made with, as JSON: the same words for the same reports, whatever their order."""
    stamps = {f"{row.reader.name} {row.reader.version} {row.reader.model}".strip() for row in readings}
    held = {
        "readers": sorted(stamps),
        "gazetteer": gazetteer,
        "known": sorted({row.path for row in contents.documents if row.known}),
        "decisions": decisions[-1].hash if decisions else "",
    }
    return json.dumps(held, ensure_ascii=False)


def _build_row(before: State, plan: _Plan, settings: str, contents: str, documents: int) -> Build | None:
    """Return the build as a row; None where nothing at all is different from the build before."""
    from tidings import __version__

    last = before.last_build
    same = last is not None and (last["hash"], last["version"]) == (contents, __version__)
    if same and last is not None and last["settings"] == json.loads(settings) and not plan.added and not plan.replaced:
        return None
    return Build(
        id=write.build_id(last["id"] if last else "", __version__, settings, contents),
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=__version__,
        documents=documents,
        added=tuple(sorted(plan.added)),
        removed=tuple(sorted(plan.replaced)),
        settings=settings,
        hash=contents,
    )
