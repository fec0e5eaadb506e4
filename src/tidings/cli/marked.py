"""A report with its claims, speakers and places marked, and what was made of each claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.padding import Padding
from rich.text import Text

from tidings.cli.screen import out
from tidings.cli.wording import cell

__all__ = ["print_report"]

Row = Mapping[str, Any]

_KIND_STYLES = {"source": "cyan", "place": "green", "actor": "yellow", "person": "magenta"}
_SLOTS = ("agents", "targets", "places", "time", "count", "share", "measure", "means", "origin", "destination", "mode")


def print_report(tables: Mapping[str, Sequence[Row]]) -> None:
    """Print one report, marked, and a paragraph for each claim.

    Args:
        tables: The tables of the contract for a single report.
    """
    console = out()
    document = tables["documents"][0]
    head = f"{document['path']}  {document['publisher'] or 'unknown publisher'}  {document['published'] or 'no day'}"
    console.print(Text(head, style="bold"))
    if document["unread"]:
        console.print(Text(f"not read: {document['unread']}"))
        return
    console.print()
    console.print(_marked(document["text"], tables, plain=not console.is_terminal))
    console.print()
    console.print(
        Text.assemble(
            ("claims underlined and numbered  ", "underline"),
            ("speakers  ", "cyan"),
            ("places  ", "green"),
            ("parties  ", "yellow"),
            ("persons", "magenta"),
        )
    )
    for number, claim in enumerate(tables["claims"], start=1):
        console.print()
        console.print(
            Text.assemble(
                (f"[{number}] ", "bold"),
                (f"{claim['kind']}/{claim['type']}", "bold cyan"),
                f"  {claim['rule']}  {claim['confidence']:.2f}",
            )
        )
        console.print(Padding(_about(claim), (0, 0, 0, 4)))
    for sentence in document["given_up"]:
        console.print(Text(f"left unread: {sentence}", style="red"))


def _about(claim: Row) -> Text:
    text = Text()
    text.append(f"“{' '.join(claim['quote'].split())}”\n", style="italic")
    text.append(f"said by {cell(claim['chain'], 'chain')}\n", style="cyan")
    for slot in _SLOTS:
        words = cell(claim[slot], slot)
        if words and not (slot == "mode" and words == "asserted"):
            text.append(f"{slot} ", style="dim")
            text.append(f"{words}   ")
    if claim["time_words"]:
        text.append("words of time ", style="dim")
        text.append(", ".join(claim["time_words"]))
    if claim["unfilled"]:
        text.append(f"\nnot found: {', '.join(claim['unfilled'])}", style="red")
    return text


def _marked(words: str, tables: Mapping[str, Sequence[Row]], *, plain: bool) -> Text:
    """Return the report's text with a number before each claim; styles mark claims and mentions on a terminal."""
    text = Text(words)
    for claim in tables["claims"]:
        text.stylize("underline", claim["start"], claim["end"])
    for mention in tables["mentions"]:
        style = _KIND_STYLES.get(mention["kind"])
        if style and mention["how"] != "pronoun":
            text.stylize(style, mention["start"], mention["end"])
    starts = sorted(((claim["start"], number) for number, claim in enumerate(tables["claims"], start=1)), reverse=True)
    for start, number in starts:
        mark = Text(f"[{number}]" if not plain else f"[{number} ", style="bold")
        text = Text.assemble(text[:start], mark, text[start:])
    return text
