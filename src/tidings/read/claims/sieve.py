"""Which trigger words tell something new, and which only point back at what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.claims.draft import Draft
from tidings.read.claims.frames import is_period, is_series
from tidings.read.claims.scene import Scene
from tidings.read.page import place

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["tells_something"]

POINTING = frozenset(
    {"the", "this", "that", "these", "those", "such", "its", "their", "his", "her", "any", "each", "every"}
)
BARE = frozenset({"same", "first", "second", "third", "last", "latest", "previous", "next", "other", "whole", "entire"})
"""Words before a noun that only point: "the same attack"."""
BACKWARD = frozenset(
    {
        "amid",
        "during",
        "since",
        "after",
        "before",
        "following",
        "of",
        "from",
        "by",
        "in",
        "despite",
        "for",
        "to",
        "with",
        "as",
        "about",
        "over",
        "against",
    }
)


HELD_SPOTS = frozenset({"control.positions", "control.stronghold", "control.base_of"})
"""Entries for nouns that say a place is held, and may be only what another deed aims at."""


def tells_something(scene: Scene, draft: Draft) -> bool:
    """Return whether an event noun states a happening, or merely mentions one known already.

    "The ISIS assault" and "clashes near the bridge" state; "after the attack", "the start of the assault" point back:
    a definite noun with no side, target or place of its own, carried by no verb.
    """
    token = draft.token
    if token.dep_ == "compound" or (token.dep_ == "poss" and token.pos_ == "NOUN"):
        # "clash site", "attack helicopter": the noun names a kind of thing.
        return False
    start, end = place(token)
    if any(
        held.how == "name" and len(held.text.split()) > 1 and held.kind != "other"
        for held in scene.index.covering(start, end)
    ):
        # "Support" in "Group to Support the Faith": part of a name.
        return False
    if draft.trigger.name in HELD_SPOTS:
        # A stronghold that was taken is told by the taking; positions that were struck tell something new where they lie.
        told = ("control",) if draft.places or draft.trigger.name == "control.stronghold" else ("event", "control")
        if _is_aim(scene, token, told):
            return False
    fallen = draft.kind == "casualties" and token.lower_ in {"wounded", "injured", "dead"} and token.i > 1
    if fallen and token.nbor(-1).lower_ == "the" and token.nbor(-2).lower_ == "of":
        return False  # "fourteen of the wounded": of those told before
    if draft.trigger.pos == "verb" and token.dep_ == "amod" and draft.kind not in {"casualties", "displacement"}:
        # "the impounded vehicles" names them by what was told before.
        return False
    if any(child.tag_ == "JJS" for child in token.children) and token.dep_ in {"attr", "oprd"}:
        # "it was the heaviest raid of the war" judges; it is read as an assessment.
        return False
    if draft.trigger.pos != "noun":
        return True
    if draft.kind == "event" and draft.voice is not None:
        return True  # a deed that somebody claims or is charged with
    determiner = next((child.lower_ for child in token.children if child.dep_ in {"det", "poss"}), "")
    has_side = bool(draft.agents or draft.targets)
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and determiner not in POINTING
        and (is_period(token.head.head) or is_series(token.head.head))
    ):
        draft.whole = True
        return True
    if draft.support is not None:
        said_more = any(
            c.dep_ == "prep" and c.lower_ in {"for", "over", "on", "with", "between"} for c in token.children
        )
        pointing = determiner in POINTING and not has_side and not said_more
        return not (pointing and (draft.support.lemma_ == "be" or draft.support.dep_ in {"advcl", "pcomp"}))
    # "after more negotiations", "amid heavy shelling": new where it is described, not where it is only named.
    described = token.head.lower_ != "of" and any(
        child.dep_ in {"amod", "nummod", "acl", "relcl"} for child in token.children
    )
    if draft.kind == "event" and described and token.dep_ == "pobj" and determiner not in POINTING:
        return True
    if draft.kind in {"casualties", "displacement", "custody", "property", "control", "relation"}:
        return True
    if has_side:
        return True
    if determiner in POINTING and draft.kind == "event" and (draft.places or _there(token) or _described(token)):
        return True  # "the fighting in the city", "the ferocious offensive": told again, with more than its name
    if determiner in POINTING:
        return False
    # A bare noun counts when it stands free ("Clashes near the bridge"), not when it colours something else.
    if token.dep_ == "pobj" and token.head.lower_ in BACKWARD and not draft.places:
        return False
    return token.dep_ in {"nsubj", "nsubjpass", "ROOT", "dobj", "pobj", "conj", "attr"}


def _there(noun: Token) -> bool:
    """Return whether a noun is placed by an adverb: "clashes there", "the shelling nearby"."""
    return any(child.lower_ in {"there", "here", "nearby"} for child in noun.children)


def _described(noun: Token) -> bool:
    """Return whether a noun is told apart by a word before it: "the ferocious offensive", "the weeks-long campaign"."""
    return any(
        child.dep_ in {"amod", "compound", "nmod"} and child.i < noun.i and child.lower_ not in BARE
        for child in noun.children
    )


def _is_aim(scene: Scene, token: Token, kinds: tuple[str, ...]) -> bool:
    """Return whether a position is only what a blow fell on ("struck rebel positions"): its holder is the blow's target."""
    verb = token.head if token.dep_ in {"dobj", "nsubjpass"} else token.head.head if token.dep_ == "pobj" else None
    if verb is None or verb == token:
        return False
    part = "verb" if verb.pos_ in {"VERB", "AUX"} else "noun"
    return any(entry.scheme == "deed" and entry.kind in kinds for entry in scene.triggers.of(part, verb.lemma_.lower()))
