"""An analyst's own table: happenings or places that somebody brings in, each row a document of its own.

Headers are taken as people write them ("Date", "event type", "victims"); a value that cannot be used names its line, with a caret under
it, and the rest comes in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tidings.errors import SourceError, UnreadableInput
from tidings.gather.found import safe_name
from tidings.gather.known import Cell, rows_of, text_of
from tidings.model import KINDS, DocId, Document, content_id, parse_edtf, sha256_hex

__all__ = ["BROUGHT_COLUMNS", "Brought", "brought_documents", "numbers_in"]

BROUGHT_COLUMNS = {
    "name": "what happened, in the analyst's words; for a place its name",
    "kind": "event, casualties, control …; place for a row about a place. Found from the type where it is missing",
    "type": "shelling, air_strike, killing … as in the coding guide; other where it is missing",
    "agents": "who did it; several joined by | or ;",
    "targets": "to whom",
    "places": "where",
    "earliest": "the first day possible, 2015-06-15 or 2015-06",
    "latest": "the last day possible",
    "killed": "12, 10-15, 20+ (at least), <30 (fewer than)",
    "wounded": "likewise",
    "missing": "likewise",
    "detained": "likewise",
    "displaced": "likewise",
    "source": "on whose word the analyst says so",
    "lat": "degrees north, for a place",
    "lon": "degrees east",
    "radius_m": "how far off the point the place may lie, in metres",
    "note": "anything else; it is kept in the text and not read",
}
"""The columns of an analyst's table. Only ``name`` must be there; more columns are left alone."""

COUNTS = ("killed", "wounded", "missing", "detained", "displaced")
"""Columns that count people; each is a claim of its own."""

_ALSO = {
    "name": "event title event_name description summary what what_happened happening text incident",
    "kind": "category event_kind",
    "type": "event_type sub_event_type sub_type incident_type",
    "agents": "agent actor actors actor1 who by perpetrator perpetrators side_a",
    "targets": "target victim victims whom to_whom against actor2 side_b",
    "places": "place location where town site location_name",
    "earliest": "date day event_date from start date_start start_date when date_from",
    "latest": "until to end date_end end_date date_to",
    "killed": "deaths dead fatalities number_killed",
    "wounded": "injured injuries number_wounded",
    "missing": "disappeared",
    "detained": "arrested detainees",
    "displaced": "idps fled",
    "source": "sources according_to reported_by origin",
    "lat": "latitude y",
    "lon": "longitude lng long x",
    "radius_m": "radius precision_m",
    "note": "notes comment comments remarks",
}
_HEADERS = {word: column for column, words in _ALSO.items() for word in (column, *words.split())}
_TYPES = {kind: set(types) for kind, types in KINDS.items()}
_COUNT = re.compile(r"(?P<mark>[<>≥≤~]?)\s*(?P<low>\d[\d,. ]*)\s*(?:[-–—]\s*(?P<high>\d[\d,. ]*)|(?P<plus>\+))?\Z")


Refuse = Callable[[str, str], SourceError]


@dataclass(frozen=True, slots=True)
class Brought:
    """The documents of a table, what was wrong with the other rows, and headers that were not used."""

    documents: tuple[Document, ...]
    refused: tuple[SourceError, ...]
    ignored: tuple[str, ...]


def brought_documents(path: str | Path, *, by: str) -> Brought:
    """Return the rows of an analyst's table, each as a document whose text is that row, a line a column.

    Args:
        path: A CSV file; its first row names the columns (:data:`BROUGHT_COLUMNS`, or as people write them).
        by: The analyst, who stands as the publisher.

    Raises:
        UnreadableInput: The file cannot be read or holds nothing.
        SourceError: The columns cannot be used.
    """
    path = Path(path)
    where = safe_name(path.name)
    text = text_of(path, where)
    rows = rows_of(text, where, sign=_between(text))
    header = next(rows, None)
    if header is None:
        raise UnreadableInput(where, "the table is empty", f"Its columns are {', '.join(BROUGHT_COLUMNS)}.")
    line, cells = header
    places, ignored = _columns(text, where, line, cells)
    documents: dict[str, Document] = {}
    refused: list[SourceError] = []
    for number, row in rows:
        try:
            document = _document(text, where, number, places, len(cells), row, by)
        except SourceError as error:
            refused.append(error)
        else:
            documents.setdefault(document.id, document)
    return Brought(tuple(sorted(documents.values(), key=lambda item: item.id)), tuple(refused), ignored)


def _between(text: str) -> str:
    """Return what stands between two values: spreadsheets of many countries write a semicolon, some a tab."""
    first = text.partition("\n")[0]
    return max(",;\t", key=lambda sign: (first.count(sign), sign == ","))


def _columns(text: str, where: str, line: int, cells: Sequence[Cell]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return where each column stands, and the headers that mean none."""
    found: dict[str, int] = {}
    ignored: list[str] = []
    for place, cell in enumerate(cells):
        column = _HEADERS.get("_".join(re.findall(r"\w+", cell.words.casefold())))
        if column is None:
            if cell.words:
                ignored.append(cell.words)
        elif column in found:
            raise SourceError(
                f"line {line}: two columns mean {column}; name one of them otherwise",
                text=text,
                start=cell.start,
                end=cell.end,
                where=where,
            )
        else:
            found[column] = place
    if "name" not in found and "places" in found and "lat" in found:
        # A table of places calls its first column so.
        found["name"] = found.pop("places")
    if "name" not in found and not {"type", "places"} <= set(found):
        raise SourceError(
            f"line {line}: a column that says what happened is missing (name, event, description …). "
            f"The columns are: {', '.join(BROUGHT_COLUMNS)}",
            text=text,
            start=cells[0].start,
            end=cells[-1].end,
            where=where,
        )
    return found, tuple(ignored)


def _document(
    text: str, where: str, line: int, places: Mapping[str, int], width: int, cells: Sequence[Cell], by: str
) -> Document:
    def refuse(column: str, message: str) -> SourceError:
        at = places.get(column, 0)
        cell = cells[at] if at < len(cells) else cells[-1]
        return SourceError(
            f"line {line}, column {column}: {message}",
            text=text,
            start=cell.start,
            end=max(cell.end, cell.start),
            where=where,
        )

    if len(cells) > width:
        extra = cells[width]
        message = f"line {line}: the row has {len(cells)} values for {width} columns"
        raise SourceError(message, text=text, start=extra.start, end=extra.end, where=where)
    values = {column: cells[at].words if at < len(cells) else "" for column, at in places.items()}
    values = {column: values.get(column, "") for column in BROUGHT_COLUMNS}
    if not values["name"]:
        values["name"] = ", ".join(filter(None, (values["type"], values["places"])))
    if not values["name"]:
        raise refuse("name", "it does not say what happened")
    values["kind"], values["type"] = _kind(values, refuse)
    values["earliest"], values["latest"] = _days(values, refuse)
    for column in COUNTS:
        if values[column] and numbers_in(values[column]) is None:
            raise refuse(column, f"{values[column]!r} is no number; write 12, 10-15, 20+ or <30")
    for column in ("lat", "lon", "radius_m"):
        if values[column] and not _in_range(column, values[column]):
            raise refuse(column, f"{values[column]!r} is no {'distance' if column == 'radius_m' else 'degrees'}")
    if bool(values["lat"]) != bool(values["lon"]):
        raise refuse("lat" if values["lat"] else "lon", "a point needs lat and lon")
    words = "\n".join(f"{column}: {values[column]}" for column in BROUGHT_COLUMNS if values[column])
    digest = sha256_hex(f"{by}\x1f{words}".encode())
    return Document(
        id=DocId(content_id("d", digest)),
        path=f"{where}#{line}",
        sha256=sha256_hex(words.encode()),
        text=words,
        publisher=by,
        title=values["name"],
        brought=True,
    )


def _kind(values: Mapping[str, str], refuse: Refuse) -> tuple[str, str]:
    """Return kind and type of a row: from one where the other is missing, "event" and "other" where both are."""
    kind, sort = _code(values["kind"]), _code(values["type"])
    if kind == "place" or (not kind and not sort and values["lat"] and not values["earliest"]):
        return "place", ""
    if kind and kind not in KINDS:
        raise refuse("kind", f"{values['kind']!r} is no kind; they are {', '.join(KINDS)}, place")
    if not sort:
        return kind or "event", "other" if (kind or "event") == "event" else KINDS[kind][0]
    kinds = [kind] if kind else [one for one, types in _TYPES.items() if sort in types]
    for one in kinds:
        if sort in _TYPES[one]:
            return one, sort
    known = ", ".join(KINDS[kind]) if kind else ", ".join(KINDS["event"])
    raise refuse("type", f"{values['type']!r} is no type{f' of {kind}' if kind else ''}; they are {known}")


def _code(words: str) -> str:
    return re.sub(r"[\s\-/]+", "_", words.strip().casefold())


def _days(values: Mapping[str, str], refuse: Refuse) -> tuple[str, str]:
    """Return the first and last day of a row, in ISO 8601."""
    ends: dict[str, str] = {"earliest": "", "latest": ""}
    for column in ends:
        if not values[column]:
            continue
        try:
            when = parse_edtf(values[column].replace("T00:00:00", ""))
        except ValueError as error:
            raise refuse(column, f"{values[column]!r} is no day; write 2015-06-15, 2015-06 or 2015") from error
        first, last = when.earliest, when.latest
        if column == "earliest":
            ends["earliest"] = first.isoformat() if first else ""
            if not values["latest"]:
                ends["latest"] = last.isoformat() if last else ""
        else:
            ends["latest"] = last.isoformat() if last else ""
    if ends["earliest"] and ends["latest"] and ends["earliest"] > ends["latest"]:
        raise refuse("latest", "the last day comes before the first")
    return ends["earliest"], ends["latest"]


def numbers_in(words: str) -> tuple[int | None, int | None] | None:
    """Return both ends of a count as people write it in a table, None where it is no number.

    Args:
        words: ``12``, ``10-15``, ``20+``, ``>20``, ``<30``, ``1,200``.
    """
    found = _COUNT.match(words.strip())
    if found is None:
        return None
    low = int(re.sub(r"\D", "", found["low"]))
    if found["high"]:
        high = int(re.sub(r"\D", "", found["high"]))
        return (low, high) if low <= high and not found["mark"] else None
    ends = {
        "": (low, low),
        "<": (None, low - 1),
        "≤": (None, low),
        ">": (low + 1, None),
        "≥": (low, None),
        "~": (low, low),
    }
    return (low, None) if found["plus"] else ends[found["mark"]]


def _in_range(column: str, words: str) -> bool:
    try:
        value = float(words)
    except ValueError:
        return False
    most = {"lat": 90.0, "lon": 180.0, "radius_m": 2e7}[column]
    return (0 < value <= most) if column == "radius_m" else -most <= value <= most
