"""Charts as SVG, drawn on the server: no script, no style inside, every mark a link and a title. Tables stand behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from math import cos, pi, sin, sqrt
from typing import Any

from markupsafe import Markup, escape

from tidings.web.pages import link, neutral
from tidings.web.wording import number, plainly, span

__all__ = ["bits", "flows", "graph", "holdings", "lanes", "ranges"]

Row = dict[str, Any]
WIDTH = 860
LEFT = 190
_COLOURS = 7
_LIGHT = frozenset({"claimed", "contested", "lost"})
"""Standings drawn dashed: held is not what is said of them."""


def day_of(value: Any) -> date | None:
    """Return a day from ISO 8601, or None."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _words(value: str, most: int = 30) -> Markup:
    text = str(neutral(value))
    return escape(text if len(text) <= most else text[: most - 1] + "…")


def _svg(height: float, label: str, parts: Iterable[str], *, width: int = WIDTH) -> Markup:
    return Markup(  # noqa: S704 - made of numbers and escaped words
        f'<svg class="chart" viewBox="0 0 {width} {height:.0f}" role="group" aria-label="{escape(label)}">'
        + "".join(str(piece) for piece in parts)
        + "</svg>"
    )


def ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Return some days between two, each with its label: days, months or years."""
    length = (last - first).days + 1
    if length <= 60:
        step = next(one for one in (1, 2, 7, 14) if length / one <= 9)
        return [(first + timedelta(n), f"{first + timedelta(n):%-d %b}") for n in range(0, length, step)]
    every = next((one for one in (1, 2, 3, 6, 12, 24, 60, 120, 600) if length / 30.4 / one <= 9), 1200)
    out: list[tuple[date, str]] = []
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        at = date(year, month, 1)
        if at >= first:
            out.append((at, str(year) if every >= 12 else f"{at:%b %Y}" if month == 1 or not out else f"{at:%b}"))
        month += every
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        if year > 9990:
            break
    return out


class Axis:
    """Days along the width."""

    def __init__(self, first: date, last: date, *, left: float = LEFT, right: float = WIDTH - 12) -> None:
        self.first, self.last, self.left, self.right = first, last, left, right
        self._length = (last - first).days + 1

    def x(self, day: date) -> float:
        """Return where a day begins."""
        at = self.left + (self.right - self.left) * (day - self.first).days / self._length
        return min(max(at, self.left), self.right)

    def drawn(self, height: float) -> Iterable[str]:
        """Yield the lines and labels of the days."""
        for at, label in ticks(self.first, self.last):
            yield f'<line class="tick" x1="{self.x(at):.1f}" x2="{self.x(at):.1f}" y1="0" y2="{height - 20:.0f}"/>'
            yield f'<text class="mid" x="{self.x(at):.1f}" y="{height - 5:.0f}">{label}</text>'


def window(rows: Iterable[tuple[date | None, date | None]]) -> tuple[date, date] | None:
    """Return the days that hold nearly all of some intervals, so that one far memory does not flatten the rest."""
    ends = sorted(day for pair in rows for day in pair if day is not None)
    if not ends:
        return None
    low, high = ends[int(len(ends) * 0.04)], ends[min(len(ends) - 1, int(len(ends) * 0.96))]
    room = max(3, (high - low).days // 12)
    return max(low - timedelta(room), ends[0]), min(high + timedelta(room), ends[-1])


def lanes(
    rows: Sequence[Row], lane_of: Callable[[Row], Sequence[tuple[str, str]]], *, label: str, most: int = 12, days: tuple[date, date] | None = None, depth: int = 9
) -> Markup:  # fmt: skip
    """Return happenings as bars of four days, a lane for each value.

    The light bar runs from the first day possible to the last; the dark one over the days on which it must have gone on.

    Args:
        rows: Rows with ``id``, ``kind``, ``title``, ``days`` (start_earliest, start_latest, end_earliest, end_latest).
        lane_of: Returns the lanes of a row, each with its name and address.
        label: What the chart shows.
        most: Lanes drawn; the ones with most rows.
        days: First and last day drawn; else those that hold nearly all rows.
        depth: How many bars of a lane lie one under the other before they may hide each other.
    """
    held: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for lane in lane_of(row):
            held.setdefault(lane, []).append(row)
    chosen = sorted(held, key=lambda lane: (-len(held[lane]), lane))[:most]
    fit = days or window((row["days"][0], row["days"][3]) for lane in chosen for row in held[lane])
    if fit is None:
        return Markup("")
    axis = Axis(*fit)
    parts: list[str] = []
    y = 6.0
    for name, address in chosen:
        stacked, levels = _stacked(held[name, address], axis, depth)
        tall = max(20, 8 * levels + 8)
        text = f'<text class="name" x="0" y="{y + 14:.0f}">{_words(name, 27)}</text>'
        parts.append(f'<a href="{escape(address)}">{text}</a>' if address else text)
        for row, level in stacked:
            parts.append(_bar(row, axis, y + 4 + 8 * level))
        y += tall + 4
        parts.append(f'<line class="tick" x1="0" x2="{WIDTH}" y1="{y - 1:.0f}" y2="{y - 1:.0f}"/>')
    height = y + 24
    return _svg(height, label, [*axis.drawn(height), *parts])


def _stacked(rows: Sequence[Row], axis: Axis, most: int) -> tuple[list[tuple[Row, int]], int]:
    """Return rows each with the level at which it hides no other, up to a depth at which they may."""
    ends: list[float] = []
    out: list[tuple[Row, int]] = []
    for row in sorted(rows, key=lambda row: (row["days"][0] or date.min, row["id"])):
        first, last = row["days"][0] or axis.first, row["days"][3] or axis.last
        if last < axis.first or first > axis.last:
            continue
        start, stop = axis.x(max(first, axis.first)), axis.x(min(last, axis.last) + timedelta(1)) + 1.5
        level = next((at for at, end in enumerate(ends) if end <= start), None)
        if level is None:
            level = len(ends) if len(ends) < most else len(out) % most
            ends += [0.0] * (level + 1 - len(ends))
        ends[level] = max(ends[level], stop)
        out.append((row, level))
    return out, max(1, len(ends))


def _bar(row: Row, axis: Axis, y: float) -> str:
    a, b, c, d = row["days"]
    first, last = a or axis.first, d or axis.last
    x0, x1 = axis.x(max(first, axis.first)), axis.x(min(last, axis.last) + timedelta(1))
    title = escape(f"{neutral(row['title'])} · {span(a.isoformat() if a else '', d.isoformat() if d else '')}")
    shape = " open" if a is None or d is None else ""
    core = ""
    if b and c and b <= c:
        core = f'<rect class="b core {row["kind"]}" x="{axis.x(b):.1f}" y="{y:.1f}" width="{max(2.5, axis.x(c + timedelta(1)) - axis.x(b)):.1f}" height="6" rx="1"/>'
    return (
        f'<a href="{link(row["id"])}"><title>{title}</title>'
        f'<rect class="b {row["kind"]}{shape}" x="{x0:.1f}" y="{y:.1f}" width="{max(2.5, x1 - x0):.1f}" height="6" rx="1"/>{core}</a>'
    )


def ranges(rows: Sequence[Row]) -> Markup:
    """Return figures as ranges on a square-root scale: the bar from floor to ceiling, a stroke at the best, dashed where open."""
    drawn = [row for row in rows if row["low"] is not None or row["high"] is not None]
    if not drawn:
        return Markup("")
    top = max(row["high"] or row["low"] or 0 for row in drawn) * 1.25 or 1

    def x(value: float) -> float:
        return 300 + (WIDTH - 420) * sqrt(max(0, value) / top)

    height = 26 * len(drawn) + 30
    parts = []
    marks = sorted({round(top * part * part, -len(str(int(top * part * part))) + 1) for part in (0.25, 0.5, 0.75, 1)})
    for value in [0, *(int(one) for one in marks if one)]:
        parts.append(f'<line class="tick" x1="{x(value):.1f}" x2="{x(value):.1f}" y1="0" y2="{height - 22}"/>')
        parts.append(f'<text class="mid" x="{x(value):.1f}" y="{height - 6}">{value:,}</text>')
    for at, row in enumerate(drawn):
        y = 4 + 26 * at
        low, high = row["low"], row["high"]
        name = " · ".join(
            one for one in (plainly(row["measure"]), ", ".join(row["group"]), ", ".join(row["places"])) if one
        )
        start, stop = x(low or 0), x(high if high is not None else top)
        if high is not None and low == high:
            start, stop = start - 3, start + 3
        shape = " open" if low is None or high is None else ""
        parts.append(f'<a href="/why/{escape(row["id"])}"><title>{escape(neutral(name))}: {number(low, high)}</title>')
        parts.append(f'<text class="name" x="0" y="{y + 14}">{_words(name, 44)}</text>')
        parts.append(f'<rect class="b casualties{shape}" x="{start:.1f}" y="{y + 2}" width="{max(3, stop - start):.1f}" height="15" rx="2"/>')  # fmt: skip
        if row.get("best") is not None:
            parts.append(f'<line class="best" x1="{x(row["best"]):.1f}" x2="{x(row["best"]):.1f}" y1="{y}" y2="{y + 19}"/>')  # fmt: skip
        parts.append(f'<text x="{stop + 8:.1f}" y="{y + 14}">{number(low, high)}{" · contested" if row.get("contested") else ""}</text></a>')  # fmt: skip
    return _svg(height, "Figures with floor, best and ceiling", parts)


def holdings(rows: Sequence[Row]) -> tuple[Markup, list[tuple[str, int]]]:
    """Return who held which place when, a lane for each place, and the colours of the holders."""
    spans = [(day_of(row["from_earliest"]), day_of(row["until_latest"])) for row in rows]
    fit = window(spans)
    if fit is None:
        return Markup(""), []
    names: dict[str, int] = {}
    for row in rows:
        for one in row["holder"] or ["nobody named"]:
            names[one] = names.get(one, 0) + 1
    colours = {one: min(at, _COLOURS - 1) for at, one in enumerate(sorted(names, key=lambda one: (-names[one], one)))}
    axis = Axis(*fit)
    by_place: dict[str, list[tuple[Row, date | None, date | None]]] = {}
    for row, (first, last) in zip(rows, spans, strict=True):
        by_place.setdefault(row["place"] or "a place not named", []).append((row, first, last))
    parts: list[str] = []
    y = 4
    for place in by_place:
        parts.append(f'<text class="name" x="0" y="{y + 13}">{_words(place, 27)}</text>')
        for row, first, last in by_place[place]:
            x0 = axis.x(first or axis.first)
            x1 = axis.x(last + timedelta(1)) if last else axis.right
            who = ", ".join(row["holder"]) or "nobody named"
            title = escape(
                neutral(f"{place}: {plainly(row['standing'])} by {who}, {row['from'] or '?'} to {row['until'] or '?'}")
            )
            colour = f"h{colours[(row['holder'] or ['nobody named'])[0]]}"
            cls = f"b {colour}{' open' if row['standing'] in _LIGHT else ' held'}"
            ends = "" if first else f'<text class="end" x="{x0 - 3:.1f}" y="{y + 12}">…</text>'
            ends += "" if last else f'<text x="{x1 + 2:.1f}" y="{y + 12}">…</text>'
            parts.append(f'<a href="/why/{escape(row["id"])}"><title>{title}</title><rect class="{cls}" x="{x0:.1f}" y="{y + 2}" width="{max(4, x1 - x0):.1f}" height="13" rx="2"/></a>{ends}')  # fmt: skip
            y += 17
        y += 6
        parts.append(f'<line class="tick" x1="0" x2="{WIDTH}" y1="{y - 3}" y2="{y - 3}"/>')
    height = y + 22
    legend = sorted(colours.items(), key=lambda item: (item[1], item[0]))[:_COLOURS]
    return _svg(height, "Who held which place, by whose word", [*axis.drawn(height), *parts]), legend


def flows(rows: Sequence[Row]) -> Markup:
    """Return movements as bands from the places left to the places gone to."""
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for origin in row["origin"] or ["place not said"]:
            for goal in row["destination"] or row["shelter"] or ["place not said"]:
                pairs.setdefault((origin, goal), []).append(row)
    if not pairs:
        return Markup("")
    left = {one: at for at, one in enumerate(dict.fromkeys(a for a, _ in pairs))}
    right = {one: at for at, one in enumerate(dict.fromkeys(b for _, b in pairs))}
    height = 30 * max(len(left), len(right)) + 24
    x0, x1 = 260, WIDTH - 260
    parts = [f'<text class="end" x="{x0 - 10}" y="12">from</text><text x="{x1 + 10}" y="12">to</text>']
    for name, at in left.items():
        parts.append(f'<text class="name end" x="{x0 - 10}" y="{38 + 30 * at}">{_words(name, 34)}</text>')
    for name, at in right.items():
        parts.append(f'<text class="name" x="{x1 + 10}" y="{38 + 30 * at}">{_words(name, 34)}</text>')
    most = max((row["low"] or row["high"] or 0 for held in pairs.values() for row in held), default=0) or 1
    for (a, b), held in pairs.items():
        for row in held:
            y0, y1 = 34 + 30 * left[a], 34 + 30 * right[b]
            people = row["low"] or row["high"] or 0
            title = escape(
                neutral(
                    f"{plainly(row['type'])}: {number(row['low'], row['high'])} {', '.join(row['group'])} from {a} to {b}"
                )
            )
            width = 1.6 + 14 * sqrt(people / most)
            parts.append(f'<a href="/why/{escape(row["id"])}"><title>{title}</title><path class="flow b" stroke-width="{width:.1f}" d="M{x0},{y0} C{(x0 + x1) / 2:.0f},{y0} {(x0 + x1) / 2:.0f},{y1} {x1},{y1}"/></a>')  # fmt: skip
    return _svg(height, "Movements of people, from where to where", parts)


def graph(rows: Sequence[Row]) -> Markup:
    """Return parties on a circle with a line for each relation; its kind and mode are told by colour and dashes."""
    names = {row["a"]: row["a_name"] for row in rows} | {row["b"]: row["b_name"] for row in rows}
    if not names:
        return Markup("")
    degree = dict.fromkeys(names, 0)
    for row in rows:
        degree[row["a"]] += 1
        degree[row["b"]] += 1
    order = sorted(names, key=lambda one: (-degree[one], names[one], one))[:18]
    height, middle, radius = 460, WIDTH / 2, 165
    spots = {
        one: (
            middle + 1.55 * radius * sin(2 * pi * at / len(order)),
            height / 2 - radius * cos(2 * pi * at / len(order)),
        )
        for at, one in enumerate(order)
    }
    parts = []
    for row in rows:
        if row["a"] in spots and row["b"] in spots and row["a"] != row["b"]:
            (xa, ya), (xb, yb) = spots[row["a"]], spots[row["b"]]
            bend = 0.25 + 0.12 * (sum(map(ord, row["id"])) % 3)
            cx, cy = (xa + xb) / 2 * (1 - bend) + middle * bend, (ya + yb) / 2 * (1 - bend) + height / 2 * bend
            title = escape(neutral(f"{row['a_name']} and {row['b_name']}: {plainly(row['type'])}, {row['mode']}, from {row['from'] or 'a day not known'}"))  # fmt: skip
            parts.append(f'<a href="/why/{escape(row["id"])}"><title>{title}</title><path class="edge {escape(row["type"])} {escape(row["mode"])}" d="M{xa:.0f},{ya:.0f} Q{cx:.0f},{cy:.0f} {xb:.0f},{yb:.0f}"/></a>')  # fmt: skip
    for one in order:
        x, y = spots[one]
        side = "end" if x < middle - 30 else "mid" if x < middle + 30 else ""
        dx = -10 if side == "end" else 0 if side == "mid" else 10
        dy = (-12 if y < height / 2 else 20) if side == "mid" else 4
        parts.append(f'<a href="/entity/{escape(one)}"><circle class="node" cx="{x:.0f}" cy="{y:.0f}" r="{4 + 1.2 * sqrt(degree[one]):.1f}"/><text class="name {side}" x="{x + dx:.0f}" y="{y + dy:.0f}">{_words(names[one], 26)}</text></a>')  # fmt: skip
    return _svg(height, "How parties stood to each other", parts)


def bits(parts: Sequence[Row]) -> Markup:
    """Return the waterfall of a comparison: each step to the right speaks for one happening, to the left against."""
    sums, total = [0.0], 0.0
    for row in parts:
        total += row["bits"]
        sums.append(total)
    low, high = min(0, *sums), max(0, *sums)
    room = (high - low) or 1

    def x(value: float) -> float:
        return 130 + (WIDTH - 200) * (value - low) / room

    height = 20 * len(parts) + 34
    out = [f'<line class="axis" x1="{x(0):.1f}" x2="{x(0):.1f}" y1="0" y2="{height - 20}"/><text class="mid" x="{x(0):.1f}" y="{height - 6}">0 bits</text>']  # fmt: skip
    for at, row in enumerate(parts):
        a, b = sorted((sums[at], sums[at + 1]))
        y = 3 + 20 * at
        cls = "good" if row["bits"] >= 0 else "bad"
        out.append(f'<g><title>{escape(neutral(row["reason"]))}</title><text class="name" x="0" y="{y + 12}">{_words(plainly(row["what"]), 18)}</text><rect class="b core {cls}" x="{x(a):.1f}" y="{y + 1}" width="{max(1.5, x(b) - x(a)):.1f}" height="13" rx="1"/><text x="{x(b) + 6:.1f}" y="{y + 12}">{row["bits"]:+.1f}</text></g>')  # fmt: skip
    out.append(f'<line class="best" x1="{x(total):.1f}" x2="{x(total):.1f}" y1="0" y2="{height - 20}"/>')
    return _svg(height, f"Comparisons, {total:+.1f} bits together", out)
