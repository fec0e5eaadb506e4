"""Pages kept as web archives: one WARC a page, with the request, the answer and their SHA-256, as ISO 28500 writes them."""

from __future__ import annotations

import base64
import contextlib
import gzip
import io
import json
import os
import re
import tempfile
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from tidings.gather.watch.fetch import Fetched

__all__ = ["Kept", "keep", "tidy", "warc_of", "write"]

SIDECAR = "reports.jsonl"
_LEFT_SECONDS = 3600
"""No file takes an hour to write: an older half of one is a killed round's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A page that was kept: its address, its file, the SHA-256 of the page as it came and of the file, and when."""

    url: str
    file: Path
    page_sha256: str
    file_sha256: str
    at: str


def warc_of(page: Fetched, at: datetime, software: str) -> bytes:
    """Return a page as a WARC of three records, each packed by itself: who wrote it, the request, the answer.

    The same page at the same moment gives the same bytes.
    """
    when = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    block = page.head + page.body
    answer = _id(page.url, when, block)
    about = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    records = [
        _record("warcinfo", _id("warcinfo", when, block), when, about, "application/warc-fields"),
        _record(
            "request", _id("request", when, block), when, page.sent, "application/http;msgtype=request", page.url,
            {"WARC-Concurrent-To": answer},
        ),
        _record(
            "response", answer, when, block, "application/http;msgtype=response", page.url,
            {"WARC-Payload-Digest": _digest(page.body)},
        ),
    ]  # fmt: skip
    out = io.BytesIO()
    for record in records:
        with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
            packed.write(record)
    return out.getvalue()


def _id(what: str, when: str, block: bytes) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{what} {when} {sha256(block).hexdigest()}')}>"


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(sha256(data).digest()).decode()


def _record(
    kind: str, name: str, when: str, block: bytes, media: str, url: str = "", more: dict[str, str] | None = None
) -> bytes:
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": name,
        "WARC-Date": when,
        **({"WARC-Target-URI": url} if url else {}),
        **(more or {}),
        "WARC-Block-Digest": _digest(block),
        "Content-Type": media,
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in headers.items()) + "\r\n"
    return head.encode() + block + b"\r\n\r\n"


def keep(page: Fetched, folder: Path, at: datetime, *, software: str, said: dict[str, str]) -> Kept:
    """Keep a page under a folder, and what is known of it in the sidecar beside it.

    Args:
        page: The page as it came.
        folder: Where all pages are kept; each server has a folder of its own below.
        at: The moment at which it was fetched (UTC).
        software: Who fetched it, with its version.
        said: What the feed says of it: publisher, published, language.
    """
    place = folder / _folder(page.url)
    place.mkdir(parents=True, exist_ok=True)
    digest = sha256(page.body).hexdigest()
    before = _kept_before(place, page.url, digest)
    if before is not None:
        at, data, name = before
    else:
        data = warc_of(page, at, software)
        name = f"{at.strftime('%Y%m%dT%H%M%SZ')}-{digest[:16]}.warc.gz"
        write(place / name, data)
    row = {key: value for key, value in {"id": name, "url": page.url, **said}.items() if value}
    row |= {
        "page_sha256": digest,
        "file_sha256": sha256(data).hexdigest(),
        "fetched": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    _add(place / SIDECAR, row)
    return Kept(url=page.url, file=place / name, page_sha256=digest, file_sha256=row["file_sha256"], at=row["fetched"])


def tidy(folder: Path) -> None:
    """Remove halves of files that a killed round left, once nobody can be writing them any more."""
    for left in folder.rglob(".*.part"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                left.unlink()


def _kept_before(place: Path, url: str, digest: str) -> tuple[datetime, bytes, str] | None:
    """Return when, with what bytes and under what name the very page was kept by a round that was killed before it said so."""
    for path in sorted(place.glob(f"*-{digest[:16]}.warc.gz")):
        data = path.read_bytes()
        try:
            at = datetime.strptime(path.name.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            held = gzip.decompress(data)
        except (ValueError, OSError, EOFError):
            continue
        if f"WARC-Target-URI: {url}\r\n".encode() in held:
            return at, data, path.name
    return None


def _folder(url: str) -> str:
    host = urlsplit(url).hostname or "unknown"
    return re.sub(r"[^a-z0-9.-]", "_", host.lower()).strip(".")[:100] or "unknown"


def _add(path: Path, row: dict[str, str]) -> None:
    before = path.read_bytes() if path.is_file() else b""
    if f'"id": {json.dumps(row["id"])}'.encode() in before:
        return
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write(path, before + json.dumps(row, ensure_ascii=False).encode() + b"\n")


def write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the program is stopped."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
