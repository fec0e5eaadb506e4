"""Verdicts and builds: rows that are only ever added."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Build", "Decision"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One verdict: who decided what, when and why, chained to the one before by its hash.

    ``action``: remove, accept, refuse, merge, split, correct, note, undo. ``before`` and ``after`` are JSON strings. ``at`` is UTC
    with Z. ``hash`` is the SHA-256 of every other field, ``previous_hash`` included.
    """

    id: str
    at: str
    by: str
    action: str
    subject: str
    before: str
    after: str
    reason: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Build:
    """One build of the record: what came in, what went out, under which settings. ``hash`` is that of the contents."""

    id: str
    at: str
    version: str
    documents: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    settings: str
    hash: str
