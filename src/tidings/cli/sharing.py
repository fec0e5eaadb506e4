"""``tidings export`` and ``brief``: what leaves a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tidings.cli.building import RecordFile
from tidings.cli.commands import add_command
from tidings.cli.looking_back import AsOf, opened
from tidings.errors import UsageError

__all__ = ["add_to"]

GROUP = "Share a record"


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, export, group=GROUP)
    add_command(app, brief, group=GROUP)


def export(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="The record: a file, or the URL of a database.", show_default=False),
    ] = None,
    target: Annotated[
        Path | None,
        typer.Argument(metavar="TARGET", help="The file or folder that it is written to.", show_default=False),
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="NAME", help="The export; [bold]--list[/bold] names them.")
    ] = "jsonl",
    listed: Annotated[
        bool, typer.Option("--list", metavar="", help="Name the exports, what they are and what they cannot hold.")
    ] = False,
    clock: Annotated[
        bool, typer.Option("--clock", metavar="", help="Say when builds were made (the bytes then differ).")
    ] = False,
    as_of: AsOf = "",
) -> None:
    """Write a record out: every table, a map, a spreadsheet, another project's layout.

    The same reports give the same bytes, whenever and in whatever order they were built. No layout but
    the tables holds everything: what was left out is counted and said.
    """
    if listed:
        _list_exports()
        return
    if file is None or target is None:
        raise UsageError("name the record and where to write: tidings export FILE --to NAME TARGET.")
    with opened(file, as_of) as record:
        written = record.export(to, target, clock=clock)
    several = f" in {len(written)} files" if len(written) > 1 else ""
    typer.echo(f"{written.rows:,} rows{several}: {target}")
    for reason, times in sorted(written.left_out.items(), key=lambda pair: (-pair[1], pair[0])):
        typer.echo(f"  left out: {times:,} {reason}")


def _list_exports() -> None:
    """Print every export: its name and ending, what it is, what it cannot hold."""
    from tidings.record import exports

    for one in exports():
        needs = f' Needs: pip install "tidings[{one.extra}]".' if one.extra else ""
        typer.echo(f"{one.name} ({one.ending or 'a folder'}): {one.title}.{needs}")
        for loss in one.cannot_hold:
            typer.echo(f"    cannot hold {loss}")


def brief(
    file: RecordFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PAGE", help="brief.html or brief.md.", show_default=False)
    ],
    title: Annotated[str, typer.Option(metavar="WORDS", help="What stands at its top.", show_default=False)] = "",
    as_of: AsOf = "",
) -> None:
    """Write the brief: one page, every sentence with its citations.

    What happened day by day, who held what, casualties by side as ranges, displacement, detentions and property, where accounts
    differ, which reports repeat one origin, and what is not known. Printable; it asks nothing of the network.
    """
    kind = {".html": "html", ".htm": "html", ".md": "md"}.get(output.suffix.lower())
    if kind is None:
        raise UsageError(f"a brief is written as .html or .md, not as {output.suffix or 'a file without an ending'}.")
    with opened(file, as_of) as record:
        page = record.brief(to=kind, title=title)
    try:
        output.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}.") from error
    typer.echo(f"The brief is {output}")
