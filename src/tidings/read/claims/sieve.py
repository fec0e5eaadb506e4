"""Which trigger words tell something new, and which only point back at what was told."""

from __future__ import annotations

from tidings.read.claims.draft import Draft
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
    if draft.trigger.pos != "noun" or draft.support is not None:
        return True
    determiner = next((child.lower_ for child in token.children if child.dep_ in {"det", "poss"}), "")
    has_side = bool(draft.agents or draft.targets)
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
