"""The texts that lie in a file of a copy, whatever its kind: archives member by member, databases table by table.

Nothing is held whole that could be long: what reads them looks at a piece at a time.
"""

from __future__ import annotations

import gzip
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

__all__ = ["UNSEARCHED", "texts_of"]

_PIECE = 1 << 22
"""Bytes of a text that are read at a time."""
_WHOLE = 1 << 26
"""Bytes up to which a file is read whole where that tells more: JSON, calendars with their folded lines."""
_EDGE = 1 << 12
_ROWS = 5_000
"""Rows of a database or of Parquet that are read at a time."""
UNSEARCHED = "too large to be searched"
"""Where a text says so, it was not looked through."""
_DEEPEST = 3


def texts_of(name: str, file: IO[bytes], size: int, *, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the texts that a file holds, each with where in it; long ones in pieces.

    Args:
        name: The file's name.
        file: The file, open at its beginning.
        size: How many bytes it has.
        depth: How many archives it lies in.
    """
    try:
        opened = _opened(name, file, size, depth)
        if opened is not None:
            yield from opened
            return
        file.seek(0)
        yield from _pieces(name, file, size)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, sqlite3.DatabaseError, ValueError, RuntimeError):
        # What is broken, or no text in UTF-8, is searched as it lies there.
        file.seek(0)
        yield from _bytes(file)


def _pieces(name: str, file: IO[bytes], size: int) -> Iterator[tuple[str, str]]:
    """Yield a text whole where it has to be seen whole and is not too long, else some lines at a time."""
    reader = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        if size <= _PIECE or (name.endswith((".json", ".geojson", ".ics")) and size <= _WHOLE):
            yield "", reader.read()
            return
        while lines := reader.readlines(_PIECE):
            yield "", "".join(lines)
    finally:
        reader.detach()


def _opened(name: str, file: IO[bytes], size: int, depth: int) -> Iterator[tuple[str, str]] | None:
    """Return what walks through a file that has an inside, by its first bytes; None for any other."""
    head = file.read(16)
    if depth < _DEEPEST and head[:4] == b"PK\x03\x04":
        return _archive(file, depth)
    if depth < _DEEPEST and head[:2] == b"\x1f\x8b":
        return _unpacked(name, file, depth)
    if head[:15] == b"SQLite format 3":
        return _database(file, size)
    return _parquet(file) if head[:4] == b"PAR1" else None


def _archive(file: IO[bytes], depth: int) -> Iterator[tuple[str, str]]:
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            yield f"{member.filename}, its name", member.filename + "\n" + member.comment.decode("utf-8", "replace")
            with archive.open(member) as inner:
                for where, text in texts_of(member.filename, inner, member.file_size, depth=depth + 1):
                    yield f"{member.filename} {where}".strip(), text


def _unpacked(name: str, file: IO[bytes], depth: int) -> Iterator[tuple[str, str]]:
    file.seek(0)
    with gzip.open(file) as packed:
        # How long it is, nobody knows before its end: it is read in pieces.
        yield from texts_of(name.removesuffix(".gz"), packed, _WHOLE + 1, depth=depth + 1)  # type: ignore[arg-type]


def _database(file: IO[bytes], size: int) -> Iterator[tuple[str, str]]:
    own = getattr(file, "name", None)
    if isinstance(own, str) and Path(own).is_file():
        connection = sqlite3.connect(f"{Path(own).absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    elif size <= _WHOLE:
        connection = sqlite3.connect(":memory:")
        file.seek(0)
        connection.deserialize(file.read())
    else:
        yield UNSEARCHED, "a database in an archive"
        return
    try:
        connection.text_factory = lambda held: held.decode("utf-8", "replace")
        yield (
            "its schema",
            "\n".join(str(row[0]) for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")),
        )
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in names:
            try:
                rows = connection.execute('SELECT * FROM "' + table.replace('"', '""') + '"')  # noqa: S608 - its own table
                while some := rows.fetchmany(_ROWS):
                    yield f"table {table}", "\n".join(cell for row in some for cell in row if isinstance(cell, str))
            except sqlite3.DatabaseError:
                continue  # a virtual table whose module is not there: its data lie in tables of their own
    finally:
        connection.close()
    # Rows that were deleted may still lie in the file.
    file.seek(0)
    yield from _bytes(file)


def _parquet(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    file.seek(0)
    try:
        from pyarrow import parquet
    except ImportError:
        yield from _bytes(file)
        return
    held = parquet.ParquetFile(file)
    yield "its metadata", str(held.schema_arrow) + str(held.metadata.metadata or "")
    for batch in held.iter_batches(batch_size=_ROWS):
        yield "rows", "\n".join(str(row) for row in batch.to_pylist())


def _bytes(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Yield what of some bytes can be read as text: in UTF-8, in UTF-16, and unpacked where it is deflated as in PDF."""
    before = b""
    while block := file.read(_PIECE):
        data = before + block
        yield "bytes", data.decode("utf-8", "ignore")
        yield "bytes in UTF-16", data.decode("utf-16-le", "ignore")
        for found in re.finditer(rb"stream\r?\n", data):
            try:
                unpacked = zlib.decompressobj().decompress(data[found.end() :], _WHOLE)
            except zlib.error:
                continue
            yield "packed stream", unpacked.decode("latin-1")
        # What lies across the edge of two blocks is seen with the second. The edge is even: UTF-16 has two bytes a sign.
        before = data[-_EDGE:]
