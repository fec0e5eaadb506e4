"""A growing list of constraints with their quotations, and the names of points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tidings.date.soft import assumption
from tidings.model import Constraint, DocId, Document, content_id

__all__ = ["Quoted", "Sheet", "doc_point", "end_point", "start_point"]


def doc_point(document: str) -> str:
    """Return the point of a report's day."""
    return f"doc:{document}"


def start_point(of: str) -> str:
    """Return the point at which a claim, an event or words about time start."""
    return f"start:{of}"


def end_point(of: str) -> str:
    """Return the point at which a claim, an event or words about time end."""
    return f"end:{of}"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where the words that justify a constraint stand."""

    document: DocId | None = None
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Sheet:
    """Constraints as they are collected, each with the words that say so."""

    documents: Mapping[str, Document]
    constraints: dict[str, Constraint] = field(default_factory=dict)

    def add(
        self,
        a: str,
        b: str,
        least: int | None,
        most: int | None,
        *,
        kind: str,
        by: Quoted,
        rule: str = "",
        reason: str = "",
        weekday: int | None = None,
        weekdays: tuple[int, ...] = (),
        yearly: tuple[int, ...] = (),
    ) -> None:
        """Add ``least <= day(b) - day(a) <= most``; a rule of the assumed kind brings its reason from the table."""
        document = self.documents.get(by.document) if by.document is not None else None
        if document is not None and document.known and kind == "explicit" and rule != "order":
            kind = "known"
        quote = document.text[by.start : by.end] if document is not None and by.start is not None else ""
        if kind == "assumed" and not reason:
            reason = str(assumption(rule)["reason"])
        identity = content_id(
            "k", a, b, least, most, kind, by.document, by.start, by.end, weekday, weekdays, yearly, rule
        )
        self.constraints[identity] = Constraint(
            id=identity,
            a=a,
            b=b,
            least_days=least,
            most_days=most,
            kind=kind,
            document=by.document,
            start=by.start,
            end=by.end,
            quote=quote,
            weekday=weekday,
            weekdays=weekdays,
            yearly=yearly,
            rule=rule,
            reason=reason,
        )
