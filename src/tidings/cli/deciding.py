"""``tidings decide`` and ``log``: verdicts, chained by hash."""

from __future__ import annotations

from typing import Annotated

import typer

from tidings.cli.building import By, Reason, RecordFile
from tidings.cli.commands import add_command

__all__ = ["add_to"]

GROUP = "Decide"


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, decide, group=GROUP)
    add_command(app, log, group=GROUP)


def decide(
    file: RecordFile,
    action: Annotated[
        str,
        typer.Argument(metavar="ACTION", help="accept, refuse, merge, split, correct or remove.", show_default=False),
    ],
    subject: Annotated[str, typer.Argument(metavar="ID", help="The id that it is about.", show_default=False)],
    reason: Reason,
    by: By = "",
    other: Annotated[
        str, typer.Option("--with", metavar="ID", help="The other entity of a merge or split.", show_default=False)
    ] = "",
    value: Annotated[
        str, typer.Option("--value", metavar="COLUMN=VALUE", help="What a correction puts in.", show_default=False)
    ] = "",
) -> None:
    """Take a decision that holds for every later build.

    [bold]accept[/bold] or [bold]refuse[/bold] a proposal that two names are one, or take a removed report in again; [bold]merge[/bold] or
    [bold]split[/bold] entities; [bold]correct[/bold] a value. Nothing is edited: the decision is a row with who, when and why.
    """
    import tidings

    new: dict[str, str] = {}
    if other:
        new["with"] = other
    if value:
        name, _, words = value.partition("=")
        new[name] = words
    with tidings.open(file) as record:
        decision = record.decide(action, subject, reason=reason, by=by, new=new or None)
    typer.echo(f"{decision.action} {decision.subject} ({decision.id})")


def log(
    file: RecordFile,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a line.")] = False,
) -> None:
    """List the decisions in the order in which they were taken."""
    import tidings
    from tidings.cli.screen import print_json, table

    with tidings.open(file) as record:
        rows = record.decisions()
    if json:
        print_json(rows)
        return
    if not rows:
        typer.echo("No decision was taken.")
        return
    shown = ("id", "at", "by", "action", "subject", "reason")
    table("", shown, [[str(row[name]) for name in shown] for row in rows])
