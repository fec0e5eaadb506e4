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

POINTING = frozenset({"it", "this", "that", "them", "these", "which", "so"})
CHARGES = frozenset("accusation allegation charge claim report assertion suggestion".split())
DEEDS = frozenset({"event", "property", "casualties", "displacement", "custody", "control"})
SENTENCES_BACK = 3
"""Sentences back in which the denied proposition is looked for."""


def points_back(token: Token) -> bool:
    """Return whether a verb of denial has only a pronoun, or a word for a charge, as its object."""
    objects = [child for child in token.children if child.dep_ in {"dobj", "ccomp", "nsubjpass"}]
    if len(objects) != 1:
        return False
    word = objects[0]
    if word.lower_ in POINTING and word.pos_ not in {"VERB", "AUX"}:
        return True
    plain = not any(child.dep_ in {"prep", "acl", "relcl"} for child in word.children)
    return word.lemma_.lower() in CHARGES and plain


def restated(told: Told, draft: Draft) -> bool:
    """Turn a denial that points back into the proposition it denies; tell whether there was one.

    Args:
        told: The drafts of the page, those before this one in ``before``.
        draft: The denial; changed in place.
    """
    if draft.rule != "statement.deny.verb" or not points_back(draft.token):
        return False
    scene: Scene = told.scene
    for earlier in reversed(told.before):
        if draft.sentence.index - earlier.sentence.index > SENTENCES_BACK:
            return False
        if earlier.kind not in DEEDS or earlier.mode not in {"asserted", "possible"} or earlier.start >= draft.start:
            continue
        if any(scene.same(agent, party) for agent in draft.agents for party in earlier.targets):
            continue  # whom it was done to does not deny it
        copy = replace(
            earlier,
            token=draft.token,
            trigger=replace(earlier.trigger, voiced=False),
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
