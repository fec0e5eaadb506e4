"""Letters at places to pieces of a line: a piece ends where the next letter stands on another height or far away.

Words that run from right to left are put in their order by where their letters stand: PDF files draw them in any order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["SAME_LINE", "Letter", "Piece", "leftward", "pieces_of"]

SAME_LINE = 1.6
"""The widest blank within a line, in its heights; what lies further apart is another column or cell."""
NEXT_WORD = 0.6
"""The blank between two letters, in their height, from which they belong to two words though no blank is written: PDFium
writes a blank wherever the font's own measures ask for one."""
_RIGHTWARD = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/%+@_-]*[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff\u0660-\u0669\u06f0-\u06f9]+)*"
)
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter and its box in points from the page's top left corner; what has no place of its own has no box."""

    char: str
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and the box that holds them."""

    left: float
    top: float
    right: float
    bottom: float
    words: str

    @property
    def height(self) -> float:
        """The height of its letters."""
        return self.bottom - self.top


def leftward(words: str) -> bool:
    """Return whether words run from right to left: more of their letters do than do not."""
    sides = [unicodedata.bidirectional(char) for char in words if char.isalpha()]
    return sum(side in {"R", "AL"} for side in sides) * 2 > len(sides)


def pieces_of(letters: Iterable[Letter]) -> Iterator[Piece]:
    """Yield pieces of lines, in the order of the letters."""
    held: list[tuple[float, str]] = []
    left = top = right = bottom = 0.0
    blank: tuple[float, str] | None = None
    for letter in letters:
        middle = (letter.left + letter.right) / 2
        if letter.bottom <= letter.top or letter.char.isspace():
            if letter.char.isspace():
                blank = blank or (middle if letter.right > letter.left else float("nan"), " ")
            elif held:
                held.append((held[-1][0], letter.char))
            continue
        if held:
            height = max(bottom - top, letter.bottom - letter.top)
            apart = max(letter.left - right, left - letter.right)
            other = not (top - 0.2 * height <= (letter.top + letter.bottom) / 2 <= bottom + 0.2 * height)
            if other or apart > SAME_LINE * height:
                yield Piece(left, top, right, bottom, _words(held))
                held = []
            elif blank is not None or apart > NEXT_WORD * height:
                # A blank without a place lies at the edge of what was drawn so far.
                edge = right if letter.left >= right else left
                held.append(blank if blank is not None and blank[0] == blank[0] else (edge, " "))
        if not held:
            left, top, right, bottom = letter.left, letter.top, letter.right, letter.bottom
        held.append((middle, letter.char))
        blank = None
        left, right = min(left, letter.left), max(right, letter.right)
        top, bottom = min(top, letter.top), max(bottom, letter.bottom)
    if held:
        yield Piece(left, top, right, bottom, _words(held))


def _words(held: list[tuple[float, str]]) -> str:
    words = "".join(char for _, char in held)
    if leftward(words):
        ordered = "".join(char for _, char in sorted(held, key=lambda one: -one[0]))
        # Figures and Latin words among them run to the right; brackets are drawn mirrored.
        words = _RIGHTWARD.sub(lambda found: found[0][::-1], ordered).translate(_MIRRORED)
    return " ".join(words.split())
