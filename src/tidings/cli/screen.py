"""What is printed: tables, trees, progress and errors, on the terminal that there is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from tidings.model import Progress

__all__ = ["errors", "fitting", "out", "print_json", "progress_bar", "say_error", "table"]

_WIDTH_WITHOUT_TERMINAL = 140
"""Columns of text written into a pipe or a file, where no terminal says how many there are."""


_WIDEST_WORD = 18
_GAP = 3
"""Blanks between two columns."""
_FIRST_TO_GO = frozenset(
    "mode kind language role precision radius_m cue scope best currency occupation age basis".split()
)
"""Columns that say least where there is no room for all."""
_LAST_TO_GO = frozenset("low high count n bits days".split())
"""Numbers: they need little room and say much."""
_FEWEST = 4
"""Columns that are shown however narrow the terminal is."""


def out() -> Console:
    """Return the console for results."""
    return _console(stderr=False)


def errors() -> Console:
    """Return the console for progress and errors."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal and not os.environ.get("COLUMNS"):
        console = Console(stderr=stderr, highlight=False, width=_WIDTH_WITHOUT_TERMINAL)
    return console


def say_error(message: str) -> None:
    """Print an error: its first line marked, the rest (a line of text with its caret) as it stands."""
    first, _, rest = message.partition("\n")
    console = errors()
    console.print(Text.assemble(("error  ", "bold red"), first), soft_wrap=True)
    if rest:
        console.print(Text(rest), soft_wrap=True)


def print_json(rows: Sequence[dict[str, Any]]) -> None:
    """Print rows as JSON Lines."""
    console = out()
    for row in rows:
        console.file.write(json.dumps(row, ensure_ascii=False) + "\n")


def fitting(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the places of the columns that the terminal has room for, in order.

    Those that say least go first, then those with most empty cells, numbers last; the id and the last column always stay.
    """
    kept = list(range(len(columns)))
    need = [_narrowest(column, [row[place] for row in rows]) + _GAP for place, column in enumerate(columns)]
    empty = [sum(not row[place] for row in rows) for place in kept]
    width = out().width
    while len(kept) > _FEWEST and sum(need[place] for place in kept) > width:
        rank = {
            place: (columns[place] in _FIRST_TO_GO, columns[place] not in _LAST_TO_GO, empty[place], place)
            for place in kept[1:-1]
        }
        kept.remove(max(rank, key=rank.__getitem__))
    return kept


def _narrowest(column: str, cells: Sequence[str]) -> int:
    """Return the width that a column needs for its longest word, up to a bound; an id is never broken."""
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(longest if column == "id" else min(longest, _WIDEST_WORD), len(column))


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the width of each column: what its longest word needs, and what is left over to those that want it most."""
    cells = [[row[place] for row in rows] for place in range(len(columns))]
    widths = [_narrowest(column, held) for column, held in zip(columns, cells, strict=True)]
    wants = [max((len(cell) for cell in held), default=0) for held in cells]
    left = room - sum(widths) - _GAP * len(columns)
    while left > 0:
        place = max(range(len(columns)), key=lambda place: (wants[place] / widths[place], -place))
        if wants[place] <= widths[place]:
            break
        widths[place] += 1
        left -= 1
    return widths


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Print a table as wide as the terminal; ids keep to one line, other cells wrap between words."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    console = out()
    shown = Table(title=title or None, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column, width in zip(columns, _widths(columns, rows, console.width), strict=True):
        is_id = column == "id"
        shown.add_column(
            column.replace("_", " "),
            style="dim" if is_id else None,
            no_wrap=is_id,
            width=width,
            justify="right" if column in right else "left",
            overflow="fold",
        )
    for row in rows:
        shown.add_row(*[Text(cell) for cell in row])
    console.print(shown)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give a function that draws progress on stderr: a line for each step, gone at the end."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = errors()
    columns = (
        TextColumn("{task.description:<22}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as drawn:
        task = drawn.add_task("starting", total=None)
        seen = ""

        def step(name: str, done: int, total: int) -> None:
            nonlocal seen
            drawn.update(task, description=name, completed=done, total=total or None)
            if not console.is_terminal and name != seen:
                console.print(f"{name} …")
            seen = name

        yield step
