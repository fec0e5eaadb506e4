"""``tidings users``: who may open a shared record, with which rights, and who did."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tidings.cli.building import By, RecordFile
from tidings.cli.commands import add_command
from tidings.errors import RecordError, UsageError

__all__ = ["add_to"]

GROUP = "Many hands"
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="The user's name: it stands beside decisions.", show_default=False)
]
_ROLES = "reader reads; reviewer also decides; steward also builds, removes reports and manages users."
_MOST_LINES = 40


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode="rich",
        help="Say who may open a shared record in the browser, and with which rights.",
    )
    for command in (add, role, password, remove, journal):
        add_command(group, command)
    add_command(group, listed, name="list")
    app.add_typer(group, name="users", rich_help_panel=GROUP)


def add(
    file: RecordFile,
    name: Name,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_ROLES)] = "reader",
    by: By = "",
) -> None:
    """Add a user.

    The password is asked for at the terminal, or read as one line where nobody sits at it. The first user is a steward. From
    then on the reading room of the record asks who you are.

    [dim]tidings users add war.tidings Amal --role steward[/dim]
    """
    import tidings

    with tidings.open(file) as record:
        user = record.team().add(name, role, _asked(f"Password of {name}"), by=_by(by))
    typer.echo(f"{user.name} may sign in as {user.role}.")


def listed(file: RecordFile) -> None:
    """List the users with their roles."""
    import tidings
    from tidings.cli.screen import table

    with tidings.open(file) as record:
        users = record.team().users()
    if not users:
        typer.echo("Nobody yet: the reading room opens by its link, on this machine alone.")
        return
    table("", ("name", "role", "since"), [[user.name, user.role, user.since] for user in users])


def role(
    file: RecordFile,
    name: Name,
    new: Annotated[str, typer.Argument(metavar="ROLE", help=_ROLES, show_default=False)],
    by: By = "",
) -> None:
    """Give a user another role; it holds from the next page on."""
    import tidings

    with tidings.open(file) as record:
        user = record.team().set_role(name, new, by=_by(by))
    typer.echo(f"{user.name} is {user.role} now.")


def password(file: RecordFile, name: Name, by: By = "") -> None:
    """Give a user another password; whoever is signed in under the name is signed out."""
    import tidings

    with tidings.open(file) as record:
        user = record.team().set_password(name, _asked(f"New password of {name}"), by=_by(by))
    typer.echo(f"{user.name} has another password, and is signed out everywhere.")


def remove(file: RecordFile, name: Name, by: By = "") -> None:
    """Take a user out; what the user decided stays, with the name.

    Without any user left, the reading room opens by its link again, on this machine alone.
    """
    import tidings

    with tidings.open(file) as record:
        record.team().remove(name, by=_by(by))
    typer.echo(f"{name} may not sign in any more.")


def journal(
    file: RecordFile,
    all_lines: Annotated[bool, typer.Option("--all", metavar="", help="Every line, not only the last 40.")] = False,
) -> None:
    """Print who signed in, who failed, whose rights changed; and prove that no line was changed or taken out."""
    import tidings
    from tidings.cli.screen import table

    with tidings.open(file) as record:
        team = record.team()
        lines, faults = team.journal(limit=None if all_lines else _MOST_LINES), team.faults()
    if lines:
        table("", ("at", "who", "did", "whom"), [[line.at, line.who, line.did, line.whom] for line in reversed(lines)])
    else:
        typer.echo("Nobody signed in yet.")
    if faults:
        raise RecordError("the journal does not hold: " + "; ".join(faults[:5]) + ".")


def _by(name: str) -> str:
    from tidings.config import settings

    return f"{name or settings().analyst}, at the terminal"


def _asked(what: str) -> str:
    """Return a password, typed twice at the terminal without being shown; a line of a pipe where there is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    import getpass

    first = getpass.getpass(f"{what} (12 letters or more): ")
    if getpass.getpass("Once more: ") != first:
        raise UsageError("the two do not match. Nothing was changed.")
    return first
