"""Which decisions can be taken about what, before one is written into the log.

========  ===========================  ==========================================================================
action    about                        with
========  ===========================  ==========================================================================
remove    a report                     nothing
accept    a proposal                   nothing: the two are one from now on
accept    a report taken back          nothing: it is taken in again
refuse    a proposal                   nothing: the two stay two
merge     an entity                    ``with``: the other entity
split     an entity                    ``with``: an entity it never is, or ``forms``: what is called so is another
correct   an entity                    any of name, kind, alias, lat, lon, radius_m, part_of
========  ===========================  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from tidings.errors import UnknownId, UsageError
from tidings.store import ask, log
from tidings.store.inputs import every_report

__all__ = ["CORRECTABLE", "state_before", "subject_of"]

CORRECTABLE = ("name", "kind", "alias", "lat", "lon", "radius_m", "part_of")
"""What of an entity a person may correct."""

_ALLOWED = {"merge": ("with",), "split": ("with", "forms"), "correct": CORRECTABLE}
_KEPT = {
    "proposals": ("a", "b", "a_name", "b_name", "standing"),
    "entities": ("name", "kind", "aliases", "lat", "lon", "radius_m", "part_of"),
}
_NUMBERS = ("lat", "lon", "radius_m")
_NAMES = {"proposals": "a proposal", "entities": "an entity"}


def subject_of(connection: Connection, action: str, subject: str, new: Mapping[str, Any]) -> str:
    """Return the id that a decision is about, after making sure that it can be taken.

    Args:
        connection: A connection to the record.
        action: What is decided.
        subject: An id; for a report its path or file name will do.
        new: What the decision puts in.

    Raises:
        UsageError: There is no such action, or it does not go with what is given.
        UnknownId: The record holds no such subject.
    """
    if action not in log.ACTIONS:
        raise UsageError(f"there is no decision {action!r}. Decisions are: {', '.join(log.ACTIONS)}.")
    _check_values(action, new)
    if action == "remove":
        return _standing_report(connection, subject)
    if action == "accept" and (taken_back := _removed_report(connection, subject)):
        return taken_back
    table = "proposals" if action in {"accept", "refuse"} else "entities"
    for one in [subject, *([str(new["with"])] if new.get("with") else [])]:
        if ask.one(connection, table, one) is None:
            raise UnknownId(
                f"{action} is about {_NAMES[table]}, and the record holds none with the id {one!r}. "
                f"They are listed by: tidings show FILE {table}"
            )
    return subject


def state_before(connection: Connection, subject: str) -> dict[str, Any] | None:
    """Return what the record says of a subject before a decision about it, to be kept beside the decision."""
    for table, columns in _KEPT.items():
        row = ask.one(connection, table, subject)
        if row is not None:
            return {name: row[name] for name in columns}
    report = every_report(connection).get(subject)
    return None if report is None else {"path": report.document.path, "standing": report.standing}


def _check_values(action: str, new: Mapping[str, Any]) -> None:
    allowed = _ALLOWED.get(action, ())
    for name in new:
        if name not in allowed:
            takes = f"It takes: {', '.join(allowed)}." if allowed else "It takes none."
            raise UsageError(f"the decision {action} takes no {name!r}. {takes}")
    if action in _ALLOWED and not any(new.get(name) not in (None, "") for name in allowed):
        raise UsageError(f"the decision {action} needs one of: {', '.join(allowed)}.")
    for name in _NUMBERS:
        if name in new:
            try:
                float(new[name])
            except (TypeError, ValueError) as error:
                raise UsageError(f"{name} is a number, not {new[name]!r}.") from error


def _standing_report(connection: Connection, name: str) -> str:
    """Return the id of a report that stands."""
    found = ask.rows(connection, "documents", ask.Question(document=name))
    if len(found) == 1:
        return str(found[0]["id"])
    if found:
        ids = ", ".join(row["id"] for row in found)
        raise UnknownId(f"{name!r} means several reports: {ids}. Name one by its id.")
    held = every_report(connection).get(name)
    if held is not None:
        raise UnknownId(f"{held.document.path} ({name}) stands no longer: it was {held.standing}.")
    raise UnknownId(f"the record holds no report {name!r}. They are listed by: tidings show FILE documents")


def _removed_report(connection: Connection, name: str) -> str:
    """Return the id of a report that was taken back, by its id or path; empty when there is none."""
    removed = [
        one
        for one, report in every_report(connection).items()
        if report.standing == "removed" and name in {one, report.document.path}
    ]
    return removed[0] if len(removed) == 1 else ""
