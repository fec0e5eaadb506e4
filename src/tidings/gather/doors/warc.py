"""Saved web archives (WARC 1.0 and 1.1, ISO 28500), packed or not: each page that a server sent is a report of its own.

Records are read one after another from a stream; a record's block is kept as it stands, with the server's headers, so that
the page can be taken out of it again. Reading is our own because it must be bounded: an archive may lie about every length.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from tidings.gather.bounds import LARGEST_FILE, Budget, CutShort, gunzip
from tidings.gather.decode import Undecodable, decode
from tidings.gather.doors.docx import docx_words
from tidings.gather.doors.http import Answer, answer, media_type
from tidings.gather.doors.kind import Door, Item, Source, Words
from tidings.gather.doors.page import page_words
from tidings.gather.doors.pdf import pdf_words
from tidings.gather.row import Row
from tidings.model import Refusal

__all__ = ["DOOR", "Record", "pages", "records"]

LARGEST_BLOCK = 4 * LARGEST_FILE
"""Bytes of the largest record that is read; films and pictures beyond it are passed over."""
LONGEST_LINE = 64 * 1024
MOST_HEADERS = 200
LEAST_WORDS = 20
"""Words below which a saved page is a frame, a pixel or a counter and no report."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf", _DOCX})
_AGAIN = "Archive it again; the records before were used."


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number in the file from 1, its headers in lower case, and its block (None where it is too large)."""

    number: int
    headers: dict[str, str]
    block: bytes | None

    @property
    def kind(self) -> str:
        """What it holds: ``response``, ``resource``, ``revisit``, ``warcinfo`` and so on."""
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """The address that it is a record of."""
        return self.headers.get("warc-target-uri", "").strip("<> ")


def records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of a WARC as it stands unpacked.

    Raises:
        CutShort: It ends within a record; the records before were yielded.
        Undecodable: It is no WARC, or is damaged beyond finding the next record.
    """
    number = 0
    while True:
        line = _line(stream)
        while line in {b"\r\n", b"\n"}:
            line = _line(stream)
        if not line:
            return
        if not line.startswith(b"WARC/"):
            why = "it is no WARC" if number == 0 else f"what follows record {number} is no record"
            raise Undecodable(why, "Archive it again." if number == 0 else _AGAIN)
        number += 1
        headers = _headers(stream, number)
        try:
            length = int(headers.get("content-length", ""))
        except ValueError as error:
            raise Undecodable(f"record {number} does not say how long it is", _AGAIN) from error
        if length < 0:
            raise Undecodable(f"record {number} says that it is {length} bytes long", _AGAIN)
        yield Record(number, headers, _block(stream, length, number))


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(LONGEST_LINE)
    if len(line) >= LONGEST_LINE:
        raise Undecodable("a line of its headers does not end", _AGAIN)
    return line


def _headers(stream: BinaryIO, number: int) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(MOST_HEADERS):
        line = _line(stream)
        if not line:
            raise CutShort(f"it breaks off within record {number}", _AGAIN)
        if line in {b"\r\n", b"\n"}:
            return headers
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    raise Undecodable(f"the headers of record {number} do not end", _AGAIN)


def _block(stream: BinaryIO, length: int, number: int) -> bytes | None:
    kept: list[bytes] = []
    left = length
    while left:
        data = stream.read(min(left, 1024 * 1024))
        if not data:
            raise CutShort(f"it breaks off within record {number}", _AGAIN)
        left -= len(data)
        if length <= LARGEST_BLOCK:
            kept.append(data)
    return b"".join(kept) if length <= LARGEST_BLOCK else None


def pages(stream: BinaryIO, *, only: Set[str] = frozenset()) -> Iterator[Item | Refusal]:
    """Yield the pages in a WARC as items.

    Args:
        stream: The WARC, unpacked.
        only: Addresses of pages; all others are passed over. Empty takes every page.
    """
    for record in records(stream):
        if record.kind not in {"response", "resource"} or (only and record.url not in only):
            continue
        media = media_type(record.headers.get("content-type", ""))
        if record.block is None:
            if media in _MEDIA:
                yield Refusal(
                    path=f"record={record.number}", reason="the record is too large for a page", advice=_AGAIN
                )
            continue
        same = record.block
        if record.kind == "response":
            if media not in {"application/http", "application/https", ""} or not record.url.startswith("http"):
                continue
            try:
                head = answer(record.block, opened=False)
            except Undecodable:
                continue
            if head.status != 200 or (head.media or "text/html") not in _MEDIA or not head.body.strip():
                continue
            same = head.body
        elif media not in _MEDIA:
            continue
        yield Item(
            locator=f"record={record.number}",
            data=record.block,
            row=Row(url=record.url if record.url.startswith("http") else ""),
            same=same,
            least_words=LEAST_WORDS,
        )


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the pages in a WARC, packed or not."""
    with source.open() as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        with gunzip(raw, budget) if packed else nullcontext(raw) as stream:
            yield from pages(stream)


def words(data: bytes, path: str) -> Words:
    """Return the words of the page that a record holds."""
    if not data.startswith(b"HTTP/"):
        return _by_media(Answer(200, {}, data), path)
    return _by_media(answer(data), path)


def _by_media(page: Answer, path: str) -> Words:
    if page.body.startswith(b"%PDF") or page.media == "application/pdf":
        return pdf_words(page.body, path)
    if page.media == _DOCX:
        return docx_words(page.body, path)
    if page.media == "text/plain":
        decoded = decode(page.body, declared=page.charset)
        return Words(text=decoded.text, notes=(decoded.note,))
    return page_words(page.body, declared=page.charset)


DOOR = Door(
    name="warc", title="saved web archives (WARC)", endings=(".warc", ".warc.gz"), words=words, items=items, whole=False,
    largest=LARGEST_BLOCK,
)  # fmt: skip
