"""Gazetteer files to rows, whatever their form.

A row that cannot be used is refused with its line and the reason; the others go on. A file that cannot be used at
all raises, with what to do next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tidings.errors import GazetteerError
from tidings.model import Refusal
from tidings.resolve.formats_own import COLUMNS, analyst_csv, geojson
from tidings.resolve.formats_reading import Refuse, Seen, head_of
from tidings.resolve.formats_tables import geonames, osm, pcodes, wof
from tidings.resolve.index import Row

__all__ = ["FORMS", "Refuse", "form_of", "read_rows", "refusal"]

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
    head = head_of(path)
    if name.endswith(".json"):
        return "geojson" if '"FeatureCollection"' in head[:2000] else "pcodes"
    first = head.splitlines()[0] if head else ""
    if first.count("\t") == 18:
        return "geonames"
    columns = {column.strip().strip('"').casefold() for column in first.replace("\t", ",").replace(";", ",").split(",")}
    if {"id", "name", "placetype"} <= columns:
        return "wof"
    if columns & set(COLUMNS["name"]) and columns & set(COLUMNS["lat"]):
        return "csv"
    known = "; ".join(f"{form}: {words}" for form, words in FORMS.items())
    message = f"{path}: this is no gazetteer in a form that is known. Known are {known}"
    raise GazetteerError(message)


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
    seen = Seen()
    readers: dict[str, Callable[[], Iterable[tuple[str, Row]]]] = {
        "geonames": lambda: geonames(path, refuse, names_of),
        "wof": lambda: wof(path, refuse),
        "pcodes": lambda: pcodes(path, refuse),
        "csv": lambda: analyst_csv(path, refuse),
        "geojson": lambda: geojson(path, refuse),
        "osm": lambda: osm(path, refuse),
    }
    for where, row in readers[form]():
        if not row.name.strip():
            refuse(where, "it has no name")
        elif seen(row.ext):
            refuse(where, f"the id {row.ext} stands in an earlier row")
        else:
            yield row


def refusal(path: Path, where: str, why: str) -> Refusal:
    """Return a row that was left out as a refusal."""
    return Refusal(
        path=f"{path.name}, {where}", reason=why, advice="Mend the row and add the layer again; the other rows are in."
    )
