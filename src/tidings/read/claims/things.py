"""Things as targets: a depot, a bridge, trucks that a deed hits or destroys, where nobody is said to own them.

People in somebody's hands whom no mention stands for ("my brother", "five suspects") are named so too.

A place struck is where it happened; a thing struck is what it was done to (coding guide). Each becomes a mention of kind
"other", a description under its own words: "a grain depot" is "grain depot", "nine houses" are "houses".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Mention, MentionId, content_id
from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene
from tidings.read.page import stretch
from tidings.read.roles import argument_path, expanded

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["struck"]

STRIKING = frozenset({"shelling", "air_strike", "bombing", "suicide_bombing", "ground_attack"})
BEFORE = frozenset({"compound", "amod", "nmod"})
MOST_WORDS = 4
"""Words of a thing's name, counted back from its noun."""


def struck(scene: Scene, draft: Draft) -> None:
    """Fill the targets of a deed against things that are told without an owner; nothing where anybody stands there."""
    if draft.targets:
        return
    if draft.kind == "event" and draft.type in STRIKING:
        words, name = _aims(draft), "thing"
    elif draft.kind == "property" and draft.type == "destruction":
        words, name = [word for head in draft.heads for word in expanded(head)], "buildings"
    elif draft.kind == "custody":
        words, name = [word for word in draft.heads if scene.fits(word, "itself", frozenset({"@anybody"}))], ""
    else:
        return
    found: list[Mention] = []
    for word in words:
        known = not name or scene.is_a(word, name) or scene.is_a(word, "thing")
        if known and word.pos_ == "NOUN" and scene.mention(word, ("place", "actor", "person")) is None:
            held = _mention(scene, word)
            if held.id not in {other.id for other in found}:
                found.append(held)
    draft.targets = found


def _aims(draft: Draft) -> list[Token]:
    """Return the nouns that a deed is told to hit: its object, or what follows "on", "at" or "against"."""
    token = draft.token
    paths = ("obj",) if draft.trigger.pos == "verb" and "obj" in draft.trigger.target else ()
    found = [word for path in paths for word in argument_path(token, path)]
    return found or [word for path in ("on", "at", "against", "into") for word in argument_path(token, path)]


def _mention(scene: Scene, noun: Token) -> Mention:
    """Return the mention of a thing, made once for a page."""
    words = [noun]
    for child in reversed([child for child in noun.lefts if child.dep_ in BEFORE and child.tag_ not in {"JJS", "CD"}]):
        if child.i != words[0].i - 1 or len(words) >= MOST_WORDS:
            break
        words.insert(0, child)
    start, end = stretch(words)
    ident = MentionId(content_id("m", scene.page.document.id, start, end, "other"))
    if ident not in scene.page.things:
        words_there = scene.page.text[start:end]
        scene.page.things[ident] = Mention(
            id=ident,
            document=scene.page.document.id,
            start=start,
            end=end,
            text=words_there,
            kind="other",
            how="description",
            core=words_there,
        )
    return scene.page.things[ident]
