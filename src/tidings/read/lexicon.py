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

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tidings.read.lexicon_words import fold, words_of

__all__ = ["Country", "Entry", "Group", "Hit", "Lexicon", "War", "fold", "words_of"]

SOURCE_ROLES = frozenset({"outlet", "agency", "monitor"})
"""Roles whose holders report rather than act."""


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
        from tidings.read.lexicon_files import load

        return load(tuple(Path(path) for path in extra))

    def entry(self, ident: str) -> Entry | None:
        """Return the entry with an id of the form ``war.entry``, or None."""
        return self.entries.get(ident)

    def group(self, phrase: str) -> Group | None:
        """Return what a noun phrase in the singular or plural is known as, or None."""
        return self.groups.get(fold(phrase))

    def government(self, code: str, home: str = "") -> tuple[str, str]:
        """Return the lexicon id and the name of the state of a country; of an unknown one when ``code`` is empty.

        A state that fights at home (``home`` is its country) is its government, against others in the country; one from
        abroad goes by its country's name: "Uganda sent troops".
        """
        country = self.countries.get(code)
        if country is None:
            return "state", "government forces"
        if code != home:
            full = next((name for name in country.names if not name.isupper()), country.name)
            return f"state.{code}", full
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
        known = self._trie
        while index < len(tokens):
            beginning = known.get(folded[index])
            if beginning is None:
                index += 1
                continue
            longest: dict[str, set[str]] = {}
            length = 0
            for words, what, ident, exact in beginning:
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
