"""``tidings export`` and ``brief``: what leaves a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tidings.cli.building import RecordFile
from tidings.cli.commands import add_command
from tidings.errors import UsageError

__all__ = ["add_to"]

GROUP = "Share a record"


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, export, group=GROUP)
    add_command(app, brief, group=GROUP)


def export(
    file: RecordFile,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go.", show_default=False)],
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help="[bold]jsonl[/bold] or [bold]csv[/bold].")
    ] = "jsonl",
    clock: Annotated[
        bool, typer.Option("--clock", metavar="", help="Say when builds were made (the bytes then differ).")
    ] = False,
) -> None:
    """Write every table into a folder, one file a table.

    The same reports give the same bytes, whenever and in whatever order they were built. In CSV lists are joined
    by " | " and objects flattened (count_low).
    """
    import tidings

    with tidings.open(file) as record:
        written = record.export(to, folder, clock=clock)
    typer.echo(f"{len(written)} tables in {folder}")


def brief(
    file: RecordFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PAGE", help="brief.html or brief.md.", show_default=False)
    ],
    title: Annotated[str, typer.Option(metavar="WORDS", help="What stands at its top.", show_default=False)] = "",
) -> None:
    """Write the brief: one page, every sentence with its citations.

    What happened day by day, who held what, casualties by side as ranges, displacement, detentions and property, where accounts
    differ, which reports repeat one origin, and what is not known. Printable; it asks nothing of the network.
    """
    import tidings

    kind = {".html": "html", ".htm": "html", ".md": "md"}.get(output.suffix.lower())
    if kind is None:
        raise UsageError(f"a brief is written as .html or .md, not as {output.suffix or 'a file without an ending'}.")
    with tidings.open(file) as record:
        page = record.brief(to=kind, title=title)
    try:
        output.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}.") from error
    typer.echo(f"The brief is {output}")
