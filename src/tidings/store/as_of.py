"""Which reports had been published by a day: surely, possibly, or not yet.

A report counts as published by a day when the last day that its publication can have is that day or an earlier one. Where only
the first possible day is, it may have been published by then and may not: it is counted, and left out of what was known. A row
of known days stands from the day on which its happening was surely over.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from tidings.errors import UsageError
from tidings.model import parse_edtf
from tidings.store.schema import contract

__all__ = ["Published", "day_of", "published_by"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """Ids of the reports of a record, each in one of three: ``surely``, ``possibly`` or ``later``, in the order of their ids.

    ``day`` is in ISO 8601.
    """

    day: str
    surely: tuple[str, ...]
    possibly: tuple[str, ...]
    later: tuple[str, ...]


def day_of(words: str) -> str:
    """Return the last day of what was written, in ISO 8601: 2015-07-01, 2015-07 or 2015.

    Raises:
        UsageError: It is no day.
    """
    message = f"{words!r} is no day. Write 2015-07-01, 2015-07 or 2015."
    try:
        latest = parse_edtf(words).latest
    except ValueError as error:
        raise UsageError(message) from error
    if latest is None:
        raise UsageError(message)
    return latest.isoformat()


def published_by(connection: Connection, day: str) -> Published:
    """Return which reports of the record had been published by ``day`` (ISO 8601), by the days that the record gives them."""
    documents = contract["documents"].c
    held = connection.execute(
        select(documents.id, documents.known, documents.published_earliest, documents.published_latest)
    ).all()
    facts = _days_of_facts(connection)
    found: dict[str, list[str]] = {"surely": [], "possibly": [], "later": []}
    for one, known, first, last in sorted(held):
        earliest, latest = facts.get(one, ("", "")) if known else (first or "", last or "")
        if latest and latest <= day:
            found["surely"].append(one)
        elif earliest and earliest > day:
            found["later"].append(one)
        else:
            found["possibly"].append(one)
    return Published(day=day, **{name: tuple(ids) for name, ids in found.items()})


def _days_of_facts(connection: Connection) -> dict[str, tuple[str, str]]:
    """Return, for each row of known days, the first and the last day that its claims give."""
    claims, documents = contract["claims"].c, contract["documents"].c
    query = (
        select(claims.document, claims.time_earliest, claims.time_latest)
        .where(claims.document == documents.id)
        .where(documents.known.is_(True))
    )
    days: dict[str, tuple[str, str]] = {}
    for one, earliest, latest in connection.execute(query):
        first, last = days.get(one, (earliest or "", latest or ""))
        days[one] = (min(first, earliest or ""), "" if not (last and latest) else max(last, latest))
    return days
