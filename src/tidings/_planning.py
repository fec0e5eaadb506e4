"""Which reports stand after a build: what comes in, what is replaced, what stays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tidings.model import Decision, Document, Refusal, sha256_hex
from tidings.store.inputs import Report

__all__ = ["Plan", "plan_of", "whence"]


@dataclass(slots=True)
class Plan:
    """Which reports stand after a build, and what changes."""

    reports: dict[str, Report]
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def whence(document: Document, named: Sequence[Path]) -> str:
    """Return the hash of the place that a document's bytes came from.

    The same place with other bytes is a changed report; the same name in another folder is another report. Only the hash is
    kept: a record that is shared names nobody's folders.
    """
    within = _within(document.path, named)
    if within:
        return within
    for path in sorted(named, key=str):
        for place in _places(path, document.path):
            try:
                if place.is_file() and sha256_hex(place.read_bytes()) == document.sha256:
                    return sha256_hex(str(place.resolve()).encode())
            except OSError:
                continue
    return sha256_hex(document.path.encode())


def _within(name: str, named: Sequence[Path]) -> str:
    """Return the hash of a place within a file that holds several reports (``news.csv#line=12``), or an empty string."""
    signs = [at for at, char in enumerate(name) if char == "#"]
    for path in sorted(named, key=str):
        for sign in signs:
            for place in _places(path, name[:sign]):
                # The name may begin with folders that tell two files apart; the file's own place must end with it.
                if place.is_file() and place.resolve().as_posix().endswith("/" + name[:sign].lstrip("./")):
                    return sha256_hex(f"{place.resolve()}{name[sign:]}".encode())
    return ""


def _places(path: Path, name: str) -> list[Path]:
    """Return where a report of that name may lie under a path; the name may begin with folders that tell it apart."""
    if not path.is_dir():
        return [path]
    parts = name.split("/")
    return [path.joinpath(*parts[start:]) for start in range(len(parts))]


def plan_of(
    held: Mapping[str, Report], incoming: Sequence[tuple[Document, str]], removed: Mapping[str, Decision]
) -> Plan:
    """Return which reports stand once ``incoming`` has come in, whatever its order."""
    plan = Plan(reports=dict(held))
    taken: dict[str, str] = {}
    for document, place in sorted(incoming, key=_incoming_order):
        if document.id in removed:
            plan.refusals.append(_taken_back(document, removed[document.id]))
            continue
        taken[place] = document.id
        before = held.get(document.id)
        plan.reports[document.id] = Report(document, place, "current")
        if before is None or before.standing != "current":
            plan.added.append(document.id)
            continue
        plan.unchanged.append(document.id)
        if before.whence != place and before.document.path <= document.path:
            # The same bytes under two names stand under the first, in whatever order they came.
            plan.reports[document.id] = before
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
