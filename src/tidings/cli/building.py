"""``tidings build`` and ``tidings remove``: what goes into a record, and what is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tidings.cli.commands import add_command

if TYPE_CHECKING:
    from tidings.model import Refusal
    from tidings.record import Record

__all__ = ["PARTLY", "RecordFile", "add_to", "print_refusals", "print_summary"]

GROUP = "Make a record"
_MOST_NOTES = 20
"""Notes printed after a build: more than that nobody reads on a terminal."""
_MOST_PASSED = 5
"""Names printed of files passed over for one reason; ``record.last_build.skipped`` holds all."""
PARTLY = 3
"""The exit code when something was refused and the rest was built."""

RecordFile = Annotated[
    str, typer.Argument(metavar="FILE", help="The record: a file, or the URL of a database.", show_default=False)
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="WORDS", help="Why, in your words; it stands in the log.", show_default=False)
]
By = Annotated[
    str,
    typer.Option(
        "--by", metavar="NAME", help="Who decides; else the setting [bold]analyst[/bold].", show_default=False
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, build, group=GROUP)
    add_command(app, remove, group=GROUP)


def build(
    reports: Annotated[
        list[Path],
        typer.Argument(
            metavar="REPORTS…",
            help="Files and folders: text, pages, PDF, Word, mail, tables and archives of reports.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The record, made or added to: a file, or the URL of a database.",
            show_default=False,
        ),
    ],
    known: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Happenings with known days.", show_default=False)
    ] = None,
    sidecar: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who published what and when (.jsonl, .csv, .toml).", show_default=False),
    ] = None,
    workers: Annotated[int, typer.Option(min=0, metavar="N", help="Processes that read; 0 lets Tidings choose.")] = 0,
    runner: Annotated[
        str,
        typer.Option(
            "--runner",
            metavar="WHERE",
            help="Where reports are read: here, pool, ray or ray://HOST:PORT; else the setting [bold]runner[/bold], else "
            "their number chooses.",
            show_default=False,
        ),
    ] = "",
    shards: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Take up what [bold]read-shard[/bold] has read, and read the rest.", show_default=False
        ),
    ] = None,
    fast: Annotated[
        bool,
        typer.Option("--fast", metavar="", help="Take web pages in without a second opinion on what their text is."),
    ] = False,
) -> None:
    """Build reports into a record: one file that only you can read.

    Building again into the same file adds what is new, replaces a report whose bytes changed (the old one stays in its
    history) and leaves the rest. Stopped at any moment, the same command goes on where it was. A report on which a reader
    breaks, or that ends the process that reads it, is tried twice, then kept unread and named.

    Exit code 0: all well. 1: nothing was built. 2: wrong usage. 3: something was refused and the rest was built.

    [dim]tidings build reports/ -o war.tidings --known days.csv[/dim]
    """
    from tidings.cli.screen import progress_bar, say_error
    from tidings.record import NothingBuilt
    from tidings.record import build as build_record

    try:
        with progress_bar() as progress:
            record = build_record(
                reports,
                output,
                known=known,
                sidecar=sidecar,
                workers=workers,
                runner=runner,
                shards=shards,
                fast=fast,
                progress=progress,
            )
    except NothingBuilt as error:
        say_error(str(error))
        print_refusals("Not taken in", error.refusals)
        raise typer.Exit(1) from error
    with record:
        print_summary(record)
        done = record.last_build
    if done is not None:
        print_refusals("Not taken in", done.refusals)
        print_refusals("Kept, not read", done.unread)
        _print_skipped(done.skipped)
        _print_notes(done.notes)
        raise typer.Exit(0 if done.complete else PARTLY)


def remove(
    file: RecordFile,
    document: Annotated[
        str, typer.Argument(metavar="REPORT", help="The report: its id, path or file name.", show_default=False)
    ],
    reason: Reason,
    by: By = "",
) -> None:
    """Take a report back, and all that stood on it alone.

    The removal is a decision: it stays in the log, [bold]tidings why[/bold] shows it, and the report stays out of later builds until
    [bold]tidings decide FILE accept DOCUMENT[/bold] takes it in again.
    """
    import tidings

    with tidings.open(file) as record:
        decision = record.remove(document, reason=reason, by=by)
        typer.echo(f"{decision.subject} is taken back ({decision.id}).")
        print_summary(record)


def print_summary(record: Record) -> None:
    """Print what a record holds, as a short table."""
    from rich.table import Table

    from tidings.cli.screen import out

    held = record.summary()
    claims = ", ".join(f"{number} {kind}" for kind, number in held.claims.items())
    entities = ", ".join(f"{number} {kind}" for kind, number in held.entities.items())
    done = record.last_build
    news = ""
    if done is not None:
        parts = [(len(done.added), "added"), (len(done.replaced), "replaced"), (len(done.unchanged), "as before")]
        news = ", ".join(f"{number} {what}" for number, what in parts if number)
    reports = [
        news,
        f"{held.known} rows of known days" if held.known else "",
        f"{held.unread} not read" if held.unread else "",
    ]
    rows = [
        ("reports", held.reports, ", ".join(part for part in reports if part)),
        ("claims", held.tables["claims"], claims),
        ("entities", held.tables["entities"], entities),
        ("happenings", held.tables["events"], ""),
        ("casualty figures", held.tables["figures"], ""),
        ("contradictions", held.tables["contradictions"], ""),
        ("echoes", held.tables["echoes"], ""),
        ("open proposals", record.count("proposals", where={"standing": "open"}), "pairs of names that may be one"),
    ]
    table = Table(
        title=Path(record.where).name,
        title_justify="left",
        title_style="bold",
        box=None,
        show_header=False,
        pad_edge=False,
    )
    table.add_column("")
    table.add_column("", justify="right")
    table.add_column("", overflow="fold", style="dim")
    for name, number, remark in rows:
        table.add_row(name, f"{number:,}", remark)
    out().print(table)


def print_refusals(title: str, refusals: tuple[Refusal, ...], *, aside: bool = False) -> None:
    """Print each input with what is wrong and what to do; ``aside`` where errors go, so that results stay by themselves."""
    from rich.padding import Padding
    from rich.text import Text

    from tidings.cli.screen import errors, out

    if not refusals:
        return
    console = errors() if aside else out()
    console.print()
    console.print(Text(title, style="bold"))
    for row in refusals:
        console.print(Padding(Text.assemble((row.path, "yellow"), f"  {row.reason}"), (0, 0, 0, 2)))
        console.print(Padding(Text(row.advice, style="dim"), (0, 0, 0, 4)))


def _print_skipped(skipped: tuple[Refusal, ...]) -> None:
    """Print what was passed over because it is no report, by reason, with the first names of each."""
    from rich.padding import Padding
    from rich.text import Text

    from tidings.cli.screen import out

    if not skipped:
        return
    by_reason: dict[str, list[str]] = {}
    for row in skipped:
        by_reason.setdefault(row.reason, []).append(row.path)
    console = out()
    console.print()
    console.print(Text(f"Passed over: {len(skipped):,}", style="bold"))
    for reason, paths in sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        more = f" and {len(paths) - _MOST_PASSED:,} more" if len(paths) > _MOST_PASSED else ""
        names = Text(", ".join(paths[:_MOST_PASSED]) + more, style="dim")
        console.print(Padding(Text.assemble(f"{len(paths):,} × {reason}: ", names), (0, 0, 0, 2)))


def _print_notes(notes: tuple[str, ...]) -> None:
    """Print what a user should know about what came in, the first of it."""
    from rich.padding import Padding
    from rich.text import Text

    from tidings.cli.screen import out

    if notes:
        console = out()
        console.print()
        console.print(Text("To know", style="bold"))
        for note in notes[:_MOST_NOTES]:
            console.print(Padding(Text(note), (0, 0, 0, 2)))
        if len(notes) > _MOST_NOTES:
            more = f"{len(notes) - _MOST_NOTES} more: tidings show FILE documents --columns path,notes,given_up"
            console.print(Padding(Text(more, style="dim"), (0, 0, 0, 2)))
