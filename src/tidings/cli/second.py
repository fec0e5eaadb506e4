"""``tidings ask`` and ``compare-readers``: a language model as a second reader, and which reader is better at what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tidings.cli.building import PARTLY, RecordFile, print_summary
from tidings.cli.commands import add_command

if TYPE_CHECKING:
    from tidings._asking import Asked, Waiting

__all__ = ["add_to"]

GROUP = "A second reader"


def add_to(app: typer.Typer) -> None:
    """Add the commands of the module."""
    add_command(app, ask, group=GROUP)
    add_command(app, compare_readers, group=GROUP, name="compare-readers")


def ask(
    file: RecordFile,
    endpoint: Annotated[
        str,
        typer.Option(
            "--endpoint",
            metavar="URL",
            help="An endpoint of the OpenAI form, up to /v1; one on this machine first.",
            show_default=False,
        ),
    ],
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="The model, as the endpoint calls it.", show_default=False)
    ],
    yes: Annotated[bool, typer.Option("--yes", metavar="", help="Send without asking first.")] = False,
    estimate: Annotated[bool, typer.Option("--estimate", metavar="", help="Only say what asking would take.")] = False,
    price_in: Annotated[float, typer.Option(min=0, metavar="PRICE", help="For a million tokens sent.")] = 0.0,
    price_out: Annotated[float, typer.Option(min=0, metavar="PRICE", help="For a million tokens answered.")] = 0.0,
) -> None:
    """Ask a language model to read the reports too, and build the record again with its claims in it.

    The model sees one passage at a time and the coding guide; it must quote word for word, or its claim is refused. Its claims enter as
    candidates under its name: what agrees with the rules makes them surer, what differs comes up for review. Nothing is
    sent before you say yes. Every answer is kept in the record and never asked again, so that it builds the same without a network.

    Exit code 3: the endpoint stopped answering; what was answered is kept.

    [dim]tidings ask war.tidings --endpoint http://127.0.0.1:11434/v1 --model llama3[/dim]
    """
    import tidings
    from tidings._asking import Endpoint, ask_waiting, waiting
    from tidings.cli.screen import progress_bar, say_error

    answering = Endpoint(endpoint)
    held = waiting(file, model)
    stopped = ""
    if held.passages:
        _say_what_goes(held, endpoint, model, price_in, price_out)
        if estimate:
            raise typer.Exit
        if not yes and not typer.confirm("Send it?", default=False):
            typer.echo("Nothing was sent.")
            raise typer.Exit(1)
        with progress_bar() as progress:
            done = ask_waiting(file, held, model, answering, progress=progress)
        _say_what_came(done)
        stopped = done.stopped
    else:
        typer.echo(f"{model} was asked about all {held.answered:,} passages before. Nothing is sent.")
        if estimate:
            raise typer.Exit
    with tidings.open(file) as record:
        with progress_bar() as progress:
            record.rebuild(progress=progress)
        print_summary(record)
    if stopped:
        say_error(stopped)
        raise typer.Exit(PARTLY)


def _say_what_goes(held: Waiting, endpoint: str, model: str, price_in: float, price_out: float) -> None:
    """Say what would be sent where, and what it would take."""
    from tidings._asking import is_local

    guess = held.estimate
    where = "this machine" if is_local(endpoint) else "ANOTHER MACHINE"
    letters = sum(len(passage.text) for passage in held.passages)
    typer.echo(
        f"To {endpoint} ({where}), model {model}: {guess.requests:,} passages of {len(held.paths):,} reports, {letters:,} letters of "
        "their texts word for word, and the coding guide. No names of files, no decisions, nothing else of the record."
    )
    cost = f", about {guess.cost(price_in, price_out):.2f} at your prices" if price_in or price_out else ""
    typer.echo(
        f"About {guess.tokens_in:,} tokens sent and {guess.tokens_out:,} answered{cost}; {_time(guess.seconds)} at "
        "six seconds an answer, which is a guess."
    )
    if held.answered:
        typer.echo(f"{held.answered:,} passages were answered before and are not sent again.")


def _say_what_came(done: Asked) -> None:
    """Say how many answers came, what they hold, and what was refused."""
    typer.echo(f"{done.answers:,} answers, {done.claims:,} claims that quote their passage.")
    for why, times in sorted(done.refused.items(), key=lambda pair: (-pair[1], pair[0])):
        typer.echo(f"  refused: {times:,} times, {why}")


def compare_readers(
    file: RecordFile,
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold",
            metavar="FILE",
            help="Coded claims (.jsonl); else the claims that people judged.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a line.")] = False,
) -> None:
    """Show which reader is better at what: the rules, and each model that was asked.

    Without a gold, of the claims that reviewers judged: how many were right. With one: claims found (precision, recall, F1), typed, and
    the slots of those found.
    """
    from tidings._asking import compare_readers as compared
    from tidings.cli.screen import print_json, table

    scores = compared(file, gold)
    if json:
        print_json([
            {
                "reader": row.reader, "kind": row.kind, "judged": row.judged, "right": row.right, "made": row.made, "gold": row.gold,
                "found": row.found, "typed": row.typed, "precision": round(row.precision, 3), "recall": round(row.recall, 3),
                "f1": round(row.f1, 3), **dict(row.slots),
            }
            for row in scores
        ])  # fmt: skip
        return
    if not scores:
        typer.echo("Nothing is judged yet: accept or refuse claims in the reading room, or name a gold with --gold.")
        return
    if gold is None:
        heads: tuple[str, ...] = ("reader", "kind", "judged", "right", "share")
        table("Of the claims that people judged", heads, [
            (row.reader, row.kind, str(row.judged), str(row.right), f"{row.precision:.2f}") for row in scores
        ], right=heads[2:])  # fmt: skip
        return
    names = [slot for slot, _ in scores[0].slots]
    heads = ("reader", "kind", "made", "gold", "found", "typed", "P", "R", "F1", *names)
    table("Against the gold", heads, [
        (
            row.reader, row.kind, str(row.made), str(row.gold), str(row.found), str(row.typed),
            f"{row.precision:.2f}", f"{row.recall:.2f}", f"{row.f1:.2f}", *(f"{share:.2f}" for _, share in row.slots),
        )
        for row in scores
    ], right=heads[2:])  # fmt: skip


def _time(seconds: float) -> str:
    """Return how long something takes, as people say it."""
    minutes = round(seconds / 60)
    if minutes < 2:
        return "a minute or less" if seconds <= 60 else "about a minute"
    return f"some {minutes} minutes" if minutes < 120 else f"some {minutes / 60:.0f} hours"
