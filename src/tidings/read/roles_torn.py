"""Subjects that the parse hung on the wrong word, found again by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["swallowed_subject"]


def swallowed_subject(verb: Token) -> list[Token]:
    """Return a subject that the parse took into the phrase before it: "fighters" of "In the east FLN fighters entered the port"."""
    if verb.dep_ not in {"ROOT", "ccomp"} or verb.tag_ not in {"VBD", "VBP", "VBZ"}:
        return []
    for child in verb.lefts:
        if child.dep_ != "prep" or child.right_edge.i + 1 >= len(child.doc):
            continue
        following = child.right_edge.nbor()
        if following != verb and following.head != verb:
            continue
        nouns = [item for item in child.children if item.dep_ == "pobj"]
        if nouns and any(word.dep_ in {"nmod", "compound"} for word in nouns[-1].lefts):
            return nouns[-1:]
    return []
