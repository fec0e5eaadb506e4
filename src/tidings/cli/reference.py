"""The reference pages that are written from the program itself: the commands, the tables, the exports."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.model.columns import TABLE_NOTES, TABLES

__all__ = ["exports_page", "page", "tables_page", "write"]

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


def exports_page() -> str:
    """Return the page of the exports that come with Tidings: what each is, what it cannot hold, how to add one."""
    from tidings.record import own_exports

    lines = [
        "# Exports",
        "",
        "Written from the exports themselves by `make docs`. `tidings export --list` says the same on the terminal; "
        "`tidings export FILE --to NAME TARGET` writes one and says how many rows it wrote and what it left out, counted by reason.",
        "",
        "Only the tables (`jsonl`, `parquet`) hold a whole record. Every other export is somebody else's idea of the world: what does "
        "not fit is left out, and said. An export in another project's layout has a page beside it (`FILE.about.txt`) with the "
        "same counts and with whom to name for the places.",
        "",
        "The same record gives the same bytes: rows are sorted, archives carry no clock. In CSV a text that begins with `= + - @`, a "
        "tab or a return gets an apostrophe before it, so that no spreadsheet runs it; in XLSX every text is a text.",
        "",
        "| `--to` | writes | what it is |",
        "| --- | --- | --- |",
    ]
    exports = own_exports()
    lines += [
        f"| [`{one.name}`](#{one.name}) | {f'`{one.ending}`' if one.ending else 'a folder'} | {one.title} |"
        for one in exports
    ]
    for one in exports:
        lines += ["", f"## {one.name}", "", one.title[0].upper() + one.title[1:] + ".", ""]
        if one.extra:
            lines += [f'It needs one library more: `pip install "tidings[{one.extra}]"`.', ""]
        lines += ["It cannot hold:", "", *(f"- {loss}" for loss in one.cannot_hold)]
    lines += ["", *_ADD_ONE]
    return "\n".join(lines).rstrip() + "\n"


_ADD_ONE = (
    "## Add your own",
    "",
    "An export is a value with a name, a title, what it cannot hold, and a function; it is found through the entry-point group "
    "`tidings.exports`, as those above are.",
    "",
    "```python",
    "from tidings.tell.formats.export import Export, LeftOut, Written",
    "",
    "def write(tables, target):",
    "    left_out = LeftOut()",
    '    with target.open("w", encoding="utf-8") as file:',
    "        rows = 0",
    '        for event in tables["events"]:  # each table can be walked through again; none need fit into memory',
    '            if not event["places"]:',
    '                left_out["happenings without a place"] += 1',
    "                continue",
    "            file.write(f\"{event['time']} {event['places'][0]}\\n\")",
    "            rows += 1",
    "    return Written(files=(target,), rows=rows, left_out=left_out)",
    "",
    'EXPORT = Export(name="lines", title="a line a happening", ending=".txt", cannot_hold=("nearly everything",), write=write)',
    "```",
    "",
    "```toml",
    '[project.entry-points."tidings.exports"]',
    'lines = "our_package.lines:EXPORT"',
    "```",
)


def write(folder: Path) -> None:
    """Write all pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "commands.md").write_text(page(), encoding="utf-8", newline="\n")
    (folder / "tables.md").write_text(tables_page(), encoding="utf-8", newline="\n")
    (folder / "exports.md").write_text(exports_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
