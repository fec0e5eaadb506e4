"""Speakers that are referred back to: "an activist … the activist", "ARA News … the outlet".

Only definite words refer back, only to what stands before them in the same document, and only to a speaker of the same
kind and number; "the source" may mean any single person who spoke before. Where nothing fits, the words stay an
entity of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from tidings.model import Mention, MentionId
from tidings.text.fold import tokens

__all__ = ["speaker_links"]

_DEFINITE = frozenset("the this that these those same".split())
_INSTITUTIONS = frozenset({"outlet", "monitor", "agency"})
# Words that any single speaker may be called by.
_ANY = frozenset("source sources person informant interlocutor".split())
# What follows the head of a description: "sources inside the city", "a source who asked not to be named".
_AFTER_HEAD = frozenset("inside in of from who that which with within close near at on speaking familiar".split())


def _head(mention: Mention) -> str:
    """Return the noun that a description turns on: "sources" of "local sources inside the city"."""
    words = [word for word in tokens(mention.core or mention.text) if word not in _DEFINITE]
    for place, word in enumerate(words):
        if word in _AFTER_HEAD and place:
            return words[place - 1]
    return words[-1] if words else ""


def _singular(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _is_plural(mention: Mention) -> bool:
    head = _head(mention)
    return head.endswith("s") and not head.endswith("ss")


def _institution(mention: Mention) -> str:
    """Return whether a mention is an outlet or a monitor; an agency is an outlet."""
    kind = mention.role if mention.role in _INSTITUTIONS else mention.source_kind
    return {"agency": "outlet"}.get(kind, kind) if kind in _INSTITUTIONS else ""


def _fits(mention: Mention, other: Mention) -> bool:
    """Whether ``other``, earlier in the text, can be what ``mention`` refers back to."""
    wanted = _institution(mention)
    if wanted:
        return _institution(other) == wanted and (
            other.how == "name" or _singular(_head(other)) == _singular(_head(mention))
        )
    if _institution(other) or other.kind not in {"source", "person"} or not other.source_kind:
        return False
    person = other.kind == "person"
    if _is_plural(mention) != (not person and other.how != "name" and _is_plural(other)):
        return False
    head = _head(mention)
    if other.how == "name" or person:
        return head in _ANY or other.source_kind == mention.source_kind != "anonymous"
    return _singular(head) == _singular(_head(other)) or (head in _ANY and not _is_plural(mention))


def speaker_links(mentions: Sequence[Mention]) -> dict[MentionId, MentionId]:
    """Return, for each definite description of a speaker, the nearest earlier mention that it refers back to.

    Args:
        mentions: The mentions of one document in the order of the text.
    """
    links: dict[MentionId, MentionId] = {}
    earlier: list[Mention] = []
    for mention in mentions:
        speaks = mention.kind == "source" or bool(mention.source_kind)
        if (
            mention.how == "description"
            and mention.kind == "source"
            and mention.refers_to is None
            and not mention.lexicon
        ):
            words = tokens(mention.text)
            if words and words[0] in _DEFINITE:
                found = next((other for other in reversed(earlier) if _fits(mention, other)), None)
                if found is not None:
                    links[mention.id] = found.id
        if speaks and mention.how != "pronoun":
            earlier.append(mention)
    return links
