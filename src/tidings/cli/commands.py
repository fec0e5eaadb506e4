"""How a function becomes a command: its docstring is the help, paragraph by paragraph."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import typer

__all__ = ["add_command"]


def add_command(app: typer.Typer, function: Callable[..., Any], *, name: str = "", group: str | None = None) -> None:
    """Add a function as a command; lines of a paragraph are joined, so that the terminal decides where to break."""
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")
    words = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    app.command(name or function.__name__, help=words, rich_help_panel=group)(function)
