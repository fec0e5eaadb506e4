"""Ties that no verb states: "alongside federal troops", "the PKK-affiliated HPG", "a branch of the Islamic State"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene, one_each
from tidings.read.claims.ties_sided import SIDED_WORDS, sided_ties, tie
from tidings.read.page import Sentence, place
from tidings.read.roles import argument_path, clause_verb, expanded, surface_subjects
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_title", "named_ties", "threatened"]

BESIDE = Trigger(
    name="alliance.alongside",
    kind="relation",
    type="alliance",
    pos="noun",
    confidence=0.6,
    example="The militia took the town alongside federal troops.",
)
PART = Trigger(
    name="affiliation.part",
    kind="relation",
    type="affiliation",
    pos="noun",
    confidence=0.6,
    example="The brigade, an offshoot of the caliphate, holds the valley.",
)
BLOWS = frozenset({"armed_clash", "ground_attack", "shelling", "air_strike", "bombing", "killing", "blockade"})
PARTS = frozenset(
    "wing offshoot branch affiliate splinter arm proxy subsidiary part member faction unit subgroup franchise chapter extension puppet".split()
)
WHOLES = frozenset({"part", "member", "faction", "unit", "chapter"})
"""Of these nouns only an apposition or "is" with a named whole states a tie; "part of the city" does not."""


def named_ties(scene: Scene, sentence: Sentence) -> list[Draft]:
    """Return the ties that prepositions, hyphens and appositions state in a sentence."""
    found: list[Draft] = []
    for token in sentence.tokens:
        if token.lower_ == "alongside" and token.dep_ in {"prep", "advmod", "mark"}:
            found.extend(_alongside(scene, sentence, token))
        elif token.lower_ in SIDED_WORDS:
            found.extend(sided_ties(scene, sentence, token))
        elif token.lemma_.lower() in PARTS and token.lower_ != "arms":
            found.extend(_part(scene, sentence, token))
    return found


def is_title(office: Draft) -> bool:
    """Return whether an office is only a title before a name ("Governor Okafor"), and so no statement of its own."""
    return place(office.token)[0] < office.agents[0].start


def threatened(draft: Draft) -> Draft:
    """Return what "we" say that we shall do to others as the threat that it is: "if they move we shall strike".

    Example: "We will fight until the last man" is a threat by the speaker, and no fight that is planned.
    """
    verb = draft.token
    if draft.kind != "event" or draft.type not in BLOWS or draft.trigger.pos != "verb" or draft.mode != "intended":
        return draft
    first = any(child.dep_ == "nsubj" and child.lower_ in {"we", "i"} for child in verb.children)
    will = any(child.dep_ == "aux" and child.lower_ in {"will", "shall", "'ll", "’ll"} for child in verb.children)
    if first and will:
        draft.kind, draft.type, draft.rule, draft.mode = (
            "statement",
            "threat",
            "statement.threat.first_person",
            "asserted",
        )
        draft.means = None
    return draft


def _alongside(scene: Scene, sentence: Sentence, token: Token) -> list[Draft]:
    others = scene.all_parties([word for child in token.children if child.dep_ == "pobj" for word in expanded(child)])
    verb = clause_verb(token)
    if verb is None or verb.lemma_ in {"side", "stand"} or not others:
        return []  # those verbs have an entry of their own
    ours = scene.all_parties(surface_subjects(verb))
    both = one_each([*ours, *others], scene.index)
    if not ours or len(both) < 2 or not all(scene.armed(party) for party in both):
        return []
    words = [word for word in token.subtree if word.i >= token.i]
    return [tie(BESIDE, sentence, token, words, (both, []))]


def _part(scene: Scene, sentence: Sentence, token: Token) -> list[Draft]:
    """Return whose part a party is said to be: "an offshoot of", "is part of", "the front's armed wing", "a faction of … attacked"."""
    owners = scene.all_parties(
        [*argument_path(token, "of"), *argument_path(token, "poss"), *argument_path(token, "in")]
    )
    lemma = token.lemma_.lower()
    if token.dep_ in {"appos", "attr"}:
        bearers = [token.head] if token.dep_ == "appos" else surface_subjects(token.head)
        words = list(token.subtree)
    elif token.dep_ == "oprd" and token.head.pos_ == "VERB":
        bearers, words = argument_path(token.head, "obj"), list(token.subtree)  # "considers it a branch of"
    elif token.dep_ == "pobj" and token.head.lower_ == "as" and token.head.head.pos_ == "VERB":
        bearers, words = argument_path(token.head.head, "obj"), list(token.subtree)  # "regards it as an extension of"
    elif lemma not in WHOLES and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "conj"}:
        bearers = [child for child in token.children if child.dep_ == "appos"]
        words = [word for word in token.subtree if word.i <= token.i or not bearers or word.i <= bearers[0].i]
        owners = owners or scene.all_parties([child for child in token.children if child.dep_ == "compound"])
    else:
        return []
    ours = [
        party
        for party in scene.all_parties(bearers)
        if party.kind == "actor" and not any(scene.same(party, owner) for owner in owners)
    ]
    if not owners or not all(scene.armed(owner) for owner in owners):
        return []
    if not ours and (lemma in WHOLES or token.dep_ in {"appos", "attr"}):
        return []
    draft = tie(PART, sentence, token, words, (ours, owners))
    if not ours:
        draft.miss("agents")
    return [draft]
