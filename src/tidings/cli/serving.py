"""``tidings serve`` and ``agreement``: the reading room in the browser, and how far its reviewers agree."""

from __future__ import annotations

from typing import Annotated

import typer

from tidings.cli.building import By, RecordFile
from tidings.cli.commands import add_command
from tidings.errors import UsageError

__all__ = ["add_to"]

GROUP = "Decide"
_LOOPBACK = ("127.0.0.1", "localhost")


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, serve, group=GROUP)
    add_command(app, agreement, group=GROUP)


def serve(
    file: RecordFile,
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", help="The port; else the first free one from 8765 on.", show_default=False),
    ] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", metavar="", help="Only print the link.")] = False,
    by: By = "",
    tiles: Annotated[
        str,
        typer.Option(
            "--tiles",
            metavar="WHERE",
            help="Pictures for the map: a .pmtiles file of your own, or an https URL with {z}, {x} and {y}. "
            "Without it nothing comes from outside.",
            show_default=False,
        ),
    ] = "",
    host: Annotated[
        str, typer.Option("--host", metavar="NAME", help="Only 127.0.0.1 until records are shared.")
    ] = "127.0.0.1",
) -> None:
    """Open the reading room: read, compare, decide and show in the browser.

    It runs on this machine alone and until you stop it with Ctrl-C. The printed link opens it once; press Enter for a new one.
    """
    if host not in _LOOPBACK:
        raise UsageError("the reading room is for one user on one machine: --host takes 127.0.0.1 only.")
    from tidings.web import serve as run

    def opened(link: str) -> None:
        typer.echo(f"The reading room of {file} is open. Stop it with Ctrl-C.\n  {link}")
        if not no_open:
            typer.launch(link)

    run(file, port=port, by=by, tiles=tiles, opened=opened)


def agreement(file: RecordFile) -> None:
    """Print how far two reviewers agree about what both of them judged.

    Kappa is 1 where they agree in all, and 0 where they agree as often as chance would have it.
    """
    import tidings
    from tidings.cli.screen import table

    with tidings.open(file) as record:
        rows = record.look().agreements()
    if not rows:
        typer.echo("No two reviewers judged the same thing.")
        return
    shown = [
        [row.a, row.b, str(row.both), f"{row.agree / row.both:.0%}", "–" if row.kappa is None else f"{row.kappa:.2f}"]
        for row in rows
    ]
    table("", ("one", "the other", "both judged", "agree", "kappa"), shown)
    for row in rows:
        for one in row.differ[:10]:
            typer.echo(f"  {row.a} and {row.b} differ on {one}")
