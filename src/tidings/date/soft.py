"""What soft words about time are taken to mean, from ``soft_words.toml``, and how strong each kind of constraint is."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from tidings.model import Constraint

__all__ = ["assumption", "length", "loose", "part_of_month", "part_of_year", "report_range", "strength", "table"]

_KINDS = {"assumed": 0, "soft": 1, "explicit": 2, "known": 3}
_STRUCTURE = 9
"""Strength of what is true of any happening: it does not end before it starts."""


@cache
def table() -> dict[str, Any]:
    """Return the table of soft words."""
    source = files("tidings.date").joinpath("soft_words.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _assumptions() -> dict[str, int]:
    return {name: place for place, name in enumerate(table()["assumed"])}


def strength(one: Constraint) -> tuple[int, int]:
    """Return how strong a constraint is: the weakest of a clash is dropped, an assumption first.

    Among assumptions the order of the table decides: the one that stands first gives way first.
    """
    if one.kind == "explicit" and one.rule == "order":
        return (_STRUCTURE, 0)
    return (_KINDS[one.kind], _assumptions().get(one.rule, 99) if one.kind == "assumed" else 0)


def assumption(name: str) -> dict[str, Any]:
    """Return an entry of the table of assumptions, with its ``reason``."""
    entry: dict[str, Any] = table()["assumed"][name]
    return entry


def report_range(name: str) -> dict[str, Any]:
    """Return the entry of words counted from the report: ``least``, ``most``, ``reason``, perhaps ``weekdays``."""
    entry: dict[str, Any] = table()["report"][name]
    return entry


def loose(name: str) -> dict[str, Any] | None:
    """Return the entry of words that count from another happening with no number, or None."""
    entry: dict[str, Any] | None = table()["loose"].get(name)
    return entry


def length(name: str, unit: str, number: float | None, last: float | None = None) -> tuple[int, int, str]:
    """Return the least and most days that a length means, and the reason.

    Args:
        name: The rule ("exact", "little_over", "few" …).
        unit: hour, day, week, month or year.
        number: How many; None where the words say none ("a few").
        last: The upper number of a range ("two to three weeks"), or None.
    """
    rule, nominal = table()["lengths"][name], table()["units"][unit]
    if "numbers" in rule or number is None:
        first, second = rule.get("numbers", (1, 1))
        least, most = first * nominal["days"], second * nominal["days"]
        off = (0, 0) if unit == "day" else nominal["off"]
        return max(0, math.floor(least + off[0])), math.ceil(most + off[1]), str(rule["reason"])
    least, most = number * nominal["days"], (last if last is not None else number) * nominal["days"]
    share = rule.get("share", (0, 0))
    added = rule.get(unit, (0, 0))
    off = nominal.get("single", nominal["off"]) if number == 1 and last is None else nominal["off"]
    rounded = off if rule.get("rounded") or unit == "hour" else (0, 0)
    low = math.floor(least * (1 + share[0]) + min(added[0], 0) + min(rounded[0], 0)) + max(added[0], 0)
    high = math.ceil(most * (1 + share[1]) + added[1] + rounded[1])
    if unit == "hour":
        low = 0 if number < 24 else math.floor(least)
    low = max(0, low)
    return low, max(low, high), f"{rule['reason']}; {nominal['reason']}" if rule.get("rounded") else str(rule["reason"])


def part_of_month(name: str) -> tuple[int, int, str]:
    """Return the first and last day of a month that a part of it means ("mid"), and the reason."""
    entry = table()["months"][name]
    return int(entry["first"]), int(entry["last"]), str(entry["reason"])


def part_of_year(name: str) -> tuple[int, int, str]:
    """Return the first and last month of a year that a part or season of it means, and the reason."""
    entry = table()["years"].get(name) or table()["seasons"][name]
    return int(entry["first"]), int(entry["last"]), str(entry["reason"])
