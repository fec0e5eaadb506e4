"""``tidings serve`` and ``agreement``: the reading room in the browser, and how far its reviewers agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tidings.cli.building import By, RecordFile
from tidings.cli.commands import add_command
from tidings.errors import UsageError

__all__ = ["add_to"]

GROUP = "Decide"
_LOOPBACK = ("127.0.0.1", "localhost")
_SHORTEST_TOKEN = 24


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
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="Where it listens. Others are let in only with users, behind TLS."
        ),
    ] = "127.0.0.1",
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="NAME",
            help="The name under which browsers open it, desk.example.org; may be repeated.",
            show_default=False,
        ),
    ] = None,
    cert: Annotated[
        str,
        typer.Option(
            "--cert", metavar="FILE", help="A certificate with its chain (PEM): TLS of its own.", show_default=False
        ),
    ] = "",
    key: Annotated[
        str,
        typer.Option(
            "--key", metavar="FILE", help="The key of the certificate, readable by you alone.", show_default=False
        ),
    ] = "",
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--behind-proxy",
            metavar="ADDRESS",
            help="The address of a proxy that ends TLS. From it alone X-Forwarded-For and X-Forwarded-Proto are believed, and "
            "nobody else is answered.",
            show_default=False,
        ),
    ] = None,
    log: Annotated[
        str,
        typer.Option(
            "--log",
            metavar="FILE",
            help="Write a line of JSON for each request; [bold]-[/bold] for the output. No line holds a word of a report, a "
            "name or a question.",
            show_default=False,
        ),
    ] = "",
    log_level: Annotated[
        str, typer.Option("--log-level", metavar="LEVEL", help="debug, info, warning or error.", show_default=False)
    ] = "",
    metrics_token: Annotated[
        Path | None,
        typer.Option(
            "--metrics-token",
            metavar="FILE",
            help="A file with a token that opens /metrics to another machine; without it this machine and stewards may.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open the reading room: read, compare, decide and show in the browser.

    It runs on this machine alone and until you stop it with Ctrl-C. The printed link opens it once; press Enter for a new one.

    Where the record has users ([bold]tidings users[/bold]), each signs in; then [bold]--host[/bold] lets in others, behind TLS.
    """
    from tidings.web import serve as run

    def opened(link: str) -> None:
        typer.echo(f"The reading room of {_shown(file)} is open. Stop it with Ctrl-C.\n  {link}")
        if not no_open and host in _LOOPBACK:
            typer.launch(link)

    run(
        file, port=port, by=by, tiles=tiles, opened=opened, host=host, names=tuple(names or ()), cert=cert, key=key,
        proxies=tuple(behind_proxy or ()), log=log, level=log_level, probe=_token(metrics_token),
    )  # fmt: skip


def _shown(file: str) -> str:
    """Return the name of a record without the password of its URL."""
    scheme, sign, rest = file.partition("://")
    return f"{scheme}{sign}{rest.rpartition('@')[2]}" if sign else file


def _token(path: Path | None) -> str:
    """Return the token in a file that its owner alone can read."""
    if path is None:
        return ""
    try:
        held = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read. --metrics-token names a file with a token in it.") from error
    if len(held) < _SHORTEST_TOKEN:
        raise UsageError(f"the token in {path} is too short. Make one: openssl rand -hex 24 > {path}")
    return held


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
