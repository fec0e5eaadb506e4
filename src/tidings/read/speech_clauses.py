"""Where the content of a cue stands: a clause, a quotation beside it, the clause around it, an infinitive, an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.page import place
from tidings.read.quotes import Quotation
from tidings.read.speech_content import clause_tokens, is_verb, phrase, pieces
from tidings.read.speech_frames import entries_of, is_to
from tidings.read.speech_lexicon import speech_words
from tidings.read.speech_subjects import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "TAIL",
    "belonging",
    "clause_around",
    "clause_before",
    "clause_content",
    "clause_run_on",
    "infinitive_of",
    "object_of",
    "quotes_beside",
    "tail_of",
]


def clause_content(verb: Token) -> list[tuple[int, int]]:
    """Content that is a clause of the verb: after it, or before it and then all that precedes the speaker."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and not is_to(c)]
    direct = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if direct is not None and not any(entry.hearer for entry in entries_of(verb)):
        # "Announced the truce" has its content; a clause without "that" beside it is another sentence, run together.
        clauses = [c for c in clauses if c.i < verb.i or any(m.lower_ == "that" for m in c.lefts)]
    if not any(c.i > verb.i for c in clauses):
        clauses += _that_clauses(verb)[:1]
    if not clauses:
        return _after_that(verb) or _headlined(verb)
    before = [c for c in clauses if c.i < verb.i and not _is_apart(c, verb)]
    clauses = [c for c in clauses if c in before or c.i > verb.i]
    if not clauses:
        return []
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
    under = clause_tokens(head, without=_taken_up(head) | _set_against(head))
    that = next((c.i for c in head.lefts if c.lower_ == "that" and c.dep_ == "mark"), verb.i)
    return pieces([t for t in [*under, *_trailing(verb, max(t.i for t in under))] if t.i > max(that, verb.i)])


def _headlined(verb: Token) -> list[tuple[int, int]]:
    """As in a headline's "Army says 25 rebels killed": nobody says a noun, so the noun and its participle are a clause."""
    direct = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if verb.lemma_ != "say" or direct is None or not any(c.dep_ == "acl" and c.tag_ == "VBN" for c in direct.children):
        return []
    return pieces(direct.subtree)


def _after_that(verb: Token) -> list[tuple[int, int]]:
    """All after "said that" where the parse shows no clause."""
    if (
        verb.i + 2 >= verb.sent.end
        or verb.nbor().lower_ != "that"
        or verb.nbor().dep_ not in {"prep", "mark", "dobj", "det"}
    ):
        return []
    if not any(entry.attitude == "speech" and "clause" in entry.takes for entry in entries_of(verb)):
        return []
    return pieces(verb.doc[verb.i + 2 : verb.sent.end], least_words=4)


_THROUGH = frozenset({"in", "on", "to", "via", "through", "with"})


def _that_clauses(verb: Token) -> list[Token]:
    """Clauses with "that" which the parser hung elsewhere than on their verb.

    On the hearer ("told the outlet that…"), on the statement ("announced in a statement posted online that…"), or on the
    verb as if they were adverbial ("reported, citing a medic, that…").
    """
    places = [verb]
    for child in verb.rights:
        if child.dep_ in {"dobj", "dative"} or (child.dep_ == "advmod" and child.text[:1].isupper()):
            places.append(child)
        if child.dep_ == "prep" and child.lower_ in _THROUGH:
            places += [noun for noun in child.children if noun.dep_ == "pobj"]
        if child.dep_ == "advcl" and child.lemma_ in speech_words().pass_on:
            places += [noun for noun in child.children if noun.dep_ == "dobj"]
    for noun in places[1:]:
        places += [part for part in noun.children if part.dep_ == "acl" and part.tag_ == "VBN"]
    return [
        clause
        for holder in places
        for clause in holder.children
        if clause.dep_ in {"relcl", "acl", "ccomp", "advcl"}
        and clause.i > verb.i
        and any(c.lower_ == "that" and (c.dep_ == "mark" or is_venue(holder)) for c in clause.lefts)
        and any(c.dep_ in SUBJECTS and c.lower_ != "that" for c in clause.children)
    ]


_GOES_WITH = frozenset("while as after when because since where before until although though whereas".split())


def _is_apart(clause: Token, verb: Token) -> bool:
    """As in "The mayor said two died; a nurse said more": the first report is no content of the second."""
    last = max(token.i for token in clause.subtree)
    return any(token.text == ";" for token in verb.doc[last : verb.i])


def _set_against(clause: Token) -> set[int]:
    """Words of another report beside this one: "said the army had left, while the governor said…"."""
    own: set[int] = set()
    for token in [*clause.children, *(c for child in clause.children if child.dep_ == "conj" for c in child.children)]:
        joined = token.dep_ == "conj" or (
            token.dep_ == "advcl" and any(c.lower_ in _AGAINST and c.dep_ in {"mark", "advmod"} for c in token.children)
        )
        speaks = any(entry.attitude == "speech" and "clause" in entry.takes for entry in entries_of(token))
        named = any(c.dep_ == "nsubj" and c.pos_ != "PRON" for c in token.children)
        content = any(c.dep_ == "ccomp" for c in token.children)
        that = any(c.lower_ == "that" and c.dep_ == "mark" for c in token.children)
        if joined and token.i > clause.i and speaks and named and content and not that:
            own |= {under.i for under in token.subtree}
    return own


_AGAINST = frozenset({"while", "whereas", "although", "though", "but"})


def _taken_up(clause: Token) -> set[int]:
    """Words of a participle that takes up the speaker again: "denied that the army fired, accusing the rebels of…"."""
    own: set[int] = set()
    for token in clause.subtree:
        if token.dep_ == "advcl" and token.tag_ == "VBG" and token.lemma_ in speech_words().follow_up:
            own |= {under.i for under in token.subtree if under.i > clause.i}
    return own


def _trailing(verb: Token, end: int) -> list[Token]:
    """As in "Said the road was cut, while shells fell on the port": a finite clause at the end is still what is said.

    Not where it reports somebody else's words.
    """
    found = []
    for child in verb.rights:
        marked = any(c.lower_ in _GOES_WITH and c.dep_ in {"mark", "advmod"} for c in child.children)
        finite = any(c.dep_ in SUBJECTS for c in child.children)
        if child.i > end and child.dep_ == "advcl" and marked and finite and not entries_of(child):
            found += list(child.subtree)
    return found


_BELONGS = frozenset("between among in at near of against over from to by inside around along with".split())


def belonging(verb: Token, end: int) -> list[Token]:
    """As in "Denied any alliance between the two": what follows at once belongs to the content, though it hangs on the verb.

    Not where it says when or in what it was said ("on Monday", "in a statement"). ``end`` is the index of the content's last word.
    """
    found: list[Token] = []
    for child in verb.rights:
        between = list(verb.doc[end + 1 : child.i])
        if child.i <= end or not all(token.is_quote for token in between):
            continue
        under = list(child.subtree)
        named = [token for token in under if token.dep_ == "pobj" and token.head == child]
        apart = any(token.ent_type_ in {"DATE", "TIME"} or is_venue(token) for token in named)
        if child.dep_ != "prep" or child.lower_ not in _BELONGS or not named or apart:
            break
        found += [*between, *under]
        end = max(token.i for token in under)
    return found


def is_venue(noun: Token) -> bool:
    """Return whether a noun is what words stand in: "in a statement", "in an interview"."""
    words = speech_words()
    return noun.lemma_.lower() in words.documents | words.claims


def infinitive_of(verb: Token) -> list[Token] | None:
    """Return the words of the infinitive that a verb takes: "vowed to respond", "issued a call to disarm"."""
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and child.i > verb.i and is_to(child):
            if child.dep_ == "advcl" and child.i > verb.i + 8:
                continue
            return list(child.subtree)
    direct = next((c for c in verb.children if c.dep_ == "dobj"), None)
    for child in direct.children if direct is not None else ():
        if child.dep_ in {"acl", "relcl"} and is_to(child):
            return list(child.subtree)
    return None


def object_of(preposition: Token, verb: Token, *, keep: bool) -> list[tuple[int, int]]:
    """Return what follows a preposition of the verb, with the verb's own object where ``keep``: "described the raid as…"."""
    under = [token for child in preposition.children for token in child.subtree]
    if preposition.dep_ in {"mark", "aux"}:
        clause = next((c for c in verb.children if is_verb(c) and preposition in list(c.children)), None)
        under = [t for t in clause.subtree if t != preposition] if clause is not None else []
    if not under:
        # "called on residents to leave": the parser makes "on" a mark of the clause or lets the infinitive follow.
        return []
    if preposition.lower_ in {"on", "upon", "for"}:
        follow = next(
            (c for c in verb.children if c.dep_ in {"xcomp", "advcl", "ccomp"} and c.i > preposition.i and is_to(c)),
            None,
        )
        if follow is not None:
            under = [*under, *follow.subtree]
    if keep:
        under += [t for c in verb.children if c.dep_ == "dobj" for t in c.subtree]
        under.append(preposition)
    return pieces([*under, *belonging(verb, max(token.i for token in under))])


def clause_around(verb: Token) -> list[tuple[int, int]]:
    """As in "The army, he said, has left": the verb is set into the clause that it reports."""
    if verb.dep_ not in {"parataxis", "ccomp", "advcl", "dep", "relcl", "conj"}:
        return []
    clause = verb.head
    late = [c for c in verb.rights if c.dep_ == "advcl" and any(m.lower_ in _GOES_WITH for m in c.lefts)]
    own = {token.i for token in verb.subtree} - {token.i for part in late for token in part.subtree}
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


_RUN_ON = frozenset({"relcl", "conj", "ccomp", "advcl", "parataxis", "dep", "ROOT"})
TAIL = 10
"""Words that may follow a report at the end of its sentence: "told Reuters by telephone from Aden on Monday"."""


def tail_of(position: int, verb: Token) -> int:
    """Return how many words follow a report up to the end of its sentence, or to an "as" or "while" that closes it."""
    for token in verb.doc[position + 1 : verb.sent.end]:
        if (token.lower_ in _GOES_WITH and token.dep_ in {"mark", "advmod"}) or token.tag_ in {"WP", "WDT"}:
            return int(token.i - position)
    return int(verb.sent.end - position)


def clause_run_on(verb: Token) -> list[tuple[int, int]]:
    """Return what precedes a report set at the end without a comma: "fighting blocked the road a resident told the paper".

    Some outlets lose their commas. The parser then makes the report a relative clause or a conjunct of what it reports.
    """
    speaker = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if (
        speaker is None
        or verb.lemma_ not in speech_words().reports
        or verb.dep_ not in {"relcl", "conj", "ccomp", "advcl", "parataxis"}
    ):
        return []
    if tail_of(max(verb.i, speaker.i), verb) > TAIL or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return []
    if verb.dep_ == "ROOT" and verb.doc[verb.sent.start].pos_ in {"ADP", "SCONJ", "ADV", "CCONJ"}:
        return []
    if any(c.dep_ in {"mark", "ccomp", "aux", "neg"} or is_to(c) for c in verb.children) or speaker.tag_ in {
        "WP",
        "WDT",
    }:
        return []
    direct = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if direct is not None and direct.pos_ not in {"PROPN", "PRON"} and not direct.ent_type_:
        return []
    start = min([verb.i, *(token.i for token in phrase(speaker))])
    before = verb.doc[start - 1] if start > verb.sent.start else None
    if (
        before is None
        or before.dep_ in {"cc", "mark"}
        or before.lower_ in {"and", "but", "as", "that", "what", "which", "who"}
    ):
        return []
    words = verb.doc[verb.sent.start : start]
    return pieces(words, least_words=4) if any(is_verb(token) for token in words) else []


def clause_before(verb: Token) -> list[tuple[int, int]]:
    """Return the clause that precedes "…, cited a source as saying"."""
    clauses = [c for c in verb.children if c.dep_ in {"ccomp", "csubj", "parataxis"} and c.i < verb.i]
    if clauses:
        return pieces(clauses[-1].subtree)
    return []


def quotes_beside(verb: Token, quotations: tuple[Quotation, ...]) -> list[tuple[int, int]]:
    """The quotations that share the verb's sentence, or begin right after its colon, or end right before it."""
    position = place(verb)[0]
    offset = verb.doc.user_data["offset"]
    start, end = offset + verb.sent.start_char, offset + verb.sent.end_char
    found = []
    for quotation in quotations:
        if quotation.holds(position) or _in_source(verb, quotation):
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


def _in_source(verb: Token, quotation: Quotation) -> bool:
    """As in "A source “close to the family” told…": the quotation describes who speaks."""
    offset = verb.doc.user_data["offset"]
    words = verb.doc.char_span(quotation.start - offset, quotation.end - offset, alignment_mode="expand")
    if words is None or words.end > verb.i:
        return False
    return any(c.dep_ in SUBJECTS and c.i < words.start and c.is_ancestor(words.root) for c in verb.children)
