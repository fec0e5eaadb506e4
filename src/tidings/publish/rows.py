"""Row by row through the tables: every cell as the profile shows it, every change written down."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

from tidings.model.columns import TABLES
from tidings.publish.changes import Change
from tidings.publish.coarsen import coarse_day, coarse_edtf, coarse_point, rule_for
from tidings.publish.keys import Seal
from tidings.publish.people import Face, People
from tidings.publish.plain import any_of, only
from tidings.publish.profile import Profile
from tidings.publish.wording import LEFT_OUT, Words

__all__ = ["Copier", "treatments"]

Row = dict[str, Any]
Tables = Mapping[str, Iterable[Mapping[str, Any]]]
_EMPTY: dict[str, Any] = {"text": "", "list": []}
_UNKNOWN = "unknown publisher"
_SECTION = {"happenings": "dates", "publication": "dates", "of": "dates", "persons": "persons"}


@cache
def treatments() -> dict[str, dict[str, str]]:
    """Return what becomes of each column, by table."""
    return tomllib.loads(files("tidings.publish").joinpath("treatments.toml").read_text(encoding="utf-8"))


class _Extract:
    """The words of one report that a copy shows, each on a line of its own: the report's text in the copy."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        self._length = 0

    def place(self, words: str) -> tuple[int, int]:
        """Return where words stand in the extract, which takes them in if it does not hold them yet."""
        line = words.replace("\n", " ")
        if line not in self._lines:
            self._lines[line] = self._length
            self._length += len(line) + 1
        start = self._lines[line]
        return start, start + len(line)

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(self._lines)


class Copier:
    """Copies rows.

    Args:
        tables: The record's rows.
        profile: What the copy shows.
        people: Who is private.
        words: Rewrites words.
        seal: Makes ids.
    """

    def __init__(self, tables: Tables, profile: Profile, people: People, words: Words, seal: Seal) -> None:
        self._tables = tables
        self._profile = profile
        self._people = people
        self._words = words
        self._seal = seal
        self._whole = profile.keeps("reports", "text")
        self._entities: dict[str, Mapping[str, Any]] = {row["id"]: row for row in tables["entities"]}
        self._texts: dict[str, str] = {row["id"]: row["text"] for row in tables["documents"]}
        self._claims: dict[str, Mapping[str, Any]] = {row["id"]: row for row in tables["claims"]}
        self._extracts: dict[str, _Extract] = defaultdict(_Extract)
        self._marks = self._all_marks()
        self._points: dict[str, dict[str, Any]] = {}
        self._faces: dict[str, Face] = dict(people.faces)
        self._name_places()
        self.names: dict[str, str] = {one: self._shown(one) for one in self._entities}
        self.changes: list[Change] = []
        self.proofs: list[tuple[str, str, str]] = []
        """For each quotation that is shown or left out: table, id of the copy, keyed hash of the words in the report."""

    def copy(self) -> dict[str, list[Row]]:
        """Return the tables of the copy; brief and builds are left as they come, for the caller to make anew."""
        out: dict[str, list[Row]] = {}
        left_out = set(self._profile.listed("tables", "leave_out"))
        # Documents come last: their text is what the other tables quote.
        for table in sorted(TABLES, key=lambda name: name == "documents"):
            if table in left_out:
                number = sum(1 for _ in self._tables[table])
                out[table] = []
                if number:
                    self._say(table, "", "", f"{number} rows left out", "tables")
                continue
            out[table] = [row for row in map(self._row(table), self._tables[table]) if row is not None]
        return {table: sorted(out[table], key=_order(table)) for table in TABLES}

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
            if "quote" in how.values():
                self._quote(table, row, new, next(name for name, kind in how.items() if kind == "quote"))
            if table == "persons":
                self._person(row, new)
            self._note(table, row, new)
            return new

        return made

    # What becomes of a cell, by treatment.

    def _as_keep(self, _: str, row: Mapping[str, Any], name: str, __: str) -> Any:
        # Closed words are looked through all the same: a column may come to hold more than it was made for.
        held = row[name]
        return self._words.sentence(held, {}) if isinstance(held, str) and held else held

    def _as_id(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return self._seal.id(row[name])

    _as_idtext = _as_id

    def _as_ids(self, _: str, row: Mapping[str, Any], name: str, __: str) -> list[str]:
        return [self._seal.id(one) for one in row[name]]

    def _as_name(self, _: str, row: Mapping[str, Any], name: str, of: str) -> str:
        return self._named(row[name], row[of])

    def _as_names(self, _: str, row: Mapping[str, Any], name: str, of: str) -> Any:
        held, ids = row[name], row[of]
        if isinstance(held, str):
            return self._named(held, ids[0] if ids else "")
        aligned = list(ids) if len(ids) == len(held) else [""] * len(held)
        return [self._named(words, one) for words, one in zip(held, aligned, strict=True)]

    def _as_quote(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return str(row[name])  # put in by _quote, with its place

    def _as_start(self, _: str, row: Mapping[str, Any], name: str, __: str) -> Any:
        return row[name]

    _as_end = _as_start

    def _as_place(self, _: str, row: Mapping[str, Any], name: str, __: str) -> Any:
        return row[name] if self._whole else None

    def _as_trigger(self, _: str, row: Mapping[str, Any], name: str, __: str) -> Any:
        return row[name] if self._whole else None

    def _as_words(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return self._words.cut(row[name])[0]

    def _as_sentence(self, table: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return self._words.sentence(self._seal.ids_in(row[name] or ""), self._scope(table, row))

    def _as_sentences(self, table: str, row: Mapping[str, Any], name: str, __: str) -> list[str]:
        scope = self._scope(table, row)
        return [self._words.sentence(words, scope) for words in row[name]]

    def _as_basis(self, table: str, row: Mapping[str, Any], name: str, __: str) -> str:
        if self._profile.says("dates", "happenings") != "day":
            return str(row[name]).partition(":")[0]
        return self._words.sentence(row[name], self._scope(table, row))

    def _as_time_words(self, _: str, row: Mapping[str, Any], name: str, __: str) -> list[str]:
        if self._profile.says("dates", "happenings") != "day" or not self._profile.keeps("quotations", "unknown_names"):
            return []
        return [self._words.cut(words)[0] for words in row[name]]

    def _as_edtf(self, _: str, row: Mapping[str, Any], name: str, of: str) -> str:
        return coarse_edtf(row[name], self._grain(row, of))

    def _as_first(self, _: str, row: Mapping[str, Any], name: str, of: str) -> str:
        return coarse_day(row[name], self._grain(row, of), last=False)

    def _as_last(self, _: str, row: Mapping[str, Any], name: str, of: str) -> str:
        return coarse_day(row[name], self._grain(row, of), last=True)

    def _as_private(self, _: str, row: Mapping[str, Any], name: str, __: str) -> Any:
        hidden = row["entity"] in self._faces and not self._profile.keeps("persons", "details")
        return (None if name == "age" else "") if hidden else row[name]

    def _as_amount(self, _: str, row: Mapping[str, Any], name: str, __: str) -> Any:
        held = row[name]
        return None if held is None else {key: self._said(value) for key, value in held.items()}

    def _said(self, value: Any) -> Any:
        return self._words.cut(value)[0] if isinstance(value, str) else value

    _as_means = _as_amount

    def _as_origins(self, _: str, row: Mapping[str, Any], name: str, __: str) -> list[str]:
        by_name = {part["name"]: part["entity"] for part in row["origins_claims"]}
        return [self._named(words, by_name.get(words, "")) for words in row[name]]

    def _as_origins_claims(self, _: str, row: Mapping[str, Any], name: str, __: str) -> list[Row]:
        return [
            {
                "name": self._named(part["name"], part["entity"]),
                "entity": self._seal.id(part["entity"]),
                "claims": [self._seal.id(one) for one in part["claims"]],
            }
            for part in row[name]
        ]

    def _as_source(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        last = row["chain_ids"][-1] if row["chain_ids"] else ""
        if last in self._faces:
            return self._faces[last].name
        return self._words.cut(row[name])[0]

    def _as_core(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        if row.get("entity", row["id"]) in self._faces or row["id"] in self._people.labels:
            return ""
        return self._words.cut(row[name])[0]

    def _as_lexicon(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return "" if row["entity"] in self._faces else str(row[name])

    def _as_aliases(self, _: str, row: Mapping[str, Any], name: str, __: str) -> list[str]:
        if row["id"] in self._faces or self._moved_name(row):
            return []
        # What a report adds to a plain word for civilians describes them.
        plain = row["role"] == "civilians" and "civilians" in self._profile.listed("descriptions", "cut")
        return [
            words
            for words in row[name]
            if (not plain or only(words, "sources")) and self._words.sentence(words, {}) == words
        ]

    def _as_entity_basis(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return "" if row["id"] in self._faces else self._words.sentence(row[name], {})

    def _as_dateline(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        # It holds the day as well as the place.
        return self._words.cut(row[name])[0] if self._profile.says("dates", "publication") == "day" else ""

    def _as_point(self, _: str, row: Mapping[str, Any], name: str, __: str) -> Any:
        if row["id"] in self._people.faces:
            return {} if name == "ids" else ("" if name in {"precision", "method"} else None)
        held = self._point(row["id"])
        value = held.get(name, row[name])
        if name == "anchor" and value is not None:
            return {
                **value,
                "place": self._named(value["place"], value["place_id"]),
                "place_id": self._seal.id(value["place_id"]),
            }
        return value

    def _as_path(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return str(row[name]) if self._profile.keeps("reports", "file_name") else f"{self._seal.id(row['id'])}.txt"

    def _as_digest(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return str(row[name]) if self._profile.keeps("ids", "ids") else ""

    def _as_publisher(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return self._named(row[name], "")

    def _as_address(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        words = str(row[name])
        says = self._profile.says("reports", "address")
        if not words or says == "leave out":
            return ""
        if says == "keep" and not self._words.hidden.find(unquote(words)):
            return words
        parts = urlsplit(words)
        host = f"{parts.scheme}://{parts.hostname}/" if parts.scheme in {"http", "https"} and parts.hostname else ""
        return "" if self._words.hidden.find(host) else host

    def _as_title(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        says = self._profile.says("reports", "title")
        return "" if says == "leave out" else str(row[name]) if says == "keep" else self._words.cut(row[name])[0]

    def _as_byline(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return self._words.cut(row[name])[0] if self._profile.keeps("reports", "byline") else ""

    def _as_notes(self, _: str, row: Mapping[str, Any], name: str, __: str) -> list[str]:
        return [self._words.cut(words)[0] for words in row[name]] if self._profile.keeps("reports", "notes") else []

    def _as_unread(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return "" if not row[name] else str(row[name]) if self._whole else "not read"

    def _as_text(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return str(row[name]) if self._whole else self._extracts[row["id"]].text

    def _as_analyst(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return self._people.analysts.get(row[name], str(row[name]))

    def _as_chained(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        # A hash over words that were changed proves nothing.
        return str(row[name]) if self._profile.keeps("people", "analysts") and self._profile.keeps("ids", "ids") else ""

    # Quotations.

    def _quote(self, table: str, row: Mapping[str, Any], new: Row, column: str) -> None:
        words = str(row[column])
        place = f"{row['document']}\x1f{row['start']}\x1f{row['end']}"
        if not words:
            new["start"] = new["end"] = None
            return
        self.proofs.append((table, new["id"], self._seal.proof(f"{place}\x1f{words}")))
        if self._whole:
            return
        shown, what = self._shown_quote(table, row, words)
        start, end = self._extracts[row["document"]].place(shown)
        new |= {column: shown.replace("\n", " "), "start": start, "end": end}
        if what:
            self._say(table, new["id"], column, what, "quotations")

    def _shown_quote(self, table: str, row: Mapping[str, Any], words: str) -> tuple[str, str]:
        if table not in self._profile.listed("quotations", "keep_in"):
            return LEFT_OUT, "quotation left out"
        if (
            table == "claims"
            and not self._profile.keeps("quotations", "about_private_persons")
            and self._about_private(row)
        ):
            return LEFT_OUT, "quotation left out"
        if (
            table == "claims"
            and not self._profile.keeps("quotations", "about_private_persons")
            and self._of_the_speaker(row)
        ):
            return LEFT_OUT, "quotation left out"
        if table == "mentions":
            face = self._faces.get(row["entity"])
            if face is not None and row["how"] != "pronoun":
                return face.name, ""
            if row["id"] in self._people.labels:
                return self._people.labels[row["id"]], "description cut to its kind"
        text = self._texts.get(row["document"], words)
        return self._words.quote(text, row["start"], row["end"], self._marks.get(row["document"], ()))

    def _about_private(self, row: Mapping[str, Any]) -> bool:
        held = [*row["agents_ids"], *row["targets_ids"]]
        return any(self._people.faces[one].change == "pseudonym" for one in held if one in self._people.faces)

    def _of_the_speaker(self, row: Mapping[str, Any]) -> bool:
        """Return whether somebody hidden speaks of themselves: "my brother" tells whose brother it is."""
        last = row["chain_ids"][-1] if row["chain_ids"] else ""
        return (not last or last in self._faces) and any_of(row["quote"], "speaker")

    def _all_marks(self) -> dict[str, list[tuple[int, int, str]]]:
        """Return, for each report, where somebody hidden is named or described, and what to write there."""
        marks: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for row in self._tables["mentions"]:
            face = self._people.faces.get(row["entity"])
            if row["how"] == "pronoun":
                continue
            if row["id"] in self._people.labels:
                marks[row["document"]].append((row["start"], row["end"], self._people.labels[row["id"]]))
            elif face is not None and row["how"] == "name":
                start = _with_title(self._texts.get(row["document"], ""), row)
                marks[row["document"]].append((start, row["end"], face.name))
        return marks

    # Names and places.

    def _shown(self, one: str) -> str:
        face = self._faces.get(one)
        return (
            face.name
            if face
            else self._words.cut(self._entities[one]["name"])[0]
            if self._redacts(one)
            else str(self._entities[one]["name"])
        )

    def _redacts(self, one: str) -> bool:
        """Return whether a kept name holds the name of somebody hidden; its own capitals are no unknown names."""
        return bool(self._words.hidden.find(self._entities[one]["name"]))

    def _named(self, words: str, one: str) -> str:
        """Return what stands for a name beside its id; where no entity stands for it, its words with names cut."""
        if one in self.names:
            return self.names[one]
        if words in self._people.analysts:
            return self._people.analysts[words]
        if not words or words == _UNKNOWN or words in self._publishers:
            return self._words.sentence(words, {}) if words else words
        return self._words.cut(words, opens=False)[0]

    @property
    def _publishers(self) -> set[str]:
        return {row["publisher"] for row in self._tables["documents"]}

    def _moved_name(self, row: Mapping[str, Any]) -> bool:
        rule = rule_for(row, self._profile.places)
        return rule is not None and not rule.show_name

    def _name_places(self) -> None:
        for one, row in self._entities.items():
            rule = rule_for(row, self._profile.places)
            if rule is not None and not rule.show_name:
                parent = str(row["part_of"])
                name = f"{rule.called} in {parent}" if parent and not self._hides(row["part_of_ids"]) else rule.called
                self._faces[one] = Face(name, "place name", rule.name)

    def _hides(self, ids: Sequence[str]) -> bool:
        parent = self._entities.get(ids[0]) if ids else None
        return parent is None or self._moved_name(parent)

    def _point(self, one: str) -> dict[str, Any]:
        """Return the coarsened cells of a place, worked out once; a parent's are coarsened first."""
        if one not in self._points:
            self._points[one] = {}
            row = self._entities[one]
            rule = rule_for(row, self._profile.places)
            if rule is not None:
                above = row["part_of_ids"][0] if row["part_of_ids"] else ""
                parent = {**self._entities[above], **self._point(above)} if above in self._entities else None
                self._points[one] = coarse_point(row, rule, parent)
        return self._points[one]

    def _grain(self, row: Mapping[str, Any], of: str) -> str:
        if of == "persons":
            # Those who are public keep the days of the happenings.
            return (
                self._profile.says("persons", "dates")
                if row["entity"] in self._faces
                else self._profile.says("dates", "happenings")
            )
        if of == "of":
            of = "publication" if row["of_kind"] == "document" else "happenings"
        return self._profile.says("dates", of)

    def _scope(self, table: str, row: Mapping[str, Any]) -> dict[str, str]:
        """Return what the names of hidden entities become in a sentence about a row: those of its claims alone."""
        ids = [one for name, held in row.items() if name.endswith("_ids") for one in held]
        ids += [row[name] for name in ("a", "b", "entity", "of") if isinstance(row.get(name), str)]
        claims = [*row.get("claims", ()), *(row[name] for name in ("a", "b", "of") if isinstance(row.get(name), str))]
        for claim in (self._claims[one] for one in claims if one in self._claims):
            ids += [one for name, held in claim.items() if name.endswith("_ids") for one in held]
        if table in {"claims", "times", "documents", "entities"}:
            return {}
        return {
            str(self._entities[one]["name"]): self._faces[one].name
            for one in ids
            if one in self._faces and one in self._entities
        }

    def _framing_shows(self, row: Mapping[str, Any]) -> bool:
        """Return whether a framing calls somebody hidden something, or in words that would have to be cut."""
        if any(one in self._faces for one in row["entity_ids"]):
            return True
        return self._words.cut(row["wording"], opens=False)[0] != row["wording"] and not self._whole

    def _person(self, row: Mapping[str, Any], new: Row) -> None:
        if row["entity"] in self._faces and not self._profile.keeps("persons", "places"):
            new["places"], new["places_ids"] = [], []
        if row["entity"] in self._faces and self._profile.says("persons", "dates") != "day":
            new["time_basis"] = str(row["time_basis"]).partition(":")[0]

    # What was changed.

    def _say(self, table: str, one: str, column: str, what: str, why: str) -> None:
        self.changes.append(Change(table, one, column, what, why))

    def _note(self, table: str, row: Mapping[str, Any], new: Row) -> None:
        """Write down what is different in a row, ids and quotations aside."""
        how = treatments().get(table, {})
        one = str(new.get("id", ""))
        for column in TABLES[table]:
            name = column.name
            kind, _, of = how.get(name, "empty").partition(":")
            if kind in {"id", "ids", "idtext", "quote", "start", "end", "place", "trigger"} or row[name] == new[name]:
                continue
            if self._ids_only(row[name], new[name]):
                continue
            self._say(table, one, name, *_what(kind, of, new[name]))

    def _ids_only(self, old: Any, new: Any) -> bool:
        return isinstance(old, str) and self._seal.ids_in(old) == new


def _with_title(text: str, row: Mapping[str, Any]) -> int:
    """Return where a name begins together with the title before it: a title and a day are a name."""
    title, start = str(row["title"]).strip(" ,"), int(row["start"])
    before = text[:start].rstrip(" ,\u00a0")
    return len(before) - len(title) if title and before.casefold().endswith(title.casefold()) else start


def _what(kind: str, of: str, new: Any) -> tuple[str, str]:
    """Return what was done to a cell, and the section of the profile that asks for it."""
    if kind in {"edtf", "first", "last"}:
        return ("day made coarser" if new else "day left out"), _SECTION[of]
    if kind in {"name", "names", "source", "origins", "origins_claims", "publisher"}:
        return "name replaced", "persons"
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


def _order(table: str) -> Callable[[Row], tuple[Any, ...]]:
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
