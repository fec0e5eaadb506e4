"""Packed web archives (WACZ 1.1): the pages that its list names, out of the WARCs inside, with its hashes looked at."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from hashlib import sha256
from typing import Any

from tidings.gather.bounds import Budget, gunzip
from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import Door, Item, Source
from tidings.gather.doors.warc import pages
from tidings.gather.doors.warc import words as record_words
from tidings.gather.doors.zipped import entries, opened
from tidings.model import Refusal

__all__ = ["DOOR"]

_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the pages of a WACZ: those that its lists of pages name, or all where they name none."""
    held: dict[str, bytes] = {}
    with opened(source) as archive:
        for found in entries(archive, budget):
            if isinstance(found, Refusal):
                yield found
            elif found[0].startswith(("archive/", "pages/")) or found[0] == "datapackage.json":
                held[found[0]] = found[1]
    warcs = [name for name in sorted(held) if name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))]
    if not warcs:
        raise Undecodable("it holds no WARC under archive/", "Make the archive again, or give the WARC by itself.")
    yield from _altered(held)
    named = _named(held)
    for name in warcs:
        raw = io.BytesIO(held[name])
        try:
            with gunzip(raw, budget) if held[name].startswith(b"\x1f\x8b") else nullcontext(raw) as stream:
                for page in pages(stream, only=named):
                    if isinstance(page, Refusal):
                        yield Refusal(path=f"{name}#{page.path}", reason=page.reason, advice=page.advice)
                    else:
                        yield replace(page, locator=f"{name}#{page.locator}")
        except Undecodable as error:
            yield Refusal(path=name, reason=error.reason, advice=error.advice)


def _named(held: dict[str, bytes]) -> frozenset[str]:
    """Return the addresses of the pages that the lists name."""
    rows = (_json(line) for name in _LISTS for line in held.get(name, b"").splitlines())
    return frozenset(url for row in rows if isinstance(url := row.get("url"), str) and url.startswith("http"))


def _altered(held: dict[str, bytes]) -> Iterator[Refusal]:
    """Yield a refusal for each file whose hash is not the one that the archive's own list gives."""
    listed = _json(held.get("datapackage.json", b"{}")).get("resources")
    for row in listed if isinstance(listed, list) else []:
        path, digest = (row.get("path"), row.get("hash")) if isinstance(row, dict) else (None, None)
        if not isinstance(path, str) or not isinstance(digest, str) or not digest.startswith("sha256:"):
            continue
        if path in held and sha256(held[path]).hexdigest() != digest.removeprefix("sha256:").lower():
            yield Refusal(
                path=path,
                reason="its SHA-256 is not the one that the archive's own list gives: it was changed after it was made",
                advice="Get the archive again from whoever made it. Its pages were taken in as they stand.",
            )


def _json(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


DOOR = Door(
    name="wacz", title="packed web archives (WACZ)", endings=(".wacz",), words=record_words, items=items, whole=False
)
