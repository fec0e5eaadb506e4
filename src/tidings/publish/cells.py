"""What becomes of a cell, by the treatment of its column. Each method is named after a treatment of ``treatments.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from tidings.publish.coarsen import coarse_day, coarse_edtf, coarse_point, rule_for
from tidings.publish.keys import Seal
from tidings.publish.people import Face, People
from tidings.publish.plain import only
from tidings.publish.profile import Profile
from tidings.publish.quoting import Quotations
from tidings.publish.wording import Words

__all__ = ["Cells"]

Row = dict[str, Any]
Tables = Mapping[str, Iterable[Mapping[str, Any]]]
_UNKNOWN = "unknown publisher"


class Cells:
    """Copies cells.

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
        self._publishers = {row["publisher"] for row in tables["documents"]}
        # Of claims only whom and what they name is needed again, and there are many.
        self._claims: dict[str, tuple[str, ...]] = {row["id"]: _entities_of(row) for row in tables["claims"]}
        self._points: dict[str, dict[str, Any]] = {}
        self._faces: Mapping[str, Face] = people.faces
        self.names: dict[str, str] = {one: self._shown(one) for one in self._entities}
        self.quotations = Quotations(tables, profile, people, words, seal)

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

    def _as_because(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        # Why somebody must not be named tells who it is.
        return "" if "source" in self._profile.listed("descriptions", "cut") else str(row[name])

    def _as_core(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        if row.get("entity", row["id"]) in self._faces or row["id"] in self._people.labels:
            return ""
        return self._words.cut(row[name])[0]

    def _as_lexicon(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return "" if row["entity"] in self._faces else str(row[name])

    def _as_aliases(self, _: str, row: Mapping[str, Any], name: str, __: str) -> list[str]:
        if row["id"] in self._faces:
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
        face = self._faces.get(row["id"])
        if face is not None and face.change != "place name":
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
        return str(row[name]) if self._whole else self.quotations.text(row["id"])

    def _as_analyst(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        return self._people.analysts.get(row[name], str(row[name]))

    def _as_chained(self, _: str, row: Mapping[str, Any], name: str, __: str) -> str:
        # A hash over words that were changed proves nothing.
        return str(row[name]) if self._profile.keeps("people", "analysts") and self._profile.keeps("ids", "ids") else ""

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
        ids += [one for claim in claims for one in self._claims.get(claim, ())]
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


def _entities_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(one for name, held in row.items() if name.endswith("_ids") for one in held)
