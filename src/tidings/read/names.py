"""Names on a page, one type per name per document.

Candidates come from the lexicon, the entity recogniser and runs of capitalised words. What a name is gets voted on
over the whole document: the recogniser's labels count little, strong cues beside the name count much ("city of X",
"X district", "General X", "X fighters"), and a name is the same thing wherever it stands in one report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidings.read.lexicon import Entry, Hit, Lexicon, fold
from tidings.read.mentions_scene import Scene
from tidings.read.page import Page, Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Name", "PlaceWords", "find_names", "name_key", "place_words", "side_word"]

# Votes. The recogniser is right about four times in five; a strong cue is right nearly always.
LABELS = {
    "GPE": ("place", 1.0),
    "LOC": ("place", 1.0),
    "FAC": ("place", 1.0),
    "PERSON": ("person", 1.0),
    "ORG": ("actor", 1.0),
}
STRONG = 3.0
KNOWN_PLACE = 2.5
LAST_WORD = 2.5
WEAK = 0.4
"""A weak cue ("in X") decides only where nothing else speaks: it made unseen text worse as a rule of its own."""


@dataclass(slots=True)
class Name:
    """One name in a paragraph: tokens ``first`` up to, not including, ``last``."""

    paragraph: int
    first: int
    last: int
    core: str
    kind: str = ""
    label: str = ""
    entry: Entry | None = None
    described: bool = False
    country: str = ""
    title: str = ""
    place_kind: str = ""

    @property
    def key(self) -> str:
        """The name folded, without its article: what makes two names one."""
        return name_key(self.core)


def name_key(core: str) -> str:
    """Return a name folded, hyphens as spaces, without an Arabic or English article."""
    folded = " ".join(fold(core).replace("-", " ").split())
    first, _, rest = folded.partition(" ")
    return rest if rest and first in {"the", "al", "el"} else folded


@dataclass(frozen=True)
class PlaceWords:
    """The words of ``lexicons/places.toml``, indexed by form."""

    kinds: dict[str, str]
    bare: dict[str, str]
    plural: frozenset[str]
    prefixes: dict[str, str]
    bearings: dict[str, int]
    metres: dict[str, int]
    parts: frozenset[str]
    near: frozenset[str]
    organisations: frozenset[str]
    outlets: frozenset[str]


_WORDS: dict[str, PlaceWords] = {}


def place_words(lexicon: Lexicon) -> PlaceWords:
    """Return the place words of a lexicon, indexed once."""
    if lexicon.hash not in _WORDS:
        _WORDS[lexicon.hash] = _index(lexicon)
    return _WORDS[lexicon.hash]


def _index(lexicon: Lexicon) -> PlaceWords:
    from tidings.read.lexicon import plurals

    data = lexicon.places
    kinds: dict[str, str] = {}
    bare: dict[str, str] = {}
    plural: set[str] = set()
    for row in data["kind"]:
        for word in row["words"]:
            kinds.setdefault(word, row["kind"])
            for form in plurals(word):
                kinds.setdefault(form, row["kind"])
                plural.add(form)
        for word in row.get("bare", []):
            bare.setdefault(word, row["kind"])
            for form in plurals(word):
                bare.setdefault(form, row["kind"])
    return PlaceWords(
        kinds=kinds,
        bare=bare,
        plural=frozenset(plural),
        prefixes={word: kind for kind, words in data["prefixes"].items() for word in words},
        bearings=dict(data["bearings"]),
        metres=dict(data["metres"]),
        parts=frozenset(data["parts"]["part"]),
        near=frozenset(data["parts"]["near"]),
        organisations=frozenset(data["organisations"]["words"]),
        outlets=frozenset(data["outlets"]["words"]),
    )


def capital(token: Token) -> bool:
    """Return whether a token looks like part of a name."""
    text = token.text
    return text[:1].isupper() and any(mark.isalpha() for mark in text)


def side_word(doc: Doc, last: int) -> tuple[str, int]:
    """Return the word that ends at a token with its index, joined over a hyphen: "north-eastern" is three tokens."""
    if last > 1 and doc[last - 1].text == "-" and not doc[last - 1].whitespace_ and not doc[last - 2].whitespace_:
        return f"{doc[last - 2].lower_}-{doc[last].lower_}", last - 2
    return doc[last].lower_, last


_ARTICLES = frozenset(
    "al el as ash ad ar az an at ez es et ed le la de del los las bin ibn ben bint abu umm abd ul ur e i u".split()
)
_NOT_NAMES = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter ramadan eid islam muslim christian god allah internet covid".split()
)
_FIRST_WORDS = frozenset({"ADP", "DET", "PRON", "SCONJ", "CCONJ", "ADV", "AUX", "VERB", "NUM", "INTJ", "PART"})


class _Finder:
    def __init__(self, page: Page, lexicon: Lexicon, scene: Scene) -> None:
        self.page = page
        self.lexicon = lexicon
        self.scene = scene
        self.words = place_words(lexicon)
        self.votes: dict[str, Counter[str]] = defaultdict(Counter)
        self.place_kinds: dict[str, Counter[str]] = defaultdict(Counter)

    # --- candidates --------------------------------------------------------------------------------------------------

    def candidates(self, paragraph: Paragraph) -> list[Name]:
        doc = paragraph.parsed
        taken: set[int] = set()
        found: list[Name] = []
        hits = self.lexicon.hits(doc.text, self.scene.entries)
        named = {(hit.start, hit.end) for hit in hits if hit.what == "alias"}
        for hit in hits:
            if hit.what == "description" and (hit.start, hit.end) in named:
                continue
            span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
            if span is None:
                continue
            name = self._known(paragraph, span.start, span.end, hit)
            if name is not None:
                found.append(name)
                taken.update(range(name.first, name.last))
        for ent in doc.ents:
            if ent.label_ in LABELS:
                for first, last in self._trimmed(doc, ent.start, ent.end, taken):
                    found.append(self._name(paragraph, first, last, ent.label_))
                    taken.update(range(first, last))
        for first, last in self._runs(doc, taken):
            if self._is_people(doc, first, last):
                continue
            found.append(self._name(paragraph, first, last, ""))
        return sorted(found, key=lambda name: (name.first, -name.last))

    @staticmethod
    def _is_people(doc: Doc, first: int, last: int) -> bool:
        """Whether a run is only the adjective or name of a people: "Kurdish" of "Kurdish areas"."""
        return all(token.ent_type_ in {"NORP", "LANGUAGE"} or token.pos_ == "ADJ" for token in doc[first:last])

    def _known(self, paragraph: Paragraph, first: int, last: int, hit: Hit) -> Name | None:
        doc = paragraph.parsed
        if hit.what in {"alias", "description"}:
            entries = [self.lexicon.entries[ident] for ident in hit.ids]
            entry = self._chosen(entries)
            core = doc[first:last].text
            return Name(
                paragraph.index, first, last, core, entry.kind, entry=entry, described=hit.what == "description"
            )
        if hit.what == "country":
            token = doc[last - 1]
            # "US troops" is the demonym; "Mali" inside "Bamako-Mali Airport" stays with its longer name.
            if fold(doc[first:last].text) in {"us", "u.s.", "uk", "u.k."} and token.dep_ in {
                "compound",
                "amod",
                "nmod",
            }:
                return None
            name = self._name(paragraph, first, last, "GPE")
            name.country = hit.ids[0]
            self.votes[name.key]["place"] += 2 * STRONG
            return name
        if hit.what in {"province", "place", "seat"}:
            self.votes[name_key(doc[first:last].text)]["place"] += KNOWN_PLACE
        return None

    def _chosen(self, entries: list[Entry]) -> Entry:
        """Of several entries with one alias the one of the war told of most."""
        order = {war: rank for rank, war in enumerate(self.scene.wars)}
        return min(entries, key=lambda entry: (order.get(entry.war, len(order)), entry.war, entry.id))

    def _trimmed(self, doc: Doc, first: int, last: int, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Yield what of an entity is a name: no article, no possessive, nothing that is taken."""
        run: list[int] = []
        for index in range(first, last + 1):
            if index < last and index not in taken:
                run.append(index)
                continue
            trimmed = self._ends(doc, run)
            if trimmed:
                yield trimmed
            run = []

    def _ends(self, doc: Doc, run: list[int]) -> tuple[int, int] | None:
        while run and (not capital(doc[run[0]]) and doc[run[0]].lower_ not in _ARTICLES or self._no_start(doc[run[0]])):
            run = run[1:]
        while run and not (capital(doc[run[-1]]) or doc[run[-1]].like_num or doc[run[-1]].text[-1:].isdigit()):
            run = run[:-1]
        if not run or not any(capital(doc[index]) for index in run):
            return None
        first, last = run[0], run[-1] + 1
        if last - first == 1 and doc[first].text in self.words.prefixes and last < len(doc) and capital(doc[last]):
            last += 1  # "Jabal" alone: the recogniser cut the name in two
        # A name that begins with Jabal, Tel, al- is often cut in two.
        while first > 0 and self._opens_name(doc, first):
            first -= 1
        if len(run) == 1 and doc[first].lower_ in _NOT_NAMES:
            return None
        return first, last

    def _no_start(self, token: Token) -> bool:
        return token.lower_ in {"the", "a", "an", "this", "that"} or token.lower_ in self.words.bearings

    def _opens_name(self, doc: Doc, first: int) -> bool:
        before = doc[first - 1]
        if before.text == "-" and first > 1 and doc[first - 2].lower_ in _ARTICLES and not before.whitespace_:
            return True
        return before.text in self.words.prefixes or (before.lower_ in _ARTICLES and doc[first].text == "-")

    def _runs(self, doc: Doc, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Yield runs of capitalised proper nouns that nothing else claims."""
        index = 0
        while index < len(doc):
            if index in taken or not self._in_run(doc, index):
                index += 1
                continue
            first = index
            while index < len(doc) and index not in taken and self._in_run(doc, index, inside=True):
                index += 1
            trimmed = self._ends(doc, list(range(first, index)))
            if trimmed and not (set(range(*trimmed)) & taken):
                yield trimmed

    @staticmethod
    def _in_run(doc: Doc, index: int, *, inside: bool = False) -> bool:
        token = doc[index]
        if token.text == "-" and inside:
            return index + 1 < len(doc) and capital(doc[index + 1]) and not doc[index - 1].whitespace_
        if token.lower_ in _ARTICLES and index + 1 < len(doc):
            after = doc[index + 1]
            return (after.text == "-" or capital(after)) and (inside or after.text == "-" or capital(token))
        if not capital(token) or token.lower_ in _NOT_NAMES:
            return False
        if token.is_sent_start and token.pos_ in _FIRST_WORDS:
            return False
        return token.pos_ == "PROPN" or (not token.is_sent_start and token.pos_ in {"NOUN", "ADJ", "X"})

    def _name(self, paragraph: Paragraph, first: int, last: int, label: str) -> Name:
        name = Name(paragraph.index, first, last, paragraph.parsed[first:last].text, label=label)
        if label:
            kind, weight = LABELS[label]
            self.votes[name.key][kind] += weight
        return name

    # --- cues --------------------------------------------------------------------------------------------------------

    def hear(self, doc: Doc, name: Name) -> None:
        """Count what the words around and inside a name say of it."""
        if name.entry is not None:
            return
        votes = self.votes[name.key]
        tokens = doc[name.first : name.last]
        root = tokens.root
        kind = self._place_kind(doc, name, root)
        if kind:
            votes["place"] += STRONG
            self.place_kinds[name.key][kind] += 1
            name.place_kind = kind
        if self._side_of(doc, name):
            votes["place"] += STRONG
        title = self._title(doc, name)
        if title:
            votes["person"] += STRONG
            name.title = title
        elif self._is_office(doc, name, root):
            votes["person"] += STRONG
        after = doc[name.last] if name.last < len(doc) else None
        if after is not None:
            group = self.lexicon.group(after.text)
            if group is not None and group.sort in {"member", "force"} and not kind:
                votes["actor"] += STRONG if name.label != "GPE" else WEAK
            if after.text == "-" and name.last + 1 < len(doc) and not after.whitespace_:
                joined = doc[name.last + 1].lower_
                votes["actor"] += (
                    STRONG if joined in {"led", "controlled", "held", "backed", "affiliated", "linked"} else 0
                )
                votes["place"] += STRONG if joined in {"based", "born"} else 0
        last_word = doc[name.last - 1].text
        if last_word in self.words.outlets and name.last - name.first > 1:
            votes["source"] += LAST_WORD
        elif last_word in self.words.organisations and name.last - name.first > 1:
            votes["actor"] += LAST_WORD
        if name.label == "" and name.first > 0 and doc[name.first - 1].lower_ in _WEAK_PLACE:
            votes["place"] += WEAK

    def _place_kind(self, doc: Doc, name: Name, root: Token) -> str:
        kinds = self.words.kinds
        last_word = doc[name.last - 1].lower_
        if name.last - name.first > 1 and last_word in kinds:
            return kinds[last_word]
        for size in (2, 1):
            phrase = doc[name.last : name.last + size].text.lower()
            if phrase in kinds and name.last + size <= len(doc) and _same_phrase(root, doc[name.last + size - 1]):
                return kinds[phrase]
        # "the city of X", "towns of X and Y"
        top = root
        while top.dep_ == "conj" and top.head.i < top.i:
            top = top.head
        if top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lower_ in kinds:
            return kinds[top.head.head.lower_]
        if name.first > 1 and doc[name.first - 1].lower_ == "of" and doc[name.first - 2].lower_ in kinds:
            return kinds[doc[name.first - 2].lower_]
        # "X and Y neighborhoods"
        owner = top.head if top.dep_ in {"compound", "nmod", "amod"} else None
        if (
            owner is not None
            and owner.lower_ in kinds
            and owner.lower_ in self.words.plural
            and owner.i - name.last < 8
        ):
            return kinds[owner.lower_]
        # "X, a village near …"
        for child in root.children:
            if child.dep_ == "appos" and child.text in kinds and child.i > root.i:
                return kinds[child.lower_]
        # "the village X", "the neighbourhood X"
        if name.first > 0 and doc[name.first - 1].lower_ in kinds and doc[name.first - 1].pos_ == "NOUN":
            return kinds[doc[name.first - 1].lower_]
        if name.last - name.first > 1 and doc[name.first].text in self.words.prefixes:
            return self.words.prefixes[doc[name.first].text]
        return ""

    def _side_of(self, doc: Doc, name: Name) -> bool:
        if name.first == 0:
            return False
        before = doc[name.first - 1]
        if before.lower_ in self.words.bearings and not capital(before):
            return True
        if before.lower_ == "of" and name.first > 1:
            side, _ = side_word(doc, name.first - 2)
            return side in self.words.bearings or side in {"outskirts", "downtown", "residents", "suburbs", "outside"}
        return False

    def _title(self, doc: Doc, name: Name) -> str:
        """The ranks and forms of address right before a name, or at its beginning."""
        ranks = self.lexicon.people["ranks"] | self.lexicon.people["address"]
        first = inside = name.first
        while first > 0 and doc[first - 1].lower_ in ranks and capital(doc[first - 1]):
            first -= 1
        if name.label != "ORG":
            while inside < name.last - 1 and doc[inside].lower_ in ranks - _NAME_PARTS:
                inside += 1
        if inside > name.first:
            name.first = inside
            name.core = doc[inside : name.last].text
        return str(doc[first:inside].text)

    def _is_office(self, doc: Doc, name: Name, root: Token) -> bool:
        """Whether "spokesman X", "X, a teacher", "X, the governor of …"."""
        offices = self.lexicon.people["offices"]
        if name.first > 0:
            before = doc[name.first - 1]
            if before.lower_ in offices and before.pos_ in {"NOUN", "PROPN"} and name.label != "GPE":
                return True
        if name.label in {"GPE", "LOC", "FAC"}:
            return False
        if any(child.dep_ == "appos" and child.lower_ in offices for child in root.children):
            return True
        return root.dep_ == "appos" and root.head.lower_ in offices and root.head.i < root.i

    # --- the verdict -------------------------------------------------------------------------------------------------

    def decide(self, names: list[Name]) -> list[Name]:
        """Give each name the kind its document votes for; a surname follows the one full name it ends."""
        kinds = {key: _winner(votes) for key, votes in self.votes.items()}
        surnames: dict[str, set[str]] = defaultdict(set)
        for name in names:
            if name.entry is None and kinds.get(name.key) == "person" and " " in name.key:
                surnames[name.key.rsplit(" ", 1)[1]].add(name.key)
        kept = []
        for name in names:
            if name.entry is None:
                key = name.key
                kind = kinds.get(key, "")
                strong = self.votes[key]["place"] >= STRONG or self.votes[key]["actor"] >= STRONG
                if key in surnames and not strong:
                    kind = "person"
                if not kind:
                    continue
                name.kind = kind
                if kind == "place" and not name.place_kind:
                    most = self.place_kinds[key].most_common(1)
                    name.place_kind = "country" if name.country else ""
                    if not name.country and most and most[0][0] not in {"province", "district"}:
                        name.place_kind = most[0][0]
            kept.append(name)
        return kept


_NAME_PARTS = frozenset({"abu", "u", "saw", "private"})
"""Forms of address that belong to the name they begin."""
_WEAK_PLACE = frozenset("in at near from to around towards toward outside inside into across through".split())


def _same_phrase(root: Token, noun: Token) -> bool:
    return noun.pos_ in {"NOUN", "PROPN"} and (root.head == noun or root.dep_ != "nsubj")


def _winner(votes: Counter[str]) -> str:
    ranked = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    return ranked[0][0] if ranked and ranked[0][1] > 0 else ""


def find_names(page: Page, lexicon: Lexicon, scene: Scene) -> list[Name]:
    """Return the names of a page in order, each with its kind, by paragraph and token."""
    finder = _Finder(page, lexicon, scene)
    names = []
    for paragraph in page.paragraphs:
        found = finder.candidates(paragraph)
        for name in found:
            finder.hear(paragraph.parsed, name)
        names.extend(found)
    return finder.decide(names)
