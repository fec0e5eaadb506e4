"""Whether a proposition is asserted, denied, possible or intended: read off what stands above and around its word.

Order of power: a denial beside the word or above it wins, then possibility, then intention. "Reportedly" and "so-called"
are no marks: who says it is the chain's business. The words are data (``lexicons/triggers-modes.toml``).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_attempt", "is_modal_noun", "mode_of"]

HIGHEST = 6
"""Steps of climbing to verbs and nouns on which the proposition hangs."""


@cache
def _words(name: str) -> frozenset[str]:
    source = files("tidings.read").joinpath("lexicons/triggers-modes.toml")
    return frozenset(tomllib.loads(source.read_text(encoding="utf-8"))["modes"][name].split())


def _negated(token: Token) -> bool:
    for child in token.children:
        if child.dep_ == "neg" or (child.dep_ in {"det", "preconj", "cc"} and child.lower_ in {"no", "neither"}):
            # "not only … but also" denies nothing.
            following = child.nbor() if child.i + 1 < len(child.doc) else None
            if following is None or following.lower_ not in {"only", "just", "merely"}:
                return True
    return False


def _beside(token: Token) -> str:
    """Return the mode that the word's own auxiliaries, adverbs and determiners give, or an empty string."""
    if _negated(token):
        return "denied"
    lowered = {child.lower_: child for child in token.children}
    have = any(child.dep_ == "aux" and child.lemma_ == "have" for child in token.children)
    for child in token.children:
        if child.dep_ in {"aux", "auxpass"}:
            if child.lower_ in _words("possible_modals"):
                return "intended" if child.lower_ == "could" and have else "possible"
            if child.lower_ in _words("intended_modals"):
                return "intended"
            if child.lower_ in _words("counterfactual"):
                return "intended"
        elif child.dep_ in {"advmod", "amod"} and (
            child.lower_ in _words("possible_adverbs") or child.lower_ in _words("possible_adjectives")
        ):
            return "possible"
        elif child.dep_ == "amod" and child.lower_ in _words("intended_adjectives"):
            return "intended"
        elif child.dep_ == "acomp" and child.lower_ in _words("due_adjectives"):
            return "intended"  # "talks are due tomorrow"
        elif child.dep_ == "mark" and child.lower_ in _words("condition_marks"):
            return "possible"
        elif (
            child.dep_ in {"nsubj", "nsubjpass", "dobj"}
            and token.pos_ in {"VERB", "AUX"}
            and (child.lower_ in {"no", "none", "nobody"} or any(c.lower_ == "no" for c in child.children))
        ):
            return "denied"
    if token.pos_ in {"VERB", "AUX"} and "about" in lowered and "to" in lowered:
        return "possible"
    return ""


_UP = {
    "xcomp",
    "ccomp",
    "acl",
    "advcl",
    "pcomp",
    "pobj",
    "prep",
    "dobj",
    "conj",
    "oprd",
    "nsubj",
    "nsubjpass",
    "attr",
    "dep",
    "relcl",
}


def _above(current: Token, head: Token) -> str | None:
    """Return the mode that ``head`` gives what hangs on it as ``current``; None to stop climbing, empty to go on."""
    lemma = head.lemma_.lower()
    relation = current.dep_
    if head.pos_ in {"VERB", "AUX"}:
        if relation in {"xcomp", "ccomp", "pcomp", "prep", "advcl"} or relation == "dobj":
            if relation == "ccomp" and current.i < head.i:
                return ""  # "ten men were shot, the council said; the army denies it": what stands before is another's word
            hangs = relation in {"xcomp", "ccomp", "prep", "pcomp"} or (relation == "dobj" and current.pos_ == "NOUN")
            purpose = relation == "advcl" and any(
                child.lower_ == "to" and child.dep_ == "aux" for child in current.children
            )
            if hangs and lemma in _words("denied_verbs") and not (lemma == "fail" and current.pos_ == "NOUN"):
                return "denied"
            if hangs and relation == "ccomp" and lemma in _words("possible_verbs"):
                return "possible"
            if relation == "prep" and lemma in _words("alleging_verbs"):
                return "possible"
            if lemma == "be" and relation == "xcomp" and current.tag_ == "VB":
                return "intended"  # "the brigade is to disband"
            if lemma in _words("intended_verbs") and (relation in {"xcomp", "ccomp"} or purpose or _aims(current)):
                return "intended"
            if purpose and any(
                c.dep_ == "dobj" and c.lemma_.lower() in _words("intended_nouns") for c in head.children
            ):
                return "intended"
            if relation == "dobj" and current.pos_ == "NOUN" and (lemma in _words("ending_verbs") or _on_hold(head)):
                return "denied"
            if relation == "dobj" and current.pos_ == "NOUN" and lemma in _words("wanting_verbs"):
                return "intended"
            if relation == "dobj" and current.pos_ == "NOUN" and lemma in _words("barring_verbs"):
                return "denied"
            if relation == "xcomp" and lemma in _words("attempt_verbs"):
                return "intended"
            if relation == "xcomp" and lemma == "go" and head.tag_ == "VBG":
                return "intended"
        return ""
    if head.lower_ == "about" and relation in {"xcomp", "advcl", "pcomp", "acl"}:
        return "possible"
    if head.pos_ == "ADJ" and relation in {"xcomp", "ccomp", "prep"}:
        if lemma in _words("possible_adjectives") or lemma == "about":
            return "possible"
        return "intended" if lemma in _words("intended_adjectives") else ""
    if head.pos_ in {"NOUN", "PROPN"} and relation in {"acl", "ccomp", "relcl", "prep", "pobj"}:
        if relation == "relcl" or (relation == "acl" and current.tag_ in {"VBG", "VBN"}):
            return None
        for name, mode in (("possible_nouns", "possible"), ("intended_nouns", "intended"), ("denied_nouns", "denied")):
            if lemma in _words(name):
                return mode if name != "denied_nouns" or relation == "acl" else ""
        # What only belongs to another noun ("areas under the control of …") is no part of what is planned or feared.
        return None if relation == "prep" else ""
    return ""


def _aims(current: Token) -> bool:
    """Return whether a preposition leads to a gerund: "aimed at retaking"."""
    return current.dep_ == "prep" and any(child.dep_ == "pcomp" for child in current.children)


def _on_hold(verb: Token) -> bool:
    """Return whether a verb puts its object on hold."""
    return any(
        child.lower_ == "on" and any(c.lower_ in {"hold", "ice"} for c in child.children) for child in verb.children
    )


def is_modal_noun(noun: Token) -> bool:
    """Return whether a noun makes what hangs on it possible ("fears of", "the risk of")."""
    return noun.lemma_.lower() in _words("possible_nouns")


def mode_of(token: Token, support: Token | None = None) -> str:
    """Return "asserted", "denied", "possible" or "intended" for the proposition that ``token`` tells of.

    Args:
        token: The word that tells of it, a verb or a noun.
        support: The light verb that carries it, where it is a noun.

    Example: "refused to return the cars" is denied; "the army may withdraw" possible; "vowed to retake it" intended;
    "they feared that it would fall" possible: what stands above outweighs "would".
    """
    found = [mode for word in (token, support) if word is not None and (mode := _beside(word))]
    if support is not None and support.lemma_.lower() in _words("open_supports"):
        found.append("possible")
    if (
        support is not None
        and token.dep_ == "dobj"
        and (support.lemma_.lower() in _words("ending_verbs") or _on_hold(support))
    ):
        found.append("denied")
    if support is not None and token.dep_ == "dobj" and support.lemma_.lower() in _words("wanting_verbs"):
        found.append("intended")
    found += _climbed(support if support is not None else token)
    for mode in ("denied", "possible", "intended"):
        if mode in found:
            return mode
    return "asserted"


def _climbed(current: Token) -> list[str]:
    found: list[str] = []
    for _ in range(HIGHEST):
        head = current.head
        if head == current or current.dep_ not in _UP:
            break
        if current.dep_ in {"nsubj", "nsubjpass"} and head.pos_ in {"VERB", "AUX"}:
            break
        if current.dep_ == "conj" and current.tag_ == "VB" and head.tag_ in {"VBG", "VBN", "VBD", "VBZ", "VBP"}:
            # "trying to remove them and push them out": the infinitive belongs to the one before it.
            sister = next((child for child in head.children if child.dep_ == "xcomp" and child.i < current.i), None)
            if sister is not None and not any(child.dep_ in {"nsubj", "aux"} for child in current.children):
                above = _above(sister, head)
                found += [above] if above else []
        above = _above(current, head)
        if above is None:
            break
        if above:
            found.append(above)
        if current.dep_ in {"xcomp", "oprd"} or (current.dep_ == "conj" and _shares(current, head)):
            beside = _beside(head)
            found += [beside] if beside else []
        if current.dep_ == "prep" and current.lower_ in {"with", "by"} and head.pos_ in {"VERB", "AUX"}:
            beside = _beside(head)
            found += [beside] if beside in {"intended", "possible"} else []
        if current.dep_ in {"advcl", "relcl"} or (current.dep_ == "ccomp" and head.pos_ in {"VERB", "AUX"}):
            break
        if current.dep_ == "acl" and current.tag_ in {"VBG", "VBN"}:
            break
        current = head
    return found


def _shares(verb: Token, head: Token) -> bool:
    """Return whether a conjoined verb shares its head's auxiliaries: it has no subject and no auxiliary of its own."""
    if verb.pos_ not in {"VERB", "AUX"} or head.pos_ not in {"VERB", "AUX"}:
        return False
    return not any(child.dep_ in {"nsubj", "nsubjpass", "aux"} for child in verb.children) and verb.tag_ in {
        "VB", "VBN", "VBG", "VBD",
    }  # fmt: skip


def is_attempt(token: Token) -> bool:
    """Return whether a verb stands under "tried to", "attempt to", "in a bid to": carried out, with an open end."""
    current = token
    for _ in range(3):
        head = current.head
        if head == current:
            return False
        lemma = head.lemma_.lower()
        if current.dep_ == "xcomp" and lemma in _words("attempt_verbs"):
            return True
        if current.dep_ in {"acl", "advcl"} and lemma in _words("attempt_nouns"):
            return True
        if current.dep_ not in {"xcomp", "conj", "prep", "pobj"}:
            return False
        current = head
    return False
