"""Which row names which entity, claim or document: what filters look at instead of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from tidings.model.columns import TABLES
from tidings.text.fold import fold

__all__ = ["ACTOR_SLOTS", "CLAIM_SLOTS", "DOCUMENT_SLOTS", "PLACE_SLOTS", "links_of", "name_key"]

Row = dict[str, Any]

CLAIM_SLOTS = {"claims": ("claims",), "echoes": ("claim", "of"), "comparisons": ("a", "b")}
"""Columns of claim ids beside ``claims``, by table."""

DOCUMENT_SLOTS = ("document", "documents")

PLACE_SLOTS = {
    "claims": ("places", "origin", "destination"),
    "events": ("places",),
    "figures": ("places",),
    "holdings": ("place",),
    "movements": ("origin", "destination", "shelter"),
    "persons": ("places",),
    "mentions": ("entity",),
    "entities": ("id", "part_of"),
    "framings": ("entity",),
    "proposals": ("a", "b"),
}
"""Columns that name places, by table."""

ACTOR_SLOTS = {
    "claims": ("agents", "targets"),
    "events": ("agents", "targets"),
    "figures": ("group", "by"),
    "holdings": ("holder",),
    "movements": ("group",),
    "persons": ("entity",),
    "custody": ("who", "whose", "by"),
    "property": ("whose", "by"),
    "relations": ("a", "b"),
    "mentions": ("entity",),
    "entities": ("id", "part_of"),
    "framings": ("entity",),
    "proposals": ("a", "b"),
}
"""Columns that name actors, by table."""

_SINGLE = {
    "claims": ("document", "event", "attribution"),
    "attributions": ("document",),
    "mentions": ("document", "entity"),
    "constraints": ("document",),
    "comparisons": ("event", "a", "b"),
    "echoes": ("claim", "of"),
    "relations": ("a", "b"),
    "proposals": ("a", "b"),
    "persons": ("entity",),
    "times": ("of",),
    "entities": ("id",),
}
_NAMES = {
    "relations": {"a": "a_name", "b": "b_name"},
    "proposals": {"a": "a_name", "b": "b_name"},
    "mentions": {"entity": "entity_name"},
    "persons": {"entity": "name"},
    "entities": {"id": "name"},
}


_LONGEST = 300
"""Letters of a name that are looked for. An index of PostgreSQL refuses an entry beyond 2,700 bytes, and a report may
hold a "name" of any length."""


def name_key(name: str) -> str:
    """Return a name as links hold it: folded, its first letters."""
    return fold(name)[:_LONGEST]


def links_of(table: str, number: int, row: Row) -> Iterator[Row]:
    """Yield a link for each id that a row names, with the folded name where the row shows one.

    Args:
        table: The row's table.
        number: Its number in the table.
        row: The row, with lists as lists.
    """

    def link(slot: str, place: int, target: str, name: str) -> Row:
        return {
            "table_name": table,
            "row": number,
            "slot": slot,
            "place": place,
            "target": target,
            "folded": name_key(name),
        }

    for column in TABLES[table]:
        if column.holds != "list":
            continue
        values = row[column.name]
        if column.name.endswith("_ids"):
            slot = column.name.removesuffix("_ids")
            shown = row[slot] if isinstance(row[slot], list) else [row[slot]]
            for place, (target, name) in enumerate(zip_longest(values, shown, fillvalue="")):
                if target or name:
                    yield link(slot, place, target, name)
        elif column.name in {"claims", "documents", "mentions"}:
            for place, target in enumerate(values):
                yield link(column.name, place, target, "")
    names = _NAMES.get(table, {})
    for slot in _SINGLE.get(table, ()):
        if row[slot]:
            yield link(slot, 0, row[slot], str(row[names[slot]]) if slot in names else "")
