"""The door in: paths to documents, and what could not be taken in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tidings.gather.decode import Undecodable
from tidings.gather.found import LARGEST_FILE, Candidate, find, safe_name
from tidings.gather.sidecar import Sidecars
from tidings.gather.take import take_in
from tidings.model import Document, Progress, Refusal, Sha256, sha256_hex

__all__ = ["Gathered", "gather"]

MOST_FOLDERS = 64
"""Folders put in front of a name at most; real paths differ long before."""


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
) -> Gathered:
    """Return the reports under ``paths`` as documents, and a refusal for each input that could not be taken in.

    The same files give the same documents in whatever order they are named. Bad input is refused with a reason and
    what to do, and never stops the rest.

    Args:
        paths: Files and folders (walked to their depths). Reports end in .txt, .md, .html or .htm.
        sidecar: A file that says things about the reports, believed before those that lie beside them.
        progress: Called after each file.
        languages: Codes of the languages that some reader reads; reports in others are kept as unread.
    """
    found = find(paths)
    refusals = list(found.refusals)
    sidecars = Sidecars.open(sidecar)
    read: list[tuple[Candidate, bytes]] = []
    for candidate in found.candidates:
        content = _bytes_of(candidate)
        if isinstance(content, Refusal):
            refusals.append(content)
        else:
            read.append((candidate, content))
    kept = _without_copies(read, refusals)
    names = _distinct([candidate for candidate, _ in kept])
    documents: list[Document] = []
    originals: dict[Sha256, bytes] = {}
    matched = False
    for number, ((candidate, content), name) in enumerate(zip(kept, names, strict=True), start=1):
        row = sidecars.row(candidate.path, candidate.name)
        try:
            document = take_in(content, name, row=row, languages=languages)
        except Undecodable as error:
            refusals.append(Refusal(path=name, reason=error.reason, advice=error.advice))
        except (ValueError, RecursionError, OverflowError) as error:
            # No report may keep the others out, whatever is in it.
            why = f"it could not be taken apart ({type(error).__name__})"
            refusals.append(
                Refusal(path=name, reason=why, advice="Save the report's text as .txt in UTF-8, and tell us.")
            )
        else:
            matched = matched or _named(sidecars, candidate)
            documents.append(document)
            originals[document.sha256] = content
        if progress is not None:
            progress("gathering", number, len(kept))
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
        skipped=tuple(_sorted(found.skipped)),
    )


def _sorted(refusals: list[Refusal]) -> list[Refusal]:
    return sorted(set(refusals), key=lambda item: (item.path, item.reason, item.advice))


def _named(sidecars: Sidecars, candidate: Candidate) -> bool:
    stem = str(Path(candidate.name).with_suffix(""))
    return bool({candidate.path.stem, candidate.path.name, stem} & sidecars.named.keys())


def _bytes_of(candidate: Candidate) -> bytes | Refusal:
    refused = Refusal(
        path=candidate.name,
        reason="the file may not be read",
        advice="Give yourself the right to read it (chmod u+r) and try again.",
    )
    try:
        size = candidate.path.stat().st_size
        if size > LARGEST_FILE:
            return Refusal(
                path=candidate.name,
                reason=f"the file has {size / 2**20:.0f} MB; more than {LARGEST_FILE // 2**20} MB is no single report",
                advice="Split it into its reports, one file each.",
            )
        if not os.access(candidate.path, os.R_OK):
            return refused
        with candidate.path.open("rb") as file:
            # The size can have grown since it was asked for; never more than the limit is read.
            content = file.read(LARGEST_FILE + 1)
    except OSError:
        return refused
    if len(content) > LARGEST_FILE:
        return Refusal(
            path=candidate.name,
            reason=f"the file has more than {LARGEST_FILE // 2**20} MB",
            advice="Split it into its reports, one file each.",
        )
    return content


def _without_copies(read: list[tuple[Candidate, bytes]], refusals: list[Refusal]) -> list[tuple[Candidate, bytes]]:
    """Return each report once, the first in the order of names; the others are refused as copies."""
    first: dict[Sha256, Candidate] = {}
    kept = []
    for candidate, content in read:
        original = first.setdefault(sha256_hex(content), candidate)
        if original is candidate or not content.strip():
            kept.append((candidate, content))
        else:
            refusals.append(
                Refusal(
                    path=candidate.name,
                    reason=f"it is the same report, byte for byte, as {original.name}",
                    advice="Nothing is lost: the first one is in the record.",
                )
            )
    return kept


def _distinct(candidates: list[Candidate]) -> list[str]:
    """Return a name for each, with as many names of its folder in front as tell apart those that would be the same."""
    depth = [0] * len(candidates)
    for _ in range(MOST_FOLDERS):
        names = [_with_folders(candidate, deep) for candidate, deep in zip(candidates, depth, strict=True)]
        times = Counter(names)
        if len(times) == len(names):
            break
        depth = [deep + (times[name] > 1) for deep, name in zip(depth, names, strict=True)]
    return names


def _with_folders(candidate: Candidate, depth: int) -> str:
    parts = candidate.root.absolute().resolve().parts[1:]
    front = [safe_name(part) for part in parts[max(0, len(parts) - depth) :]] if depth else []
    return "/".join([*front, candidate.name])
