"""What several exports write alike: cells of a spreadsheet, lines of JSON, a page beside a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tidings.tell.formats.export import LeftOut, Row, Tables

__all__ = [
    "SIGNS",
    "about",
    "beside",
    "compact",
    "credit_lines",
    "guarded",
    "joined",
    "json_bytes",
    "table",
    "write_list",
]

SIGNS = frozenset("=+-@\t\r")
"""What a formula begins with, in one spreadsheet or another."""
GUARDED = "cells that began like a formula and got an apostrophe before them"


def guarded(text: str, left_out: LeftOut | None = None) -> str:
    """Return words from a report so that no spreadsheet takes them for a formula.

    A cell that begins with ``= + - @``, a tab or a return gets an apostrophe before it, the sign of spreadsheets for
    "this is text" (OWASP, CSV injection).
    """
    if not text or text[0] not in SIGNS:
        return text
    if left_out is not None:
        left_out[GUARDED] += 1
    return "'" + text


def table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], left_out: LeftOut) -> int:
    """Write a CSV file (RFC 4180, UTF-8) and return how many rows it has; texts are guarded, None is empty."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\r\n")
        out.writerow(header)
        for row in rows:
            out.writerow([_cell(value, left_out) for value in row])
            written += 1
    return written


def _cell(value: Any, left_out: LeftOut) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value, left_out) if isinstance(value, str) else str(value)


def joined(values: Iterable[Any], by: str = "; ") -> str:
    """Return names in one cell, empty ones left out."""
    return by.join(str(value) for value in values if value not in {None, ""})


def compact(value: Any) -> str:
    """Return JSON in one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_bytes(value: Any) -> bytes:
    """Return JSON over several lines, for people to read."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def write_list(path: Path, head: str, items: Iterable[Any], tail: str) -> int:
    """Write a JSON list between ``head`` and ``tail``, one item a line and none held in memory; return their number."""
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(head)
        for item in items:
            file.write(("\n" if not written else ",\n") + compact(item))
            written += 1
        file.write("\n" + tail)
    return written


def credit_lines(tables: Tables) -> tuple[str, ...]:
    """Return whom to name for the places on a map, with the licences: what the builds of the record wrote down."""
    found: dict[str, None] = {}
    for row in tables["builds"]:
        settings = row.get("settings") or {}
        found.update(dict.fromkeys(settings.get("credits", ())))
    return tuple(sorted(found))


def about(path: Path, title: str, cannot_hold: Sequence[str], left_out: LeftOut, tables: Tables) -> Path:
    """Write the page that stays beside a table: what it cannot hold, what was left out, whom to name for the places."""
    lines = [title, "", "What the layout cannot hold:", *(f"- {loss}" for loss in cannot_hold), ""]
    lines += ["What was left out of it:", *(f"- {n} {reason}" for reason, n in sorted(left_out.items()))]
    lines += [] if left_out else ["- nothing"]
    named = credit_lines(tables)
    if named:
        lines += ["", "Places:", *(f"- {credit}" for credit in named)]
    page = path.with_name(path.name + ".about.txt")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return page


def beside(left: Iterable[Row], right: Iterable[Row], column: str) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each row of ``left`` with the rows of ``right`` whose ``column`` is its id; both are sorted by that id.

    Only one row of ``left`` and what belongs to it is held at a time.
    """
    others = iter(right)
    waiting = next(others, None)
    for row in left:
        held: list[Row] = []
        while waiting is not None and waiting[column] <= row["id"]:
            if waiting[column] == row["id"]:
                held.append(waiting)
            waiting = next(others, None)
        yield row, held
