"""Weapons and ways: the words of a clause that say with what, as data, and what kind of event they make of an attack."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tidings.model import Means
from tidings.read.page import place, stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tidings.read.triggers import Trigger

__all__ = ["means_in", "type_by_means"]


@dataclass(frozen=True, slots=True)
class _Weapon:
    kind: str
    words: tuple[str, ...]


@cache
def _weapons() -> tuple[dict[str, list[_Weapon]], dict[str, str]]:
    source = files("tidings.read").joinpath("lexicons/weapons.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    by_first: dict[str, list[_Weapon]] = {}
    types: dict[str, str] = {}
    for row in data["weapon"]:
        if row.get("makes"):
            types[row["kind"]] = row["makes"]
        for phrase in row["phrases"]:
            words = tuple(phrase.split())
            by_first.setdefault(words[0], []).append(_Weapon(row["kind"], words))
    for listed in by_first.values():
        listed.sort(key=lambda weapon: -len(weapon.words))
    return by_first, types


def type_by_means(kind: str) -> str:
    """Return the type of event that a weapon makes of an attack ("aircraft" an air_strike); empty when none."""
    return _weapons()[1].get(kind, "")


def means_in(text: str, words: list[Token], trigger: Trigger) -> Means | None:
    """Return the first weapon or way named among the words of a claim, or None.

    Args:
        text: The document's text, for the words as they stand.
        words: The words of the clause, in order.
        trigger: What the clause tells of: only what does harm, and what moves weapons, has a means.
    """
    if trigger.kind not in {"event", "casualties", "property", "displacement"}:
        return None
    by_first, _ = _weapons()
    for index, token in enumerate(words):
        for weapon in by_first.get(token.lemma_.lower(), []) + by_first.get(token.lower_, []):
            size = len(weapon.words)
            following = words[index : index + size]
            if len(following) == size and all(
                word.lemma_.lower() == wanted or word.lower_ == wanted
                for word, wanted in zip(following, weapon.words, strict=True)
            ):
                start, end = stretch(following)
                if end - start <= 60:
                    return Means(kind=weapon.kind, text=text[start:end])
    return None


def trigger_words(token: Token) -> tuple[int, int]:
    """Return the code points of a trigger word."""
    return place(token)
