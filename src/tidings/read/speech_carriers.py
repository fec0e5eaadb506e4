"""Through whom words come, and from whom deeper: "told AFP", "quoted by TASS", "…, citing a medic"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.read.index import MentionIndex
from tidings.read.page import Page
from tidings.read.speech_content import is_verb
from tidings.read.speech_frames import Frame
from tidings.read.speech_lexicon import speech_words
from tidings.read.speech_sources import employer_of, is_outlet

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["carriers_of", "passed_on"]


def carriers_of(frame: Frame, page: Page, index: MentionIndex) -> list[Token]:
    """Return the outlets that carry a frame's words, outermost first.

    Whoever was told them ("told AFP"), where they were said ("in an interview with El Tiempo", "in remarks carried by TASS") and
    to whom the source spoke ("sources who spoke to Reuters").
    """
    found = list(frame.carriers)
    words = speech_words()
    if frame.hearer is not None:
        hearer = employer_of(frame.hearer) or frame.hearer
        if is_outlet(hearer, page, index, told=frame.head.lemma_ in words.carried):
            found.append(hearer)
    for token, own in _nearby(frame):
        if token.dep_ not in {"pobj", "dobj", "dative"} or token in found or token == frame.source:
            continue
        if not (own or _is_own(token, frame.head)):
            continue
        if any(child.dep_ == "poss" and child.pos_ == "PRON" for child in token.children):
            # "On its website": the speaker's own.
            continue
        by = token.head
        leads = by.dep_ in {"prep", "agent", "dative"} and by.lower_ in words.carry
        verb = by.head if leads else by
        carried = verb.lemma_ in words.venues | words.carried or by.lower_ in {"to", "by"}
        told = not leads and by.lemma_ in words.carried - words.pass_on and token.dep_ in {"dobj", "dative"}
        if (leads and carried) or told:
            addressed = verb.lemma_ in {"speak", "tell", "talk", "interview"}
            if is_outlet(token, page, index, told=addressed):
                found.append(token)
    return found


def passed_on(frame: Frame) -> list[Token]:
    """Return those whose words the speaker passes on: "…, quoting a captain", "the paper, which cited a report"."""
    found = list(frame.deeper)
    passing = speech_words().pass_on
    for token, own in _nearby(frame):
        if token.lemma_ not in passing or token == frame.head or not (own or _is_own(token, frame.head)):
            continue
        if token.tag_ == "VBG" or (token.dep_ == "relcl" and token.tag_ in {"VBD", "VBZ", "VBP"}):
            found += [child for child in token.children if child.dep_ == "dobj"]
    return [token for token in dict.fromkeys(found) if token != frame.source]


def _nearby(frame: Frame) -> Iterator[tuple[Token, bool]]:
    """The words of a cue outside of its content, and those about its source, which are surely no other speaker's (True)."""
    for token in frame.outside:
        yield token, False
    for child in frame.source.children if frame.source is not None else ():
        if child.dep_ in {"relcl", "acl", "prep", "appos"}:
            for token in child.subtree:
                yield token, True


def _is_own(token: Token, head: Token) -> bool:
    """Whether no clause with a speaker of its own stands between a word and the cue: "A reported, quoting B; C called …"."""
    while token not in (head, token.head):
        if token.dep_ in {"ccomp", "conj", "parataxis"} and is_verb(token):
            return False
        token = token.head
    return True
