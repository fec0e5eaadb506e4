"""Words about time counted from the report, or from the day that the report named last.

"yesterday evening", "last Thursday", "over the weekend", "two weeks ago", "for the past two weeks", "the next day".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tidings.read.times_words import (
    BEFORE,
    DAYTIME,
    QUANTITY,
    WEEKDAY,
    Found,
    hints,
    lexicon,
    matches,
    one_of,
    quantity,
    weekday,
)

__all__ = ["report_words"]

_TODAY = re.compile(
    rf"\b(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?(?P<word>{one_of(lexicon()['today'])})(?:\s+(?P<daytime>{DAYTIME}))?\b(?!'s\s+[A-Z]\w+\s+newspaper)",
    re.IGNORECASE,
)
_REPORT = re.compile(
    rf"\b(?P<word>{one_of(lexicon()['report'])})\b(?!\s+(?:{one_of(lexicon()['months'])})\b)", re.IGNORECASE
)
_STORY = re.compile(
    rf"\b(?:on\s+)?(?P<word>{one_of(lexicon()['story'])})\b(?!\s+(?:after|before|of|that)\b)", re.IGNORECASE
)
_DAYTIME_LEAD = rf"(?:(?:(?i:at|in|by|since|until|before|after|around|during|on)\s+)?(?:the\s+)?(?i:early\s+(?:morning\s+)?hours|{DAYTIME})\s+(?:(?i:of|on)\s+)?)?"
_WEEKDAY = re.compile(
    rf"\b{_DAYTIME_LEAD}(?:(?P<which>(?i:last|next|this past|past|previous|the previous|the following|following|this coming|coming|every|each|this))\s+)?"
    rf"(?:(?i:early|late|earlier|later|mid)[\s-]+(?:(?i:on)\s+)?)?(?P<day>{WEEKDAY})(?:\s+(?:early\s+|late\s+)?(?P<daytime>{DAYTIME}))?\b"
)
_AGO = re.compile(rf"\b{QUANTITY}\s+ago\b", re.IGNORECASE)
_PAST = re.compile(
    rf"\b(?P<lead>(?:for|in|over|during|within|throughout|since)\s+)?(?:(?:about|around|at least|more than|nearly|almost|over)\s+)?(?:the|these|those)?\s*"
    rf"(?P<side>past|last|previous|preceding|recent|next|coming|following)\s+{QUANTITY}",
    re.IGNORECASE,
)
_PAST_UNIT = re.compile(
    r"\b(?P<lead>(?:for|in|over|during|within|throughout)\s+)(?:the|this)\s+(?P<side>past|last|next|coming)\s+(?P<unit>hour|day|week|fortnight|month|year|decade)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"\b{QUANTITY}\s+(?P<side>later|earlier|before|afterwards?|previously)\b(?!\s+(?:the|a|an|he|she|they|it|this|that)\b|\s+[A-Z])",
    re.IGNORECASE,
)
_SINCE_THEN = re.compile(r"\bsince\s+then\b|\bever\s+since\b|\bfrom\s+then\s+on\b", re.IGNORECASE)
_NAMED_DAYS = frozenset({"Bloody", "Black", "Palm", "Good", "Easter", "Ash", "Holy"})
_TODAY_HINTS, _REPORT_HINTS, _STORY_HINTS = hints("today"), hints("report"), hints("story")
_UNITS, _WEEKDAY_HINTS = hints("units"), hints("weekdays")
_THEN, _AGO_HINTS = frozenset({"then", "since"}), frozenset({"ago"})
_BEGUN = frozenset({"since", "for"})


def _key(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())


def report_words(text: str, words: frozenset[str]) -> Iterator[Found]:
    """Yield words about time that are counted from the report or from the day last named.

    Args:
        text: The paragraph as the parser saw it.
        words: Its words, see :func:`~tidings.read.times_words.words_of`.
    """
    for found in matches(_TODAY, text, words, _TODAY_HINTS):
        least, most = lexicon()["today"][_key(found["word"])]
        yield Found(found.start(), found.end(), {"anchor": "report", "least": least, "most": most}, 5)
    for found in matches(_REPORT, text, words, _REPORT_HINTS):
        entry = lexicon()["report"][_key(found["word"])]
        yield Found(found.start(), found.end(), {"anchor": "report", "soft": entry}, 4)
    for found in matches(_STORY, text, words, _STORY_HINTS):
        least, most = lexicon()["story"][_key(found["word"])]
        yield Found(found.start(), found.end(), {"anchor": "span", "least": least, "most": most}, 4)
    for found in matches(_SINCE_THEN, text, words, _THEN):
        yield Found(found.start(), found.end(), {"anchor": "span", "least": 0, "most": 0, "shape": "since"}, 4)
    yield from _weekdays(text, words)
    for found in matches(_AGO, text, words, _AGO_HINTS):
        yield Found(found.start(), found.end(), {"anchor": "report"} | quantity(found, sign=-1), 6)
    for found in matches(_PAST, text, words, _UNITS):
        ahead = _key(found["side"]) in {"next", "coming", "following"}
        lead = (found["lead"] or "").strip().casefold()
        shape = "since" if lead in _BEGUN and not ahead else "within"
        start = found.start() + (len(found.group()) - len(found.group().lstrip()))
        yield Found(
            start, found.end(), {"anchor": "report", "shape": shape} | quantity(found, sign=1 if ahead else -1), 7
        )
    for found in matches(_PAST_UNIT, text, words, _UNITS):
        ahead = _key(found["side"]) in {"next", "coming"}
        unit = found["unit"].casefold()
        fields: dict[str, Any] = {
            "anchor": "report",
            "soft": "exact",
            "number": 1.0,
            "unit": unit,
            "sign": 1 if ahead else -1,
        }
        if unit in {"fortnight", "decade"}:
            fields |= {
                "number": {"fortnight": 14.0, "decade": 10.0}[unit],
                "unit": {"fortnight": "day", "decade": "year"}[unit],
            }
        fields["shape"] = "since" if found["lead"].strip().casefold() == "for" and not ahead else "within"
        yield Found(found.start(), found.end(), fields, 7)
    for found in matches(_LATER, text, words, _UNITS):
        sign = 1 if _key(found["side"]) in {"later", "afterward", "afterwards"} else -1
        yield Found(found.start(), found.end(), {"anchor": "span"} | quantity(found, sign=sign), 6)


def _weekdays(text: str, words: frozenset[str]) -> Iterator[Found]:
    for found in matches(_WEEKDAY, text, words, _WEEKDAY_HINTS):
        which = _key(found["which"] or "")
        if which in {"every", "each"}:
            continue  # a habit has no day
        before = text[max(0, found.start() - BEFORE) : found.start()].rstrip()
        named = before.split()[-1] if before[-1:].isalpha() else ""
        if named in _NAMED_DAYS and not _starts_sentence(before):
            continue  # the name of a day in the year
        soft = {
            "last": "last_weekday",
            "previous": "last_weekday",
            "the previous": "last_weekday",
            "this past": "weekday",
            "past": "weekday",
        }.get(which, "weekday")
        if which in {"next", "this coming", "coming", "the following", "following"}:
            soft = "next_weekday"
        yield Found(found.start(), found.end(), {"anchor": "report", "weekday": weekday(found["day"]), "soft": soft}, 4)


def _starts_sentence(before: str) -> bool:
    head = before.rsplit(None, 1)[0].rstrip() if " " in before else ""
    return not head or head[-1] in ".!?"
