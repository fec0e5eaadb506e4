"""Names, lists, days and numbers as the brief words them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tidings.model import When

__all__ = ["a_number", "a_range", "days", "listed", "names_of", "with_article"]

_TAKES_ARTICLE = {
    "government", "opposition", "coalition", "army", "forces", "force", "units", "front", "administration",
    "authorities", "party", "movement", "council", "observatory", "militias", "police", "parliament", "army.", "brigades",
}  # fmt: skip
_COUNTRIES = {"United Nations", "United States", "United Kingdom", "European Union", "African Union"}
_MONTHS = "January February March April May June July August September October November December".split()


def with_article(name: str) -> str:
    """Return a name with "the" where English wants it before a body's name ("the Syrian government")."""
    words = name.split()
    if name in _COUNTRIES:
        return f"the {name}"
    if len(words) > 1 and words[0].lower() not in {"the", "a", "an"} and words[-1].lower() in _TAKES_ARTICLE:
        return f"the {name}"
    return name


def listed(names: Iterable[str]) -> str:
    """Return names as a list in prose: "A", "A and B", "A, B and C"."""
    items = list(dict.fromkeys(names))
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def _day(day: date, *, year: bool = True) -> str:
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def days(when: When) -> str:
    """Return days in prose with both ends said: "on 25 June 2015", "between 10 and 12 July 2015"; empty if unknown."""
    first, last = when.earliest, when.latest
    if len(when.choices) > 1:
        one_year = when.choices[0].year == when.choices[-1].year
        shown = [_day(day, year=not one_year) for day in when.choices[:6]]
        more = len(when.choices) - len(shown)
        listed_days = ", ".join(shown) + " or a later one" if more else f"{', '.join(shown[:-1])} or {shown[-1]}"
        return f"on one of these days: {listed_days}" + (f" {when.choices[-1].year}" if one_year else "")
    if first is not None and last is not None:
        if first == last:
            return f"on {_day(first)}"
        if when.lasts:
            return f"from {_day(first, year=first.year != last.year)} to {_day(last)}"
        return f"between {_day(first, year=first.year != last.year)} and {_day(last)}"
    if first is not None:
        return f"on or after {_day(first)}"
    if last is not None:
        return f"on or before {_day(last)}"
    return ""


def a_number(number: int) -> str:
    """Return a number with thousands set apart."""
    return f"{number:,}"


def a_range(low: int | None, high: int | None) -> str:
    """Return a count with both ends said: "20", "20 to 30", "at least 20", "up to 30"; empty when there is none."""
    if low is not None and high is not None:
        return a_number(low) if low == high else f"{a_number(low)} to {a_number(high)}"
    if low is not None:
        return f"at least {a_number(low)}"
    if high is not None:
        return f"up to {a_number(high)}"
    return ""


def names_of(ids: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return the display names of some entities, each once, those without a name left out."""
    return [names[entity] for entity in dict.fromkeys(ids) if names.get(entity)]
