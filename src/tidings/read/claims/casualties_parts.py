"""Parts of a number told: "nine people, including two children", "32 dead, seven of them civilians"."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from tidings.model import Amount, Mention
from tidings.read.claims.casualties_counts import count
from tidings.read.claims.draft import Draft
from tidings.read.claims.quotes import quote_span
from tidings.read.claims.scene import Scene
from tidings.read.numbers import Counted
from tidings.read.page import place
from tidings.read.roles import expanded, phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["all_of_them", "subsets"]

REACH = 9
"""Words behind a group among which "all of them civilians" is sought."""


def all_of_them(scene: Scene, token: Token) -> list[Mention]:
    """Return who the harmed all were, where the words say it behind the number: "16 bodies, all of them civilians"."""
    words = list(token.doc[token.i + 1 : min(token.sent.end, token.i + 1 + REACH)])
    for index, word in enumerate(words):
        if word.lower_ != "all":
            continue
        behind = [other for other in words[index + 1 : index + 5] if other.lower_ not in {"of", "them", "whom", "were"}]
        for other in behind[:2]:
            if other.pos_ in {"NOUN", "PROPN"} and (scene.is_people(other) or scene.is_armed(other)):
                return scene.parties(other)
        return []
    return []


def subsets(scene: Scene, draft: Draft, head: Token) -> list[Draft]:
    """Return the parts that "including" and "among them" count by themselves ("nine people, including two children")."""
    words = [
        word
        for child in [*head.children, *(draft.token.children if draft.token.pos_ == "VERB" else ())]
        if child.dep_ == "prep" and child.lower_ == "including" and child.i > head.i
        for item in child.children
        if item.dep_ == "pobj"
        for word in expanded(item)
    ]
    words += _among_them(scene, head)
    words += _of_them(scene, head)
    words += _listed(scene, draft, head)
    found = []
    for word in words:
        person = scene.mention(word, ("person",))
        if person is not None and person.how == "name" and word.head.lower_ == "including":
            found.append(_named(draft, word, person))
            continue
        counted = _nearest(scene, word) or _number_of_them(scene, word)
        if not isinstance(counted, Counted) or not (scene.is_people(word) or scene.is_armed(word)):
            continue
        part = copy(draft)
        part.unfilled = list(draft.unfilled)
        part.count = counted.amount
        part.heads = [word]
        part.targets = scene.parties(word)
        if scene.is_armed(word) and draft.targets and all(scene.armed(target) for target in draft.targets):
            part.targets = list(draft.targets)  # "30 fighters, including two officers": of the same side
        part.rule = draft.rule + ".part"
        part.start, part.end = quote_span(list(phrase(word)), word)
        part.start = min(part.start, counted.start)
        part.worth = 0.8
        found.append(part)
    return found


def _named(draft: Draft, word: Token, person: Mention) -> Draft:
    """Return the claim of one of the harmed whom the words name: "dozens of officers, including General X"."""
    part = copy(draft)
    part.unfilled = list(draft.unfilled)
    part.count = None
    part.heads = [word]
    part.targets = [person]
    part.rule = draft.rule + ".part"
    part.start, part.end = quote_span([word.head, *phrase(word)], word)
    part.worth = 0.8
    return part


def _nearest(scene: Scene, noun: Token) -> Counted | Amount | None:
    """Return the number that counts a noun; of two before it ("at 310: 200 militants") the nearer."""
    found = count(scene, noun) if scene.count_of(noun) is not None else None
    inside = [item for item in scene.amounts_within(place(noun.left_edge)[0], place(noun)[1]) if item.kind == "count"]
    return inside[-1] if found is not None and len(inside) > 1 else found


def _number_of_them(scene: Scene, noun: Token) -> Counted | None:
    at = noun.i - 3
    if at < noun.sent.start or noun.doc[at + 1].lower_ != "of":
        return None
    number = scene.amounts_within(*place(noun.doc[at]))
    return number[0] if number and number[0].kind == "count" else None


def _of_them(scene: Scene, head: Token) -> list[Token]:
    """Return the noun of a counted part right behind its group: "civilians" of "32 dead, seven of them civilians"."""
    words = list(head.doc[head.i + 1 : min(head.sent.end, head.i + 12)])
    for index, word in enumerate(words[:-3]):
        if word.pos_ in {"VERB", "AUX"} or word.text in {".", ";"}:
            return []
        if words[index + 1].lower_ != "of" or words[index + 2].lower_ not in {"them", "whom"}:
            continue
        noun = words[index + 3]
        number = scene.amounts_within(*place(word))
        if number and number[0].kind == "count" and noun.pos_ == "NOUN" and noun.dep_ != "compound":
            return [noun]
    return []


def _listed(scene: Scene, draft: Draft, head: Token) -> list[Token]:
    """Return the sides into which a number is split behind a colon: "310 dead: 200 militants and 110 civilians"."""
    if draft.count is None:
        return []
    words = list(head.doc[head.i + 1 : head.sent.end])
    colon = next((index for index, word in enumerate(words) if word.text in {":", "–", "—"}), None)
    if colon is None or any(word.pos_ == "VERB" for word in words[:colon] if word.i > draft.token.i):
        return []
    found = []
    for word in words[colon + 1 :]:
        if word.pos_ in {"VERB", "AUX"} or word.text in {".", ";"}:
            break
        if word.pos_ in {"NOUN", "PROPN"} and scene.count_of(word) is not None and word.dep_ != "compound":
            found.append(word)
    return found if len(found) > 1 else []


def _among_them(scene: Scene, head: Token) -> list[Token]:
    """Return the counted nouns behind "among them" that follow a counted group in its sentence."""
    words = list(head.doc[head.i + 1 : head.sent.end])
    for index, word in enumerate(words[:-1]):
        if word.pos_ == "VERB" and word.dep_ in {"ROOT", "ccomp"}:
            return []
        if word.lower_ == "among" and words[index + 1].lower_ == "them":
            behind = []
            for other in words[index + 2 : index + 14]:
                if other.pos_ in {"VERB", "AUX"} or other.text in {".", ";"}:
                    break
                if scene.count_of(other) is not None and other.pos_ == "NOUN":
                    behind.append(other)
            return behind
    return []
