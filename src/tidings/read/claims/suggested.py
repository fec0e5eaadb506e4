"""Words that the learned network takes to carry a claim, where no rule spoke: drafts with the slots of their type.

What the words around such a word fill is decided by the rules as ever; only that it tells something, and what, is learned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from tidings.read.claims.draft import Draft
from tidings.read.claims.frames import build
from tidings.read.claims.scene import Scene
from tidings.read.page import Sentence, place
from tidings.read.roles import argument_path, clause_verb, is_verbal
from tidings.read.triggers import Trigger, load_triggers

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["suggested"]

PARTS = frozenset({"VERB", "NOUN", "ADJ", "AUX", "PROPN"})
NEED_A_VERB = frozenset({"relation", "control"})
"""Kinds that a noun alone hardly states: "the alliance", "the rule" name what stands elsewhere."""
TOLD_BY_HARM = frozenset({"killing"})
"""Types of events that are not told again where the same clause counts the dead."""
SUREST = 0.6
"""The highest confidence that a learned claim is given: what the rules are given for a word in its company."""
Frame = tuple[str, tuple[str, ...], tuple[str, ...]]


@cache
def _frames() -> dict[tuple[str, str, str], Frame]:
    """Return scheme, agent paths and target paths that most entries of the lexicon have, by kind, type and part of speech."""
    counted: dict[tuple[str, str, str], Counter[Frame]] = {}
    for (part, _), entries in sorted(load_triggers().entries.items()):
        for entry in entries:
            held = counted.setdefault((entry.kind, entry.type, part), Counter())
            held[entry.scheme, entry.agent, entry.target] += 1
    return {key: held.most_common(1)[0][0] for key, held in counted.items()}


def _frame(token: Token, kind: str, name: str, part: str) -> Frame:
    """Return which relation fills which slot: for harm to people by whether the verb has an object, else as most entries."""
    if part == "verb" and kind in {"casualties", "custody", "displacement"}:
        if argument_path(token, "obj"):
            return "harm", ("subj",), ("obj",)
        return ("go" if kind == "displacement" else "suffer"), (), ("subj",)
    known = _frames()
    return known.get((kind, name, part)) or known.get((kind, name, "verb")) or ("deed", ("subj",), ("obj",))


def _spoken_for(drafts: Sequence[Draft]) -> set[tuple[int, str]]:
    """Return where words begin for which the rules spoke, with the kind: the trigger words and the verbs of their clauses."""
    found: set[tuple[int, str]] = set()
    for draft in drafts:
        found.add((place(draft.token)[0], draft.kind))
        verb = clause_verb(draft.token)
        if verb is not None:
            found.add((place(verb)[0], draft.kind))
    return found


def suggested(scene: Scene, sentence: Sentence, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a draft for each word that the network takes to tell what no draft of its kind tells yet.

    Args:
        scene: The page with what is known of it; ``scene.page.told`` holds what the network takes to be told.
        sentence: The sentence that is read.
        drafts: What the rules drafted from it.
    """
    told = scene.page.told
    if not told:
        return
    taken = _spoken_for(drafts)
    harmed = any(draft.kind == "casualties" for draft in drafts)
    for token in sentence.tokens:
        start = place(token)[0]
        held = told.get(start)
        if held is None or token.pos_ not in PARTS:
            continue
        verb = clause_verb(token)
        if (start, held.kind) in taken or (verb is not None and (place(verb)[0], held.kind) in taken):
            continue
        if any(draft.kind == held.kind and draft.start <= start < draft.end for draft in drafts):
            continue
        part = "verb" if is_verbal(token) else "adjective" if token.pos_ == "ADJ" else "noun"
        if (part != "verb" and held.kind in NEED_A_VERB) or (harmed and held.type in TOLD_BY_HARM):
            continue
        scheme, agent, target = _frame(token, held.kind, held.type, part)
        trigger = Trigger(
            name="learned",
            kind=held.kind,
            type=held.type,
            pos=part,
            agent=agent,
            target=target,
            scheme=scheme,
            confidence=round(min(SUREST, SUREST * held.chance), 2),
        )
        yield build(scene, sentence, token, trigger)
