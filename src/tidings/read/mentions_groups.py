"""Descriptions of actors: "ISIS fighters", "regime forces", "Russian jets", "the residents", "the militant group".

Each noun phrase is asked whose it is (:mod:`tidings.read.mentions_owners`). One that nobody owns stands for its kind
("gunmen") or for a party named before ("the militants"), which :mod:`tidings.read.coref` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tidings.read.lexicon import Lexicon, fold
from tidings.read.mentions_draft import Draft, Wanted
from tidings.read.mentions_owners import ARMED, Owner, Owners, Phrase, wanted_by
from tidings.read.mentions_scene import Scene
from tidings.read.names_words import Name
from tidings.read.page import Paragraph, place

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Groups"]

_DROPPED = frozenset(
    "several many few dozens hundreds thousands scores some least nearly almost more than about around over up to at "
    "other another all most number of not only also even including mainly mostly both either roughly approximately".split()
)
"""Words before a noun that count it or point to it and do not belong to what it is called."""
_HAVING = frozenset({"its", "our", "their", "his", "my"})
_BODIES = frozenset(
    {"group", "groups", "movement", "movements", "organisation", "organisations", "organization", "organizations"}
)
_FIGHTING = frozenset(
    "armed militant rebel jihadist extremist guerrilla splinter terror insurgent paramilitary militia".split()
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_BEFORE_NAME = frozenset({"amod", "compound", "nmod", "poss", "det"})
_WIDE = frozenset({"Western", "African", "European", "Asian", "Islamic", "Islamist"})
_NOT_HEADS = frozenset({"amod", "compound", "acomp", "nmod", "advmod"})


class Groups:
    """Finds the descriptions of one page. ``names`` maps paragraph and token to the name that covers it.

    ``voice`` is the party in whose name the page is published, whose troops "our troops" are.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        scene: Scene,
        names: dict[tuple[int, int], Name],
        peoples: dict[int, dict[int, str]],
        voice: Owner | None = None,
    ) -> None:
        self.names = names
        self.owners = Owners(lexicon, scene, names)
        self.peoples = peoples
        self.voice = voice

    def of(self, paragraph: Paragraph) -> Iterator[Draft]:
        """Yield a draft for each description of an actor in a paragraph."""
        self.owners.demonyms = self.peoples.get(paragraph.index, {})
        for token in paragraph.tokens:
            alone = self._alone(paragraph, token)
            if alone is not None:
                yield alone
                continue
            if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or (token.pos_ == "ADJ" and token.dep_ in _NOT_HEADS):
                continue
            if self._inside_name(paragraph, token):
                continue
            phrase = self.owners.phrase(paragraph, token)
            draft = self._described(paragraph, phrase) if phrase is not None else self._people(paragraph, token)
            if draft is not None:
                yield draft

    def _alone(self, paragraph: Paragraph, token: Token) -> Draft | None:
        """Who acts by an adjective or a modifier: "Russian" in "Russian shelling", "rebel" in "rebel-held"."""
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            return None
        if token.i not in self.owners.demonyms and fold(token.text) not in self.owners.lexicon.owner_words:
            return None
        owner = self.owners.alone(paragraph, token)
        if owner is None:
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
            lexicon=owner.lexicon,
            known_as=owner.known_as,
            role=owner.role,
            belongs_to=owner.belongs_to,
        )

    def _inside_name(self, paragraph: Paragraph, token: Token) -> bool:
        name = self.names.get((paragraph.index, token.i))
        return name is not None and (name.entry is not None or name.kind != "actor" or token.i < name.last - 1)

    def _described(self, paragraph: Paragraph, phrase: Phrase) -> Draft | None:
        group, doc = phrase.group, phrase.doc
        if phrase.noun > 0 and doc[phrase.noun - 1].text == "-" and not doc[phrase.noun - 1].whitespace_:
            return None
        before = self.names.get((paragraph.index, phrase.last - 1))
        if doc[phrase.last].lower_ == "state" and before is not None and before.kind == "place" and not before.country:
            return None  # "Zamfara state" is a place
        if (paragraph.index, phrase.last + 1) in self.names and doc[phrase.last].dep_ in _BEFORE_NAME:
            return None  # "the paramilitary Rapid Support Forces" is one phrase
        if self._serve(paragraph, phrase):
            phrase = replace(phrase, group=replace(group, id="armed.members", sort="member", role="armed_group"))
            group = phrase.group
        if group.sort == "state" and _speaks(doc[phrase.last]):
            return None  # "an officer said": somebody who speaks is not the army
        draft = self._blank(paragraph, phrase)
        wanted = wanted_by(phrase)
        if wanted.sides and group.sort not in {"civil", "people"}:
            draft.wanted, draft.role = wanted, group.role
            return draft
        if group.sort in {"civil", "people"}:
            return self._unarmed(draft, phrase, self._people_before(phrase))
        possessor = any(doc[index].dep_ == "poss" and doc[index].pos_ == "PRON" for index in phrase.before)
        ours = any(doc[index].lower_ == "our" for index in phrase.before)
        if ours and group.sort != "hardware":
            if self.voice is not None:
                return self._belonging(draft, self.voice)
            if group.sort in {"member", "force"}:
                draft.role = group.role  # whose they are is asked of who speaks
                return draft
        owner = self.owners.of(paragraph, phrase)
        if possessor and (owner is None or owner.how == "description") and group.sort not in {"body", "hardware"}:
            # "its troops" are those of whoever "it" is; if that stays open, of whom they would be without it.
            draft.wanted = Wanted(frozenset({"actor"}), ARMED | {"state"}, said_words=frozenset({"poss"}))
            draft.role = group.role
        if owner is not None and owner.several:
            return None  # the names of "the wings of A and B" say it better
        if owner is not None:
            return self._belonging(draft, owner)
        if group.id == "armed.enemy":
            draft.role = group.role  # found among the parties of the report: see coref_foes
            return draft
        if group.sort in {"hardware", "state"} or doc[phrase.last].lower_ == "side":
            return None
        draft.role = group.role
        if self._named_unit(phrase):
            draft.how, draft.core = "name", doc[phrase.noun - 1 : phrase.last + 1].text
            return draft
        if self._numbered(phrase) and doc[phrase.noun].text[:1].isupper():
            draft.how = "name"  # "the 33rd Front"
            return draft
        particular = self._particular(phrase)
        if (particular and not (group.sort == "body" and phrase.definite)) or self._numbered(phrase):
            return draft if group.sort != "body" else None
        if particular and not self._by_people_only(phrase):
            return None
        if phrase.definite and not possessor:
            draft.wanted = wanted_by(phrase)
            if not group.bare or group.sort == "body":
                return draft
        elif possessor:
            return draft
        elif group.sort == "body" and self._called(phrase):
            draft.role = group.role if self._fights(phrase) else ""
            return draft  # "a youth group", "women's groups": called by what they are
        elif not group.bare or group.sort == "body":
            return None
        draft.lexicon, draft.known_as = group.id, group.name
        return draft

    @staticmethod
    def _called(phrase: Phrase) -> bool:
        """Whether a noun before an indefinite "group" says what kind it is."""
        if phrase.doc[phrase.last].lower_ not in _BODIES or phrase.noun != phrase.last:
            return False
        words = [phrase.doc[index] for index in phrase.before]
        return any(word.pos_ == "NOUN" and word.dep_ in {"compound", "poss", "nmod", "amod"} for word in words)

    @staticmethod
    def _fights(phrase: Phrase) -> bool:
        return any(phrase.doc[index].lower_ in _FIGHTING for index in phrase.before)

    @staticmethod
    def _belonging(draft: Draft, owner: Owner) -> Draft:
        draft.lexicon, draft.known_as, draft.role = owner.lexicon, owner.known_as, owner.role
        draft.belongs_to, draft.how, draft.wanted = owner.belongs_to, owner.how, owner.wanted or draft.wanted
        draft.core = owner.core or draft.core
        return draft

    def _serve(self, paragraph: Paragraph, phrase: Phrase) -> bool:
        """Whether men are somebody's fighters: "its men", "our men", "Haftar's men", "ELN men"."""
        doc = phrase.doc
        if phrase.group.id != "generic.men" or doc[phrase.last].lower_ not in {"men", "boys"}:
            return False
        for index in phrase.before:
            name = self.names.get((paragraph.index, index))
            if doc[index].dep_ == "poss" and (
                doc[index].lower_ in _HAVING or (name is not None and name.kind == "person")
            ):
                return True
            if name is not None and name.kind == "actor":
                return True
        return False

    @staticmethod
    def _unarmed(draft: Draft, phrase: Phrase, people: bool) -> Draft | None:
        group, noun = phrase.group, phrase.doc[phrase.last]
        if not group.bare and not (group.id == "generic.men" and noun.tag_ == "NNS"):
            return None
        if group.sort == "people" and noun.tag_ not in {"NNS", "NNPS"} and group.id == "generic.officials":
            return None
        draft.lexicon, draft.known_as, draft.role = group.id, group.name, group.role
        if people:  # "Dinka civilians" are told apart from others
            draft.lexicon, draft.known_as = f"generic.{fold(draft.core).replace(' ', '_')}", draft.core
        return draft

    def _people_before(self, phrase: Phrase) -> bool:
        """Whether nothing but the name of a people stands before a noun for people who take no part."""
        words = [phrase.doc[index] for index in phrase.before]
        named = [word for word in words if word.text in self.owners.lexicon.peoples and word.text not in _WIDE]
        rest = [word for word in words if word not in named and word.pos_ not in {"DET", "NUM", "ADV", "ADP"}]
        return len(named) == 1 and all(word.lower_ in _DROPPED for word in rest)

    @staticmethod
    def _blank(paragraph: Paragraph, phrase: Phrase) -> Draft:
        doc = phrase.doc
        first = phrase.first
        while first < phrase.noun and (
            (doc[first].pos_ == "NUM" and doc[first + 1].text != "-")
            or (doc[first].like_num and doc[first + 1].text != "-")
            or doc[first].lower_ in _DROPPED - {"both"}
            or doc[first].dep_ in {"nummod", "quantmod"}
            or (doc[first].pos_ == "ADV" and not doc[first].text[:1].isupper())
            or doc[phrase.last + 1 : phrase.last + 2].text == "-"
        ):
            first += 1
        start, _ = place(doc[first])
        _, end = place(doc[phrase.last])
        head = doc[phrase.last]
        core = first
        while core < phrase.noun and (
            doc[core].pos_ == "DET"
            or (doc[core].pos_ == "NUM" and doc[core + 1].text != "-")
            or doc[core].lower_ in {"both", "those", "that"}
        ):
            core += 1
        return Draft(
            start=start,
            end=end,
            kind="actor",
            how="description",
            core=doc[core : phrase.last + 1].text,
            head=head,
            paragraph=paragraph.index,
            plural=head.tag_ in {"NNS", "NNPS"} or head.lower_ == "people",
            group=phrase.group.id,
        )

    @staticmethod
    def _named_unit(phrase: Phrase) -> bool:
        """Whether it is a unit called by a number: "the 444 Brigade"."""
        noun = phrase.doc[phrase.noun]
        number = phrase.noun > 0 and phrase.doc[phrase.noun - 1].text[:1].isdigit()
        return phrase.group.sort == "force" and number and noun.text[:1].isupper()

    @staticmethod
    def _numbered(phrase: Phrase) -> bool:
        """Whether it is a unit with a number: "the 5th regiment"."""
        words = (phrase.doc[index].text for index in phrase.before)
        return phrase.group.sort in {"force", "body"} and any(_ORDINAL.match(word) for word in words)

    def _by_people_only(self, phrase: Phrase) -> bool:
        """Whether the words before the noun are nothing but demonyms: "the Lebanese group" points back all the same."""
        known = self.owners.lexicon.peoples
        return all(
            index in self.owners.demonyms
            or phrase.doc[index].text in known
            or phrase.doc[index].pos_ == "DET"
            or not phrase.doc[index].text[:1].isupper()
            for index in phrase.before
        )

    def _particular(self, phrase: Phrase) -> bool:
        """Whether words before the noun name somebody in particular: "Chechen fighters", "Fulani gunmen"."""
        doc = phrase.doc
        for index in phrase.before:
            token = doc[index]
            if index in self.owners.demonyms:
                return True
            if token.text[:1].isupper() and not token.is_sent_start and token.pos_ in {"PROPN", "ADJ", "NOUN"}:
                return True
        return False

    def _people(self, paragraph: Paragraph, token: Token) -> Draft | None:
        """A people by its name: "Palestinians", "the Tutsis"."""
        if token.i not in self.owners.demonyms and token.ent_type_ != "NORP":
            return None
        if token.dep_ in _NOT_HEADS or token.text[:1].islower() or token.tag_ not in {"NNS", "NNPS"}:
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


def _speaks(noun: Token) -> bool:
    """Whether one or several people in uniform are who says something: "a naval officer told the paper"."""
    if noun.lemma_.lower() not in _PERSONS:
        return False
    top = noun
    while top.dep_ in {"conj", "appos"} and top.head.pos_ in {"NOUN", "PROPN"}:
        top = top.head
    if top.dep_ == "pobj" and top.head.lower_ == "to" and top.head.head.lower_ == "according":
        return True
    return top.dep_ == "nsubj" and top.head.lemma_ in _SAYING


_PERSONS = frozenset("officer soldier marine policeman policewoman gendarme paratrooper serviceman guard".split())
_SAYING = frozenset("say tell report add state announce confirm claim note explain declare admit recount deny".split())
