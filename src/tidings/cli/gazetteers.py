"""``tidings gazetteer``: the layers that place names are looked up in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tidings.cli.commands import add_command

__all__ = ["add_to"]

_MOST_REFUSED = 20
"""Refused rows printed; all are counted."""


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode="rich",
        help="Look up place names, and add or remove the layers that they are looked up in.",
    )
    add_command(group, layers, name="list")
    add_command(group, add)
    add_command(group, remove)
    add_command(group, lookup)
    app.add_typer(group, name="gazetteer", rich_help_panel="Places")


def layers() -> None:
    """List the layers with their licences."""
    from tidings import gazetteers
    from tidings.cli.screen import table

    shown = ("name", "places", "licence", "attribution", "source")
    rows = gazetteers.opened().layers()
    table("", shown, [[str(getattr(row, name)) for name in shown] for row in rows], right=("places",))


def add(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="GeoNames, Who's On First, OSM, p-codes, or your own CSV or GeoJSON.",
            show_default=False,
        ),
    ],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="What the layer is called; else the file's name.", show_default=False)
    ] = "",
    form: Annotated[
        str,
        typer.Option(
            metavar="FORM",
            help="geonames, wof, osm, pcodes, csv, geojson; else told from the file.",
            show_default=False,
        ),
    ] = "",
    alternate_names: Annotated[
        Path | None, typer.Option(metavar="FILE", help="GeoNames' alternateNamesV2.txt.", show_default=False)
    ] = None,
    licence: Annotated[
        str, typer.Option(metavar="WORDS", help="Under which licence it may be used.", show_default=False)
    ] = "",
    attribution: Annotated[
        str, typer.Option(metavar="WORDS", help="Whom to name wherever it is used.", show_default=False)
    ] = "",
) -> None:
    """Add a layer from a file; a table of your own wins over all others.

    A layer of the same name is replaced. Rows that cannot be used are named and counted; the others are taken in.
    """
    from tidings import gazetteers
    from tidings.cli.screen import progress_bar, table

    with progress_bar() as progress:
        added = gazetteers.add(
            file,
            name=name,
            form=form,
            licence=licence,
            attribution=attribution,
            alternate_names=alternate_names,
            progress=progress,
        )
    layer = added.layer
    typer.echo(f"{layer.name}: {layer.places:,} places. {layer.attribution} ({layer.licence})")
    if added.refused:
        shown = [(row.path, row.reason, row.advice) for row in added.refusals[:_MOST_REFUSED]]
        table(f"{added.refused:,} rows refused", ("where", "why", "what_to_do"), shown)


def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The layer's name.", show_default=False)],
) -> None:
    """Remove a layer; the default one stays."""
    from tidings import gazetteers

    typer.echo(f"{name}: {gazetteers.remove(name):,} places removed")


def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place name, under any spelling.", show_default=False)],
    country: Annotated[
        list[str] | None, typer.Option(metavar="CC", help="Only these countries (SY, IQ).", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 10,
) -> None:
    """Look up a name and list the places that it can stand for, best first."""
    from tidings import gazetteers
    from tidings.cli.screen import table

    found = gazetteers.opened().lookup(name, countries=[code.upper() for code in country or []])[:limit]
    if not found:
        typer.echo(f"No layer knows {name!r}.")
        raise typer.Exit(1)
    shown = ("id", "name", "kind", "country", "admin1", "lat", "lon", "population", "score", "layer")
    rows = [
        [f"{value:.3f}" if isinstance(value := getattr(row, one), float) else str(value) for one in shown]
        for row in found
    ]
    table("", shown, rows, right=("lat", "lon", "population", "score"))
