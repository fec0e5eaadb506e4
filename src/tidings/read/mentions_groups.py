"""Descriptions of actors: "ISIS fighters", "regime forces", "Russian jets", "the residents", "the militant group".

Each noun phrase is asked, in order: does a named party own it, does a war's file know its words, is it for a government,
is it a state's, whose members are they. A phrase that nobody owns stands for its kind ("gunmen") or for a party
named before ("the militants"), which :mod:`tidings.read.coref` finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidings.read.lexicon import Group, Lexicon, fold
from tidings.read.mentions_draft import Draft, Wanted
from tidings.read.mentions_scene import Scene
from tidings.read.names import Name
from tidings.read.page import Paragraph, place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Groups"]

ARMED = frozenset({"armed_group", "militia", "alliance"})
_DEFINITE = frozenset({"the", "this", "these", "those", "that", "both"})
_OWNING = frozenset({"of", "from", "belonging", "with", "loyal", "affiliated", "allied"})
_LEFT = frozenset(
    {"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "advmod", "predet", "case", "punct", "npadvmod"}
)
_LONGEST_PHRASE = 12
_QUANTITY = frozenset(
    "several many few dozens hundreds thousands scores some least nearly almost more than about around over up to at other another all most number of".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its tokens ``first`` to ``last`` (included), the words before its noun, and what the noun is."""

    doc: Doc
    first: int
    noun: int
    last: int
    group: Group

    @property
    def before(self) -> range:
        """Indices of the words before the noun."""
        return range(self.first, self.noun)


@dataclass(slots=True)
class Owner:
    """Who a group belongs to: a lexicon id with its name and role, or words of the text."""

    lexicon: str
    known_as: str
    role: str
    belongs_to: str = ""
    core: str = ""
    how: str = "name"
    draft: Draft | None = None


class Groups:
    """Finds the descriptions of one page. ``names`` maps paragraph and token to the name that covers it."""

    def __init__(self, lexicon: Lexicon, scene: Scene, names: dict[tuple[int, int], Name]) -> None:
        self.lexicon = lexicon
        self.scene = scene
        self.names = names
        self.demonyms: dict[int, str] = {}

    def of(self, paragraph: Paragraph) -> Iterator[Draft]:
        """Yield a draft for each description of an actor in a paragraph."""
        doc = paragraph.parsed
        self.demonyms = self._demonyms(doc)
        for token in doc:
            if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or (
                token.pos_ == "ADJ" and token.dep_ in {"amod", "compound", "acomp"}
            ):
                continue
            if self._inside_name(paragraph, token):
                continue
            phrase = self._phrase(paragraph, token)
            draft = self._described(paragraph, phrase) if phrase is not None else self._people(paragraph, token)
            if draft is not None:
                yield draft

    # --- phrases -----------------------------------------------------------------------------------------------------

    def _inside_name(self, paragraph: Paragraph, token: Token) -> bool:
        name = self.names.get((paragraph.index, token.i))
        return name is not None and (name.entry is not None or name.kind != "actor" or token.i < name.last - 1)

    def _demonyms(self, doc: Doc) -> dict[int, str]:
        found: dict[int, str] = {}
        for hit in self.lexicon.hits(doc.text, self.scene.entries):
            if hit.what in {"demonym", "country", "seat"}:
                span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
                if span is not None:
                    code = self.scene.country if self.scene.country in hit.ids else hit.ids[0]
                    found.update((token.i, code) for token in span)
        return found

    def _phrase(self, paragraph: Paragraph, token: Token) -> Phrase | None:
        doc = token.doc
        if token.dep_ in {"compound", "nmod"} and token.head.i > token.i and self._ends_phrase(token) is False:
            return None
        for size in (3, 2, 1):
            noun = token.i - size + 1
            if noun < 0:
                continue
            words = doc[noun : token.i + 1].text
            group = self.lexicon.group(words)
            if group is None or (size > 1 and any((paragraph.index, at) in self.names for at in range(noun, token.i))):
                continue
            return Phrase(doc, self._start(doc, noun, token), noun, token.i, group)
        return None

    def _ends_phrase(self, token: Token) -> bool:
        """Whether a noun before another noun is yet a phrase of its own, as it is before a title: never in general."""
        after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        return after is not None and after.pos_ in {"VERB", "AUX", "ADP", "PUNCT"}

    @staticmethod
    def _start(doc: Doc, noun: int, head: Token) -> int:
        first = noun
        lowest = max(head.left_edge.i, head.sent.start, noun - _LONGEST_PHRASE)
        for index in range(noun - 1, lowest - 1, -1):
            token = doc[index]
            if (
                token.text in ',;:"()[]“”—–'
                or token.pos_ in {"VERB", "ADP", "CCONJ", "SCONJ", "AUX", "PRON"}
                and token.dep_ not in {"poss", "amod"}
            ):
                break
            first = index
        return first

    # --- who owns it -------------------------------------------------------------------------------------------------

    def _owner(self, paragraph: Paragraph, phrase: Phrase) -> Owner | None:
        return (
            self._named_owner(paragraph, phrase.before)
            or self._by_war(phrase)
            or self._for_state(phrase)
            or self._state(phrase, said=True)
            or self._owner_behind(paragraph, phrase)
            or self._state(phrase, said=False)
        )

    def _named_owner(self, paragraph: Paragraph, indices: Iterable[int]) -> Owner | None:
        for index in sorted(indices, reverse=True):
            name = self.names.get((paragraph.index, index))
            if name is None or name.kind != "actor":
                continue
            if name.entry is not None:
                entry = name.entry
                return Owner(entry.id, entry.name, entry.role, entry.parent, name.core)
            return Owner("", "", "", "", name.core)
        return None

    def _by_war(self, phrase: Phrase) -> Owner | None:
        doc = phrase.doc
        words = [fold(doc[index].text) for index in range(phrase.first, phrase.last + 1)]
        text = " ".join(words)
        sized = sorted(range(len(words)), key=lambda at: at)
        best: tuple[int, Owner] | None = None
        if phrase.group.sort in {"civil", "people"}:
            return None
        for at in sized:
            for size in (4, 3, 2, 1):
                key = tuple(words[at : at + size])
                if len(key) < size or at + size > phrase.noun - phrase.first:
                    continue
                for ident in self.lexicon.modifiers.get(key, ()):
                    entry = self.lexicon.entries[ident]
                    if ident not in self.scene.entries or any(fold(word) in text for word in entry.unless):
                        continue
                    rank = self.scene.wars.index(entry.war) if entry.war in self.scene.wars else len(self.scene.wars)
                    owner = Owner(entry.id, entry.name, entry.role, entry.parent, how="description")
                    if best is None or size * 10 - rank > best[0]:
                        best = (size * 10 - rank, owner)
        return best[1] if best else None

    def _for_state(self, phrase: Phrase) -> Owner | None:
        text = phrase.doc[phrase.first : phrase.noun].text.lower()
        if not any(word in text for word in self.lexicon.pro_state):
            return None
        if phrase.group.sort == "state" or phrase.group.id == "armed.forces":
            return self._government(self.scene.country)
        return Owner("armed.progov_militias", "pro-government militias", "militia", how="description")

    def _state(self, phrase: Phrase, *, said: bool) -> Owner | None:
        """A state's: by its adjective, or by a word such as "government"; else (not ``said``) an organ by itself."""
        sort = phrase.group.sort
        adjectives = [index for index in phrase.before if index in self.demonyms]
        stately = any(phrase.doc[index].lower_ in self.lexicon.state_words for index in phrase.before)
        if sort in {"civil", "people"} or (sort == "member" and not stately) or sort == "body":
            return None
        if adjectives and (sort in {"state", "hardware", "force"} or stately):
            if phrase.group.role == "militia":
                return None
            return self._government(self.demonyms[adjectives[-1]])
        if stately or (sort == "state" and not adjectives and not said):
            behind = self._country_behind(phrase)
            return self._government(behind or self.scene.country)
        return None

    def _country_behind(self, phrase: Phrase) -> str:
        """The country of "the government of Mali", "forces of Myanmar"."""
        for child in phrase.doc[phrase.last].children:
            if child.dep_ == "prep" and child.lower_ in {"of", "in"}:
                for item in child.children:
                    if item.i in self.demonyms and child.lower_ == "of":
                        return self.demonyms[item.i]
        return ""

    def _government(self, code: str) -> Owner:
        ident, name = self.lexicon.government(code)
        entry = self.lexicon.entry(ident)
        if entry is not None and (entry.war in self.scene.wars or not self.scene.wars):
            return Owner(entry.id, entry.name, entry.role, entry.parent, how="description")
        return Owner(ident, name, "state", how="description")

    def _owner_behind(self, paragraph: Paragraph, phrase: Phrase) -> Owner | None:
        """Whose members they are: "fighters of the Front", "gunmen loyal to the council", "members of the police"."""
        if phrase.group.sort in {"civil", "people", "hardware", "body"}:
            return None
        for child in phrase.doc[phrase.last].children:
            if child.i < phrase.last or child.lower_ not in _OWNING:
                continue
            for item in child.subtree:
                if item.dep_ not in {"pobj", "conj"} or item.i < child.i:
                    continue
                named = self._named_owner(paragraph, [item.i])
                if named is not None:
                    return named
                inner = self._phrase(paragraph, item)
                if inner is not None and inner.group.sort in {"state", "force", "member"} and inner.last > phrase.last:
                    return self._owner(paragraph, inner)
                break
        return None

    # --- drafts ------------------------------------------------------------------------------------------------------

    def _described(self, paragraph: Paragraph, phrase: Phrase) -> Draft | None:
        group = phrase.group
        if phrase.noun > 0 and phrase.doc[phrase.noun - 1].text == "-" and not phrase.doc[phrase.noun - 1].whitespace_:
            return None
        owner = self._owner(paragraph, phrase) if group.sort not in {"civil", "people"} else None
        if phrase.doc[phrase.last].lower_ == "side" and owner is None:
            return None
        draft = self._blank(paragraph, phrase)
        if owner is not None:
            draft.lexicon, draft.known_as, draft.role = owner.lexicon, owner.known_as, owner.role
            draft.belongs_to, draft.how = owner.belongs_to, owner.how
            draft.core = owner.core or draft.core
            return draft
        if group.sort in {"civil", "people"}:
            if not group.bare and not self._stands_alone(phrase):
                return None
            draft.lexicon, draft.known_as, draft.role = group.id, group.name, group.role
            return draft
        if group.sort == "hardware":
            return None
        possessor = self._possessor(phrase)
        if self._particular(phrase) or self._numbered(phrase):
            draft.role = group.role
            return draft if group.sort != "body" else None
        if self._definite(phrase) and not possessor:
            draft.wanted = self._wanted(phrase)
            if group.bare and group.sort != "body":
                draft.lexicon, draft.known_as, draft.role = group.id, group.name, group.role
            draft.role = draft.role or group.role
            return draft
        if possessor and group.sort in {"member", "force"}:
            draft.wanted = Wanted(frozenset({"actor"}), ARMED | {"state"}, said_words=frozenset({"poss"}))
            draft.role = group.role
            return draft
        if not group.bare or group.sort == "body":
            return None
        draft.lexicon, draft.known_as, draft.role = group.id, group.name, group.role
        return draft

    def _blank(self, paragraph: Paragraph, phrase: Phrase) -> Draft:
        doc = phrase.doc
        first = phrase.first
        while first < phrase.noun and (
            doc[first].pos_ == "NUM"
            or doc[first].like_num
            or doc[first].lower_ in _QUANTITY
            or doc[first].dep_ in {"nummod", "quantmod"}
        ):
            first += 1
        # "the 20 fighters" keeps its article only when nothing stands between.
        start, _ = place(doc[first])
        _, end = place(doc[phrase.last])
        head = doc[phrase.last]
        core_first = first
        while (
            core_first < phrase.noun
            and doc[core_first].dep_ in {"det", "predet"}
            or doc[core_first].lower_ in _DEFINITE
            and core_first < phrase.noun
        ):
            core_first += 1
        return Draft(
            start=start,
            end=end,
            kind="actor",
            how="description",
            core=doc[core_first : phrase.last + 1].text,
            head=head,
            paragraph=paragraph.index,
            plural=head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"people", "police"},
            group=phrase.group.id,
        )

    @staticmethod
    def _stands_alone(phrase: Phrase) -> bool:
        return phrase.group.id == "generic.men" and phrase.doc[phrase.last].tag_ == "NNS"

    @staticmethod
    def _definite(phrase: Phrase) -> bool:
        return any(phrase.doc[index].lower_ in _DEFINITE for index in phrase.before)

    @staticmethod
    def _possessor(phrase: Phrase) -> bool:
        return any(phrase.doc[index].dep_ == "poss" and phrase.doc[index].pos_ == "PRON" for index in phrase.before)

    @staticmethod
    def _numbered(phrase: Phrase) -> bool:
        """Whether it is a unit with a number: "the 5th regiment"."""
        words = (phrase.doc[index].text for index in phrase.before)
        return phrase.group.sort == "force" and any(word[:1].isdigit() and not word.isdigit() for word in words)

    def _particular(self, phrase: Phrase) -> bool:
        """Whether words before the noun name somebody in particular: "Chechen fighters", "Fulani gunmen"."""
        doc = phrase.doc
        return any(
            doc[index].text[:1].isupper()
            and not doc[index].is_sent_start
            and doc[index].pos_ in {"PROPN", "ADJ", "NOUN"}
            or index in self.demonyms
            for index in phrase.before
        )

    def _wanted(self, phrase: Phrase) -> Wanted:
        words = frozenset(phrase.doc[index].lower_ for index in phrase.before) | {phrase.doc[phrase.last].lower_}
        roles = ARMED
        if phrase.group.id in {"armed.forces", "armed.members"}:
            roles = ARMED | {"state"}
        if phrase.group.sort == "body" and phrase.doc[phrase.last].lower_ in {"alliance", "coalition", "bloc"}:
            roles = frozenset({"alliance"})
        if phrase.group.sort == "body" and words & {
            "monitoring",
            "rights",
            "aid",
            "monitor",
            "humanitarian",
            "advocacy",
        }:
            return Wanted(frozenset({"source", "actor"}), frozenset({"monitor", "un"}))
        number = 2 if words & {"two", "both"} else 1
        sides = phrase.doc[phrase.last].lower_ in {"sides", "parties"} and (number == 2 or "warring" in words)
        return Wanted(
            frozenset({"actor"}),
            roles,
            number=number,
            many=phrase.doc[phrase.last].tag_ == "NNS",
            sides=sides,
            group=phrase.group.id,
        )

    def _people(self, paragraph: Paragraph, token: Token) -> Draft | None:
        """A people by its name: "Palestinians", "the Tutsi"."""
        if token.i not in self.demonyms and token.ent_type_ != "NORP":
            return None
        if token.dep_ in {"compound", "amod", "nmod"} or token.text[:1].islower() or token.tag_ not in {"NNS", "NNPS"}:
            return None
        start, end = place(token)
        return Draft(
            start=start,
            end=end,
            kind="actor",
            how="description",
            core=token.text,
            head=token,
            paragraph=paragraph.index,
            lexicon=f"generic.{fold(token.text)}",
            known_as=token.text,
            role="civilians",
            plural=True,
        )
