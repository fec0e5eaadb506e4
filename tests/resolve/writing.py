"""Builders: a report written with its mentions marked, and a small gazetteer of places everybody can check."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tidings.model import Document, Mention, MentionId, PlaceCue, ReaderStamp, Reading, content_id
from tidings.resolve.gazetteer import IndexedGazetteer
from tidings.resolve.index import SCHEMA, Layer, Row, write_layer

STAMP = ReaderStamp(name="hand", version="1", model="none")
_MARK = re.compile(r"\[([^\]|]+)\|([^\]]*)\]")


class Report:
    """A report whose mentions are marked in its text: ``[Kharkiv|place city]``.

    After the bar stand the kind and, for places, the cue's kind; then ``key=value`` pairs for any field of a mention
    (``refers_to``, ``alias_of``, ``parent``, ``anchor`` and ``ends`` by the marked words, the first of that spelling).
    """

    def __init__(self, name: str, marked: str, *, publisher: str = "", url: str = "") -> None:
        self.id = content_id("d", name)
        pieces, position = [], 0
        marks: list[tuple[int, int, str, list[str]]] = []
        for found in _MARK.finditer(marked):
            pieces.append(marked[position : found.start()])
            start = sum(map(len, pieces))
            pieces.append(found[1])
            marks.append((start, start + len(found[1]), found[1], found[2].split()))
            position = found.end()
        pieces.append(marked[position:])
        self.text = "".join(pieces)
        self.document = Document(
            id=self.id, path=f"{name}.txt", sha256="0" * 64, text=self.text, publisher=publisher, url=url
        )  # type: ignore[arg-type]
        ids = {}
        for start, end, words, _ in marks:
            ids.setdefault(words, MentionId(content_id("m", self.id, start, end)))
        self.mentions = tuple(self._mention(start, end, words, said, ids) for start, end, words, said in marks)

    def _mention(self, start: int, end: int, words: str, said: list[str], ids: dict[str, MentionId]) -> Mention:
        kind, *rest = said
        values: dict[str, object] = dict(part.split("=", 1) for part in rest if "=" in part)
        cue_kind = next((part for part in rest if "=" not in part), "")
        cue: dict[str, object] = {"kind": cue_kind}

        def pointed(name: str) -> MentionId:
            return ids[str(values.pop(name)).replace("_", " ")]

        for name in ("parent", "anchor"):
            if name in values:
                cue[name] = pointed(name)
                cue["parent_said"] = True
        if "ends" in values:
            cue["ends"] = tuple(ids[end.replace("_", " ")] for end in str(values.pop("ends")).split("+"))
        for name in ("distance_m", "bearing"):
            if name in values:
                cue[name] = int(str(values.pop(name)))
        if "relation" in values:
            cue["relation"] = values.pop("relation")
        fields = {name: pointed(name) for name in ("refers_to", "alias_of") if name in values}
        fields |= {name: str(value).replace("_", " ") for name, value in values.items()}
        fields.setdefault("how", "name")
        fields.setdefault("core", words)
        said_of_place = kind == "place" and (len(cue) > 1 or cue_kind)
        return Mention(
            id=MentionId(content_id("m", self.id, start, end)),
            document=self.document.id,
            start=start,
            end=end,
            text=words,
            kind=kind,
            cue=PlaceCue(**cue) if said_of_place else None,  # type: ignore[arg-type]
            **fields,  # type: ignore[arg-type]
        )

    @property
    def reading(self) -> Reading:
        """The report as read."""
        return Reading(document=self.document.id, reader=STAMP, mentions=self.mentions)

    def named(self, words: str, nth: int = 0) -> Mention:
        """The nth mention of these words."""
        return [mention for mention in self.mentions if mention.text == words][nth]


def _place(ext: str, name: str, lat: float, lon: float, kind: str, country: str, admin1: str = "", people: int = 0, radius: int = 0, names: str = "") -> Row:  # fmt: skip
    radius = radius or {"country": 400_000, "admin1": 80_000, "city": 7_000, "town": 2_500}.get(kind, 1_500)
    return Row(ext=ext, name=name, lat=lat, lon=lon, kind=kind, country=country, admin1=admin1, population=people, radius_m=radius, names=[part for part in names.split("|") if part], ids={"geonames": ext})  # fmt: skip


ROWS = [
    _place("690791", "Ukraine", 49.0, 32.0, "country", "UA", people=44_600_000),
    _place("706482", "Kharkiv", 49.6, 36.4, "admin1", "UA", "Kharkiv", 2_700_000, names="Kharkiv Oblast"),
    _place("706483", "Kharkiv", 49.98, 36.25, "city", "UA", "Kharkiv", 1_430_000, names="Kharkov|Харків"),
    _place("703448", "Kyiv", 50.45, 30.52, "city", "UA", "Kyiv City", 2_800_000, names="Kiev|Київ"),
    _place("707155", "Izium", 49.21, 37.25, "town", "UA", "Kharkiv", 48_000, names="Izyum"),
    _place("711660", "Bakhmut", 48.59, 38.0, "town", "UA", "Donetsk", 75_000, names="Artemivsk"),
    _place("703883", "Kupiansk", 49.71, 37.61, "town", "UA", "Kharkiv", 27_000),
    _place("70225", "Yemen", 15.5, 47.5, "country", "YE", people=28_500_000),
    _place("79416", "Al Hudaydah", 14.8, 42.95, "city", "YE", "Al Hudaydah", 617_000, names="Hodeidah|Hodeida|الحديدة"),
    _place("79417", "Al Hudaydah", 14.9, 43.2, "admin1", "YE", "Al Hudaydah", 2_600_000),
    _place("70235", "Ta‘izz", 13.58, 44.02, "city", "YE", "Ta‘izz", 615_000, names="Taiz|تعز"),
    _place("6252001", "United States", 39.76, -98.5, "country", "US", people=327_000_000),
    _place("4736286", "Texas", 31.25, -99.25, "admin1", "US", "Texas", 22_000_000, 500_000),
    _place("4717560", "Paris", 33.66, -95.56, "town", "US", "Texas", 25_000),
    _place("4684888", "Dallas", 32.78, -96.81, "city", "US", "Texas", 1_300_000),
    _place("2988507", "Paris", 48.85, 2.35, "city", "FR", "Île-de-France", 2_138_000),
    _place("3017382", "France", 46.0, 2.0, "country", "FR", people=66_900_000),
    _place("3455671", "Panorama", -21.36, -51.86, "town", "BR", "São Paulo", 13_000),
    _place("2468369", "Saltivka", 36.0, 9.0, "village", "TN", "Béja", 900),
    _place("366755", "Sudan", 16.0, 30.0, "country", "SD", people=41_800_000),
    _place("379253", "Khartoum", 15.55, 32.53, "city", "SD", "Khartoum", 1_970_000, names="الخرطوم"),
]  # fmt: skip


def small_gazetteer(path: Path) -> IndexedGazetteer:
    """Write a small index and open it."""
    with closing(sqlite3.connect(path)) as connection:
        write_layer(connection, Layer(name="world", form="test", licence="facts"), ROWS)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.commit()
    return IndexedGazetteer(path)
