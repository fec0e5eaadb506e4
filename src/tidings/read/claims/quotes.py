"""The words of a claim: the smallest contiguous clause that states it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tidings.read.page import stretch
from tidings.read.roles import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["clause_words", "noun_words", "quote_span", "top_verb", "with_relative", "without_opening"]

# Children that begin a proposition of their own, and so do not belong to the clause above them.
OTHER_CLAUSE = frozenset({"advcl", "ccomp", "parataxis", "csubj", "relcl", "dep", "cc", "mark", "preconj"})
NOT_QUOTED = frozenset({"according", "including", "amid", "despite"})
BEHIND = frozenset({"after", "before", "following", "during"})
LONG_ASIDE = 9
"""Words of a phrase about what went before that are too many for the quote of what followed."""
_EDGE = frozenset({"punct", "cc", "mark", "intj"})
LONGEST = 60
"""Words of a quote; a longer clause is cut behind this many."""


def top_verb(verb: Token) -> Token:
    """Return the verb that opens the clause of an infinitive: "attempted" for "attempted to seize"."""
    current = verb
    for _ in range(6):
        head = current.head
        if head.dep_ == "acomp" and head.pos_ in {"ADJ", "ADP", "ADV"} and current.dep_ == "xcomp":
            head = head.head
            current = head
            continue
        if head.pos_ not in {"VERB", "AUX"} or current.dep_ not in {"xcomp", "auxpass", "aux", "acomp"}:
            break
        if any(child.dep_ == "dobj" for child in head.children) and not is_passive(head):
            break
        current = head
    return current


def _is_clause(child: Token, parent: Token, keep: frozenset[int]) -> bool:
    if child.i in keep:
        return False
    if child.dep_ in OTHER_CLAUSE:
        return True
    if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and parent.pos_ in {"VERB", "AUX"}:
        return True
    if child.dep_ == "acl" and child.tag_ in {"VBG", "VBN"}:
        return True
    if child.dep_ != "prep" or parent.pos_ not in {"VERB", "AUX"}:
        return False
    if child.lower_ in BEHIND and child.i > parent.i and child.right_edge.i - child.i > LONG_ASIDE:
        return True  # "fell on Friday after a week of fighting between …": the fighting is told by itself
    return child.lower_ in NOT_QUOTED


def clause_words(top: Token, keep: Iterable[Token] = ()) -> list[Token]:
    """Return the words of a clause without the clauses inside it; those in ``keep`` are entered."""
    kept = frozenset(token.i for token in keep)
    found: list[Token] = []
    waiting = [top]
    while waiting and len(found) < 400:
        token = waiting.pop()
        found.append(token)
        waiting.extend(child for child in token.children if not _is_clause(child, token, kept))
    return sorted(found, key=lambda token: token.i)


def without_opening(words: list[Token], top: Token) -> list[Token]:
    """Return the words without an adverbial that opens the clause ("On Monday, …", "In recent days …")."""
    subject = next((child for child in top.lefts if child.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    if subject is None:
        return words
    first = subject.left_edge.i
    opening = [token for token in words if token.i < first]
    if not opening or top.i <= first:
        return words
    adverbial = {
        token.i for child in top.lefts if child.dep_ in {"prep", "npadvmod", "advmod"} for token in child.subtree
    }
    if opening[-1].text == "," or all(token.i in adverbial or token.is_punct for token in opening):
        return [token for token in words if token.i >= first]
    return words


def noun_words(noun: Token, keep: Iterable[Token] = ()) -> list[Token]:
    """Return the words of an event noun's phrase: what stands before it and its prepositional complements."""
    kept = frozenset(token.i for token in keep)
    found = [noun]
    waiting = [child for child in noun.children if child.dep_ not in {"conj", "cc", "punct", "appos"}]
    while waiting and len(found) < 200:
        token = waiting.pop()
        if token.dep_ in {"relcl", "ccomp", "advcl"} and token.i not in kept:
            continue
        if token.dep_ == "acl" and token.i not in kept and token.tag_ in {"VBG", "VBN", "VBD", "VBP", "VBZ"}:
            continue
        found.append(token)
        waiting.extend(token.children)
    return sorted(found, key=lambda token: token.i)


def _run(words: list[Token], core: Token) -> list[Token]:
    """Return the words trimmed at the edges, and cut where a gap shows that the parse tore the phrase apart."""
    while len(words) > 1 and (words[0].dep_ in _EDGE or words[0].is_punct or words[0].is_space) and words[0] != core:
        words = words[1:]
    while (
        len(words) > 1 and (words[-1].is_punct or words[-1].is_space or words[-1].dep_ in _EDGE) and words[-1] != core
    ):
        words = words[:-1]
    return words


def quote_span(words: list[Token], core: Token) -> tuple[int, int]:
    """Return the code points of the quote over some words, the trigger ``core`` among them.

    A gap that is a clause inside the phrase is bridged; where the words lie apart for no such reason, the parse hung a
    far phrase on the wrong word, and only the side of the core is kept.
    """
    words = _run(sorted(set(words), key=lambda token: token.i), core)
    at = next((index for index, token in enumerate(words) if token.i >= core.i), 0)
    first, last = 0, len(words) - 1
    for index in range(at, 0, -1):
        if _torn(words[index - 1], words[index]):
            first = index
            break
    for index in range(at, len(words) - 1):
        if _torn(words[index], words[index + 1]):
            last = index
            break
    chosen = _run(words[first : last + 1], core)
    if len(chosen) > LONGEST:
        low = max(0, at - first - LONGEST // 2)
        chosen = chosen[low : low + LONGEST]
    return stretch(chosen)


def _torn(left: Token, right: Token) -> bool:
    gap = right.i - left.i - 1
    if gap <= 8:
        return False
    between = left.doc[left.i + 1 : right.i]
    inside = sum(1 for token in between if left.is_ancestor(token) or left.head.is_ancestor(token))
    return gap > 25 or inside < 0.8 * gap


def with_relative(noun: Token) -> list[Token]:
    """Return the words of the restrictive relative clauses of a noun: those with no comma before "that" or "who"."""
    found: list[Token] = []
    for child in noun.children:
        if child.dep_ == "relcl":
            words = sorted(child.subtree, key=lambda token: token.i)
            first = words[0]
            if first.i > 0 and not first.nbor(-1).is_punct and len(words) <= 25:
                found.extend(words)
    return found
