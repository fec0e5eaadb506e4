"""A deed that somebody claims or is charged with: "claimed the raid", "blamed the army for the massacre".

What is claimed or charged is a proposition of its own, spoken by who claims or accuses; its doer is who claims it, or who is accused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.roles import argument_path, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["accuser", "charged"]

CLAIMING = frozenset({"claim", "admit"})
ACCUSING = frozenset({"accuse", "suspect"})
BLAMING = frozenset({"blame"})


def accuser(verb: Token) -> list[Token]:
    """Return who says a deed that a gerund tells of: "the council" of "the council accused the army of burning the village"."""
    current = verb
    while current.dep_ == "conj" and current.head.tag_ == "VBG":
        current = current.head
    if current.dep_ != "pcomp" or current.head.lower_ != "of" or current.head.head.lemma_.lower() not in ACCUSING:
        return []
    return argument_path(current.head.head, "subj")


def charged(noun: Token) -> tuple[list[Token], list[Token]] | None:
    """Return who is said to have done what an event noun names, and who says so; None where nobody is charged with it.

    Example: for "massacre" of "the council blamed the army for the massacre" the army and the council.
    """
    current = noun
    for _ in range(3):
        if current.dep_ != "conj" or current.head.pos_ != "NOUN":
            break
        current = current.head
    head = current.head
    if current.dep_ == "dobj" and head.lemma_.lower() in CLAIMING:
        doers = surface_subjects(head)
        return doers, doers
    if current.dep_ == "dobj" and head.lemma_.lower() in BLAMING:
        blamed = argument_path(head, "on")
        return (blamed, surface_subjects(head)) if blamed else None
    if current.dep_ != "pobj":
        return None
    above = head.head
    if head.lower_ == "for":
        verb = above.head if above.lemma_.lower() in {"responsibility", "credit"} else above
        if verb.lemma_.lower() in CLAIMING:
            doers = surface_subjects(verb)
            return doers, doers
    verb = above.head if above.dep_ == "dobj" else above
    lemma = verb.lemma_.lower()
    if (head.lower_ == "of" and lemma in ACCUSING) or (head.lower_ == "for" and lemma in BLAMING):
        return argument_path(verb, "obj"), argument_path(verb, "subj")
    return None
