"""What a build starts from: the reports behind the record, its decisions, and how often it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from tidings.model import Decision
from tidings.store.ask import Question, rows, unpacked
from tidings.store.inputs import Report, every_report
from tidings.store.rows import Row
from tidings.store.schema import contract, meta

__all__ = ["State", "decisions", "last_about", "last_of", "state"]


@dataclass(frozen=True, slots=True)
class State:
    """One state of a record. ``generation`` counts its changes; ``last_build`` is the last row of builds."""

    reports: Mapping[str, Report]
    decisions: tuple[Decision, ...]
    generation: int
    last_build: Row | None

    @property
    def last_decision(self) -> str:
        """The hash of the last decision; empty where none was taken."""
        return self.decisions[-1].hash if self.decisions else ""


def state(connection: Connection) -> State:
    """Return the state that a connection sees."""
    builds = rows(connection, "builds", Question())
    generation = connection.execute(select(meta.c.value).where(meta.c.key == "generation")).scalar_one()
    return State(every_report(connection), decisions(connection), int(generation), builds[-1] if builds else None)


def decisions(connection: Connection) -> tuple[Decision, ...]:
    """Return the decisions in the order in which they were taken."""
    return tuple(_noun(row) for row in rows(connection, "decisions", Question()))


def last_of(connection: Connection) -> tuple[Decision, ...]:
    """Return the last decision of the log, alone; nothing where none was taken. The next one is chained to it."""
    held = contract["decisions"]
    found = connection.execute(select(held).order_by(held.c.row.desc()).limit(1)).mappings().first()
    return () if found is None else (_noun(unpacked("decisions", dict(found))),)


def last_about(connection: Connection, subject: str) -> Decision | None:
    """Return the last decision about a subject, notes aside."""
    held = contract["decisions"]
    fits = (held.c.subject == subject, held.c.action != "note")
    found = connection.execute(select(held).where(*fits).order_by(held.c.row.desc()).limit(1)).mappings().first()
    return None if found is None else _noun(unpacked("decisions", dict(found)))


def _noun(row: dict[str, Any]) -> Decision:
    return Decision(**{name: row[name] or "" for name in row})
