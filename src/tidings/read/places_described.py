"""Places described on a page: "the city", "the two areas", "the driving school", "several neighbourhoods", "there"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.read.lexicon import Lexicon
from tidings.read.mentions_draft import Draft, Wanted
from tidings.read.names_words import Name, place_words
from tidings.read.page import Paragraph, place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["DescribedPlaces"]

_BEFORE_NOUN = frozenset({"ADJ", "DET", "NOUN", "PROPN", "NUM", "ADV", "PART"})
_LONGEST = 8
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_AREAS = frozenset({"area", "areas", "zone", "zones", "pocket", "enclave", "strip", "territory", "settlement"})
_SYNONYMS = {
    "city": frozenset({"city", "town", ""}),
    "town": frozenset({"town", "city", "", "village"}),
    "village": frozenset({"village"}),
    "province": frozenset({"province"}),
    "country": frozenset({"country"}),
    "neighbourhood": frozenset({"neighbourhood", "district"}),
    "district": frozenset({"district", "neighbourhood"}),
    "region": frozenset({"region", "province"}),
    "area": frozenset(
        "city town village district neighbourhood junction checkpoint facility hill camp mountain road region".split()
    )
    | {""},
}
_ROAD_WORDS = frozenset(
    {"between", "from", "to", "and", "the", "linking", "connecting", "with", "leading", "city", "of", "-"}
)
_THEIRS = frozenset({"base", "headquarters", "branch", "building", "compound", "position", "complex", "barracks"})
"""What belongs to a party rather than being called after it."""
_ARMED_SPOTS = frozenset(
    "police post;army post;military post;border post;security post;police station;army camp;military camp;training camp;"
    "air base;military base;army base".split(";")
)
"""Each is one spot on the ground, known to the reader or not: "overran a police post"."""
_ON_AIR = frozenset({"tv", "radio", "television", "broadcasting"})
"""Before "station" and "tower" they make who reports, no place."""
_EMPTY = frozenset(
    "several many some few other own same nearby entire whole various adjacent neighboring neighbouring surrounding certain most all".split()
)


class DescribedPlaces:
    """Finds the places that one page describes. ``names`` maps paragraph and token to the name that covers it."""

    def __init__(self, lexicon: Lexicon, names: dict[tuple[int, int], Name]) -> None:
        self.words = place_words(lexicon)
        self.names = names

    def of(self, paragraph: Paragraph) -> Iterator[Draft]:
        """Yield "the city", "the two areas", "the driving school", "several neighbourhoods", "there"."""
        for token in paragraph.tokens:
            word = token.lower_
            if word in {"there", "here"} and token.dep_ == "advmod":
                yield self._there(paragraph, token)
            elif word not in self.words.last_words or (paragraph.index, token.i) in self.names:
                continue
            elif token.pos_ in {"NOUN", "PROPN"}:
                draft = self._noun(paragraph, token)
                if draft is not None:
                    yield draft

    @staticmethod
    def _there(paragraph: Paragraph, token: Token) -> Draft:
        start, end = place(token)
        wanted = Wanted(frozenset({"place"}), place_kinds=_SYNONYMS["area"])
        return Draft(
            start=start,
            end=end,
            kind="place",
            how="pronoun",
            core="",
            head=token,
            paragraph=paragraph.index,
            wanted=wanted,
        )

    def _noun(self, paragraph: Paragraph, token: Token) -> Draft | None:
        doc = token.doc
        first = token.i
        size = 1
        if token.i > 0 and doc[token.i - 1 : token.i + 1].text.lower() in self.words.kinds:
            first, size = token.i - 1, 2
        phrase = doc[first : token.i + 1].text.lower()
        kind = self.words.kinds.get(phrase)
        if kind is None:
            return None
        modifies = token.dep_ in {"compound", "nmod"} and token.head.i > token.i
        if first > 0 and doc[first - 1].lower_ in _ON_AIR:
            return None
        if modifies and token.head.lower_ not in self.words.bearings:  # "the school southwest of X" stands by itself
            return None
        left = first
        while left > max(token.sent.start, first - _LONGEST) and self._goes_before(paragraph, doc[left - 1]):
            left -= 1
        if left > 0 and (paragraph.index, left - 1) in self.names and doc[left - 1].head == token:
            return self._of_body(paragraph, token, left, first, kind)
        behind = self._names_behind(paragraph, token)
        if behind and behind[0].place_kind == kind and any(name.first == token.i + 2 for name in behind):
            return None
        before = [doc[index] for index in range(left, first)]
        definite = any(word.lower_ in _DEFINITE for word in before)
        content = [
            word
            for word in before
            if word.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}
            and word.lower_ not in self.words.bearings
            and word.lower_ not in _EMPTY
        ]
        plural = phrase in self.words.plural or phrase in {"outskirts", "headquarters"}
        draft = self._blank(paragraph, doc, left, token, kind)
        side = next((self.words.bearings[word.lower_] for word in before if word.lower_ in self.words.bearings), None)
        if kind == "facility" or (kind in {"junction", "checkpoint", "camp", "road"} and (content or size > 1)):
            if (not definite and phrase not in _ARMED_SPOTS) or plural or not (content or size > 1):
                if definite and not plural and phrase in self.words.bare and not behind:
                    draft.wanted = Wanted(
                        frozenset({"place"}), place_kinds=frozenset({kind}), said_words=frozenset({phrase})
                    )
                    return draft
                return None
            core_first = next(
                (word.i for word in before if word.lower_ not in _DEFINITE | {"a", "an"} and word.text not in "[]"),
                first,
            )
            draft.core = doc[core_first : token.i + 1].text.rsplit("]", 1)[-1].strip("[ ")
            return draft
        if kind == "road" and definite:
            return self._road(paragraph, draft, token)
        if phrase not in self.words.bare or (behind and not definite):
            return None
        number = 2 if any(word.lower_ in {"two", "both"} for word in before) else 1
        if behind:
            return self._capital(draft, kind, behind)
        if definite and not (plural and number == 1):
            sort = "area" if phrase in _AREAS else kind
            wanted = _SYNONYMS.get(sort, frozenset({kind}))
            draft.wanted = Wanted(frozenset({"place"}), place_kinds=wanted, number=number, many=plural)
            draft.bearing, draft.relation = side, "part" if side is not None else ""
            return draft
        if plural and kind == "neighbourhood":
            draft.wanted = Wanted(frozenset({"place"}), place_kinds=frozenset({"city"}))
            draft.relation, draft.bearing = "part", side
            return draft
        return None

    def _of_body(self, paragraph: Paragraph, token: Token, left: int, first: int, kind: str) -> Draft | None:
        """A facility called after whose it is: "a United Nations school", "the Red Cross hospital"."""
        doc = token.doc
        name = self.names[paragraph.index, left - 1]
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        sits = after is not None and after.lower_ == "at"  # "the UN base at Malakal" is at Malakal
        if kind != "facility" or name.kind not in {"actor", "source"} or name.described or left != first or sits:
            return None
        if token.tag_ in {"NNS", "NNPS"} or token.lower_ in _THEIRS:
            return None
        draft = self._blank(paragraph, doc, name.first, token, kind)
        draft.how, draft.core = "name", doc[name.first : token.i + 1].text
        return draft

    def _goes_before(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether a token can belong to the words before a noun for a place."""
        if token.text in ',;:"()“”—–' or (paragraph.index, token.i) in self.names:
            return False
        participle = token.tag_ == "VBG" and token.dep_ in {"amod", "compound"}
        return token.text in "[]-" or participle or token.pos_ in _BEFORE_NOUN

    @staticmethod
    def _blank(paragraph: Paragraph, doc: Doc, left: int, token: Token, kind: str) -> Draft:
        while left < token.i and (doc[left].pos_ == "NUM" or doc[left].lower_ in _EMPTY or doc[left].text in "[]-"):
            left += 1
        start, _ = place(doc[left])
        _, end = place(token)
        first = left
        while first < token.i and (doc[first].pos_ in {"DET", "NUM"} or doc[first].lower_ in _DEFINITE):
            first += 1
        core = doc[first : token.i + 1].text
        return Draft(
            start=start,
            end=end,
            kind="place",
            how="description",
            core=core,
            head=token,
            paragraph=paragraph.index,
            place_kind=kind,
        )

    def _names_behind(self, paragraph: Paragraph, token: Token) -> list[Name]:
        """The place names in "the capital of X", "areas in X"."""
        found = []
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "inside", "within", "around"}:
                for item in child.children:
                    name = self.names.get((paragraph.index, item.i))
                    if name is not None and name.kind == "place":
                        found.append(name)
        return found

    def _road(self, paragraph: Paragraph, draft: Draft, token: Token) -> Draft | None:
        """The road of "the road between A and B", "from A to B", "the road to B": its ends are found with the names."""
        doc = token.doc
        last = token.i
        found: list[int] = []
        for index in range(token.i + 1, min(len(doc), token.i + 12)):
            if (paragraph.index, index) in self.names:
                found.append(index)
                last = index
            elif doc[index].lower_ not in _ROAD_WORDS:
                break
        if not found or doc[token.i + 1].lower_ not in _ROAD_WORDS:
            return None
        _, draft.end = place(doc[last])
        draft.core = doc[token.i : last + 1].text
        draft.road = True
        return draft

    @staticmethod
    def _capital(draft: Draft, kind: str, behind: list[Name]) -> Draft | None:
        """Want for "the capital of the X province" the town called like the province."""
        if kind != "city" or behind[0].place_kind not in {"province", "country"} or "capital" not in draft.core:
            return None
        draft.wanted = Wanted(
            frozenset({"place"}), place_kinds=_SYNONYMS["city"], said_words=frozenset({behind[0].key})
        )
        return draft
