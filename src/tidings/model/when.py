"""Time with both ends: four days inside, EDTF outside.

The four days bound a happening that starts and ends: its start lies in start_earliest..start_latest, its
end in end_earliest..end_latest. None is an open end. EDTF is the Extended Date/Time Format of ISO 8601-2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

__all__ = ["UNKNOWN", "TimeWords", "When", "parse_edtf"]

from tidings.model.ids import ClaimId, DocId, TimeId


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """Days between which something started and ended.

    ``choices`` holds the only days possible where they do not form an interval ("one of these Thursdays").
    ``basis`` says in a few words where the days come from ("printed date", "sidecar", "constraints").
    ``lasts`` is True where the happening is known to have gone on over the whole interval.
    """

    start_earliest: date | None = None
    start_latest: date | None = None
    end_earliest: date | None = None
    end_latest: date | None = None
    choices: tuple[date, ...] = ()
    basis: str = ""
    lasts: bool = False

    @property
    def known(self) -> bool:
        """Whether anything at all is known."""
        return self.start_earliest is not None or self.end_latest is not None

    @property
    def earliest(self) -> date | None:
        """The first day on which it can have happened."""
        return self.start_earliest

    @property
    def latest(self) -> date | None:
        """The last day on which it can have happened."""
        return self.end_latest

    def edtf(self) -> str:
        """Return the Extended Date/Time Format string; empty when nothing is known."""
        if not self.known:
            return ""
        if len(self.choices) > 1:
            return "[" + ",".join(day.isoformat() for day in self.choices) + "]"
        if self.earliest is not None and self.earliest == self.latest:
            return self.earliest.isoformat()
        left = ".." if self.earliest is None else self.earliest.isoformat()
        right = ".." if self.latest is None else self.latest.isoformat()
        return f"{left}/{right}"

    def meets(self, other: When) -> bool:
        """Return whether the two can share a day; what is unknown can."""
        if self.choices and other.choices and not set(self.choices) & set(other.choices):
            return False
        starts = [day for day in (self.earliest, other.earliest) if day is not None]
        ends = [day for day in (self.latest, other.latest) if day is not None]
        return not starts or not ends or max(starts) <= min(ends)

    def named(self, basis: str) -> When:
        """Return the same days with another basis."""
        return replace(self, basis=basis)

    @classmethod
    def day(cls, day: date, *, basis: str = "") -> When:
        """Return a single day."""
        return cls(start_earliest=day, start_latest=day, end_earliest=day, end_latest=day, basis=basis)

    @classmethod
    def between(cls, first: date | None, last: date | None, *, basis: str = "", lasts: bool = False) -> When:
        """Return a happening that lies somewhere within ``first`` to ``last``, or lasts over it."""
        if lasts:
            return cls(
                start_earliest=first, start_latest=first, end_earliest=last, end_latest=last, basis=basis, lasts=True
            )
        return cls(start_earliest=first, start_latest=last, end_earliest=first, end_latest=last, basis=basis)


UNKNOWN = When()
_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]?\Z")


def _ends(part: str) -> tuple[date, date]:
    found = _PART.match(part.strip())
    if not found:
        msg = f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {part!r}"
        raise ValueError(msg)
    year, month, day = (int(group) if group else 0 for group in found.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        after = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), after - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def parse_edtf(words: str, *, basis: str = "") -> When:
    """Return the days that an EDTF string of the subset used here allows.

    Dates, months, years, intervals with open ends and one-of-a-set ``[a,b]`` are understood; ``~``, ``?`` and
    ``%`` are read past. An empty string is :data:`UNKNOWN`.

    Raises:
        ValueError: The string is none of these.
    """
    words = words.strip()
    if not words:
        return UNKNOWN
    if words[0] in "[{":
        days = tuple(sorted(_ends(part)[0] for part in words.strip("[]{}").split(",")))
        return replace(When.between(days[0], days[-1], basis=basis), choices=days)
    if "/" in words:
        left, right = words.split("/", 1)
        first = None if left in {"", ".."} else _ends(left)[0]
        last = None if right in {"", ".."} else _ends(right)[1]
        return When.between(first, last, basis=basis)
    first, last = _ends(words)
    return When.between(first, last, basis=basis)


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeWords:
    """Words in a report that say when, before any calendar is known.

    ``anchor`` says what the days are counted from: ``calendar`` (``first``/``last`` give absolute days),
    ``report`` (the day of the report), ``span`` (the happening whose words lie at ``of_start..of_end``).
    The happening *starts* ``least``..``most`` days after the anchor (negative: before); None is open.
    ``weekday`` (0 Monday) narrows the day; ``month``/``day`` stand for dates without a year (year 0),
    ``month_last``/``day_last`` for the end of such a range ("June 25-27").
    ``shape`` is ``point`` (somewhere within), ``since`` (from then until the anchor of the report),
    ``until``, ``lasting`` (over all of it, with ``length_least``..``length_most`` days where said), ``within`` (somewhere
    between the anchor and the days counted from it: "in the past two weeks"), ``before`` or ``after`` (on one side of it),
    ``dateline`` (the report's own day, printed over or before its words).
    ``soft`` names the entry of the soft-words table that gives the range, empty for explicit words: the reader leaves
    ``least``/``most`` None there and keeps what was said in ``number``, ``unit`` (day, week, month, year, hour) and
    ``sign`` (-1 before the anchor, 1 after it, 0 a mere length), so that whoever edits the table moves the days.
    ``of_edge`` is ``start`` or ``end`` where the words name that end of the other happening ("after the start of").
    ``reporting`` is True where the words date the saying ("reported on Thursday"), not the happening.
    ``governor_start`` is where the word stands that the words hang on by syntax ("fled" in "fled on Thursday").
    """

    id: TimeId
    document: DocId
    start: int
    end: int
    text: str
    anchor: str
    shape: str = "point"
    first: date | None = None
    last: date | None = None
    least: int | None = None
    most: int | None = None
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    month_last: int | None = None
    day_last: int | None = None
    of_start: int | None = None
    of_end: int | None = None
    of_claim: ClaimId | None = None
    length_least: int | None = None
    length_most: int | None = None
    soft: str = ""
    number: float | None = None
    number_last: float | None = None
    unit: str = ""
    sign: int = 0
    of_edge: str = ""
    reporting: bool = False
    governor_start: int | None = None
