"""The list of what was changed in a copy, and why: never the words that were taken out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

__all__ = ["Change", "as_csv", "as_jsonl", "counted"]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change: in which table, at which id of the copy, in which column, what was done, by which section of the profile."""

    table: str
    id: str
    column: str
    what: str
    why: str


def as_jsonl(changes: Iterable[Change]) -> str:
    """Return changes as JSON Lines."""
    return "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in changes)


def as_csv(changes: Iterable[Change]) -> str:
    """Return changes as CSV; ``why`` names a section of the profile, which gives the reason."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "id", "column", "what", "why"))
    for one in changes:
        writer.writerow((one.table, one.id, one.column, one.what, one.why))
    return out.getvalue()


def counted(changes: Iterable[Change]) -> list[tuple[str, int]]:
    """Return what was done and how often, the most frequent first."""
    held = Counter(one.what for one in changes)
    return sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))
