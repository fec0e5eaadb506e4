"""Word documents (DOCX): the words of the body, as a reader sees them; macros and outside links are named and left alone.

A DOCX is a ZIP of XML. Two entries are read, within bounds and without entities, networks or templates: the body, and the
list of what it points to. Nothing in it is run or fetched.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.gather.bounds import FREE, LARGEST_FILE, MOST_RATIO
from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import Door, Words
from tidings.gather.doors.zipped import BROKEN

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["DOOR", "docx_words"]

LARGEST_DOCX = 4 * LARGEST_FILE
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY = "word/document.xml"
_LINKS = "word/_rels/document.xml.rels"
MOST_ENTRIES = 5000


def docx_words(data: bytes, path: str) -> Words:  # noqa: ARG001
    """Return the words of a Word document, a paragraph a line; a table's cells are lines of their own.

    Raises:
        Undecodable: It is no Word document, is locked, or swells when opened.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = [info.filename for info in archive.infolist()]
    except BROKEN as error:
        reason = "it is no Word document"
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            reason = "it is locked with a password, or an old .doc under another name"
        raise Undecodable(reason, "Open it and save it again as .docx or .txt.") from error
    if len(names) > MOST_ENTRIES:
        raise Undecodable(
            f"it holds more than {MOST_ENTRIES:,} entries, which no Word document does", "Do not open it."
        )
    body = next((name for name in (_BODY, "word/document2.xml", "word/document1.xml") if name in names), "")
    if not body:
        raise Undecodable("it is no Word document: it has no body", "Open it and save it again as .docx or .txt.")
    root = _xml(archive, body)
    paragraphs, changes = _paragraphs(root)
    notes = [*_dangers(archive, names), *changes]
    return Words(text="\n\n".join(paragraphs), notes=tuple(notes), basis="document")


def _xml(archive: zipfile.ZipFile, name: str) -> _Element:
    from lxml import etree

    info = archive.getinfo(name)
    if info.file_size > FREE and info.file_size > MOST_RATIO * max(1, info.compress_size):
        raise Undecodable("it swells when opened: a decompression bomb", "Do not open it; ask who sent it.")
    if info.flag_bits & 0x1:
        raise Undecodable("it is locked with a password", "Open it and save it without one.")
    try:
        with archive.open(info) as stream:
            data = stream.read(LARGEST_FILE + 1)
    except BROKEN as error:
        raise Undecodable("the document is damaged", "Fetch it again, or save its text as .txt.") from error
    if len(data) > LARGEST_FILE:
        raise Undecodable(f"its text is larger than {LARGEST_FILE // 2**20} MB", "Split it into its reports.")
    if b"<!DOCTYPE" in data[:10_000] or b"<!ENTITY" in data:
        raise Undecodable("its XML declares entities, which no Word document does", "Do not open it; ask who sent it.")
    # Nothing outside is loaded, no entity is opened, and libxml2's own bounds on depth and size stay in force.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Undecodable("the document is damaged", "Open it and save it again as .docx or .txt.") from error


def _paragraphs(root: _Element) -> tuple[list[str], list[str]]:
    """Return the paragraphs, and sentences about tracked changes."""
    done: list[str] = []
    deleted = added = 0
    stack: list[tuple[str, bool]] = []
    for kind, name, words in _walk(root):
        if kind == "open" and name == "p":
            stack.append(("", False))
        elif kind == "close" and name == "p" and stack:
            line = stack.pop()[0]
            line = re.sub(r"[ \xa0]{2,}", " ", line).strip()
            if line:
                done.append(line)
        elif kind == "text" and stack:
            stack[-1] = (stack[-1][0] + words, False)
        elif kind == "open" and name == "del":
            deleted += 1
        elif kind == "open" and name == "ins":
            added += 1
    notes = []
    if deleted or added:
        notes.append(
            f"It holds tracked changes ({added} additions, {deleted} deletions): it was read as if all were accepted."
        )
    return done, notes


def _walk(root: _Element) -> Iterator[tuple[str, str, str]]:
    """Yield paragraphs as they open and close and the words in them, without recursion; deleted words are passed over."""
    from lxml import etree

    skipping = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        name = tag.removeprefix(_W).removeprefix(_STRICT)
        if tag == _FALLBACK or name in {"del", "moveFrom", "instrText", "delText"}:
            # A text box is kept twice, for old programs too; the second is passed over.
            skipping += 1 if event == "start" else -1
            if name == "del" and event == "start":
                yield "open", "del", ""
            continue
        if skipping or not tag.startswith((_W, _STRICT)):
            continue
        if event == "start":
            yield "open", name, ""
            if name == "t":
                yield "text", "", element.text or ""
            elif name in {"tab", "br", "cr"}:
                yield "text", "", " "
            elif name == "noBreakHyphen":
                yield "text", "", "-"
        else:
            yield "close", name, ""


def _dangers(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """Yield a sentence for each thing in the document that a word processor might run or fetch."""
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        yield "It holds macros; they were not run and not looked at."
    if any("/embeddings/" in name or "/activeX/" in name for name in names):
        yield "It holds embedded objects; they were not opened."
    if _LINKS not in names:
        return
    try:
        root = _xml(archive, _LINKS)
    except Undecodable:
        yield "Its list of links is damaged and was not read."
        return
    outside = [one for one in root if one.get("TargetMode") == "External" and isinstance(one.tag, str)]
    fetched = [one for one in outside if not str(one.get("Type", "")).endswith("/hyperlink")]
    if fetched:
        yield f"It points to {len(fetched)} outside files that a word processor would fetch (templates, pictures, objects); none was fetched."
    if len(outside) > len(fetched):
        yield f"It holds {len(outside) - len(fetched)} links to outside pages; none was followed."


DOOR = Door(name="docx", title="Word documents", endings=(".docx", ".docm"), words=docx_words, largest=LARGEST_DOCX)
