"""Consonant skeletons: what is left of a name when each writer's spelling of its vowels is taken away.

A :class:`Profile` holds the rules of one family of languages. Arabic and Kurdish names in Latin letters
(Hasakeh, Hesekê, al-Hasakah) keep their consonants where their vowels vary; Slavic names vary in other places
(Kharkiv, Kharkov). Arabic script is read into the same skeleton, its consonants being all it writes.
The rules and what they were measured on: ``docs/decisions`` and ``tests/resolve/test_pairs.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tidings.text.fold import ARTICLES, fold, is_arabic

__all__ = ["ARABIC", "PLAIN", "PROFILES", "SLAVIC", "Profile", "Shape", "shape", "skeleton"]

VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Shape:
    """One word of a name: ``consonants`` (an initial vowel is kept as "a"), ``voiced`` with its vowels unified.

    ``kind`` is set on words that say what a place is ("tel", "jabal", "deir"): all spellings of one give the same.
    """

    consonants: str
    voiced: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One spelling rule. ``needle``: letters without which the pattern cannot match ("" where there are none)."""

    needle: str
    pattern: re.Pattern[str]
    by: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Spelling rules of a family of languages. ``before`` acts on letters with their accents, ``rules`` on folded words."""

    name: str
    before: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]
    consonants: dict[int, str]
    vowels: dict[int, str]
    kinds: dict[str, str]
    articles: frozenset[str] = ARTICLES


def _kinds(**spellings: str) -> dict[str, str]:
    return {word: kind for kind, words in spellings.items() for word in words.split()}


def _rules(*rules: tuple[str, str, str]) -> tuple[Rule, ...]:
    return tuple(Rule(needle, re.compile(pattern), by) for needle, pattern, by in rules)


# Sh, kh, gh, ch are written with one capital each inside a skeleton: S, K, G, C; zh is Z.
ARABIC = Profile(
    name="Arabic and Kurdish",
    before=(("ş", "sh"), ("ç", "ch"), ("x", "kh"), ("ğ", "gh"), ("ẍ", "gh")),
    rules=_rules(
        ("", r"^[eai](zz|ss|rr|dd|tt|nn|shsh)", r"\1"),  # Ezzor = ez-Zor: the article grown on
        ("g", r"^gh?(?:ou|u|o)w?(?=[aeiouy])", "w"),  # Ghuweiran, Ghoueiran = Wiran
        ("ch", r"t?ch", "S"),  # French ch and Kurdish ç both stand where English writes sh
        ("sh", r"t?sh", "S"),
        ("kh", r"kh", "K"),
        ("gh", r"gh", "G"),
        ("dh", r"dh", "d"),
        ("th", r"th", "t"),
        ("dj", r"dj", "j"),
        ("ph", r"ph", "f"),
        ("h", r"(?<=[aeiouy])h$", ""),  # the silent final h of -ah, -eh
        ("iy", r"iyy?(?=[aeiou]*$)", "i"),  # -iyah, -iya, -iye, -i
    ),
    consonants=str.maketrans({"q": "k", "c": "k", "p": "b", "v": "w", "x": "K"}),
    vowels=str.maketrans({"o": "u", "e": "a", "y": "i"}),
    kinds=_kinds(
        tl="tel tell tall til tepe tappeh tal",
        jbl="jabal jebel jbel djebel gebel cebel jabel hill hills mount mountain mountains mt ciya chiya",
        dr="deir dera dayr der dair deyr",
        bn="ibn bin ben",
        ab="abu abou ebu abo",
        am="umm um om oum",
        an="ain ayn ein",
        SK="sheikh shaykh shekh sheik cheikh sheyh",
        kb="khirbet kherbet khirbat kharba khirba",
    ),
)

SLAVIC = Profile(
    name="Slavic",
    before=(("š", "sh"), ("č", "ch"), ("ž", "zh"), ("ć", "ch"), ("ł", "l"), ("x", "ks")),
    rules=_rules(
        ("ch", r"shch|sch", "S"),
        ("ch", r"t?ch", "C"),
        ("z", r"cz", "C"),
        ("s", r"sh|sz", "S"),
        ("zh", r"zh", "Z"),
        ("kh", r"kh", "h"),  # Bakhmut, Bahmut: and h is g, Luhansk and Lugansk
        ("t", r"ts|tz", "c"),
        ("k", r"(?<=[sc]k)(?:yi|yy|iy|ij|y|i|aya|aia|a|oe|oye|e)$", ""),  # -skyi, -sky, -skaya
        ("", r"(?:[iaeo]?y?[ieo])[vw]$", "v"),  # Kharkiv = Kharkov, Kyiv = Kiev
        ("", r"iy|yi|ij|yj|ii|yy|iie|ie|ye|yo|ia|ya|iu|yu|ja|je|ju", "i"),
    ),
    consonants=str.maketrans({"h": "g", "w": "v", "q": "k", "x": "k"}),
    vowels=str.maketrans({"y": "i", "e": "i", "o": "u"}),
    kinds=_kinds(nv="novo novyi novy nova nove novaya", st="staryi stary staro stara staraya"),
    articles=frozenset({"the"}),
)

PLAIN = Profile(
    name="general",
    before=(),
    rules=_rules(
        ("ph", r"ph", "f"),
        ("ck", r"ck", "k"),
        ("nce", r"nce(s?)$", r"nse\1"),  # defence, defense
        ("tre", r"tre(s?)$", r"ter\1"),
        ("our", r"our(s?)$", r"or\1"),
        ("s", r"(?<=[a-z]{4})(?<![su])s$", ""),  # forces, force
    ),
    consonants=str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s"}),
    vowels=str.maketrans({"y": "i"}),
    kinds={},
    articles=frozenset({"the"}),
)

PROFILES: dict[str, Profile] = {"arabic": ARABIC, "slavic": SLAVIC, "plain": PLAIN}

# Arabic letters as the same skeleton writes them; alef, waw and yeh carry vowels inside a word.
_LETTERS = str.maketrans(
    {
        "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "K", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s",
        "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "G", "ف": "f", "ق": "k", "ك": "k", "ل": "l",
        "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "i", "ا": "a",
    }
)  # fmt: skip


def _read_arabic(token: str) -> str:
    if token.startswith("ال") and len(token) > 4:
        token = token[2:]
    word = token.translate(_LETTERS)
    word = re.sub(r"(?<=.)h$", "a", word)
    # Waw between consonants is a long u; beside a vowel it stays w.
    return re.sub(
        r"(?<=[^a-z])w(?=[^a-z])", "u", re.sub(r"(?<=[bcdfghjklmnprstzKSG])w(?=[bcdfghjklmnprstzKSG]|$)", "u", word)
    )


_REPEATED = re.compile(r"([a-zA-Z])\1+")
_VOWELS = re.compile(r"([aiu])[aiu]+")


def _ruled(token: str, profile: Profile) -> str:
    """Apply a profile's rules to one folded word; letters written twice are written once."""
    word = token
    for rule in profile.rules:
        # Looking first is several times as fast as putting nothing in, and most words are left as they are.
        if rule.needle in word and rule.pattern.search(word):
            word = rule.pattern.sub(rule.by, word)
    word = word.translate(profile.consonants)
    return _REPEATED.sub(r"\1", word) if _REPEATED.search(word) else word


def _consonants(word: str) -> str:
    first = word[:1]
    first = "a" if first in VOWELS else first
    return first + word[1:].translate(_NO_VOWELS)


_NO_VOWELS = {ord(sign): None for sign in "aeiouy"}


@lru_cache(maxsize=65536)
def _word(token: str, name: str) -> Shape:
    profile = PROFILES[name]
    kind = profile.kinds.get(token, "")
    if kind:
        return Shape(kind, kind, kind)
    if token.isdigit():
        return Shape(token, token)
    word = _ruled(token, profile)
    return Shape(_consonants(word), _VOWELS.sub(r"\1", word.translate(profile.vowels)))


def _words(name: str, profile: Profile) -> list[str]:
    lowered = name if name.isascii() else name.casefold()
    for sign, by in profile.before:
        if sign in lowered:
            lowered = lowered.replace(sign, by)
    words = fold(lowered).split()
    kept = [word for word in words if word not in profile.articles] or words
    return [_read_arabic(word) if not word.isascii() and is_arabic(word) else _ABD.get(word, word) for word in kept]


_ABD = dict.fromkeys(("abdel", "abdul", "abdal", "abdol"), "abd")


@lru_cache(maxsize=65536)
def shape(name: str, profile: str = "arabic") -> tuple[Shape, ...]:
    """Return the words of a name as shapes, articles left out (unless nothing else is left)."""
    return tuple(_word(word, profile) for word in _words(name, PROFILES[profile]))


@lru_cache(maxsize=65536)
def _bones(word: str, profile: str) -> str:
    return word if word.isdigit() else _consonants(_ruled(word, PROFILES[profile]))


def skeleton(name: str, profile: str = "arabic") -> str:
    """Return the consonants of a name's words, run together: the loosest of the three keys.

    Words that say what a place is come first, so that "Kawkab hill" meets "Jabal Kawkab".
    "Hasakeh", "Hesekê", "al-Hasakah" and "الحسكة" all give "hsk".
    """
    rules = PROFILES[profile]
    kinds, rest = [], []
    for word in _words(name, rules):
        kind = rules.kinds.get(word)
        if kind:
            kinds.append(kind)
        else:
            rest.append(_bones(word, profile))
    return "".join(kinds) + "".join(rest)
