"""The way from a value down to the words, drawn as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from tidings.cli.screen import out

if TYPE_CHECKING:
    from tidings.record import Step

__all__ = ["print_step"]


_INDENT = (0, 0, 0, 2)


def print_step(step: Step) -> None:
    """Print a step with all that it stands on."""
    console = out()
    # Without colours the words are set between signs, so that the mark survives a pipe or a printer.
    console.print(_branch(step, marked=not console.is_terminal))


def _branch(step: Step, *, marked: bool) -> Tree:
    tree = Tree(_label(step, marked=marked), guide_style="dim")
    _hang(tree, step, marked=marked)
    return tree


def _hang(tree: Tree, step: Step, *, marked: bool) -> None:
    for below in step.under:
        _hang(tree.add(_label(below, marked=marked)), below, marked=marked)


def _label(step: Step, *, marked: bool) -> Group:
    head = Text()
    if step.what not in {"comparison", "reason", "day"}:
        head.append(f"{step.what}  ", style="bold cyan")
    head.append(step.says, style="" if step.what == "day" or not step.id else "bold")
    if step.id:
        head.append(f"  {step.id}", style="dim")
    lines: list[RenderableType] = [head]
    if step.words is not None:
        words = step.words
        quote = Text("“", style="dim")
        quote.append(words.before, style="dim")
        quote.append(f"»{words.quote}«" if marked else words.quote, style="bold underline")
        quote.append(words.after, style="dim")
        quote.append("”", style="dim")
        lines.append(Padding(quote, _INDENT))
        lines.append(Padding(Text(f"{words.path}, {words.start}–{words.end}", style="dim italic"), _INDENT))
    lines += [Padding(Text.assemble((f"{label}  ", "cyan"), value), _INDENT) for label, value in step.facts]
    return Group(*lines)
