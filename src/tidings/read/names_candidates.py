"""Candidates for names: from the lexicon, the entity recogniser, and runs of capitalised words nothing else claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.read.lexicon import Entry, Hit, Lexicon, fold
from tidings.read.mentions_scene import Scene
from tidings.read.names_words import ARTICLES, NOT_NAMES, Name, capital, place_words
from tidings.read.page import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["LABELS", "Candidates"]

LABELS = {"GPE": "place", "LOC": "place", "FAC": "place", "PERSON": "person", "ORG": "actor"}
_FIRST_WORDS = frozenset({"ADP", "DET", "PRON", "SCONJ", "CCONJ", "ADV", "AUX", "VERB", "NUM", "INTJ", "PART"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_PLACES = frozenset({"country", "province", "place", "seat"})
_STATES_IN_SHORT = frozenset({"us", "u.s.", "uk", "u.k."})


class Candidates:
    """Finds the candidates of a paragraph.

    On the way it collects what the lexicon says of other words: ``known`` are names of places, folded, ``seats``
    those of governments with their country, ``peoples`` the tokens of demonyms and countries by paragraph.
    """

    def __init__(self, lexicon: Lexicon, scene: Scene) -> None:
        self.lexicon = lexicon
        self.scene = scene
        self.words = place_words(lexicon)
        self.known: set[str] = set()
        self.seats: dict[str, str] = {}
        self.peoples: dict[int, dict[int, str]] = {}

    def of(self, paragraph: Paragraph) -> list[Name]:
        """Return the candidates of a paragraph in order; none overlap."""
        doc = paragraph.parsed
        taken: set[int] = set()
        found: list[Name] = []
        hits = self.lexicon.hits(paragraph.plain, self.scene.entries)
        named = {(hit.start, hit.end) for hit in hits if hit.what == "alias"}
        peoples = {(hit.start, hit.end) for hit in hits if hit.what == "demonym"}
        peoples -= {(hit.start, hit.end) for hit in hits if hit.what == "country"}
        shouted = paragraph.plain.isupper()
        for hit in hits:
            if hit.what == "description" and (hit.start, hit.end) in named:
                continue
            if shouted and hit.end - hit.start < 3:
                continue  # "THE TOWN IS FREE" names no Islamic State
            span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
            if span is not None and hit.what in {"demonym", "country"}:
                code = self.scene.country if self.scene.country in hit.ids else hit.ids[0]
                self.peoples.setdefault(paragraph.index, {}).update(
                    (index, code) for index in range(span.start, span.end)
                )
            if span is None or taken & set(range(span.start, span.end)):
                continue
            if hit.what in _PLACES and self._names_body(doc, span.end):
                continue  # "Royal Nepal Army", "Tigray Defence Forces": one name
            joined = doc[span.end : span.end + 2].text
            if hit.what == "description" and (
                self._owned(doc, span.start, taken) or (joined[:1] == "-" and joined[1:].lower() in self.lexicon.joined)
            ):
                continue  # whose they are is said by the word before, or asked of the words joined
            name = self._known(paragraph, span.start, span.end, hit)
            if name is not None:
                found.append(name)
                taken.update(range(name.first, name.last))
        for ent in doc.ents:
            if ent.label_ not in LABELS:
                continue
            for first, last in self._trimmed(doc, ent.start, ent.end, taken):
                if last - first == 1 and (self._is_group(doc[first]) or _adjective(doc[first])):
                    continue
                parts = self._split(doc, first, last)
                found.extend(Name(paragraph.index, *part, doc[slice(*part)].text, label=ent.label_) for part in parts)
                taken.update(range(first, last))
        for first, last in self._runs(paragraph, taken):
            if not self._is_people(doc, first, last) and not (last - first == 1 and self._is_group(doc[first])):
                found.append(Name(paragraph.index, first, last, doc[first:last].text))
        found = [name for name in found if self._completed(doc, name) and self._is_name(doc, name, peoples)]
        return self._joined(doc, sorted(found, key=_place_of))

    def _joined(self, doc: Doc, names: list[Name]) -> list[Name]:
        """Join the two ends of "the A–B road" into one name."""
        kept: list[Name] = []
        for name in names:
            before = kept[-1] if kept else None
            if (
                before is not None
                and before.entry is None
                and name.entry is None
                and doc[before.last : name.first].text in {"-", "–", "—"}
                and self.words.kinds.get(doc[name.last : name.last + 1].text.lower()) == "road"
            ):
                core = doc[before.first : name.last].text
                kept[-1] = Name(name.paragraph, before.first, name.last, core, label="FAC")
                continue
            kept.append(name)
        return kept

    def _names_body(self, doc: Doc, last: int) -> bool:
        """Whether capitalised words go on behind a place up to the last word of a body's name."""
        at = last
        while at < len(doc) and at < last + 4 and (capital(doc[at]) or doc[at].text in {"'", "’", "'s", "’s"}):
            at += 1
        return at > last and doc[at - 1].text in self.words.organisations

    @staticmethod
    def _owned(doc: Doc, first: int, taken: set[int]) -> bool:
        """Whether a name right before it says whose it is: "rebels" of "M23 rebels"."""
        if first == 0:
            return False
        before = doc[first - 1]
        proper = capital(before) and before.pos_ == "PROPN" and not before.is_sent_start
        return bool(proper) or first - 1 in taken

    def _completed(self, doc: Doc, name: Name) -> bool:
        """Drop a lone "Eastern", or complete it: in "Eastern and Western Nashwe" it is Eastern Nashwe."""
        if name.last - name.first > 1 or doc[name.first].lower_ not in self.words.bearings:
            return True
        at = name.last + 1
        if at >= len(doc) or doc[name.last].lower_ not in {"and", "or"} or doc[at].lower_ not in self.words.bearings:
            return False
        last = at + 1
        while last < len(doc) and capital(doc[last]):
            last += 1
        name.core = f"{name.core} {doc[at + 1 : last].text}".strip()
        return last > at + 1

    def _is_name(self, doc: Doc, name: Name, peoples: set[tuple[int, int]]) -> bool:
        """Whether a candidate is a name at all: no lone demonym, rank, sum of money or code such as "H5N1"."""
        if name.entry is not None or name.country:
            return True
        first, last = doc[name.first], doc[name.last - 1]
        if (first.idx, last.idx + len(last.text)) in peoples:
            return False
        if name.last - name.first == 1 and name.core in self.lexicon.peoples:
            return False
        titles = self.lexicon.people["ranks"] | self.lexicon.people["address"] | self.lexicon.people["offices"]
        if all(token.lower_ in titles or token.text == "." for token in doc[name.first : name.last]):
            return False
        if name.last - name.first > 1:
            return True
        return not any(mark.isdigit() or mark in "$€£%" for mark in first.text)

    def _is_group(self, token: Token) -> bool:
        """Whether a word is a noun for people or forces and no name: "NGO", "Soldiers"."""
        plain = token.text.isupper() or token.pos_ != "PROPN" or (token.is_sent_start and token.text.endswith("s"))
        return bool(plain) and self.lexicon.group(token.text) is not None

    def _is_people(self, doc: Doc, first: int, last: int) -> bool:
        """Whether a run is only the adjective or name of a people: "Kurdish" of "Kurdish areas"."""
        if first > 1 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in self.words.kinds:
            return False
        if last < len(doc) and doc[last].lower_ in self.words.kinds and doc[last].lower_ not in self.words.plural:
            return all(token.pos_ == "ADJ" for token in doc[first:last])
        if last - first == 1 and self._stands_alone(doc[first]):
            return False
        return all(token.ent_type_ in {"NORP", "LANGUAGE"} or token.pos_ == "ADJ" for token in doc[first:last])

    def _stands_alone(self, token: Token) -> bool:
        """Whether what the recogniser calls a people is an unknown singular name that is taken, or somewhere: "seized Suluk"."""
        if (
            token.pos_ != "PROPN"
            or token.lower_.endswith(("s", "i", "n", "ish", "ese"))
            or token.text in self.lexicon.peoples
        ):
            return False
        return token.dep_ in {"dobj", "pobj"} and not any(child.dep_ == "det" for child in token.children)

    def _known(self, paragraph: Paragraph, first: int, last: int, hit: Hit) -> Name | None:
        doc = paragraph.parsed
        core = doc[first:last].text
        if hit.what in {"alias", "description"}:
            entry = self._chosen([self.lexicon.entries[ident] for ident in hit.ids])
            return Name(
                paragraph.index, first, last, core, entry.kind, entry=entry, described=hit.what == "description"
            )
        if hit.what == "country":
            # "US troops" holds the adjective, not the country.
            if fold(core) in _STATES_IN_SHORT and doc[last - 1].dep_ in {"compound", "amod", "nmod"}:
                return None
            lost = core.endswith("s") and core[:-1] in self.lexicon.countries[hit.ids[0]].names
            core = core[:-1] if lost else core
            return Name(paragraph.index, first, last, core, label="GPE", country=hit.ids[0])
        if hit.what in {"province", "place", "seat"}:
            key = Name(paragraph.index, first, last, core).key
            self.known.add(key)
            if hit.what == "seat":
                self.seats[key] = hit.ids[0]
        return None

    def _chosen(self, entries: list[Entry]) -> Entry:
        """Of several entries with one alias the one of the war told of most."""
        order = {war: rank for rank, war in enumerate(self.scene.wars)}
        return min(entries, key=lambda entry: (order.get(entry.war, len(order)), entry.war, entry.id))

    def _split(self, doc: Doc, first: int, last: int) -> list[tuple[int, int]]:
        """Part two names that the recogniser ran together: "Central Prison and Security Branch"."""
        for index in range(first + 1, last - 1):
            before = doc[index - 1].lower_ in self.words.kinds and index - first > 1
            if doc[index].lower_ in {"and", "of", "in"} and before and capital(doc[index + 1]):
                return [(first, index), *self._split(doc, index + 1, last)]
        return [(first, last)]

    def _trimmed(self, doc: Doc, first: int, last: int, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Yield what of an entity is a name: no article, no possessive, nothing that is taken."""
        run: list[int] = []
        for index in range(first, last + 1):
            if index < last and index not in taken:
                run.append(index)
                continue
            trimmed = self._ends(doc, run, taken)
            if trimmed:
                yield trimmed
            run = []

    def _ends(self, doc: Doc, run: list[int], taken: set[int]) -> tuple[int, int] | None:
        while run and (
            (not capital(doc[run[0]]) and doc[run[0]].lower_ not in ARTICLES) or self._no_start(doc[run[0]])
        ):
            run = run[1:]
        while run and not (capital(doc[run[-1]]) or doc[run[-1]].like_num or doc[run[-1]].text[-1:].isdigit()):
            run = run[:-1]
        if not run or not any(capital(doc[index]) for index in run):
            return None
        first, last = run[0], run[-1] + 1
        if last - first == 1 and doc[first].text in self.words.prefixes and last < len(doc) and capital(doc[last]):
            last += 1  # "Jabal" alone: the recogniser cut the name in two
        # A name that begins with Jabal, Tel, al- is often cut in two.
        while first > 0 and first - 1 not in taken and self._opens_name(doc, first):
            first -= 1
        while last + 1 < len(doc) and last not in taken and last + 1 not in taken and self._goes_on(doc, last):
            last += 2
        if first > 0 and first - 1 not in taken and _ORDINAL.match(doc[first - 1].lower_):
            first -= 1  # "16th Division"
        if last < len(doc) and doc[last].lower_ in self.words.kinds:
            while first > doc[first].sent.start + 1 and first - 1 not in taken and self._goes_with(doc[first - 1]):
                first -= 1  # "Let Yet Kone village": names of places are made of any words
        if last - first == 1 and doc[first].lower_ in NOT_NAMES:
            return None
        return None if set(range(first, last)) & taken else (first, last)

    def _no_start(self, token: Token) -> bool:
        return token.lower_ in {"the", "a", "an", "this", "that"} or token.text in self.words.bearings

    @staticmethod
    def _goes_on(doc: Doc, at: int) -> bool:
        """Whether a name goes on behind a hyphen: "Afar-irdood", but not "Iraq-based"."""
        if doc[at].text != "-" or doc[at].whitespace_ or doc[at - 1].whitespace_:
            return False
        return bool(doc[at + 1].is_alpha and doc[at + 1].is_oov)

    @staticmethod
    def _goes_with(token: Token) -> bool:
        return capital(token) and token.pos_ not in {"ADP", "DET", "PRON", "CCONJ", "NUM"} and not token.ent_type_

    def _opens_name(self, doc: Doc, first: int) -> bool:
        before = doc[first - 1]
        if before.text == "-" and first > 1 and doc[first - 2].lower_ in ARTICLES and not before.whitespace_:
            return True
        return before.text in self.words.prefixes or (before.lower_ in ARTICLES and doc[first].text == "-")

    def _runs(self, paragraph: Paragraph, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Yield runs of capitalised proper nouns that nothing else claims."""
        doc = paragraph.parsed
        starts = [token.text[0].isupper() or token.lower_ in ARTICLES for token in paragraph.tokens]
        index = 0
        while index < len(starts):
            if not starts[index] or index in taken or not self._in_run(doc, index):
                index += 1
                continue
            first = index
            while index < len(doc) and index not in taken and self._in_run(doc, index, inside=True):
                index += 1
            trimmed = self._ends(doc, list(range(first, index)), taken)
            if trimmed:
                yield trimmed

    @staticmethod
    def _in_run(doc: Doc, index: int, *, inside: bool = False) -> bool:
        token = doc[index]
        if token.text == "-" and inside:
            return index + 1 < len(doc) and capital(doc[index + 1]) and not doc[index - 1].whitespace_
        if token.lower_ in ARTICLES and index + 1 < len(doc):
            after = doc[index + 1]
            return (after.text == "-" or capital(after)) and (inside or after.text == "-" or capital(token))
        if not capital(token) or token.lower_ in NOT_NAMES:
            return False
        if token.is_sent_start and token.pos_ in _FIRST_WORDS:
            return False
        return token.pos_ == "PROPN" or (not token.is_sent_start and token.pos_ in {"NOUN", "ADJ", "X"})


def _adjective(token: Token) -> bool:
    """Whether a short name stands for the adjective of its state: "US" of "a US official"."""
    return fold(token.text) in _STATES_IN_SHORT and token.dep_ in {"compound", "amod", "nmod"}


def _place_of(name: Name) -> tuple[int, int]:
    return name.first, -name.last
