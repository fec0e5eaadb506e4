"""What is known beforehand about actors, people, places and sources: TOML files, loaded once.

``lexicons/groups.toml`` says what people and forces are called in any war, ``wars/*.toml`` who the parties of one war
are, ``lexicons/outlets.toml`` who reports. A user adds a war with one file of the same form and no code::

    Lexicon.load([Path("my-wars")])

An entry of a war file::

    [[entry]]
    id = "houthis"                    # unique in its file
    name = "Houthis"                  # as the party names itself, or the field does
    role = "armed_group"              # state, armed_group, militia, alliance, monitor, outlet, agency, un, official …
    aliases = ["Ansar Allah"]         # names: hold wherever they stand
    descriptions = ["the rebels"]     # hold only in a report that tells of this war
    modifiers = ["Iran-backed"]       # before "fighters", "forces", "group": the same
    parent = "world.hamas"            # optional: the id of what it belongs to
    state = "YE"                      # optional: it is the state of that country
    in_country = "YE"                 # optional: descriptions hold only where the report's country is this one
    reason = "…"
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from tidings.errors import UnreadableInput

__all__ = ["Country", "Entry", "Group", "Hit", "Lexicon", "War", "fold", "words_of"]

_WORD = re.compile(r"\w+|[^\w\s]")
SOURCE_ROLES = frozenset({"outlet", "agency", "monitor"})
"""Roles whose holders report rather than act."""


@cache
def fold(word: str) -> str:
    """Return a word in lower case without diacritics, with plain quotes, for looking up."""
    plain = word.replace("\u2019", "'").replace("\u2018", "'").replace("ı", "i")
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Return the folded words and marks of a text with their code points."""
    return [(fold(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def plurals(phrase: str) -> Iterator[str]:
    """Yield the plural forms that an English noun phrase may take."""
    stem, _, last = phrase.rpartition(" ")
    lead = f"{stem} " if stem else ""
    if last.endswith("man"):
        yield f"{lead}{last[:-3]}men"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        yield f"{lead}{last[:-1]}ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        yield f"{lead}{last}es"
    else:
        yield f"{lead}{last}s"
    if last == "child":
        yield f"{lead}children"
    if last == "person":
        yield f"{lead}people"
    if last == "by":
        yield f"{lead.replace('passer', 'passers')}by"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One party or source that a file knows."""

    id: str
    name: str
    role: str
    war: str
    aliases: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    parent: str = ""
    state: str = ""
    in_country: str = ""
    reason: str = ""

    @property
    def kind(self) -> str:
        """The kind of its mentions."""
        if self.role == "channel":
            return "other"  # anybody publishes through it: it neither speaks nor acts
        return "source" if self.role in SOURCE_ROLES else "actor"


@dataclass(frozen=True, kw_only=True)
class War:
    """One war: whose, and by which words a report tells of it. ``always`` holds for parties of several wars."""

    id: str
    name: str
    countries: tuple[str, ...] = ()
    home: str = ""
    places: tuple[str, ...] = ()
    always: bool = False


@dataclass(frozen=True, kw_only=True)
class Group:
    """A noun for people or forces; see ``lexicons/groups.toml`` for what ``sort`` means."""

    id: str
    name: str
    role: str
    sort: str
    bare: bool = True
    own: bool = False


@dataclass(frozen=True, kw_only=True)
class Country:
    """A country with the words for it."""

    code: str
    name: str
    demonyms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that the lexicon knows. ``what``: alias, description, country, demonym, seat, province, place."""

    start: int
    end: int
    what: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Everything from the files, indexed for looking up. Made by :meth:`load`."""

    entries: dict[str, Entry]
    wars: dict[str, War]
    groups: dict[str, Group]
    countries: dict[str, Country]
    people: dict[str, frozenset[str]]
    places: dict[str, Any]
    state_words: frozenset[str]
    pro_state: frozenset[str]
    acts: frozenset[str]
    joined: frozenset[str]
    peoples: frozenset[str]
    hash: str
    group_ends: frozenset[str] = frozenset()
    owner_words: frozenset[str] = frozenset()
    modifiers: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    states: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _trie: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = field(default_factory=dict)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Lexicon:
        """Return the lexicon of the package with the war files in ``extra`` (files or folders of ``*.toml``).

        Raises:
            UnreadableInput: A file is no TOML, or an entry lacks its id, name or role.
        """
        return _load(tuple(Path(path) for path in extra))

    def entry(self, ident: str) -> Entry | None:
        """Return the entry with an id of the form ``war.entry``, or None."""
        return self.entries.get(ident)

    def group(self, phrase: str) -> Group | None:
        """Return what a noun phrase in the singular or plural is known as, or None."""
        return self.groups.get(fold(phrase))

    def government(self, code: str) -> tuple[str, str]:
        """Return the lexicon id and the name of the state of a country; of an unknown one when ``code`` is empty."""
        country = self.countries.get(code)
        if country is None:
            return "state", "government forces"
        word = country.demonyms[0] if country.demonyms else country.name
        return f"state.{code}", f"{word} government"

    def hits(self, text: str, entries: frozenset[str] | None = None) -> list[Hit]:
        """Return all that the lexicon knows in a text, the longest words at each place, none nested.

        Args:
            text: Any text.
            entries: Ids of the entries whose descriptions and short names count. Of other entries only names
                count that are unlikely to mean anything else. None: names only, of every entry.
        """
        tokens = words_of(text)
        folded = tuple(word for word, _, _ in tokens)
        found: list[Hit] = []
        index = 0
        while index < len(tokens):
            longest: dict[str, set[str]] = {}
            length = 0
            for words, what, ident, exact in self._trie.get(folded[index], ()):
                size = len(words)
                if size < length or index + size > len(tokens):
                    continue
                if folded[index : index + size] != words:
                    continue
                start, end = tokens[index][1], tokens[index + size - 1][2]
                if exact and not _same_case(text[start:end], exact):
                    continue
                if what == "description" and (entries is None or ident not in entries):
                    continue
                if what == "alias" and entries is not None and ident not in entries and not _telling(words, exact):
                    continue
                if size > length:
                    longest, length = {}, size
                longest.setdefault(what, set()).add(ident)
            if length:
                start, end = tokens[index][1], tokens[index + length - 1][2]
                found.extend(Hit(start, end, what, tuple(sorted(ids))) for what, ids in sorted(longest.items()))
            index += max(1, length)
        return found


def _telling(words: tuple[str, ...], alias: str) -> bool:
    """Whether a name hardly means anything else, so that it counts in a report on whatever war."""
    return len(words) > 1 or (len(alias) > 5 and not alias.isupper())


def _same_case(words: str, exact: str) -> bool:
    """Whether words stand in the case of an alias: acronyms exactly, names at least with their first capital."""
    if exact.isupper() or len(exact) <= 3:
        return words.replace("\u2019", "'") == exact
    return words[:1].isupper() or not exact[:1].isupper() or words.isupper()


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
def _load(extra: tuple[Path, ...]) -> Lexicon:
    folder = files("tidings.read").joinpath("lexicons")
    general = {
        name: _toml(folder.joinpath(f"{name}.toml"), name) for name in ("groups", "countries", "people", "places")
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
