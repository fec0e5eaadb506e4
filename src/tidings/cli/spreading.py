"""``tidings plan-shards`` and ``tidings read-shard``: reading spread over machines by whatever starts commands there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tidings.cli.commands import add_command

if TYPE_CHECKING:
    from tidings.model import Refusal

__all__ = ["add_to"]

_GROUP = "Make a record"


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, plan_shards, name="plan-shards", group=_GROUP)
    add_command(app, read_shard, name="read-shard", group=_GROUP)


def plan_shards(
    reports: Annotated[
        list[Path], typer.Argument(metavar="REPORTS…", help="Files and folders with reports.", show_default=False)
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Where the shards go.", show_default=False),
    ],
    number: Annotated[int, typer.Option("--reports", min=1, metavar="N", help="Reports of a shard, at most.")] = 300,
    sidecar: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who published what and when (.jsonl, .csv, .toml).", show_default=False),
    ] = None,
    fast: Annotated[
        bool,
        typer.Option("--fast", metavar="", help="Take web pages in without a second opinion on what their text is."),
    ] = False,
) -> None:
    """Cut reports into shards, to be read by other processes or machines.

    Prints the files still to be read, one a line: for xargs, a Slurm array, make or GNU parallel. Planned again, nothing is
    planned twice: reports that are new come in new shards, what is read already is left alone. Build with the same REPORTS
    and options, and with --shards.

    Exit code 0: all well. 1: nothing could be planned. 3: something was refused and the rest was planned.

    [dim]tidings plan-shards reports/ -o shards/ | xargs -P 8 -n 1 tidings read-shard[/dim]
    """
    from tidings import shards
    from tidings.cli.building import PARTLY, print_refusals
    from tidings.cli.screen import errors, progress_bar

    with progress_bar() as progress:
        planned = shards.plan(reports, output, sidecar=sidecar, reports=number, fast=fast, progress=progress)
    for file in planned.shards:
        typer.echo(str(file))
    already = f", {planned.there:,} in shards already" if planned.there else ""
    errors().print(f"{planned.reports:,} reports planned{already}; {len(planned.shards):,} shards to be read.")
    print_refusals("Not taken in", planned.refusals, aside=True)
    if planned.refusals:
        raise typer.Exit(PARTLY if planned.reports or planned.there else 1)


def read_shard(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="SHARD…", help="Files that plan-shards wrote.", show_default=False),
    ],
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read.")] = 1,
) -> None:
    """Read shards, each into the file beside it.

    The file with the readings is there whole or not at all; a shard that was read already is left alone. A report that breaks
    its reader twice is set aside in the file, with the reason.

    Exit code 0: all well. 1: a file is no shard of this version. 3: a report was set aside and the rest was read.

    [dim]tidings read-shard shards/0a1b2c3d4e5f6071.todo.jsonl.gz[/dim]
    """
    from tidings import shards
    from tidings.cli.building import PARTLY, print_refusals
    from tidings.cli.screen import progress_bar

    aside: list[Refusal] = []
    for file in files:
        with progress_bar() as progress:
            done = shards.read(file, workers=workers, progress=progress)
        typer.echo(f"{done.file}  {done.read:,} read{' already' if done.there else ''}")
        aside += done.set_aside
    print_refusals("Set aside", tuple(aside), aside=True)
    if aside:
        raise typer.Exit(PARTLY)
