"""Adding gazetteer layers to the user's index, listing them, taking them out."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from tidings.errors import GazetteerError
from tidings.model import Progress, Refusal
from tidings.resolve.formats import form_of, read_rows, refusal
from tidings.resolve.gazetteer import index_path, open_gazetteer
from tidings.resolve.index import Layer, Prepared, drop_layer, record_layer, write_layer, write_prepared
from tidings.resolve.pieces import Pool, cut, in_order

__all__ = ["Added", "add_layer", "remove_layer"]

KEPT_REFUSALS = 200
"""Refused rows that are named one by one; all are counted."""

# Whom to credit where the user names nobody, by form.
_CREDIT = {
    "geonames": ("CC BY 4.0", "GeoNames (www.geonames.org)"),
    "wof": ("see whosonfirst.org/docs/licenses", "Data from Who's On First (whosonfirst.org)"),
    "pcodes": ("CC BY 4.0; CC BY 3.0 IGO (OCHA)", "p-codes: OCHA common operational datasets"),
    "osm": ("ODbL 1.0", "© OpenStreetMap contributors"),
    "csv": ("not stated", "the analyst's own table"),
    "geojson": ("not stated", "the analyst's own table"),
}


@dataclass(frozen=True, slots=True)
class Added:
    """A layer that was added: how many rows were refused, and the first of them."""

    layer: Layer
    refused: int
    refusals: tuple[Refusal, ...]


def add_layer(
    path: Path,
    *,
    name: str = "",
    form: str = "",
    licence: str = "",
    attribution: str = "",
    alternate_names: Path | None = None,
    index: Path | None = None,
    pool: Pool | None = None,
    progress: Progress | None = None,
) -> Added:
    """Add a file to the index as a layer; a layer of the same name is replaced.

    An analyst's own CSV or GeoJSON wins over all other layers.

    Args:
        path: The file.
        name: The layer's name; the stem of the file otherwise.
        form: One of :data:`tidings.resolve.formats.FORMS`; told from the file otherwise.
        licence: The licence of the data.
        attribution: Whom to credit on every map and export that uses the layer.
        alternate_names: GeoNames' ``alternateNamesV2.txt`` for a GeoNames file.
        index: Another index than the user's own.
        pool: What reads a large GeoNames dump in several processes; None reads everything in this one. The index is the same.
        progress: Called with a step, how much is done and how much there is (0: not known).

    Raises:
        GazetteerError: The file cannot be read, holds no usable row, or the index cannot be written.
    """
    if not path.is_file():
        message = f"{path}: there is no such gazetteer file"
        raise GazetteerError(message)
    form = form or form_of(path)
    target = index or index_path()
    open_gazetteer(progress, path=target)
    refusals: list[Refusal] = []
    count = 0

    def refuse(where: str, why: str) -> None:
        nonlocal count
        count += 1
        if len(refusals) < KEPT_REFUSALS:
            refusals.append(refusal(path, where, why))

    credit = _CREDIT.get(form, ("not stated", path.name))
    layer = Layer(
        name=name or path.name.split(".", 1)[0],
        form=form,
        source=path.name,
        sha256=_hash(path),
        licence=licence or credit[0],
        attribution=attribution or credit[1],
        wins=form in {"csv", "geojson"},
    )
    if layer.name == "world":
        message = "“world” is the name of the default layer. Give the layer another one with name"
        raise GazetteerError(message)
    try:
        with closing(sqlite3.connect(target, timeout=30)) as connection, connection:
            connection.execute("PRAGMA cache_size = -200000")
            connection.execute("PRAGMA threads = 2")
            if pool is not None and form == "geonames" and alternate_names is None and path.suffix != ".gz":

                def batches(first: int) -> Iterator[tuple[Prepared, int]]:
                    return in_order(cut(path, layer.name, first), pool, refuse)

                places = write_prepared(connection, layer, batches, progress=progress)
            else:
                names_of = _alternates(connection, alternate_names, progress) if alternate_names is not None else None
                rows = read_rows(path, form, refuse, names_of=names_of)
                places = write_layer(connection, layer, rows, progress=progress)
            if not places:
                message = f"{path}: none of its {count} rows can be used. The first: {_first(refusals)}"
                raise GazetteerError(message)
            record_layer(connection, layer, places=places, refused=count)
    except sqlite3.Error as error:
        message = f"the gazetteer index {target} cannot be written ({error})"
        raise GazetteerError(message) from error
    return Added(replace(layer, places=places, refused=count), count, tuple(refusals))


def remove_layer(name: str, *, index: Path | None = None) -> int:
    """Take a layer out of the index and return how many places went with it.

    Raises:
        GazetteerError: There is no such layer, or it is the default one.
    """
    target = index or index_path()
    known = [layer.name for layer in open_gazetteer(path=target).layers()]
    if name == "world":
        message = "the default layer stays: other layers are ranked beside it"
        raise GazetteerError(message)
    if name not in known:
        message = f"there is no layer “{name}”. There are: {', '.join(known)}"
        raise GazetteerError(message)
    with closing(sqlite3.connect(target, timeout=30)) as connection, connection:
        return drop_layer(connection, name)


def _alternates(connection: sqlite3.Connection, path: Path, progress: Progress | None) -> Callable[[str], list[str]]:
    """Stage a table of alternate names on disk, so that memory stays bounded, and return how to ask it."""
    connection.execute("CREATE TEMP TABLE alternates (id INTEGER, name TEXT)")

    def pairs() -> list[tuple[int, str]]:
        return [
            (int(fields[1]), fields[3])
            for fields in chunk
            if len(fields) > 3 and fields[1].isdigit() and fields[2] not in _CODES_NOT_NAMES
        ]

    done = 0
    chunk: list[list[str]] = []
    with path.open(encoding="utf-8", errors="replace") as stream:
        for line in stream:
            chunk.append(line.rstrip("\n").split("\t"))
            if len(chunk) == 100_000:
                connection.executemany("INSERT INTO alternates VALUES (?,?)", pairs())
                done += len(chunk)
                chunk = []
                if progress is not None:
                    progress("reading alternate names", done, 0)
    connection.executemany("INSERT INTO alternates VALUES (?,?)", pairs())
    connection.execute("CREATE INDEX temp.alternates_id ON alternates (id)")

    def names_of(ext: str) -> list[str]:
        rows = (
            connection.execute("SELECT name FROM alternates WHERE id = ? ORDER BY rowid", (int(ext),))
            if ext.isdigit()
            else ()
        )
        return [row[0] for row in rows]

    return names_of


# Entries of GeoNames' table of alternate names that are codes or links, no names.
_CODES_NOT_NAMES = frozenset("link post iata icao faac fr_1793 unlc wkdt phon piny abbr tcid".split()) - {"abbr"}


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _first(refusals: list[Refusal]) -> str:
    return f"{refusals[0].path}: {refusals[0].reason}" if refusals else "the file holds no rows"
