"""The brief as Markdown: sentences with numbered notes, the quoted words behind them."""

from __future__ import annotations

import re

from tidings.tell.formats.brief_html import Tables, notes, sections

__all__ = ["render"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def _plain(words: str) -> str:
    """Return words from reports with everything that Markdown or HTML would read as markup escaped."""
    return _SPECIAL.sub(r"\\\1", words)


def render(tables: Tables, *, title: str = "Brief") -> str:
    """Return the brief of a record's tables as one Markdown text with footnotes."""
    lines = [f"# {_plain(title)}", ""]
    for section in sections(tables):
        lines += [f"## {section['name']}", ""]
        if not section["rows"]:
            lines += ["The reports say nothing on this.", ""]
        group = ""
        for row in section["rows"]:
            if row["group"] != group:
                group = row["group"]
                lines += ["", f"### {group}", ""]
            cites = "".join(f"[^{note['n']}]" for note in row["notes"])
            lines.append(f"- {_plain(row['sentence'])}{cites}")
        lines.append("")
    lines += ["## Sources and words", ""]
    for note in notes(tables):
        chain = " → ".join(_plain(link) for link in note["chain"]) or _plain(note["publisher"])
        words = (
            f"{_plain(note['before'])}**{_plain(note['quote'])}**{_plain(note['after'])}"
            if note["quote"]
            else "the report as a whole"
        )
        lines.append(f"[^{note['n']}]: {chain}, “{_plain(note['title'])}”: {words} (`{note['id']}`)")
    return "\n".join(lines) + "\n"
