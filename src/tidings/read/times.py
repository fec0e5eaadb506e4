"""Words about time in a page, as days counted from a calendar, from the report, or from another happening.

No calendar day is worked out here: what "Thursday" means hangs on the report's day, which only ``date`` can find. Rules
stand in ``times_calendar``, ``times_report`` and ``times_spans``; their words are data (``lexicons/times.toml``).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tidings.model import TimeId, TimeWords, content_id
from tidings.read.page import Page, Paragraph, place
from tidings.read.times_calendar import calendar_dates
from tidings.read.times_report import report_words
from tidings.read.times_spans import span_words
from tidings.read.times_words import BEFORE, Found, lexicon, words_of
from tidings.read.token_starts import token_starts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_times"]

_LEAD = re.compile(
    r"\b(?P<word>on|in|by|since|until|till|through|from|before|after|during|at|as of|of|early on|late on|early in|late in|starting|beginning)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_DATELINE_BEFORE = re.compile(
    r"[^a-z.!?]{0,3}(?:(?:[A-Z][\w'-]*|[A-Z]{2,}|de|del|la|las|los|da|do|du|des|of|and|al|el)[\s,/(]*){0,6}\Z"
)
"""What may stand before a date in a dateline: a place, a country, an agency."""
_DATELINE_LONGEST = 80
_DATELINE_AFTER = re.compile(r"\s*(?:\([^)]{2,40}\)\s*)?(?:[-–—:|]+\s|[-–—:|]*\s*\Z)")
"""What stands behind it: a dash, or the end of the line."""
_SHAPES = {
    "since": "since", "from": "since", "starting": "since", "beginning": "since", "as of": "since", "until": "until", "till": "until", "through": "until", "by": "until",
    "before": "before", "after": "after",
}  # fmt: skip


def find_times(page: Page) -> tuple[TimeWords, ...]:
    """Return the words about time of a page, in order; they never overlap, the happenings they count from may.

    Args:
        page: A parsed document.

    Returns:
        One :class:`~tidings.model.TimeWords` per expression. An anchor "span" whose ``of_start`` is None counts from
        the happening or day that stands before it in the text.
    """
    found = [
        words
        for paragraph in page.paragraphs
        for words in (*_in_dateline(page, paragraph), *_in_paragraph(page, paragraph))
    ]
    return tuple(_story(found))


def _in_dateline(page: Page, paragraph: Paragraph) -> Iterator[TimeWords]:
    """Yield the day of a dateline that is set apart from the paragraph: "GOMA, 3 May – "."""
    if paragraph.dateline is None:
        return
    offset, last = paragraph.dateline
    text = page.text[offset:last]
    for one in _apart(calendar_dates(text, words_of(text))):
        if "first" in one.fields:
            start, end = offset + one.start, offset + one.end
            yield TimeWords(
                id=TimeId(content_id("t", page.document.id, start, end)),
                document=page.document.id,
                start=start,
                end=end,
                text=page.text[start:end],
                **(dict(one.fields) | {"shape": "dateline"}),
            )


def _in_paragraph(page: Page, paragraph: Paragraph) -> list[TimeWords]:
    doc = paragraph.parsed
    if not len(doc):
        return []
    text = paragraph.plain
    words = words_of(text)
    found = (
        _led(text, one)
        for one in (*calendar_dates(text, words), *report_words(text, words), *span_words(doc, text, words))
    )
    kept = _reaching(text, _apart(found))
    if not kept:
        return []
    starts = token_starts(doc)
    times = []
    for one in kept:
        if (
            one.start < _DATELINE_LONGEST
            and "first" in one.fields
            and _DATELINE_BEFORE.match(text[: one.start])
            and _DATELINE_AFTER.match(text, one.end)
        ):
            one = replace(one, fields=one.fields | {"shape": "dateline"})
        governor = _governor(doc, one, starts)
        times.append(_noun(page, paragraph, one, governor))
    return times


def _apart(found: Iterable[Found]) -> list[Found]:
    """Return finds that do not overlap: the longest stays, then the one of higher rank."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, -one.rank, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _reaching(text: str, kept: list[Found]) -> list[Found]:
    """Return the finds with the second of "from Monday to Wednesday" as the end that it is."""
    out = list(kept)
    for place_in, (one, other) in enumerate(itertools.pairwise(kept)):
        opened = re.search(
            r"\b(?:from|between)\s+\Z", text[max(0, one.start - BEFORE) : one.start], re.IGNORECASE
        ) or re.match(r"(?:from|between)\b", text[one.start : one.end], re.IGNORECASE)
        if opened and re.fullmatch(r"\s*(?:to|until|till|and|through)\s*", text[one.end : other.start], re.IGNORECASE):
            out[place_in] = replace(one, fields=one.fields | {"shape": "after"})
            out[place_in + 1] = replace(other, fields=other.fields | {"shape": "before"})
    return out


def _led(text: str, one: Found) -> Found:
    """Return the find with the preposition before it, which says whether it is a day, a start or an end."""
    lead = _LEAD.search(text[max(0, one.start - BEFORE) : one.start])
    if lead is not None and lead["word"].casefold() == "by" and lead.group().split()[-1].casefold() == "the":
        lead = None  # "hurt by the mid-January clashes" is no deadline
    own = re.match(r"(?:since|until|till|by|before|after|from|through)\b", text[one.start : one.end], re.IGNORECASE)
    word = own.group().casefold() if own else " ".join(lead["word"].casefold().split()) if lead else ""
    fields = dict(one.fields)
    if word in _SHAPES and "shape" not in fields and fields.get("of_start") is None:
        fields["shape"] = _SHAPES[word]
    start = one.start if own or lead is None or word == "of" else max(0, one.start - BEFORE) + lead.start()
    return replace(one, start=start, fields=fields)


def _governor(doc: Doc, one: Found, starts: list[int]) -> Token | None:
    """Return the word that the words about time hang on: the first head outside them and the happening they count from."""
    end = max(one.end, one.fields.get("of_end") or 0)
    first = max(0, bisect_right(starts, one.start) - 1)
    last = max(first + 1, bisect_right(starts, one.end - 1))
    inside = list(doc[first:last])
    outer = [token for token in inside if not first <= token.head.i < last or token.head.i == token.i]
    token = outer[0] if outer else inside[0]
    for _ in range(len(doc)):
        if token.head.i == token.i:
            return None
        token = token.head
        if not one.start <= token.idx < end:
            break
    # "on the morning of", "the night of": a day hangs on what its part of the day hangs on.
    while token.dep_ in {"prep", "npadvmod"} and token.head.i != token.i and token.pos_ in {"ADP", "ADV"}:
        token = token.head
    return token


def _dates_saying(governor: Token | None, one: Found) -> bool:
    """Whether the words hang on a verb of saying ("reported on Thursday"), and so date the saying."""
    if one.fields.get("of_start") is not None or governor is None:
        return False
    return governor.pos_ in {"VERB", "AUX"} and governor.lemma_.casefold() in lexicon()["reporting"]["verbs"]


def _noun(page: Page, paragraph: Paragraph, one: Found, governor: Token | None) -> TimeWords:
    offset = paragraph.start
    start, end = offset + one.start, offset + one.end
    fields: dict[str, Any] = dict(one.fields)
    for edge in ("of_start", "of_end"):
        if fields.get(edge) is not None:
            fields[edge] += offset
    return TimeWords(
        id=TimeId(content_id("t", page.document.id, start, end)),
        document=page.document.id,
        start=start,
        end=end,
        text=page.text[start:end],
        reporting=_dates_saying(governor, one),
        governor_start=None if governor is None else place(governor)[0],
        **fields,
    )


def _story(times: list[TimeWords]) -> list[TimeWords]:
    """Return the words with "the next day" and "15 days later" counted from the day or happening named before them."""
    told: list[TimeWords] = []
    last: TimeWords | None = None
    for one in times:
        if (
            one.anchor == "span"
            and one.of_start is None
            and one.shape not in {"lasting", "within"}
            and last is not None
        ):
            one = replace(one, of_start=last.start, of_end=last.end)
        if (
            one.anchor in {"calendar", "report"}
            and (one.shape in {"point", "until"} or (one.shape == "since" and one.weekday is not None))
            and one.soft not in {"now", "other_calendar"}
        ):
            last = one
        told.append(one)
    return told
