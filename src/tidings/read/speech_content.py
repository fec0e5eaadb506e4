"""What is said, as code points: from tokens of the parse to tidy stretches of the document's text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from tidings.read.page import place

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["clause_tokens", "is_verb", "phrase", "pieces", "tidy"]

_EDGE = " \t\n\r\u00a0\u202f,;:–—―-"
_LEAD = re.compile(r"(?:that|and that|but that)\s+(?=\S)")
_DATELINE = re.compile(
    r"[A-Z][^\W\d_]+(?:[ ,][^\n.–—―:;]{0,40})?\s*(?:\([A-Za-z. ]{2,20}\)\s*)?[–—―-]{1,2}\s+(?=[A-Z\"“])"
)
_TAIL = re.compile(r"\s(?:and|but|while)\Z")
_QUOTES = {"“": "”", '"': '"', "‘": "’", "«": "»"}
_KEPT_PREPOSITIONS = frozenset("of for from inside within in at near close among with on".split())
_CLOSERS = frozenset({"reports", "says", "said", "claims", "estimates", "reported"})
_TO = frozenset({"adviser", "advisor", "aide", "assistant", "envoy", "ambassador", "deputy"})
"""Who is somebody to somebody: "an aide to the governor"."""
_OF = frozenset({"of", "for"})
"""Prepositions inside a name: "Observatory for Human Rights". "ARA News in Hasakah" is ARA News."""
_CLOSE = frozenset({"close", "loyal", "familiar", "near", "sympathetic"})
_LONGEST_PHRASE = 14
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
"""A time before a name, as in a running log."""


def is_verb(token: Token) -> bool:
    """Return whether a token heads a clause."""
    return token.pos_ in {"VERB", "AUX"}


def clause_tokens(head: Token, without: Collection[int] = ()) -> list[Token]:
    """Return the tokens under ``head`` in order, leaving out those whose index is in ``without``."""
    return [token for token in head.subtree if token.i not in without]


def pieces(tokens: Iterable[Token], *, least_words: int = 1) -> list[tuple[int, int]]:
    """Return the unbroken stretches of some tokens of one paragraph, tidied; a gap of mere punctuation breaks nothing."""
    ordered = sorted(tokens, key=lambda token: token.i)
    found: list[tuple[int, int]] = []
    for run in _runs(ordered):
        if sum(token.is_alpha or token.like_num for token in run) < least_words:
            continue
        start, end = place(run[0])[0], place(run[-1])[1]
        start, end = tidy(run[0].doc.text, start - _offset(run[0]), end - _offset(run[0]))
        if start < end:
            found.append((start + _offset(run[0]), end + _offset(run[0])))
    return found


def _offset(token: Token) -> int:
    offset: int = token.doc.user_data["offset"]
    return offset


def _runs(ordered: list[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in ordered:
        if run and token.i > run[-1].i + 1:
            gap = token.doc[run[-1].i + 1 : token.i]
            if not all(between.is_punct or between.is_space for between in gap):
                yield run
                run = []
        run.append(token)
    if run:
        yield run


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """Take commas, dashes, "that" and quotation marks without a partner off the ends of a stretch."""
    dateline = _DATELINE.match(text, start, end) if start == 0 or text[start - 1] == "\n" else None
    if dateline:
        start = dateline.end()
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and text[start] in _EDGE + ".!?":
            start += 1
        while start < end and text[end - 1] in _EDGE + ".":
            end -= 1
        tail = _TAIL.search(text, start, end)
        end = tail.start() if tail else end
        lead = _LEAD.match(text, start, end)
        if lead:
            start = lead.end()
        start, end = _unwrap(text, start, end)
        changed = (start, end) != before
    return start, end


def _unwrap(text: str, start: int, end: int) -> tuple[int, int]:
    if start >= end:
        return start, end
    if text.startswith("''", start) and text.count("''", start, end) == 1:
        return start + 2, end
    if text.endswith("''", start, end) and text.count("''", start, end) == 1:
        return start, end - 2
    first, last = text[start], text[end - 1]
    words = text[start:end]
    if (
        first in _QUOTES
        and (words.count(_QUOTES[first]) == (2 if _QUOTES[first] == first else 1))
        and last == _QUOTES[first]
    ):
        return start + 1, end - 1
    if first in _QUOTES and _QUOTES[first] not in words[1:]:
        return start + 1, end
    if last in "”»" and {"”": "“", "»": "«"}[last] not in words:
        return start, end - 1
    if last == '"' and words.count('"') == 1:
        return start, end - 1
    return start, end


def phrase(head: Token) -> list[Token]:
    """Return the noun phrase of ``head`` without relative clauses and remarks: "sources inside the town", "rebel chief Ali".

    A preposition's phrase is kept where it follows at once, is short and holds no verb or quotation.
    """
    if (
        head.pos_ == "PRON"
        and head.dep_ != "poss"
        and head.lower_ not in {"one", "some", "others", "many", "those", "all"}
    ):
        return [head]
    left = head.i
    while left > head.sent.start:
        token = head.doc[left - 1]
        if token.text == "-" and token.whitespace_:
            break  # a dash, as in a headline: "Base overrun - ministry"
        if token.is_punct and token.text not in {"-", "/", "."} and not (token.is_quote and token.i > head.sent.start):
            break
        if (
            _CLOCK.fullmatch(token.text)
            or not _under(token, head)
            or (is_verb(token) and token.dep_ in {"relcl", "advcl", "ccomp"})
            or token.is_quote
        ):
            break
        left -= 1
        if token.lower_ in {"a", "an", "the"}:
            break
    right = _right_edge(head, left)
    while left < head.i and head.doc[left].dep_ in {"advmod", "cc", "punct", "mark"} and head.doc[left].head == head:
        left += 1
    return [head.doc[index] for index in range(left, right + 1)]


def _right_edge(head: Token, left: int) -> int:
    right = head.i
    grown = True
    while grown:
        grown = False
        for child in sorted(head.rights, key=lambda token: token.i):
            if child.i <= right or (child.i > right + 1 and not (child.dep_ == "conj" and child.i <= right + 12)):
                continue
            under = list(child.subtree)
            if any(
                token.lower_ in _CLOSERS for token in head.doc[head.i + 1 : max(child.i, max(t.i for t in under)) + 1]
            ):
                break  # "a photographer reports, and residents …": the verb was taken for a noun
            close = child.lower_ in _CLOSE and any(part.dep_ == "prep" for part in child.children)
            end = max(token.i for token in under)
            plain = not any(token.is_quote or token.text in "—–―()," or is_verb(token) for token in under)
            if end - left >= _LONGEST_PHRASE or not plain:
                continue
            if (
                (child.dep_ == "prep" and child.lower_ in (_OF if head.pos_ == "PROPN" else _KEPT_PREPOSITIONS))
                or close
                or (child.dep_ == "prep" and child.lower_ == "to" and head.lemma_.lower() in _TO)
                or child.dep_ in {"case", "compound", "nummod"}
                or (child.dep_ == "prep" and child.lower_ in {"next", "around"})
                or (child.dep_ in {"cc", "conj"} and child.pos_ in {"CCONJ", "PROPN", "NOUN"})
            ):
                right = end
                grown = True
                break
    while head.doc[right].dep_ == "cc" or (head.doc[right].is_punct and right > head.i):
        right -= 1
    return right


def _under(token: Token, head: Token) -> bool:
    return token == head or head.is_ancestor(token)
