"""Who a speaker's words stand for: their phrase, their name without articles, and what kind of source they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidings.model import Mention, MentionId, content_id
from tidings.read.index import MentionIndex
from tidings.read.page import Page, place, stretch
from tidings.read.speech_content import phrase
from tidings.read.speech_lexicon import folded, source_words, speech_words
from tidings.read.speech_subjects import owner

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Voice", "employer_of", "is_outlet", "is_publisher", "kind_of", "named_kind", "voice_of"]

_ARTICLE = re.compile(r"(?:the|a|an|one|some)\s+", re.IGNORECASE)
_PERSONS = frozenset({"he", "she", "him", "her", "his", "who", "himself", "herself"})
_MANY = frozenset({"they", "them", "their", "themselves"})
_POINTERS = frozenset(
    {"the", "this", "that", "these", "those", "a", "an", "another", "one", "some", "its", "their"}
) - {"a", "an", "another", "one", "some"}
_FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
_STATE = re.compile(
    r"govern|minist|council|parliament|police|administration|opposition|authorit|presiden|state", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as one phrase names them.

    ``mention`` is that phrase's mention (a new one where the index held none). ``how``: name, description, pronoun.
    ``head`` is the head's lemma in lower case. ``owner`` is True where the phrase speaks for somebody: "the report".
    """

    mention: Mention
    start: int
    end: int
    text: str
    kind: str
    how: str
    head: str
    many: bool
    definite: bool
    titles: frozenset[str] = frozenset()
    first_person: bool = False
    person: bool = False


def voice_of(head: Token, page: Page, index: MentionIndex) -> Voice:
    """Return the speaker whose phrase has ``head``."""
    name = _apposed(head)
    tokens = _grown(phrase(head))
    start, end = stretch([*tokens, *(phrase(name) if name is not None else ())])
    text = page.text[start:end]
    pronoun = head.pos_ == "PRON" and head.lower_ in _PERSONS | _MANY | _FIRST | {"it", "its", "that", "which", "this"}
    held = _mention(name or head, index)
    words = [token.lemma_.lower() for token in tokens if token.i <= head.i and not _hyphened(token)]
    described = [*words, *_beside_name(head), *([token.lemma_.lower() for token in phrase(name)] if name else [])]
    kind = kind_of(text, head.lemma_.lower(), described, held, head, index)
    if kind == "unknown":
        kind = _affiliation([token.lemma_.lower() for token in tokens if token.i > head.i])
    proper = (name or head).pos_ == "PROPN" or (held is not None and held.how == "name")
    proper = proper or (
        kind in {"outlet", "monitor", "agency"} and text[:1].isupper() and tokens[0].lower_ not in _POINTERS
    )
    how = "pronoun" if pronoun else "name" if proper else "description"
    person = (
        head.lower_ in _PERSONS or (name or head).ent_type_ == "PERSON" or (held is not None and held.kind == "person")
    )
    if held is not None and (_cut_short(held, head, tokens, page) or _of_a_class(held) or _is_joint(head, tokens)):
        held = None
    mention = held or _made(name, head, tokens, how, page, named=kind not in {"outlet", "monitor", "agency"})
    if not mention.source_kind and kind != "unknown":
        mention = replace(mention, source_kind=kind)
    return Voice(
        mention=mention,
        start=start,
        end=end,
        text=text,
        kind=kind,
        how=how,
        head=head.lemma_.lower(),
        many=head.lower_ in _MANY or (head.tag_ in {"NNS", "NNPS"} and not person),
        definite=tokens[0].lower_ in _POINTERS,
        titles=frozenset(described) if proper else frozenset(),
        first_person=head.lower_ in _FIRST,
        person=person,
    )


def _cut_short(held: Mention, head: Token, tokens: list[Token], page: Page) -> bool:
    """Whether a mention holds less than the name or description of the speaker.

    "Dispatch" of "Yemen Dispatch", "Staff" of "General Staff", "spokesman" of "a spokesman for the movement". What coreference
    or a lexicon knows is kept as it is.
    """
    start, end = stretch(tokens)
    if held.start <= start and held.end >= end:
        return False
    words = folded(page.text[start:end])
    listed = source_words().outlets.keys() | source_words().bodies.keys()
    if words != folded(held.core or held.text) and (words in listed or is_publisher_name(words, page)):
        return True
    if held.kind == "person" and held.how == "name":
        return False
    if held.how == "description":
        # "Mali's armed forces" stay the actor that they are; "a spokesman for the forces" is somebody else.
        armed = next((heads for kind, heads, _ in source_words().kinds if kind == "belligerent"), frozenset())
        same = held.kind == "actor" and held.end >= end and head.lemma_.lower() in armed | {head.lower_} & armed
        return not held.lexicon and held.refers_to is None and not same
    run = [head]
    while run[0].i > tokens[0].i and run[0].nbor(-1).pos_ == "PROPN" and run[0].nbor(-1).dep_ == "compound":
        run.insert(0, run[0].nbor(-1))
    one_word = len(folded(held.core or held.text).split()) == 1
    return one_word and not held.lexicon and len(run) > 1 and stretch(run)[0] < held.start


def _is_joint(head: Token, tokens: list[Token]) -> bool:
    """Whether several people say one thing together: "seven residents and a nurse", who are one end of a chain."""
    if head.pos_ != "NOUN":
        return False
    return any(child.dep_ == "conj" and child in tokens and child.pos_ == "NOUN" for child in head.children)


def _of_a_class(held: Mention) -> bool:
    """Whether a mention counts its bearer to a class: "a nurse" who speaks is herself and not "aid workers"."""
    return held.lexicon.startswith("generic.") and held.how == "description" and held.refers_to is None


def _grown(tokens: list[Token]) -> list[Token]:
    """A known outlet's name taken whole where the parser cuts it: "Myanmar | Now"."""
    outlets = source_words().outlets
    last = tokens[-1]
    for count in (2, 1):
        more = list(last.doc[last.i + 1 : last.i + 1 + count])
        name = folded(" ".join(token.text for token in [*tokens, *more]))
        if len(more) == count and all(token.is_alpha for token in more) and name in outlets:
            return [*tokens, *more]
    return tokens


def _apposed(head: Token) -> Token | None:
    """The name that explains a description: "the director, Rami Saleh," is Rami Saleh."""
    if head.pos_ == "PROPN" or head.pos_ == "PRON":
        return None
    for child in head.children:
        apart = child.dep_ == "appos" or (child.dep_ == "npadvmod" and child.ent_type_ == "PERSON")
        if apart and child.pos_ == "PROPN" and child.i > head.i:
            return child
    return None


def _beside_name(head: Token) -> list[str]:
    """The words that describe a name from beside it: "Ali, the governor"."""
    return [
        word.lemma_.lower()
        for child in head.children
        if child.dep_ == "appos" and child.pos_ == "NOUN"
        for word in phrase(child)
    ]


def _mention(head: Token, index: MentionIndex) -> Mention | None:
    """The longest mention of an actor, a source or a person whose own head is ``head``."""
    start, end = place(head)
    best = None
    for mention in index.covering(start, end):
        if mention.kind not in {"actor", "source", "person"}:
            continue
        offset = head.doc.user_data["offset"]
        span = head.doc.char_span(mention.start - offset, mention.end - offset, alignment_mode="expand")
        if span is not None and (
            span.root == head
            or (span.root.dep_ in {"compound", "appos"} and span.root.head == head)
            or head.pos_ == "PROPN"
        ):
            best = mention
    return best


def _made(name: Token | None, head: Token, tokens: list[Token], how: str, page: Page, *, named: bool) -> Mention:
    start, end = stretch(phrase(name)) if name is not None else stretch(tokens)
    text = page.text[start:end]
    person = next((e for e in tokens[0].doc.ents if e.label_ == "PERSON" and (name or head) in e), None)
    return Mention(
        id=MentionId(content_id("m", page.document.id, start, end, "source")),
        document=page.document.id,
        start=start,
        end=end,
        text=text,
        kind="source",
        how=how,
        core=_core(person.text if person is not None and named else text),
    )


def _core(text: str) -> str:
    """The words without their article: the name that an anonymous source is kept under."""
    article = _ARTICLE.match(text)
    words = text[article.end() :] if article and text[article.end() : article.end() + 3].lower() != "of " else text
    return re.sub(r"(?:['’]s?)?$", "", re.sub(r"\s+", " ", words))


def kind_of(text: str, head: str, lemmas: list[str], held: Mention | None, token: Token, index: MentionIndex) -> str:
    """Return the kind of source: by what the index knows, by name, by the words of the phrase, in this order."""
    words = source_words()
    if held is not None and held.source_kind:
        return held.source_kind
    for name in (text, token.text, held.core if held else "", held.text if held else ""):
        listed = _listed(name)
        if listed:
            return listed
    if token.pos_ == "PROPN" and token.lower_ in words.last_words and token.ent_type_ != "PERSON" and len(lemmas) > 1:
        return "outlet"
    joined = f" {' '.join(lemmas)} "
    for kind, _, phrases in words.kinds:
        if any(f" {each} " in joined and head in each.split() for each in phrases):
            return kind
    person = token.ent_type_ == "PERSON" or (held is not None and held.kind == "person")
    for kind, heads, _ in words.kinds:
        proper = token.pos_ == "PROPN" or token.ent_type_ == "ORG"
        described = person or (proper and kind in {"outlet", "monitor", "agency", "belligerent"})
        if ((head in heads or token.lower_ in heads) and not _hyphened(token)) or (
            described and any(lemma in heads for lemma in lemmas)
        ):
            return _side(kind, held, token, index)
    if held is not None and held.kind == "actor":
        known = index.antecedent(held)
        if _STATE.search(held.text):
            return "official"
        armed = next((heads for kind, heads, _ in words.kinds if kind == "belligerent"), frozenset())
        listed = known.lexicon or held.lexicon
        if (listed and not listed.startswith("generic.")) or any(word in armed for word in folded(known.text).split()):
            return "belligerent"
    if any(folded(word.text) in words.bodies for word in phrase(token)):
        # "The UN's humanitarian office", "Amnesty researchers".
        return next(words.bodies[folded(word.text)] for word in phrase(token) if folded(word.text) in words.bodies)
    if token.ent_type_ in {"GPE", "NORP"}:
        return "official" if token.ent_type_ == "GPE" else "unknown"
    return "unknown"


def _listed(name: str) -> str:
    """The kind of an outlet, a monitor or an aid body known by name; empty for others."""
    words, plain = source_words(), folded(name)
    return "outlet" if plain in words.outlets else words.bodies.get(plain, "")


def named_kind(mention: Mention) -> str:
    """Return the kind of source that a mention's name tells, or an empty string."""
    return _listed(mention.core) or _listed(mention.text)


def _affiliation(lemmas: list[str]) -> str:
    """The kind told by whom somebody works for: "Amal Saleh of the city hospital" is a medic."""
    joined = f" {' '.join(lemmas)} "
    kinds = source_words().kinds
    return next(
        (kind for kind, _, phrases in kinds if any(f" {each} " in joined for each in phrases)),
        next(
            (kind for kind, heads, _ in kinds if kind not in {"resident", "anonymous"} and heads & set(lemmas)),
            "unknown",
        ),
    )


def _hyphened(token: Token) -> bool:
    """The "general" of "commissioner-general" is no general."""
    return token.i > 0 and token.nbor(-1).text == "-"


def _side(kind: str, held: Mention | None, token: Token, index: MentionIndex) -> str:
    """An official of an armed group speaks for a belligerent."""
    if kind != "official":
        return kind
    if held is not None and held.kind == "actor" and held.how == "name":
        return "official" if _STATE.search(held.text) else "belligerent"
    start, end = stretch(phrase(token))
    actors = [index.antecedent(mention) for mention in index.within(start, end) if mention.kind == "actor"]
    actors = [
        mention
        for mention in actors
        if mention != held and folded(mention.core or mention.text) not in source_words().bodies
    ]
    if actors and not any(_STATE.search(mention.text) for mention in actors):
        return "belligerent"
    return kind


def is_publisher(mention: Mention, publisher: str) -> bool:
    """Return whether a mention names the document's publisher, under this name or another one."""
    if not publisher:
        return False
    outlets = source_words().outlets
    named, printed = folded(mention.core or mention.text), folded(publisher)
    if _short_form(named, printed) or _OURS.fullmatch(folded(mention.text)):
        return True
    if outlets.get(named, named) == outlets.get(printed, printed):
        return True
    return _bare(named) == _bare(printed) and bool(_bare(named))


_OURS = re.compile(
    r"this (?:station|newspaper|paper|website|site|outlet|agency|magazine|channel|radio|broadcaster|programme|program)"
    r"|our (?:correspondent|reporter|station|newspaper|paper|website|colleague)s?"
)
"""How a publisher speaks of itself: "residents told this station"."""


def _short_form(named: str, printed: str) -> bool:
    """Whether a name shortens the publisher's: its initials, its last word or its first two, as in "told the Wire"."""
    words = [word for word in re.split(r"[ -]", printed) if word not in {"the", "of", "and", "for", "de", "del", "la"}]
    bare = named.removeprefix("the ")
    if len(words) < 2 or not bare:
        return False
    if len(bare) > 1 and bare == "".join(word[0] for word in words):
        return True
    ends = words[-1] in source_words().last_words or words[-1] in {"wire", "star", "reporter", "matin", "diary"}
    plain = printed.removeprefix("the ")
    return (ends and bare == words[-1]) or (
        " " in bare and plain.startswith(f"{bare} ") and not plain.endswith(" news")
    )


def _bare(name: str) -> str:
    return re.sub(r" (?:news|agency|news agency|newspaper|tv|online|com|net|org|english|arabic)$", "", name)


def is_outlet(token: Token, page: Page, index: MentionIndex, *, told: bool = False) -> bool:
    """Return whether a noun is an outlet that can carry words.

    With ``told``, an unknown organisation is taken for one too ("told Nuba Reports"), unless its words name a body that
    people address without publishing (a council, a court, a party).
    """
    words = source_words()
    text = page.text[slice(*stretch(_grown(phrase(token))))]
    plain = folded(text)
    if (
        plain in words.channels
        or plain in words.bodies
        or token.lemma_.lower() in words.no_outlet
        or token.pos_ == "PRON"
    ):
        return False
    held = _mention(token, index)
    lemmas = [word.lemma_.lower() for word in phrase(token)]
    if kind_of(text, token.lemma_.lower(), lemmas, held, token, index) == "outlet":
        return token.lemma_.lower() not in {
            "reporter",
            "journalist",
            "correspondent",
            "medium",
            "press",
            "editor",
            "columnist",
        }
    if not told or token.pos_ != "PROPN" or (held is not None and held.kind in {"actor", "person"}):
        return is_publisher_name(text, page)
    if any(lemma in words.no_outlet for lemma in lemmas) or token.ent_type_ in {"PERSON", "GPE", "NORP", "LOC", "FAC"}:
        return is_publisher_name(text, page)
    return token.ent_type_ == "ORG" or is_publisher_name(text, page)


def employer_of(head: Token) -> Token | None:
    """Return the outlet of a reporter: AFP in "told an AFP correspondent"; None for other nouns."""
    if head.lemma_.lower() not in {"reporter", "correspondent", "journalist"}:
        return None
    named = [child for child in head.lefts if child.dep_ in {"compound", "poss", "amod", "nmod"}]
    return next((child for child in reversed(named) if child.pos_ == "PROPN"), None)


def is_publisher_name(text: str, page: Page) -> bool:
    """Return whether some words are the publisher's name."""
    publisher = page.document.publisher
    if not publisher:
        return False
    named, printed = folded(text), folded(publisher)
    return _bare(named) == _bare(printed) or _short_form(named, printed) or _OURS.fullmatch(named) is not None


def stands_for(head: Token) -> Token | None:
    """Return who a document noun speaks for: Amnesty in "a report by Amnesty"; None where nobody is said."""
    words = speech_words()
    if head.lemma_.lower() in words.documents | words.follow | words.claims:
        return owner(head)
    return None
