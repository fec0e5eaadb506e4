"""``tidings gazetteer``: the layers that place names are looked up in."""

from __future__ import annotations

from typing import Annotated

import typer

from tidings.cli.commands import add_command

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode="rich",
        help="Look up place names, and list the layers that they are looked up in.",
    )
    add_command(group, layers, name="list")
    add_command(group, lookup)
    app.add_typer(group, name="gazetteer", rich_help_panel="Places")


def layers() -> None:
    """List the layers with their licences."""
    from tidings.cli.screen import table
    from tidings.record import gazetteer

    shown = ("name", "places", "licence", "attribution", "source")
    rows = gazetteer().layers()
    table("", shown, [[str(getattr(row, name)) for name in shown] for row in rows], right=("places",))


def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place name, under any spelling.", show_default=False)],
    country: Annotated[
        list[str] | None, typer.Option(metavar="CC", help="Only these countries (SY, IQ).", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 10,
) -> None:
    """Look up a name and list the places that it can stand for, best first."""
    from tidings.cli.screen import table
    from tidings.record import gazetteer

    found = gazetteer().lookup(name, countries=[code.upper() for code in country or []])[:limit]
    if not found:
        typer.echo(f"No layer knows {name!r}.")
        raise typer.Exit(1)
    shown = ("id", "name", "kind", "country", "admin1", "lat", "lon", "population", "score", "layer")
    rows = [
        [f"{value:.3f}" if isinstance(value := getattr(row, one), float) else str(value) for one in shown]
        for row in found
    ]
    table("", shown, rows, right=("lat", "lon", "population", "score"))
