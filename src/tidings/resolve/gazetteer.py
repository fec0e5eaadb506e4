"""The gazetteer: names in, places out, best first. Layers live in one SQLite index in the user's cache folder."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from tidings.errors import GazetteerError
from tidings.model import GazetteerPlace, Progress
from tidings.resolve.carried import carry_layers, older_indexes
from tidings.resolve.compare import compare
from tidings.resolve.index import SCHEMA, Layer, check_form, profile_of, write_layer
from tidings.resolve.world import LAYER, ids_of, rows
from tidings.text.fold import core, fold
from tidings.text.skeleton import PROFILES, skeleton

__all__ = ["IndexedGazetteer", "built_gazetteer", "cache_folder", "index_path", "open_gazetteer"]

SPELT = 12
"""The same of one skeleton, when no country is named: among all the world's a spelling must be near to count."""
SPELT_AT_HOME = 40
"""The same of one skeleton in the countries asked for."""
LEAST_SURE = 0.9
"""The most that a spelling with two consonants is worth."""
LEAST_LETTERS = 0.4
"""Share of letters in common below which two names of one skeleton are not compared further."""
CANDIDATES = 60
"""Places of one name that are looked at, the most important first: "San Antonio" has hundreds."""


def cache_folder() -> Path:
    """Return the folder of the index: ``TIDINGS_CACHE``, else ``XDG_CACHE_HOME/tidings``, else ``~/.cache/tidings``."""
    own = os.environ.get("TIDINGS_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tidings"


def index_path() -> Path:
    """Return where the index of the present form lies."""
    return cache_folder() / f"gazetteer-{SCHEMA}.sqlite"


def _build(path: Path, progress: Progress | None) -> None:
    """Build the default layer beside ``path`` and rename it into place, so that no half index is ever read.

    Layers that the user added to the index of an older version come along.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="gazetteer-", suffix=".part")
    except OSError as error:
        message = f"the gazetteer cannot be written to {path.parent} ({error}). Set TIDINGS_CACHE to a folder that can"
        raise GazetteerError(message) from error
    os.close(handle)
    try:
        with closing(sqlite3.connect(name)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;")
            write_layer(connection, LAYER, rows(), total=239_000, progress=progress)
            carry_layers(connection, older_indexes(path.parent, SCHEMA), progress)
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.commit()
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def open_gazetteer(progress: Progress | None = None, *, path: Path | None = None) -> IndexedGazetteer:
    """Return the gazetteer of this user, building its index where there is none yet.

    Args:
        progress: Called with a step, how much is done and how much there is, while the index is built.
        path: Another index than the user's own.

    Raises:
        GazetteerError: The index cannot be written or read.
    """
    path = path or index_path()
    if not path.exists():
        _build(path, progress)
    check_form(str(path))
    return IndexedGazetteer(path)


def built_gazetteer(path: Path | None = None) -> IndexedGazetteer | None:
    """Return the gazetteer of this user, or None where its index is not built yet or is of another form."""
    path = path or index_path()
    try:
        check_form(str(path))
    except GazetteerError:
        return None
    return IndexedGazetteer(path)


class IndexedGazetteer:
    """A gazetteer over an index file. Answers are kept, so that a name costs its lookup once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._kept: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[GazetteerPlace]] = {}

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
            self._local.connection = connection
        return connection

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers in the index, by name."""
        columns = "name, form, source, sha256, licence, attribution, places, refused, wins"
        found = self._connection().execute(f"SELECT {columns} FROM layers ORDER BY name")  # noqa: S608
        return tuple(_layer(row) for row in found)

    @property
    def stamp(self) -> str:
        """The layers and their hashes, as one string."""
        parts = [f"{layer.name}:{layer.places}:{layer.sha256[:12]}" for layer in self.layers()]
        return f"form {SCHEMA}; " + "; ".join(parts)

    @property
    def credits(self) -> dict[str, str]:
        """Whom to credit for each layer, with its licence: for every map and export that shows its coordinates."""
        return {layer.name: f"{layer.attribution} ({layer.licence})" for layer in self.layers()}

    def lookup(self, name: str, *, countries: Sequence[str] = (), kinds: Sequence[str] = ()) -> list[GazetteerPlace]:
        """Return the places that a name can stand for, best first; empty when none is known.

        Names that are equal but for case, accents and articles come first, then those of one consonant skeleton,
        each by how alike the spelling is and by importance. ``countries`` and ``kinds`` leave out all others.
        """
        key = (name, tuple(countries), tuple(kinds))
        if key not in self._kept:
            self._kept[key] = self._lookup(name, tuple(countries), tuple(kinds))
        return self._kept[key]

    def within(self, west: float, south: float, east: float, north: float, *, most: int) -> list[GazetteerPlace]:
        """Return the largest cities, towns and villages of the default layer in a box of degrees, the largest first."""
        connection = self._connection()
        held = connection.execute("SELECT places FROM layers WHERE name = 'world'").fetchone()
        columns = "p.id, p.layer, p.ext, p.name, p.lat, p.lon, p.kind, p.country, p.admin1, p.population, p.radius, p.weight, p.names, p.ids, p.geometry, 0"
        # The default layer is written first: its numbers end where another layer's begin.
        rows = connection.execute(
            f"SELECT {columns} FROM places p WHERE p.id <= ? AND p.lat BETWEEN ? AND ? AND p.lon BETWEEN ? AND ? "  # noqa: S608 - ours
            "AND p.kind IN ('city', 'town', 'village') ORDER BY p.population DESC, p.id LIMIT ?",
            (held[0] if held else 0, south, north, west, east, most),
        )
        return [self._place((*row, True), str(row[3]), core(str(row[3]))) for row in rows]

    def _lookup(self, name: str, countries: tuple[str, ...], kinds: tuple[str, ...]) -> list[GazetteerPlace]:
        plain = core(name)
        if not plain:
            return []
        keys = [plain]
        profiles = sorted({profile_of(country) for country in countries}) if countries else sorted(PROFILES)
        for profile in profiles:
            bones = skeleton(name, profile)
            if len(bones) > 1:
                keys.append("~" + bones)
        rows: dict[int, tuple[object, ...]] = {}
        for number, key in enumerate(keys):
            most = CANDIDATES if number == 0 else (SPELT_AT_HOME if countries else SPELT)
            for row in self._rows(key, countries, kinds, most):
                rows.setdefault(int(row[0]), (*row, number == 0))  # type: ignore[call-overload]
        found = [self._place(row, name, plain) for row in rows.values()]
        found.sort(key=lambda place: (not place.wins, -round(place.score, 3), -place.weight, place.layer, place.id))
        return _once(found)

    def _rows(
        self, key: str, countries: tuple[str, ...], kinds: tuple[str, ...], most: int
    ) -> list[tuple[object, ...]]:
        columns = "p.id, p.layer, p.ext, p.name, p.lat, p.lon, p.kind, p.country, p.admin1, p.population, p.radius, p.weight, p.names, p.ids, p.geometry, l.wins"
        where, values = "k.key = ?", [key]
        for column, wanted in (("k.country", countries), ("p.kind", kinds)):
            if wanted:
                where += f" AND {column} IN ({','.join('?' * len(wanted))})"
                values += wanted
        query = (
            f"SELECT {columns} FROM keys k CROSS JOIN places p ON p.id = k.place JOIN layers l ON l.name = p.layer "  # noqa: S608
            f"WHERE {where} ORDER BY k.rank, k.place LIMIT {most}"
        )
        return self._connection().execute(query, values).fetchall()

    def _place(self, row: tuple[object, ...], name: str, plain: str) -> GazetteerPlace:
        (
            _,
            layer,
            ext,
            own,
            lat,
            lon,
            kind,
            country,
            admin1,
            population,
            radius,
            weight,
            names,
            ids,
            geometry,
            wins,
            exact,
        ) = row
        folded = str(names).split("|")
        if plain == core(str(own)):
            score = 1.0
        elif fold(name) in folded:
            score = 0.99
        elif exact:
            score = 0.98
        else:
            score = 0.97 * _spelling(plain, folded, profile_of(str(country)))
        return GazetteerPlace(
            id=f"{layer}:{ext}", layer=str(layer), name=str(own), lat=float(lat), lon=float(lon), kind=str(kind),  # type: ignore[arg-type]
            country=str(country), admin1=str(admin1), population=int(population), radius_m=int(radius),  # type: ignore[call-overload]
            names=tuple(folded), weight=float(weight), score=score, ids=ids_of(str(ids)), geometry=str(geometry or ""), wins=bool(wins),  # type: ignore[arg-type]
        )  # fmt: skip


def _spelling(plain: str, folded: Sequence[str], profile: str) -> float:
    """How alike a name is to the nearest of a place's names, by the spelling rules of the place's country."""
    rated = sorted((-Indel.normalized_similarity(plain, name), name) for name in folded)
    # What shares its consonants and not half its letters is no spelling of it.
    if not rated or -rated[0][0] < LEAST_LETTERS:
        return -rated[0][0] if rated else 0.0
    best = max((compare(plain, name, (profile,)) for _, name in rated[:2]), key=lambda likeness: likeness.score)
    # Two consonants are too few: "Nile" and "Nyala".
    return best.score if best.consonants > 2 else min(best.score, LEAST_SURE)


def _once(places: list[GazetteerPlace]) -> list[GazetteerPlace]:
    """Answer once for what several layers know under one GeoNames id, or as one region, with the ids of all of them."""
    kept: dict[str, GazetteerPlace] = {}
    for place in places:
        key = dict(place.ids).get("geonames", place.id)
        if place.kind == "admin1" and place.admin1:
            key = f"{place.country}: {place.admin1}"  # the default layer knows no ids of regions
        known = kept.get(key)
        if known is None:
            kept[key] = place
        elif set(place.ids) - set(known.ids):
            kept[key] = replace(known, ids=tuple(sorted({**dict(place.ids), **dict(known.ids)}.items())))
    return list(kept.values())


def _layer(row: tuple[Any, ...]) -> Layer:
    name, form, source, sha256, licence, attribution, places, refused, wins = row
    return Layer(name, form, source, sha256, licence, attribution, places, refused, bool(wins))
