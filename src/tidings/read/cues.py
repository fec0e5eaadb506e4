"""Cues of reported speech in the parse: which words report, who speaks, and what is said.

Each rule is a function from one token to a frame, named in ``Frame.rule``, with an example in its docstring. Speakers are
tokens here; who they are is settled in ``speech_chains.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.read.page import place
from tidings.read.quotes import Quotation
from tidings.read.speech_clauses import TAIL, clause_before, clause_content, quotes_beside, tail_of
from tidings.read.speech_closing import closing, run_on
from tidings.read.speech_content import clause_tokens, is_verb, phrase, pieces
from tidings.read.speech_figures import claimed, counted, put_at
from tidings.read.speech_frames import Frame, cue_words, entries_of, inside, is_passive, is_to
from tidings.read.speech_lexicon import speech_words
from tidings.read.speech_subjects import RELATIVE, SUBJECTS, agent, negated, owner, subject
from tidings.read.speech_verbs import is_reporter, verb_frame

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

__all__ = ["Frame", "find_cues"]


def find_cues(sentence: Stretch, quotations: tuple[Quotation, ...] = ()) -> Iterator[Frame]:
    """Yield the frames of one sentence, in order of their cue.

    Args:
        sentence: The parsed sentence.
        quotations: The quotations of its paragraph that may be speech.
    """
    triggers = speech_words().triggers
    found: list[Frame] = []
    for token in sentence:
        if token.lower_ not in triggers and token.lemma_.lower() not in triggers:
            continue
        frame = _frame(token, quotations)
        if frame is not None:
            frame.content = [piece for piece in frame.content if piece[1] > piece[0]]
            if frame.content:
                found.append(frame)
    last = closing(sentence, found)
    run_on(sentence, found)
    yield from found
    if last is not None:
        yield last


def _frame(token: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    if token.lower_ == "according":
        return _according(token)
    relative = _relative(token)
    if relative is not None:
        return relative
    if token.pos_ in {"NOUN", "PROPN"}:
        return _nominal(token)
    if not is_verb(token) and token.tag_ not in {"VBG", "VBN"}:
        return _put_it(token)
    if _after_as(token):
        return None
    return (
        _as_saying(token, quotations)
        or _quoted(token)
        or _said_by(token)
        or _put_it(token)
        or _learned(token, quotations)
        or put_at(token)
        or counted(token)
        or claimed(token)
        or _passive(token, quotations)
        or verb_frame(token, quotations)
        or _postposed(token)
    )


def _after_as(token: Token) -> bool:
    """Whether a verb is the "saying" of "cited a source as saying", which has its own rule."""
    return token.dep_ == "pcomp" and token.head.lower_ == "as" and token.head.head.lemma_ in speech_words().pass_on


# --- the rules --------------------------------------------------------------------------------------------------------


def _according(token: Token) -> Frame | None:
    """As in "The bridge is closed, according to the mayor"; "According to medics, two died"."""
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        to = token.nbor()
    if to is None:
        return None
    source = next((child for child in to.children if child.dep_ in {"pobj", "pcomp"}), None)
    if source is None:
        return None
    own = {under.i for under in token.subtree} | {under.i for under in to.subtree}
    clause = token.head
    last = max(own) >= token.sent.end - 2
    apart = token.i == token.sent.start or token.nbor(-1).is_punct or last
    while clause.dep_ != "ROOT" and (
        not is_verb(clause) or clause.dep_ == "acl" or (apart and clause.dep_ not in {"ccomp", "conj", "parataxis"})
    ):
        clause = clause.head
    passing = [
        part
        for part in clause.subtree
        if part.i > token.i
        and part.tag_ == "VBG"
        and part.lemma_ in speech_words().pass_on
        and part.nbor(-1).text == ","
    ]
    own |= {under.i for part in passing for under in part.subtree}
    words = _in_segment(token, clause_tokens(clause, own), last=last)
    return Frame(
        "according_to",
        token,
        [token, to],
        source,
        pieces(words, least_words=2),
        deeper=[child for part in passing for child in part.children if child.dep_ == "dobj"],
        outside=list(token.subtree),
    )


def _in_segment(token: Token, words: list[Token], *, last: bool) -> list[Token]:
    """The words up to the semicolon behind "according to": "eight died, according to medics; the army denied it"."""
    if last or token.i == token.sent.start:
        return words
    stop = next((mark.i for mark in token.doc[token.i : token.sent.end] if mark.text == ";"), token.sent.end)
    return [word for word in words if word.i < stop]


def _as_saying(verb: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    """As in "Rudaw cited a source as saying that…"; "the governor was quoted by AFP as saying…"."""
    words = speech_words()
    if verb.lemma_ not in words.pass_on:
        return None
    as_ = next((child for child in verb.subtree if child.lower_ == "as" and child.i > verb.i), None)
    saying = as_ and next((child for child in as_.children if is_verb(child) or child.tag_ == "VBG"), None)
    passive = any(child.dep_ == "auxpass" for child in verb.children) or (
        verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBN"
    )
    if as_ is None or saying is None:
        return None
    if passive:
        own = next(
            (child for child in verb.children if child.dep_ == "nsubjpass" and child.lower_ not in RELATIVE), None
        )
        source, carrier = own or (verb.head if verb.dep_ in {"acl", "relcl"} else subject(verb)), agent(verb)
    else:
        source = next((child for child in verb.children if child.dep_ in {"dobj", "dative"}), None)
        carrier = subject(verb)
        if source is None:
            source = next(
                (token for token in reversed(verb.doc[verb.i + 1 : as_.i]) if token.pos_ in {"NOUN", "PROPN", "PRON"}),
                None,
            )
    if source is None:
        return None
    content = clause_content(saying) or clause_before(verb) or quotes_beside(verb, quotations)
    if not content:
        rest = [token for token in saying.subtree if token.i > saying.i]
        content = pieces(rest, least_words=2)
    frame = Frame("as_saying", verb, [verb, as_, saying], source, content)
    if carrier is not None:
        frame.carriers.append(carrier)
    frame.outside = [token for token in verb.subtree if not inside(token, content)]
    return frame


def _quoted(verb: Token) -> Frame | None:
    """As in "The agency quoted the governor: two bridges are down": behind the colon stands what the governor says."""
    if verb.lemma_ not in speech_words().pass_on or is_passive(verb) or is_to(verb):
        return None
    source = next((child for child in verb.children if child.dep_ in {"dobj", "dative"}), None)
    if source is None or not (is_reporter(source) or source.pos_ == "PROPN"):
        return None
    colon = max(token.i for token in phrase(source)) + 1
    if colon + 2 >= verb.sent.end or verb.doc[colon].text != ":":
        return None
    frame = Frame("quoted_colon", verb, [verb], source, pieces(verb.doc[colon + 1 : verb.sent.end], least_words=3))
    carrier = subject(verb)
    if carrier is not None:
        frame.carriers.append(carrier)
    return frame


def _put_it(token: Token) -> Frame | None:
    """As in "As the mayor put it, nobody was spared"; "as the ministry reported"; "in the words of a survivor"."""
    if is_verb(token) and token.dep_ in {"advcl", "parataxis", "dep", "ROOT", "ccomp"}:
        as_ = next(
            (c for c in token.children if c.lower_ == "as" and c.dep_ in {"mark", "advmod"} and c.i < token.i), None
        )
        known = token.lemma_ in speech_words().verbs and any(
            "clause" in entry.takes and entry.attitude == "speech" for entry in speech_words().verbs[token.lemma_]
        )
        put = token.lemma_ == "put" and any(child.lower_ == "it" for child in token.children)
        apart = as_ is not None and (as_.i == token.sent.start or as_.nbor(-1).is_punct)
        if as_ is not None and apart and (known or put) and token.dep_ == "advcl" and not clause_content(token):
            source = agent(token) if token.tag_ == "VBN" and agent(token) is not None else subject(token)
            own = {under.i for under in token.subtree}
            if source is not None and (source.i in own or token.tag_ == "VBN"):
                return Frame(
                    "as_x_put_it",
                    token,
                    [as_, *cue_words(token)],
                    source,
                    pieces(clause_tokens(token.head, own), least_words=2),
                    outside=list(token.subtree),
                )
    if token.lower_ == "words" and token.head.lower_ == "in":
        source = owner(token) or next((w for c in token.children if c.lower_ == "of" for w in c.children), None)
        clause = token.head.head
        own = {under.i for under in token.head.subtree}
        if source is not None and is_verb(clause):
            return Frame(
                "in_the_words_of", token, [token.head, token], source, pieces(clause_tokens(clause, own), least_words=2)
            )
    return None


def _said_by(verb: Token) -> Frame | None:
    """As in "the only road we have said Omar Gil, a pharmacist": a name right after "said" is who says it."""
    name = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and is_reporter(c)), None)
    if verb.lemma_ != "say" or name is None or negated(verb) or is_to(verb):
        return None
    if min(token.i for token in name.subtree) != verb.i + 1 or tail_of(name.i, verb) > TAIL:
        return None
    return Frame("said_by", verb, [verb], name, pieces(verb.doc[verb.sent.start : verb.i], least_words=3))


def _postposed(verb: Token) -> Frame | None:
    """As in "Four died near the river, the region's ombudsman, Carlos Gil, said on Tuesday", where the parse lost the subject.

    A verb of saying without a subject at its side, near the end of its sentence; before it a noun phrase, after a comma or known
    as somebody who reports.
    """
    if (
        verb.lemma_ not in speech_words().reports
        or not _is_finite(verb)
        or tail_of(verb.i, verb) > TAIL
        or negated(verb)
    ):
        return None
    if any(child.dep_ in {"ccomp", "auxpass", "mark"} and child.i > verb.i - 2 for child in verb.children):
        return None
    start = min([verb.i, *(child.i for child in verb.children if child.dep_ == "aux")]) - 1
    while start > verb.sent.start and verb.doc[start].text == ",":
        start -= 1
    source = verb.doc[start]
    if source.dep_ in SUBJECTS and source.head == verb:
        return None
    while source.head.i < verb.i and (
        source.dep_ in _IN_PHRASE or (source.dep_ == "appos" and source.head.dep_ == "appos")
    ):
        source = source.head
    first = _first(source, verb)
    while source.dep_ == "conj" and source.head.i < first and verb.doc[first - 1].dep_ == "cc":
        source = source.head
        first = _first(source, verb)
    if source.pos_ not in {"NOUN", "PROPN", "PRON"} or first - 1 <= verb.sent.start:
        return None
    comma = verb.doc[first - 1].text == "," and not any(child.dep_ in SUBJECTS for child in verb.children)
    if not comma and not (start == verb.i - 1 and is_reporter(source)):
        return None
    content = pieces(verb.doc[verb.sent.start : first], least_words=4)
    return Frame("postposed", verb, cue_words(verb), source, content, outside=list(verb.subtree))


def _first(source: Token, verb: Token) -> int:
    return min([token.i for token in phrase(source) if token.i < verb.i], default=verb.i)


def _is_finite(verb: Token) -> bool:
    """Whether a verb stands by itself or in the perfect: "said", "have told"."""
    helped = [child for child in verb.children if child.dep_ == "aux"]
    return (verb.tag_ in {"VBD", "VBZ", "VBP"} and not helped) or (
        verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in helped)
    )


_IN_PHRASE = frozenset({"compound", "prep", "pobj", "amod", "nmod", "flat", "poss", "case", "det", "punct"})


def _learned(verb: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    """As in "Two people died, the paper has learned from a source in the police": the source speaks, the paper carries."""
    if verb.lemma_ not in {"learn", "hear"}:
        return None
    by = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "from"), None)
    source = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    carrier = subject(verb)
    content = clause_content(verb) or quotes_beside(verb, quotations)
    if by is None or source is None or not content:
        return None
    frame = Frame("learned_from", verb, [verb, by], source, content)
    if carrier is not None and carrier.pos_ != "PRON":
        frame.carriers.append(carrier)
    frame.outside = [token for token in verb.subtree if not inside(token, content)]
    return frame


def _passive(verb: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    """As in "Dozens are believed to have drowned"; "it was reported that…"; "residents were told that…"."""
    if not is_passive(verb) or negated(verb):
        return None
    entries = [entry for entry in entries_of(verb) if entry.takes & {"clause", "to", "quote"}]
    if not entries:
        return None
    by = agent(verb)
    attitude = next((entry.attitude for entry in entries if entry.takes & {"clause", "to"}), entries[0].attitude)
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and not is_to(child)), None)
    if clause is not None:
        content = clause_content(verb)
        return Frame(
            "passive_that", verb, cue_words(verb), by, content, attitude=attitude, outside=_outside(verb, clause)
        )
    own = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    infinitive = next((child for child in verb.children if child.dep_ == "xcomp"), None)
    if infinitive is None and any("quote" in entry.takes for entry in entries):
        quoted = quotes_beside(verb, quotations)
        return Frame("passive_quote", verb, cue_words(verb), by, quoted, outside=list(verb.subtree)) if quoted else None
    if infinitive is None or own is None or verb.lemma_ not in _RAISING:
        return None
    under = [*own.subtree, *infinitive.subtree]
    content = [(min(place(t)[0] for t in under), max(place(t)[1] for t in under))]
    return Frame("passive_to", verb, cue_words(verb), by, content, attitude=attitude)


_FINITE = frozenset("is are was were has have had will would may might can could did does do".split())
_SPEAKER_WORDS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "ADV"})


def _relative(verb: Token) -> Frame | None:
    """As in "A unit which residents allege is run by a colonel": the relative clause is what they allege.

    The parser hangs such clauses in many ways, so the words decide: a pronoun, up to four words that name somebody, a verb of
    saying, a finite verb. The content runs from the pronoun to the next comma or full stop.
    """
    entries = entries_of(verb)
    if verb.i == verb.sent.start or verb.i + 1 >= verb.sent.end or verb.nbor().lower_ not in _FINITE:
        return None
    if not any(entry.attitude == "speech" and "clause" in entry.takes for entry in entries):
        return None
    if verb.pos_ == "NOUN" and verb.lemma_.lower() in speech_words().claims:
        return None
    start = verb.i - 1
    while start > verb.sent.start and verb.i - start <= 4 and verb.doc[start].pos_ in _SPEAKER_WORDS - {"PRON"}:
        start -= 1
    pronoun, speaker = verb.doc[start], verb.nbor(-1)
    if pronoun.lower_ not in RELATIVE or start == verb.i - 1 or speaker.pos_ not in {"NOUN", "PROPN"}:
        return None
    end = verb.i + 1
    while end < verb.sent.end and not (verb.doc[end].is_punct and verb.doc[end].text in ",.;—–―"):
        end += 1
    return Frame("relative", verb, cue_words(verb), speaker, pieces(verb.doc[start:end]))


_RAISING = frozenset(
    "say report believe think allege understand rumor rumour know presume fear expect claim suspect consider estimate".split()
)


def _outside(verb: Token, clause: Token) -> list[Token]:
    inner = {token.i for token in clause.subtree}
    return [token for token in verb.subtree if token.i not in inner]


def _nominal(noun: Token) -> Frame | None:
    """As in "Residents' claims that the army fled"; "the report that…"; "its denial of any role"."""
    words = speech_words()
    lemma = noun.lemma_.lower()
    if lemma not in words.claims and lemma not in words.that:
        return None
    attitude = "belief" if lemma in words.beliefs else "speech"
    verdict = "denied" if lemma in words.denials else ""
    source = owner(noun)
    by = noun.head
    if noun.dep_ == "pobj" and by.dep_ == "prep" and by.head.lemma_ in words.verbs and by.i > by.head.i:
        return None
    for child in noun.children:
        marked = any(
            c.lower_ == "that" and c.dep_ in {"mark", "nsubj", "dobj"} and c.tag_ == "IN" for c in child.children
        )
        if source is not None and child.dep_ in {"acl", "ccomp", "relcl"} and is_verb(child) and marked:
            return Frame("noun_that", noun, [noun], source, pieces(child.subtree), attitude=attitude, verdict=verdict)
    return None
