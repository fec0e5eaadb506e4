"""``tidings demo`` and ``explain``: the example record, and one report as Tidings reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tidings.cli.commands import add_command

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, demo, group="Make a record")
    add_command(app, explain, group="Ask a record")


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the example goes.")] = Path("tidings-demo"),
) -> None:
    """Build the example: short reports by invented outlets that disagree.

    Writes the record demo.tidings and its brief into a folder, and prints what was found.
    """
    import tidings
    from tidings.cli.building import print_summary
    from tidings.cli.screen import progress_bar
    from tidings.record import example

    reports, known = example()
    folder.mkdir(parents=True, exist_ok=True)
    with progress_bar() as progress:
        record = tidings.build([reports], folder / "demo.tidings", known=known, progress=progress)
    with record:
        print_summary(record)
        page = folder / "brief.html"
        page.write_text(record.brief(title="Example: invented outlets"), encoding="utf-8", newline="\n")
    typer.echo(
        "The outlets are invented; the example is made to show an echo, a contradiction, a denial, a correction."
    )
    typer.echo(f"The record is {folder / 'demo.tidings'}")
    typer.echo(f"The brief is  {page}")


def explain(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report (.txt, .md, .html).", show_default=False)],
    json: Annotated[bool, typer.Option("--json", metavar="", help="The claims as one JSON object a line.")] = False,
) -> None:
    """Read one report and show what is found in it, and why.

    Prints the report with its claims, speakers and places marked, and for each claim the rule that made it and the slots
    that it could not fill: the way to find out why a sentence was misread. No record is made.
    """
    from tidings.cli.marked import print_report
    from tidings.cli.screen import print_json, progress_bar
    from tidings.record import read_report

    with progress_bar() as progress:
        tables = read_report(report, progress=progress)
    if json:
        print_json(tables["claims"])
    else:
        print_report(tables)
