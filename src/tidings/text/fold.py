"""Names brought to one plain form, so that they can be looked up: case, accents, punctuation, articles.

Three forms are used, from strict to loose: :func:`fold` keeps every word, :func:`core` drops articles and
unifies the words that only say what kind of place it is, and :mod:`tidings.text.skeleton` keeps consonants.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

__all__ = ["ARTICLES", "core", "core_of", "fold", "is_arabic", "tokens"]

ARTICLES = frozenset("the al el ul ash esh as es ar er an at et ad ed az ez ath adh il la le les los las".split())
"""Articles of English, Arabic (with its assimilated forms), French and Spanish, folded.

Only dropped where another word is left; "an" and "as" are no words of a name by themselves.
"""

# Letters that no normalisation form takes apart and that anyascii would read otherwise than the map makers do.
_LETTERS = str.maketrans({"ı": "i", "İ": "i", "ə": "e", "Ə": "e", "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": "", "’": "", "‘": "", "'": "", "`": "", "´": "", "ʹ": "", "ʺ": "", "″": "", "′": ""})  # fmt: skip
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.)+[A-Za-z]\b\.?|\b(?:[A-Za-z]\.){2,}")
_PLAIN = {code: " " for code in range(128) if not chr(code).isalnum()}
_PLAIN[ord("'")] = ""
_PLAIN[ord("`")] = ""
# Arabic letters that writers use one for the other: alef with and without hamza, ta marbuta, alef maqsura,
# the Persian and Kurdish keh and yeh. Diacritics and tatweel are dropped.
_ARABIC_SIGN = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_CYRILLIC_SIGN = re.compile("[\u0400-\u052f]")
_MARKS = dict.fromkeys((*range(768, 880), *range(1552, 1563), *range(1611, 1632), 1648))
_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ؤ": "و", "ئ": "ي",
        "ە": "ه", "ھ": "ه", "ہ": "ه", "ء": "", "ـ": "", "گ": "غ", "پ": "ب", "چ": "ش", "ژ": "ز", "ڤ": "ف", "ێ": "ي",
        "ۆ": "و", "ڕ": "ر", "ڵ": "ل", "ۀ": "ه",
    }
)  # fmt: skip


def is_arabic(words: str) -> bool:
    """Return whether ``words`` hold a letter of the Arabic script."""
    return _ARABIC_SIGN.search(words) is not None


def _fold_wide(words: str) -> str:
    """Fold words with letters beyond ASCII."""
    words = words.translate(_LETTERS)
    if _CYRILLIC_SIGN.search(words):
        # Taking letters apart would make one of "и" and "й", "і" and "ї".
        words = anyascii(unicodedata.normalize("NFC", words))
    words = unicodedata.normalize("NFKD", words)
    words = words.translate(_MARKS).casefold()
    if words.isascii():
        return words.translate(_PLAIN)
    words = "".join(sign for sign in words if not unicodedata.combining(sign))
    if is_arabic(words):
        words = words.translate(_ARABIC)
        return "".join(sign if sign.isalnum() else " " for sign in words)
    words = "".join(sign if sign.isalnum() else " " for sign in words)
    return anyascii(words).casefold().translate(_PLAIN)


def _undotted(found: re.Match[str]) -> str:
    """Take the dots out of initials: U.S. is US."""
    return found.group().replace(".", "") + " "


@lru_cache(maxsize=65536)
def fold(words: str) -> str:
    """Return ``words`` in lower case, without accents or punctuation, single spaces between words.

    Arabic script stays Arabic, its interchangeable letters unified; every other script is written in Latin letters.
    Apostrophes vanish, hyphens and other signs become spaces. Folding twice changes nothing.
    """
    if "." in words:
        words = _INITIALS.sub(_undotted, words)
    plain = words.casefold().translate(_PLAIN) if words.isascii() else _fold_wide(words)
    return " ".join(plain.split())


def tokens(words: str) -> tuple[str, ...]:
    """Return the folded words of a name in order."""
    return tuple(fold(words).split())


# "Abdel", "Abdul", "Abd al" and "Abd el" are one word written three ways.
# Short words of many maps are written out.
_JOINED = {
    "northern": "north",
    "southern": "south",
    "eastern": "east",
    "western": "west",
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "abdel": "abd",
    "abdul": "abd",
    "abdal": "abd",
    "abdol": "abd",
    "abdur": "abd",
    "abdullah": "abdallah",
}
_ARABIC_ARTICLE = "ال"


@lru_cache(maxsize=65536)
def core(words: str) -> str:
    """Return the folded words without articles; the folded words themselves where nothing else would be left.

    "al-Hasakah", "The Hasakah" and "El Hasakah" become "hasakah"; "Abdel Aziz" becomes "abd aziz". In Arabic script the
    prefixed article goes.
    """
    return core_of(fold(words))


def core_of(folded: str) -> str:
    """Return the core of words that are folded already."""
    if folded.isascii():
        kept = [_JOINED.get(token, token) for token in folded.split() if token not in ARTICLES]
    else:
        kept = [
            token[2:] if token.startswith(_ARABIC_ARTICLE) and len(token) > 4 else token for token in folded.split()
        ]
    return " ".join(kept) or folded
