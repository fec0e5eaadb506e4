"""Parsed words as plain objects: what the rules ask about a word, looked up once instead of at each question.

The parser's own tokens are made anew each time somebody asks for one, and look every label up in a table of strings; the
rules ask some hundred questions of each word. These objects answer to the same names with the same values, so the rules
are written, and typed, against the parser's tokens. What is asked seldom is fetched from the parse at the first question.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Stretch

__all__ = ["Word", "Words", "WordsOfParagraph"]

SHORT = 200
"""Words of a sentence whose tree cannot be too deep to be walked by a function that calls itself."""
_COLUMNS: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "HEAD", "IDX"]


class Word:
    """One word of a paragraph, with the names of a spaCy token. There is one object for each word.

    ``at`` are its code points in the document's text. ``known`` is what the rules found out about the word, by the name of
    the question, so that no question is worked out twice. All else means what it means there.
    """

    __slots__ = (
        "at", "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_alpha", "is_punct", "is_quote",
        "is_sent_start", "is_space", "known", "left_edge", "lefts", "lemma_", "like_num", "lower_", "pos_", "right_edge",
        "rights", "sent", "subtree", "tag_", "text", "whitespace_",
    )  # fmt: skip

    if TYPE_CHECKING:
        i: int
        idx: int
        at: tuple[int, int]
        text: str
        lower_: str
        lemma_: str
        pos_: str
        tag_: str
        dep_: str
        ent_type_: str
        head: Word
        sent: Words
        doc: WordsOfParagraph
        lefts: tuple[Word, ...]
        rights: tuple[Word, ...]
        children: tuple[Word, ...]
        subtree: tuple[Word, ...]

    def __getattr__(self, name: str) -> Any:
        """Fetch what was not asked before; called only for a name that holds nothing yet."""
        value: Any
        if name == "known":
            value = {}
        elif name == "subtree":
            value = _subtree(self)
        elif name in {"left_edge", "right_edge"}:
            value = self.doc[getattr(self.doc.parse[self.i], name).i]
        else:
            value = getattr(self.doc.parse[self.i], name)
            if name not in Word.__slots__:
                return value
        setattr(self, name, value)
        return value

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def __lt__(self, other: Word) -> bool:
        return self.i < other.i

    def nbor(self, i: int = 1) -> Word:
        """Return the word so many places on."""
        at = self.i + i
        if not 0 <= at < len(self.doc.words):
            message = f"no word {i} from {self.text!r}"
            raise IndexError(message)
        return self.doc.words[at]

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words above, the nearest first."""
        current = self
        for _ in range(len(self.doc.words)):
            if current.head is current:
                return
            current = current.head
            yield current

    def is_ancestor(self, descendant: Word) -> bool:
        """Return whether this word stands above another of its paragraph."""
        return any(word is self for word in descendant.ancestors)


def _subtree(top: Word) -> tuple[Word, ...]:
    """Return a word and all below it, each between what hangs to its left and to its right."""
    if not top.children:
        return (top,)
    found: list[Word] = []
    if len(top.sent) <= SHORT:
        for word in top.lefts:
            found.extend(word.subtree)
        found.append(top)
        for word in top.rights:
            found.extend(word.subtree)
        return tuple(found)
    waiting: list[tuple[Word, bool]] = [(top, False)]
    while waiting:
        word, seen = waiting.pop()
        if seen or not (word.lefts or word.rights):
            found.append(word)
            continue
        waiting.extend((child, False) for child in reversed(word.rights))
        waiting.append((word, True))
        waiting.extend((child, False) for child in reversed(word.lefts))
    return tuple(found)


class Words:
    """A run of words, with the names of a spaCy span."""

    __slots__ = ("_items", "doc", "end", "label_", "start")

    def __init__(self, doc: WordsOfParagraph, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label
        self._items = doc.words[start:end]

    def __iter__(self) -> Iterator[Word]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, Word) and word.doc is self.doc and self.start <= word.i < self.end

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> Words: ...
    def __getitem__(self, at: int | slice) -> Word | Words:
        if isinstance(at, int):
            return self._items[at]
        start, end = _bounds(at, len(self._items))
        return Words(self.doc, self.start + start, self.start + end)

    @property
    def start_char(self) -> int:
        """Where the first word begins in the paragraph's plain text."""
        return self._items[0].idx if self._items else int(self._parsed.start_char)

    @property
    def end_char(self) -> int:
        """Where the last word ends in the paragraph's plain text."""
        return self._items[-1].idx + len(self._items[-1].text) if self._items else int(self._parsed.end_char)

    @property
    def text(self) -> str:
        """The words as they stand, without the space behind the last."""
        items = self._items
        if len(items) < 2:
            return items[0].text if items else ""
        last = items[-1]
        return self.doc.text[items[0].idx : last.idx + len(last.text)]

    @property
    def root(self) -> Word:
        """The word of the run on which the others hang."""
        if len(self._items) == 1:
            return self._items[0]
        return self.doc.words[self._parsed.root.i]

    @property
    def _parsed(self) -> Stretch:
        return self.doc.parse[self.start : self.end]


def _bounds(at: slice, length: int) -> tuple[int, int]:
    start = 0 if at.start is None else at.start + length if at.start < 0 else at.start
    start = min(length, max(0, start))
    end = length if at.stop is None else at.stop + length if at.stop < 0 else at.stop
    return start, min(length, max(start, end))


class WordsOfParagraph:
    """A parsed paragraph, with the names of a spaCy document; ``parse`` is the parse itself."""

    __slots__ = ("ents", "parse", "sents", "text", "user_data", "words")

    def __init__(self, parse: Doc, offset: int) -> None:
        """Take the words of a parse over; ``offset`` is where its text begins in that of the document."""
        self.parse = parse
        self.user_data = parse.user_data
        self.user_data["offset"] = offset
        self.text = parse.text
        self.words = _taken_over(self, parse, offset)
        self.sents = tuple(Words(self, sent.start, sent.end) for sent in parse.sents)
        for sent in self.sents:
            for word in sent:
                word.sent = sent
        self.ents = tuple(Words(self, ent.start, ent.end, ent.label_) for ent in parse.ents)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> Words: ...
    def __getitem__(self, at: int | slice) -> Word | Words:
        if isinstance(at, int):
            return self.words[at]
        start, end = at.start, at.stop
        if start is None or end is None or not 0 <= start <= end <= len(self.words):
            start, end = _bounds(at, len(self.words))
        return Words(self, start, end)

    def __getattr__(self, name: str) -> Any:
        """Fetch from the parse what is asked too seldom to be kept."""
        if name in WordsOfParagraph.__slots__:
            raise AttributeError(name)
        return getattr(self.parse, name)

    def char_span(self, start: int, end: int, **how: Any) -> Words | None:
        """Return the words between two places of the paragraph's plain text, as the parser's method of that name does."""
        span = self.parse.char_span(start, end, **how)
        return None if span is None else Words(self, span.start, span.end)


def _taken_over(paragraph: WordsOfParagraph, parse: Doc, offset: int) -> tuple[Word, ...]:
    """Return the words of a parse with their labels, each linked to its head and to what hangs on it."""
    strings = parse.vocab.strings
    table = parse.to_array(_COLUMNS)
    names: dict[int, str] = {}

    def named(column: int) -> list[str]:
        keys = table[:, column].tolist()
        for key in keys:
            if key not in names:
                names[key] = strings[key]
        return [names[key] for key in keys]

    orths, lowers, lemmas, parts, tags, relations, entities = (named(column) for column in range(7))
    jumps = table[:, 7].astype("int64").tolist()
    places = table[:, 8].tolist()
    words = tuple(Word() for _ in orths)
    lefts: list[list[Word]] = [[] for _ in orths]
    rights: list[list[Word]] = [[] for _ in orths]
    for index, word in enumerate(words):
        word.doc = paragraph
        word.i = index
        word.text = text = orths[index]
        word.lower_ = lowers[index]
        word.lemma_ = lemmas[index]
        word.pos_ = parts[index]
        word.tag_ = tags[index]
        word.dep_ = relations[index]
        word.ent_type_ = entities[index]
        word.idx = place = places[index]
        word.at = (offset + place, offset + place + len(text))
        jump = jumps[index]
        word.head = words[index + jump]
        if jump > 0:
            lefts[index + jump].append(word)
        elif jump < 0:
            rights[index + jump].append(word)
    for word, left, right in zip(words, lefts, rights, strict=True):
        word.lefts = tuple(left)
        word.rights = tuple(right)
        word.children = word.lefts + word.rights
    return words
