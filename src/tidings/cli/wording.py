"""Cells as one line of text for a terminal."""

from __future__ import annotations

from typing import Any

__all__ = ["cell"]

_LONGEST = 160
"""Characters of a cell shown in a table; --json and ``tidings why`` show the whole."""


def cell(value: Any, column: str = "") -> str:
    """Return a cell in words, cut where it would fill the screen."""
    words = _words(value, column)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _words(value: Any, column: str) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, dict):
        if "low" in value and "high" in value:
            return _count(value)
        return ", ".join(f"{key} {_words(part, '')}" for key, part in value.items() if part not in (None, ""))
    if isinstance(value, list):
        return (" → " if column == "chain" else ", ").join(_words(part, "") for part in value)
    if isinstance(value, float):
        return f"{value:g}"
    return " ".join(str(value).split())


def _count(value: dict[str, Any]) -> str:
    low, high = value["low"], value["high"]
    if low is None and high is None:
        return str(value.get("text", ""))
    if low is None:
        return f"≤ {high}"
    if high is None:
        return f"≥ {low}"
    return str(low) if low == high else f"{low}–{high}"
