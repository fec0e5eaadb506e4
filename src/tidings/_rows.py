"""One method a table: the part of the record's API that repeats itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

__all__ = ["Filters", "RowsOf"]

Row = dict[str, Any]


class Filters(TypedDict, total=False):
    """What rows are asked for; whatever is left out asks nothing.

    ``kind`` and ``type`` are those of claims, events, entities or mentions. ``actor``, ``place`` and ``said_by`` are names under any
    spelling that the record knows, or ids; a place holds all that lies in it, and ``said_by`` is anybody in the chain of
    attribution. ``since`` and ``until`` are days, months or years: a row fits when it can have happened between them.
    ``document`` is a report by its id, path or file name. ``where`` maps further columns to the value they must
    have. ``limit`` and ``offset`` cut a piece out.
    """

    kind: str
    type: str
    actor: str
    place: str
    since: str
    until: str
    said_by: str
    document: str
    where: Mapping[str, str]
    limit: int | None
    offset: int


class RowsOf:
    """The tables of a record as methods, each with the filters of :class:`Filters`."""

    def rows(self, table: str, **filters: Unpack[Filters]) -> list[Row]:
        """Return the rows of a table that fit."""
        raise NotImplementedError

    def documents(self, **filters: Unpack[Filters]) -> list[Row]:
        """The reports as received."""
        return self.rows("documents", **filters)

    def attributions(self, **filters: Unpack[Filters]) -> list[Row]:
        """Every stretch of reported speech, whether or not it holds a claim."""
        return self.rows("attributions", **filters)

    def claims(self, **filters: Unpack[Filters]) -> list[Row]:
        """One proposition about the conflict that a report states, denies, predicts or attributes."""
        return self.rows("claims", **filters)

    def mentions(self, **filters: Unpack[Filters]) -> list[Row]:
        """The words that name, describe or stand for somebody or something."""
        return self.rows("mentions", **filters)

    def entities(self, **filters: Unpack[Filters]) -> list[Row]:
        """Persons, groups, things and places."""
        return self.rows("entities", **filters)

    def proposals(self, **filters: Unpack[Filters]) -> list[Row]:
        """Pairs of entities that may be one: a person decides."""
        return self.rows("proposals", **filters)

    def times(self, **filters: Unpack[Filters]) -> list[Row]:
        """Days of claims, events and documents, with both ends."""
        return self.rows("times", **filters)

    def constraints(self, **filters: Unpack[Filters]) -> list[Row]:
        """What the words say about the distance between two days."""
        return self.rows("constraints", **filters)

    def events(self, **filters: Unpack[Filters]) -> list[Row]:
        """Happenings, each with the claims that tell of it."""
        return self.rows("events", **filters)

    def comparisons(self, **filters: Unpack[Filters]) -> list[Row]:
        """Why two claims were joined into one happening, or kept apart."""
        return self.rows("comparisons", **filters)

    def figures(self, **filters: Unpack[Filters]) -> list[Row]:
        """Dead, wounded and missing as ranges over independent origins."""
        return self.rows("figures", **filters)

    def holdings(self, **filters: Unpack[Filters]) -> list[Row]:
        """Who held a place, by whose word."""
        return self.rows("holdings", **filters)

    def movements(self, **filters: Unpack[Filters]) -> list[Row]:
        """People who left, returned or were sheltered."""
        return self.rows("movements", **filters)

    def persons(self, **filters: Unpack[Filters]) -> list[Row]:
        """Named persons: the harmed, the held, the speaking."""
        return self.rows("persons", **filters)

    def custody(self, **filters: Unpack[Filters]) -> list[Row]:
        """People held or let go."""
        return self.rows("custody", **filters)

    def relations(self, **filters: Unpack[Filters]) -> list[Row]:
        """How two parties stood to each other."""
        return self.rows("relations", **filters)

    def echoes(self, **filters: Unpack[Filters]) -> list[Row]:
        """Claims that repeat other claims."""
        return self.rows("echoes", **filters)

    def contradictions(self, **filters: Unpack[Filters]) -> list[Row]:
        """Claims that cannot all stand."""
        return self.rows("contradictions", **filters)

    def framings(self, **filters: Unpack[Filters]) -> list[Row]:
        """What a publisher calls a party or a place."""
        return self.rows("framings", **filters)

    def decisions(self, **filters: Unpack[Filters]) -> list[Row]:
        """Verdicts, chained by hash."""
        return self.rows("decisions", **filters)

    def builds(self, **filters: Unpack[Filters]) -> list[Row]:
        """What came in and went out, and when."""
        return self.rows("builds", **filters)

    def property(self, **filters: Unpack[Filters]) -> list[Row]:
        """Things taken, destroyed, given back or priced."""
        return self.rows("property", **filters)
