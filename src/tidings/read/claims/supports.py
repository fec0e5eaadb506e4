"""The light verb that carries an event noun: "launched" of "launched an attack", "erupted" of "clashes erupted"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.claims.scene import Scene
from tidings.read.roles import is_passive, weapon_before

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_series", "support_of"]

SERIES = frozenset(
    "wave spate series string round bout outbreak spell pocket campaign act spree flurry burst upsurge surge night case incident dozen hundred".split()
)


def is_series(noun: Token) -> bool:
    """Return whether a noun says how often or how much of what follows "of": "a wave of attacks", "pockets of resistance"."""
    return noun.lemma_.lower() in SERIES


def support_of(token: Token, scene: Scene) -> tuple[Token | None, str]:
    """Return the light verb that carries an event noun and what its subject is (do, happen, undergo, see).

    Example: "launched" and "do" for "attack" in "the militia launched an attack"; ("erupted", "happen") for "clashes erupted".
    """
    carriers = scene.triggers.support
    nothing: frozenset[str] = frozenset()
    for child in token.children:
        if child.dep_ not in {"acl", "relcl"}:
            continue
        roles = carriers.get(child.lemma_.lower(), nothing)
        if "do" in roles and is_passive(child):
            return child, "do"
        if (
            "happen" in roles
            and (child.dep_ == "relcl" or child.tag_ in {"VBD", "VBN"})
            and not any(c.dep_ == "dobj" for c in child.children)
        ):
            return child, "happen"
    current = token.head if weapon_before(token) else token
    if current.dep_ == "pobj" and current.head.lower_ == "of" and is_series(current.head.head):
        current = current.head.head  # "launched a wave of attacks"
    for _ in range(4):
        if current.dep_ != "conj" or current.head.pos_ not in {"NOUN", "PROPN"}:
            break
        current = current.head
    head = current.head
    roles = carriers.get(head.lemma_.lower(), nothing)
    if head.pos_ in {"VERB", "AUX"}:
        if current.dep_ in {"dobj", "attr", "oprd"}:
            role = next((name for name in ("do", "undergo", "see") if name in roles), "")
            return (head, role) if role else (None, "")
        if current.dep_ == "nsubjpass" and roles & {"do", "undergo"}:
            return head, "do"
        if current.dep_ in {"nsubj", "nsubjpass"} and roles & {"do", "happen"}:
            return head, "happen"
        if current.dep_ in {"nsubj", "attr"} and head.lemma_ == "be" and not _superlative(token):
            return head, "happen"
        return None, ""
    if current.dep_ == "pobj":
        above = head.head
        if head.lower_ == "in" and above.lower_ == "part" and above.head.lemma_.lower() == "take":
            return above.head, "do"  # "took part in the assault"
        if head.lower_ == "in" and above.lemma_.lower() == "take" and any(c.lower_ == "part" for c in above.children):
            return above, "do"
        roles = carriers.get(above.lemma_.lower(), nothing)
        if above.pos_ not in {"VERB", "AUX"}:
            return None, ""
        if head.lower_ in {"in", "into", "with"} and "do" in roles:
            return above, "do"
        if head.lower_ in {"to", "under"} and "undergo" in roles:
            return above, "undergo"
        if head.lower_ == "on" and token.lemma_.lower() == "alert":
            return above, "do"
        if above.lemma_ in {"explode", "erupt", "descend"} and head.lower_ == "into":
            return above, "happen"
    return None, ""


def _superlative(noun: Token) -> bool:
    return any(child.tag_ == "JJS" for child in noun.children)
