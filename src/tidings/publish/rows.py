"""Row by row through the tables: every cell as the profile shows it, every change written down."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from tidings.model.columns import TABLES
from tidings.publish.cells import Cells
from tidings.publish.changes import Change
from tidings.publish.keys import Seal
from tidings.publish.people import People
from tidings.publish.profile import Profile
from tidings.publish.wording import Words

__all__ = ["Copier", "Hold", "Rows", "in_memory", "treatments"]

Row = dict[str, Any]
Key = Callable[[Row], tuple[Any, ...]]
"""Says what rows are ordered by: texts and whole numbers."""


class Rows(Protocol):
    """Rows of a table: walked through again and again, and counted."""

    def __iter__(self) -> Iterator[Row]: ...

    def __len__(self) -> int: ...


Hold = Callable[[str, Iterable[Row], Key], Rows]
"""Takes the name of a table, its rows and what they are ordered by; gives the rows back in order."""
Tables = Mapping[str, Iterable[Mapping[str, Any]]]
_EMPTY: dict[str, Any] = {"text": "", "list": []}
_PLACES = frozenset("place places origin destination shelter part_of".split())
_SECTION = {"happenings": "dates", "publication": "dates", "of": "dates", "persons": "persons"}


@cache
def treatments() -> dict[str, dict[str, str]]:
    """Return what becomes of each column, by table."""
    return tomllib.loads(files("tidings.publish").joinpath("treatments.toml").read_text(encoding="utf-8"))


class Copier(Cells):
    """Copies rows; see :class:`~tidings.publish.cells.Cells` for the arguments."""

    def __init__(self, tables: Tables, profile: Profile, people: People, words: Words, seal: Seal) -> None:
        super().__init__(tables, profile, people, words, seal)
        self.changes: list[Change] = []

    def copy(self, hold: Hold) -> dict[str, Rows]:
        """Return the tables of the copy; brief and builds are left as they come, for the caller to make anew.

        Args:
            hold: Takes the rows of a table in and gives them back in order.
        """
        out: dict[str, Rows] = {}
        left_out = set(self._profile.listed("tables", "leave_out"))
        # Documents come last: their text is what the other tables quote.
        for table in sorted(TABLES, key=lambda name: name == "documents"):
            if table in left_out:
                number = sum(1 for _ in self._tables[table])
                out[table] = ()
                if number:
                    self._say(table, "", "", "table left out", "tables")
                continue
            rows = (row for row in map(self._row(table), self._tables[table]) if row is not None)
            out[table] = hold(table, rows, _order(table))
        return {table: out[table] for table in TABLES}

    def _row(self, table: str) -> Callable[[Mapping[str, Any]], Row | None]:
        how = treatments().get(table, {})

        def made(row: Mapping[str, Any]) -> Row | None:
            if table == "framings" and self._framing_shows(row):
                self._say(table, "", "", "row left out", "persons")
                return None
            new: Row = {}
            for column in TABLES[table]:
                name = column.name
                treatment = how.get(name, "empty")
                if treatment == "empty":
                    new[name] = _EMPTY.get(column.holds)
                    continue
                kind, _, of = treatment.partition(":")
                new[name] = getattr(self, f"_as_{kind}")(table, row, name, of)
            for name in (name for name, kind in how.items() if kind == "quote"):
                if what := self.quotations.put(table, row, new, name):
                    self._say(table, new["id"], name, what, "quotations")
            if table == "persons":
                self._person(row, new)
            self._note(table, row, new)
            return new

        return made

    def _person(self, row: Mapping[str, Any], new: Row) -> None:
        if row["entity"] in self._faces and not self._profile.keeps("persons", "places"):
            new["places"], new["places_ids"] = [], []
        if row["entity"] in self._faces and self._profile.says("persons", "dates") != "day":
            new["time_basis"] = str(row["time_basis"]).partition(":")[0]

    def _say(self, table: str, one: str, column: str, what: str, why: str) -> None:
        self.changes.append(Change(table, one, column, what, why))

    def _note(self, table: str, row: Mapping[str, Any], new: Row) -> None:
        """Write down what is different in a row, ids and quotations aside."""
        if table in {"brief", "builds"}:
            return  # made anew from the copy
        how = treatments().get(table, {})
        one = str(new.get("id", ""))
        for column in TABLES[table]:
            name = column.name
            kind, _, of = how.get(name, "empty").partition(":")
            if kind in {"id", "ids", "idtext", "quote", "start", "end", "place", "trigger"} or row[name] == new[name]:
                continue
            if self._ids_only(row[name], new[name]):
                continue
            self._say(table, one, name, *_what(kind, of, name, new[name]))

    def _ids_only(self, old: Any, new: Any) -> bool:
        return isinstance(old, str) and self._seal.ids_in(old) == new


def _what(kind: str, of: str, column: str, new: Any) -> tuple[str, str]:
    """Return what was done to a cell, and the section of the profile that asks for it."""
    if kind in {"edtf", "first", "last"}:
        return ("day made coarser" if new else "day left out"), _SECTION[of]
    if kind in {"name", "names", "source", "origins", "origins_claims", "publisher"}:
        return "name replaced", "places" if column in _PLACES else "persons"
    if kind == "point":
        return "place made coarser", "places"
    if kind in {"words", "title", "byline", "amount", "means", "core", "aliases", "sentence", "sentences"}:
        return ("names cut" if new else "left out"), "persons"
    if kind in {"path", "address", "digest", "text", "notes", "unread"}:
        return ("replaced" if new else "left out"), "reports"
    if kind == "private":
        return "detail left out", "persons"
    if kind in {"basis", "time_words"}:
        return "words left out", "quotations"
    if kind == "analyst":
        return "name replaced", "people"
    return "left out", "quotations"


def in_memory(_: str, rows: Iterable[Row], key: Key) -> list[Row]:
    """Return rows in order, all of them in memory."""
    return sorted(rows, key=key)


def _order(table: str) -> Key:
    """Return the order of a table's rows, by what the copy shows: the record's own order would lead back to its rows."""
    keys = {
        "attributions": ("document", "start", "end", "id"),
        "claims": ("document", "start", "end", "id"),
        "mentions": ("document", "start", "end", "id"),
        "entities": ("kind", "name", "id"),
        "comparisons": ("event", "a", "b", "what", "reason"),
        "brief": ("order", "id"),
        "decisions": (),
        "builds": (),
    }.get(table, ("id",))
    if table in {"events", "figures", "movements", "persons", "property"}:
        return lambda row: (row["time_earliest"] or "9999", row["time_latest"] or "9999", row["id"])
    if table in {"holdings", "custody"}:
        return lambda row: (row["from"] or "9999", row["until"] or "9999", row["id"])
    return lambda row: tuple(-1 if row[name] is None else row[name] for name in keys)
