"""What a report says of itself: title, byline, dateline, publisher."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tidings.gather.dates import printed_dates
from tidings.gather.furniture import Line, lines_of

__all__ = ["Self", "byline_of", "says_of_itself"]


@dataclass(frozen=True, slots=True)
class Self:
    """What a report says of itself, empty where it does not.

    ``title`` has its line breaks made spaces; ``title_end`` is where it ends in the text. ``dateline`` is a slice of the
    text without the dash that closes it. ``agency`` is the name in brackets there, ``source`` that of a "Source:" line.
    """

    title: str = ""
    title_end: int = 0
    byline: str = ""
    dateline: str = ""
    agency: str = ""
    source: str = ""

    @property
    def publisher(self) -> str:
        """Who published it, by its own words: the source line before the agency."""
        return self.source or self.agency


@cache
def _table() -> dict[str, object]:
    return tomllib.loads(files("tidings.gather").joinpath("says.toml").read_text("utf-8"))


def _limit(name: str) -> int:
    limits = _table()["limits"]
    return int(limits[name]) if isinstance(limits, dict) else 0


def _words(name: str) -> frozenset[str]:
    listed = _table()[name]
    return frozenset(str(word).casefold() for word in listed) if isinstance(listed, list) else frozenset()


_SENTENCES = re.compile(r"[a-z\d)][.!?][\"'”’)\]]* +[\"'“‘]?[A-Z][^.?!]{20,}[.!?]")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_BYLINE = re.compile(
    r"\(?(?:(?:additional |with )?(?:reporting|written|words|story|text|compiled)(?: and \w+)? by|(?:author|reporter|correspondent) ?:)\s*:?\s*(?P<names>(?<=[: ])[^\n]{2,150})",
    re.IGNORECASE,
)
_LABEL_AFTER = re.compile(r"[\s.,]+(?:(?:last )?updated|published|posted|created)\b.*", re.IGNORECASE)
_BY_INSIDE = re.compile(r"\b[Bb]y:? +(?P<names>[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+){0,4})")
_BY = re.compile(r"[Bb][Yy]:?\s+(?P<names>[^\W\d_][^\n]{1,100})")
_SOURCE = re.compile(r"[(\[]?(?:news )?source ?[:：]\s*(?P<name>[^\n()\[\]]{2,100}?)[)\]]?\.?", re.IGNORECASE)
_SOURCE_AT_END = re.compile(
    r"[(\[]source ?: ?(?P<name>[^()\[\]\n]{2,60})[)\]]\W{0,3}(?:twitter|facebook)?$", re.IGNORECASE
)


def says_of_itself(original: str, text: str) -> Self:
    """Return what a report says of itself.

    Args:
        original: The report's words with its furniture: credits and source lines stand there.
        text: The report's words without furniture; title and dateline are slices of it.
    """
    lines = list(lines_of(text))
    title, title_end, title_lines = _title(text, lines)
    dateline, agency = _dateline(lines, title_lines)
    byline = source = ""
    original_lines = list(lines_of(original))
    for number, line in enumerate(original_lines):
        # In the middle of a report "Source:" stands under a picture.
        outer = 0 < number < _limit("source_lines") or number >= len(original_lines) - _limit("source_lines")
        if len(line.words) > 300:
            found = _SOURCE_AT_END.search(line.words[-120:])
            source = source or (_name(found["name"]) if found and outer else "")
            continue
        byline = byline or _byline(line.words, number)
        found = _SOURCE.fullmatch(line.words) or _SOURCE_AT_END.search(line.words)
        if found and number and outer:
            source = source or _name(found["name"])
    return Self(title, title_end, byline, dateline, agency, source)


def _name(words: str) -> str:
    """Return a publisher's name, or nothing where the words are no name."""
    name = " ".join(words.split()).strip(" .,;")
    named = name[:1].isupper() or name[:1].lower() == name[:1].upper()
    if not name or len(name) > _limit("publisher_longest") or not named or name.startswith(("http", "www.")):
        return ""
    return name


def byline_of(words: str) -> str:
    """Return who signed, from a short line that also holds the day: "Posted on 3 May 2017 by Huda Saleh | News"."""
    if len(words) > 120 or not printed_dates(words):
        return ""
    found = _BY_INSIDE.search(words)
    return found["names"] if found else ""


def _byline(words: str, number: int) -> str:
    found = _BYLINE.match(words)
    if found is None and 0 < number < 12:
        found = _BY.fullmatch(words)
        # "By evening the town had fallen" is a sentence; a byline is made of names.
        if found and (_SENTENCE_END.search(words) or not _names(found["names"])):
            found = None
    if found is None:
        return byline_of(words) if 0 < number < 12 else ""
    names = re.split(r"\s*[;|•]\s*(?:writing|editing)?|\s+(?:[—–-]|on)\s+", found["names"], maxsplit=1)[0]
    for item in printed_dates(names):
        names = names[: item.start]
        break
    names = _LABEL_AFTER.sub("", names)
    return " ".join(names.split()).strip(" .,;()|")


def _names(words: str) -> bool:
    parts = re.findall(r"[^\W\d_][\w.'’-]*", words)
    small = {
        "and",
        "in",
        "with",
        "for",
        "the",
        "of",
        "de",
        "al",
        "el",
        "bin",
        "ibn",
        "van",
        "von",
        "at",
        "staff",
        "agencies",
    }
    return 0 < len(parts) <= 14 and all(part[0].isupper() or part.casefold() in small for part in parts)


def _title(text: str, lines: list[Line]) -> tuple[str, int, int]:
    """Return the title, its end in the text, and how many lines it takes; the first line, or several that wrap."""
    if not lines or len(lines[0].words) > _limit("title_longest") or _is_prose(lines):
        return "", 0, 0
    taken = 1
    while taken < min(len(lines), _limit("title_most_lines")) and _wraps(text, lines, taken):
        taken += 1
    # Lines that run on without a blank one after them are a paragraph that wraps, not a headline.
    if taken > 1 and taken < len(lines) and not _blank_between(text, lines[taken - 1], lines[taken]):
        taken = 1
    end = lines[taken - 1].end
    return " ".join(text[lines[0].start : end].split()), end, taken


def _is_prose(lines: list[Line]) -> bool:
    """Return whether the first line is the report's text: the only line, ended like a sentence, or several sentences."""
    words = lines[0].words
    return bool(len(lines) == 1 and _SENTENCE_END.search(words)) or bool(_SENTENCES.search(words))


def _wraps(text: str, lines: list[Line], number: int) -> bool:
    before, line = lines[number - 1], lines[number]
    return (
        not _blank_between(text, before, line)
        and max(len(before.words), len(line.words)) <= _limit("title_line_longest")
        and not _SENTENCE_END.search(before.words)
        and not _SENTENCE_END.search(line.words)
        and not printed_dates(line.words)
        and not _BY.fullmatch(line.words)
    )


def _blank_between(text: str, before: Line, line: Line) -> bool:
    return text.count("\n", before.end, line.start) > 1


_PLACE = r"[A-Z\u00c0-\u00de][\w.'’\-]*(?:[ -](?:[A-Z\u00c0-\u00de][\w.'’\-]*|de|del|la|el|al|of|ez|ad|as|ash|ar|an|at|az|and|the))*"
_CAPITALS = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’\-]+(?:[ -][A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’\-]*){0,4}"
_DASH = r"(?:[ \u00a0]?[—―][ \u00a0]?|[ \u00a0]?–[ \u00a0]|[ \u00a0]-{1,3}[ \u00a0]|--[ \u00a0]?)"
_WHERE = re.compile(
    rf"(?P<line>(?P<place>{_PLACE})(?P<region>(?:, ?(?:(?! - | -- )[^,()—–\n]){{2,30}}){{0,3}})(?:,? ?\((?P<agency>[^()\n]{{2,40}})\))?){_DASH}[\u00a0 ]*(?P<next>\S)"
)
_BRACKETED = re.compile(
    rf"(?P<line>\((?P<place>{_PLACE})(?P<region>(?:, ?[^,()\n]{{2,30}}){{0,3}})\)){_DASH}[\u00a0 ]*(?P<next>\S)"
)
_COLON = re.compile(rf"(?P<line>(?P<place>{_CAPITALS})(?P<region>(?:, ?[A-Z][\w .]{{1,30}})?)):[\u00a0 ]+(?P<next>\S)")
_INSIDE = re.compile(
    rf"(?<=[.!?] )(?P<line>(?P<place>{_CAPITALS})(?P<region>(?:, ?[^,()—–\n]{{2,30}}){{0,2}})(?: \((?P<agency>[^()\n]{{2,40}})\))){_DASH}"
)


def _dateline(lines: list[Line], title_lines: int) -> tuple[str, str]:
    """Return the dateline and the agency in its brackets; both empty where the report has none."""
    for number, line in enumerate(lines[: title_lines + _limit("dateline_paragraphs")]):
        head = line.words[: _limit("dateline_longest") + 5]
        found = _WHERE.match(head) or _BRACKETED.match(head) or _COLON.match(head)
        if found and len(found["line"]) <= _limit("dateline_longest"):
            agency = _agency(found.groupdict().get("agency") or "")
            if _is_dateline(found, agency, in_title=number < title_lines):
                return found["line"].rstrip(), agency
        if number < 2 and (inside := _INSIDE.search(line.words[:400])):
            agency = _agency(inside["agency"])
            if agency:
                return inside["line"].rstrip(), agency
    return "", ""


def _is_dateline(found: re.Match[str], agency: str, *, in_title: bool) -> bool:
    place = found["place"]
    capitals = place == place.upper()
    if found.re is _BRACKETED and capitals and len(place) < 6:
        return False
    if place.casefold() in _words("not_places") or len(place) > 45 or len(place.split()) > 5:
        return False
    if found.re is _COLON or in_title:
        return (found.re is _COLON and not in_title) or bool(agency) or (capitals and found.re is _WHERE)
    # "Aleppo – once a city of trade" is a sentence; after a dateline a new one begins.
    begins = found["next"].isupper() or found["next"].isdigit() or found["next"] in "\"'“‘«[("
    return begins and (
        capitals or bool(agency) or bool(found["region"]) or found.re is _BRACKETED or len(place.split()) <= 2
    )


def _agency(words: str) -> str:
    name = " ".join(words.split())
    folded = name.casefold()
    if not name or folded in _words("not_agencies") or printed_dates(name):
        return ""
    if folded in _words("agencies") or re.fullmatch(r"[A-Z][A-Z0-9&-]{1,6}(?: News)?", name):
        return name
    return ""
