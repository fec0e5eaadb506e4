"""The words and limits of ``rules.toml``, and the one way of looking for them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["among", "first_of", "pattern_in", "phrase_in", "rules"]


@cache
def rules() -> Mapping[str, Mapping[str, Any]]:
    """Return the tables of ``rules.toml``."""
    with (Path(__file__).parent / "rules.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _stems(table: str, row: str) -> re.Pattern[str]:
    parts = sorted(rules()[table][row], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, parts)) + r")\w{0,4}(?!\w)", re.IGNORECASE)


@cache
def _phrases(table: str, row: str) -> re.Pattern[str]:
    parts = sorted(rules()[table][row], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, parts)) + r")(?!\w)", re.IGNORECASE)


def among(table: str, row: str, words: str) -> str:
    """Return the first word of ``words`` that begins with a stem of the row, or an empty string."""
    found = _stems(table, row).search(words)
    return found.group() if found else ""


def phrase_in(table: str, row: str, words: str) -> str:
    """Return the first phrase of the row that stands in ``words``, or an empty string."""
    found = _phrases(table, row).search(words)
    return found.group() if found else ""


@cache
def _patterns(table: str, row: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(rules()[table][row]) + r")(?!\w)", re.IGNORECASE)


def pattern_in(table: str, row: str, words: str) -> str:
    """Return the first stretch of ``words`` that one of the row's regular expressions fits, or an empty string."""
    found = _patterns(table, row).search(words)
    return found.group() if found else ""


def first_of(table: str, words: str) -> str:
    """Return the name of the first row of a table of which a stem stands in ``words``, or an empty string."""
    return next((row for row in rules()[table] if among(table, row, words)), "")
