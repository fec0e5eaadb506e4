"""One cue of reported speech with its parts, before anybody knows who its speaker is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidings.read.page import place
from tidings.read.speech_lexicon import VerbEntry, speech_words

if TYPE_CHECKING:
    from spacy.tokens import Token

NEARBY = 80
"""Words around a cue in which its carriers are looked for, so that endless sentences are read in bounded time."""

__all__ = ["NEARBY", "Frame", "cue_words", "entries_of", "inside", "is_passive", "is_to"]


@dataclass(slots=True)
class Frame:
    """One cue with its parts. ``content`` holds code points; ``head`` is the token that reports."""

    rule: str
    head: Token
    cue: list[Token]
    source: Token | None
    content: list[tuple[int, int]]
    attitude: str = "speech"
    verdict: str = ""
    hearer: Token | None = None
    carriers: list[Token] = field(default_factory=list)
    deeper: list[Token] = field(default_factory=list)
    outside: list[Token] = field(default_factory=list)


def cue_words(verb: Token, *extra: Token) -> list[Token]:
    """Return the words of a cue in order: the verb, its particle, and ``extra``."""
    words = [verb, *extra]
    words += [child for child in verb.children if child.dep_ == "prt" and abs(child.i - verb.i) <= 2]
    return sorted(set(words), key=lambda token: token.i)


def entries_of(verb: Token) -> tuple[VerbEntry, ...]:
    """The lexicon's entries of a verb, those with its particle first: "point out" before "point"."""
    verbs = speech_words().verbs
    particle = next((c for c in verb.children if c.dep_ in {"prt", "acomp", "advmod"} and 0 < c.i - verb.i <= 2), None)
    both = verbs.get(f"{verb.lemma_.lower()} {particle.lower_}", ()) if particle is not None else ()
    return (*both, *verbs.get(verb.lemma_.lower(), ()))


def is_passive(verb: Token) -> bool:
    """Return whether a verb stands in the passive with its auxiliary."""
    return any(child.dep_ == "auxpass" for child in verb.children)


def is_to(clause: Token) -> bool:
    """Return whether a verb is an infinitive with "to"."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in clause.children)


def inside(token: Token, content: list[tuple[int, int]]) -> bool:
    """Return whether a token lies in one of some stretches of the document."""
    if not content:
        return False
    start, end = place(token)
    for low, high in content:  # noqa: SIM110  # asked of every word of a clause: a loop is twice as fast as "any"
        if low <= start and end <= high:
            return True
    return False
