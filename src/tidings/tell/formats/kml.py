"""KML 2.2 with a time span for each happening, for Google Earth and other globes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.tell.formats.archive import xml_text
from tidings.tell.formats.cells import credit_lines
from tidings.tell.formats.export import Export, LeftOut, Tables, Written
from tidings.tell.formats.places import Gazette, Spot, headline, points

__all__ = ["EXPORT", "write"]

_FOLDERS = {
    "happenings": "Happenings",
    "figures": "Dead, wounded and missing",
    "holdings": "Who held what, by whose word",
}
_COLOURS = {"happenings": "ffb27200", "figures": "ff000000", "holdings": "ff009fe6"}
"""Opacity, blue, green, red, from a palette that the colour-blind can tell apart; no side has a colour."""


def write(tables: Tables, target: Path) -> Written:
    """Write happenings, figures and holdings, a folder each.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    left_out: LeftOut = LeftOut()
    gazette, written = Gazette(tables), 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
        file.write(f"<name>Record</name>\n<description>{xml_text('; '.join(credit_lines(tables)))}</description>\n")
        for layer, colour in _COLOURS.items():
            file.write(f'<Style id="{layer}"><IconStyle><color>{colour}</color></IconStyle></Style>\n')
        for layer, title in _FOLDERS.items():
            file.write(f"<Folder>\n<name>{xml_text(title)}</name>\n")
            for spot, attributes in points(tables, gazette, layer, left_out):
                file.writelines(_placemark(layer, spot, attributes))
                written += 1
            file.write("</Folder>\n")
        file.write("</Document>\n</kml>\n")
    return Written(files=(target,), rows=written, left_out=left_out)


def _placemark(layer: str, spot: Spot, attributes: dict[str, Any]) -> Iterator[str]:
    yield f'<Placemark id="{attributes["id"]}.{spot.id}"><name>{xml_text(_name(layer, attributes))}</name>'
    span = "".join(
        f"<{tag}>{attributes[end]}</{tag}>"
        for tag, end in (("begin", "earliest"), ("end", "latest"))
        if attributes[end]
    )
    if span:
        yield f"<TimeSpan>{span}</TimeSpan>"
    yield f"<styleUrl>#{layer}</styleUrl><ExtendedData>"
    for name, value in attributes.items():
        if value not in {None, ""}:
            yield f'<Data name="{name}"><value>{xml_text(str(value))}</value></Data>'
    yield f"</ExtendedData><Point><coordinates>{spot.lon},{spot.lat}</coordinates></Point></Placemark>\n"


def _name(layer: str, told: dict[str, Any]) -> str:
    if layer == "figures":
        ends = (
            f"{told['low'] if told['low'] is not None else '?'} to {told['high'] if told['high'] is not None else '?'}"
        )
        return f"{told['measure'].replace('_', ' ')}: {ends} {told['harmed']}".strip()
    if layer == "holdings":
        return f"{told['place']}: {told['standing']}, {told['holder']}"
    return headline(told["type"], told["place"], told["grade"])


EXPORT = Export(
    name="kml",
    title="happenings, figures and holdings with their days, for Google Earth",
    ending=".kml",
    cannot_hold=(
        "what has no place with coordinates",
        "how far off a point may lie, but as the datum radius_m",
        "days with a gap between them: the span covers all days possible",
        "the shapes of areas",
    ),
    write=write,
)
