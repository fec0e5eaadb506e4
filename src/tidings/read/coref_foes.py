"""Whom loaded and indirect words mean: "the enemy", "seven terrorists", "the rebels", where only one party can be meant.

Outlets of every camp call the other side by such words, often before or without its name. Where a report names exactly
one party that fits, that party is meant; where it names several or none, the words stay what they are.
"""

from __future__ import annotations

from collections import Counter

from tidings.read.mentions_draft import Draft

__all__ = ["link_foes"]

_INDIRECT = frozenset({"armed.fighters", "armed.rebels", "armed.separatists"})
"""Kinds of words for one side's fighters; "gunmen" stay unknown until the text says whose they are."""
_ARMED = frozenset({"armed_group", "militia", "alliance"})
_WORDS = frozenset({"poss", "compound", "amod", "nmod"})


def link_foes(drafts: list[Draft], voice: str) -> None:
    """Let indirect words for an adversary stand for the only party of the report that they can mean.

    Args:
        drafts: All mentions of a page, linked; changed in place.
        voice: The lexicon id of the party in whose name the page speaks, or an empty string.
    """
    parties = _parties(drafts)
    for draft in drafts:
        if draft.kind != "actor" or draft.how != "description" or draft.refers_to is not None or draft.members:
            continue
        if draft.group == "armed.enemy" and not draft.lexicon:
            own = {voice} if voice else _nearby(draft, drafts)
            meant = [party for key, party in parties.items() if key not in own and party.role in _ARMED | {"state"}]
            meant = _one_side(meant, voice)
        elif draft.lexicon in _INDIRECT or (draft.group in _INDIRECT and not draft.lexicon):
            if _particular(draft):
                continue
            own = {voice} if voice else set()
            meant = [
                party for key, party in parties.items() if key not in own and party.role in {"armed_group", "militia"}
            ]
        else:
            continue
        if len(meant) == 1 and meant[0] is not draft:
            draft.refers_to = meant[0]
            draft.lexicon = draft.known_as = draft.belongs_to = ""
            draft.role = meant[0].role


def _parties(drafts: list[Draft]) -> dict[str, Draft]:
    """The parties that fight, named on the page, by identity: the first mention of each."""
    found: dict[str, Draft] = {}
    for draft in drafts:
        known = draft.lexicon and not draft.lexicon.startswith(("generic.", "armed."))
        if draft.kind != "actor" or draft.role not in _ARMED | {"state"} or not (draft.how == "name" or known):
            continue
        if draft.how == "pronoun" or draft.refers_to is not None:
            continue
        found.setdefault(draft.lexicon or draft.core.casefold(), draft)
    return found


def _one_side(parties: list[Draft], voice: str) -> list[Draft]:
    """The adversary among several: a state fights armed groups, an armed group first of all a state."""
    if len(parties) < 2:
        return parties
    groups = [party for party in parties if party.role == "armed_group"]
    states = [party for party in parties if party.role == "state"]
    if voice.startswith("state"):
        return groups
    return states if voice and len(states) == 1 else parties


def _nearby(draft: Draft, drafts: list[Draft]) -> set[str]:
    """Who acts in the sentence of "the enemy", and so is no enemy of its own."""
    counted: Counter[str] = Counter()
    for other in drafts:
        if other.sentence == draft.sentence and other.subject and other is not draft:
            last = other.last
            counted[last.lexicon or last.core.casefold()] += 1
    return set(counted)


def _particular(draft: Draft) -> bool:
    """Whether words before the noun say that others are meant: "foreign fighters", "Chechen fighters", "rival gangs"."""
    if draft.head is None:
        return False
    words = [child for child in draft.head.children if child.dep_ in _WORDS and child.i < draft.head.i]
    return any(word.pos_ != "PRON" and word.lower_ not in _LOADED for word in words)


_LOADED = frozenset(
    "armed terrorist militant extremist jihadist islamist takfiri criminal treacherous so rebel alleged suspected "
    "remaining local several many other cowardly".split()
)
"""Words that call the fighters names and do not tell them from others."""
