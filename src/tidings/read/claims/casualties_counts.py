"""The number that belongs to a word of harm: of its noun, or standing by itself near it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tidings.model import Amount
from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene
from tidings.read.numbers import Counted, one
from tidings.read.page import place

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["DEAD_WORDS", "amount", "count", "cover", "loose", "number_before"]

REACH = 7
"""Words to the left of "dead" or "wounded" among which a number with no noun is sought."""
DEAD_WORDS = frozenset(
    {
        "dead",
        "wounded",
        "injured",
        "killed",
        "missing",
        "body",
        "corpse",
        "others",
        "other",
        "more",
        "toll",
        "casualty",
        "fatality",
        "loss",
        "death",
    }
)


def count(scene: Scene, head: Token) -> Counted | Amount | None:
    """Return the number that counts a noun, also through "of", or one for a single person."""
    counted = scene.count_of(head)
    if counted is not None:
        return counted
    if head.pos_ == "NUM":
        inside = scene.amounts_within(*place(head))
        if inside and inside[0].kind == "count":
            return inside[0]
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for item in child.children:
                if item.dep_ == "pobj":
                    inner = scene.count_of(item)
                    if inner is not None and not inner.definite:
                        return inner
    if head.pos_ == "NOUN" and head.lower_ not in DEAD_WORDS:
        return one(head)
    return None


def amount(found: Counted | Amount | None) -> Amount | None:
    """Return the interval of a number found."""
    return found.amount if isinstance(found, Counted) else found


def cover(draft: Draft, counted: Counted) -> None:
    """Stretch the quote over a number of the same sentence that it states."""
    if draft.sentence.start <= counted.start and counted.end <= draft.sentence.end:
        draft.start, draft.end = min(draft.start, counted.start), max(draft.end, counted.end)


def number_before(scene: Scene, token: Token) -> Token | None:
    """Return the bare number right before a word of harm, which counts nobody else: "40" of "more than 40 injured"."""
    if token.i <= token.sent.start:
        return None
    before = token.nbor(-1)
    if before.pos_ != "NUM":
        return None
    inside = scene.amounts_within(*place(before))
    return before if inside and inside[0].kind == "count" and inside[0].end == place(before)[1] else None


def loose(scene: Scene, token: Token) -> Counted | None:
    """Return a number that stands by itself near a word of harm ("leaving 30 dead", "toll rose to 57", "killing twelve")."""
    counted = scene.count_of(token)
    if counted is not None:
        return counted
    for child in token.subtree:
        if child.pos_ == "NUM" and child.head in {token, token.head} | set(token.children):
            inner = scene.amounts_within(*place(child))
            if inner and inner[0].kind == "count":
                return inner[0]
    if token.lower_ == "toll":
        for word in token.doc[token.i + 1 : min(token.sent.end, token.i + 12)]:
            inner = scene.amounts_within(*place(word))
            if inner and inner[0].kind == "count":
                return inner[0]
    if token.lower_ in DEAD_WORDS or token.lemma_.lower() in DEAD_WORDS:
        put = _put_at(scene, token)
        if put is not None:
            return put
        for back in range(1, REACH + 1):
            at = token.i - back
            if at < token.sent.start:
                return None
            word = token.doc[at]
            if word.lower_ in {"dead", "wounded", "killed", "injured", "and", ","} and back > 1:
                return None
            inner = scene.amounts_within(*place(word))
            if inner and inner[0].kind == "count":
                return inner[0]
    for child in token.children:
        if child.dep_ in {"dobj", "nsubjpass"} and child.pos_ == "NUM":
            inner = scene.amounts_within(*place(child))
            if inner:
                return inner[0]
    return None


def _put_at(scene: Scene, token: Token) -> Counted | None:
    """Return the number that dead are put at: "the dead since May at 175", "the number of wounded stood at 60"."""
    words = token.doc[token.i + 1 : min(token.sent.end, token.i + 12)]
    for word, behind in pairwise(words):
        if word.text in {",", ";", "."} or word.lower_ in DEAD_WORDS:
            return None
        if word.lower_ in {"at", "to"}:
            inner = scene.amounts_within(*place(behind))
            if not inner or inner[0].kind != "count":
                continue
            after = next((item for item in words if place(item)[0] >= inner[0].end), None)
            if after is None or after.pos_ not in {"NOUN", "PROPN", "ADJ"}:
                return inner[0]
    return None
