"""Whether anything that was taken out survived: in contents, in file names, in what files say of themselves.

Files are opened as far as they can be: archives and office files member by member, databases table by table, text with every
way of writing a letter undone (entities of HTML, escapes of JSON, per cent signs of addresses). What cannot be opened is searched as
bytes. The search looks through the same eyes as what rewrote the words (:mod:`tidings.publish.hidden`), and for the record's own
ids, addresses, file names and hashes letter by letter.
"""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tidings.publish.hidden import Hidden

__all__ = ["Exact", "Survivor", "exact_of", "survivors", "texts_of"]

Tables = Mapping[str, Iterable[Mapping[str, Any]]]
_LARGEST_MEMBER = 2**28
"""Bytes of one member of an archive that are looked through: the exports write none so large, and a bomb gets no further."""
_DEEPEST = 3
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})(?:\\u([0-9a-fA-F]{4}))?")
_TOKEN = re.compile(r"[^\s\"'<>|,;(){}\[\]]+")
_ID = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,3}[_-][0-9a-f]{16}(?![0-9a-f])")
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_FOLD = re.compile(r"\r?\n[ \t]")
"""Where iCalendar breaks a long line."""
_SURE_IN_BYTES = 7
"""Letters from which on a name found among bytes is no accident."""
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|mark|span|small|sub|sup|font|wbr)\b[^<>]*>", re.IGNORECASE)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SHORTEST_STEM = 8


@dataclass(frozen=True, slots=True)
class Exact:
    """What must not stand in a copy letter by letter: ids and hashes, and runs of signs (addresses, file names)."""

    ids: frozenset[str]
    runs: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Survivor:
    """Something that was taken out and is still there: in which file, where in it, what kind of thing.

    ``words`` are shown to those who publish; they never go into the copy.
    """

    file: str
    where: str
    what: str
    words: str


def exact_of(tables: Tables, copied: Tables) -> Exact:
    """Return what the copy must not hold letter by letter: all that the record has in these columns and the copy has not."""
    ids: set[str] = set()
    runs: set[str] = set()
    for kept, held in ((False, tables), (True, copied)):
        for table, rows in held.items():
            if table in {"brief", "builds"}:
                continue  # told anew for the copy
            for row in rows:
                mine = {str(row[name]) for name in ("id", "sha256", "hash", "previous_hash") if row.get(name)}
                addresses = {str(row[name]) for name in ("url", "path") if table == "documents" and row.get(name)}
                if kept:
                    ids -= mine
                    runs -= {_bare(one) for one in addresses}
                else:
                    ids |= mine
                    runs |= {_bare(one) for one in addresses}
                    stems = {one.rsplit("/", 1)[-1].rsplit(".", 1)[0] for one in addresses}
                    runs |= {_bare(one) for one in stems if len(one) >= _SHORTEST_STEM}
    return Exact(frozenset(ids), frozenset(runs - {""}))


def _bare(words: str) -> str:
    return _SCHEME.sub("", unquote(words)).strip("/").casefold()


def survivors(folder: Path, hidden: Hidden, exact: Exact) -> tuple[list[Survivor], int]:
    """Return what survived in the files under a folder, and how many texts were looked through.

    Args:
        folder: The copy.
        hidden: Names and descriptions that must not be shown.
        exact: Ids, hashes, addresses and file names that must not.
    """
    looker = _Looker(hidden, exact)
    found: set[Survivor] = set()
    looked = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found |= {Survivor(name, "its name", *one) for one in looker.look(name, "")}
        if not path.is_file():
            continue
        for where, text in texts_of(name, path.read_bytes()):
            looked += 1
            accident = where.startswith("bytes")
            found |= {
                Survivor(name, where, *one)
                for one in looker.look(text, name)
                if not accident or (len(one[1]) >= _SURE_IN_BYTES and one[1].lower() in text.lower())
            }
    return sorted(found), looked


class _Looker:
    """Looks through texts cell by cell; what was looked at once, in whatever file, is not looked at again."""

    def __init__(self, hidden: Hidden, exact: Exact) -> None:
        self._hidden = hidden
        self._exact = exact
        self._seen: dict[str, tuple[tuple[str, str], ...]] = {}

    def look(self, text: str, name: str) -> Iterator[tuple[str, str]]:
        """Yield (what, words) for everything that stands in a text and must not."""
        for found in (*_ID.finditer(text), *_HASH.finditer(text)):
            if found.group().replace("-", "_") in self._exact.ids:
                yield "id", found.group()
        for whole in _cells(text, name):
            # Ids and hashes were looked at above; without them many cells are alike.
            cell = _HASH.sub(" ", _ID.sub(" ", whole))
            if cell not in self._seen:
                self._seen[cell] = tuple(self._in_cell(cell))
            yield from self._seen[cell]

    def _in_cell(self, cell: str) -> Iterator[tuple[str, str]]:
        for written in _readings(cell):
            for hit in self._hidden.find(written):
                yield hit.secret.what, hit.secret.words
            for token in _TOKEN.finditer(written) if self._exact.runs else ():
                if _bare(token.group()) in self._exact.runs:
                    yield "address or file name", token.group()


def _cells(text: str, name: str) -> Iterator[str]:
    """Yield the strings that a text is made of: those of JSON, else its lines."""
    if name.endswith(".ics"):
        text = _FOLD.sub("", text)
    if not name.endswith((".json", ".jsonl", ".geojson")):
        for line in text.splitlines():
            if _TAG.search(line):
                # What stands between tags and in them; on a page a name may be set in two faces.
                yield from filter(str.strip, re.split("[<>]", line))
                if name.endswith((".html", ".htm")):
                    yield _TAG.sub(" ", _INLINE.sub("", line))
            else:
                yield line
        return
    for part in [text] if not name.endswith("l") else text.splitlines():
        try:
            yield from _strings(json.loads(part) if part else None)
        except ValueError:
            yield from part.splitlines()


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield from held.splitlines()
    elif isinstance(held, dict):
        for key, value in held.items():
            yield key
            yield from _strings(value)
    elif isinstance(held, list):
        for value in held:
            yield from _strings(value)


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it stands, and with each way of writing letters undone where that changes it."""
    yield text
    plain = text
    for undo in (_spelled_out, html.unescape, unquote):
        other = undo(plain)
        if other != plain:
            yield other
            plain = other


def _spelled_out(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text).replace("\\n", "\n").replace("\\t", "\t") if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    units = [int(part, 16) for part in found.groups() if part]
    return b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be", "replace")


def texts_of(name: str, data: bytes, *, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the texts that a file holds, each with where in it.

    Args:
        name: The file's name.
        data: Its bytes.
        depth: How many archives it lies in.
    """
    opened = _opened(name, data, depth)
    if opened is not None:
        try:
            yield from opened
        except (zipfile.BadZipFile, OSError, EOFError, zlib.error, sqlite3.DatabaseError, ValueError, RuntimeError):
            # A broken file is searched as it lies there.
            yield from _bytes(data)
        return
    try:
        yield "", data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield from _bytes(data)


def _opened(name: str, data: bytes, depth: int) -> Iterator[tuple[str, str]] | None:
    """Return what walks through a file that has an inside, by its first bytes; None for any other."""
    if depth < _DEEPEST and data[:4] == b"PK\x03\x04":
        return _archive(data, depth)
    if depth < _DEEPEST and data[:2] == b"\x1f\x8b":
        return _unpacked(name, data, depth)
    if data[:15] == b"SQLite format 3":
        return _database(data)
    return _parquet(data) if data[:4] == b"PAR1" else None


def _archive(data: bytes, depth: int) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            yield f"{member.filename}, its name", member.filename + "\n" + member.comment.decode("utf-8", "replace")
            if member.file_size <= _LARGEST_MEMBER:
                for where, text in texts_of(member.filename, archive.read(member), depth=depth + 1):
                    yield f"{member.filename} {where}".strip(), text


def _unpacked(name: str, data: bytes, depth: int) -> Iterator[tuple[str, str]]:
    with gzip.open(io.BytesIO(data)) as packed:
        yield from texts_of(name.removesuffix(".gz"), packed.read(_LARGEST_MEMBER), depth=depth + 1)


def _database(data: bytes) -> Iterator[tuple[str, str]]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        connection.text_factory = lambda held: held.decode("utf-8", "replace")
        yield (
            "its schema",
            "\n".join(str(row[0]) for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")),
        )
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in names:
            try:
                rows = connection.execute('SELECT * FROM "' + table.replace('"', '""') + '"')  # noqa: S608 - its own table
                cells = [str(cell) for row in rows for cell in row if isinstance(cell, str)]
            except sqlite3.DatabaseError:
                continue  # a virtual table whose module is not there: its data lie in tables of their own
            yield f"table {table}", "\n".join(cells)
    finally:
        connection.close()
    # Rows that were deleted may still lie in the file.
    yield from _bytes(data)


def _parquet(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        from pyarrow import parquet
    except ImportError:
        yield from _bytes(data)
        return
    held = parquet.ParquetFile(io.BytesIO(data))
    yield "its metadata", str(held.schema_arrow) + str(held.metadata.metadata or "")
    for batch in held.iter_batches():
        yield "rows", "\n".join(str(row) for row in batch.to_pylist())


def _bytes(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield what of some bytes can be read as text: in UTF-8, in UTF-16, and unpacked where it is deflated as in PDF."""
    yield "bytes", data.decode("utf-8", "ignore")
    yield "bytes in UTF-16", data.decode("utf-16-le", "ignore")
    for found in re.finditer(rb"stream\r?\n", data):
        try:
            unpacked = zlib.decompressobj().decompress(data[found.end() :], _LARGEST_MEMBER)
        except zlib.error:
            continue
        yield "packed stream", unpacked.decode("latin-1")
