"""Which trigger words tell something new, and which only point back at what was told."""

from __future__ import annotations

from tidings.read.claims.draft import Draft
from tidings.read.claims.frames import is_period
from tidings.read.claims.scene import Scene

__all__ = ["tells_something"]

POINTING = frozenset(
    {"the", "this", "that", "these", "those", "such", "its", "their", "his", "her", "any", "each", "every"}
)
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
        "from",
        "with",
        "as",
        "about",
        "over",
        "against",
    }
)


def tells_something(scene: Scene, draft: Draft) -> bool:
    """Return whether an event noun states a happening, or merely mentions one known already.

    "The ISIS assault" and "clashes near the bridge" state; "after the attack", "the start of the assault" point back:
    a definite noun with no side, target or place of its own, carried by no verb.
    """
    token = draft.token
    if token.dep_ == "compound" or (token.dep_ == "poss" and token.pos_ == "NOUN"):
        # "clash site", "attack helicopter": the noun names a kind of thing.
        return False
    if draft.trigger.pos == "verb" and token.dep_ == "amod" and draft.kind != "casualties":
        # "the impounded vehicles" names them by what was told before.
        return False
    if any(child.tag_ == "JJS" for child in token.children) and token.dep_ in {"attr", "oprd"}:
        # "it was the heaviest raid of the war" judges; it is read as an assessment.
        return False
    if draft.trigger.pos != "noun":
        return True
    determiner = next((child.lower_ for child in token.children if child.dep_ in {"det", "poss"}), "")
    has_side = bool(draft.agents or draft.targets)
    if token.dep_ == "pobj" and token.head.lower_ == "of" and is_period(token.head.head):
        draft.whole = True
        return True
    if draft.support is not None:
        return not (draft.support.lemma_ == "be" and determiner in POINTING and not has_side)
    if draft.kind == "event" and not has_side and token.dep_ == "pobj" and determiner not in POINTING:
        # "after more negotiations", "amid heavy shelling": new where it is described, not where it is only named.
        if any(child.dep_ in {"amod", "nummod"} for child in token.children) and token.head.lower_ != "of":
            return True
    if draft.kind in {"casualties", "displacement", "custody", "property", "control", "relation"}:
        return True
    if has_side:
        return True
    if determiner in POINTING:
        return False
    # A bare noun counts when it stands free ("Clashes near the bridge"), not when it colours something else.
    if token.dep_ == "pobj" and token.head.lower_ in BACKWARD and not draft.places:
        return False
    return token.dep_ in {"nsubj", "nsubjpass", "ROOT", "dobj", "pobj", "conj", "attr"}
