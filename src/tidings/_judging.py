"""A reviewer's verdict: one row in the chained log, written at once, without building again.

What it changes by itself (a claim's status, a proposal's standing) is shown at once, because it is looked up in the log;
what follows from it (figures, happenings, days) follows at the next build.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tidings._verdicts import CORRECTABLE, SLOTS, named_in
from tidings.errors import RecordError, UnknownId, UsageError
from tidings.model import KINDS, MODES, Decision, parse_edtf
from tidings.store import ask, log, write
from tidings.store.file import File
from tidings.store.schema import contract
from tidings.store.state import last_about, last_of

__all__ = ["Overtaken", "judge"]

_WAIT_SECONDS = 3
"""How long a verdict waits for others that write, before it is given back to who took it."""
_MOST_OPEN = 8
_OPEN: dict[tuple[int, str, tuple[int, int]], File] = {}
_OPENING = threading.Lock()
_TABLES = {"c": "claims", "q": "proposals", "n": "entities", "e": "events", "d": "documents", "v": "decisions"}
_ABOUT = {
    "accept": "cq",
    "refuse": "cq",
    "correct": "cn",
    "merge": "en",
    "split": "en",
}
_KEPT = {
    "claims": ("kind", "type", "mode", "measure", "count", "time", "agents", "targets", "places", "status"),
    "proposals": ("a", "b", "a_name", "b_name", "standing"),
    "entities": ("name", "kind", "aliases", "lat", "lon", "radius_m", "part_of"),
    "events": ("kind", "type", "claims"),
}
_ENTITY = ("name", "kind", "alias", "lat", "lon", "radius_m", "part_of")


class Overtaken(RecordError):
    """Somebody else decided about the same thing after it was shown.

    Args:
        decision: What was decided.
    """

    def __init__(self, decision: Decision) -> None:
        super().__init__(
            f"{decision.by} decided in the meantime: {decision.action}, “{decision.reason}”. Nothing was written; look again."
        )
        self.decision = decision


def judge(
    where: str | Path,
    action: str,
    subject: str,
    *,
    reason: str,
    by: str,
    new: Mapping[str, Any] | None = None,
    seen: str | None = None,
) -> Decision:
    """Write one verdict into the log and return it.

    Args:
        where: The record.
        action: One of :data:`tidings.store.log.JUDGEMENTS`.
        subject: The id that it is about.
        reason: Why; for a note, the note.
        by: Who decides.
        new: What a correction, merge or split puts in.
        seen: The id of the last decision about the subject that the reviewer was shown, empty for none. None asks nothing.

    Raises:
        UsageError: The verdict does not go with its subject, or no reason is given.
        UnknownId: The record holds no such subject.
        Overtaken: Another decision about the subject came after ``seen``.
        RecordError: The record cannot be written to now.
    """
    values = {name: value for name, value in (new or {}).items() if value not in (None, "")}
    _check(action, subject, reason, values)
    file = _opened(where)
    try:
        with file.writing(log_only=True) as connection:
            old = _before(connection, action, subject, values)
            if seen is not None and action != "note" and (last := last_about(connection, subject)) and last.id != seen:
                raise Overtaken(last)
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            taken = log.chained(
                last_of(connection), at=at, by=by, action=action, subject=subject, reason=reason.strip(), old=old,
                new=values or None,
            )  # fmt: skip
            write.add_decision(connection, taken)
        return taken
    except RecordError as error:
        if isinstance(error, Overtaken | UnknownId):
            raise
        raise RecordError(f"The decision was not saved: {error}") from error


def _opened(where: str | Path) -> File:
    """Return the record open to write, the same for each verdict of a process: opening it costs more than the verdict does.

    A file that was put in its place since, or a process that this one was split into, opens it anew.
    """
    try:
        held = Path(where).stat()
        state = (held.st_dev, held.st_ino)
    except OSError:
        state = (0, 0)
    key = (os.getpid(), str(where), state)
    with _OPENING:
        if key not in _OPEN:
            if len(_OPEN) >= _MOST_OPEN:
                _OPEN.pop(next(iter(_OPEN)))
            _OPEN[key] = File(where, write=True, wait=_WAIT_SECONDS)
        return _OPEN[key]


def _check(action: str, subject: str, reason: str, values: Mapping[str, Any]) -> None:
    if action not in log.JUDGEMENTS:
        raise UsageError(f"there is no verdict {action!r}. Verdicts are: {', '.join(log.JUDGEMENTS)}.")
    if not reason.strip():
        raise UsageError("a note needs words." if action == "note" else "a decision needs a reason.")
    letter = subject.partition("_")[0]
    if letter not in _ABOUT.get(action, letter) or (action == "undo" and letter != "v"):
        raise UsageError(f"{action} cannot be about {subject}.")
    if action == "correct":
        _check_correction(letter, values)
    if action == "merge" and "with" not in values:
        raise UsageError("a merge needs the id of the other.")
    if action == "split" and not {"claims", "forms", "with"} & set(values):
        raise UsageError("a split needs what goes apart.")


def _check_correction(letter: str, values: Mapping[str, Any]) -> None:
    allowed = CORRECTABLE if letter == "c" else _ENTITY
    if not values or set(values) - set(allowed):
        raise UsageError(f"a correction takes any of: {', '.join(allowed)}.")
    kind, type_ = values.get("kind"), values.get("type")
    if letter == "c":
        if kind and kind not in KINDS:
            raise UsageError(f"there is no kind {kind!r}. Kinds are: {', '.join(KINDS)}.")
        if kind and type_ and type_ not in KINDS[kind]:
            raise UsageError(f"a claim of the kind {kind} has one of the types: {', '.join(KINDS[kind])}.")
        if values.get("mode", MODES[0]) not in MODES:
            raise UsageError(f"modes are: {', '.join(MODES)}.")
        if "time" in values:
            try:
                parse_edtf(str(values["time"]))
            except ValueError as error:
                raise UsageError(f"{values['time']!r} is no day. Write 2015-06-25 or 2015-06-25/2015-06-27.") from error
    for name in ("low", "high", "lat", "lon", "radius_m"):
        if name in values:
            try:
                float(values[name])
            except (TypeError, ValueError) as error:
                raise UsageError(f"{name} is a number, not {values[name]!r}.") from error


def _before(connection: Connection, action: str, subject: str, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what the record says of the subject now, after making sure that it holds it."""
    table = _TABLES.get(subject.partition("_")[0], "")
    row = ask.one(connection, table, subject) if table else None
    if row is None and action == "note":
        row = next((held for name in contract if (held := ask.one(connection, name, subject))), None)
    if row is None:
        raise UnknownId(f"the record holds no {subject}.")
    if "with" in values and ask.one(connection, table, str(values["with"])) is None:
        raise UnknownId(f"the record holds no {values['with']}.")
    if action in {"note", "undo"}:
        return None
    if table == "claims":
        _check_names(connection, values)
    return {name: row[name] for name in _KEPT[table]}


def _check_names(connection: Connection, values: Mapping[str, Any]) -> None:
    """Make sure that the record holds whom a correction names, and that a claim is put at places only."""
    for slot in SLOTS:
        for one in named_in(values, slot):
            row = ask.one(connection, "entities", one) if one.startswith("n_") else None
            if row is None:
                raise UnknownId(f"the record holds no {one}.")
            if slot == "places" and row["kind"] != "place":
                raise UsageError(f"{row['name']} ({one}) is no place.")
