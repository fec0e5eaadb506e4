"""A text cut into the smallest pieces that a name can be made of, each in one plain form for every script.

Names hide in possessives (Haddad's), hyphens, file names (omar_haddad.html), addresses, spellings with and without marks, and
in scripts that put no spaces between words. Pieces are cut so finely that all these come out as the same run of pieces.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from tidings.text.fold import fold, is_arabic

__all__ = ["Piece", "form_of", "inflects", "pieces", "variants"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters or digits: where it stands, its words, its plain form.

    ``capital`` is True where it begins with a capital letter; None in a script that has none. ``pathlike`` is True inside a
    run that is no prose: an address, a file name, a mail address. ``opens`` is True where a sentence begins with it.
    """

    start: int
    end: int
    text: str
    form: str
    capital: bool | None
    pathlike: bool
    opens: bool


_BY_SIGN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Signs of scripts that write words together (Han, kana, Thai, Lao, Burmese, Khmer) or glue endings on (Hangul): each sign is
a piece."""
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_PATHLIKE = re.compile(r"[/\\_@%#=&]|\w\.\w")
_SENTENCE = re.compile(r"(?:^|[.!?:;…\n•·*|]|[-–—]\s)[\s\"'“”‘’«»()\[\]]*\Z")
_DIGITS = re.compile(r"\d")


@cache
def _run() -> re.Pattern[str]:
    """Return the pattern of a run: letters and digits with their marks and the invisible signs between them."""
    marks = _ranges("M")
    inner = marks + "".join(re.escape(chr(code)) for code in (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x640))
    # Directions are written as signs around and inside Arabic and Hebrew names.
    inner += "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
    return re.compile(rf"[^\W_](?:[^\W_]|[{inner}])*")


def _ranges(category: str) -> str:
    """Return all signs of a category of Unicode as the inside of a character class."""
    out: list[str] = []
    first = last = -2
    for code in range(min(sys.maxunicode, 0x1FFFF) + 1):
        if unicodedata.category(chr(code))[0] != category:
            continue
        if code != last + 1:
            if first >= 0:
                out.append(f"{chr(first)}-{chr(last)}")
            first = code
        last = code
    out.append(f"{chr(first)}-{chr(last)}")
    return "".join(out)


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u061c\u202a-\u202e\u2066-\u2069\u0640]")


@lru_cache(maxsize=262144)
def form_of(words: str) -> str:
    """Return the plain form of one piece: folded, nothing but letters and digits; Arabic without its article."""
    plain = "".join(fold(unicodedata.normalize("NFKC", _INVISIBLE.sub("", words))).split()) or words.casefold()
    if plain.startswith("ال") and len(plain) > 4:
        plain = plain[2:]
    return plain


_PARTICLES = "وفبلك"


@lru_cache(maxsize=65536)
def variants(form: str) -> tuple[str, ...]:
    """Return the forms that a piece may be of a name: in Arabic without the particles grown on its front."""
    if not is_arabic(form):
        return (form,)
    found = [form]
    rest = form
    for _ in range(2):
        if len(rest) > 3 and rest[0] in _PARTICLES:
            rest = rest[1:]
            if rest.startswith("ل") and len(rest) > 3:
                found.append(rest[1:])
            found.append(form_of(rest))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def inflects(words: str) -> bool:
    """Return whether a piece stands in a script whose languages put endings on names (Cyrillic, Greek, Armenian, Georgian)."""
    return any("\u0370" <= sign <= "\u058f" or "\u10a0" <= sign <= "\u10ff" for sign in words)


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text in order."""
    around_end = -1
    pathlike = False
    for run in _run().finditer(text):
        if run.start() >= around_end:
            # The stretch without white space that the run stands in.
            begin, around_end = _stretch(text, run.start(), run.end())
            pathlike = _PATHLIKE.search(text, begin, around_end) is not None
        opens = _SENTENCE.search(text[max(0, run.start() - 12) : run.start()]) is not None or run.start() == 0
        for start, end in _cut(run.group(), run.start()):
            words = text[start:end]
            yield Piece(start, end, words, form_of(words), _capital(words), pathlike, opens)
            opens = False


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _cut(run: str, at: int) -> Iterator[tuple[int, int]]:
    if run.isascii():
        bounds = [found.start() for found in _CAMEL.finditer(run)]
    else:
        # A mark belongs to the sign before it.
        bounds = [found.start() for found in _CAMEL.finditer(run)]
        for place, sign in enumerate(run):
            if _BY_SIGN.match(sign) and not unicodedata.category(sign).startswith("M"):
                bounds.append(place)
                after = place + 1
                while after < len(run) and unicodedata.category(run[after])[0] in "MC":
                    after += 1
                bounds.append(after)
    cuts = sorted({0, *bounds, len(run)})
    yield from ((at + first, at + last) for first, last in pairwise(cuts) if last > first)


def _capital(words: str) -> bool | None:
    for sign in words:
        if sign.isupper() or sign.istitle():
            return True
        if sign.islower():
            # Letters with one case only (ª, ı of some fonts) count as small.
            return False
        if sign.isalpha():
            return None
    return False if _DIGITS.match(words) else None
