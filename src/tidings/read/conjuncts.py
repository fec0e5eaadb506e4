"""A word with all that is listed beside it: "soldiers, police and militiamen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["NOMINAL", "expanded"]

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET"})
"""Parts of speech that stand where a noun does."""


def expanded(token: Token) -> list[Token]:
    """Return a head with its conjuncts ("soldiers, police and militiamen" gives three), in order."""
    known: dict[str, list[Token]] = token.known  # type: ignore[attr-defined]  # see words.py
    listed = known.get("expanded")
    if listed is None:
        listed = known["expanded"] = _expanded(token)
    return listed.copy()


def _expanded(token: Token) -> list[Token]:
    found = [token]
    waiting = [token]
    while waiting and len(found) < 40:
        current = waiting.pop(0)
        for child in current.children:
            if child.dep_ == "conj" and child.pos_ in NOMINAL and child not in found:
                closed = any(_closes_list(other) and other.i < child.i for other in found)
                if closed and child.left_edge.i > 0 and child.left_edge.nbor(-1).text == ",":
                    continue  # "troops and militias, residents and an official said": a new list begins
                found.append(child)
                waiting.append(child)
            elif child.dep_ == "prep" and child.lower_ == "including":
                for member in child.children:
                    if member.dep_ == "pobj" and member not in found:
                        found.append(member)
                        waiting.append(member)
    return found


def _closes_list(token: Token) -> bool:
    """Return whether a conjunct is the last of its list: "and" stands right before its phrase."""
    return token.dep_ == "conj" and token.left_edge.i > 0 and token.left_edge.nbor(-1).lower_ in {"and", "or", "&"}
