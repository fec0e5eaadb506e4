"""Place names on a page with what the words around say of them.

A place keeps its cue: its kind ("the village of X"), a side ("southern X"), a distance and bearing ("10 km west of X"), the
two ends of a road ("the A–B road"). Descriptions such as "the city" are found by :mod:`tidings.read.places_described`,
the place in which each lies by :mod:`tidings.read.places_parents`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.read.lexicon import Lexicon
from tidings.read.mentions_draft import Draft
from tidings.read.names_words import Name, place_words, side_word
from tidings.read.page import Paragraph, place
from tidings.read.places_parents import LOCAL

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Places"]

_STRIPPED = frozenset(
    {
        "province",
        "district",
        "neighbourhood",
        "junction",
        "checkpoint",
        "camp",
        "road",
        "region",
        "village",
        "town",
        "border",
    }
)
_KEPT_TYPE_WORDS = frozenset({"city", "state", "camp", "island", "valley", "islands", "peninsula", "strip"})
_SIDE_KINDS = frozenset({"country"})
_SIDE_NAMES = frozenset({"neighbourhood"})
"""Kinds whose sides are places of their own: "western Saladin" beside "eastern Saladin"; the south of a town is the town."""
_DISTANCE = re.compile(r"\b(?:kilomet|km|miles?\b|met(?:er|re)s?\b|m\b)", re.IGNORECASE)


class Places:
    """Finds the places of one page. ``names`` maps paragraph and token to the name that covers it."""

    def __init__(self, lexicon: Lexicon, names: dict[tuple[int, int], Name]) -> None:
        self.lexicon = lexicon
        self.words = place_words(lexicon)
        self.names = names

    # --- names -------------------------------------------------------------------------------------------------------

    def named(self, paragraph: Paragraph, name: Name) -> list[Draft]:
        """Return the mention of a place name, with those nested in it."""
        doc = paragraph.parsed
        first, last = self._extent(doc, name)
        start, _ = place(doc[first])
        _, end = place(doc[last - 1])
        draft = Draft(
            start=start,
            end=end,
            kind="place",
            how="name",
            core=self._core(doc, name),
            head=doc[name.first : name.last].root,
            paragraph=paragraph.index,
            place_kind=name.place_kind,
            words=doc[first:last].text.lower(),
        )
        found = [draft]
        side = self._side(doc, first, name.place_kind in _SIDE_KINDS)
        if side is not None:
            if name.place_kind in _SIDE_KINDS:
                found.append(self._copied(draft, start, end, place_kind=name.place_kind))
                bearing, at = side
                draft.start = place(doc[at])[0]
                draft.core = f"{doc[at:first].text} {draft.core}"
                draft.place_kind, draft.parent, draft.parent_said = "region", found[1], True
                draft.relation, draft.bearing = "part", bearing
            else:
                draft.relation, draft.bearing = "part", side[0]
                if name.place_kind in _SIDE_NAMES or draft.core.casefold() in self.words.sided:
                    draft.start = place(doc[side[1]])[0]
                    draft.core = f"{doc[side[1] : first].text} {draft.core}"
        elif self._side_phrase(doc, first) is not None:
            draft.relation, draft.bearing = "of", self._side_phrase(doc, first)
        if name.place_kind == "road":
            found.extend(self._ends(draft, doc, name))
        return found

    @staticmethod
    def _copied(draft: Draft, start: int, end: int, *, place_kind: str) -> Draft:
        return Draft(
            start=start,
            end=end,
            kind="place",
            how="name",
            core=draft.core,
            head=draft.head,
            paragraph=draft.paragraph,
            place_kind=place_kind,
        )

    def _extent(self, doc: Doc, name: Name) -> tuple[int, int]:
        """The name with its type word: "Nashwa district", "city of Raqqa"; a plural type word belongs to several."""
        first, last = name.first, name.last
        kinds, plural = self.words.kinds, self.words.plural
        for size in (2, 1):
            phrase = doc[last : last + size].text.lower()
            if last + size <= len(doc) and phrase in kinds and phrase not in plural and doc[last].text.islower():
                return first, last + size
        if (
            first > 1
            and doc[first - 1].lower_ == "of"
            and doc[first - 2].lower_ in kinds
            and doc[first - 2].lower_ not in plural
            and kinds[doc[first - 2].lower_] == name.place_kind
        ):
            return first - 2, last
        return first, last

    def _core(self, doc: Doc, name: Name) -> str:
        words = doc[name.first : name.last]
        last = words[-1].lower_
        if (
            len(words) > 1
            and name.place_kind in _STRIPPED
            and last in self.words.kinds
            and last not in _KEPT_TYPE_WORDS
        ):
            rest = words[:-1]
            if not all(token.lower_ in self.words.bearings for token in rest):
                return str(rest.text)
        if name.place_kind == "facility" and last not in self.words.kinds and self._extent(doc, name)[1] > name.last:
            return str(doc[name.first : self._extent(doc, name)[1]].text)  # "Goma airport" is not Goma
        return str(words.text)

    def _side(self, doc: Doc, first: int, country: bool = False) -> tuple[int, int] | None:
        """The bearing of "southern" right before a name, and where the word starts."""
        if first == 0:
            return None
        word, at = side_word(doc, first - 1)
        if doc[at].text[:1].isupper() and not doc[at].is_sent_start:
            return None
        bearing = self.words.bearings.get(word)
        if bearing is None or not (word.endswith("ern") or doc[first - 1].pos_ == "ADJ" or country):
            return None
        return bearing, at

    def _side_phrase(self, doc: Doc, first: int) -> int | None:
        """The bearing of "south of", "to the east of", where no distance is said."""
        at = first - 1
        while at > 0 and doc[at].lower_ in {"the", "["}:
            at -= 1
        if at > 0 and doc[at].lower_ == "of":
            return self.words.bearings.get(side_word(doc, at - 1)[0])
        return None

    def _ends(self, draft: Draft, doc: Doc, name: Name) -> Iterator[Draft]:
        """The two places of "the A–B road"."""
        parts = re.split(r"\s*[-\u2013\u2014/]\s*", draft.core)
        if len(parts) < 2 or not all(part[:1].isupper() for part in parts) or parts[0].lower() in {"al", "el"}:
            return
        if any(hit.what == "demonym" for part in parts for hit in self.lexicon.hits(part)):
            return  # "Pan-American Highway"
        position, _ = place(doc[name.first])
        text = doc[name.first : name.last].text
        at = 0
        for part in (parts[0], parts[-1]):
            at = text.index(part, at)
            inner = self._copied(draft, position + at, position + at + len(part), place_kind="")
            inner.core = part
            at += len(part)
            draft.ends.append(inner)
            yield inner

    # --- distances ---------------------------------------------------------------------------------------------------

    def measured(self, paragraph: Paragraph, drafts: list[Draft]) -> Iterator[Draft]:
        """Attach "10 km west of X" to the place before it, or yield a place of its own; ``drafts`` are its places."""
        doc = paragraph.parsed
        if not _DISTANCE.search(paragraph.plain):
            return
        for token in paragraph.tokens:
            if token.lower_ not in self.words.metres or token.i == 0:
                continue
            amount = _number(doc[token.i - 1])
            side_at = self._side_at(doc, token.i + 1)
            if amount is None or side_at is None:
                continue
            anchor = _starting(drafts, doc, side_at + 1)
            if anchor is None:
                continue
            metres = round(amount * self.words.metres[token.lower_])
            bearing = self.words.bearings.get(side_word(doc, side_at - 1)[0])
            first = token.i - 1
            before = _ending(drafts, doc, first)
            if before is not None and before is not anchor:
                if before.place_kind in LOCAL:
                    before.relation, before.anchor = "of", anchor
                    before.distance_m, before.bearing = metres, bearing
                continue
            start, _ = place(doc[first])
            yield Draft(
                start=start,
                end=anchor.end,
                kind="place",
                how="description",
                core="",
                head=token,
                paragraph=paragraph.index,
                relation="of" if bearing is not None else "from",
                anchor=anchor,
                distance_m=metres,
                bearing=bearing,
            )

    def _side_at(self, doc: Doc, first: int) -> int | None:
        """The index of "of"/"from" in "(to the) west of", "from", behind a distance."""
        at = first
        while at < len(doc) and at < first + 3 and doc[at].lower_ in {"to", "the", "(", "miles", ")", "away"}:
            at += 1
        if at < len(doc) and doc[at].lower_ == "from":
            return at
        for last in (at, at + 2):
            if last + 1 < len(doc) and doc[last + 1].lower_ in {"of", "from"}:
                return last + 1 if side_word(doc, last)[0] in self.words.bearings else None
        return None


def _number(token: Token) -> float | None:
    words = token.text.replace(",", "")
    try:
        return float(words)
    except ValueError:
        return _SMALL.get(token.lower_)


_SMALL = {
    word: float(at)
    for at, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "hundred": 100.0,
}


def _starting(drafts: list[Draft], doc: Doc, first: int) -> Draft | None:
    """The place that starts at a token or right behind its article or bracket."""
    for at in range(first, min(first + 4, len(doc))):
        start, _ = place(doc[at])
        for draft in drafts:
            if draft.start == start:
                return draft
        if doc[at].lower_ not in {"the", "[", "city", "town", "of"}:
            return None
    return None


def _ending(drafts: list[Draft], doc: Doc, first: int) -> Draft | None:
    """The place that ends right before a token, commas, dashes and verbs of lying apart."""
    at = first - 1
    while (
        at >= 0
        and at > first - 6
        and doc[at].lower_
        in {",", "—", "–", "-", "(", "about", "some", "around", "lies", "located", "is", "nearly", "roughly", "which"}
    ):
        at -= 1
    if at < 0:
        return None
    if doc[at].pos_ == "NOUN" and at > 0:
        at -= 1  # "the Jabal Kawkab regiment, 10 km east of"
    ends = {place(doc[index])[1] for index in (at, min(at + 1, first - 1))}
    return next((draft for draft in drafts if draft.end in ends), None)
