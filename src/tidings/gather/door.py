"""The door in: paths to documents, and what could not be taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tidings.gather.decode import Undecodable
from tidings.gather.doors import NoReport
from tidings.gather.found import find, safe_name
from tidings.gather.row import Row
from tidings.gather.sidecar import Sidecars
from tidings.gather.take import NO_WORDS, take_in
from tidings.gather.unpack import Skipped, Taken, reports_in
from tidings.model import Document, Progress, Refusal, Sha256

__all__ = ["Gathered", "gather"]

MOST_FOLDERS = 64
"""Folders put in front of a name at most; real paths differ long before."""


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be taken in: its bytes, its name in the record, and what is said about it."""

    taken: Taken
    name: str
    row: Row
    languages: frozenset[str]
    careful: bool


Spread = Callable[
    [Callable[[Job], Document | Refusal | Skipped], Sequence[Job]], Iterable[Document | Refusal | Skipped]
]
"""Does a piece of work for each of many things and gives the answers in their order: ``map``, or a pool of processes."""


def take_in_one(job: Job) -> Document | Refusal | Skipped:
    """Return a report as a document, or why it is none; no report keeps the others out, whatever is in it."""
    name, taken = job.name, job.taken
    try:
        document = take_in(taken.data, name, row=job.row, languages=job.languages, careful=job.careful)
    except Undecodable as error:
        refusal = Refusal(path=name, reason=error.reason, advice=error.advice)
        quiet = isinstance(error, NoReport) and not taken.candidate.named
        return Skipped(refusal) if quiet or (taken.least_words and error.reason == NO_WORDS) else refusal
    except Exception as error:
        why = f"it could not be taken apart ({type(error).__name__})"
        return Refusal(path=name, reason=why, advice="Save the report's text as .txt in UTF-8, and tell us.")
    words = len(document.text.split())
    if words < taken.least_words:
        why = f"it holds {words} words and no report"
        return Skipped(Refusal(path=name, reason=why, advice="Save its text as .txt if it is one."))
    return document


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """What came in.

    ``documents`` and ``refusals`` are sorted by path; ``originals`` holds the bytes of every document as received.
    ``skipped`` names files of a folder that are no reports (tables, pictures): they were passed over and are no fault.
    """

    documents: tuple[Document, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    originals: dict[Sha256, bytes] = field(default_factory=dict)
    skipped: tuple[Refusal, ...] = ()


def gather(
    paths: Iterable[str | Path],
    *,
    sidecar: str | Path | None = None,
    progress: Progress | None = None,
    languages: frozenset[str] = frozenset({"en"}),
    careful: bool = True,
    spread: Spread | None = None,
) -> Gathered:
    """Return the reports under ``paths`` as documents, and a refusal for each input that could not be taken in.

    The same files give the same documents in whatever order they are named. Bad input is refused with a reason and
    what to do, and never stops the rest.

    Args:
        paths: Files and folders (walked to their depths): reports, and archives and tables of reports.
        sidecar: A file that says things about the reports, believed before those that lie beside them.
        progress: Called after each file.
        languages: Codes of the languages that some reader reads; reports in others are kept as unread.
        careful: Ask a second finder what of each web page is the report. Without it pages are read faster.
        spread: Takes many reports in at once, in several processes; None takes one after the other.
    """
    found = find(paths)
    refusals = list(found.refusals)
    skipped = list(found.skipped)
    sidecars = Sidecars.open(sidecar)
    read: list[Taken] = []
    for candidate in found.candidates:
        for outcome in reports_in(candidate):
            if isinstance(outcome, Taken):
                read.append(outcome)
            elif isinstance(outcome, Skipped):
                skipped.append(outcome.refusal)
            else:
                refusals.append(outcome)
    alone = Counter(taken.candidate.path for taken in read)
    kept = _without_copies(read, refusals, skipped)
    rows = [_row(sidecars, taken, alone=alone[taken.candidate.path] == 1) for taken in kept]
    jobs = [
        Job(taken, name, row, languages, careful) for taken, name, row in zip(kept, _distinct(kept), rows, strict=True)
    ]
    documents: list[Document] = []
    originals: dict[Sha256, bytes] = {}
    matched = False
    for number, (job, done) in enumerate(zip(jobs, (spread or map)(take_in_one, jobs), strict=True), start=1):
        if isinstance(done, Document):
            documents.append(done)
            originals[done.sha256] = job.taken.data
            matched = matched or _named(sidecars, job.taken)
        elif isinstance(done, Skipped):
            skipped.append(done.refusal)
        else:
            refusals.append(done)
        if progress is not None:
            progress("gathering", number, len(jobs))
    if sidecar is not None and sidecars.named and documents and not matched:
        refusals.append(
            Refusal(
                path=safe_name(Path(sidecar).name),
                reason="no row of the sidecar names a report that was given",
                advice="An id is the report's file name without its ending.",
            )
        )
    return Gathered(
        documents=tuple(sorted(documents, key=lambda item: (item.path, item.id))),
        refusals=tuple(_sorted([*refusals, *sidecars.refusals])),
        originals=dict(sorted(originals.items())),
        skipped=tuple(_sorted(skipped)),
    )


def _sorted(refusals: list[Refusal]) -> list[Refusal]:
    return sorted(set(refusals), key=lambda item: (item.path, item.reason, item.advice))


def _named(sidecars: Sidecars, taken: Taken) -> bool:
    path, name = taken.candidate.path, taken.name
    return bool({path.stem, path.name, name, str(Path(name).with_suffix(""))} & sidecars.named.keys())


def _row(sidecars: Sidecars, taken: Taken, *, alone: bool) -> Row:
    """Return what is said about a report: by a sidecar about itself, about the file that held it, then by that file."""
    candidate = taken.candidate
    said = sidecars.row(candidate.path, candidate.name)
    if taken.name != candidate.name:
        # What is said about a file of many reports holds for each as far as it can: its publisher, not its title.
        said = sidecars.part(candidate.path, taken.name).over(said if alone else said.shared())
    return said.over(taken.row)


def _without_copies(read: list[Taken], refusals: list[Refusal], skipped: list[Refusal]) -> list[Taken]:
    """Return each report once, the first in the order of names; the others are refused as copies.

    That a crawler saved one page twice is no fault of anybody's: such copies are passed over.
    """
    first: dict[bytes, Taken] = {}
    kept = []
    for taken in read:
        original = first.setdefault(sha256(taken.same or taken.data).digest(), taken)
        if original is taken or not taken.data.strip():
            kept.append(taken)
        else:
            (skipped if taken.same else refusals).append(
                Refusal(
                    path=taken.name,
                    reason=f"it is the same report, byte for byte, as {original.name}",
                    advice="Nothing is lost: the first one is in the record.",
                )
            )
    return kept


def _distinct(taken: list[Taken]) -> list[str]:
    """Return a name for each, with as many names of its folder in front as tell apart those that would be the same."""
    depth = [0] * len(taken)
    for _ in range(MOST_FOLDERS):
        names = [_with_folders(one, deep) for one, deep in zip(taken, depth, strict=True)]
        times = Counter(names)
        if len(times) == len(names):
            break
        depth = [deep + (times[name] > 1) for deep, name in zip(depth, names, strict=True)]
    return names


def _with_folders(taken: Taken, depth: int) -> str:
    parts = taken.candidate.root.absolute().resolve().parts[1:] if depth else ()
    front = [safe_name(part) for part in parts[max(0, len(parts) - depth) :]]
    return "/".join([*front, taken.name])
