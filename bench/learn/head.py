"""A learned head: words that no entry of the trigger lexicon read, read by what they are like.

A multinomial logistic regression over each verb, noun and adjective: its vector, its context as the parser sees it, the
vectors of what it hangs on and of its subject, object and first prepositional complement, whether parties, people, places
or numbers stand there, and how near it stands to the words that the lexicon lists for each kind and type. It answers with
a kind and type of the coding guide, or with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tidings.read.index import MentionIndex
from tidings.read.page import place
from tidings.read.roles import clause_verb
from tidings.read.triggers import load_triggers

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

    Floats = NDArray[np.float32]
    Whole = NDArray[np.int64]

__all__ = ["LIKENESS", "Head", "features", "listed", "openers", "taken_by"]

SLOTS = ("head", "subject", "object", "oblique")
"""The words around a candidate whose vectors it is judged by, beside its own."""
PARTS = ("VERB", "NOUN", "ADJ")
_PART = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective"}
LIKENESS = 3.0
"""How much likeness to the lexicon weighs against the vectors, which have length one."""
REMEMBERED = 20_000
"""Lemmas whose likeness is kept in memory."""
EMPTY = frozenset(
    "be have do say tell add note report may can will would should could must might year day month week hour time today "
    "yesterday people man woman child number part area place thing way other such many more most several".split()
)
"""Lemmas that tell of nothing by themselves: not asked."""
SUBJECT = frozenset({"nsubj", "nsubjpass", "poss"})
OBJECT = frozenset({"dobj", "attr", "oprd", "acomp"})
INHERITS = frozenset({"conj", "xcomp", "advcl"})
COMPANY = 4
"""Marks per word: an armed party or named actor, people, a place, a number."""
MARKED_DEPS = "ROOT nsubj nsubjpass dobj pobj conj relcl acl advcl xcomp ccomp amod attr acomp compound pcomp appos auxpass prt neg det mark".split()


def openers(docs: Iterable[Doc]) -> list[list[Token]]:
    """Return of each parsed paragraph the words that may tell of something."""
    return [
        [token for token in doc if token.pos_ in PARTS and token.is_alpha and token.lemma_.lower() not in EMPTY]
        for doc in docs
    ]


def _company(doc: Doc, index: MentionIndex, amounts: Iterable[tuple[int, int]]) -> Floats:
    """Return for each word of a paragraph whether an actor, people, a place or a number covers it."""
    offset: int = doc.user_data["offset"]
    starts = doc.to_array("IDX").astype(np.int64) + offset if len(doc) > 1 else np.array([offset])
    found = np.zeros((len(doc), COMPANY), np.float32)
    end = offset + len(doc.text)
    for mention in index.within(offset, end):
        held = index.antecedent(mention)
        kind = 2 if held.kind == "place" else 1 if held.lexicon.startswith("generic.") else 0
        if held.kind in {"actor", "place", "person", "source"}:
            first, last = np.searchsorted(starts, (mention.start, mention.end))
            found[first:last, kind] = 1.0
    for start, stop in amounts:
        if offset <= start < end:
            first, last = np.searchsorted(starts, (start, stop))
            found[first:last, 3] = 1.0
    return found


def _around(doc: Doc) -> tuple[Whole, Whole]:
    """Return for each word the places of its head, subject, object and oblique (-1 for none), and marks of its children.

    The marks are bits: auxiliary of the passive, negation, particle, determiner, possessor, subject, object, preposition.
    """
    slots = np.full((len(doc), len(SLOTS)), -1, np.int64)
    marks = np.zeros((len(doc), 8), np.int64)
    for token in doc:
        at, head, dep = token.i, token.head.i, token.dep_
        if head == at:
            continue
        slots[at, 0] = head
        if dep in SUBJECT:
            slots[head, 1] = at
            marks[head, 4 if dep == "poss" else 5] = 1
            if dep == "nsubjpass":
                slots[head, 2], slots[head, 1] = at, -1
                marks[head, 0] = 1
        elif dep in OBJECT:
            slots[head, 2] = at
            marks[head, 6] = 1
        elif dep in {"pobj", "pcomp"} and token.head.head.i != head:
            above = token.head.head.i
            if token.head.lower_ == "by":
                slots[above, 1] = at
            elif token.head.lower_ == "of" and slots[above, 2] < 0:
                slots[above, 2] = at
            elif slots[above, 3] < 0:
                slots[above, 3] = at
            marks[above, 7] = 1
        elif dep in {"auxpass", "neg", "prt", "det"}:
            marks[head, {"auxpass": 0, "neg": 1, "prt": 2, "det": 3}[dep]] = 1
        elif dep in {"compound", "amod"} and slots[head, 1] < 0:
            slots[head, 1] = at
    for token in doc:
        at, dep = token.i, token.dep_
        if slots[at, 1] < 0 and dep in {"relcl", "acl"}:
            slots[at, 1] = token.head.i
        elif slots[at, 1] < 0 and dep in INHERITS:
            slots[at, 1] = slots[token.head.i, 1]
    return slots, marks


@cache
def listed() -> tuple[dict[tuple[str, str], Floats], tuple[str, ...]]:
    """Return of each lemma and part of speech of the lexicon which kinds and types it is listed for, and their names."""
    names = sorted({f"{t.kind}/{t.type}" for held in load_triggers().entries.values() for t in held})
    table: dict[tuple[str, str], Floats] = {}
    for key, held in load_triggers().entries.items():
        row = np.zeros(len(names), np.float32)
        row[[names.index(f"{t.kind}/{t.type}") for t in held]] = 1.0
        table[key] = row
    return table, tuple(names)


class _Likeness:
    """How near a lemma's vector stands to the nearest listed lemma of each kind and type, itself left out."""

    def __init__(self, vocab: Vocab) -> None:
        table, names = listed()
        self.vocab = vocab
        self.none = np.zeros(len(names), np.float32)
        self.known: dict[tuple[str, str], Floats] = {}
        self.stands: dict[str, tuple[list[str], Floats, list[list[int]]]] = {}
        for part in ("verb", "noun", "adjective"):
            lemmas = [lemma for held, lemma in table if held == part and vocab[lemma].has_vector]
            rows = np.array([vocab[lemma].vector / max(vocab[lemma].vector_norm, 1e-6) for lemma in lemmas], np.float32)
            kinds = np.array([table[part, lemma] for lemma in lemmas])
            self.stands[part] = (lemmas, rows, [np.flatnonzero(kinds[:, at]).tolist() for at in range(len(names))])

    def of(self, part: str, lemma: str) -> Floats:
        """Return the likeness to each kind and type, between 0 and 1."""
        found = self.known.get((part, lemma))
        if found is not None:
            return found
        row = self.none
        word = self.vocab[lemma]
        if word.has_vector:
            lemmas, rows, groups = self.stands[part]
            near = np.maximum(rows @ (word.vector / max(word.vector_norm, 1e-6)), 0.0)
            near[near > 0.999] = 0.0  # the word itself, and forms that share its vector
            if lemma in lemmas:
                near[lemmas.index(lemma)] = 0.0
            row = np.array([near[group].max() if group else 0.0 for group in groups], np.float32)
        if len(self.known) < REMEMBERED:
            self.known[part, lemma] = row
        return row


@cache
def _likeness(vocab: Vocab) -> _Likeness:
    return _Likeness(vocab)


def _lexical(words: Sequence[Token]) -> Floats:
    table, names = listed()
    near = _likeness(words[0].vocab)
    none = np.zeros(len(names), np.float32)
    rows = []
    for word in words:
        part = _PART[word.pos_]
        lemma = word.lemma_.lower()
        rows.append(np.concatenate([LIKENESS * near.of(part, lemma), table.get((part, lemma), none)]))
    return np.array(rows)


def features(index: MentionIndex, amounts: Sequence[tuple[int, int]], words: Sequence[Token]) -> Floats:
    """Return one row per word of one page, those of one paragraph side by side: vectors of the word and its slots, its context, and marks.

    Args:
        index: The mentions of the page.
        amounts: Start and end of its numbers.
        words: Words of its paragraphs.

    Returns:
        An array of shape (words, 5 * 300 + 96 + marks), each vector of length one or all zero.
    """
    rows: list[Floats] = []
    by_doc: dict[int, list[Token]] = {}
    docs: dict[int, Doc] = {}
    for word in words:
        key = word.doc.user_data["offset"]
        by_doc.setdefault(key, []).append(word)
        docs[key] = word.doc
    for key, held in by_doc.items():
        doc = docs[key]
        at = np.array([word.i for word in held])
        vectors: Any = doc.vocab.vectors
        keys = doc.to_array("ORTH")
        table = np.asarray(vectors.data)
        places = vectors.find(keys=keys.tolist() if hasattr(keys, "tolist") else [keys])
        static = np.where((places >= 0)[:, None], table[places], 0.0).astype(np.float32)
        static /= np.maximum(np.linalg.norm(static, axis=1, keepdims=True), 1e-6)
        slots, marks = _around(doc)
        company = _company(doc, index, amounts)
        # A row of zeros at the end stands for "no such word".
        static = np.vstack([static, np.zeros((1, static.shape[1]), np.float32)])
        company = np.vstack([company, np.zeros((1, COMPANY), np.float32)])
        chosen = slots[at]
        tensor = np.asarray(doc.tensor[at], np.float32) / 10.0
        parts = np.array([[word.pos_ == part for part in PARTS] for word in held], np.float32)
        deps = np.array([[word.dep_ == dep for dep in MARKED_DEPS] for word in held], np.float32)
        tags = np.array([[word.tag_ == tag for tag in ("VBN", "VBG", "VBD", "VB")] for word in held], np.float32)
        rows.append(
            np.hstack(
                [
                    static[at],
                    *(static[chosen[:, slot]] for slot in range(len(SLOTS))),
                    tensor,
                    *(company[chosen[:, slot]] for slot in range(len(SLOTS))),
                    company[at],
                    parts,
                    deps,
                    tags,
                    marks[at].astype(np.float32),
                    _lexical(held),
                ]
            )
        )
    return np.vstack(rows)


@dataclass(frozen=True)
class Head:
    """The regression: ``weights`` (inputs, answers), their ``offset``, and the answers by name ("event/shelling", "nothing")."""

    weights: Floats
    offset: Floats
    answers: tuple[str, ...]

    def __call__(self, rows: Floats) -> Floats:
        """Return the probability of each answer for each row, shape (rows, answers)."""
        scores = rows @ self.weights + self.offset
        scores -= scores.max(axis=1, keepdims=True)
        raised = np.exp(scores)
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def taken_by(words: Iterable[Token]) -> set[int]:
    """Return where the words and clause verbs begin that the rules' trigger words speak for: the head is not asked there."""
    taken = set()
    for word in words:
        taken.add(place(word)[0])
        verb = clause_verb(word)
        if verb is not None:
            taken.add(place(verb)[0])
            if verb.dep_ in {"xcomp", "pcomp"}:
                taken.add(place(verb.head)[0])  # "were forced to withdraw" is told by "withdraw"
    return taken
