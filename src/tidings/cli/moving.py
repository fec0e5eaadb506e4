"""``tidings copy`` and ``tidings backup``: a whole record to another place, proved on arrival."""

from __future__ import annotations

from typing import Annotated

import typer

from tidings.cli.building import RecordFile
from tidings.cli.commands import add_command

__all__ = ["add_to"]

GROUP = "Make a record"
Target = Annotated[
    str, typer.Argument(metavar="TO", help="Where to: a new file, or the URL of an empty database.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, copy, group=GROUP)
    add_command(app, backup, group=GROUP)


def copy(file: RecordFile, to: Target) -> None:
    """Copy a whole record from a file into a PostgreSQL database, or back.

    Reports, readings, decisions and all that was derived are carried over in one step; what arrived is read back and compared
    with what left. The record may be in use meanwhile: the copy is of one moment. Cut short, nothing is left behind.

    [dim]tidings copy war.tidings postgresql://amal@localhost/war[/dim]
    """
    from tidings.cli.screen import progress_bar
    from tidings.record import copy as carry

    with progress_bar() as progress:
        done = carry(file, to, progress=progress)
    typer.echo(f"{sum(done.rows.values()):,} rows in {len(done.rows)} tables, all of them as they were: {done.where}")


def backup(file: RecordFile, to: Target) -> None:
    """Keep a copy of a record as it is now, while people work in it.

    The same as [bold]tidings copy[/bold]; to restore it, copy it to a new place and open that. Prints the SHA-256 over all tables:
    a restored record gives the same.

    [dim]tidings backup postgresql://amal@localhost/war war-2026-11-25.tidings[/dim]
    """
    from tidings.cli.screen import progress_bar
    from tidings.record import copy as carry

    with progress_bar() as progress:
        done = carry(file, to, progress=progress)
    typer.echo(f"{sum(done.rows.values()):,} rows: {done.where}\nSHA-256 over all tables: {done.sha256}")
