"""``tidings check``: proof that a record stands on words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tidings.cli.building import RecordFile
from tidings.cli.commands import add_command

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command of the module."""
    add_command(app, check, group="Ask a record")


def check(
    file: RecordFile,
    json: Annotated[bool, typer.Option("--json", metavar="", help="Faults as one JSON object a line.")] = False,
    against: Annotated[
        str,
        typer.Option(
            "--against", metavar="RECORD", help="For a copy: the record that it was made from.", show_default=False
        ),
    ] = "",
    key: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="For a copy: the key; RECORD.key otherwise.", show_default=False),
    ] = None,
) -> None:
    """Prove the record: every quote, derived value, citation and hash.

    Every quote stands at its offsets; every derived value reaches a quote; every citation of the brief bears out the values
    of its sentence; every report's text and furniture together give its original, whose hash fits; every decision
    follows the one before. Exit code 1 and a list otherwise.

    FILE may be the folder of a copy made by [bold]tidings publish[/bold]: its files are held to their hashes and its values to the
    quotations that it shows; with [bold]--against[/bold] and the key, its quotations to the words in the record, and it is searched
    again for all that was taken out.
    """
    import tidings
    from tidings._copies import is_copy, prove_copy
    from tidings.cli.screen import out, print_json, table

    if is_copy(file):
        proven = prove_copy(file, record=against, key=key)
    else:
        with tidings.open(file) as record:
            proven = record.prove()
    faults = [{"table": fault.table, "id": fault.id, "what": fault.what} for fault in proven.faults]
    if json:
        print_json(faults)
    else:
        for what, number in proven.looked.items():
            out().print(f"[green]·[/green] {number:>7,}  {what}")
        if faults:
            table(f"{len(faults)} faults", ("table", "id", "what"), [tuple(fault.values()) for fault in faults])
        else:
            out().print("[bold green]All of it holds.[/bold green]")
    raise typer.Exit(1 if faults else 0)
