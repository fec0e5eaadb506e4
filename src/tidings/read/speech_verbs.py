"""The verb rule: a verb of the lexicon with its subject, by what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.quotes import Quotation
from tidings.read.speech_clauses import (
    belonging,
    clause_around,
    clause_content,
    clause_run_on,
    infinitive_of,
    object_of,
    quotes_beside,
)
from tidings.read.speech_content import is_verb, pieces
from tidings.read.speech_frames import NEARBY, Frame, cue_words, entries_of, inside, is_passive, is_to
from tidings.read.speech_lexicon import VerbEntry, folded, source_words, speech_words
from tidings.read.speech_subjects import agent, lost_main, negated, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_kind", "is_reporter", "verb_frame"]


def verb_frame(verb: Token, quotations: tuple[Quotation, ...]) -> Frame | None:
    """Return the frame of a verb of the lexicon: a clause, a quotation, an infinitive, an object is what it says."""
    entries = entries_of(verb)
    if not entries or verb.dep_ in {"amod", "compound", "aux", "auxpass"} or _is_unsaid(verb):
        return None
    passive = is_passive(verb) or _reduced_passive(verb)
    source = agent(verb) if passive else subject(verb)
    if passive and source is None:
        return None
    refused = negated(verb)
    for entry in entries:
        if refused and entry.attitude in {"speech", "act"}:
            continue
        if entry.only_words and not _is_words(source):
            continue
        if entry.attitude in {"belief", "intention"} and source is not None and source.lower_ in _TALKING:
            # "I think", "you know": part of how somebody talks, whose speech it is already.
            continue
        if passive and entry.hearer and entry.takes & {"to", "clause"}:
            continue
        frame = _by_entry(verb, entry, source, quotations)
        if frame is not None:
            if refused:
                frame.verdict = "denied"
            return frame
    if verb.lemma_ == "say" and not (passive or refused) and source is not None and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return _rest(verb, source)
    return None


def _rest(verb: Token, source: Token) -> Frame | None:
    """All behind "said" where the parser has made a noun of the first word: "said shelling by rebels had killed two"."""
    rest = verb.doc[verb.i + 1 : verb.sent.end]
    finite = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in rest)
    if len(rest) < _LEAST_REST or not finite or rest[0].is_punct or rest[0].pos_ in {"ADP", "SCONJ", "CCONJ", "ADV"}:
        return None
    return Frame("rest", verb, cue_words(verb), source, pieces(rest), outside=list(verb.lefts))


_LEAST_REST = 5
"""Words behind "said" from which they may be a sentence."""


_TALKING = frozenset({"i", "we", "you", "me", "us", "let", "everybody", "everyone", "nobody"})


_GOES_ON = frozenset({"go", "continue", "proceed", "use"})


def _is_unsaid(verb: Token) -> bool:
    """Whether a verb names what is not yet said ("refused to say"); "went on to say" was said."""
    return is_to(verb) and not (verb.dep_ in {"xcomp", "advcl"} and verb.head.lemma_ in _GOES_ON)


def _reduced_passive(verb: Token) -> bool:
    return (
        verb.tag_ == "VBN"
        and (verb.dep_ == "advcl" or (verb.dep_ in {"acl", "relcl"} and not lost_main(verb)))
        and not any(child.dep_ in {"aux", "nsubj"} for child in verb.children)
    )


def _is_silence(infinitive: list[Token]) -> bool:
    """As in "refused to say where they were", "declined to comment": nothing is said, and nothing meant but silence."""
    verb = next((token for token in infinitive if is_verb(token) and is_to(token)), None)
    entries = entries_of(verb) if verb is not None else ()
    return any(entry.attitude == "speech" and entry.takes & {"clause", "on"} for entry in entries)


def is_reporter(noun: Token) -> bool:
    """Return whether a noun is somebody who can be cited: a known kind of source, a name, "he"."""
    known = any(noun.lemma_.lower() in heads for _, heads, _ in source_words().kinds)
    named = folded(noun.text) in source_words().outlets or folded(noun.text) in source_words().bodies
    return known or named or noun.ent_type_ in {"PERSON", "ORG"} or noun.lower_ in {"he", "she", "they"}


def is_kind(noun: Token, *kinds: str) -> bool:
    """Return whether a noun's own word makes it a source of one of some kinds."""
    if folded(noun.text) in source_words().bodies:
        return source_words().bodies[folded(noun.text)] in kinds
    words = {noun.lemma_.lower(), noun.lower_, noun.lower_.removesuffix("s")}
    return any(words & heads for kind, heads, _ in source_words().kinds if kind in kinds)


def _can_want(source: Token | None) -> bool:
    """Whether a subject has a will: a name, a pronoun, a plural or a known kind of source ("the fighting" has none)."""
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
        lemma in words.documents | words.claims | words.studies
        or source.ent_type_ == "ORG"
        or any(lemma in heads for kind, heads, _ in source_words().kinds if kind in {"outlet", "monitor", "agency"})
    )


_Found = tuple[str, list[tuple[int, int]], list["Token"]]


def _by_entry(verb: Token, entry: VerbEntry, source: Token | None, quotations: tuple[Quotation, ...]) -> Frame | None:
    found = _clausal(verb, entry, source, quotations) or _phrasal(verb, entry) or _objective(verb, entry, quotations)
    if found is None:
        return None
    rule, content, extra = found
    return Frame(
        rule,
        verb,
        cue_words(verb, *extra),
        source,
        content,
        attitude=entry.attitude,
        verdict=entry.verdict,
        hearer=_hearer(verb) if entry.hearer else None,
        outside=[t for t in verb.subtree if abs(t.i - verb.i) <= NEARBY and not inside(t, content)],
    )


def _hearer(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in {"dobj", "dative"}), None)


def _clausal(verb: Token, entry: VerbEntry, source: Token | None, quotations: tuple[Quotation, ...]) -> _Found | None:
    """Content that is a clause, a quotation, the clause around the verb, or an infinitive, in this order."""
    takes = entry.takes
    if "clause" in takes:
        content = clause_content(verb)
        if content:
            return "clause", content, []
    quoted = quotes_beside(verb, quotations) if "quote" in takes else []
    if any(inside(token, quoted) for token in verb.sent):
        return "quotation", quoted, []
    if "clause" in takes and entry.attitude == "speech":
        content = clause_around(verb)
        if content:
            return "parenthesis", content, []
        content = clause_run_on(verb)
        if content:
            return "run_on", content, []
    if quoted:
        return "quotation", quoted, []
    if "to" in takes and _can_want(source):
        infinitive = infinitive_of(verb)
        if infinitive is not None and not _is_silence(infinitive):
            return "infinitive", pieces(infinitive), []
    return None


def _phrasal(verb: Token, entry: VerbEntry) -> _Found | None:
    """Content after a preposition, the verb's own or one that hangs on its object: "warned of", "accused the army of"."""
    takes = entry.takes
    if "object_predicate" in takes:
        predicate = next((c for c in verb.children if c.dep_ in {"oprd", "ccomp"} and c.i > verb.i), None)
        if predicate is not None and (verb.lemma_ != "call" or predicate.dep_ == "oprd" or not is_verb(predicate)):
            judged = [c for c in verb.children if c.dep_ in {"dobj", "nsubj"} and verb.i < c.i < predicate.i]
            return "predicate", pieces(token for part in [*judged, predicate] for token in part.subtree), []
    for child in verb.children:
        if child.dep_ in _PREPOSITIONS and child.lower_ in takes and child.i > verb.i:
            content = object_of(child, verb, keep=entry.keep_object)
            if content:
                return "preposition", content, [child]
    target = _hearer(verb) if entry.hearer or entry.keep_object else None
    for child in target.children if target is not None else ():
        if target is not None and child.dep_ == "prep" and child.lower_ in takes and list(child.children):
            under = target.subtree if entry.keep_object else child.subtree
            return "preposition", pieces(token for token in under if entry.keep_object or token != child), [child]
    return None


_PREPOSITIONS = frozenset({"prep", "agent", "mark", "advmod", "prt", "aux"})


def _objective(verb: Token, entry: VerbEntry, quotations: tuple[Quotation, ...]) -> _Found | None:
    """Content that is the verb's object: "reported a mass exodus", "denied any role", "denied arming the rebels"."""
    beside = "object_beside_quote" in entry.takes and bool(quotes_beside(verb, quotations))
    if "object" not in entry.takes and not beside:
        return None
    direct = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and c.pos_ != "PRON"), None)
    gerund = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VBG" and c.i > verb.i), None)
    if direct is None and gerund is not None and "object" in entry.takes:
        return "gerund", pieces([*gerund.subtree, *belonging(verb, max(token.i for token in gerund.subtree))]), []
    if direct is None or (verb.lemma_ in speech_words().pass_on and is_reporter(direct)):
        return None
    return "object", pieces([*direct.subtree, *belonging(verb, max(token.i for token in direct.subtree))]), []
