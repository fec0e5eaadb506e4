"""Arabic text in words: script by script, with clitics taken off and every place kept.

Arabic writes "and", "in", "for", "like" and "the" onto the word that follows. A token therefore offers several
:class:`Stem` readings ("وبالحسكة": itself, without "and", without "and in", without "and in the"), each with the
number of code points before it, so that a mention of الحسكة starts where the name does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tidings.text.fold import fold

__all__ = ["Sentence", "Stem", "Token", "arabic_share", "bare", "opening", "plain", "sentences", "stems", "tokens"]

_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdf9\ufe70-\ufefc"
)
_MARK = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
_TOKEN = re.compile(
    rf"(?P<number>[{_DIGIT}]{{1,3}}(?:[,.\u066c\u060c][{_DIGIT}]{{3}})+(?![{_DIGIT}])|[{_DIGIT}]+(?:[.\u066b][{_DIGIT}]+)?)"
    rf"|(?P<word>[{_LETTER}](?:[{_LETTER}{_MARK}{_UNSEEN}]*[{_LETTER}{_MARK}])?)"
    r"|(?P<other>[^\W\d_][\w'\u2019.-]*)"
    rf"|(?P<sign>[^\s\w{_UNSEEN}]|_)"
)
_UNSEEN_SIGN = re.compile(f"[{_UNSEEN}]")
_SENTENCE_END = frozenset(".!?\u061f\u061b\u2026\u06d4;")
LONGEST_SENTENCE = 400
"""Tokens of a sentence; a longer one is cut, and the reading says so. Newswire sentences have 20 to 60."""


@dataclass(frozen=True, slots=True)
class Stem:
    """One reading of a token: ``word`` is folded, ``skip`` code points of the token stand before it.

    ``clitics`` are the letters taken off ("وب"), without the article; ``article`` is True where "ال" went too.
    """

    word: str
    skip: int
    clitics: str = ""
    article: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign. ``kind``: word (Arabic script), number, other (another script), sign."""

    text: str
    start: int
    end: int
    kind: str
    plain: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens between two full stops or line ends; ``paragraph`` counts from 0."""

    tokens: tuple[Token, ...]
    paragraph: int
    cut: bool = False

    @property
    def start(self) -> int:
        """First code point."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.tokens[-1].end


@lru_cache(maxsize=65536)
def plain(words: str) -> str:
    """Return words without vowel signs, tatweel and unseen characters, interchangeable letters unified.

    Example: "الحَسـَكة" and "الحسكه" both become "الحسكه".
    """
    return fold(_UNSEEN_SIGN.sub("", words))


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """Return a folded word without its article; short words that merely begin so stay ("إلى")."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[Stem, ...]:
    """Return the readings of a token's text, the whole word first, then with ever more taken off."""
    whole = plain(text)
    found = [Stem(whole, 0)]
    # "و" and "ف" join sentences and stand first; "ب", "ل", "ك" are prepositions and stand before the article.
    heads = [("", whole)]
    if whole[:1] in {"و", "ف"} and len(whole) > 2:
        heads.append((whole[0], whole[1:]))
    for joined, rest in tuple(heads):
        if rest[:1] in {"ب", "ل", "ك"} and len(rest) > 2:
            heads.append((joined + rest[0], rest[1:]))
    for clitics, rest in heads:
        if clitics:
            found.append(Stem(rest, _after(text, len(clitics)), clitics))
        if rest != bare(rest):
            found.append(Stem(bare(rest), _after(text, len(clitics) + 2), clitics, article=True))
        if clitics.endswith("ل") and rest.startswith("ل") and len(rest) > 3:
            # "للحسكة" is "for" and "the": the article has lost its first letter.
            found.append(Stem(rest[1:], _after(text, len(clitics) + 1), clitics, article=True))
    return tuple(dict.fromkeys(found))


def opening(text: str, clitics: str) -> int:
    """Return how many code points of a token stand before the name in it, once ``clitics`` are taken off.

    The article stays with the name ("بالحسكة" gives "الحسكة"); what is left of it behind "ل" does not ("للحسكة").
    """
    found = [stem for stem in stems(text) if stem.clitics == clitics]
    if not clitics or not found:
        return 0
    shortened = clitics.endswith("ل") and any(stem.article and found[0].word == "ل" + stem.word for stem in found)
    return max(stem.skip for stem in found) if shortened else found[0].skip


def _after(text: str, letters: int) -> int:
    """Return how many code points of ``text`` its first ``letters`` letters take, with signs that hang on them."""
    seen = 0
    for place, sign in enumerate(text):
        if unicodedata.category(sign) == "Lo":
            if seen == letters:
                return place
            seen += 1
    return len(text)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a stretch of a text, with places in the whole text."""
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or "sign"
        words = match.group()
        found.append(Token(words, match.start(), match.end(), kind, words if kind == "sign" else plain(words)))
    return found


def sentences(text: str, *, wrapped: bool = False) -> list[Sentence]:
    """Return the sentences of a text in order.

    Args:
        text: The report's words.
        wrapped: True where a single line break is a mere space.
    """
    found: list[Sentence] = []
    number = 0
    for piece in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+" if wrapped else r"[^\n\r]+", text):
        here: list[Token] = []
        for token in tokens(text, *piece.span()):
            here.append(token)
            full = len(here) >= LONGEST_SENTENCE
            if full or (token.text in _SENTENCE_END and not _initial(here)):
                found.append(Sentence(tuple(here), number, full))
                here = []
        if here:
            found.append(Sentence(tuple(here), number))
        number += bool(piece.group().strip())
    return found


def _initial(here: list[Token]) -> bool:
    """Return whether a full stop stands after a single letter ("د. أحمد") and ends no sentence."""
    return len(here) > 1 and here[-2].kind == "word" and len(here[-2].plain) == 1 and here[-2].end == here[-1].start


def arabic_share(sentence: Sentence) -> float:
    """Return the share of a sentence's words that are in Arabic script; 0 where it has no words."""
    words = [token for token in sentence.tokens if token.kind in {"word", "other"}]
    return sum(token.kind == "word" for token in words) / len(words) if words else 0.0
