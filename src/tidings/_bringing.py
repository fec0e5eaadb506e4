"""An analyst's own table into a record: its rows as documents, its places as corrections in the log."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tidings import _building
from tidings._finishing import finish
from tidings._planning import plan_of
from tidings.errors import UsageError
from tidings.model import Document, sha256_hex
from tidings.store import ask, log, turn
from tidings.store.file import File
from tidings.store.state import state

__all__ = ["Done", "bring_table"]

_POINT = ("lat", "lon", "radius_m")


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What came in: how many rows were added, were there already, or replaced older ones; messages about rows refused; notes."""

    added: int
    unchanged: int
    replaced: int
    refused: tuple[str, ...]
    notes: tuple[str, ...]


def bring_table(where: str, table: str | Path, *, by: str) -> Done:
    """Bring the rows of a table into a record as claims by an analyst, and build the record again.

    Rows of the same table that were brought in before by the same analyst and stand in it no longer are replaced.

    Args:
        where: The record.
        table: A CSV file.
        by: The analyst.

    Raises:
        UsageError: No analyst is named, or no row of the table can be used.
        RecordError: The file is no record.
    """
    from tidings import pipeline

    if not by.strip() or by == "unnamed analyst":
        raise UsageError("say who brings the table in: --by NAME (or set the analyst once in the settings).")
    brought = pipeline.brought_documents(table, by=by.strip())
    if not brought.documents:
        first = f" The first: {brought.refused[0]}" if brought.refused else ""
        raise UsageError(f"no row of {Path(table).name} can be used.{first}")
    File(where).close()  # says at once where there is no record
    place = sha256_hex(f"import\x1f{Path(table).resolve()}\x1f{by.strip()}".encode())
    incoming = [(document, place) for document in brought.documents]
    with turn.taken(where), closing(File(where, write=True)) as file:
        with file.reading() as connection:
            before = state(connection)
        plan = plan_of(before.reports, incoming, log.removed(before.decisions))
        originals = {row.sha256: row.text.encode() for row in brought.documents}
        finish(file, before, plan, originals, before.decisions)
    notes = [f"the column {name!r} means nothing here and was left alone" for name in brought.ignored]
    notes += [f"{row.path}: {row.reason}. {row.advice}" for row in plan.refusals]
    notes += _place(where, brought.documents, by.strip())
    return Done(
        added=len(plan.added),
        unchanged=len(plan.unchanged),
        replaced=len(plan.replaced),
        refused=tuple(map(str, brought.refused)),
        notes=tuple(notes),
    )


def _place(where: str, documents: Iterable[Document], by: str) -> list[str]:
    """Put the places of a table where their rows say, each by a decision of the analyst that can be undone."""
    from tidings import _judging

    wanted = {row.id: values for row in documents if (values := _point(row))}
    if not wanted:
        return []
    file = File(where)
    try:
        with file.reading() as connection:
            claims = {row["document"]: row for row in ask.rows(connection, "claims", ask.Question(kind="statement"))}
            entities = {row["id"]: row for row in ask.rows(connection, "entities", ask.Question(kind="place"))}
    finally:
        file.close()
    put = 0
    for document in sorted(wanted):
        claim, values = claims.get(document), wanted[document]
        one = claim["places_ids"][0] if claim and claim["places_ids"] else ""
        if one not in entities or all(entities[one][name] == value for name, value in values.items()):
            continue
        _judging.judge(where, "correct", one, reason=f"brought in by {by}", by=by, new=values)
        put += 1
    if put:
        _building.rebuild(where)
    return [f"{put} places put where the table says, each by a decision in the log"] if put else []


def _point(document: Document) -> dict[str, Any]:
    held = dict(line.split(": ", 1) for line in document.text.split("\n") if ": " in line)
    if held.get("kind") != "place" or "lat" not in held:
        return {}
    return {
        name: float(held[name]) if name != "radius_m" else int(float(held[name])) for name in _POINT if name in held
    }
