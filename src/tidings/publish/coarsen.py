"""Days and points made coarser: a month for a day, the middle of a square for a point, its radius said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from math import ceil, cos, floor, radians, sqrt
from typing import Any

from tidings.model import parse_edtf
from tidings.publish.pieces import form_of, pieces
from tidings.publish.profile import PlaceRule

__all__ = ["coarse_day", "coarse_edtf", "coarse_point", "rule_for"]

Row = Mapping[str, Any]
_METRES_A_DEGREE = 111_320.0
_DISTRICT_M = 10_000
"""From this radius on a coarsened place is called a district, below it is near."""


def coarse_day(day: str, grain: str, *, last: bool) -> str:
    """Return the first or last day of the month or year that holds a day; empty stays empty, and ``nothing`` empties.

    Args:
        day: ISO 8601, or empty for an open end.
        grain: day, month, year or nothing.
        last: Whether the day is a latest one, which moves to the end of its month.
    """
    if not day or grain == "nothing":
        return ""
    if grain == "day":
        return day
    held = date.fromisoformat(day)
    first = held.replace(day=1, month=held.month if grain == "month" else 1)
    if not last:
        return first.isoformat()
    after = date(first.year + 1, 1, 1) if grain == "year" else (first + timedelta(days=32)).replace(day=1)
    return (after - timedelta(days=1)).isoformat()


def coarse_edtf(words: str, grain: str) -> str:
    """Return an EDTF string of no finer grain: ``2015-06-25`` becomes ``2015-06``."""
    if not words or grain == "nothing":
        return ""
    if grain == "day":
        return words
    when = parse_edtf(words)
    first, last = when.earliest, when.latest
    size = 7 if grain == "month" else 4
    left = first.isoformat()[:size] if first else ".."
    right = last.isoformat()[:size] if last else ".."
    return left if left == right else f"{left}/{right}"


def rule_for(row: Row, rules: tuple[PlaceRule, ...]) -> PlaceRule | None:
    """Return the first rule that a place falls under, by its kind or by a word of one of its names."""
    if row["kind"] != "place":
        return None
    words = {piece.form for name in (row["name"], *row["aliases"]) for piece in pieces(name)}
    # In scripts whose signs are pieces, and for words of several pieces, the name is looked through as a whole.
    whole = " ".join("".join(piece.form for piece in pieces(name)) for name in (row["name"], *row["aliases"]))
    for rule in rules:
        if row["place_kind"] in rule.kinds:
            return rule
        for word in rule.words:
            form = _form(word)
            if form in words or f"{form}s" in words or (not word.isascii() and form in whole):
                return rule
    return None


@cache
def _form(word: str) -> str:
    """Return the plain form of a rule's word."""
    return form_of(word) if word.isascii() else "".join(piece.form for piece in pieces(word))


def coarse_point(row: Row, rule: PlaceRule, parent: Row | None) -> dict[str, Any]:
    """Return the cells of a place that say where it is, coarsened.

    The middle of a square is that of a fixed net over the globe, so that the same place always gives the same point, and no number
    of copies gives more than one square. The radius holds the whole square and what was unknown before.
    """
    hidden: dict[str, Any] = {"geometry": None, "anchor": None, "ids": {}, "method": f"coarsened: {rule.name}"}
    nowhere = {"lat": None, "lon": None, "radius_m": None, "precision": "unknown", **hidden}
    if rule.to == "keep" or row["lat"] is None or row["lon"] is None:
        return {} if rule.to == "keep" else nowhere
    if rule.to == "parent" and parent is not None and parent["lat"] is not None:
        radius = max(parent["radius_m"] or 0, row["radius_m"] or 0)
        return {
            "lat": parent["lat"],
            "lon": parent["lon"],
            "radius_m": radius or None,
            "precision": "near" if radius < _DISTRICT_M else "district",
            **hidden,
        }
    if rule.to != "grid":
        return nowhere
    step = rule.grid_m / _METRES_A_DEGREE
    lat = (floor(row["lat"] / step) + 0.5) * step
    # Degrees east grow shorter towards the poles: a row of squares has its own width.
    wide = step / max(0.01, cos(radians(lat)))
    lon = (floor(row["lon"] / wide) + 0.5) * wide
    radius = ceil(rule.grid_m / sqrt(2)) + (row["radius_m"] or 0)
    return {
        "lat": round(max(-90.0, min(90.0, lat)), 4),
        "lon": round(max(-180.0, min(180.0, lon)), 4),
        "radius_m": radius,
        "precision": row["precision"]
        if row["precision"] in {"district", "province", "country"}
        else "near"
        if radius < _DISTRICT_M
        else "district",
        **hidden,
    }
