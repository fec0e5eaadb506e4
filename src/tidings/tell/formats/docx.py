"""The brief as a DOCX document: sections, sentences with numbered notes, the quoted words behind them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from tidings.tell.formats import brief_html
from tidings.tell.formats.cells import still
from tidings.tell.formats.export import Export, LeftOut, Tables, Written

__all__ = ["EXPORT", "write"]

_EPOCH = datetime(1980, 1, 1)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(tables: Tables, target: Path) -> Written:
    """Write the brief as one document for a word processor.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    from docx import Document

    left_out: LeftOut = LeftOut()
    cited = _cited(tables)
    document = Document()
    told = document.core_properties
    told.title, told.author, told.comments, told.created, told.modified = "Brief", "", "", _EPOCH, _EPOCH
    document.add_heading("Brief", 0)
    rows = 0
    for section in brief_html.sections(cited):
        document.add_heading(section["name"], 1)
        if not section["rows"]:
            document.add_paragraph("The reports say nothing on this.")
        rows += _section(document, section["rows"])
    document.add_heading("Sources and words", 1)
    for note in brief_html.notes(cited):
        _note(document, note)
    document.save(str(target))
    still(target)
    return Written(files=(target,), rows=rows, left_out=left_out)


def _cited(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    """Return the brief with the claims and reports that it cites, and no others."""
    sentences = [dict(row) for row in tables["brief"]]
    wanted = {one for row in sentences for one in row["claims"]}
    claims = [dict(row) for row in tables["claims"] if row["id"] in wanted]
    reports = {row["document"] for row in claims} | {one for row in sentences for one in row["documents"]}
    documents = [dict(row) for row in tables["documents"] if row["id"] in reports]
    return {"brief": sentences, "claims": claims, "documents": documents}


def _section(document: Any, rows: list[dict[str, Any]]) -> int:
    group = ""
    for row in rows:
        if row["group"] != group:
            group = row["group"]
            document.add_heading(group, 2)
        paragraph = document.add_paragraph(_text(row["sentence"]), style="List Bullet")
        numbers = ", ".join(str(note["n"]) for note in row["notes"])
        if numbers:
            paragraph.add_run(f" {numbers}").font.superscript = True
    return len(rows)


def _note(document: Any, note: dict[str, Any]) -> None:
    """Write a note: by whose word, in which report, the sentence with the quoted words in bold."""
    chain = " → ".join(note["chain"]) or note["publisher"]
    paragraph = document.add_paragraph(_text(f"{note['n']}. {chain}, “{note['title']}”: "))
    if note["quote"]:
        paragraph.add_run(_text(note["before"]))
        paragraph.add_run(_text(note["quote"])).bold = True
        paragraph.add_run(_text(note["after"]))
    else:
        paragraph.add_run("the report as a whole")
    paragraph.add_run(f" ({note['id']})")


def _text(words: str) -> str:
    """Return words without the signs that XML forbids."""
    return _FORBIDDEN.sub("\ufffd", words)


EXPORT = Export(
    name="docx",
    title="the brief as a document for a word processor",
    ending=".docx",
    cannot_hold=(
        "what the brief does not say: it tells the record in sentences",
        "the drawings of the brief as a page (days, ranges)",
        "notes at the foot of the page: they stand numbered at the end",
    ),
    write=write,
    extra="docx",
    needs="docx",
)
