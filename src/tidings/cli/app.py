"""All commands in one place, and what happens when one fails.

Exit codes: 0 all well; 1 nothing was built, or the thing asked for is not there, or ``check`` found a fault; 2 wrong
usage; 3 something was refused and the rest was built.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Annotated

import typer

from tidings.cli import (
    asking,
    building,
    deciding,
    gazetteers,
    healing,
    making,
    moving,
    proving,
    publishing,
    second,
    serving,
    sharing,
    spreading,
    team,
    watching,
)
from tidings.errors import TidingsError, UsageError

__all__ = ["app", "run"]

_INTERRUPTED = 130
"""The exit code of a command that was stopped, as shells know it."""

app = typer.Typer(
    name="tidings",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=(
        "Reads many reports of one armed conflict into a record that can be audited: who said what, through whom, about "
        "what, where and when. Every value leads back to the exact words.\n\n"
        "Begin with [bold]tidings demo[/bold], or with [bold]tidings build REPORTS -o war.tidings[/bold]."
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        from tidings import __version__

        typer.echo(f"tidings {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool,
        typer.Option("--version", metavar="", callback=_version, is_eager=True, help="Print the version and leave."),
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


building.add_to(app)
spreading.add_to(app)
watching.add_to(app)
moving.add_to(app)
asking.add_to(app)
proving.add_to(app)
sharing.add_to(app)
publishing.add_to(app)
second.add_to(app)
deciding.add_to(app)
making.add_to(app)
gazetteers.add_to(app)
serving.add_to(app)
healing.add_to(app)
team.add_to(app)


class _Stopped(BaseException):
    """The user stopped the command; no handler of ordinary errors on the way up may take it for one."""


def _stop(*_: object) -> None:
    raise _Stopped


def run() -> None:
    """Run the command line; an error of Tidings is printed as its message alone."""
    from tidings.cli.screen import say_error

    # Records, exports, copies, the cache and whatever lies beside them for a moment are their owner's alone.
    os.umask(0o077)
    with contextlib.suppress(ValueError):  # only the main thread may say what an interrupt does
        signal.signal(signal.SIGINT, _stop)
    try:
        app()
    except TidingsError as error:
        say_error(str(error))
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except _Stopped:
        say_error("stopped. The record is as it was; the same command goes on from here.")
        sys.exit(_INTERRUPTED)
