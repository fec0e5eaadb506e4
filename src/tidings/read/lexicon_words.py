"""Words as the lexicon looks them up: folded, in the plural, with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

__all__ = ["fold", "plurals", "words_of"]

_WORD = re.compile(r"\w+|[^\w\s]")


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
