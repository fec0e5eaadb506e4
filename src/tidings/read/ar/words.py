"""The Arabic lexicon: ``lexicon.toml`` loaded once, its phrases indexed by their first word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from tidings.read.ar.tokens import Stem, Token, bare, plain, stems

__all__ = ["Hit", "Phrases", "data", "lexicon_hash", "phrases"]


@cache
def _raw() -> bytes:
    return files("tidings.read.ar").joinpath("lexicon.toml").read_bytes()


@cache
def data() -> dict[str, Any]:
    """Return the lexicon as plain tables."""
    return tomllib.loads(_raw().decode("utf-8"))


def lexicon_hash() -> str:
    """Return twelve hexadecimal digits that change with the lexicon."""
    return sha256(_raw()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the lexicon at tokens ``first``..``last`` (not included); ``stem`` is how its first word was read."""

    first: int
    last: int
    value: str
    stem: Stem

    @property
    def definite(self) -> bool:
        """Whether the first word carries the article, taken off or not."""
        return self.stem.article or self.stem.word != bare(self.stem.word)


class Phrases:
    """Phrases with a value each, found with or without articles and clitics on their first word.

    Example: "قوات الأمن" is found in "وقوات الأمن" and in "لقوات الامن".
    """

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for value, listed in table.items():
            for phrase in listed:
                words = tuple(plain(word) for word in phrase.split())
                for first in {words[0], bare(words[0])}:
                    self._by_first.setdefault(first, []).append((words, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: (-len(entry[0]), entry))

    def at(self, line: Sequence[Token], index: int, *, clitics: bool = True) -> Hit | None:
        """Return the longest phrase that starts at a token, or None; of equals the one with least taken off.

        Args:
            line: The tokens of a sentence.
            index: Which of them.
            clitics: Whether "and", "in", "for" may be written onto the first word.
        """
        if index >= len(line) or line[index].kind in {"number", "sign"}:
            return None
        best: Hit | None = None
        for stem in stems(line[index].text):
            if stem.clitics and not clitics:
                continue
            for words, value in self._by_first.get(stem.word, ()):
                if best is not None and len(words) <= best.last - best.first:
                    break
                if _follow(line, index + 1, words[1:]):
                    best = Hit(index, index + len(words), value, stem)
                    break
        return best


def _follow(line: Sequence[Token], index: int, words: tuple[str, ...]) -> bool:
    if index + len(words) > len(line):
        return False
    return all(
        line[index + n].plain == word or bare(line[index + n].plain) == bare(word) for n, word in enumerate(words)
    )


@cache
def phrases(table: str) -> Phrases:
    """Return a table of the lexicon as phrases: lists under keys, or one list (whose value is its own name)."""
    held: Any = data()
    for part in table.split("."):
        held = held[part]
    if isinstance(held, list):
        return Phrases({table: held})
    return Phrases(
        {key: [value] if isinstance(value, str) else value for key, value in held.items() if key != "reason"}
    )
