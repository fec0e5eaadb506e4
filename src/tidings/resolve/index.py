"""The index of all gazetteer layers: plain SQLite, B-trees over folded keys.

Every name gives two keys: its core (folded, without articles) and, written with a leading tilde, its consonant
skeleton by the spelling rules of its country. The keys of one key are ordered by importance, so that a lookup in
twelve million rows reads a few pages. Measured figures: ``bench/RESULTS.md``.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import log10

from tidings.errors import GazetteerError
from tidings.model import Progress
from tidings.text.fold import core_of, fold
from tidings.text.skeleton import skeleton
from tidings.text.still import still

__all__ = [
    "SCHEMA",
    "Layer",
    "Prepared",
    "Row",
    "drop_layer",
    "importance",
    "prepare",
    "profile_of",
    "record_layer",
    "write_layer",
    "write_prepared",
]

SCHEMA = 12
"""Number of the index's form; an index of another form is built anew."""

_TABLES = (
    """CREATE TABLE IF NOT EXISTS layers (
      name TEXT PRIMARY KEY, form TEXT, source TEXT, sha256 TEXT, licence TEXT, attribution TEXT,
      places INTEGER, refused INTEGER, wins INTEGER
    )""",
    """CREATE TABLE IF NOT EXISTS places (
      id INTEGER PRIMARY KEY, layer TEXT, ext TEXT, name TEXT, lat REAL, lon REAL, kind TEXT, country TEXT, admin1 TEXT,
      population INTEGER, radius INTEGER, weight REAL, names TEXT, ids TEXT, geometry TEXT
    )""",
    """CREATE TABLE IF NOT EXISTS keys (
      key TEXT, rank INTEGER, place INTEGER, country TEXT, PRIMARY KEY (key, rank, place)
    ) WITHOUT ROWID""",
    "CREATE TEMP TABLE IF NOT EXISTS staged (key TEXT, rank INTEGER, place INTEGER, country TEXT)",
)


@dataclass(frozen=True, slots=True)
class Layer:
    """One gazetteer in the index. ``wins`` is True for an analyst's own file: its answers stand before all others."""

    name: str
    form: str
    source: str = ""
    sha256: str = ""
    licence: str = ""
    attribution: str = ""
    places: int = 0
    refused: int = 0
    wins: bool = False


@dataclass(slots=True)
class Row:
    """One place on its way into the index; ``names`` are all its names in any script, the main one may be left out."""

    ext: str
    name: str
    lat: float
    lon: float
    kind: str
    country: str = ""
    admin1: str = ""
    population: int = 0
    radius_m: int = 0
    names: Iterable[str] = ()
    ids: dict[str, str] = field(default_factory=dict)
    weight: float | None = None
    geometry: str = ""


_KIND_WEIGHT = {
    "continent": 9.5,
    "country": 9.0,
    "admin1": 5.5,
    "admin2": 3.5,
    "region": 5.0,
    "mountain": 2.0,
    "sea": 6.0,
    "river": 4.5,
}
_ARABIC = frozenset("SY IQ TR LB JO IL PS SA YE OM AE QA BH KW IR AF PK EG LY TN DZ MA SD TD MR SO DJ EH ER ML NE KM".split())  # fmt: skip
_SLAVIC = frozenset("UA RU BY PL CZ SK BG RS HR BA ME MK SI XK KZ KG UZ TJ TM MD GE AM AZ".split())


def profile_of(country: str) -> str:
    """Return the spelling profile used for names of a country: "arabic", "slavic" or "plain"."""
    if country in _ARABIC:
        return "arabic"
    return "slavic" if country in _SLAVIC else "plain"


def importance(kind: str, population: int) -> float:
    """Return the importance of a place on a log scale: people, or what its kind is worth at the least."""
    people = log10(population + 1)
    if kind in {"country", "continent", "sea"}:
        return _KIND_WEIGHT[kind] + people / 10
    return max(people, _KIND_WEIGHT.get(kind, 0.0))


# Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic letters.
_LETTERED = re.compile(r"[\u0000-\u07ff\u1e00-\u1eff\u2000-\u206f]+\Z")


def _keys(row: Row) -> tuple[set[str], list[str]]:
    profile = profile_of(row.country)
    keys: set[str] = set()
    folded: dict[str, None] = {}
    for name in dict.fromkeys((row.name, *row.names)):
        plain = fold(name)
        if not plain or plain in folded:
            continue
        folded[plain] = None
        keys.add(core_of(plain))
        if not (name.isascii() or _LETTERED.match(name)):
            continue  # scripts that no skeleton reads are found by their Latin transcription alone
        bones = skeleton(name, profile)
        if len(bones) > 1:
            keys.add("~" + bones)
    return keys, list(folded)


def _as_json(ids: dict[str, str]) -> str:
    if len(ids) == 1:
        ((name, value),) = ids.items()
        if value.isalnum():
            return f'{{"{name}": "{value}"}}'
    return json.dumps(ids, sort_keys=True) if ids else ""


Prepared = list[tuple[tuple[object, ...], list[tuple[str, int, int, str]]]]


def prepare(rows: list[Row], layer: str, first: int) -> Prepared:
    """Return the table rows of some places and their keys, numbered from ``first``."""
    prepared: Prepared = []
    for number, row in enumerate(rows, start=first):
        weight = importance(row.kind, row.population) if row.weight is None else row.weight
        keys, folded = _keys(row)
        place = (
            number, layer, row.ext, row.name, row.lat, row.lon, row.kind, row.country, row.admin1, row.population,
            row.radius_m, weight, "|".join(folded), _as_json(row.ids), row.geometry,
        )  # fmt: skip
        rank = -int(weight * 100)
        prepared.append((place, [(key, rank, number, row.country) for key in keys]))
    return prepared


def write_layer(
    connection: sqlite3.Connection,
    layer: Layer,
    rows: Iterable[Row],
    *,
    total: int = 0,
    progress: Progress | None = None,
    batch: int = 20_000,
) -> int:
    """Write the places of a layer, replacing a layer of the same name, and return how many there are.

    Memory is bounded by ``batch`` places: keys are staged in a temporary table that SQLite sorts on disk, so that
    the B-tree is filled in order. Nothing is committed; the caller does.
    """
    stream = iter(rows)

    def batches(first: int) -> Iterator[tuple[Prepared, int]]:
        done = 0
        while chunk := list(islice(stream, batch)):
            yield prepare(chunk, layer.name, first + done), total
            done += len(chunk)

    return write_prepared(connection, layer, batches, progress=progress)


def write_prepared(
    connection: sqlite3.Connection,
    layer: Layer,
    batches: Callable[[int], Iterable[tuple[Prepared, int]]],
    *,
    progress: Progress | None = None,
) -> int:
    """Write places that are prepared already, replacing a layer of the same name, and return how many there are.

    Args:
        connection: The index. Nothing is committed; the caller does.
        layer: The layer.
        batches: Called with the first free number; gives prepared places and, for the progress bar, about how many come in all.
        progress: Called with a step, how much is done and how much there is.
    """
    for table in _TABLES:
        connection.execute(table)
    drop_layer(connection, layer.name)
    first = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM places").fetchone()[0])
    marks = ",".join("?" * 15)
    done = 0
    with still():
        for prepared, total in batches(first):
            connection.executemany(f"INSERT INTO places VALUES ({marks})", [place for place, _ in prepared])  # noqa: S608
            connection.executemany("INSERT INTO staged VALUES (?,?,?,?)", [key for _, keys in prepared for key in keys])
            done += len(prepared)
            if progress is not None:
                progress(f"indexing {layer.name}", done, max(total, done))
    connection.execute(
        "INSERT OR IGNORE INTO keys SELECT key, rank, place, country FROM staged ORDER BY key, rank, place"
    )
    connection.execute("DELETE FROM staged")
    record_layer(connection, layer, places=done)
    return done


def record_layer(connection: sqlite3.Connection, layer: Layer, *, places: int, refused: int = 0) -> None:
    """Write, or write anew, what is known of a layer."""
    connection.execute(
        "INSERT OR REPLACE INTO layers VALUES (?,?,?,?,?,?,?,?,?)",
        (layer.name, layer.form, layer.source, layer.sha256, layer.licence, layer.attribution, places, refused, int(layer.wins)),
    )  # fmt: skip


def drop_layer(connection: sqlite3.Connection, name: str) -> int:
    """Remove a layer and return how many places went with it."""
    gone = connection.execute("SELECT count(*) FROM places WHERE layer = ?", (name,)).fetchone()[0]
    if gone:
        connection.execute("DELETE FROM keys WHERE place IN (SELECT id FROM places WHERE layer = ?)", (name,))
        connection.execute("DELETE FROM places WHERE layer = ?", (name,))
    connection.execute("DELETE FROM layers WHERE name = ?", (name,))
    return int(gone)


def check_form(path: str) -> None:
    """Raise where a file is no index of this form.

    Raises:
        GazetteerError: The file is no index, or one of another form.
    """
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.close()
    except sqlite3.Error as error:
        message = f"{path} is no gazetteer index ({error}). Remove it; it is built anew at the next use"
        raise GazetteerError(message) from error
    if found != SCHEMA:
        message = (
            f"{path} is a gazetteer index of form {found}, not {SCHEMA}. Remove it; it is built anew at the next use"
        )
        raise GazetteerError(message)
