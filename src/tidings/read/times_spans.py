"""Words about time counted from another happening, and lengths.

"a little over a week after the loss of the town", "the third day after the siege began", "after 20 days of
fighting", "since the withdrawal", "the month-long siege", "for over a month". The other happening is given by its words
(``of_start``/``of_end``); which claim they tell of is found later.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tidings.read.times_words import BEFORE, QUANTITY, Found, hints, lexicon, matches, one_of, quantity
from tidings.read.token_starts import token_starts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["span_words"]

_SIGNS = {
    "after": 1, "following": 1, "since": 1, "into": 1, "from": 1, "before": -1, "prior to": -1, "ahead of": -1, "until": -1,
}  # fmt: skip
_LINK = r"(?P<link>after|following|before|prior\s+to|ahead\s+of|into|since)"
_QUANTITY_LINK = re.compile(rf"\b{QUANTITY}\s+{_LINK}\b", re.IGNORECASE)
_LOOSE_LINK = re.compile(
    rf"\b(?:(?:only|just|barely|mere|a\s+matter\s+of)\s+)?(?P<how>minutes|hours|days|weeks|months|years|just|shortly|soon|immediately|right|moments|long)\s+{_LINK}\b",
    re.IGNORECASE,
)
_LOOSE_STORY = re.compile(
    r"\b(?:only\s+|just\s+)?(?P<how>minutes|hours|days|weeks|months|years|shortly|soon)\s+(?P<side>later|earlier|afterwards?|before)\b(?!\s+(?:the|a|an)\b)",
    re.IGNORECASE,
)
_NTH_DAY = re.compile(
    rf"\b(?:on\s+|by\s+)?(?:the|its|their)\s+(?P<nth>{one_of(lexicon()['ordinals'])}|\d{{1,3}}(?:st|nd|rd|th))\s+(?:straight\s+|consecutive\s+)?(?P<unit>day|night|week|month|year)\s+(?P<link>after|of|since)\b",
    re.IGNORECASE,
)
_FIRST_UNITS = re.compile(
    rf"\b(?:in|during|within|over|for)\s+(?:the|its|their)\s+first\s+{QUANTITY}(?P<of>\s+of)?\b", re.IGNORECASE
)
_EDGE_OF = re.compile(
    r"\b(?:in|at|on|during|by|from|since|until)\s+the\s+(?P<edge>early\s+(?:days|hours|stages|weeks|phases?)|first\s+(?:days|hours|weeks|phase|stage|moments)|start|beginning|outset|onset|opening|"
    r"end|final\s+(?:days|hours|weeks|stages?)|last\s+(?:days|hours)|close|conclusion)\s+of\b",
    re.IGNORECASE,
)
_AFTER_LENGTH = re.compile(
    rf"\b(?P<lead>after|following|during|in|over|amid|despite|throughout)?\s*(?<!\w){QUANTITY}\s+of\b", re.IGNORECASE
)
_LENGTH_ADJECTIVE = re.compile(
    rf"\b(?P<number>\d{{1,3}}|{one_of(lexicon()['numbers'])})?-?(?P<unit>hour|day|week|month|year)s?(?:-|\s)long\b|"
    rf"\b(?P<number_b>\d{{1,3}}|{one_of(lexicon()['numbers'])})-(?P<unit_b>hour|day|week|month|year)(?=\s+[a-z])(?!-old)",
    re.IGNORECASE,
)
_FOR_LENGTH = re.compile(
    rf"\b(?:for|lasting|lasted(?:\s+for)?|lasts)\s+{QUANTITY}\b(?!\s+(?:of|ago|old)\b|-old)", re.IGNORECASE
)
_ORDER = re.compile(
    r"\b(?:(?:in|during)\s+the\s+(?:wake|aftermath|course)\s+of|on\s+the\s+heels\s+of+|since|until|till|after|following|before|prior\s+to|during|ahead\s+of)\b",
    re.IGNORECASE,
)
_LOOSE = {
    "minutes": "soon", "moments": "soon", "hours": "some_hours", "days": "some_days", "weeks": "some_weeks", "months": "some_months", "years": "some_years",
    "shortly": "soon", "soon": "soon", "immediately": "soon", "right": "soon", "just": "soon", "long": "long",
}  # fmt: skip
_UNITS, _LOOSE_HINTS = hints("units"), frozenset(_LOOSE)
_EDGE_HINTS = frozenset("early first start beginning outset onset opening end final last close conclusion".split())
_ORDER_HINTS = frozenset(
    "wake aftermath course heels since until till after following before prior during ahead".split()
)
_NO_EVENT_LEMMA = frozenset({"that", "this", "which", "it", "they", "them", "all", "then"})
_FARTHEST = 18
"""Tokens of the other happening's words at most, where the parse gives no end."""


def span_words(doc: Doc, text: str, words: frozenset[str]) -> Iterator[Found]:
    """Yield words about time that are counted from another happening, and lengths.

    Args:
        doc: The parsed paragraph.
        text: Its text as the parser saw it.
        words: Its words, see :func:`~tidings.read.times_words.words_of`.
    """
    starts = token_starts(doc)
    for found in matches(_QUANTITY_LINK, text, words, _UNITS):
        yield from _linked(doc, starts, found, quantity(found, sign=_sign(found["link"])), 8)
    for found in matches(_LOOSE_LINK, text, words, _LOOSE_HINTS):
        sign = _sign(found["link"])
        yield from _linked(doc, starts, found, {"soft": _LOOSE[found["how"].casefold()], "sign": sign}, 7)
    for found in matches(_LOOSE_STORY, text, words, _LOOSE_HINTS):
        sign = 1 if found["side"].casefold() in {"later", "afterward", "afterwards"} else -1
        yield Found(
            found.start(), found.end(), {"anchor": "span", "soft": _LOOSE[found["how"].casefold()], "sign": sign}, 5
        )
    yield from _nth(doc, starts, text, words)
    yield from _edges(doc, starts, text, words)
    yield from _lengths(doc, starts, text, words)
    yield from _orders(doc, starts, text, words)


def _sign(link: str) -> int:
    return _SIGNS[" ".join(link.casefold().split())]


def _token(starts: list[int], doc: Doc, position: int) -> Token | None:
    at = bisect_left(starts, position)
    return doc[at] if at < len(starts) and len(doc) else None


def _other(doc: Doc, starts: list[int], link_end: int) -> tuple[int, int, Token] | None:
    """Return the words of the happening behind a linking word that ends at ``link_end``, and their head."""
    at = bisect_left(starts, link_end)
    if at >= len(doc) or at == 0:
        return None
    link = doc[at - 1]
    heads = [child for child in link.children if child.i >= at and child.dep_ in {"pobj", "pcomp"}]
    if not heads and link.dep_ in {"mark", "advmod"} and link.head.i >= at:
        heads = [link.head]
    if not heads and link.dep_ == "prep":
        heads = [child for child in link.children if child.i >= at and child.dep_ != "punct"]
    if heads:
        inside = [token for token in heads[0].subtree if token.i >= at]
        last = at - 1
        # The stretch stops where the subtree leaves a gap, so that a far conjunct does not swallow the sentence.
        for token in sorted(inside, key=lambda one: one.i):
            if token.i > last + 1:
                break
            last = token.i
        if last >= at:
            return doc[at].idx, doc[last].idx + len(doc[last].text), heads[0]
    last = at
    while last + 1 < len(doc) and last - at < _FARTHEST and doc[last + 1].text not in {",", ".", ";", '"', "-", "("}:
        last += 1
    return doc[at].idx, doc[last].idx + len(doc[last].text), doc[last]


def _edge(text: str, start: int, end: int) -> tuple[int, str]:
    """Return where the happening's own words begin and which of its ends they name ("the start of the assault")."""
    words = text[start:end]
    found = re.match(
        r"(?:the\s+|its\s+)?(?P<edge>start|beginning|outbreak|onset|outset|launch|end|conclusion|close)\s+of\s+",
        words,
        re.IGNORECASE,
    )
    if not found:
        return start, ""
    return start + found.end(), "end" if found["edge"].casefold() in {"end", "conclusion", "close"} else "start"


def _linked(doc: Doc, starts: list[int], found: re.Match[str], fields: dict[str, Any], rank: int) -> Iterator[Found]:
    other = _other(doc, starts, found.end())
    if other is None:
        return
    start, edge = _edge(found.string, other[0], other[1])
    own: dict[str, Any] = {"anchor": "span", "of_start": start, "of_end": other[1]}
    if edge:
        own["of_edge"] = edge
    yield Found(found.start(), found.end(), own | fields, rank)


def _nth(doc: Doc, starts: list[int], text: str, words: frozenset[str]) -> Iterator[Found]:
    for found in matches(_NTH_DAY, text, words, _UNITS):
        shown = found["nth"].casefold()
        nth = int(re.sub(r"\D", "", shown)) if shown[0].isdigit() else int(lexicon()["ordinals"][shown])
        unit = {"night": "day"}.get(found["unit"].casefold(), found["unit"].casefold())
        # "The second day after the start" is counted with the first day as day one by some and as day nought by others.
        soft = "nth_of" if found["link"].casefold() == "of" else "nth_after"
        yield from _linked(
            doc, starts, found, {"soft": soft, "number": float(nth), "unit": unit, "sign": 1, "of_edge": "start"}, 9
        )


def _edges(doc: Doc, starts: list[int], text: str, words: frozenset[str]) -> Iterator[Found]:
    for found in matches(_FIRST_UNITS, text, words, _UNITS):
        fields = quantity(found, sign=1) | {"anchor": "span", "shape": "within", "of_edge": "start"}
        if found["of"]:
            yield from _linked(doc, starts, found, fields, 9)
        else:
            yield Found(found.start(), found.end(), fields, 9)
    for found in matches(_EDGE_OF, text, words, _EDGE_HINTS):
        edge = " ".join(found["edge"].casefold().split())
        soft = (
            "early_days"
            if edge.split()[0] in {"early", "first"}
            else "final_days"
            if edge.split()[0] in {"final", "last"}
            else ""
        )
        fields = {
            "of_edge": "end" if edge.split()[0] in {"end", "final", "last", "close", "conclusion"} else "start",
            "sign": 1,
        }
        if soft:
            fields |= {"soft": soft, "shape": "within"}
        else:
            lead = found.group().split()[0].casefold()
            fields |= {
                "least": 0,
                "most": 0,
                "shape": {"since": "since", "from": "since", "until": "until"}.get(lead, "point"),
            }
        yield from _linked(doc, starts, found, fields, 6)


def _lengths(doc: Doc, starts: list[int], text: str, words: frozenset[str]) -> Iterator[Found]:
    for found in matches(_AFTER_LENGTH, text, words, _UNITS):
        other = _other(doc, starts, found.end())
        if other is None:
            continue
        head = other[2]
        if head.pos_ not in {"NOUN", "VERB", "PROPN"} or head.ent_type_ == "DATE" or head.lower_ in lexicon()["units"]:
            continue
        lead = (found["lead"] or "").casefold()
        after = lead in {"after", "following"}
        first = found.start() if lead else found.start() + len(found.group()) - len(found.group().lstrip())
        fields = quantity(found, sign=1 if after else 0)
        own: dict[str, Any] = {
            "anchor": "span",
            "shape": "after" if after else "lasting",
            "of_start": other[0],
            "of_end": other[1],
            "of_edge": "start",
        }
        yield Found(first, found.end(), own | fields, 8)
    for found in matches(_LENGTH_ADJECTIVE, text, words, _UNITS):
        unit = (found["unit"] or found["unit_b"]).casefold()
        shown = found["number"] or found["number_b"]
        fields = {"anchor": "span", "shape": "lasting", "unit": unit, "sign": 0}
        plural = found["unit"] and text[found.start() : found.end()].casefold().startswith(f"{unit}s")
        if plural:
            fields["soft"] = "several"
        else:
            value = (
                1.0
                if not shown
                else float(shown)
                if shown[0].isdigit()
                else float(lexicon()["numbers"][shown.casefold()])
            )
            fields |= {"soft": "about" if found["unit"] else "exact", "number": value}
        noun = _noun_after(doc, starts, found.end())
        if noun is None:
            continue
        if re.search(
            r"\b(?:after|following)\s+(?:an?\s+|the\s+|its\s+|their\s+)?\Z",
            text[max(0, found.start() - BEFORE) : found.start()],
            re.IGNORECASE,
        ):
            # "After a five-day siege": counted from its start, as "after five days of siege" is.
            fields |= {"shape": "after", "sign": 1, "of_edge": "start"}
        yield Found(
            found.start(), found.end(), fields | {"of_start": found.end() + 1, "of_end": noun.idx + len(noun.text)}, 6
        )
    for found in matches(_FOR_LENGTH, text, words, _UNITS):
        if _still_going(_token(starts, doc, found.start())):
            fields = {"anchor": "report", "shape": "since"} | quantity(found, sign=-1)
        else:
            fields = {"anchor": "span", "shape": "lasting"} | quantity(found, sign=0)
        yield Found(found.start(), found.end(), fields, 6)


def _still_going(token: Token | None) -> bool:
    """Whether a length hangs on a present perfect, so that it runs up to now ("has been trying for a month")."""
    if token is None or token.lower_ != "for":
        return False
    verb = token.head
    for _ in range(2):
        auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
        if auxiliaries & {"has", "have", "'ve", "'s"} and verb.tag_ in {"VBG", "VBN"}:
            return True
        if verb.dep_ not in {"xcomp", "conj", "ccomp"}:
            return False
        verb = verb.head
    return False


def _noun_after(doc: Doc, starts: list[int], position: int) -> Token | None:
    at = bisect_left(starts, position)
    found = None
    for token in doc[at : at + 5]:
        if token.pos_ in {"NOUN", "PROPN"}:
            found = token
        elif found is not None or token.pos_ in {"VERB", "AUX", "PUNCT", "ADP"}:
            break
    return found


def _orders(doc: Doc, starts: list[int], text: str, words: frozenset[str]) -> Iterator[Found]:
    """Yield "after X", "before X", "since X" and the like, where X is a happening and not a day."""
    for found in matches(_ORDER, text, words, _ORDER_HINTS):
        token = _token(starts, doc, found.start())
        if token is None or token.pos_ not in {"ADP", "SCONJ", "VERB", "ADV"}:
            continue
        if token.dep_ == "advmod" and not any(child.dep_ in {"pobj", "pcomp"} for child in token.children):
            if token.lower_ == "since":  # "which has since seen clashes": since what was told before
                yield Found(
                    found.start(),
                    found.end(),
                    {"anchor": "span", "shape": "since", "least": 0, "most": 0, "sign": 1},
                    1,
                )
            continue
        other = _other(doc, starts, found.end())
        if other is None or other[2].lower_ in _NO_EVENT_LEMMA or other[2].ent_type_ in {"DATE", "TIME", "PERSON"}:
            continue
        if (
            other[2].pos_ not in {"NOUN", "VERB", "AUX"}
            or other[2].lower_ in lexicon()["units"]
            or other[2].lower_ in lexicon()["daytime"]["words"]
        ):
            continue
        start, edge = _edge(found.string, other[0], other[1])
        word = " ".join(found.group().casefold().split())
        if word == "since":
            fields: dict[str, Any] = {"shape": "since", "least": 0, "most": 0, "sign": 1}
        elif word in {"until", "till"}:
            fields = {"shape": "until", "least": 0, "most": 0, "sign": -1}
        elif word == "during" or word.endswith("course of"):
            fields = {"shape": "within", "sign": 0}
        elif word in {"before", "prior to", "ahead of"}:
            fields = {"shape": "before", "most": 0, "sign": -1}
        else:
            fields = {"shape": "after", "least": 0, "sign": 1}
        yield Found(
            found.start(),
            found.end(),
            {"anchor": "span", "of_start": start, "of_end": other[1], "of_edge": edge} | fields,
            1,
        )
