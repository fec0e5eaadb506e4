"""The public contract: every table of a record with its columns, in the order in which they are written.

The columns that the design of the record names come first in each table and keep their names and meaning; further
ones follow. The store makes the tables of the file from these, the exports take their headers from
them, and the reference page on tables is written from their sentences.

Columns that name entities hold display names, with ``<column>_ids`` beside them. ``document``, ``claims``,
``attribution``, ``event``, ``a``, ``b`` and ``of`` hold ids, and so does ``entity`` in mentions and persons.
"""

from __future__ import annotations

from tidings.model.column import Column
from tidings.model.columns_derived import DERIVED
from tidings.model.columns_read import READ

__all__ = ["TABLES", "TABLE_NOTES", "Column", "column_names"]

TABLES: dict[str, tuple[Column, ...]] = {**READ, **DERIVED}
"""Every table with its columns, in the order of the exports."""

TABLE_NOTES: dict[str, str] = {
    "documents": "The reports as received.",
    "attributions": "Every stretch of reported speech, whether or not it holds a claim.",
    "claims": "One proposition about the conflict that a report states, denies, predicts or attributes.",
    "mentions": "The words that name, describe or stand for somebody or something.",
    "entities": "Persons, groups, things and places.",
    "proposals": "Pairs of entities that may be one: a person decides.",
    "times": "Days of claims, events and documents, with both ends.",
    "constraints": "What the words say about the distance between two days.",
    "events": "Happenings, each with the claims that tell of it.",
    "comparisons": "Why two claims were joined into one happening, or kept apart.",
    "figures": "Dead, wounded and missing as ranges over independent origins.",
    "holdings": "Who held a place, by whose word.",
    "movements": "People who left, returned or were sheltered.",
    "persons": "Named persons: the harmed, the held, the speaking.",
    "custody": "People held or let go.",
    "property": "Things taken, destroyed, given back or priced.",
    "relations": "How two parties stood to each other.",
    "echoes": "Claims that repeat other claims.",
    "contradictions": "Claims that cannot all stand.",
    "framings": "What a publisher calls a party or a place.",
    "brief": "The sentences of the brief with what they stand on.",
    "decisions": "Verdicts, chained by hash.",
    "builds": "What came in and went out, and when.",
}
"""One sentence a table."""


def column_names(table: str) -> tuple[str, ...]:
    """Return the names of a table's columns in order."""
    return tuple(column.name for column in TABLES[table])
