"""The log of decisions: rows that are only ever added, each chained to the one before by its hash."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tidings.model import Decision, content_id, sha256_hex

__all__ = ["ACTIONS", "JUDGEMENTS", "breaks", "chained", "decision_hash", "in_force", "removed"]

ACTIONS = ("remove", "accept", "refuse", "merge", "split", "correct")
JUDGEMENTS = ("accept", "refuse", "correct", "merge", "split", "note", "undo")
"""What a reviewer may write without building again: see ``tidings._judging``."""


def decision_hash(decision: Decision) -> str:
    """Return the SHA-256 of every field of a decision but its hash, the previous hash included."""
    fields = ("id", "at", "by", "action", "subject", "before", "after", "reason", "previous_hash")
    held = {name: getattr(decision, name) for name in fields}
    return sha256_hex(json.dumps(held, ensure_ascii=False, sort_keys=True).encode())


def chained(
    before: Sequence[Decision],
    *,
    at: str,
    by: str,
    action: str,
    subject: str,
    reason: str,
    old: object = None,
    new: object = None,
) -> Decision:
    """Return the next decision after ``before``.

    Args:
        before: The decisions so far, in order.
        at: When, in UTC with Z.
        by: Who decided.
        action: One of :data:`ACTIONS`.
        subject: The id that it is about.
        reason: Why, in the words of who decided.
        old: The state before, kept as JSON.
        new: The state after, kept as JSON.
    """
    previous = before[-1].hash if before else ""
    cells = (at, by, action, subject, json.dumps(old, sort_keys=True), json.dumps(new, sort_keys=True), reason)
    bare = Decision(
        id=content_id("v", *cells, previous),
        at=at,
        by=by,
        action=action,
        subject=subject,
        before=cells[4],
        after=cells[5],
        reason=reason,
        previous_hash=previous,
        hash="",
    )
    fields = {name: getattr(bare, name) for name in bare.__dataclass_fields__}
    return Decision(**{**fields, "hash": decision_hash(bare)})


def breaks(decisions: Iterable[Decision]) -> list[tuple[str, str]]:
    """Return (id, sentence) for each decision whose hash does not fit, or that does not follow the one before."""
    found = []
    previous = ""
    for decision in decisions:
        if decision.previous_hash != previous:
            found.append(
                (decision.id, "the decision does not follow the one before it: a row is missing or was put in")
            )
        if decision_hash(decision) != decision.hash:
            found.append((decision.id, "the decision's hash does not fit its words: it was changed after it was taken"))
        previous = decision.hash
    return found


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that no later one undid, notes aside: what a build goes by.

    An ``undo`` is about the id of a decision. It can be undone itself; then what it undid holds again.
    """
    listed = list(decisions)
    undone: set[str] = set()
    for decision in reversed(listed):
        if decision.action == "undo" and decision.id not in undone:
            undone.add(decision.subject)
    return [held for held in listed if held.id not in undone and held.action not in {"undo", "note"}]


def removed(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the documents that are taken back, with the decision that did it; a later ``accept`` undoes it."""
    held: dict[str, Decision] = {}
    for decision in decisions:
        if decision.action == "remove":
            held[decision.subject] = decision
        elif decision.action == "accept":
            held.pop(decision.subject, None)
    return held
