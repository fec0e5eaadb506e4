"""The list of what was changed in a copy, and why: never the words that were taken out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

__all__ = ["Change", "as_csv", "as_jsonl", "counted"]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change: in which table, at which id of the copy, in which column, what was done, by which section of the profile."""

    table: str
    id: str
    column: str
    what: str
    why: str


_NAMES = ("table", "id", "column", "what", "why")
_values = attrgetter(*_NAMES)


def as_jsonl(changes: Iterable[Change]) -> Iterator[str]:
    """Yield changes as JSON Lines."""
    for one in changes:
        yield json.dumps(dict(zip(_NAMES, _values(one), strict=True)), ensure_ascii=False) + "\n"


def as_csv(changes: Iterable[Change]) -> Iterator[str]:
    """Yield changes as lines of CSV; ``why`` names a section of the profile, which gives the reason."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_NAMES)
    for one in changes:
        yield out.getvalue()
        out.seek(0)
        out.truncate()
        writer.writerow(_values(one))
    yield out.getvalue()


def counted(changes: Iterable[Change]) -> list[tuple[str, int]]:
    """Return what was done and how often, the most frequent first."""
    held = Counter(one.what for one in changes)
    return sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))
