"""Which files are meant by the paths a user names, and what each is called in the record."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tidings.gather.bounds import LARGEST_FILE
from tidings.gather.doors import door_of, endings
from tidings.model import Refusal

__all__ = ["LARGEST_FILE", "SIDECAR_NAMES", "Candidate", "Found", "find", "safe_name"]

SIDECAR_NAMES = ("reports.jsonl", "reports.csv", "reports.toml")
"""Files that say things about reports and are never read as one, in the order in which they are believed."""
_NOT_YET = frozenset(
    {".doc", ".odt", ".rtf", ".epub", ".mht", ".mhtml", ".msg", ".pst", ".7z", ".rar", ".xlsx", ".xls", ".ods"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be read as a report.

    ``path`` is where it lies; ``name`` what it is called in the record: relative to the folder named, forward slashes.
    ``root`` is the folder named, or the file's own folder. ``named`` says whether the user named the file itself.
    """

    path: Path
    name: str
    root: Path
    named: bool = False


@dataclass(slots=True)
class Found:
    """What was found under the paths named. ``skipped`` holds files that are no reports and were passed over."""

    candidates: list[Candidate] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    skipped: list[Refusal] = field(default_factory=list)


def safe_name(name: str) -> str:
    """Return a path as it may be shown: forward slashes, and control, direction and broken characters as %XX."""
    out = []
    for char in name.replace(os.sep, "/"):
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            out.append("".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogateescape")))
        else:
            out.append(char)
    return "".join(out)


def find(paths: Iterable[str | Path]) -> Found:
    """Return the files under ``paths`` (files and folders), each once, in an order that depends on their names alone."""
    found = Found()
    by_real: dict[str, Candidate] = {}
    for path in sorted({Path(path) for path in paths}, key=str):
        before = len(by_real) + len(found.refusals)
        for candidate in _under(path, found):
            real = os.path.realpath(candidate.path)
            known = by_real.get(real)
            if known is None or (candidate.name, str(candidate.root)) < (known.name, str(known.root)):
                by_real[real] = candidate
        if path.is_dir() and len(by_real) + len(found.refusals) == before and not _holds_known(path, by_real):
            found.refusals.append(
                Refusal(
                    path=safe_name(str(path)),
                    reason="the folder holds no report",
                    advice=f"Put reports into it, as {_suffixes()}, or name another folder.",
                )
            )
    found.candidates = sorted(by_real.values(), key=lambda item: (item.name, str(item.root), str(item.path)))
    found.refusals.sort(key=lambda item: (item.path, item.reason))
    found.skipped.sort(key=lambda item: (item.path, item.reason))
    return found


def _holds_known(folder: Path, by_real: dict[str, Candidate]) -> bool:
    """Return whether some file of the folder was already found under another name."""
    real = os.path.realpath(folder)
    return any(os.path.commonpath([real, known]) == real for known in by_real)


def _suffixes() -> str:
    return ", ".join(endings())


def _under(path: Path, found: Found) -> Iterator[Candidate]:
    shown = safe_name(str(path))
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = "there is no such file or folder"
        if isinstance(error, PermissionError):
            reason = "it may not be read"
        elif path.is_symlink():
            reason = "it is a link that leads nowhere"
        found.refusals.append(Refusal(path=shown, reason=reason, advice="Check the name and its permissions."))
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, found)
        return
    name = safe_name(path.name)
    if path.name in SIDECAR_NAMES or door_of(path.name) is None:
        found.refusals.append(_not_a_report(name, path))
    elif not stat.S_ISREG(mode):
        found.refusals.append(_not_regular(name))
    else:
        yield Candidate(path, name, path.parent, named=True)


def _in_folder(folder: Path, found: Found) -> Iterator[Candidate]:
    inside = os.path.realpath(folder)
    seen = {inside}

    def unreadable(error: OSError) -> None:
        where = os.path.relpath(error.filename or folder, folder)
        found.refusals.append(
            Refusal(
                path=safe_name(str(folder) if where == "." else where),
                reason="the folder may not be read",
                advice="Give yourself the right to read it (chmod u+rx) and try again.",
            )
        )

    for top, folders, files in os.walk(folder, followlinks=True, onerror=unreadable):
        kept = []
        for name in sorted(folders):
            real = os.path.realpath(Path(top, name))
            # A link to a folder that holds it, or to one already walked, would go round for ever.
            if name.startswith(".") or real in seen or os.path.commonpath([inside, real]) != inside:
                continue
            seen.add(real)
            kept.append(name)
        folders[:] = kept
        for name in sorted(files):
            if name.startswith(".") or name in SIDECAR_NAMES:
                continue
            path = Path(top, name)
            yield from _file(path, safe_name(os.path.relpath(path, folder)), folder, inside, found)


def _file(path: Path, shown: str, folder: Path, inside: str, found: Found) -> Iterator[Candidate]:
    suffix = path.suffix.lower()
    if door_of(path.name) is None:
        (found.refusals if suffix in _NOT_YET else found.skipped).append(_not_a_report(shown, path))
        return
    if path.is_symlink():
        real = os.path.realpath(path)
        if os.path.commonpath([inside, real]) != inside:
            found.refusals.append(
                Refusal(
                    path=shown,
                    reason="it is a link that leads out of the folder",
                    advice="Name the file it leads to, if it is meant.",
                )
            )
            return
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError:
        found.refusals.append(
            Refusal(path=shown, reason="it is a link that leads nowhere", advice="Remove the link or repair it.")
        )
        return
    if regular:
        yield Candidate(path, shown, folder)
    else:
        found.refusals.append(_not_regular(shown))


def _not_regular(shown: str) -> Refusal:
    return Refusal(path=shown, reason="it is a device or a pipe, not a file", advice="Give the report as a file.")


def _not_a_report(shown: str, path: Path) -> Refusal:
    suffix = path.suffix.lower()
    if suffix in _NOT_YET:
        reason, advice = (
            f"{suffix} files are not read",
            "Save the report's text as .txt, .html, .docx or .pdf and give that file.",
        )
    elif path.name in SIDECAR_NAMES:
        reason, advice = "it is a sidecar, not a report", "Name it with --sidecar, or leave it beside the reports."
    else:
        reason = f"files ending in {suffix} are not reports" if suffix else "a file without an ending is not a report"
        advice = f"Reports end in {_suffixes()}: rename it if it is one."
    return Refusal(path=shown, reason=reason, advice=advice)
