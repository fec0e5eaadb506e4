"""Who does what a verb says, and who stands behind a statement: over relative clauses, conjuncts and participles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.speech_content import is_verb
from tidings.read.speech_lexicon import speech_words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["RELATIVE", "SUBJECTS", "agent", "lost_main", "negated", "owner", "subject"]

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
RELATIVE = frozenset({"who", "which", "that"})


def subject(verb: Token, depth: int = 0) -> Token | None:
    """Return the noun that does what ``verb`` says, over relative pronouns, conjuncts, participles and infinitives."""
    if depth > 6:
        return None
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.ent_type_ not in {"DATE", "TIME"}]
    relative = [child for child in own if child.lower_ in RELATIVE and child.tag_ in {"WP", "WDT"}]
    if len(own) > len(relative):
        # "which residents allege": the pronoun is what is said, the noun who says it.
        return next(child for child in reversed(own) if child not in relative)
    if relative:
        return _antecedent(verb)
    if any(child.dep_ == "expl" for child in verb.children):
        return None
    if verb.dep_ == "ROOT":
        return _misplaced(verb)
    head = verb.head
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.lemma_ in speech_words().follow_up:
        outer = _reporting(head)
        if outer is not None:
            return subject(outer, depth + 1)
    if verb.dep_ == "relcl":
        return None if _has_agentless_passive(verb) else head
    if verb.dep_ == "acl" and lost_main(verb):
        return owner(verb.sent.root) or verb.sent.root
    if verb.dep_ == "acl":
        return owner(head) or head if not _has_agentless_passive(verb) else None
    if verb.dep_ in {"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "aux"} and is_verb(head):
        return subject(head, depth + 1)
    if verb.dep_ == "conj" and head.pos_ in {"NOUN", "PROPN"}:
        return None
    if verb.dep_ == "pcomp" or (verb.dep_ in {"pobj", "prep"} and verb.tag_ == "VBG"):
        climbed = head
        while climbed.dep_ == "prep" and climbed.head != climbed:
            climbed = climbed.head
        if is_verb(climbed):
            return subject(climbed, depth + 1)
        if climbed.pos_ in {"NOUN", "PROPN"}:
            return owner(climbed)
    return None


def _misplaced(verb: Token) -> Token | None:
    """In "In an interview with X, an officer, …, said" the parser takes the officer for another name of X."""
    for child in verb.lefts:
        if child.dep_ == "advcl" and child.tag_ == "VBG":
            # "The monitor, citing activists, said": the subject hangs on the remark.
            mine = next((c for c in child.lefts if c.dep_ in SUBJECTS), None)
            if mine is not None:
                return mine
        for token in child.subtree if child.dep_ == "prep" else ():
            if token.dep_ == "appos" and token.pos_ in {"NOUN", "PROPN"}:
                return token
    return None


def _reporting(verb: Token) -> Token | None:
    """As in "He said that the militia left, adding that…": who adds is who said, though "adding" hangs on "left"."""
    while is_verb(verb) and verb.dep_ in {"conj", "advcl", "ccomp"}:
        if verb.dep_ == "ccomp" and verb.head.lemma_ in speech_words().verbs and verb.head.i < verb.i:
            return verb.head
        verb = verb.head
    return None


def _antecedent(verb: Token) -> Token | None:
    head: Token = verb.head
    if verb.dep_ == "relcl" and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return owner(head) or head if head.lemma_.lower() in speech_words().documents else head
    if verb.dep_ == "conj":
        return _antecedent(head)
    return None


def _has_agentless_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and not lost_main(verb) and not any(child.dep_ == "agent" for child in verb.children)


def lost_main(verb: Token) -> bool:
    """Return whether a "participle" is the misread main verb of a sentence that has no other: "The note—a long one—called on…"."""
    root = verb.sent.root
    if verb.tag_ != "VBN" or root.pos_ not in {"NOUN", "PROPN"} or verb.i <= root.i + 1:
        return False
    return bool(verb.head == root or verb.nbor(-1).is_punct)


def agent(verb: Token) -> Token | None:
    """Return the noun after "by" in a passive."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def owner(noun: Token) -> Token | None:
    """Return who stands behind a statement, a report, a claim.

    The possessor ("its claim"), the maker ("a report by Amnesty", "a UN report"), or the subject of the verb that issues it
    ("the ministry issued a statement", "the army said in a statement").
    """
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"}:
            return next((word for word in child.children if word.dep_ == "pobj"), None)
        if child.dep_ == "acl" and child.tag_ == "VBN":
            by = agent(child)
            if by is not None:
                return by
    for child in noun.children:
        if child.dep_ == "compound" and child.ent_type_ in {"ORG", "PERSON", "NORP"}:
            return child
    if noun.dep_ in {"dobj", "attr"} and noun.head.lemma_ in speech_words().light:
        return subject(noun.head)
    if noun.i + 2 < len(noun.doc) and noun.nbor().lower_ in {"from", "by"}:
        # "Quoting messages from relatives": the parser hangs the sender on the verb.
        sender = next((word for word in noun.nbor().children if word.dep_ == "pobj"), None)
        if sender is not None and sender.ent_type_ not in {"DATE", "TIME", "GPE", "LOC"}:
            return sender
    leads = noun.head.dep_ == "prep" and noun.head.lower_ in {"in", "with", "through", "via"}
    if noun.dep_ == "pobj" and leads and is_verb(noun.head.head):
        return subject(noun.head.head)
    return None


def negated(verb: Token) -> bool:
    """Return whether a verb is negated, by "not" or by its subject ("nobody said")."""
    return any(child.dep_ == "neg" for child in verb.children) or any(
        child.dep_ in SUBJECTS and child.lower_ in {"nobody", "none", "no-one"} for child in verb.children
    )
