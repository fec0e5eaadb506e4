"""How two happenings of a sentence hang together, and which nouns of a clause take up what was told before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["apart", "bound", "pointing_nouns"]

POINTING = frozenset({"the", "this", "that", "these", "those", "its", "their", "such"})
ASIDE = frozenset({"before", "after", "while", "whereas", "although", "though", "since", "until"})
"""Words that set one happening beside another, not in it."""


def pointing_nouns(token: Token) -> list[Token]:
    """Return the definite nouns of a clause that may take up a happening: the word itself, its object, its "in the raid"."""
    found = []
    for word in [token, *token.subtree]:
        if word.pos_ != "NOUN" or (word != token and word.dep_ not in {"pobj", "dobj", "nsubj", "nsubjpass", "poss"}):
            continue
        if any(child.dep_ in {"det", "poss"} and child.lower_ in POINTING for child in word.children):
            found.append(word)
    return found


def bound(one: Token, other: Token) -> bool:
    """Return whether two happenings of a sentence share their clause or its subject, and so most likely their place.

    "Ten died when gunmen raided the market in Jos" and ", wounding five" are bound; a relative clause, and a clause with a
    subject of its own behind "and" or "but", are not.
    """
    return bool(_reach(one) & _reach(other))


def apart(one: Token, other: Token) -> bool:
    """Return whether one of two happenings is told as before, after or beside the other, and so may lie elsewhere."""
    for word in (one, other):
        current = word
        for _ in range(6):
            marks = {child.lower_ for child in current.children if child.dep_ in {"mark", "advmod"}}
            if current.dep_ == "advcl" and marks & ASIDE:
                return True
            if current.dep_ == "pcomp" and current.head.lower_ in ASIDE:
                return True
            if current.head == current or current in {one, other} - {word}:
                break
            current = current.head
    return False


def _reach(token: Token) -> set[int]:
    found = {token.i}
    current = token
    for _ in range(10):
        if current.head == current or current.dep_ in {"relcl", "ccomp", "parataxis"}:
            break
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in current.children)
        short = current.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in current.children)
        if current.dep_ == "conj" and own and not short:
            break
        current = current.head
        found.add(current.i)
    return found
