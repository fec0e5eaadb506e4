"""``tidings decide``, ``refit`` and ``log``: verdicts, chained by hash."""

from __future__ import annotations

from typing import Annotated

import typer

from tidings.cli.building import By, Reason, RecordFile
from tidings.cli.commands import add_command
from tidings.errors import UsageError

__all__ = ["add_to"]

GROUP = "Decide"


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, decide, group=GROUP)
    add_command(app, refit, group=GROUP)
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
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--value",
            metavar="NAME=VALUE",
            help="What a correction puts in (name, kind, alias, lat, lon, radius_m, part_of), or the forms of a split; "
            "may be repeated.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Take a decision that holds for every later build.

    [bold]accept[/bold] or [bold]refuse[/bold] a proposal that two names are one, or [bold]accept[/bold] a removed report again; [bold]merge[/bold] two
    entities or [bold]split[/bold] one; [bold]correct[/bold] its name or place. Nothing is edited: the decision is a row with who, when and why.

    [dim]tidings decide war.tidings split n_1a2b --value "forms=the group|the gang" --reason "two groups"[/dim]
    """
    import tidings

    new: dict[str, str] = {"with": other} if other else {}
    for words in values or []:
        name, sign, value = words.partition("=")
        if not sign:
            raise UsageError(f"--value takes NAME=VALUE, not {words!r}.")
        new[name.strip()] = value.strip()
    with tidings.open(file) as record:
        decision = record.decide(action, subject, reason=reason, by=by, new=new)
    typer.echo(f"{decision.action} {decision.subject} ({decision.id})")


def refit(
    file: RecordFile,
    reason: Reason,
    by: By = "",
    bits: Annotated[
        float | None,
        typer.Option(metavar="BITS", help="The prior, in bits; left out, what the pairs say.", show_default=False),
    ] = None,
) -> None:
    """Fix how seldom two accounts tell of one happening in this record.

    Every other weight of the join holds for all records; this number is the record's own. It is fitted at each build, in
    steps of one bit, until it is fixed here, by a decision that holds for every later build.

    [dim]tidings refit war.tidings --reason "the year is complete"[/dim]
    """
    import json

    import tidings

    with tidings.open(file) as record:
        decision = record.refit(reason=reason, by=by, bits=bits)
    before, after = (json.loads(words)["prior"] for words in (decision.before, decision.after))
    typer.echo(f"prior {before} → {after} bits ({decision.id})")


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
