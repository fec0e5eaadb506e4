"""A report's own day: as it or its sidecar says it, and as the days of the week that it names allow."""

from __future__ import annotations

from datetime import date

from tidings.date.building import Quoted, Sheet, doc_point
from tidings.date.calendar_days import count
from tidings.date.lookup import Lookup
from tidings.date.network import ORIGIN
from tidings.date.soft import assumption
from tidings.model import Document, TimeWords

__all__ = ["WORKED_OUT", "known_day", "last_day_named", "own_day"]

WORKED_OUT = "constraints"
"""The basis of a publication day that no report or sidecar says."""


def known_day(document: Document) -> date | None:
    """Return the report's day where it or its sidecar says it, else None."""
    published = document.published
    single = published.earliest == published.latest and document.published_basis != WORKED_OUT
    return published.earliest if single and not document.known else None


def own_day(sheet: Sheet, document: Document, look: Lookup) -> None:
    """Add the report's own day, where it or its sidecar says it.

    Args:
        sheet: Where constraints are collected.
        document: The report.
        look: Its words.
    """
    if document.published_basis in {"", WORKED_OUT} and not document.known:
        for words in look.words.values():
            if words.shape == "dateline" and words.first is not None and words.last is not None:
                by = Quoted(document.id, words.start, words.end)
                sheet.add(
                    ORIGIN,
                    doc_point(document.id),
                    count(words.first),
                    count(words.last),
                    kind="explicit",
                    by=by,
                    rule="published",
                    reason="the report's day by its dateline",
                )
                break
    published = document.published
    # Days that an earlier dating worked out are no words of the report.
    if published.known and not document.known and document.published_basis != WORKED_OUT:
        low = None if published.earliest is None else count(published.earliest)
        high = None if published.latest is None else count(published.latest)
        by = look.printed_day()
        sheet.add(
            ORIGIN,
            doc_point(document.id),
            low,
            high,
            kind="explicit",
            by=by,
            rule="published",
            reason=f"the report's day by its {document.published_basis or 'own word'}",
        )


def last_day_named(sheet: Sheet, document: Document, look: Lookup) -> TimeWords | None:
    """Hold a report that names days of the week to the last of them or the days soon after, and return its words.

    Args:
        sheet: Where constraints are collected.
        document: The report.
        look: Its words.
    """
    named = [
        one
        for one in look.words.values()
        if one.weekday is not None and one.soft == "weekday" and one.month is None and not look.in_quotes(one)
    ]
    published = document.published
    said = document.published_basis != WORKED_OUT and published.earliest == published.latest
    if not named or document.known or (published.known and said):
        return None
    days = sorted({one.weekday for one in named if one.weekday is not None})
    # The last day named is the one from which all the others lie the fewest days back.
    spread = {day: max((day - other) % 7 for other in days) for day in days}
    last = min(days, key=lambda day: (spread[day], day))
    last_named = next(one for one in named if one.weekday == last)
    lag = int(assumption("weekday_lag")["days"])
    by = Quoted(document.id, last_named.start, last_named.end)
    sheet.add(
        ORIGIN, doc_point(document.id), None, None, kind="assumed", by=by, rule="weekday_lag",
        weekdays=tuple(sorted((last + shift) % 7 for shift in range(lag + 1))),
    )  # fmt: skip
    return last_named
