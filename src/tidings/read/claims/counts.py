"""The number that an event or a gain carries: strikes flown, rockets fired, troops sent, places taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene
from tidings.read.roles import argument_path, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tidings.read.numbers import Counted

__all__ = ["number_of"]

STRIKES = frozenset({"air_strike", "shelling", "bombing", "suicide_bombing", "other"})
SENT = frozenset({"reinforcement", "formation"})
DOERS = frozenset({"reinforcement", "retreat", "defection", "protest", "ground_attack", "formation"})
"""Events of which the number of those who take part is told as the number of the event."""


def number_of(scene: Scene, draft: Draft) -> None:
    """Fill the number of an event or a gain from its own clause, where one is told and none was read yet.

    Examples: "carried out 18 strikes" is 18, "fired 70 rockets" 70, "will send 5,000 troops" 5,000, "took two bases" 2,
    "about 2,000 youths overran the post" 2,000.
    """
    if draft.count is not None or draft.kind not in {"event", "control"}:
        return
    found = _number(scene, draft)
    if found is not None:
        draft.count = found.amount


def _number(scene: Scene, draft: Draft) -> Counted | None:
    token = draft.token
    verb = token if draft.trigger.pos == "verb" else draft.support
    own = [token] if draft.trigger.pos == "noun" and draft.type in STRIKES | SENT else []
    if draft.type in SENT or draft.type == "gained":
        own += argument_path(token, "obj" if draft.trigger.pos == "verb" else "of")
    elif draft.type in STRIKES and draft.trigger.pos == "verb":
        thrown = [*argument_path(token, "obj"), *argument_path(token, "with")]
        own += [word for word in thrown if not (scene.is_people(word) or scene.is_armed(word))]
    if draft.type in DOERS or draft.type == "gained":
        own += [word for word in _doers(verb) if scene.is_people(word) or scene.is_armed(word)]
    for word in scene.counted_nouns(own):
        counted = scene.count_of(word)
        if counted is not None:
            return counted
    return None


def _doers(verb: Token | None) -> list[Token]:
    """Return the subjects of a clause, and what stands in apposition to them ("the defenders, about 300, broke out")."""
    if verb is None:
        return []
    subjects = surface_subjects(verb)
    return [*subjects, *(item for word in subjects for item in word.children if item.dep_ == "appos")]
