"""A denial that only points at what was told: "A general denied it" is that proposition, denied.

Example: "Gunmen burned the clinic, nurses say. The mayor rejected the accusation." gives a second claim of the burning, with
mode ``denied``, in the words of the denial; who denies is the end of its chain.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene
from tidings.read.claims.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["points_back", "restated"]

POINTING = frozenset({"it", "this", "that", "them", "these", "which", "so", "any", "either"})
CHARGES = frozenset(
    "accusation allegation charge claim report assertion suggestion account version figure toll statement".split()
)
PARTS = frozenset(
    "involvement responsibility role part hand knowledge complicity participation wrongdoing nothing".split()
)
"""What somebody denies to have had in a deed."""
DEEDS = frozenset({"event", "property", "casualties", "displacement", "custody", "control", "relation"})
SENTENCES_BACK = 3
"""Sentences back in which the denied proposition is looked for."""


def points_back(token: Token) -> bool:
    """Return whether a denial has only a pronoun, a word for a charge or for a part in a deed as what it denies.

    Example: "denied it", "rejected the accusation", "denied any role in the raid", "denies using them", "had no hand in it".
    """
    objects = [child for child in token.children if child.dep_ in {"dobj", "ccomp", "xcomp", "nsubjpass"}]
    if len(objects) != 1:
        # "called the report a lie": the report is the subject of what it is called.
        objects = [child for child in objects if child.dep_ == "dobj"]
        if len(objects) != 1:
            return False
    word = objects[0]
    if word.pos_ in {"VERB", "AUX"}:
        return word.tag_ == "VBG" and _empty(word)
    if word.lower_ in POINTING:
        return True
    if word.lemma_.lower() in PARTS:
        inside = [item for child in word.children if child.dep_ == "prep" for item in child.children]
        return all(_points(item) for item in inside)
    plain = not any(child.dep_ in {"prep", "acl", "relcl"} for child in word.children)
    return word.lemma_.lower() in CHARGES and plain


def _points(word: Token) -> bool:
    """Return whether a word only points: "it", "the ambush"."""
    return word.lower_ in POINTING or any(child.lower_ in {"the", "this", "that", "these"} for child in word.children)


def _empty(verb: Token) -> bool:
    """Return whether a gerund says no more than a pronoun: "doing so", "using them", "being behind it"."""
    inside = [
        item for child in verb.children for item in (child, *child.children) if item.dep_ in {"dobj", "pobj", "advmod"}
    ]
    nouns = [item for item in inside if item.pos_ in {"NOUN", "PROPN"} and item.lemma_.lower() not in PARTS]
    return bool(inside) and not nouns and any(item.lower_ in POINTING for item in inside)


def restated(told: Told, draft: Draft) -> bool:
    """Turn a denial that points back into the proposition it denies; tell whether there was one.

    Args:
        told: The drafts of the page, those before this one in ``before``.
        draft: The denial; changed in place.
    """
    if draft.trigger.type != "denial" or draft.trigger.pos != "verb" or not points_back(draft.token):
        return False
    scene: Scene = told.scene
    told_at: Draft | None = None
    for earlier in reversed(told.before):
        if draft.sentence.index - earlier.sentence.index > SENTENCES_BACK:
            break
        if earlier.kind not in DEEDS or earlier.mode not in {"asserted", "possible"} or earlier.start >= draft.start:
            continue
        if earlier.rule.endswith(".part"):
            continue  # a part of those counted just before
        if any(scene.same(agent, party) for agent in draft.agents for party in earlier.targets):
            continue  # whom it was done to does not deny it
        if told_at is None:
            told_at = earlier
        elif earlier.token != told_at.token:
            break
        elif told_at.type != "killing":
            told_at = earlier  # of two claims of one word the dead, and not that there was a strike
    if told_at is not None:
        copy = replace(
            told_at,
            token=draft.token,
            trigger=replace(told_at.trigger, voiced=False),
            support=None,
            sentence=draft.sentence,
            start=draft.start,
            end=draft.end,
            rule="denial.pointing",
            mode="denied",
            unfilled=["restated"],
            voice=draft.agents[0] if draft.agents else None,
        )
        for name in copy.__slots__:
            setattr(draft, name, getattr(copy, name))
        return True
    return False
