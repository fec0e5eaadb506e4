"""Cues without a verb of saying: figures that somebody puts, counts or documents, deeds that somebody claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.speech_content import phrase, pieces
from tidings.read.speech_frames import Frame, inside, is_passive, is_to
from tidings.read.speech_lexicon import speech_words
from tidings.read.speech_subjects import negated, subject
from tidings.read.speech_verbs import is_kind, is_reporter

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["claimed", "counted", "put_at"]


def put_at(verb: Token) -> Frame | None:
    """As in "The ministry put the toll at 19", "gave a count of 40 dead": the figure is what it says."""
    if verb.lemma_ in {"give", "issue", "publish", "release"} and not is_passive(verb) and not negated(verb):
        return _given(verb)
    if verb.lemma_ not in {"put", "place", "set"} or is_passive(verb) or is_to(verb):
        return None
    figure = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in speech_words().figures), None)
    at = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "at"), None)
    if at is None and figure is not None:
        at = next((c for c in figure.children if c.dep_ == "prep" and c.lower_ == "at"), None)
    source = subject(verb)
    if figure is None or at is None or source is None:
        return None
    content = pieces([token for token in verb.subtree if token.i >= min(t.i for t in [*figure.subtree, *at.subtree])])
    outside = [token for token in verb.subtree if not inside(token, content)]
    return Frame("put_at", verb, [verb], source, content, outside=outside)


def _given(verb: Token) -> Frame | None:
    figure = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in speech_words().figures), None)
    source = subject(verb)
    if (
        figure is None
        or source is None
        or not any(c.dep_ == "prep" and c.lower_ in {"of", "as", "at"} for c in figure.children)
    ):
        return None
    content = pieces(_up_to_comma(verb, figure))
    return Frame("given", verb, [verb], source, content, outside=[t for t in verb.subtree if not inside(t, content)])


def counted(verb: Token) -> Frame | None:
    """As in "A doctor counted 16 bodies", "the commission documented 40 killings": what a source counts is what it says."""
    source = subject(verb)
    cares = (
        verb.lemma_ in _CARE
        and source is not None
        and any(is_kind(token, "medic", "agency") for token in phrase(source))
    )
    if not cares and verb.lemma_ not in {"count", "document", "record", "register", "tally", "list", "verify"}:
        return None
    found = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if is_passive(verb) or is_to(verb) or negated(verb) or source is None or found is None:
        return None
    if not cares and not is_reporter(source):
        return None
    numbered = any(token.like_num for token in found.subtree)
    if not numbered and found.lemma_.lower() not in speech_words().figures:
        return None
    content = pieces(_up_to_comma(verb, found))
    outside = [token for token in verb.subtree if not inside(token, content)]
    return Frame("counted", verb, [verb], source, content, outside=outside)


_CARE = frozenset({"treat", "receive", "admit"})
"""What a hospital or an aid body does with the wounded, and so counts them: "the clinic treated 70"."""


def _up_to_comma(verb: Token, found: Token) -> list[Token]:
    """The words of an object and what hangs on the verb behind it: "counted five more people with gunshot wounds"."""
    last = max(token.i for token in found.subtree)
    for token in verb.doc[last + 1 : verb.sent.end]:
        if token.is_punct or token.dep_ in {"cc", "mark"} or not verb.is_ancestor(token):
            break
        last = token.i
    return [token for token in verb.doc[verb.i + 1 : last + 1] if token.i >= found.left_edge.i]


def claimed(verb: Token) -> Frame | None:
    """As in "The group claimed the kidnapping of ten men": the deed that somebody claims for themselves is their word."""
    if verb.lemma_ != "claim" or is_passive(verb) or is_to(verb) or negated(verb):
        return None
    source = subject(verb)
    deed = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if source is None or deed is None or deed.lemma_.lower() in {"life", "victim", "responsibility", "credit"}:
        return None
    alive = source.pos_ in {"PROPN", "PRON"} or is_reporter(source)
    if not alive or not any(child.dep_ == "prep" for child in deed.children):
        return None
    content = pieces(deed.subtree)
    outside = [token for token in verb.subtree if not inside(token, content)]
    return Frame("claimed", verb, [verb], source, content, outside=outside)
