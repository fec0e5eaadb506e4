"""Pronouns of the third person that can stand for somebody or some place, and those that stand for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.mentions_draft import Draft, Wanted
from tidings.read.page import Page, place

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["SUBJECTS", "find_pronouns"]

_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves", "theirs"})
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def find_pronouns(page: Page) -> list[Draft]:
    """Return a draft for each pronoun of the third person that can stand for somebody or some place."""
    found = []
    for paragraph in page.paragraphs:
        for token in paragraph.tokens:
            if token.pos_ not in {"PRON", "DET"} or (
                token.lower_.endswith(("self", "selves")) and token.dep_ not in {"dobj", "pobj"}
            ):
                continue  # "the city itself" stands for nobody new
            wanted = _wanted(token)
            if wanted is None:
                continue
            start, end = place(token)
            female = True if token.lower_ in _SHE else False if token.lower_ in _HE else None
            kind = "person" if female is not None else "actor"
            found.append(
                Draft(
                    start=start,
                    end=end,
                    kind=kind,
                    how="pronoun",
                    core="",
                    head=token,
                    paragraph=paragraph.index,
                    wanted=wanted,
                    female=female,
                    plural=token.lower_ in _THEY,
                )
            )
    return found


def _wanted(token: Token) -> Wanted | None:
    word = token.lower_
    if word in _IT:
        if token.dep_ == "expl" or (word == "it" and _expletive(token)):
            return None
        return Wanted(frozenset({"actor", "source", "place"}))
    if word in _THEY:
        return Wanted(frozenset({"actor", "source", "person"}), many=True)
    if word in _HE | _SHE:
        return Wanted(frozenset({"person"}))
    return None


_WEATHER = frozenset(
    {
        "true",
        "clear",
        "unclear",
        "possible",
        "impossible",
        "likely",
        "unlikely",
        "important",
        "known",
        "difficult",
        "hard",
        "time",
        "not",
    }
)


def _expletive(token: Token) -> bool:
    """Whether "it" stands for a clause: "it is true that", "it was not clear", "it was the harshest assault"."""
    verb = token.head
    if token.dep_ not in SUBJECTS or verb.lemma_ not in {"be", "seem", "appear", "take", "remain", "become", "come"}:
        return verb.lemma_ == "be" and token.dep_ == "dobj"
    if any(child.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} for child in verb.children):
        return True
    for child in verb.children:
        if child.dep_ in {"acomp", "attr"}:
            if child.lower_ in _WEATHER:
                return True
            if any(inner.dep_ in {"ccomp", "xcomp", "relcl", "acl"} for inner in child.children):
                return True
    return False
