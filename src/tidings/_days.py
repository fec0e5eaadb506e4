"""What fixes the days of a claim, a happening or a report: the chain of constraints, for ``why``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from tidings.store import ask
from tidings.store.why import Explain
from tidings.store.wording import sentence_of

__all__ = ["explainer"]


def explainer(connection: Connection) -> Explain:
    """Return a function that says what fixes the days of an id, over the constraints that a connection sees."""
    rows = ask.rows(connection, "constraints", ask.Question())

    def explain(one: str) -> Sequence[tuple[str, str]]:
        points = {f"{end}:{one}" for end in ("doc", "start", "end")}
        return [(sentence_of("constraints", row), row["id"]) for row in rows if points & {row["a"], row["b"]}]

    return explain
