"""Word documents: the words as a reader sees them, and what is named and left alone."""

from __future__ import annotations

import io
import zipfile

import docx as library
import pytest
from tests.gather.made import docx, paragraph, zipped

from tidings.gather import Undecodable, decoded_original, restore, take_in

RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="1" Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/>
<Relationship Id="2" Type="http://x/hyperlink" Target="http://n.example/" TargetMode="External"/>
<Relationship Id="3" Type="http://x/styles" Target="styles.xml"/></Relationships>"""
ARMY = "The army left Kapoeta on Monday, residents said, after two days of fighting with rebels."


def test_a_document_as_word_writes_it() -> None:
    """Headings, paragraphs and the cells of tables are lines; what another program writes is read."""
    made = library.Document()
    made.add_heading("Army leaves Kapoeta")
    made.add_paragraph(ARMY)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Killed", "at least 12 people"
    out = io.BytesIO()
    made.save(out)

    document = take_in(out.getvalue(), "a.docx")

    assert document.text.split("\n\n") == ["Army leaves Kapoeta", ARMY, "Killed", "at least 12 people"]
    assert (document.title, document.notes) == ("Army leaves Kapoeta", ())
    assert restore(document.text, document.removed) == decoded_original(out.getvalue(), "a.docx")


def test_macros_and_outside_links_are_named_and_left_alone() -> None:
    """Nothing is run and nothing is fetched: what a word processor would run or fetch is said."""
    more = {
        "word/vbaProject.bin": b"\xd0\xcf",
        "word/_rels/document.xml.rels": RELATIONS.encode(),
        "word/embeddings/x.bin": b"",
    }

    document = take_in(docx(paragraph(ARMY), more), "a.docm")

    assert document.text == ARMY
    assert document.notes == (
        "It holds macros; they were not run and not looked at.",
        "It holds embedded objects; they were not opened.",
        "It points to 1 outside files that a word processor would fetch (templates, pictures, objects); none was fetched.",
        "It holds 1 links to outside pages; none was followed.",
    )


def test_tracked_changes_are_read_as_accepted() -> None:
    """Deleted words are passed over, added ones are read, and both are said; fields and second copies are passed over."""
    body = (
        '<w:p><w:r><w:t xml:space="preserve">The army left </w:t></w:r><w:del><w:r><w:delText>Torit</w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>Kapoeta</w:t></w:r></w:ins><w:r><w:instrText>HYPERLINK x</w:instrText><w:tab/><w:t>on Monday.</w:t></w:r>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t> So</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t> So</w:t></w:r></mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )

    document = take_in(docx(body), "a.docx")

    assert document.text == "The army left Kapoeta on Monday. So"
    assert document.notes == (
        "It holds tracked changes (1 additions, 1 deletions): it was read as if all were accepted.",
    )


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04", "it is no Word document"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "it is locked with a password, or an old .doc"),
        (zipped({"x.txt": b"a"}), "it is no Word document: it has no body"),
        (zipped({"word/document.xml": b"<w:broken"}), "the document is damaged"),
        (
            zipped({"word/document.xml": f"<!DOCTYPE x [<!ENTITY e0 'a'>{BOMB}]><x>&e8;</x>".encode()}),
            "declares entities",
        ),
        (zipped({"word/document.xml": b"<x>" + b" " * 30_000_000 + b"</x>"}), "a decompression bomb"),
        (
            zipped({"word/document.xml": b"<x>" + b" " * 20_000_000 + b"</x>"}, zipfile.ZIP_STORED),
            "is larger than 16 MB",
        ),
        (docx(""), "the file holds no words"),
    ],
)
def test_bad_documents_are_refused(data: bytes, reason: str) -> None:
    """Files that are none, that are locked, that swell or that are empty are told apart."""
    with pytest.raises(Undecodable, match=reason):
        take_in(data, "a.docx")
