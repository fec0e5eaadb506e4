"""The lexicon's files, read into one lexicon; :class:`tidings.read.lexicon.Lexicon` is the door."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from tidings.errors import UnreadableInput
from tidings.read.lexicon import Country, Entry, Group, Lexicon, War
from tidings.read.lexicon_words import fold, plurals, words_of

__all__ = ["load"]


class _Builder:
    """Collects the files into one lexicon."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.wars: dict[str, War] = {}
        self.groups: dict[str, Group] = {}
        self.countries: dict[str, Country] = {}
        self.trie: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = {}
        self.modifiers: dict[tuple[str, ...], list[str]] = {}
        self.states: dict[str, list[str]] = {}
        self.same: dict[str, str] = {}

    def add(self, phrase: str, what: str, ident: str, *, exact: bool = True) -> None:
        words = tuple(word for word, _, _ in words_of(phrase))
        row = (words, what, ident, phrase if exact else "")
        listed = self.trie.setdefault(words[0], [])
        if row not in listed:
            listed.append(row)

    def group_file(self, data: dict[str, Any]) -> None:
        for row in data["noun"]:
            prefix = "generic" if row["sort"] in {"civil", "people"} else "armed"
            for phrase in row["words"]:
                own = row.get("own", False)
                group = Group(
                    id=f"{prefix}.{fold(next(iter(plurals(phrase)))).replace(' ', '_') if own else row['id']}",
                    name=next(iter(plurals(phrase))) if own else row["name"],
                    role=row["role"],
                    sort=row["sort"],
                    bare=row.get("bare", True),
                    own=own,
                )
                for form in (phrase, *plurals(phrase)):
                    self.groups.setdefault(fold(form), group)

    def country_file(self, data: dict[str, Any]) -> None:
        import pycountry

        for row in pycountry.countries:
            extra = data.get(row.alpha_2, {})
            name = getattr(row, "common_name", row.name).split(",")[0].split(" (")[0]
            self._country(row.alpha_2, extra.get("names", [name])[0], name, extra)
        for code in sorted(set(data) - set(self.countries)):
            self._country(code, data[code]["names"][0], data[code]["names"][0], data[code])
        for row in sorted(pycountry.subdivisions, key=lambda row: str(row.code)):
            name = row.name.split(" [")[0].split(",")[0]
            bare = re.sub(r"\s+(Province|Governorate|Region|State|Oblast|County|District)\Z", "", name)
            if len(bare) > 3 and fold(bare) not in _NO_PROVINCE:
                self.add(bare, "province", str(row.country_code))

    def _country(self, code: str, name: str, official: str, extra: dict[str, Any]) -> None:
        names = tuple(dict.fromkeys([*extra.get("names", []), official]))
        country = Country(
            code=code,
            name=name,
            demonyms=tuple(extra.get("demonyms", [])),
            names=names,
            seats=tuple(extra.get("seat", [])),
        )
        self.countries[code] = country
        for word in names:
            self.add(word, "country", code)
            if word[-1].islower() and word[-1] != "s":
                self.add(f"{word}s", "country", code)  # a lost apostrophe: "Syrias"
        for word in country.demonyms:
            self.add(word, "demonym", code)
            if word[-1] not in "hse.S":
                self.add(f"{word}s", "demonym", code)
        for word in country.seats:
            self.add(word, "seat", code)

    def war_file(self, data: dict[str, Any], where: str) -> None:
        try:
            war = War(
                id=data["id"],
                name=data["name"],
                countries=tuple(data.get("countries", [])),
                home=data.get("home", ""),
                places=tuple(data.get("places", [])),
                always=data.get("always", False),
            )
            self.wars.setdefault(war.id, war)
            for row in data.get("entry", []):
                self._entry(war, row)
        except KeyError as error:
            raise UnreadableInput(
                where,
                f"{error} is missing",
                "Each war and each [[entry]] needs an id and a name, an entry also a role.",
            ) from error
        for name in war.places:
            self.add(name, "place", war.id)

    def _entry(self, war: War, row: dict[str, Any]) -> None:
        own = f"{war.id}.{row['id']}"
        ident = f"state.{row['state']}" if "state" in row else row.get("same", own)
        entry = Entry(
            id=ident,
            name=row["name"],
            role=row["role"],
            war=war.id,
            aliases=tuple(row.get("aliases", [])),
            descriptions=tuple(row.get("descriptions", [])),
            modifiers=tuple(row.get("modifiers", [])),
            unless=tuple(row.get("unless", [])),
            parent=row.get("parent", ""),
            state=row.get("state", ""),
            in_country=row.get("in_country", ""),
            reason=row.get("reason", ""),
        )
        self.entries[own] = entry
        if ident != own and "same" not in row:
            self.entries[ident] = entry
        if "state" in row:
            self.states.setdefault(row["state"], []).append(own)
        for phrase in entry.aliases:
            self.add(phrase, "alias", own)
        for phrase in entry.descriptions:
            self.add(re.sub(r"\Athe ", "", phrase), "description", own, exact=False)
        for phrase in entry.modifiers:
            key = tuple(word for word, _, _ in words_of(phrase))
            self.modifiers.setdefault(key, []).append(own)


_NO_PROVINCE = frozenset(
    "central centre center north south east west northern southern eastern western capital north east north west "
    "islands island north central union western area national capital saint coast lakes unity independent".split()
)
"""Names of provinces that are common words: they prove no country."""


def _toml(path: Any, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UnreadableInput(
            where, f"not readable as TOML: {error}", "Compare it with a war file of Tidings."
        ) from error


def _war_files(extra: Iterable[Path]) -> Iterator[tuple[dict[str, Any], str]]:
    for path in extra:
        for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
            yield _toml(file, file.name), file.name
    folder = files("tidings.read")
    for item in sorted(folder.joinpath("wars").iterdir(), key=lambda found: found.name):
        if item.name.endswith(".toml"):
            yield _toml(item, item.name), item.name
    yield _toml(folder.joinpath("lexicons", "outlets.toml"), "outlets.toml"), "outlets.toml"


@cache
def load(extra: tuple[Path, ...]) -> Lexicon:
    """Return the lexicon of the package with the war files in ``extra``, read once for the same files."""
    folder = files("tidings.read").joinpath("lexicons")
    general = {
        name: _toml(folder.joinpath(f"{name}.toml"), name)
        for name in ("groups", "countries", "people", "places", "wording")
    }
    builder = _Builder()
    builder.group_file(general["groups"])
    builder.country_file(general["countries"])
    seen = sha256(repr(sorted(general.items())).encode())
    for data, where in _war_files(extra):
        builder.war_file(data, where)
        seen.update(repr(sorted(data.items())).encode())
    for listed in builder.trie.values():
        listed.sort(key=lambda row: (-len(row[0]), row))
    return Lexicon(
        entries=builder.entries,
        wars=builder.wars,
        groups=builder.groups,
        countries=builder.countries,
        people={name: frozenset(fold(word) for word in row["words"]) for name, row in general["people"].items()},
        places=general["places"],
        state_words=frozenset(general["groups"]["state_words"]["words"]),
        pro_state=frozenset(general["groups"]["pro_state"]["words"]),
        acts=frozenset(form for word in general["groups"]["acts"]["words"] for form in (word, *plurals(word))),
        joined=frozenset(general["groups"]["acts"]["joined"]),
        peoples=frozenset(form for word in general["groups"]["peoples"]["words"] for form in (word, *plurals(word))),
        hash=seen.hexdigest()[:12],
        group_ends=frozenset(phrase.rsplit(" ", 1)[-1] for phrase in builder.groups),
        owner_words=frozenset(general["groups"]["state_words"]["words"]) | {key[0] for key in builder.modifiers},
        modifiers={key: tuple(ids) for key, ids in builder.modifiers.items()},
        states={key: tuple(ids) for key, ids in builder.states.items()},
        _trie=builder.trie,
    )
