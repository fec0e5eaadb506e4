"""Gazetteer files to rows: GeoNames, Who's On First, tables with p-codes, an analyst's own CSV or GeoJSON, OSM extracts.

A row that cannot be used is refused with its line and the reason; the others go on. A file that cannot be used at
all raises, with what to do next.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tidings.errors import GazetteerError
from tidings.model import Refusal
from tidings.resolve.index import Row
from tidings.resolve.world import region_name, region_of

__all__ = ["FORMS", "Refuse", "form_of", "read_rows"]

Refuse = Callable[[str, str], None]
"""Called with where a row stands ("line 12") and why it is left out."""

FORMS = {
    "geonames": "a GeoNames dump of 19 columns (allCountries.txt, SY.txt, cities500.txt)",
    "wof": "a Who's On First table with a head (id, name, placetype, lat, lon, …)",
    "pcodes": "a JSON list of areas with p-codes (id, name, aliases, centroid, externalIds)",
    "csv": "an analyst's CSV with a head: name, lat, lon, and kind, country, region, radius_m, aliases, id as known",
    "geojson": "an analyst's GeoJSON: features with a name and a point or an area",
    "osm": "an OpenStreetMap extract (.osm.pbf)",
}
"""The forms of files that are understood, with what they are."""


def form_of(path: Path) -> str:
    """Return the form of a file, told by its name and its first line.

    Raises:
        GazetteerError: The file cannot be read, or its form is none of :data:`FORMS`.
    """
    name = path.name.casefold().removesuffix(".gz")
    if name.endswith((".pbf", ".osm")):
        return "osm"
    if name.endswith(".geojson"):
        return "geojson"
    head = _head(path)
    if name.endswith(".json"):
        return "geojson" if '"FeatureCollection"' in head[:2000] else "pcodes"
    first = head.splitlines()[0] if head else ""
    if first.count("\t") == 18:
        return "geonames"
    columns = {column.strip().strip('"').casefold() for column in first.replace("\t", ",").replace(";", ",").split(",")}
    if {"id", "name", "placetype"} <= columns:
        return "wof"
    if columns & set(_COLUMNS["name"]) and columns & set(_COLUMNS["lat"]):
        return "csv"
    known = "; ".join(f"{form}: {words}" for form, words in FORMS.items())
    message = f"{path}: this is no gazetteer in a form that is known. Known are {known}"
    raise GazetteerError(message)


def _open(path: Path) -> io.BufferedIOBase:
    try:
        return gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb")
    except OSError as error:
        message = f"{path}: the gazetteer cannot be read ({error.strerror or error})"
        raise GazetteerError(message) from error


def _head(path: Path) -> str:
    with _open(path) as stream:
        try:
            data = stream.read(65_536)
        except (OSError, EOFError) as error:
            message = f"{path}: the gazetteer cannot be read ({error})"
            raise GazetteerError(message) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # a letter cut in two at the end of the piece
            return data[: error.start].decode("utf-8-sig")
        bad = sum(1 for line in data.splitlines() if not _is_utf8(line))
        if bad * 5 > len(data.splitlines()):
            message = (
                f"{path}: the gazetteer is not UTF-8. Convert it first: iconv -f {_guess(data)} -t UTF-8 {path.name}"
            )
            raise GazetteerError(message) from error
        return data.decode("utf-8-sig", errors="replace")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return best.encoding if best is not None else "WINDOWS-1256"


def _lines(path: Path, refuse: Refuse) -> Iterator[tuple[int, str]]:
    with _open(path) as stream:
        for number, line in enumerate(stream, start=1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                refuse(f"line {number}", "it is not UTF-8")
                continue
            if text.strip():
                yield number, text.rstrip("\r\n")


class _Seen:
    """Ids met so far; numbers of some size as bits, so that twelve million cost two megabytes."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._words: set[str] = set()

    def __call__(self, word: str) -> bool:
        """Return whether ``word`` was met before, and note it."""
        if word.isascii() and word.isdigit() and len(word) < 9:
            place, bit = divmod(int(word), 8)
            if place >= len(self._bits):
                self._bits.extend(bytes(place - len(self._bits) + 4096))
            met = bool(self._bits[place] >> bit & 1)
            self._bits[place] |= 1 << bit
            return met
        met = word in self._words
        self._words.add(word)
        return met


def _point(lat: object, lon: object) -> tuple[float, float]:
    """Return a latitude and a longitude.

    Raises:
        ValueError: They are no coordinates; the message is the reason.
    """
    try:
        try:
            north, east = float(lat), float(lon)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            north, east = float(str(lat).replace(",", ".")), float(str(lon).replace(",", "."))
    except ValueError:
        raise ValueError(f"“{lat}”, “{lon}” are no coordinates") from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        swapped = " (are latitude and longitude swapped?)" if -90 <= east <= 90 and -180 <= north <= 180 else ""
        raise ValueError(f"{north}, {east} lies outside the earth's degrees{swapped}")
    return round(north, 6), round(east, 6)


def read_rows(
    path: Path, form: str, refuse: Refuse, *, names_of: Callable[[str], list[str]] | None = None
) -> Iterator[Row]:
    """Yield the places of a file.

    Args:
        path: The file; ``.gz`` is unpacked on the way.
        form: One of :data:`FORMS`.
        refuse: Called for each row that is left out.
        names_of: Further names of a GeoNames id, from a table of alternate names.
    """
    seen = _Seen()
    readers: dict[str, Callable[[], Iterable[tuple[str, Row]]]] = {
        "geonames": lambda: _geonames(path, refuse, names_of),
        "wof": lambda: _wof(path, refuse),
        "pcodes": lambda: _pcodes(path, refuse),
        "csv": lambda: _analyst(path, refuse),
        "geojson": lambda: _geojson(path, refuse),
        "osm": lambda: _osm(path, refuse),
    }
    for where, row in readers[form]():
        if not row.name.strip():
            refuse(where, "it has no name")
        elif seen(row.ext):
            refuse(where, f"the id {row.ext} stands in an earlier row")
        else:
            yield row


# GeoNames' feature codes: www.geonames.org/export/codes.html
_CODES = {"PCLI": "country", "PCLD": "country", "PCLS": "country", "PCL": "country", "ADM1": "admin1", "ADM2": "admin2", "PPLX": "neighbourhood"}  # fmt: skip
_CLASSES = {
    "T": "mountain",
    "L": "region",
    "H": "river",
    "S": "facility",
    "V": "other",
    "R": "other",
    "U": "other",
    "A": "admin2",
}


def _geonames_kind(feature: str, code: str, population: int) -> str:
    if code in _CODES:
        return _CODES[code]
    if feature == "P":
        return "city" if population >= 100_000 else "town" if population >= 5_000 else "village"
    return _CLASSES.get(feature, "other")


_RADII = {"city": 8000, "town": 2500, "village": 1500, "neighbourhood": 1000, "mountain": 3000, "facility": 500, "river": 5000, "region": 50_000, "admin1": 80_000, "admin2": 25_000, "country": 300_000}  # fmt: skip


def _geonames(path: Path, refuse: Refuse, names_of: Callable[[str], list[str]] | None) -> Iterator[tuple[str, Row]]:
    for number, line in _lines(path, refuse):
        where = f"line {number}"
        fields = line.split("\t")
        if len(fields) != 19:
            refuse(where, f"it has {len(fields)} columns, not 19")
            continue
        ext, name, ascii_name, alternates, lat, lon, feature, code, country = fields[:9]
        try:
            north, east = _point(lat, lon)
            population = int(fields[14] or 0)
        except ValueError as error:
            refuse(where, str(error))
            continue
        names = [ascii_name, *(part for part in alternates.split(",") if part)]
        if names_of is not None:
            names += names_of(ext)
        kind = _geonames_kind(feature, code, population)
        yield where, Row(
            ext=ext, name=name, lat=north, lon=east, kind=kind, country=country,
            admin1=region_name(country, fields[10]), population=population, radius_m=_RADII.get(kind, 2000),
            names=names, ids={"geonames": ext},
        )  # fmt: skip


_PLACETYPES = {
    "locality": "village", "region": "admin1", "county": "admin2", "localadmin": "admin2", "country": "country",
    "neighbourhood": "neighbourhood", "macrohood": "neighbourhood", "microhood": "neighbourhood", "borough": "neighbourhood",
    "campus": "facility", "macroregion": "region", "macrocounty": "region",
}  # fmt: skip


def _wof(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    regions: dict[str, str] = {}

    def quiet(_where: str, _why: str) -> None:
        """The first pass looks for regions only; the second names what is wrong."""

    for _, row in _wof_table(path, quiet):
        if row.get("placetype") == "region":
            regions[row["id"]] = region_of(row.get("gn_id") or "") or row["name"]
    for number, row in _wof_table(path, refuse):
        where = f"line {number}"
        if row.get("current") == "0":
            refuse(where, f"“{row.get('name')}” is marked as no longer current")
            continue
        try:
            north, east = _point(row.get("lat"), row.get("lon"))
        except ValueError as error:
            refuse(where, str(error))
            continue
        kind = _PLACETYPES.get(row.get("placetype") or "", "other")
        ids = {"wof": row["id"]}
        if row.get("gn_id"):
            ids["geonames"] = row["gn_id"]
        if row.get("wd_id"):
            ids["wikidata"] = row["wd_id"]
        yield where, Row(
            ext=row["id"], name=row.get("name") or "", lat=north, lon=east, kind=kind, country=row.get("country") or "",
            admin1=regions.get(row.get("region_id") or "", ""), radius_m=_RADII.get(kind, 2000),
            names=[part for part in (row.get("aliases") or "").split("|") if part], ids=ids,
        )  # fmt: skip


def _wof_table(path: Path, refuse: Refuse) -> Iterator[tuple[int, dict[str, str]]]:
    head: list[str] = []
    for number, line in _lines(path, refuse):
        fields = line.split("\t")
        if not head:
            head = [field.strip().casefold() for field in fields]
        elif len(fields) > len(head) or len(fields) < 5 or not fields[0]:
            refuse(f"line {number}", f"it has {len(fields)} columns, not {len(head)}")
        else:
            yield number, dict(zip(head, fields, strict=False))


def _load(path: Path) -> Any:
    with _open(path) as stream:
        try:
            return json.loads(stream.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            message = f"{path}: the gazetteer is no JSON in UTF-8 ({error})"
            raise GazetteerError(message) from error


def _pcodes(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    areas = _load(path)
    if not isinstance(areas, list):
        message = f"{path}: a table of p-codes is a JSON list of areas"
        raise GazetteerError(message)
    for number, area in enumerate(areas, start=1):
        where = f"entry {number}"
        try:
            names = area["name"] if isinstance(area["name"], dict) else {"en": str(area["name"])}
            north, east = _point(area["centroid"]["latitude"], area["centroid"]["longitude"])
        except (KeyError, TypeError, ValueError) as error:
            refuse(where, f"it lacks a name or a centroid ({error})")
            continue
        outside = area.get("externalIds") or {}
        pcode = str(outside.get("ochaPcode") or area.get("pcode") or "")
        kind = "admin2" if area.get("governorateId") or area.get("districtId") else "admin1"
        size = float((area.get("area") or {}).get("value") or 0)
        ids = {"pcode": pcode} if pcode else {}
        ids |= {key: str(outside[key]) for key in ("geonames", "wikidata") if outside.get(key)}
        country = pcode[:2] if pcode[:2].isalpha() else str(area.get("iso31662") or area.get("id", ""))[:2].upper()
        known = region_of(ids.get("geonames", ""))
        yield where, Row(
            ext=str(area.get("id") or pcode), name=str(names.get("en") or next(iter(names.values()))), lat=north, lon=east,
            kind=kind, country=country, admin1=known if kind == "admin1" else "",
            population=int((area.get("population") or {}).get("value") or 0),
            radius_m=int((size / 3.1416) ** 0.5 * 1000) or _RADII[kind],
            names=[*map(str, names.values()), *(str(alias.get("value", "")) for alias in area.get("aliases") or [])], ids=ids,
        )  # fmt: skip


_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "place", "name_en", "placename"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "kind": ("kind", "type", "placetype"),
    "country": ("country", "country_code", "iso2"),
    "admin1": ("admin1", "region", "province", "governorate"),
    "radius_m": ("radius_m", "radius"),
    "aliases": ("aliases", "alias", "names", "other_names"),
    "ext": ("id", "pcode", "code"),
    "population": ("population", "pop"),
    "wikidata": ("wikidata",),
    "geonames": ("geonames", "geonameid"),
}
_ANALYST_KINDS = {"province": "admin1", "governorate": "admin1", "district": "admin2", "subdistrict": "admin2", "hill": "mountain", "junction": "facility", "checkpoint": "facility", "camp": "facility", "quarter": "neighbourhood", "neighborhood": "neighbourhood"}  # fmt: skip


def _own(values: dict[str, Any], north: float, east: float) -> Row:
    def get(column: str) -> str:
        return next((str(values[name]).strip() for name in _COLUMNS[column] if values.get(name) not in (None, "")), "")

    kind = get("kind").casefold() or "other"
    aliases = values.get("aliases")
    names = (
        [str(alias) for alias in aliases]
        if isinstance(aliases, list)
        else [part.strip() for part in get("aliases").replace(";", "|").split("|")]
    )
    names += [str(value) for key, value in sorted(values.items()) if str(key).startswith("name:") and value]
    kind = _ANALYST_KINDS.get(kind, kind)
    radius = get("radius_m")
    return Row(
        ext=get("ext") or f"{get('name')}@{north},{east}",
        name=get("name"),
        lat=north,
        lon=east,
        kind=kind,
        country=get("country").upper()[:2],
        admin1=get("admin1"),
        population=int(float(get("population") or 0)),
        radius_m=int(float(radius)) if radius else _RADII.get(kind, 1000),
        names=[name for name in names if name],
        ids={key: get(key) for key in ("wikidata", "geonames") if get(key)},
    )


def _analyst(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    lines = list(_lines(path, refuse))
    if not lines:
        message = f"{path}: the gazetteer is empty"
        raise GazetteerError(message)
    first = lines[0][1]
    mark = max(",;\t", key=first.count)
    head = [field.strip().casefold() for field in next(csv.reader([first], delimiter=mark))]
    for number, line in lines[1:]:
        fields = next(csv.reader([line], delimiter=mark))
        where = f"line {number}"
        if len(fields) > len(head):
            refuse(where, f"it has {len(fields)} columns, not {len(head)}")
            continue
        values = dict(zip(head, fields, strict=False))
        try:
            lat, lon = (
                next((values[name] for name in _COLUMNS[column] if values.get(name)), "") for column in ("lat", "lon")
            )
            yield where, _own(values, *_point(lat, lon))
        except ValueError as error:
            refuse(where, str(error))


def _geojson(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    from tidings.geo.distance import metres

    whole = _load(path)
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        message = f"{path}: a GeoJSON gazetteer is a FeatureCollection with a list of features"
        raise GazetteerError(message)
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}"
        try:
            values = {str(key).casefold(): value for key, value in (feature.get("properties") or {}).items()}
            geometry = shape(feature["geometry"])
            middle = geometry.representative_point() if geometry.geom_type != "Point" else geometry
            row = _own(values, *_point(middle.y, middle.x))
        except (KeyError, TypeError, AttributeError, ValueError, ShapelyError) as error:
            refuse(where, f"it has no geometry that can be used ({error})")
            continue
        if geometry.geom_type != "Point":
            west, south, east, north = geometry.bounds
            row.radius_m = int(metres(south, west, north, east) / 2) + 1
            row.geometry = json.dumps(feature["geometry"], separators=(",", ":"))
        yield where, row


_OSM_KINDS = {"city": "city", "town": "town", "village": "village", "hamlet": "village", "suburb": "neighbourhood", "neighbourhood": "neighbourhood", "quarter": "neighbourhood", "isolated_dwelling": "village", "locality": "other"}  # fmt: skip


def _osm(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    try:
        import osmium  # type: ignore[import-not-found]
    except ImportError as error:
        message = f"{path}: reading OpenStreetMap extracts needs a further package. Run: pip install osmium"
        raise GazetteerError(message) from error
    try:
        nodes = osmium.FileProcessor(str(path), osmium.osm.NODE).with_filter(
            osmium.filter.KeyFilter("place", "natural")
        )
        for node in nodes:
            tags = dict(node.tags)
            where = f"node {node.id}"
            kind = _OSM_KINDS.get(tags.get("place", ""), "mountain" if tags.get("natural") in {"peak", "hill"} else "")
            if not kind or not tags.get("name"):
                continue
            try:
                north, east = _point(node.location.lat, node.location.lon)
            except ValueError as error:
                refuse(where, str(error))
                continue
            names = [
                value
                for key, value in sorted(tags.items())
                if key.startswith(("name:", "alt_name", "old_name", "int_name", "loc_name"))
            ]
            population = tags.get("population", "")
            yield where, Row(
                ext=str(node.id), name=tags["name"], lat=north, lon=east, kind=kind, country=tags.get("is_in:country_code", ""),
                population=int(population) if population.isdigit() else 0, radius_m=_RADII.get(kind, 1000),
                names=[part.strip() for name in names for part in name.split(";")],
                ids={"osm": f"node/{node.id}"} | ({"wikidata": tags["wikidata"]} if tags.get("wikidata") else {}),
            )  # fmt: skip
    except (RuntimeError, OSError) as error:
        message = f"{path}: the OpenStreetMap extract cannot be read ({error})"
        raise GazetteerError(message) from error


def refusal(path: Path, where: str, why: str) -> Refusal:
    """Return a row that was left out as a refusal."""
    return Refusal(
        path=f"{path.name}, {where}", reason=why, advice="Mend the row and add the layer again; the other rows are in."
    )
