"""Judgements of how things stand: "The situation is catastrophic", "the corridors are a trap", "called the raid a crime".

Beside the superlatives and verdicts of :mod:`ties`: a copula with a judging word, of a matter of the conflict in anybody's voice,
of anything else only in the words of somebody; and what a speaker calls a deed. The words are data (``[classes]`` "judging",
"matter" in ``lexicons/triggers-statements.toml``). Who judges is the end of the chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.claims.draft import Draft
from tidings.read.claims.quotes import clause_words, quote_span
from tidings.read.claims.scene import Scene
from tidings.read.page import Sentence, place
from tidings.read.roles import expanded, surface_subjects
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["judgements"]

JUDGED = Trigger(
    name="assessment.judged",
    kind="statement",
    type="assessment",
    pos="verb",
    confidence=0.45,
    example="The situation in the town is catastrophic.",
)
BEING = frozenset({"be", "remain", "become", "seem", "look", "appear", "stay", "prove", "get", "grow"})
CALLING = frozenset(
    {"call", "describe", "brand", "label", "dub", "term", "regard", "characterise", "characterize", "consider", "deem"}
)
PREDICATES = frozenset({"acomp", "attr", "oprd"})
LONGEST = 220
"""Code points of a clause that still states one judgement."""


def judgements(scene: Scene, sentence: Sentence, told: list[tuple[int, int]]) -> list[Draft]:
    """Return the judgements of one sentence.

    Args:
        scene: The page.
        sentence: One of its sentences.
        told: The spans of the trigger words already read in it: a clause that tells of a deed judges nothing.
    """
    found = []
    for token in sentence.tokens:
        lemma = token.lemma_
        if lemma in BEING and token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "relcl"}:
            subjects = surface_subjects(token)
            judged = any(_judges(scene, child) for child in token.children if child.dep_ in PREDICATES)
            about = judged and subjects and _matters(scene, token, subjects)
        elif lemma in CALLING and token.pos_ == "VERB":
            subjects = [child for child in token.children if child.dep_ == "dobj"]
            about = bool(subjects) and _called(scene, token)
        else:
            continue
        if not about:
            continue
        words = clause_words(token)
        start, end = quote_span(words, token)
        if end - start > LONGEST or any(start <= low < end for low, _ in told):
            continue
        targets = scene.all_parties([word for subject in subjects for word in expanded(subject)])
        found.append(
            Draft(
                trigger=JUDGED,
                token=token,
                support=None,
                sentence=sentence,
                kind="statement",
                type="assessment",
                start=start,
                end=end,
                rule="statement.assessment.judged",
                agents=scene.all_parties(surface_subjects(token)) if lemma in CALLING else [],
                targets=targets,
                places=[held for held in scene.finest(scene.places_among(words)) if not scene.broad(held)],
                mode="asserted",
            )
        )
    return found


def _judges(scene: Scene, word: Token) -> bool:
    """Return whether a predicate judges: "dire", "a trap", "under threat"."""
    return scene.is_a(word, "judging") or any(
        scene.is_a(child, "judging") for child in word.children if child.dep_ in {"amod", "compound", "conj"}
    )


def _called(scene: Scene, verb: Token) -> bool:
    """Return whether a verb of calling has a judging word as what it calls its object."""
    words = [child for child in verb.children if child.dep_ in {"oprd", "attr", "acomp"}]
    words += [item for child in verb.children if child.lower_ == "as" for item in child.children]
    return any(_judges(scene, word) for word in words)


def _matters(scene: Scene, verb: Token, subjects: list[Token]) -> bool:
    """Return whether a judgement is of the conflict: of a matter that is its own, or in somebody's words."""
    if any(_matter(scene, subject) for subject in subjects):
        return True
    start, _ = place(verb)
    spoken = any(held.chain for held in scene.attributions.over(start, start + 1))
    return spoken and any(subject.pos_ in {"NOUN", "PROPN"} for subject in subjects)


def _matter(scene: Scene, word: Token) -> bool:
    if scene.is_a(word, "matter"):
        return True
    return any(entry.kind in {"event", "control"} for entry in scene.triggers.of("noun", word.lemma_.lower()))
