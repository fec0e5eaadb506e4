"""Building a record: what comes in, what is replaced, what stays out, and one transaction at the end.

::

    gather → which reports stand now → read what was not read yet (kept as it comes)
           → everything else, from all of them → the whole record, in one transaction

Killed before the last step, the file holds the old record and the readings made so far; the next build goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tidings._finishing import Done, broken, finish
from tidings._planning import Plan, plan_of, whence
from tidings._runners import Running, asked, spread
from tidings.errors import InputError, NotARecord, RecordError
from tidings.model import Decision, Document, Progress, Refusal, sha256_hex
from tidings.store import log, rows, turn
from tidings.store.file import File
from tidings.store.state import state

__all__ = ["BuildReport", "NothingBuilt", "build", "decide", "read_report", "rebuild", "refit"]


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
    advice; ``skipped`` are files of folders and archives that are no reports, which is no fault. ``notes`` are sentences about
    anything else that a user should know.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    read: int = 0
    refusals: tuple[Refusal, ...] = ()
    unread: tuple[Refusal, ...] = ()
    skipped: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every input was taken in and read."""
        return not self.refusals and not self.unread


def build(
    paths: Iterable[str | Path],
    into: str | Path,
    *,
    known: str | Path | None = None,
    sidecar: str | Path | None = None,
    running: Running | None = None,
    shards: str | Path | None = None,
    fast: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Build the reports under ``paths`` into the record file ``into``, which is made where it is missing.

    Raises:
        NothingBuilt: None of the inputs could be taken in; the record is as it was.
        RecordError: The file is no record, or another build of it did not end in time.
        RunnerError: No process can be had where reports should be read.
    """
    from tidings import pipeline

    running = running or asked()
    named = [Path(path) for path in paths]
    _refuse_other_files(into)
    gathered = pipeline.gather(
        named,
        sidecar=Path(sidecar) if sidecar else None,
        languages=pipeline.languages(),
        careful=not fast,
        progress=progress,
        spread=spread(running.workers),
    )
    facts = pipeline.known_documents(Path(known)) if known else ()
    if not gathered.documents and not facts:
        raise NothingBuilt(gathered.refusals)
    incoming = [(document, whence(document, named)) for document in gathered.documents]
    if known:
        place = sha256_hex(f"known\x1f{Path(known).resolve()}".encode())
        incoming += [(document, place) for document in facts]
    with turn.taken(into, progress=progress), closing(File(into, write=True, keep=True)) as file:
        with file.reading() as connection:
            before = state(connection)
        plan = plan_of(before.reports, incoming, log.removed(before.decisions))
        originals = {**gathered.originals, **{row.sha256: row.text.encode() for row in facts}}
        taken = Path(shards) if shards else None
        done = finish(file, before, plan, originals, before.decisions, running=running, shards=taken, progress=progress)
    unread = [_unread(row) for row in gathered.documents if row.unread and row.id in plan.reports]
    unread += [broken(plan.reports[failure.document].document, failure.reason) for failure in done.failures]
    facts_by_id = {one for one, report in plan.reports.items() if report.document.known}
    return BuildReport(
        added=tuple(one for one in plan.added if one not in facts_by_id),
        known=tuple(one for one in plan.added if one in facts_by_id),
        replaced=tuple(one for one in plan.replaced if one not in facts_by_id),
        unchanged=tuple(one for one in plan.unchanged if one not in facts_by_id),
        read=done.read,
        refusals=tuple(sorted([*gathered.refusals, *plan.refusals], key=_refusal_order)),
        unread=tuple(sorted(unread, key=_refusal_order)),
        skipped=gathered.skipped,
        notes=(*plan.notes, *_remarks(plan, done)),
    )


def decide(
    where: str | Path, *, action: str, subject: str, reason: str, by: str, old: object = None, new: object = None
) -> Decision:
    """Take a decision about the record and build it again from what it holds.

    A removal names a document: its report stays behind the record, and out of it until an ``accept`` of the same document.
    """
    with turn.taken(where), closing(File(where, write=True)) as file:
        with file.reading() as connection:
            before = state(connection)
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        report = before.reports.get(subject)
        taken = log.chained(
            before.decisions, at=at, by=by, action=action, subject=subject, reason=reason, old=old, new=new
        )
        plan = Plan(reports=dict(before.reports))
        if report is not None and action == "remove":
            plan.reports[subject] = replace(report, standing="removed")
            plan.replaced.append(subject)
        elif report is not None and action == "accept" and report.standing == "removed":
            plan.reports[subject] = replace(report, standing="current")
            plan.added.append(subject)
        finish(file, before, plan, {}, [*before.decisions, taken])
        return taken


def refit(where: str | Path, *, reason: str, by: str, bits: float | None = None) -> Decision:
    """Fix the record's prior by a decision: at what its pairs make of it now, or at ``bits``; then build it again.

    Raises:
        RecordError: The record was last built by a version that did not say its prior.
    """
    from tidings._verdicts import PRIOR

    with closing(File(where, write=True)) as file, file.reading() as connection:
        last = state(connection).last_build
    settings = last["settings"] if last else {}
    new = settings.get("prior_fitted") if bits is None else bits
    if new is None:
        raise RecordError("the record does not say what its prior is. Build it once more, then refit.")
    old = {PRIOR: settings.get("prior")}
    return decide(where, action="refit", subject=PRIOR, reason=reason, by=by, old=old, new={PRIOR: float(new)})


def rebuild(where: str | Path, *, progress: Progress | None = None) -> None:
    """Derive the whole record again from its reports and decisions."""
    with turn.taken(where, progress=progress), closing(File(where, write=True)) as file:
        with file.reading() as connection:
            before = state(connection)
        finish(file, before, Plan(reports=dict(before.reports)), {}, before.decisions, progress=progress)


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


def _refusal_order(refusal: Refusal) -> tuple[str, str]:
    return (refusal.path, refusal.reason)


def _unread(document: Document) -> Refusal:
    return Refusal(
        path=document.path, reason=document.unread, advice="It is kept as a document; nothing in it is read."
    )


def _remarks(plan: Plan, done: Done) -> Iterator[str]:
    """Yield what was guessed or given up about the reports that came in now, and which copy another, in sentences."""
    for path, of in done.copies:
        yield f"{path} copies {of}, in most of its words: both are kept, and they count as one origin"
    yield from done.sampled
    for one in plan.added:
        document = plan.reports[one].document
        for sentence in (*document.notes, *done.given_up.get(document.id, ())):
            yield f"{document.path}: {sentence}"
