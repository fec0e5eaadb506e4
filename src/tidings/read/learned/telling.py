"""Which words of a page the network takes to carry a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidings.read.learned.network import MOST_PIECES, Network
from tidings.read.learned.wordpiece import pieces
from tidings.read.page import Page, place

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Suggestion", "suggestions"]

LONGEST_SENTENCE = 600
"""Words of a sentence that is looked at; a longer one is none."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a word is taken to carry: kind and type of the coding guide, and how sure the network is that it carries any."""

    kind: str
    type: str
    chance: float


def suggestions(page: Page, network: Network, *, floor: float) -> Mapping[int, Suggestion]:
    """Return what the network takes to be told, by the code point at which the word begins.

    Args:
        page: A parsed page.
        network: The loaded network.
        floor: How sure it must be, from 0 to 1, that a word carries a claim.
    """
    sentences = [sentence for sentence in page.sentences if len(sentence.tokens) <= LONGEST_SENTENCE]
    known: dict[str, list[int]] = {}
    cut: list[list[int]] = []
    firsts: list[list[tuple[int, int]]] = []
    for sentence in sentences:
        numbers: list[int] = []
        where: list[tuple[int, int]] = []
        for token in sentence.tokens:
            if token.is_space:
                continue
            found = known.get(token.text)
            if found is None:
                found = known[token.text] = pieces(token.text, network.vocabulary)
            if len(numbers) < MOST_PIECES:
                where.append((len(numbers), place(token)[0]))
            numbers.extend(found)
        cut.append(numbers)
        firsts.append(where)
    told: dict[int, Suggestion] = {}
    for chances, where in zip(network(cut), firsts, strict=True):
        if not where:
            continue
        rows = chances[[at for at, _ in where]]
        sure = 1.0 - rows[:, 0]
        best = rows[:, 1:].argmax(axis=1) + 1
        for row, (_, start) in enumerate(where):
            if sure[row] >= floor:
                kind, _, name = network.answers[int(best[row])].partition("/")
                told[start] = Suggestion(kind, name, round(float(sure[row]), 3))
    return told
