"""``tidings doctor``: what this machine lacks, and how to mend it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tidings.cli.commands import add_command

__all__ = ["add_to"]

_SIGNS = {"well": ("well", "green"), "lacking": ("lacking", "yellow"), "broken": ("broken", "bold red")}


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, doctor, group="Keep it running")


def doctor(
    file: Annotated[
        str,
        typer.Argument(metavar="[FILE]", help="A record to look at too: a file, or the URL of a database."),
    ] = "",
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a line.")] = False,
) -> None:
    """Look at what Tidings needs here, and say how to mend what is broken.

    Looks at the settings, the machine, the language model and its hash, the readers, the cache, the gazetteer, a record, and the
    extras. What an extra is for is lacking without it; that breaks nothing. Nothing is changed, and nothing leaves the machine.

    Exit code 0: nothing is broken. 1: something is.

    [dim]tidings doctor war.tidings[/dim]
    """
    from rich.table import Table
    from rich.text import Text

    from tidings import doctor as surgery
    from tidings.cli.screen import out, print_json

    broken = False
    console = out()
    for finding in surgery.examine(file or None):
        broken = broken or finding.state == surgery.BROKEN
        if json:
            print_json([asdict(finding)])
            continue
        word, style = _SIGNS[finding.state]
        line = Table.grid(padding=(0, 2))
        line.add_column(width=7)
        line.add_column(width=15)
        line.add_column(overflow="fold")
        line.add_row(Text(word, style), Text(finding.what, "bold"), Text(finding.says))
        if finding.mend:
            line.add_row("", "", Text(finding.mend, "dim"))
        console.print(line)
    raise typer.Exit(1 if broken else 0)
