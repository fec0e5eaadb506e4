"""The reference pages that are written from the program itself: the commands and the tables."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.model.columns import TABLE_NOTES, TABLES

__all__ = ["page", "tables_page", "write"]

_MARKUP = re.compile(r"\[/?(?:bold|dim)\]")


def page() -> str:
    """Return the page of all commands, in Markdown."""
    from typer.main import get_command

    from tidings.cli.app import app

    lines = ["# Commands", "", "Written from `--help` by `make docs`.", ""]
    top: Any = get_command(app)
    lines += [_plain(top.help), ""]
    lines += [
        "Exit codes: 0 all well; 1 nothing was built, the thing asked for is not there, or `check` found a fault; "
        "2 wrong usage; 3 something was refused and the rest was built.",
        "",
    ]
    for name, command in top.commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            lines += _command(f"tidings {name}", command)
        else:
            lines += [f"## tidings {name}", "", _plain(command.help), ""]
            for below, sub in inner.items():
                lines += _command(f"tidings {name} {below}", sub)
    return "\n".join(lines).rstrip() + "\n"


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option" and not param.hidden]
    words = " ".join(_argument(param) for param in arguments)
    yield from (f"## {name}", "", "```", f"{name} [OPTIONS] {words}".rstrip(), "```", "", _plain(command.help), "")
    if arguments or options:
        yield from ("| | |", "| --- | --- |")
    for param in arguments:
        yield f"| `{_argument(param)}` | {_plain(param.help)} |"
    for param in options:
        flags = ", ".join(f"`{flag}`" for flag in param.opts)
        takes = "" if param.is_flag else f" `{param.metavar or 'VALUE'}`"
        default = f" Default: {param.default}." if param.show_default and param.default not in (None, "", False) else ""
        needed = " Required." if param.required else ""
        yield f"| {flags}{takes} | {_plain(param.help)}{needed}{default} |"
    yield ""


def _argument(param: Any) -> str:
    return str(param.metavar or (param.name or "").upper().rstrip("_"))


def _plain(words: str | None) -> str:
    return _MARKUP.sub("`", words or "").replace("|", "\\|")


def tables_page() -> str:
    """Return the page of all tables and columns, in Markdown."""
    lines = [
        "# The record's tables",
        "",
        "Written from the columns themselves by `make docs`. The exports carry these tables under these names, one file a table,",
        "with these columns in this order. A column keeps its name and meaning; more may be added at the end.",
        "",
        "Columns that name entities hold display names, with `<column>_ids` beside them. `document`, `claims`, `attribution`, `event`,",
        "`a`, `b` and `of` hold ids, and so does `entity` in mentions and persons. Days are ISO 8601 or",
        "[EDTF](https://www.loc.gov/standards/datetime/); what is not known is empty.",
        "Offsets count Unicode code points of `documents.text`. In CSV lists are joined by ` \\| ` and the parts of an object have",
        "columns of their own (`count_low`).",
        "",
    ]
    for name, columns in TABLES.items():
        lines += [f"## {name}", "", TABLE_NOTES[name], "", "| column | holds | |", "| --- | --- | --- |"]
        lines += [f"| `{column.name}` | {column.holds.replace('_', ' or ')} | {column.about} |" for column in columns]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def write(folder: Path) -> None:
    """Write both pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "commands.md").write_text(page(), encoding="utf-8", newline="\n")
    (folder / "tables.md").write_text(tables_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
