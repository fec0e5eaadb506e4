"""Cues of reported speech in the parse: which words report, who speaks, and what is said.

Each rule is a function from one token to a frame, named in ``Frame.rule``, with an example in its docstring. Speakers are
tokens here; who they are is settled in ``speech_chains.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidings.read.page import place
from tidings.read.quotes import Quotation
from tidings.read.speech_content import clause_tokens, is_verb, pieces
from tidings.read.speech_lexicon import VerbEntry, source_words, speech_words
from tidings.read.speech_subjects import RELATIVE, SUBJECTS, agent, negated, owner, subject

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

__all__ = ["Frame", "find_cues"]



@dataclass(slots=True)
class Frame:
    """One cue with its parts. ``content`` holds code points; ``head`` is the token that reports."""

    rule: str
    head: Token
    cue: list[Token]
    source: Token | None
    content: list[tuple[int, int]]
    attitude: str = "speech"
    verdict: str = ""
    hearer: Token | None = None
    carriers: list[Token] = field(default_factory=list)
    deeper: list[Token] = field(default_factory=list)
    outside: list[Token] = field(default_factory=list)


def find_cues(sentence: Stretch, quotations: tuple[Quotation, ...] = ()) -> Iterator[Frame]:
    """Yield the frames of one sentence, in order of their cue.

    Args:
        sentence: The parsed sentence.
        quotations: The quotations of its paragraph that may be speech.
    """
    for token in sentence:
        frame = _frame(token, quotations)
        if frame is not None:
            frame.content = [piece for piece in frame.content if piece[1] > piece[0]]
            if frame.content:
                yield frame


def _frame(token: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    if token.lower_ == "according":
        return _according(token)
    if token.pos_ in {"NOUN", "PROPN"}:
        return _nominal(token)
    if not is_verb(token) and token.tag_ not in {"VBG", "VBN"}:
        return _put_it(token)
    if _after_as(token):
        return None
    return (
        _as_saying(token, quotations)
        or _put_it(token)
        or _passive(token, quotations)
        or _relative(token)
        or _verb(token, quotations)
    )


def _after_as(token: Token) -> bool:
    """Whether a verb is the "saying" of "cited a source as saying", which has its own rule."""
    return token.dep_ == "pcomp" and token.head.lower_ == "as" and token.head.head.lemma_ in speech_words().pass_on


def _cue(verb: Token, *extra: Token) -> list[Token]:
    words = [verb, *extra]
    words += [child for child in verb.children if child.dep_ == "prt" and abs(child.i - verb.i) <= 2]
    return sorted(set(words), key=lambda token: token.i)


# --- the rules --------------------------------------------------------------------------------------------------------


def _according(token: Token) -> Frame | None:
    """ "The bridge is closed, according to the mayor"; "According to medics, two died"."""
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
    apart = token.i == token.sent.start or token.nbor(-1).is_punct
    while clause.dep_ != "ROOT" and (
        not is_verb(clause) or (apart and clause.dep_ not in {"ccomp", "conj", "parataxis"})
    ):
        clause = clause.head
    return Frame(
        "according_to",
        token,
        [token, to],
        source,
        pieces(clause_tokens(clause, own), least_words=2),
        outside=[under for under in token.subtree],
    )


def _as_saying(verb: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    """ "Rudaw cited a source as saying that…"; "the governor was quoted by AFP as saying…"."""
    words = speech_words()
    if verb.lemma_ not in words.pass_on:
        return None
    as_ = next((child for child in verb.subtree if child.lower_ == "as" and child.i > verb.i), None)
    saying = as_ and next((child for child in as_.children if is_verb(child) or child.tag_ == "VBG"), None)
    passive = (
        any(child.dep_ == "auxpass" for child in verb.children) or verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBN"
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
    content = _clause(saying) or _before(verb, quotations) or _beside(verb, quotations)
    if not content:
        rest = [token for token in saying.subtree if token.i > saying.i]
        content = pieces(rest, least_words=2)
    frame = Frame("as_saying", verb, [verb, as_, saying], source, content)
    if carrier is not None:
        frame.carriers.append(carrier)
    frame.outside = [token for token in verb.subtree if not _inside(token, content)]
    return frame


def _put_it(token: Token) -> Frame | None:
    """ "As the mayor put it, nobody was spared"; "as the ministry reported"; "in the words of a survivor"."""
    if is_verb(token) and token.dep_ in {"advcl", "parataxis", "dep", "ROOT", "ccomp"}:
        as_ = next(
            (c for c in token.children if c.lower_ == "as" and c.dep_ in {"mark", "advmod"} and c.i < token.i), None
        )
        known = token.lemma_ in speech_words().verbs and any(
            "clause" in entry.takes and entry.attitude == "speech" for entry in speech_words().verbs[token.lemma_]
        )
        put = token.lemma_ == "put" and any(child.lower_ == "it" for child in token.children)
        if as_ is not None and (known or put) and token.dep_ == "advcl" and _clause(token) == []:
            source = agent(token) if token.tag_ == "VBN" and agent(token) is not None else subject(token)
            own = {under.i for under in token.subtree}
            if source is not None and (source.i in own or token.tag_ == "VBN"):
                return Frame(
                    "as_x_put_it",
                    token,
                    [as_, *_cue(token)],
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


def _passive(verb: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    """"Dozens are believed to have drowned"; "it was reported that…"; "residents were told that…"."""
    if not _is_passive(verb) or negated(verb):
        return None
    entries = [entry for entry in _entries(verb) if entry.takes & {"clause", "to", "quote"}]
    if not entries:
        return None
    by = agent(verb)
    attitude = next((entry.attitude for entry in entries if entry.takes & {"clause", "to"}), entries[0].attitude)
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and not _is_to(child)), None)
    if clause is not None:
        content = _clause(verb)
        return Frame("passive_that", verb, _cue(verb), by, content, attitude=attitude, outside=_outside(verb, clause))
    own = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    infinitive = next((child for child in verb.children if child.dep_ == "xcomp"), None)
    if infinitive is None and any("quote" in entry.takes for entry in entries):
        quoted = _beside(verb, quotations)
        return Frame("passive_quote", verb, _cue(verb), by, quoted, outside=list(verb.subtree)) if quoted else None
    if infinitive is None or own is None or verb.lemma_ not in _RAISING:
        return None
    under = [*own.subtree, *infinitive.subtree]
    content = [(min(place(t)[0] for t in under), max(place(t)[1] for t in under))]
    return Frame("passive_to", verb, _cue(verb), by, content, attitude=attitude)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _relative(verb: Token) -> Frame | None:
    """"A unit which residents allege is run by a colonel": the relative clause is what they allege.

    The parser hangs such clauses in many ways, so the content runs from the pronoun to the next comma or full stop.
    """
    if not any(entry.attitude == "speech" and "clause" in entry.takes for entry in _entries(verb)):
        return None
    speaker = next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in RELATIVE and c.i < verb.i), None)
    following = verb.nbor() if verb.i + 1 < verb.sent.end else None
    if speaker is None or following is None or following.pos_ not in {"AUX", "VERB"} or following.tag_ in {"VB", "VBG", "VBN"}:
        return None
    start = min(token.i for token in speaker.subtree) - 1
    if start < verb.sent.start or verb.doc[start].lower_ not in RELATIVE or verb.i - start > 6:
        return None
    end = verb.i + 1
    while end < verb.sent.end and not (verb.doc[end].is_punct and verb.doc[end].text in ",.;—–―"):
        end += 1
    return Frame("relative", verb, _cue(verb), speaker, pieces(verb.doc[start:end]))


_RAISING = frozenset(
    "say report believe think allege understand rumor rumour know presume fear expect claim suspect consider estimate".split()
)


def _entries(verb: Token) -> tuple[VerbEntry, ...]:
    """The lexicon's entries of a verb, those with its particle first: "point out" before "point"."""
    verbs = speech_words().verbs
    particle = next((c for c in verb.children if c.dep_ in {"prt", "acomp", "advmod"} and 0 < c.i - verb.i <= 2), None)
    both = verbs.get(f"{verb.lemma_.lower()} {particle.lower_}", ()) if particle is not None else ()
    return (*both, *verbs.get(verb.lemma_.lower(), ()))


def _verb(verb: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    """A verb of the lexicon with its subject, by what it takes: a clause, a quotation, an infinitive, an object…"""
    entries = _entries(verb)
    if not entries or verb.dep_ in {"amod", "compound", "aux", "auxpass"} or _is_unsaid(verb):
        return None
    passive = _is_passive(verb) or _reduced_passive(verb)
    source = agent(verb) if passive else subject(verb)
    if passive and source is None:
        return None
    refused = negated(verb)
    for entry in entries:
        if refused and entry.attitude in {"speech", "act"}:
            continue
        if entry.only_words and not _is_words(source):
            continue
        if passive and entry.hearer and entry.takes & {"to", "clause"}:
            continue
        frame = _by_entry(verb, entry, source, quotations)
        if frame is not None:
            if refused:
                frame.verdict = "denied"
            return frame
    return None


_GOES_ON = frozenset({"go", "continue", "proceed", "use"})


def _is_unsaid(verb: Token) -> bool:
    """Whether a verb names something not yet said: "refused to say", "is expected to announce". "Went on to say" was said."""
    return _is_to(verb) and not (verb.dep_ in {"xcomp", "advcl"} and verb.head.lemma_ in _GOES_ON)


def _reduced_passive(verb: Token) -> bool:
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "relcl"}
        and not any(child.dep_ in {"aux", "nsubj"} for child in verb.children)
    )


def _can_want(source: Token | None) -> bool:
    """Whether a subject has a will: names, pronouns, plurals and known kinds of source; "the fighting threatened to spread" has none."""
    if source is None:
        return False
    known = any(source.lemma_.lower() in heads for _, heads, _ in source_words().kinds)
    return known or source.pos_ in {"PROPN", "PRON"} or source.tag_ == "NNS"


def _is_words(source: Token | None) -> bool:
    """Return whether a noun is a report, a poll, footage, a monitor: something whose finding is a statement."""
    if source is None:
        return False
    lemma = source.lemma_.lower()
    words = speech_words()
    return (
        lemma in words.documents
        or lemma in words.claims
        or source.ent_type_ == "ORG"
        or any(lemma in heads for kind, heads, _ in source_words().kinds if kind in {"outlet", "monitor", "agency"})
        or lemma
        in {
            "investigation",
            "investigator",
            "inquiry",
            "research",
            "researcher",
            "expert",
            "map",
            "image",
            "photograph",
            "probe",
            "result",
            "count",
            "tally",
            "study",
            "review",
            "audit",
        }
    )


def _by_entry(verb: Token, entry: VerbEntry, source: Token | None, quotations: tuple[Quotation, ...]) -> Frame | None:
    takes = entry.takes

    def made(rule: str, content: list[tuple[int, int]], *cue: Token) -> Frame:
        frame = Frame(rule, verb, _cue(verb, *cue), source, content, attitude=entry.attitude, verdict=entry.verdict)
        if entry.hearer:
            frame.hearer = next((c for c in verb.children if c.dep_ in {"dobj", "dative"}), None)
        frame.outside = [token for token in verb.subtree if not _inside(token, content)]
        return frame

    if "clause" in takes:
        content = _clause(verb)
        if content:
            return made("clause", content)
    if "quote" in takes:
        content = _beside(verb, quotations)
        if content:
            return made("quotation", content)
    if "clause" in takes and entry.attitude == "speech":
        content = _around(verb)
        if content:
            return made("parenthesis", content)
    if "to" in takes:
        infinitive = _infinitive(verb)
        if infinitive is not None and _can_want(source):
            return made("infinitive", pieces(infinitive))
    if "object_predicate" in takes:
        predicate = next((c for c in verb.children if c.dep_ in {"oprd", "ccomp"} and c.i > verb.i), None)
        if predicate is not None and (verb.lemma_ != "call" or predicate.dep_ == "oprd" or not is_verb(predicate)):
            target = [c for c in verb.children if c.dep_ in {"dobj", "nsubj"} and verb.i < c.i < predicate.i]
            under = [token for part in [*target, predicate] for token in part.subtree]
            return made("predicate", pieces(under))
    for child in verb.children:
        if (
            child.dep_ in {"prep", "agent", "mark", "advmod", "prt", "aux"}
            and child.lower_ in takes
            and child.i > verb.i
        ):
            content = _object_of(child, verb, keep=entry.keep_object)
            if content:
                return made("preposition", content, child)
    if takes & {"of", "for", "as", "about", "on"} and (entry.hearer or entry.keep_object):
        target = next((c for c in verb.children if c.dep_ in {"dobj", "dative"}), None)
        for child in target.children if target is not None else ():
            if child.dep_ == "prep" and child.lower_ in takes and list(child.children):
                under = list(child.subtree)
                if entry.keep_object and target is not None:
                    under = list(target.subtree)
                else:
                    under = [token for token in under if token != child]
                return made("preposition", pieces(under), child)
    beside = "object_beside_quote" in takes and bool(_beside(verb, quotations))
    if "object" in takes or beside:
        direct = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and c.pos_ != "PRON"), None)
        if direct is not None:
            return made("object", pieces(direct.subtree))
    return None


def _clause(verb: Token) -> list[tuple[int, int]]:
    """Content that is a clause of the verb: after it, or before it and then all that precedes the speaker."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and not _is_to(c)]
    if not clauses:
        return []
    before = [c for c in clauses if c.i < verb.i]
    if before and not any(c.i > verb.i and any(m.lower_ == "that" for m in c.lefts) for c in clauses):
        head = before[-1]
        under = clause_tokens(head)
        first, last = min(t.i for t in under), max(t.i for t in under)
        if last > verb.i:
            return pieces([t for t in under if t.i < verb.i and t.i != verb.i], least_words=1)
        if verb.dep_ == "ROOT":
            first = verb.sent.start
        return pieces([verb.doc[i] for i in range(first, last + 1)])
    head = next(c for c in clauses if c.i > verb.i)
    under = clause_tokens(head)
    return pieces([t for t in under if t.i > verb.i])


def _is_to(clause: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in clause.children)


def _infinitive(verb: Token) -> list[Token] | None:
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and child.i > verb.i and _is_to(child):
            if child.dep_ == "advcl" and child.i > verb.i + 8:
                continue
            return list(child.subtree)
    direct = next((c for c in verb.children if c.dep_ == "dobj"), None)
    for child in direct.children if direct is not None else ():
        if child.dep_ in {"acl", "relcl"} and _is_to(child):
            return list(child.subtree)
    return None


def _object_of(preposition: Token, verb: Token, *, keep: bool) -> list[tuple[int, int]]:
    under = [token for child in preposition.children for token in child.subtree]
    if preposition.dep_ in {"mark", "aux"}:
        clause = next((c for c in verb.children if is_verb(c) and preposition in list(c.children)), None)
        under = [t for t in clause.subtree if t != preposition] if clause is not None else []
    if not under:
        # "called on residents to leave": the parser makes "on" a mark of the clause or lets the infinitive follow.
        return []
    if preposition.lower_ in {"on", "upon", "for"}:
        follow = next(
            (c for c in verb.children if c.dep_ in {"xcomp", "advcl", "ccomp"} and c.i > preposition.i and _is_to(c)),
            None,
        )
        if follow is not None:
            under = [*under, *follow.subtree]
    if keep:
        under += [t for c in verb.children if c.dep_ in {"dobj"} for t in c.subtree]
        under.append(preposition)
    return pieces(under)


def _around(verb: Token) -> list[tuple[int, int]]:
    """ "The army, he said, has left": the verb is set into the clause that it reports."""
    if verb.dep_ not in {"parataxis", "ccomp", "advcl", "dep", "relcl", "conj"}:
        return []
    clause = verb.head
    own = {token.i for token in verb.subtree}
    if not is_verb(clause) or not own:
        return []
    low, high = min(own), max(own)
    doc = verb.doc
    # Only a remark between commas, dashes or at the end: "residents say" in the middle of nothing is no parenthesis.
    left = low == verb.sent.start or doc[low].is_punct or doc[low - 1].is_punct
    right = high + 1 >= verb.sent.end or doc[high].is_punct or doc[high + 1].is_punct
    if verb.dep_ == "relcl" or not (left and right) or len(own) > 14 or any(t.dep_ == "mark" for t in verb.children):
        return []
    if not any(child.dep_ in SUBJECTS for child in verb.children) or verb.dep_ in {"advcl", "conj"}:
        return []
    return pieces(clause_tokens(clause, own), least_words=2)


def _inside(token: Token, content: list[tuple[int, int]]) -> bool:
    start, end = place(token)
    return any(low <= start and end <= high for low, high in content)


def _outside(verb: Token, clause: Token) -> list[Token]:
    inner = {token.i for token in clause.subtree}
    return [token for token in verb.subtree if token.i not in inner]


def _before(verb: Token, quotations: tuple[Quotation, ...]) -> list[tuple[int, int]]:
    clauses = [c for c in verb.children if c.dep_ in {"ccomp", "csubj", "parataxis"} and c.i < verb.i]
    if clauses:
        return pieces(clauses[-1].subtree)
    return []


def _beside(verb: Token, quotations: tuple[Quotation, ...]) -> list[tuple[int, int]]:
    """The quotations that share the verb's sentence, or begin right after its colon, or end right before it."""
    position = place(verb)[0]
    offset = verb.doc.user_data["offset"]
    start, end = offset + verb.sent.start_char, offset + verb.sent.end_char
    found = []
    for quotation in quotations:
        if quotation.holds(position):
            continue
        near = quotation.outer_start < end and quotation.outer_end > start
        text = verb.doc.text
        if not near and quotation.outer_end <= start:
            near = not text[quotation.outer_end - offset : start - offset].strip(" ,—–-")
        if not near and quotation.outer_start >= end:
            near = text[: quotation.outer_start - offset].rstrip().endswith(":") and not text[
                end - offset : quotation.outer_start - offset
            ].strip(" :,")
        if near:
            found.append((quotation.start, quotation.end))
    return found


def _nominal(noun: Token) -> Frame | None:
    """ "Residents' claims that the army fled"; "the report that…"; "its denial of any role"."""
    words = speech_words()
    lemma = noun.lemma_.lower()
    if lemma not in words.claims and lemma not in words.that:
        return None
    attitude = "belief" if lemma in words.beliefs else "speech"
    verdict = "denied" if lemma in words.denials else ""
    source = owner(noun)
    for child in noun.children:
        marked = any(
            c.lower_ == "that" and c.dep_ in {"mark", "nsubj", "dobj"} and c.tag_ == "IN" for c in child.children
        )
        if source is not None and child.dep_ in {"acl", "ccomp", "relcl"} and is_verb(child) and marked:
            return Frame("noun_that", noun, [noun], source, pieces(child.subtree), attitude=attitude, verdict=verdict)
    return None
