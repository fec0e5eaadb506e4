"""Places on a page: names with what the words around say of them, and descriptions such as "the city".

A place keeps its cue: its kind ("the village of X"), the place it lies in ("X district of Y"), a side ("southern X"), a
distance and bearing ("10 km west of X"), the two ends of a road ("the A–B road").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.read.lexicon import Lexicon
from tidings.read.mentions_draft import Draft, Wanted
from tidings.read.names_words import Name, place_words, side_word
from tidings.read.page import Paragraph, place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["LOCAL", "Places", "give_parents"]

LOCAL = frozenset(
    {"neighbourhood", "junction", "checkpoint", "facility", "hill", "camp", "village", "road", "district"}
)
"""Kinds that lie inside or beside a town, and take the town told of as their parent when none is said."""
TOWNS = frozenset({"", "city", "town"})
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
        side = self._side(doc, first)
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
        return str(words.text)

    def _side(self, doc: Doc, first: int) -> tuple[int, int] | None:
        """The bearing of "southern" right before a name, and where the word starts."""
        if first == 0:
            return None
        word, at = side_word(doc, first - 1)
        if doc[at].text[:1].isupper() and not doc[at].is_sent_start:
            return None
        bearing = self.words.bearings.get(word)
        if bearing is None or not (word.endswith("ern") or doc[first - 1].pos_ == "ADJ"):
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

    # --- descriptions ------------------------------------------------------------------------------------------------

    def described(self, paragraph: Paragraph) -> Iterator[Draft]:
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
        if modifies and token.head.lower_ not in self.words.bearings:  # "the school southwest of X" stands by itself
            return None
        left = first
        while left > max(token.sent.start, first - _LONGEST) and self._goes_before(paragraph, doc[left - 1]):
            left -= 1
        if left > 0 and (paragraph.index, left - 1) in self.names and doc[left - 1].head == token:
            return None
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
            if not definite or plural or not (content or size > 1):
                if definite and not plural and phrase in self.words.bare and not behind:
                    draft.wanted = Wanted(
                        frozenset({"place"}), place_kinds=frozenset({kind}), said_words=frozenset({phrase})
                    )
                    return draft
                return None
            core_first = next(
                (word.i for word in before if word.lower_ not in _DEFINITE and word.text not in "[]"), first
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


_ROAD_WORDS = frozenset(
    {"between", "from", "to", "and", "the", "linking", "connecting", "with", "leading", "city", "of", "-"}
)
_EMPTY = frozenset(
    "several many some few other own same nearby entire whole various adjacent neighboring neighbouring surrounding certain most all".split()
)


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


def give_parents(drafts: list[Draft], text: str) -> None:
    """Say of each place in which other it lies: as the words say it, else the town told of for local places.

    ``drafts`` are all places of a page in order.
    """
    named = [draft for draft in drafts if draft.how == "name"]
    counted: Counter[str] = Counter()
    for draft in named:
        if draft.place_kind in TOWNS and draft.last.place_kind in TOWNS:
            counted[draft.core] += 2 if draft.paragraph < 3 else 1
    main = None
    if counted:
        best = min(counted, key=lambda core: (-counted[core], core))
        main = next(draft for draft in named if draft.core == best and draft.place_kind in TOWNS)
    latest: Draft | None = None
    for at, draft in enumerate(drafts):
        if draft.road:
            draft.ends = [
                other for other in drafts[at + 1 : at + 6] if draft.start < other.start and other.end <= draft.end
            ][:2]
    for at, draft in enumerate(drafts):
        said = _said(draft, drafts[at + 1 : at + 4], drafts[max(0, at - 2) : at], text)
        if said is not None and said is not draft and draft.parent is None:
            draft.parent, draft.parent_said = said, True
        town = draft.last
        sure = town.place_kind in {"city", "town"} or (main is not None and town.core == main.core)
        if sure and town.place_kind in TOWNS and town.how == "name" and draft.how != "pronoun":
            latest = town
        if (
            draft.parent is None
            and draft.place_kind in LOCAL
            and draft.anchor is None
            and not draft.ends
            and draft.refers_to is None
        ):
            beside = _beside(draft, drafts, at)
            near = beside or (latest if latest is not None and latest.paragraph == draft.paragraph else main or latest)
            if near is not None and near is not draft and near.last is not draft.last:
                draft.parent = near


_DISTANCE = re.compile(r"\b(?:kilomet|km|miles?\b|met(?:er|re)s?\b|m\b)", re.IGNORECASE)
_WINDOW = 30
_LARGER = frozenset({"city", "town", "province", "country", "region"})


def _beside(draft: Draft, drafts: list[Draft], at: int) -> Draft | None:
    """The last larger place before a local one in its own sentence."""
    for other in reversed(drafts[max(0, at - _WINDOW) : at]):
        if (other.paragraph, other.sentence) != (draft.paragraph, draft.sentence):
            break
        if other.place_kind in _LARGER and other.how == "name" and other.relation != "dateline":
            return other
    return None


_BETWEEN = re.compile(
    r"\s*(?:,|\(|,? (?:in|inside|within|of)(?: the)?(?: \[?(?:city|town|village|province|district|\w+ern|north-?\w*|south-?\w*) ?(?:of)?(?: the)?)?| area of| area in)\s*\[?\Z"
)
_OWNS = re.compile(r"(?:'s|\u2019s)(?: (?:\w+ern|central|main|old))?\s\Z")


def _said(draft: Draft, following: list[Draft], before: list[Draft], text: str) -> Draft | None:
    for other in following:
        if other.start <= draft.end or other.how == "pronoun" or not (0 < other.start - draft.end < 30):
            continue
        gap = text[draft.end : other.start]
        if not _BETWEEN.match(gap):
            continue
        if gap.strip() == "," and other.place_kind not in {"country", "province", "region"}:
            continue
        if other.place_kind in LOCAL and draft.place_kind not in LOCAL:
            continue
        return other
    for other in before:
        if 0 < draft.start - other.end < 16 and _OWNS.match(text[other.end : draft.start]):
            return other
    return None
