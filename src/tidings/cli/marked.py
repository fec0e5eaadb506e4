"""A report with its claims, speakers and places marked, and what was made of each claim."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from rich.padding import Padding
from rich.text import Text

from tidings.cli.screen import out
from tidings.cli.wording import cell

__all__ = ["print_report"]

Row = Mapping[str, Any]

_KIND_STYLES = {"source": "cyan", "place": "green", "actor": "yellow", "person": "magenta"}
_NAMED = (("source", "speakers"), ("place", "places"), ("actor", "parties"), ("person", "persons"))
_INFERRED = {
    "carried": "taken from another sentence",
    "sentence": "taken from elsewhere in the sentence",
    "near": "the nearest one named",
    "pointed": "what a word like “there” points at",
    "opposed": "the other side of the fight",
    "report": "the only one of the report that fits",
}
"""How a slot was filled that the words of the claim do not fill, as the claim's ``unfilled`` says it after the dot."""
_UNSEEN = dict.fromkeys(
    (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "·"
)
"""Codes that would move the cursor or turn the direction of what follows on the reader's screen: shown as a dot each."""
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
    console.print(_marked(document["text"].strip("\n"), tables, _lead(document["text"]), plain=not console.is_terminal))
    console.print()
    console.print(_legend(tables, plain=not console.is_terminal))
    for number, claim in enumerate(tables["claims"], start=1):
        console.print()
        console.print(
            Text.assemble(
                (f"[{number}] ", "bold"),
                (f"{claim['kind']}/{claim['type']}", "bold cyan"),
                f"  {claim['rule']}  {claim['confidence']:.2f}",
            )
        )
        console.print(Padding(_about(claim), (0, 0, 0, 4), expand=False))
    if document["given_up"]:
        console.print()
    for sentence in document["given_up"]:
        console.print(Text(f"left unread: {sentence}", style="red"))


def _lead(text: str) -> int:
    """Return how many line breaks stand before the first word: they are not shown."""
    return len(text) - len(text.lstrip("\n"))


def _legend(tables: Mapping[str, Sequence[Row]], *, plain: bool) -> Text:
    """Return what the marks mean; without colours, the names that colours would mark."""
    if not tables["claims"]:
        return Text("no claim was found")
    if not plain:
        parts = [
            ("claims underlined and numbered", "underline"),
            *((words, _KIND_STYLES[kind]) for kind, words in _NAMED),
        ]
        return Text("  ").join(Text(words, style=style) for words, style in parts)
    lines = ["Each claim stands in brackets after its number."]
    for kind, words in _NAMED:
        named = [row["text"] for row in tables["mentions"] if row["kind"] == kind and row["how"] != "pronoun"]
        if kind == "source":
            named = [row["source"] for row in tables["attributions"] if row["source"]]
        if named:
            lines.append(f"{words}: {', '.join(dict.fromkeys(map(_one_line, named)))}")
    return Text("\n".join(lines))


def _one_line(words: str) -> str:
    return " ".join(words.translate(_UNSEEN).split())


def _about(claim: Row) -> Text:
    text = Text()
    text.append(f"“{_one_line(claim['quote'])}”\n", style="italic")
    text.append(f"said by {cell(claim['chain'], 'chain')}", style="cyan")
    filled = [(slot, cell(claim[slot], slot)) for slot in _SLOTS if slot != "means"]
    filled.append(("means", _one_line((claim["means"] or {}).get("text") or (claim["means"] or {}).get("kind", ""))))
    filled.append(("words of time", ", ".join(claim["time_words"])))
    shown = [(slot, words) for slot, words in filled if words and (slot, words) != ("mode", "asserted")]
    for number, (slot, words) in enumerate(shown):
        text.append("   " if number else "\n")
        text.append(f"{slot} ", style="dim")
        text.append(words)
    text.append(_missed(claim["unfilled"]))
    return text


def _missed(unfilled: Sequence[str]) -> Text:
    """Return a line of the slots that stayed empty, and one of those filled from other words than the claim's own."""
    text = Text()
    ways: dict[str, list[str]] = {}
    empty = []
    for entry in unfilled:
        slot, _, how = entry.partition(".")
        if how in _INFERRED or slot == "restated":
            ways.setdefault(slot, []).append(_INFERRED.get(how, "an earlier claim"))
        else:
            empty.append(f"other {slot}" if how == "other" else slot)
    guessed = [f"{'what is answered' if slot == 'restated' else slot} ({'; '.join(how)})" for slot, how in ways.items()]
    if guessed:
        text.append(f"\ninferred: {', '.join(guessed)}", style="yellow")
    if empty:
        text.append(f"\nnot found: {', '.join(empty)}", style="red")
    return text


def _marked(words: str, tables: Mapping[str, Sequence[Row]], lead: int, *, plain: bool) -> Text:
    """Return the report's text with a number before each claim, in brackets where no style can mark the claim's end."""
    marks = []
    for number, claim in enumerate(tables["claims"], start=1):
        marks.append((claim["start"] - lead, 1, -claim["end"], f"[{number} " if plain else f"[{number}]"))
        if plain:
            marks.append((claim["end"] - lead, 0, -claim["start"], "]"))
    marks.sort()
    # The marks are put into the words first and the styles laid over them once: cutting a styled text at each of many
    # thousand marks would take the square of their number.
    pieces, last, added, shown = [], 0, [0], []
    for at, _, _, mark in marks:
        pieces += [words[last:at], mark]
        shown.append((at + added[-1], at + added[-1] + len(mark)))
        added.append(added[-1] + len(mark))
        last = at
    text = Text("".join([*pieces, words[last:]]).translate(_UNSEEN))
    places = [at for at, *_ in marks]

    def style(name: str, start: int, end: int) -> None:
        start, end = start - lead, end - lead
        text.stylize(name, start + added[bisect_right(places, start)], end + added[bisect_left(places, end)])

    for claim in tables["claims"]:
        style("underline", claim["start"], claim["end"])
    for mention in tables["mentions"]:
        if mention["kind"] in _KIND_STYLES and mention["how"] != "pronoun":
            style(_KIND_STYLES[mention["kind"]], mention["start"], mention["end"])
    for held in tables["attributions"]:
        if held["source"]:
            style(_KIND_STYLES["source"], held["source_start"], held["source_end"])
    for start, end in shown:
        text.stylize("bold not underline", start, end)
    return text
