"""``tidings publish`` and ``import``: a copy that does no harm, and an analyst's own table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tidings.cli.building import PARTLY, RecordFile
from tidings.cli.commands import add_command

__all__ = ["add_to"]

_MOST_NAMES = 60
"""Names printed for a person to look at; all of them stand in the copy."""


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, publish, group="Share a record")
    add_command(app, bring, name="import", group="Make a record")


def publish(
    file: RecordFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="A new folder for the copy.", show_default=False)
    ],
    profile: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="What is shown: [bold]private[/bold], [bold]partner[/bold], [bold]public[/bold], or a TOML file of your own.",
        ),
    ] = "public",
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to", metavar="NAME", help="An export to write beside the tables; may be repeated.", show_default=False
        ),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The key; FILE.key beside the record otherwise. Made if missing.", show_default=False
        ),
    ] = None,
    hide: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Names to hide that no reader found, one a line.", show_default=False),
    ] = None,
    show: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Names of people who are public, one a line.", show_default=False),
    ] = None,
    links: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write here who is who: for you, never for sharing.", show_default=False),
    ] = None,
) -> None:
    """Write a copy of a record that does no harm.

    Private persons get pseudonyms, descriptions of sources are cut to their kind, places are coarsened, the reports' texts
    are left out, quotations shortened and the names in them cut; changes.csv lists it all. What was written is then searched
    for everything that was taken out, in every spelling known; if anything is found, no copy is kept.

    Ids and pseudonyms hang on a key. Keep it: with it later copies carry the same pseudonyms, and whoever has it can
    find out who is who.
    """
    from tidings._publishing import publish_record
    from tidings.cli.screen import progress_bar

    with progress_bar() as progress:
        done = publish_record(
            file,
            output,
            profile=profile,
            key=key,
            exports=to or (),
            hide=_lines(hide),
            show=_lines(show),
            links=links,
            progress=progress,
        )
    typer.echo(f"The copy is {done.folder} ({done.profile}, {len(done.files)} files).")
    typer.echo(f"  {done.pseudonyms:,} people under pseudonyms")
    for what, number in done.changes:
        typer.echo(f"  {number:,} × {what}")
    for name, left_out in done.left_out.items():
        for reason, times in sorted(left_out.items(), key=lambda pair: (-pair[1], pair[0])):
            typer.echo(f"  {name} left out: {times:,} {reason}")
    typer.echo(f"Searched {done.searched:,} texts for {done.secrets:,} things taken out: none is left.")
    if done.shared:
        typer.echo(
            "Words of hidden names that are also names of others, or too short to be looked for, stay where they stand for others:"
        )
        typer.echo(f"  {', '.join(done.shared)}")
    _look_at("People who stay named", done.shown)
    _look_at("Names that nothing vouches for; put those of people into a file and name it with --hide", done.unsure)
    if done.key_made:
        typer.echo(f"The key is {done.key}. Keep it apart from the copy, and do not lose it.")


def _look_at(what: str, names: tuple[str, ...]) -> None:
    """Print names that a person should look at before the copy leaves the house."""
    if names:
        more = f" and {len(names) - _MOST_NAMES} more (--links FILE holds all)" if len(names) > _MOST_NAMES else ""
        typer.echo(f"{what}:\n  {', '.join(names[:_MOST_NAMES])}{more}")


def _lines(path: Path | None) -> list[str]:
    from tidings.errors import UsageError

    if path is None:
        return []
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as text in UTF-8.") from error


def bring(
    file: RecordFile,
    table: Annotated[
        Path,
        typer.Argument(metavar="TABLE", help="A CSV file with a row for each happening or place.", show_default=False),
    ],
    by: Annotated[
        str, typer.Option(metavar="ANALYST", help="Who says so; the setting analyst otherwise.", show_default=False)
    ] = "",
) -> None:
    """Bring an analyst's own table into a record, as claims by that analyst.

    Each row becomes a document whose text is the row's words; its claim begins with the analyst in the chain, and its
    quotation leads back to the row. Rows that cannot be used are named with their line and left out; the rest comes in.
    """
    from tidings._bringing import bring_table
    from tidings.cli.screen import say_error
    from tidings.config import settings

    done = bring_table(file, table, by=by or settings().analyst)
    for refusal in done.refused:
        say_error(refusal)
    typer.echo(
        f"{done.added:,} rows added, {done.unchanged:,} already there, {done.replaced:,} replaced, {len(done.refused):,} refused."
    )
    for note in done.notes:
        typer.echo(f"  {note}")
    if done.refused:
        raise typer.Exit(PARTLY)
