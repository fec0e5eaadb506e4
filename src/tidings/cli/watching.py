"""``tidings watch``: feeds are asked, and new pages kept as web archives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tidings.cli.commands import add_command

if TYPE_CHECKING:
    from tidings.watching import Watched

__all__ = ["add_to"]

GROUP = "Make a record"
PARTLY = 3
"""The exit code when something was refused and the rest was kept."""


def add_to(app: typer.Typer) -> None:
    """Add the command of the module."""
    add_command(app, watch, group=GROUP)


def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS.toml", help="Which feeds, and where pages are kept.", show_default=False)
    ],
    once: Annotated[bool, typer.Option("--once", help="Go round once and stop, as for cron.")] = False,
    now: Annotated[bool, typer.Option("--now", help="Ask feeds that are not due yet as well.")] = False,
) -> None:
    """Fetch what RSS and Atom feeds name, and keep each page as a web archive (WARC) with its SHA-256.

    The pages wait in a folder for [bold]tidings build[/bold]. Servers are asked only for what changed, robots.txt is kept to,
    a feed that fails is left alone for longer and longer, and private addresses are refused unless the file allows them.

    Exit code 0: all well. 1: nothing could be had. 2: wrong usage. 3: something was refused and the rest was kept.

    [dim]tidings watch feeds.toml --once[/dim]
    """
    from tidings.watching import watch as rounds

    code = 0
    for done in rounds(feeds, once=once, all_now=now):
        _print(done)
        code = 0 if not done.refusals else PARTLY if done.kept or done.unchanged else 1
    raise typer.Exit(code)


def _print(done: Watched) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from tidings.cli.screen import out

    console = out()
    console.print(f"Feeds asked: {done.asked}; with nothing new: {done.unchanged}; pages kept: {len(done.kept)}.")
    for kept in done.kept:
        console.print(Padding(Text.assemble(kept.url, ("  " + kept.file.name, "dim")), (0, 0, 0, 2)))
    for row in done.refusals:
        console.print(Padding(Text.assemble((row.path, "yellow"), f"  {row.reason}"), (0, 0, 0, 2)))
        console.print(Padding(Text(row.advice, style="dim"), (0, 0, 0, 4)))
    for note in done.notes:
        console.print(Padding(Text(note), (0, 0, 0, 2)))
