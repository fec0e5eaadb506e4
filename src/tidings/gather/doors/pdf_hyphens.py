"""Words broken at the end of a printed line: which hyphens are the printer's and which the writer's."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

__all__ = ["hyphens"]

_BROKEN = re.compile(
    r"(?<![\w-])(?P<left>[^\W\d_]{2,30}(?:-[^\W\d_]{1,20})?)(?P<mark>[-\u00ad\u2010\u00ac])\n(?P<right>[^\W\d_]{2,30})"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def _tails() -> frozenset[str]:
    table = tomllib.loads(files("tidings.gather.doors").joinpath("hyphens.toml").read_text("utf-8"))
    return frozenset(table["compound"]["tails"])


def hyphens(text: str) -> list[tuple[int, int]]:
    """Return what to cut where a word was broken at the end of a line: "inter-" and "national", "Iran-" and "backed".

    The hyphen goes where the text holds the whole word elsewhere, or nothing speaks for a compound; it stays, and only the
    line's end goes, where the text holds the compound elsewhere or its second part is known to follow a hyphen.
    """
    held = Counter(word.casefold() for word in _WORD.findall(text))
    spans = []
    for found in _BROKEN.finditer(text):
        left, right = found["left"], found["right"]
        if not right[0].islower() and found["mark"] == "-":
            # "Al-Bab", "Deir ez-Zor": a name is written with its hyphen; without a small letter nothing was broken.
            if held[f"{left}-{right}".casefold()] or left[0].isupper():
                spans.append((found.start("mark") + 1, found.start("right")))
            continue
        whole, compound = held[f"{left}{right}".casefold()], held[f"{left}-{right}".casefold()]
        stays = compound > whole or (
            not whole
            and (
                right.casefold() in _tails()
                or (left[0].isupper() and not left.isupper() and len(right) > 4 and right.casefold() in held)
            )
        )
        if found["mark"] == "-" and stays:
            spans.append((found.start("mark") + 1, found.start("right")))
        else:
            spans.append((found.start("mark"), found.start("right")))
    return spans
