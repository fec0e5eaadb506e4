"""Who does what to whom, read off the dependency parse: subjects and objects below every turn of the clause.

A *relation* is a name for the place a word has around a verb or an event noun::

    subj     who does it: the subject, or the "by" phrase of a passive; also through relative clauses, participles,
             conjoined verbs, "was forced to", "attempted to"
    obj      whom or what: the object, or the subject of a passive
    poss compound amod    what stands before an event noun ("the army's / army / Yemeni offensive")
    of on against between with from to in …    the complements of a preposition, under its own word
    support  the light verb that carries an event noun ("launched" of "launched an attack")

Paths join relations with ">": "obj>of" are the "of" complements of the object ("took control of the town").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.read.conjuncts import expanded
from tidings.read.roles_torn import swallowed_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "argument_path",
    "clause_verb",
    "expanded",
    "is_passive",
    "is_verbal",
    "phrase",
    "relation",
    "surface_subjects",
    "weapon_before",
    "whose",
]

RELATIVE = frozenset({"who", "which", "that", "whom"})
# Verbs whose object, not subject, does what the infinitive says: "forced residents to flee".
OBJECT_CONTROL = frozenset(
    "force compel allow order urge prompt cause tell help push drive lead enable instruct ask oblige permit see leave".split()
)
CHARGING = frozenset({"accuse", "suspect", "blame", "prevent", "stop", "convict", "charge", "keep"})
"""Verbs whose object does, or is said to have done, what "of", "for" or "from" with a gerund says."""
COMPASS = frozenset("north south east west northeast northwest southeast southwest outside inside elsewhere".split())
ARMS = frozenset({"artillery", "mortar", "rocket", "tank", "missile", "air", "aerial"})
BEFORE = ("poss", "compound", "amod", "nmod")
DEEPEST = 12
"""Steps of climbing after which a clause is given up: bounds the work on broken parses of endless sentences."""


def is_verbal(token: Token) -> bool:
    """Return whether a word works as a verb here; "Fighting between both armies" is a noun whatever its tag."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    if weapon_before(token):
        return False
    if token.tag_ != "VBG" or token.dep_ not in {
        "csubj",
        "nsubj",
        "nsubjpass",
        "pobj",
        "dobj",
        "ROOT",
        "conj",
        "pcomp",
    }:
        return True
    children = {child.dep_ for child in token.children}
    if children & {"aux", "auxpass", "nsubj", "nsubjpass", "dobj", "prt", "neg", "xcomp", "ccomp", "mark", "advcl"}:
        return True
    if token.dep_ in {"csubj", "nsubj", "nsubjpass"} or children & {"det", "amod", "poss", "compound"}:
        return False
    return not any(child.dep_ == "prep" and child.lower_ in {"between", "of", "by"} for child in token.children)


def weapon_before(token: Token) -> bool:
    """Return whether an "-ing" word follows the weapon it is done with: "artillery shelling", "mortar bombing"."""
    return (
        token.tag_ == "VBG"
        and token.dep_ == "acl"
        and token.head.i == token.i - 1
        and token.head.lemma_.lower() in ARMS
    )


def is_passive(verb: Token) -> bool:
    """Return whether a verb stands in the passive: by its auxiliary, its subject, or as a participle after a noun."""
    known: dict[str, bool] = verb.known  # type: ignore[attr-defined]  # see words.py
    passive = known.get("passive")
    if passive is None:
        passive = known["passive"] = _is_passive(verb)
    return passive


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"auxpass", "nsubjpass"} and child.text != "IS" for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in {"acl", "amod", "oprd", "acomp"}:
        return True
    if _own_subjects(verb) and not any(c.dep_ in {"aux", "dobj"} for c in verb.children):
        # "two killed and five wounded": a participle with a subject and no auxiliary has left out "were".
        return True
    if verb.dep_ == "conj" and not _own_subjects(verb) and not any(c.dep_ == "aux" for c in verb.children):
        return verb.head.pos_ in {"VERB", "AUX"} and is_passive(verb.head) and not _objects(verb)
    return verb.dep_ in {"advcl", "ccomp", "xcomp"} and not any(c.dep_ in {"aux", "dobj"} for c in verb.children)


def _own_subjects(verb: Token) -> list[Token]:
    own = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass", "csubj"}]
    own = own or swallowed_subject(verb)
    # "9,000 more are still trapped": the parse may hang the subject on the auxiliary.
    return own or [
        child
        for aux in verb.children
        if aux.dep_ in {"aux", "auxpass"}
        for child in aux.children
        if child.dep_ in {"nsubj", "nsubjpass"}
    ]


def _objects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in {"dobj", "attr", "oprd"}]


def _antecedent(pronoun: Token, verb: Token) -> Token:
    """Return the noun that a relative pronoun stands for, or the pronoun itself."""
    current = verb
    for _ in range(DEEPEST):
        if current.dep_ == "relcl":
            return current.head
        if current.dep_ not in {"conj", "xcomp", "ccomp", "auxpass", "advcl"}:
            break
        current = current.head
    return pronoun


def _coordinated(noun: Token, verb: Token) -> list[Token]:
    """Return an antecedent with those beside it that share its relative clause: both of "fighters and troops who joined forces"."""
    found = [noun]
    while (
        noun.dep_ == "conj"
        and noun.head.pos_ in {"NOUN", "PROPN"}
        and len(found) < 6
        and not any(child.dep_ in {"det", "poss"} for child in noun.children)
    ):
        noun = noun.head
        found.insert(0, noun)
    behind = [other for other in expanded(found[-1]) if other.i < verb.left_edge.i and other not in found]
    return found + behind


def _resolved(token: Token, verb: Token) -> list[Token]:
    if token.lower_ in RELATIVE and token.tag_ in {"WDT", "WP", "WP$", "IN"}:
        antecedent = _antecedent(token, verb)
        return _coordinated(antecedent, verb) if antecedent != token else []
    return expanded(token)


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the words that stand as the verb's subject, its own or the one it shares; empty when there is none.

    Example: "The army stormed the town, killing ten" gives "army" for "killing"; "rebels who tried to enter"
    gives "rebels" for "enter"; "was forced to withdraw" gives the subject of "was forced".
    """
    if depth:
        return _surface_subjects(verb, depth)
    known: dict[str, list[Token]] = verb.known  # type: ignore[attr-defined]  # see words.py
    found = known.get("subjects")
    if found is None:
        found = known["subjects"] = _surface_subjects(verb, 0)
    return found.copy()


def _surface_subjects(verb: Token, depth: int) -> list[Token]:
    own = _own_subjects(verb)
    if own:
        return [token for subject in own for token in _subject_words(subject, verb)]
    if depth > DEEPEST:
        return []
    head = verb.head
    if verb.dep_ == "relcl":
        return [] if _gap_is_object(verb) else _coordinated(head, verb)
    if verb.dep_ == "acl":
        above = clause_verb(head)
        if verb.tag_ == "VBG" and above is not None and verb.i > 0 and verb.nbor(-1).text == "," and above != verb:
            # ", killing ten": a participle set off by a comma speaks of the clause, not of the last noun.
            return surface_subjects(above, depth + 1) or expanded(head)
        if verb.tag_ in {"VBG", "VBN"} or (verb.tag_ == "VBD" and head.dep_ == "ROOT"):
            return expanded(head)  # "The council called on …", its main verb parsed as if it hung on the noun
        return _holder(head, depth + 1)
    if verb.dep_ == "pcomp" and head.pos_ in {"ADP", "SCONJ"}:
        above = head.head
        charging = above if above.pos_ in {"VERB", "AUX"} else above.head
        if charging.lemma_ in CHARGING and head.lower_ in {"of", "for", "from"}:
            return _of_verb(charging, "obj")  # "accused the police of beating him": the police beat
        if above.pos_ in {"VERB", "AUX"}:
            return surface_subjects(above, depth + 1)
        return _holder(above, depth + 1)
    if (
        verb.dep_ in {"conj", "advcl", "xcomp", "dep", "auxpass", "ccomp", "parataxis", "acomp", "oprd"}
        and head != verb
    ):
        if head.pos_ not in {"VERB", "AUX"}:
            return _holder(head, depth + 1) if head.pos_ in {"NOUN", "ADJ", "ADP", "ADV", "SCONJ"} else []
        if verb.dep_ == "ccomp" and verb.tag_ not in {"VB", "VBG"}:
            return []
        if verb.dep_ in {"xcomp", "ccomp"} and head.lemma_ in OBJECT_CONTROL:
            objects = [child for child in head.children if child.dep_ in {"dobj", "dative"}]
            if objects:
                return [token for item in objects for token in expanded(item)]
        if (
            verb.dep_ == "conj"
            and head.dep_ == "relcl"
            and is_passive(head)
            and verb.tag_ == "VBD"
            and not is_passive(verb)
        ):
            # "freed women who had been held and recovered rifles": the parse hung the second deed on the clause inside.
            above = clause_verb(head.head)
            return surface_subjects(above, depth + 1) if above is not None else []
        return surface_subjects(head, depth + 1)
    return []


def _subject_words(subject: Token, verb: Token) -> list[Token]:
    if subject.dep_ == "csubj" and subject.tag_ in {"VBN", "VBD"}:
        # "Jihadists linked to X have imposed …", parsed as if "linked" were the subject.
        inner = [child for child in subject.children if child.dep_ == "nsubj"]
        if inner:
            return [token for item in inner for token in expanded(item)]
    return _resolved(subject, verb)


def _gap_is_object(verb: Token) -> bool:
    return bool(_own_subjects(verb))


def _holder(noun: Token, depth: int) -> list[Token]:
    """Return whose plan, bid or role a noun is: its possessor, or the subject of the verb it depends on."""
    for child in noun.children:
        if child.dep_ == "poss":
            return expanded(child)
    for child in noun.children:
        if child.dep_ == "compound" and child.pos_ == "PROPN":
            return [child]
    current = noun
    for _ in range(DEEPEST):
        if current.dep_ == "nsubjpass":
            return _prepositional(current.head, "by")
        if current.dep_ == "nsubj" and current.head.pos_ in {"VERB", "AUX"}:
            return []
        if current.dep_ in {"dobj", "attr", "acomp", "prep", "advmod"} and current.head.pos_ in {"VERB", "AUX"}:
            return surface_subjects(current.head, depth) if depth <= DEEPEST else []
        if current.dep_ in {"pobj", "pcomp"}:
            above = current.head.head
            if above.pos_ in {"VERB", "AUX"}:
                return surface_subjects(above, depth) if depth <= DEEPEST else []
            if current.head.lower_ == "in" and above.pos_ in {"PROPN", "NOUN"} and above.dep_ == "ROOT":
                return expanded(above)
            current = above
            continue
        break
    return []


def clause_verb(token: Token) -> Token | None:
    """Return the nearest verb at or above a token, or None in a sentence without one."""
    current = token
    for _ in range(60):
        if current.pos_ in {"VERB", "AUX"}:
            return current
        if current.head == current:
            return None
        current = current.head
    return None


def _prepositional(head: Token, name: str) -> list[Token]:
    found: list[Token] = []
    for child in head.children:
        if child.dep_ in {"prep", "agent", "dative", "prt"} and child.lower_ == name:
            for item in child.children:
                if item.dep_ in {"pobj", "pcomp"}:
                    found.extend(_resolved(item, head))
        elif (
            child.dep_ in {"prep", "advmod"} and child.lower_ != name and not (name == "of" and child.lower_ in COMPASS)
        ):
            # "south of", "close to", "because of": the preposition hangs on another word.
            for inner in child.children:
                if inner.dep_ == "prep" and inner.lower_ == name:
                    found.extend(token for item in inner.children if item.dep_ == "pobj" for token in expanded(item))
    return found


def _of_verb(verb: Token, name: str) -> list[Token]:
    passive = is_passive(verb)
    if name == "surface":
        return surface_subjects(verb)
    if name == "subj":
        return _prepositional(verb, "by") if passive else surface_subjects(verb)
    if name == "obj":
        if passive:
            objects = [token for item in verb.children if item.dep_ == "dobj" for token in expanded(item)]
            return surface_subjects(verb) or objects
        found = [token for item in _objects(verb) for token in _resolved(item, verb)]
        if not found and verb.dep_ == "relcl" and _own_subjects(verb) and verb.tag_ != "VBG":
            lowered = {child.lower_ for child in verb.children if child.tag_ in {"WDT", "WP", "WRB"}}
            if "where" not in lowered and not any(
                child.dep_ == "prep" and not list(child.children) for child in verb.children
            ):
                found = (
                    [verb.head] if not any(c.lower_ in RELATIVE and c.dep_ == "nsubj" for c in verb.children) else []
                )
        return found
    if name == "iobj":
        return [token for item in verb.children if item.dep_ == "dative" for token in expanded(item)]
    if name in {"xcomp", "ccomp", "attr", "acomp", "prt", "advcl", "oprd"}:
        return [child for child in verb.children if child.dep_ == name]
    return _prepositional(verb, name)


def _of_noun(noun: Token, name: str) -> list[Token]:
    if name == "poss":
        return [token for child in noun.children if child.dep_ == "poss" for token in expanded(child)]
    if name in BEFORE:
        return [child for child in noun.children if child.dep_ in {name, "nmod"}]
    if name == "before":
        found = [child for child in noun.lefts if child.dep_ in {"compound", "amod", "nmod", "poss"}]
        # "army-led attacks": who leads them hangs on the participle.
        return found + [inner for child in found if child.lower_ in {"led", "run"} for inner in child.lefts]
    if name == "acl":
        return [child for child in noun.children if child.dep_ in {"acl", "relcl"}]
    if name == "appos":
        return [child for child in noun.children if child.dep_ == "appos"]
    found = _prepositional(noun, name)
    if not found and name == "of" and noun.dep_ == "dobj":
        # "took control of the town" with "of" hung on the verb.
        return _prepositional(noun.head, name)
    return found


def relation(head: Token, name: str) -> list[Token]:
    """Return the words that stand in relation ``name`` to ``head``, conjuncts included, in order."""
    if is_verbal(head):
        return _of_verb(head, name)
    return _of_noun(head, name)


def whose(token: Token) -> list[Token]:
    """Return the noun that "whose" before ``token`` stands for: "militia" in "the militia whose men fled"."""
    if not any(child.dep_ == "poss" and child.lower_ == "whose" for child in token.children):
        return []
    verb = clause_verb(token)
    if verb is None:
        return []
    antecedent = _antecedent(token, verb)
    return [antecedent] if antecedent != token else []


def argument_path(head: Token, path: str) -> list[Token]:
    """Return the words at the end of a path of relations ("obj>of"), in order, without repeats."""
    known: dict[str, list[Token]] = head.known  # type: ignore[attr-defined]  # see words.py
    found = known.get(path)
    if found is None:
        found = known[path] = _at_end(head, path)
    return found.copy()


def _at_end(head: Token, path: str) -> list[Token]:
    current = [head]
    for name in path.split(">"):
        following: list[Token] = []
        for token in current:
            following.extend(found for found in relation(token, name) if found not in following)
        current = following
    return current


def phrase(head: Token, *, without: frozenset[str] = frozenset({"conj", "cc", "relcl", "punct"})) -> Iterator[Token]:
    """Yield the words of the noun phrase under ``head``, leaving out children by their relation."""
    waiting = [head]
    count = 0
    while waiting and count < 400:
        token = waiting.pop()
        count += 1
        yield token
        waiting.extend(child for child in token.children if child.dep_ not in without)
