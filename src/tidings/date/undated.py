"""What the months that a report names without a year say of the year it was written in."""

from __future__ import annotations

from datetime import date

from tidings.date.building import Quoted, Sheet, doc_point
from tidings.date.calendar_days import count
from tidings.date.lookup import Lookup
from tidings.date.network import ORIGIN
from tidings.date.publication import known_day
from tidings.date.soft import part_of_year
from tidings.model import Document, TimeWords

__all__ = ["turned_year"]

_LAST_THIRD = 9
"""Month from which a year is so nearly over that it is named by its number in the next one only."""


def turned_year(sheet: Sheet, document: Document, look: Lookup) -> None:
    """Hold a report without a day of its own to the year after the last that it names, where it also names bare months.

    A writer leaves the year off the months of the year that is running, and names it for those before: "formed in late
    2014 ... in January they arrested" was written in 2015. Where the year is named for its first months or as a whole, the
    report may be from any later year.

    Args:
        sheet: Where constraints are collected.
        document: The report.
        look: Its words.
    """
    if document.known or known_day(document) is not None:
        return
    said = [one for one in look.words.values() if not look.in_quotes(one) and one.shape != "dateline"]
    bare = [one for one in said if one.anchor == "report" and one.month is not None]
    ends = [(end, one) for one in said if (end := _end(one)) is not None]
    if not bare or not ends:
        return
    end, words = max(ends, key=lambda pair: (pair[0], -pair[1].start))
    by = Quoted(document.id, words.start, words.end)
    most = count(date(end.year + 1, 12, 31)) if end.month >= _LAST_THIRD and _is_late(words) else None
    least = count(date(end.year + 1, 1, 1))
    sheet.add(ORIGIN, doc_point(document.id), least, most, kind="assumed", by=by, rule="turned_year")


def _end(words: TimeWords) -> date | None:
    """Return the last day of what words of the calendar name."""
    if words.anchor != "calendar" or words.last is None:
        return None
    part, _, what = words.soft.rpartition("_")
    if what == "year" and part:
        return date(words.last.year, part_of_year(part)[1], 28)
    return words.last


def _is_late(words: TimeWords) -> bool:
    """Whether words name the last part of a year, not the whole of it."""
    return words.soft.endswith("_year") or (words.first is not None and words.first.month >= _LAST_THIRD)
