"""Numbers in Arabic text: figures of three scripts, number words, and what stands around them, as intervals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tidings.read.ar.tokens import Token
from tidings.read.ar.words import Phrases, phrases

__all__ = ["Numeral", "number_at", "several_at"]

_THOUSANDS = re.compile(r"[,.\u066c\u060c](?=\d{3})")
_LARGEST = 10**12
"""Figures beyond this are no count of people but an account or telephone number."""
_DASHES = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number with its qualifiers at tokens ``first``..``last`` (not included); None is an open end."""

    first: int
    last: int
    low: int | None
    high: int | None


def number_at(line: Sequence[Token], index: int) -> Numeral | None:
    """Return the number that starts at a token, qualifiers before and behind it included, or None.

    Examples: "ما لا يقل عن ٢٠" is 20 or more, "أكثر من مئة" 101 or more, "خمسة وعشرين" 25, "عشرات" 24 to 99, "بين 10
    و15" 10 to 15, "12 ألفا" 12,000.
    """
    # "ما بين 10 و15"
    span = _between(line, index + 1) if line[index : index + 1] and line[index].plain == "ما" else _between(line, index)
    if span is not None:
        return Numeral(index, span.last, span.low, span.high)
    at = index
    said: list[str] = []
    before = phrases("numbers.before")
    while (hit := before.at(line, at)) is not None:
        if not said and hit.stem.clitics not in {"", "و", "ف", "ب"}:
            return None
        said.append(hit.value)
        at = hit.last
    core = _range(line, at)
    if core is None:
        return None
    behind = phrases("numbers.after").at(line, core.last, clitics=False)
    last = core.last
    if behind is not None:
        said.append(behind.value)
        last = behind.last
    low, high = core.low, core.high
    for what in said:
        low, high = _bounded(what, low, high)
    return Numeral(index, last, low, high)


def several_at(line: Sequence[Token], index: int) -> int | None:
    """Return the token behind "several" or "a number of" at ``index``, or None where no such word stands."""
    hit = phrases("numbers.several").at(line, index)
    return hit.last if hit is not None else None


def _bounded(what: str, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    exact = low == high and low is not None
    if what == "floor":
        return low, None
    if what == "over":
        return (low + 1 if exact and low is not None else low), None
    if what == "ceiling":
        return None, high
    if what == "under":
        return None, (high - 1 if exact and high else high)
    return low, high


def _between(line: Sequence[Token], index: int) -> Numeral | None:
    """Read "بين 10 و15" and "من 10 إلى 15"."""
    if index + 2 >= len(line) or line[index].plain not in {"بين", "من", "وبين"}:
        return None
    least = _cardinal(line, index + 1, joined=False)
    if least is None:
        return None
    at = least.last
    if line[index].plain == "من":
        if at >= len(line) or line[at].plain not in {"الي", "وحتي", "حتي"}:
            return None
        most = _cardinal(line, at + 1)
    else:
        most = _cardinal(line, at, after_and=True)
    if most is None or least.low is None or most.low is None or most.low < least.low:
        return None
    return Numeral(index, most.last, least.low, most.low)


def _range(line: Sequence[Token], index: int) -> Numeral | None:
    """Read a number, or two with a dash or "إلى" or "أو" between them."""
    first = _cardinal(line, index)
    if first is None:
        return _vague(line, index)
    at = first.last
    if at + 1 < len(line) and (line[at].text in _DASHES or line[at].plain in {"الي", "او"}):
        second = _cardinal(line, at + 1)
        if second is not None and first.low is not None and second.low is not None and second.low > first.low:
            return Numeral(index, second.last, first.low, second.low)
    return first


def _vague(line: Sequence[Token], index: int) -> Numeral | None:
    hit = phrases("numbers.vague").at(line, index)
    if hit is None or hit.stem.clitics not in {"", "و", "ف", "ب"}:
        return None
    low, high = hit.value.split("-")
    return Numeral(index, hit.last, int(low), int(high))


def _figure(token: Token) -> int | None:
    """Return the value of figures, whatever their script; None for a decimal or a number that counts no people."""
    # Thousands are parted by a comma, a point or the Arabic sign; a shorter tail is a decimal.
    shown = _THOUSANDS.sub("", token.text)
    digits = "".join(str(unicodedata.decimal(sign)) for sign in shown if sign.isdecimal())
    if len(digits) != len(shown) or len(digits) > 13:
        return None
    value = int(digits)
    return value if value <= _LARGEST else None


def _value(table: Phrases, line: Sequence[Token], at: int, *, after_and: bool) -> tuple[int, int] | None:
    """Return the value of a number word and the token behind it; ``after_and``: only where "و" is written onto it."""
    hit = table.at(line, at)
    if hit is None or hit.stem.clitics not in ({"و"} if after_and else {"", "و", "ف", "ب", "وب"}):
        return None
    if hit.definite and hit.value in {"1", "2"}:
        return None  # "الاثنين" is a Monday, "الواحد" no count
    return int(hit.value), hit.last


def _cardinal(line: Sequence[Token], index: int, *, after_and: bool = False, joined: bool = True) -> Numeral | None:
    """Read one exact number. ``joined`` False stops before the next "و", which then opens the other end of a range."""
    at = index
    if at < len(line) and line[at].plain in {"و", "ب"} and line[at].kind == "word":
        at, after_and = at + 1, False  # "و 20", "و20": the letter is a token of its own
    if at >= len(line):
        return None
    total = 0
    if line[at].kind == "number":
        figure = _figure(line[at])
        if figure is None or _glued(line, at):
            return None
        current, at = figure, at + 1
    else:
        got = _value(phrases("numbers.cardinals"), line, at, after_and=after_and)
        if got is None:
            scale = _value(phrases("numbers.scales"), line, at, after_and=after_and)
            if scale is None or line[at].plain.endswith(("الاف", "ملايين")):
                return None
            got = scale
        current, at = got
    while at < len(line):
        times = phrases("numbers.scales").at(line, at, clitics=False)
        if times is not None and current < int(times.value):
            total += current * int(times.value)
            current, at = 0, times.last
            continue
        more = _value(phrases("numbers.cardinals"), line, at, after_and=True) if joined else None
        more = more or (_value(phrases("numbers.scales"), line, at, after_and=True) if joined else None)
        # "خمسة وعشرون", "مئة وخمسون", "ألفان ومئة": units before tens, else from the large to the small.
        whole = total + current
        fits = more is not None and (
            (whole < 10 and 20 <= more[0] <= 90)
            or (whole >= 100 and more[0] < 100 and whole % 100 == 0)
            or (whole >= 1000 and more[0] < 1000 and whole % 1000 == 0)
            or (whole >= 100 and more[0] in range(20, 100, 10) and 0 < whole % 100 < 10)
        )
        if more is None or not fits:
            break
        # "مئة وخمسة مدنيين": only a number goes on, never the next group ("مئة مدني وخمسة جنود" has a noun between).
        current, at = current + more[0], more[1]
    value = total + current
    return Numeral(index, at, value, value) if 0 < value <= _LARGEST else None


def _glued(line: Sequence[Token], at: int) -> bool:
    """Return whether figures are part of a name or a date: "M23", "F-16", "12/5", "10:30", "50%"."""
    before = line[at - 1] if at else None
    after = line[at + 1] if at + 1 < len(line) else None
    if before is not None and before.end == line[at].start and (before.kind == "other" or before.text in "/:-"):
        # A dash between two numbers is a range.
        return not (before.text == "-" and at > 1 and line[at - 2].kind == "number")
    if after is None:
        return False
    return (after.end > after.start == line[at].end and after.text in "/:") or after.text in {"%", "\u066a"}
