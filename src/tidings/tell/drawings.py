"""Drawings for the brief as SVG strings: a strip of days, and ranges of casualties. No script, no outside font."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from html import escape
from math import sqrt
from typing import Any

__all__ = ["days_strip", "ranges"]

Row = Mapping[str, Any]
WIDTH = 720
_LANES = ("event", "control", "casualties", "displacement", "custody", "property", "relation")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _ticks(first: date, last: date) -> list[date]:
    span = (last - first).days
    if span <= 45:
        step = 7 if span > 14 else max(1, span // 7 or 1)
        return [first + timedelta(days=n) for n in range(0, span + 1, step)]
    every = 1 + span // 400
    out, year, month = [], first.year, first.month
    while date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            out.append(date(year, month, 1))
        month += every
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return out


def days_strip(events: Iterable[Row]) -> str:
    """Return a strip of happenings by day, one lane a kind; bars run from the earliest to the latest day possible.

    Only happenings with both ends within the busiest year are drawn, so that one far memory does not flatten the rest.
    ``events`` are rows of the table ``events``. Empty when fewer than two have days.
    """
    dated = [
        (first, last, str(row["kind"]), str(row.get("type", "")), str(row.get("time", "")))
        for row in events
        if row["kind"] in _LANES
        and (first := _day(row.get("time_earliest"))) is not None
        and (last := _day(row.get("time_latest"))) is not None
    ]
    if not dated:
        return ""
    middle = sorted(last for _, last, *_ in dated)[len(dated) // 2]
    near = [row for row in dated if abs((row[0] - middle).days) <= 90 and abs((row[1] - middle).days) <= 90]
    if len(near) < 2:
        return ""
    begin, end = min(row[0] for row in near), max(row[1] for row in near)
    span = max(1, (end - begin).days + 1)
    left, right = 104, WIDTH - 12
    lanes = [kind for kind in _LANES if any(row[2] == kind for row in near)]
    height = 26 * len(lanes) + 34

    def x(day: date) -> float:
        return left + (right - left) * (day - begin).days / span

    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Happenings by day" class="drawing">',
        f"<title>Happenings by day, {begin.isoformat()} to {end.isoformat()}</title>",
    ]
    for tick in _ticks(begin, end):
        parts.append(f'<line x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="6" y2="{height - 24}" class="tick"/>')
        label = f"{tick.day} {tick:%b}" if span <= 120 else f"{tick:%b %Y}"
        parts.append(f'<text x="{x(tick):.1f}" y="{height - 8}" class="label">{label}</text>')
    for lane, kind in enumerate(lanes):
        y = 10 + 26 * lane
        parts.append(f'<text x="0" y="{y + 12}" class="lane">{escape(kind)}</text>')
        for first, last, row_kind, type_, time in near:
            if row_kind == kind:
                width = max(3.0, x(last + timedelta(days=1)) - x(first))
                name = escape(f"{type_.replace('_', ' ')}: {time}")
                parts.append(
                    f'<rect x="{x(first):.1f}" y="{y}" width="{width:.1f}" height="15" rx="2" class="bar {kind}"><title>{name}</title></rect>'
                )
    parts.append("</svg>")
    return "".join(parts)


def ranges(figures: Iterable[Row]) -> str:
    """Return one bar a figure with a number: from the smallest floor to the largest ceiling, open ends faded.

    ``figures`` are rows of the table ``figures``. Each bar has its own scale line; numbers stand beside it, because a
    figure for a month and one for a morning share no scale. Empty when no figure has a number.
    """
    rows = [row for row in figures if row.get("low") is not None or row.get("high") is not None][:24]
    if not rows:
        return ""
    top = max(max(float(row.get("high") or 0), float(row.get("low") or 0)) for row in rows) or 1.0
    left, right = 330, WIDTH - 96
    height = 30 * len(rows) + 8
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Casualties as ranges" class="drawing">',
        "<title>Casualties as ranges, square-root scale</title>",
    ]

    def x(number: float) -> float:
        return left + (right - left) * sqrt(max(number, 0.0) / top)

    for n, row in enumerate(rows):
        y = 6 + 30 * n
        low, high = row.get("low"), row.get("high")
        start = float(low if low is not None else 0)
        stop = float(high if high is not None else low or 0)
        group = ", ".join(str(name) for name in row.get("group") or ["people"])
        label = f"{group}, {str(row.get('measure', '')).replace('_', ' ')}"
        label = label if len(label) < 46 else label[:45] + "…"
        shown = _range_words(low, high)
        parts.append(f'<text x="0" y="{y + 14}" class="lane">{escape(label)}</text>')
        width = max(4.0, x(stop) - x(start))
        kind = "open" if low is None or high is None else "closed"
        parts.append(
            f'<rect x="{x(start):.1f}" y="{y}" width="{width:.1f}" height="18" rx="2" class="range {kind}">'
            f"<title>{escape(shown)}</title></rect>"
        )
        parts.append(f'<text x="{x(stop) + 12:.1f}" y="{y + 14}" class="label start">{escape(shown)}</text>')
    parts.append("</svg>")
    return "".join(parts)


def _range_words(low: object, high: object) -> str:
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"≥ {low:,}" if low is not None else f"≤ {high:,}"
