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
class Profile:
    """Spelling rules of a family of languages. ``before`` acts on letters with their accents, ``rules`` on folded words."""

    name: str
    before: tuple[tuple[str, str], ...]
    rules: tuple[tuple[re.Pattern[str], str], ...]
    consonants: dict[int, str]
    vowels: dict[int, str]
    kinds: dict[str, str]
    articles: frozenset[str] = ARTICLES


def _kinds(**spellings: str) -> dict[str, str]:
    return {word: kind for kind, words in spellings.items() for word in words.split()}


def _rules(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), by) for pattern, by in pairs)


# Sh, kh, gh are written with one capital each inside a skeleton: S, K, G; zh is Z.
ARABIC = Profile(
    name="Arabic and Kurdish",
    before=(("ş", "sh"), ("ç", "ch"), ("x", "kh"), ("ğ", "gh"), ("ḧ", "h"), ("ẍ", "gh"), ("w\u0306", "w")),
    rules=_rules(
        (r"^(?:e|a|i)(zz|ss|rr|dd|tt|nn|shsh)", r"\1"),  # Ezzor = ez-Zor: the article grown on
        (r"^(?:g|gh)(?:ou|u|o)w?(?=[aeiouy])", "w"),  # Ghuweiran, Ghoueiran = Wiran
        (r"tch|tsh|ch", "S"),  # French ch and Kurdish ç both stand where English writes sh
        (r"sch|sh", "S"),
        (r"kh", "K"),
        (r"gh", "G"),
        (r"dh|dj(?=h)", "d"),
        (r"th", "t"),
        (r"dj", "j"),
        (r"ph|v(?=f)", "f"),
        (r"(?<=[aeiou])h?s?$(?<=s)", "s"),
        (r"(?<=[aeiouy])(?:h|t)$(?<=h)", ""),  # the silent final h of -ah, -eh
        (r"iyy?(?=[aeiou]*$)", "i"),  # -iyah, -iya, -iye, -i
        (r"([a-zA-Z])\1+", r"\1"),
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
        ky="khirbet kherbet khirbat kharba",
    ),
)

SLAVIC = Profile(
    name="Slavic",
    before=(("š", "sh"), ("č", "ch"), ("ž", "zh"), ("ć", "ch"), ("ł", "l"), ("щ", "shch"), ("х", "kh"), ("x", "ks")),
    rules=_rules(
        (r"shch|sch", "S"),
        (r"tch|ch|cz", "C"),
        (r"sh|sz", "S"),
        (r"zh", "Z"),
        (r"kh", "K"),
        (r"ts|tz|cs", "c"),
        (r"(?:sk|ck)(?:yi|yy|iy|ij|y|i|aya|aia|a|oe|oye|e)$", "sk"),
        (r"(?:iv|yiv|ov|ev|iev|yev|ow|ew|oyiv|aiv|aev)$", "v"),  # Kharkiv = Kharkov, Kyiv = Kiev
        (r"iy|yi|ij|yj|ii|yy|iie|ie|ye|yo|ia|ya|iu|yu|ja|je|ju", "i"),
        (r"([a-zA-Z])\1+", r"\1"),
    ),
    consonants=str.maketrans({"h": "g", "w": "v", "q": "k", "x": "k"}),
    vowels=str.maketrans({"y": "i", "e": "i", "o": "u"}),
    kinds=_kinds(nv="novo novyi novy nova nove novaya", stry="staryi stary staro stara"),
    articles=frozenset({"the"}),
)

PLAIN = Profile(
    name="general",
    before=(),
    rules=_rules((r"ph", "f"), (r"ck", "k"), (r"([a-z])\1+", r"\1")),
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


@lru_cache(maxsize=262144)
def _word(token: str, name: str) -> Shape:
    profile = PROFILES[name]
    kind = profile.kinds.get(token, "")
    if kind:
        return Shape(kind, kind, kind)
    if token.isdigit():
        return Shape(token, token)
    word = token
    for pattern, by in profile.rules:
        word = pattern.sub(by, word)
    word = word.translate(profile.consonants)
    word = re.sub(r"([a-zA-Z])\1+", r"\1", word)
    voiced = re.sub(r"([aiu])[aiu]+", r"\1", word.translate(profile.vowels))
    first = "a" if word[:1] and word[0] in VOWELS else ("y" if word[:1] == "y" else "")
    rest = word[1:] if first else word
    consonants = first + "".join(sign for sign in rest if sign not in "aeiouy")
    return Shape(re.sub(r"(.)\1+", r"\1", consonants) if profile is not ARABIC else consonants, voiced)


@lru_cache(maxsize=65536)
def shape(name: str, profile: str = "arabic") -> tuple[Shape, ...]:
    """Return the words of a name as shapes, articles left out (unless nothing else is left)."""
    rules = PROFILES[profile]
    lowered = name.casefold()
    for sign, by in rules.before:
        lowered = lowered.replace(sign, by)
    words = fold(lowered).split()
    kept = [word for word in words if word not in rules.articles] or words
    shapes = []
    for word in kept:
        if is_arabic(word):
            word = _read_arabic(word)
        elif word in {"abdel", "abdul", "abdal", "abdol"}:
            word = "abd"
        shapes.append(_word(word, profile))
    return tuple(shapes)


def skeleton(name: str, profile: str = "arabic") -> str:
    """Return the consonants of a name's words, run together: the loosest of the three keys.

    Words that say what a place is come first, so that "Kawkab hill" meets "Jabal Kawkab".
    "Hasakeh", "Hesekê", "al-Hasakah" and "الحسكة" all give "hsk".
    """
    parts = sorted(shape(name, profile), key=_kind_first)
    return "".join(part.consonants for part in parts)


def _kind_first(part: Shape) -> bool:
    return not part.kind
