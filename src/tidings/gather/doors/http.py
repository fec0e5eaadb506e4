"""A page as a server sent it: status, headers and body in one piece, taken apart within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidings.gather.bounds import LARGEST_FILE, TooMuch, inflate
from tidings.gather.decode import Undecodable

__all__ = ["Answer", "answer", "media_type"]

LONGEST_HEAD = 256 * 1024
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b[^\r\n]*")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,4000})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent. ``headers`` are in lower case; ``body`` is opened where it was sent compressed."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type without its parameters, in lower case; empty where the server named none."""
        return media_type(self.headers.get("content-type", ""))

    @property
    def charset(self) -> str:
        """The encoding that the server named, or empty."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else ""


def media_type(words: str) -> str:
    """Return the media type in a ``Content-Type`` header without its parameters."""
    return words.partition(";")[0].strip().lower()


def answer(data: bytes, *, opened: bool = True, most: int = LARGEST_FILE) -> Answer:
    """Return what a server sent.

    Args:
        data: Status line, headers and body.
        opened: Whether the body is unpacked; else it is left as it stands.
        most: Bytes that may come out of the body.

    Raises:
        Undecodable: It is no answer of a server, or its body is damaged or packed in a way that is not known.
        TooMuch: The body swells beyond what may come out.
    """
    status = _STATUS.match(data)
    ends = re.compile(rb"\r?\n\r?\n").search(data, 0, LONGEST_HEAD)
    if status is None:
        raise Undecodable("it is no answer of a web server", "Archive the page again.")
    head, body = (data[: ends.start()], data[ends.end() :]) if ends else (data[:LONGEST_HEAD], b"")
    headers: dict[str, str] = {}
    for line in head.split(b"\n")[1:2000]:
        name, colon, value = line.partition(b":")
        if colon:
            headers.setdefault(name.strip().decode("latin-1").lower(), value.strip().decode("latin-1"))
    if opened:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            body = _unchunked(body)
        body = _unpacked(body, headers.get("content-encoding", ""), most)
    return Answer(int(status[1]), headers, body)


def _unchunked(body: bytes) -> bytes:
    """Return a body sent in chunks as one; archives often keep it joined under the old header, and then it stays."""
    out: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        at = found.end()
        if size == 0:
            return b"".join(out)
        out.append(body[at : at + size])
        at += size
        if at > len(body):
            raise Undecodable("the page breaks off before its end", "Archive the page again.")
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if out and at < len(body):
        return body
    return b"".join(out) if out else body


def _unpacked(body: bytes, coding: str, most: int) -> bytes:
    for name in reversed([part.strip().lower() for part in coding.split(",") if part.strip()][:3]):
        if name in {"gzip", "x-gzip"}:
            body = inflate(body, wbits=31, most=most) if body.startswith(b"\x1f\x8b") else body
        elif name == "deflate":
            body = inflate(body, wbits=15 if body[:1] == b"\x78" else -15, most=most)
        elif name == "br":
            body = _brotli(body, most)
        elif name != "identity":
            raise Undecodable(
                f"the page was sent packed as {name!r}, which is not opened", "Archive it again without that packing."
            )
    return body


def _brotli(body: bytes, most: int) -> bytes:
    import brotli

    opened = brotli.Decompressor()
    out: list[bytes] = []
    given = 0
    try:
        data = body
        while True:
            piece = opened.process(data, output_buffer_limit=1024 * 1024)
            data = b""
            given += len(piece)
            out.append(piece)
            if given > most:
                raise TooMuch(f"more than {most // 2**20} MB would come out of it", "It is no single report.")
            if opened.is_finished():
                return b"".join(out)
            if opened.can_accept_more_data():
                raise Undecodable("the compressed page breaks off", "Archive it again.")
    except brotli.error as error:
        raise Undecodable("the compressed page is damaged", "Archive it again.") from error
