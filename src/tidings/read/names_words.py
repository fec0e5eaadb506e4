"""A name while its kind is being found, and the words of ``lexicons/places.toml`` in the form the finders ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidings.read.lexicon import Entry, Lexicon
from tidings.read.lexicon_words import fold, plurals

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["ARTICLES", "NOT_NAMES", "Name", "PlaceWords", "capital", "name_key", "place_words", "side_word"]


@dataclass(slots=True)
class Name:
    """One name in a paragraph: tokens ``first`` up to, not including, ``last``."""

    paragraph: int
    first: int
    last: int
    core: str
    kind: str = ""
    label: str = ""
    entry: Entry | None = None
    described: bool = False
    country: str = ""
    title: str = ""
    place_kind: str = ""
    seat: str = ""

    @property
    def key(self) -> str:
        """The name folded, without its article: what makes two names one."""
        return name_key(self.core)


def name_key(core: str) -> str:
    """Return a name folded, hyphens as spaces, without an Arabic or English article."""
    folded = " ".join(fold(core).replace("-", " ").split())
    first, _, rest = folded.partition(" ")
    return rest if rest and first in {"the", "al", "el"} else folded


@dataclass(frozen=True)
class PlaceWords:
    """The words of ``lexicons/places.toml``, indexed by form."""

    kinds: dict[str, str]
    bare: dict[str, str]
    last_words: frozenset[str]
    plural: frozenset[str]
    prefixes: dict[str, str]
    bearings: dict[str, int]
    metres: dict[str, int]
    parts: frozenset[str]
    near: frozenset[str]
    organisations: frozenset[str]
    outlets: frozenset[str]
    sided: frozenset[str] = frozenset()


_WORDS: dict[str, PlaceWords] = {}


def place_words(lexicon: Lexicon) -> PlaceWords:
    """Return the place words of a lexicon, indexed once."""
    if lexicon.hash not in _WORDS:
        _WORDS[lexicon.hash] = _index(lexicon)
    return _WORDS[lexicon.hash]


def _index(lexicon: Lexicon) -> PlaceWords:
    data = lexicon.places
    kinds: dict[str, str] = {}
    bare: dict[str, str] = {}
    plural: set[str] = set()
    for row in data["kind"]:
        for word in row["words"]:
            kinds.setdefault(word, row["kind"])
            for form in plurals(word):
                kinds.setdefault(form, row["kind"])
                plural.add(form)
        for word in row.get("bare", []):
            bare.setdefault(word, row["kind"])
            for form in plurals(word):
                bare.setdefault(form, row["kind"])
    return PlaceWords(
        kinds=kinds,
        bare=bare,
        last_words=frozenset(word.rsplit(" ", 1)[-1] for word in kinds),
        plural=frozenset(plural),
        prefixes={word: kind for kind, words in data["prefixes"].items() for word in words},
        bearings=dict(data["bearings"]),
        metres=dict(data["metres"]),
        parts=frozenset(data["parts"]["part"]),
        near=frozenset(data["parts"]["near"]),
        organisations=frozenset(data["organisations"]["words"]),
        outlets=frozenset(data["outlets"]["words"]),
        sided=frozenset(word.casefold() for word in data.get("sided", {}).get("names", ())),
    )


def capital(token: Token) -> bool:
    """Return whether a token looks like part of a name."""
    text = token.text
    return text[:1].isupper() and any(mark.isalpha() for mark in text)


def side_word(doc: Doc, last: int) -> tuple[str, int]:
    """Return the word that ends at a token with its index, joined over a hyphen: "north-eastern" is three tokens."""
    if last > 1 and doc[last - 1].text == "-" and not doc[last - 1].whitespace_ and not doc[last - 2].whitespace_:
        return f"{doc[last - 2].lower_}-{doc[last].lower_}", last - 2
    return doc[last].lower_, last


ARTICLES = frozenset(
    "al el as ash ad ar az an at ez es et ed le la de del los las bin ibn ben bint abu umm abd ul ur e i u".split()
)
NOT_NAMES = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter ramadan eid islam muslim christian god allah internet covid".split()
)
