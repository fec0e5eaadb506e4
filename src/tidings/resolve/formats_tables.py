"""Public gazetteers as rows: GeoNames dumps, Who's On First tables, tables with p-codes, OpenStreetMap extracts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tidings.errors import GazetteerError
from tidings.resolve.formats_reading import RADII, Refuse, lines, load_json, point
from tidings.resolve.index import Row
from tidings.resolve.world import region_name, region_of

__all__ = ["geonames", "geonames_lines", "osm", "pcodes", "wof"]

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


def geonames(path: Path, refuse: Refuse, names_of: Callable[[str], list[str]] | None) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a GeoNames dump of 19 columns; ``names_of`` gives further names of an id."""
    return geonames_lines(lines(path, refuse), refuse, names_of)


def geonames_lines(
    numbered: Iterable[tuple[int, str]], refuse: Refuse, names_of: Callable[[str], list[str]] | None = None
) -> Iterator[tuple[str, Row]]:
    """Yield the rows of numbered lines of a GeoNames dump; see :func:`geonames`."""
    for number, line in numbered:
        where = f"line {number}"
        fields = line.split("\t")
        if len(fields) != 19:
            refuse(where, f"it has {len(fields)} columns, not 19")
            continue
        ext, name, ascii_name, alternates, lat, lon, feature, code, country = fields[:9]
        try:
            north, east = point(lat, lon)
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
            admin1=region_name(country, fields[10]), population=population, radius_m=RADII.get(kind, 2000),
            names=names, ids={"geonames": ext},
        )  # fmt: skip


_PLACETYPES = {
    "locality": "village", "region": "admin1", "county": "admin2", "localadmin": "admin2", "country": "country",
    "neighbourhood": "neighbourhood", "macrohood": "neighbourhood", "microhood": "neighbourhood", "borough": "neighbourhood",
    "campus": "facility", "macroregion": "region", "macrocounty": "region",
}  # fmt: skip


def wof(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a Who's On First table; places marked as no longer current are refused."""
    regions: dict[str, str] = {}

    def quiet(_where: str, _why: str) -> None:
        """The first pass looks for regions only; the second names what is wrong."""

    for _, row in _wof_table(path, quiet):
        if row.get("placetype") == "region":
            regions[row["id"]] = region_of(row.get("country") or "", row["name"]) or row["name"]
    for number, row in _wof_table(path, refuse):
        where = f"line {number}"
        if row.get("current") == "0":
            refuse(where, f"“{row.get('name')}” is marked as no longer current")
            continue
        try:
            north, east = point(row.get("lat"), row.get("lon"))
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
            admin1=regions.get(row.get("region_id") or "", ""), radius_m=RADII.get(kind, 2000),
            names=[part for part in (row.get("aliases") or "").split("|") if part], ids=ids,
        )  # fmt: skip


def _wof_table(path: Path, refuse: Refuse) -> Iterator[tuple[int, dict[str, str]]]:
    head: list[str] = []
    for number, line in lines(path, refuse):
        fields = line.split("\t")
        if not head:
            head = [field.strip().casefold() for field in fields]
        elif len(fields) > len(head) or len(fields) < 5 or not fields[0]:
            refuse(f"line {number}", f"it has {len(fields)} columns, not {len(head)}")
        else:
            yield number, dict(zip(head, fields, strict=False))


def pcodes(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    """Yield the areas of a JSON list with p-codes, at their centroids."""
    areas = load_json(path)
    if not isinstance(areas, list):
        message = f"{path}: a table of p-codes is a JSON list of areas"
        raise GazetteerError(message)
    for number, area in enumerate(areas, start=1):
        where = f"entry {number}"
        try:
            names = area["name"] if isinstance(area["name"], dict) else {"en": str(area["name"])}
            north, east = point(area["centroid"]["latitude"], area["centroid"]["longitude"])
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
        known = next(filter(None, (region_of(country, str(name)) for name in names.values())), "")
        yield where, Row(
            ext=str(area.get("id") or pcode), name=str(names.get("en") or next(iter(names.values()))), lat=north, lon=east,
            kind=kind, country=country, admin1=known if kind == "admin1" else "",
            population=int((area.get("population") or {}).get("value") or 0),
            radius_m=int((size / 3.1416) ** 0.5 * 1000) or RADII[kind],
            names=[*map(str, names.values()), *(str(alias.get("value", "")) for alias in area.get("aliases") or [])], ids=ids,
        )  # fmt: skip


_OSM_KINDS = {"city": "city", "town": "town", "village": "village", "hamlet": "village", "suburb": "neighbourhood", "neighbourhood": "neighbourhood", "quarter": "neighbourhood", "isolated_dwelling": "village", "locality": "other"}  # fmt: skip


def osm(path: Path, refuse: Refuse) -> Iterator[tuple[str, Row]]:
    """Yield the places, peaks and hills of an OpenStreetMap extract."""
    try:
        import osmium
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
                north, east = point(node.location.lat, node.location.lon)
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
                population=int(population) if population.isdigit() else 0, radius_m=RADII.get(kind, 1000),
                names=[part.strip() for name in names for part in name.split(";")],
                ids={"osm": f"node/{node.id}"} | ({"wikidata": tags["wikidata"]} if tags.get("wikidata") else {}),
            )  # fmt: skip
    except (RuntimeError, OSError) as error:
        message = f"{path}: the OpenStreetMap extract cannot be read ({error})"
        raise GazetteerError(message) from error
