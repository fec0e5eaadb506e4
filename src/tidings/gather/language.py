"""Which language a report is written in: by its script first, then by its words; empty when unsure."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["language_name", "language_of"]

_ASCII_LETTERS = re.compile(r"[A-Za-z]+")
_NO_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class _Tables:
    starts: list[int]
    ends: list[int]
    names: list[str]
    scripts: dict[str, dict[str, Any]]
    hints: list[dict[str, Any]]
    english: frozenset[str]
    english_share: float
    limits: dict[str, float]


@cache
def _tables() -> _Tables:
    table = tomllib.loads(files("tidings.gather").joinpath("languages.toml").read_text("utf-8"))
    ranges = sorted((low, high, name) for name, script in table["scripts"].items() for low, high in script["ranges"])
    return _Tables(
        starts=[low for low, _, _ in ranges],
        ends=[high for _, high, _ in ranges],
        names=[name for _, _, name in ranges],
        scripts=table["scripts"],
        hints=table["hints"],
        english=frozenset(table["english"]["words"].split()),
        english_share=table["english"]["least_share"],
        limits=table["limits"],
    )


def _script(char: str) -> str:
    tables = _tables()
    at = bisect_right(tables.starts, ord(char)) - 1
    return tables.names[at] if at >= 0 and ord(char) <= tables.ends[at] else ""


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a report's language (639-2 where there is none), or an empty string when unsure.

    Args:
        text: The report's words.
    """
    tables = _tables()
    text = text[: int(tables.limits["most_points"])]
    counts = Counter(script for char in _NO_ASCII.findall(text) if char.isalpha() and (script := _script(char)))
    latin = sum(map(len, _ASCII_LETTERS.findall(text)))
    if latin:
        counts["Latin"] += latin
    if not counts:
        return ""
    # Japanese is written with more Han than kana; kana say that it is no Chinese.
    if counts["Kana"] * 10 > counts["Han"] > 0 or counts["Kana"] > counts["Han"]:
        counts["Kana"] += counts.pop("Han", 0)
    script, letters = min(counts.items(), key=lambda item: (-item[1], item[0]))
    words = _WORD.findall(text.casefold())
    hinted = _hinted(script, text, words, letters)
    if hinted:
        return hinted
    alone = str(tables.scripts[script]["language"])
    if alone or letters < tables.limits["least_letters"]:
        return alone
    if script == "Latin" and sum(word in tables.english for word in words) >= tables.english_share * len(words):
        return "en"
    return _identified(text, frozenset(tables.scripts[script]["among"]), letters)


def _hinted(script: str, text: str, words: list[str], letters: int) -> str:
    for hint in _tables().hints:
        if hint["script"] != script:
            continue
        if "letters" in hint:
            share = sum(text.count(letter) for letter in hint["letters"]) / letters
        else:
            known = set(hint["words"])
            share = sum(word in known for word in words) / max(1, len(words))
        if share >= hint["least_share"]:
            return str(hint["language"])
    return ""


@cache
def _identifier() -> Any:
    from py3langid import langid

    # An identifier of its own: set_languages on the module's shared one would change it for everybody.
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def _identified(text: str, among: frozenset[str], letters: int) -> str:
    ranked = [(float(score), code) for code, score in _identifier().rank(text) if code in among]
    ranked.sort(key=lambda item: (-item[0], item[1]))
    best, code = ranked[0]
    # What matters most is that no English report goes unread and no other is read as English: the lead over English
    # decides, and close kin (Malay and Indonesian) may be taken for one another.
    english = next((score for score, other in ranked if other == "en"), None)
    if english is not None and code != "en" and (best - english) / letters < _tables().limits["least_lead"]:
        return ""
    return str(code)


def language_name(code: str) -> str:
    """Return the English name of a language ("Amharic" for "am"); the code itself where it has none."""
    import pycountry

    found = pycountry.languages.get(alpha_2=code) if len(code) == 2 else pycountry.languages.get(alpha_3=code)
    if found is None:
        return code
    return re.sub(r"\s*\(.*\)", "", getattr(found, "common_name", found.name)).removeprefix("Modern ")
