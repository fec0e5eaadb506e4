"""People: names with their titles, and descriptions such as "the brigade's commander"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.read.lexicon import Lexicon
from tidings.read.mentions_draft import Draft, Wanted
from tidings.read.names_words import Name
from tidings.read.page import Paragraph, place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["People"]

SPEAKERS = frozenset(
    "activist source witness eyewitness resident analyst researcher expert correspondent reporter journalist author medic nurse doctor teacher lawyer student farmer shopkeeper neighbor neighbour mother father brother sister son daughter wife husband uncle cousin member head chief candidate official soldier fighter officer lieutenant general captain major colonel".split()
)
"""Described people who mostly speak or are counted: as speakers they belong to reported speech, as victims to groups."""
_OFFICE_HEADS = frozenset(
    "president premier minister governor mayor spokesman spokeswoman spokesperson commander leader director secretary envoy ambassador coordinator chairman chairwoman general colonel brigadier emir warlord bishop mufti sheikh negotiator prosecutor founder".split()
)
_WOMEN = frozenset("spokeswoman chairwoman mrs ms queen mother sister daughter wife woman actress".split())
_MEN = frozenset("spokesman chairman mr sir king father brother son husband man sheikh imam emir mullah".split())
_DEFINITE = frozenset({"the", "this", "that"})


class People:
    """Finds the people of one page. ``names`` maps paragraph and token to the name that covers it."""

    def __init__(self, lexicon: Lexicon, names: dict[tuple[int, int], Name]) -> None:
        self.offices = lexicon.people["offices"]
        self.names = names

    def named(self, paragraph: Paragraph, name: Name) -> Draft:
        """Return the mention of a person's name, the title apart."""
        doc = paragraph.parsed
        start, _ = place(doc[name.first])
        _, end = place(doc[name.last - 1])
        root = doc[name.first : name.last].root
        title = self._title(doc, name, root)
        words = set(title.lower().replace(".", "").split())
        female = True if words & _WOMEN else False if words & _MEN else None
        return Draft(
            start=start,
            end=end,
            kind="person",
            how="name",
            core=name.core,
            head=root,
            paragraph=paragraph.index,
            title=title,
            female=female,
            role="person",
        )

    def _title(self, doc: Doc, name: Name, root: Token) -> str:
        """What stands before the name in its phrase, or behind it in apposition, if an office or rank is in it."""
        first = name.first
        while (
            first > 0
            and doc[first - 1].pos_ in {"NOUN", "PROPN", "ADJ", "PART"}
            and doc[first - 1].text not in ',;:"()“”—–-'
        ):
            first -= 1
        before = doc[first : name.first]
        if any(token.lower_ in self.offices or token.lower_ in _OFFICE_HEADS for token in before):
            return str(before.text)
        for child in root.children:
            if child.dep_ == "appos" and child.i > root.i and child.lower_ in self.offices:
                return str(doc[child.left_edge.i : child.i + 1].text)
        owner = root.head
        if root.dep_ == "appos" and owner.i < root.i and owner.lower_ in self.offices:
            return str(doc[owner.left_edge.i : owner.i + 1].text)
        return name.title

    def described(self, paragraph: Paragraph) -> Iterator[Draft]:
        """Yield a draft for each office holder described but not named there."""
        doc = paragraph.parsed
        for token in paragraph.tokens:
            if (
                token.lower_ not in _OFFICE_HEADS
                or token.tag_ not in {"NN", "NNP"}
                or (paragraph.index, token.i) in self.names
            ):
                continue
            if token.dep_ in {"compound", "nmod", "appos"} or (
                token.i + 1 < len(doc) and self._person_at(paragraph, token.i + 1)
            ):
                continue
            first = token.i
            while (
                first > token.left_edge.i
                and doc[first - 1].text not in ',;:"()“”—–'
                and not doc[first - 1].text[:1].isdigit()
            ):
                first -= 1
            if token.i - first > 8 or any(
                child.dep_ == "appos" and self._person_at(paragraph, child.i) for child in token.children
            ):
                continue
            start, _ = place(doc[first])
            _, end = place(token)
            core_first = first + 1 if doc[first].lower_ in _DEFINITE | {"a", "an"} and first < token.i else first
            draft = Draft(
                start=start,
                end=end,
                kind="person",
                how="description",
                core=doc[core_first : token.i + 1].text,
                head=token,
                paragraph=paragraph.index,
                title=doc[core_first : token.i + 1].text,
                role="person",
            )
            if doc[first].lower_ in _DEFINITE and first >= token.i - 1:
                draft.wanted = Wanted(frozenset({"person"}), said_words=frozenset({token.lower_}))
            yield draft

    def _person_at(self, paragraph: Paragraph, index: int) -> bool:
        name = self.names.get((paragraph.index, index))
        return name is not None and name.kind == "person"
