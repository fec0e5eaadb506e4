"""The words that tell of something, as data: which word, what kind of claim, which slots hang on it where.

The lexicon is every ``triggers*.toml`` beside this file. An entry names its words by part of speech, the scheme that
says which relation fills which slot (:mod:`tidings.read.roles`), and the company a word must or must not keep.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidings.errors import UnreadableInput
from tidings.model import KINDS
from tidings.read.roles import is_verbal

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Condition", "Trigger", "TriggerLexicon", "load_triggers", "triggers_of"]

Condition = tuple[tuple[str, frozenset[str]], ...]
"""Paths with the lemmas or @classes that count there; an empty set asks only that something stands there."""
Fits = Callable[["Token", str, frozenset[str]], bool]
"""Answers whether a condition holds for a trigger word: called with the word, the path and what is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One entry of the lexicon, for one part of speech.

    ``agent`` and ``target`` are paths tried in order; one with "+" adds to what was found before it. ``needs`` must all hold
    (one of them where ``any`` is set), none of ``unless`` may. ``also`` lets the entry speak beside the first that fits.
    ``by_means`` lets the weapon refine the type. ``mode`` is set where the word itself denies. ``voiced`` marks a word by which the doer
    also says it ("claimed control"): the doer ends the chain.
    """

    name: str
    kind: str
    type: str
    pos: str
    agent: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    needs: Condition = ()
    unless: Condition = ()
    any: bool = False
    also: bool = False
    by_means: bool = False
    means: str = ""
    mode: str = ""
    voiced: bool = False
    scheme: str = ""
    confidence: float = 0.5
    example: str = ""


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """All entries by (part of speech, lemma), the light verbs by what their subject is, and the classes of nouns."""

    entries: Mapping[tuple[str, str], tuple[Trigger, ...]]
    support: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, pos: str, lemma: str) -> tuple[Trigger, ...]:
        """Return the entries of a lemma as "verb", "noun" or "adjective", in the order of the files."""
        return self.entries.get((pos, lemma), ())

    def is_a(self, lemma: str, name: str) -> bool:
        """Return whether a lemma is listed in a class of nouns."""
        return lemma in self.classes.get(name, frozenset())


_POS = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}


def _condition(table: Mapping[str, str]) -> Condition:
    return tuple((path, frozenset(words.split())) for path, words in table.items())


def _entries(row: dict[str, Any], schemes: dict[str, Any]) -> list[tuple[tuple[str, str], Trigger]]:
    if row["type"] not in KINDS.get(row["kind"], ()):
        msg = f"trigger {row['name']!r}: {row['kind']}/{row['type']} is no kind and type of the coding guide"
        raise ValueError(msg)
    found: list[tuple[tuple[str, str], Trigger]] = []
    for key, pos in _POS.items():
        scheme = schemes[row["scheme"]]["verb" if pos == "verb" else "noun"]
        trigger = Trigger(
            name=row["name"],
            kind=row["kind"],
            type=row["type"],
            pos=pos,
            agent=tuple(row.get("agent", scheme["agent"])),
            target=tuple(row.get("target", scheme["target"])),
            needs=_condition(row.get("needs", {})),
            unless=_condition(row.get("unless", {})),
            any=row.get("any", False),
            also=row.get("also", False),
            by_means=row.get("by_means", False),
            means=row.get("means", ""),
            mode=row.get("mode", ""),
            voiced=row.get("voiced", False),
            scheme=row["scheme"],
            confidence=float(row["confidence"]),
            example=row["example"],
        )
        found.extend(((pos, lemma), trigger) for lemma in row.get(key, "").split())
    return found


def _given(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableInput(str(path), f"it is no lexicon: {error}", "Give a TOML file in UTF-8.") from error


@cache
def load_triggers(extra: tuple[Path, ...] = ()) -> TriggerLexicon:
    """Return the lexicon of every ``triggers*.toml``, read once for the same files.

    Args:
        extra: Files of a user, with tables ``[[trigger]]``, ``[support]`` and ``[classes]`` of their own (a war file may
            hold them beside its actors). Their entries are asked before those of the package.

    Raises:
        ValueError: An entry names a kind and type that the coding guide does not know.
        UnreadableInput: A file of ``extra`` cannot be read, or is no TOML.
    """
    folder = files("tidings.read").joinpath("lexicons")
    names = sorted(
        item.name for item in folder.iterdir() if item.name.startswith("triggers") and item.name.endswith(".toml")
    )
    tables = [_given(path) for path in extra]
    tables += [tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in names]
    schemes = {key: value for table in tables for key, value in table.get("schemes", {}).items()}
    entries: dict[tuple[str, str], list[Trigger]] = {}
    for table in tables:
        for row in table.get("trigger", ()):
            for key, trigger in _entries(row, schemes):
                entries.setdefault(key, []).append(trigger)
    support: dict[str, frozenset[str]] = {}
    for table in tables:
        for role, verbs in table.get("support", {}).items():
            for verb in verbs.split():
                support[verb] = support.get(verb, frozenset()) | {role}
    classes: dict[str, frozenset[str]] = {}
    for table in tables:
        for name, words in table.get("classes", {}).items():
            classes[name] = classes.get(name, frozenset()) | frozenset(words.split())
    return TriggerLexicon({key: tuple(value) for key, value in entries.items()}, support, classes)


def _part(token: Token) -> str:
    if token.pos_ in {"VERB", "AUX"}:
        return "verb" if is_verbal(token) else "noun"
    if token.pos_ in {"NOUN", "PROPN"}:
        return "noun"
    return "adjective" if token.pos_ == "ADJ" else ""


def _holds(trigger: Trigger, token: Token, fits: Fits) -> bool:
    if trigger.needs:
        answers = (fits(token, path, wanted) for path, wanted in trigger.needs)
        if not (any(answers) if trigger.any else all(answers)):
            return False
    return not any(fits(token, path, wanted) for path, wanted in trigger.unless)


def triggers_of(token: Token, lexicon: TriggerLexicon, fits: Fits) -> list[Trigger]:
    """Return the entries that a word sets off: of each kind the first that fits, and those marked ``also``.

    Args:
        token: Any word of a parsed page.
        lexicon: The loaded entries.
        fits: Decides whether a condition of an entry holds here.

    Returns:
        Entries in the order of the files; empty for most words.
    """
    part = _part(token)
    if not part:
        return []
    lemma = token.lemma_.lower()
    if part == "noun" and token.tag_ == "VBG":
        lemma = token.lower_
    entries = lexicon.of(part, lemma)
    if not entries and token.pos_ == "PROPN" and lemma[-1:] == "s":
        entries = lexicon.of(part, lemma[:-2]) or lexicon.of(part, lemma[:-1])  # "CLASHES IN ADEN", "Airstrikes"
    if not entries:
        return []
    found: list[Trigger] = []
    taken: set[str] = set()
    for trigger in entries:
        if (trigger.also or trigger.kind not in taken) and _holds(trigger, token, fits):
            found.append(trigger)
            taken |= set() if trigger.also else {trigger.kind}
    return found
