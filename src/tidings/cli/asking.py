"""``tidings show``, ``why`` and ``dates``: questions to a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tidings.cli.building import RecordFile
from tidings.cli.commands import add_command
from tidings.cli.looking_back import AsOf, opened
from tidings.errors import UsageError
from tidings.model.columns import TABLES

if TYPE_CHECKING:
    from tidings.record import Filters

__all__ = ["SHOWN", "add_to"]

GROUP = "Ask a record"

SHOWN: dict[str, tuple[str, ...]] = {
    "documents": ("id", "path", "publisher", "published", "language", "title", "unread"),
    "attributions": ("id", "chain", "source_kind", "cue", "quote"),
    "claims": ("id", "kind", "type", "agents", "targets", "places", "time", "count", "mode", "chain", "quote"),
    "mentions": ("id", "kind", "how", "text", "entity_name"),
    "entities": ("id", "kind", "role", "name", "aliases", "part_of", "precision", "radius_m"),
    "proposals": ("id", "a_name", "b_name", "bits", "standing", "reasons"),
    "times": ("id", "of_kind", "of", "edtf", "basis"),
    "constraints": ("id", "a", "b", "least_days", "most_days", "kind", "quote", "dropped"),
    "events": ("id", "time", "kind", "type", "agents", "targets", "places", "origins", "grade"),
    "comparisons": ("event", "a", "b", "what", "bits", "reason"),
    "figures": ("id", "time", "measure", "group", "by", "places", "scope", "contested", "low", "best", "high"),
    "holdings": ("id", "place", "holder", "standing", "from", "until", "share"),
    "movements": ("id", "time", "type", "group", "origin", "destination", "shelter", "low", "high"),
    "persons": ("id", "name", "standing", "harm", "age", "occupation", "time", "places"),
    "custody": ("id", "who", "whose", "by", "low", "high", "from", "until", "standing"),
    "property": ("id", "what", "whose", "by", "low", "high", "price", "currency", "standing", "time"),
    "relations": ("id", "a_name", "b_name", "type", "mode", "from", "until"),
    "echoes": ("id", "claim", "of", "basis"),
    "contradictions": ("id", "reason", "why", "claims"),
    "framings": ("id", "publisher", "entity", "wording", "n"),
    "brief": ("id", "section", "sentence"),
    "decisions": ("id", "at", "by", "action", "subject", "reason"),
    "builds": ("id", "at", "version", "documents", "added", "removed"),
}
"""The columns that fit a terminal; --columns asks for others, --json gives all."""
_RIGHT = (
    "low",
    "best",
    "high",
    "n",
    "bits",
    "radius_m",
    "least_days",
    "most_days",
    "age",
    "price",
    "documents",
    "days",
    "days_saved",
)
_FIRST = 50
"""Rows printed on a terminal unless --limit asks for more or fewer."""


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, show, group=GROUP)
    add_command(app, why, group=GROUP)
    add_command(app, dates, group=GROUP)
    add_command(app, changes, group=GROUP)


def show(
    file: RecordFile,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=f"One of: {', '.join(TABLES)}.", show_default=False)],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="Kind of claim, happening, entity or mention.", show_default=False)
    ] = "",
    type_: Annotated[
        str, typer.Option("--type", metavar="TYPE", help="Type of claim or happening.", show_default=False)
    ] = "",
    actor: Annotated[
        str, typer.Option(metavar="NAME", help="A person or group, under any known spelling.", show_default=False)
    ] = "",
    place: Annotated[
        str, typer.Option(metavar="NAME", help="A place with all that lies in it.", show_default=False)
    ] = "",
    since: Annotated[
        str, typer.Option("--from", metavar="DAY", help="First day, month or year (2015-06-25).", show_default=False)
    ] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Last day, month or year.", show_default=False)] = "",
    said_by: Annotated[
        str, typer.Option(metavar="NAME", help="Somebody in the chain: publisher, carrier, origin.", show_default=False)
    ] = "",
    document: Annotated[
        str, typer.Option(metavar="REPORT", help="A report: its id, path or file name.", show_default=False)
    ] = "",
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN=VALUE", help="Any other column; may be repeated.", show_default=False),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help=f"At most so many rows (a table: {_FIRST}).", show_default=False),
    ] = None,
    columns: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="Columns to print, joined by commas; [bold]all[/bold] for every one.",
            show_default=False,
        ),
    ] = "",
    json: Annotated[
        bool, typer.Option("--json", metavar="", help="One JSON object a line, with every column.")
    ] = False,
    as_of: AsOf = "",
) -> None:
    """Show a table of the record, all of it or the rows that fit.

    A table without actors, places or days of its own answers through the claims that its rows stand on.

    [dim]tidings show war.tidings claims --kind casualties --place Nyala --said-by SOHR[/dim]
    """
    from tidings.cli.screen import fitting, print_json
    from tidings.cli.screen import table as print_table
    from tidings.cli.wording import cell

    filters: Filters = {
        "kind": kind,
        "type": type_,
        "actor": actor,
        "place": place,
        "since": since,
        "until": until,
        "said_by": said_by,
        "document": document,
        "where": _pairs(where or []),
    }
    with opened(file, as_of) as record:
        asked: Filters = {**filters, "limit": limit if limit or json else _FIRST}
        rows = record.rows(table, **asked)
        shown = _columns(table, columns)
        if json:
            print_json([{name: row[name] for name in shown} for row in rows] if columns else rows)
            return
        total = record.count(table, **filters)
    if not rows:
        typer.echo(f"No row of {table} fits.")
        return
    cells = [[cell(row[name], name) for name in shown] for row in rows]
    kept = list(range(len(shown))) if columns else fitting(shown, cells)
    print_table("", [shown[place] for place in kept], [[line[place] for place in kept] for line in cells], right=_RIGHT)
    if len(kept) < len(shown):
        left = ", ".join(name for place, name in enumerate(shown) if place not in kept)
        typer.echo(f"No room for {left}: --columns names, or a wider terminal.")
    if total > len(rows):
        typer.echo(f"{len(rows)} of {total} rows. More: --limit {total}; all, for programs: --json")


def why(
    file: RecordFile,
    wanted: Annotated[
        str, typer.Argument(metavar="ID", help="Any id, the beginning of one, or a report's path.", show_default=False)
    ],
    json: Annotated[bool, typer.Option("--json", metavar="", help="The same as JSON.")] = False,
    as_of: AsOf = "",
) -> None:
    """Explain a value: from any id down to the words.

    Shown are the rule, the claims, each claim's chain of attribution, and the sentence with the words marked; for a day, the
    constraints that fix it; for a happening, every comparison with its bits; for a report taken back, the decision.
    """
    import json as json_module

    from tidings.cli.tree import print_step
    from tidings.record import plain

    with opened(file, as_of) as record:
        step = record.why(wanted)
    if json:
        typer.echo(json_module.dumps(plain(step), ensure_ascii=False, indent=2))
    else:
        print_step(step)


def dates(
    file: RecordFile,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a line.")] = False,
) -> None:
    """List every report and happening with the days that it can have.

    Below them stands what was left out because other words contradict it, and which single fact would narrow most: give it in
    the sidecar, or as a known day. [bold]tidings why FILE ID[/bold] shows what fixes a day.
    """
    import tidings
    from tidings.cli.screen import print_json

    with tidings.open(file) as record:
        rows = record.dates()
        worth = [] if json else record.worth_knowing()
        clashes = [] if json else record.clashes()
    if json:
        print_json(rows)
        return
    _print_rows("", ("id", "what", "time", "days", "basis"), rows)
    if clashes:
        _print_rows("Left out, because other words contradict it", ("id", "says", "quote", "why"), clashes)
    if worth:
        _print_rows("Worth knowing: the day of", ("id", "what", "days_saved"), worth)


def changes(
    file: RecordFile,
    since: Annotated[
        str,
        typer.Option(
            metavar="BUILD|DAY",
            help="A build's id, or a day: the last build up to it. [bold]as-of:DAY[/bold] is what was known on that day.",
            show_default=False,
        ),
    ],
    until: Annotated[
        str,
        typer.Option(
            metavar="BUILD|DAY", help="The same, for the later state; else the last build.", show_default=False
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a line.")] = False,
) -> None:
    """Show which values moved between two states of a record, and which report moved them.

    Builds are listed by [bold]tidings show FILE builds[/bold]. What was known on a day is derived anew from the reports that were
    surely published by then.

    [dim]tidings changes war.tidings --since as-of:2015-07-01 --until as-of:2015-08-01[/dim]
    """
    from dataclasses import asdict

    import tidings
    from tidings.cli.screen import print_json

    with tidings.open(file) as record:
        rows = [asdict(row) for row in record.changes(since, until)]
    if json:
        print_json(rows)
        return
    if not rows:
        typer.echo("No value moved.")
        return
    _print_rows("", ("table", "id", "about", "change", "what", "before", "after", "because"), rows)


def _print_rows(title: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    from tidings.cli.screen import table
    from tidings.cli.wording import cell

    table(title, columns, [[cell(row[name], name) for name in columns] for row in rows], right=_RIGHT)


def _pairs(where: list[str]) -> dict[str, str]:
    pairs = {}
    for words in where:
        name, sign, value = words.partition("=")
        if not sign:
            raise UsageError(f"--where takes COLUMN=VALUE, not {words!r}.")
        pairs[name.strip()] = value.strip()
    return pairs


def _columns(table: str, asked: str) -> tuple[str, ...]:
    names = tuple(column.name for column in TABLES.get(table, ()))
    if not asked:
        return SHOWN.get(table, names)
    if asked == "all":
        return names
    wanted = tuple(name.strip() for name in asked.split(","))
    for name in wanted:
        if name not in names:
            raise UsageError(f"the table {table} has no column {name!r}. It has: {', '.join(names)}.")
    return wanted
