"""Words for screens: kinds, columns, numbers and days in plain English, of nobody's side."""

from __future__ import annotations

from datetime import date
from typing import Any

__all__ = ["KINDS", "ROOMS", "days", "name_of", "number", "plainly", "span"]

ROOMS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("", (("/", "Overview"), ("/review", "Review"), ("/search", "Search"))),
    ("Read", (("/reports", "Reports"), ("/events", "Happenings"), ("/timeline", "Timeline"), ("/map", "Map"), ("/brief", "Brief"))),
    (
        "Ledgers",
        (
            ("/ledger/casualties", "Casualties"),
            ("/ledger/control", "Control"),
            ("/ledger/movements", "Movements"),
            ("/ledger/custody", "Custody"),
            ("/ledger/property", "Property"),
            ("/ledger/relations", "Relations"),
        ),
    ),
    (
        "Compare",
        (("/contradictions", "Contradictions"), ("/echoes", "Echoes"), ("/sources", "Sources"), ("/entities", "Names and places")),
    ),
)  # fmt: skip
"""The rooms in the order of the menu, by group."""

KINDS = {
    "event": "Fighting and events",
    "control": "Control of places",
    "casualties": "Casualties",
    "displacement": "Movements of people",
    "custody": "Custody",
    "property": "Property",
    "relation": "Relations",
    "statement": "Statements",
}

_TYPES = {
    "killed_or_wounded": "killed or wounded",
    "gained": "taken",
    "held": "held",
    "lost": "lost",
    "gathered": "gathered",
    "same_origin": "same origin",
}


def plainly(word: Any) -> str:
    """Return a word of the tables for reading: ``ground_attack`` becomes "ground attack"."""
    if word is None:
        return ""
    if isinstance(word, list | tuple):
        return ", ".join(plainly(one) for one in word)
    return _TYPES.get(str(word), str(word).replace("_", " "))


def number(low: int | None, high: int | None) -> str:
    """Return a number with both ends: ``20``, ``20–30``, ``at least 20``, ``up to 30``, ``unknown``."""
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,}–{high:,}"
    if low is not None:
        return f"at least {low:,}"
    return f"up to {high:,}" if high is not None else "no number"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def span(first: str, last: str) -> str:
    """Return two days as one would write them: "25 June 2015", "25–27 June 2015", "after 25 June 2015"."""
    a, b = _day(first), _day(last)
    if a is None and b is None:
        return ""
    if a is None and b is not None:
        return f"by {b.day} {b:%B %Y}"
    if b is None and a is not None:
        return f"from {a.day} {a:%B %Y}"
    if a is None or b is None:
        return ""
    if a == b:
        return f"{a.day} {a:%B %Y}"
    if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31):
        return str(a.year) if a.year == b.year else f"{a.year}–{b.year}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{b.day} {b:%B %Y}"
    if a.year == b.year:
        return f"{a.day} {a:%b} – {b.day} {b:%b %Y}"
    return f"{a.day} {a:%b %Y} – {b.day} {b:%b %Y}"


def days(row: dict[str, Any]) -> str:
    """Return the days of a row in words; empty where none are known."""
    for first, last in (
        ("time_earliest", "time_latest"),
        ("from_earliest", "until_latest"),
        ("published_earliest", "published_latest"),
    ):
        if row.get(first) or row.get(last):
            return span(row.get(first) or "", row.get(last) or "")
    return ""


def _and(names: Any) -> str:
    held = [str(one) for one in names or [] if one]
    return held[0] if len(held) == 1 else ", ".join(held[:-1]) + f" and {held[-1]}" if held else ""


def name_of(row: dict[str, Any]) -> str:
    """Return what happened in one line: "Ground attack by X on Y in Z", "Killed: civilians in Z"."""
    kind, type_ = str(row.get("kind") or ""), str(row.get("type") or "")
    words = plainly(type_ or kind).capitalize()
    agents, targets, places = _and(row.get("agents")), _and(row.get("targets")), _and(row.get("places"))
    if kind == "casualties":
        words += f": {targets}" if targets else ""
        words += f" by {agents}" if agents else ""
    elif kind == "relation" or type_ in {"armed_clash", "negotiation", "agreement", "meeting"}:
        both = [*(row.get("agents") or []), *(row.get("targets") or [])]
        words += f" {'between' if len(both) > 1 else 'with'} {_and(both)}" if both else ""
    else:
        joint = {"control": " to " if type_ == "lost" else " from "}.get(
            kind, " on " if kind == "event" and agents else " of "
        )
        whose = f"{joint}{targets}" if targets else ""
        whom = f" by {agents}" if agents else ""
        words += whose + whom if kind in {"custody", "displacement", "property"} else whom + whose
    return f"{words} in {places}" if places else words
