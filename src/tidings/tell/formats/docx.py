"""The brief as a DOCX document, written by hand: sections, sentences with numbered notes, the quoted words behind them.

Source: ECMA-376, WordprocessingML. A library needs memory and time that grow faster than the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.tell.formats import brief_html
from tidings.tell.formats.archive import Archive, xml_text
from tidings.tell.formats.cells import credit_lines
from tidings.tell.formats.export import Export, Tables, Written

__all__ = ["EXPORT", "write"]

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write(tables: Tables, target: Path) -> Written:
    """Write the brief as one document for a word processor.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    cited = brief_html.cited(tables)
    sections = brief_html.sections(cited)
    with Archive(target) as out:
        out.add("[Content_Types].xml", [_TYPES])
        out.add("_rels/.rels", [_relations(("officeDocument", "word/document.xml"))])
        out.add("word/_rels/document.xml.rels", [_relations(("styles", "styles.xml"), ("numbering", "numbering.xml"))])
        out.add("word/styles.xml", [_styles()])
        out.add("word/numbering.xml", [_NUMBERING])
        out.add("word/document.xml", _document(sections, brief_html.notes(cited), credit_lines(tables)))
    return Written(files=(target,), rows=sum(len(section["rows"]) for section in sections))


def _document(sections: list[dict[str, Any]], notes: list[dict[str, Any]], named: tuple[str, ...]) -> Iterator[str]:
    yield f'<w:document xmlns:w="{_MAIN}"><w:body>\n'
    yield _paragraph(_run("Brief"), "Title")
    for section in sections:
        yield _paragraph(_run(section["name"]), "Heading1")
        if not section["rows"]:
            yield _paragraph(_run("The reports say nothing on this."))
        group = ""
        for row in section["rows"]:
            if row["group"] != group:
                group = row["group"]
                yield _paragraph(_run(group), "Heading2")
            numbers = ", ".join(str(note["n"]) for note in row["notes"])
            cites = _run(f" {numbers}", '<w:vertAlign w:val="superscript"/>') if numbers else ""
            yield _paragraph(_run(row["sentence"]) + cites, "ListBullet")
    yield _paragraph(_run("Sources and words"), "Heading1")
    for note in notes:
        yield _note(note)
    for credit in named:
        yield _paragraph(_run(f"Places: {credit}"))
    yield '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
    yield 'w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>\n'


def _note(note: dict[str, Any]) -> str:
    """Return a note: by whose word, in which report, the sentence with the quoted words in bold."""
    chain = " → ".join(note["chain"]) or note["publisher"]
    runs = [_run(f"{note['n']}. {chain}, “{note['title']}”: ")]
    if note["quote"]:
        runs += [_run(note["before"]), _run(note["quote"], "<w:b/>"), _run(note["after"])]
    else:
        runs.append(_run("the report as a whole"))
    return _paragraph("".join([*runs, _run(f" ({note['id']})")]))


def _run(words: str, form: str = "") -> str:
    if not words:
        return ""
    told = f"<w:rPr>{form}</w:rPr>" if form else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{xml_text(words)}</w:t></w:r>'


def _paragraph(runs: str, style: str = "") -> str:
    told = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{told}{runs}</w:p>\n"


def _relations(*parts: tuple[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for n, (kind, path) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _styles() -> str:
    """Return the styles that word processors know by name, so that a table of contents and a navigator find the headings."""
    heading = '<w:keepNext/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="{level}"/>'
    bullet = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        ("Title", "Title", "", '<w:sz w:val="48"/>'),
        ("Heading1", "heading 1", heading.format(level=0), '<w:b/><w:sz w:val="32"/>'),
        ("Heading2", "heading 2", heading.format(level=1), '<w:b/><w:sz w:val="26"/>'),
        ("ListBullet", "List Bullet", bullet, ""),
    )
    told = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        for one, name, paragraph, run in styles
    )
    return (
        f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>'
        '<w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{told}</w:styles>"
    )


_NUMBERING = (
    f'<w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/></Types>'
)

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
)
