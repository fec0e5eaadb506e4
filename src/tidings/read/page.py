"""A document under the reader's eyes: paragraphs and parsed sentences, with offsets into the document's text.

Every paragraph is parsed by itself, so that headlines, datelines and bodies do not run into each other.
``place(token)`` turns a token into code points of the document's text; it is the only offset arithmetic there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from tidings.model import Document, Mention, MentionId
from tidings.read.words import WordsOfParagraph

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Stretch

    from tidings.read.learned.telling import Suggestion

__all__ = ["LABELS", "Page", "Paragraph", "Sentence", "pages", "place", "stretch"]

# Same length in and out, so that offsets hold: the parser was trained on plain quotes, spaces and dashes.
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\t": " "}
)
_DATELINE = re.compile(
    r"(?:[A-Z][\w\u2019'.-]*(?:[ /][A-Z(][\w\u2019'.)-]*){0,4})"  # the town
    r"(?:, (?:[A-Z][\w\u2019'.]*(?: [A-Z][\w\u2019'.]*){0,3}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)){0,3}"  # country, date
    r"(?P<agency> ?\([^()\n]{2,40}\))?"
    r"(?: ?[\u2014\u2013]\s?| --? |: )(?:\([^()\n]{3,40}\) )?(?=[\[A-Z\d\u201c\"\u2018'])"
)
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:[A-Z][a-z]{2,8}\.? )?\d{1,2}(?: [A-Z][a-z]{2,8})?(?:,? \d{4})?)"
)
_DAY_DATELINE = re.compile(
    rf"\[[A-Z][^\]\n\d]{{2,40}}, {_DAY}\]\s+(?=[A-Z\u201c\"])"  # "[Goma, Monday] "
    rf"|[A-Z][A-Z'\u2019-]{{2,}}(?: [A-Z][A-Z'\u2019-]+){{0,2}}(?:, [A-Z][\w'\u2019 -]{{2,24}})?(?:, {_DAY})?\. (?=[A-Z\u201c\"])"
    rf"|[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){{0,2}}, {_DAY}: (?=[A-Z\u201c\"])"
)
"""A town with a day in brackets, before a colon, or in capitals before a full stop: "GOMA, 3 May. ", "Goma, 3 May: "."""
LABELS = frozenset(
    "note notes release report bulletin statement update communique communiqué news analysis feature".split()
)
"""Last words of what a text calls itself in capitals: "FIELD NOTE – Goma" begins with no town."""
LONGEST_DATELINE = 70
"""Code points within which a dateline ends."""
_LINE_ENDS_SENTENCE = re.compile(r"[.!?:;\u201d\"')\]]\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One parsed sentence. ``start``/``end`` are code points of the document's text."""

    tokens: Stretch
    start: int
    end: int
    paragraph: int
    index: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``role``: headline (the first), heading (a short line without a full stop) or body.

    ``dateline`` are the code points of "BEIRUT (Reuters) – " before it, which is not parsed: a town before a dash
    otherwise becomes the one who acts. ``start`` lies behind it. ``tokens`` are those of ``parsed`` and ``plain``
    its text. Words, sentences and ``parsed`` are those of :mod:`tidings.read.words`, which answer as the parser's do.
    """

    index: int
    start: int
    end: int
    role: str
    parsed: Doc
    sentences: tuple[Sentence, ...]
    dateline: tuple[int, int] | None = None
    tokens: tuple[Token, ...] = ()
    plain: str = ""


@dataclass(slots=True)
class Page:
    """A parsed document."""

    document: Document
    paragraphs: tuple[Paragraph, ...] = ()
    given_up: list[str] = field(default_factory=list)
    things: dict[MentionId, Mention] = field(default_factory=dict)
    """Mentions of things that claims name as what was hit, made while the claims are read."""
    told: Mapping[int, Suggestion] = field(default_factory=dict)
    """What the learned network takes to be told, by where the word begins; empty where it was not asked."""

    @property
    def text(self) -> str:
        """The document's text, into which every offset points."""
        return self.document.text

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All sentences in order."""
        for paragraph in self.paragraphs:
            yield from paragraph.sentences


def place(token: Token) -> tuple[int, int]:
    """Return the code points of a token in the document's text."""
    at: tuple[int, int] = token.at  # type: ignore[attr-defined]  # see words.py
    return at


def stretch(tokens: Iterable[Token]) -> tuple[int, int]:
    """Return the code points from the first to the last of some tokens of one paragraph."""
    places = [place(token) for token in tokens]
    return min(start for start, _ in places), max(end for _, end in places)


LONGEST_WRAPPED = 100
"""Code points of a line that was broken at the right margin; a longer line is a whole paragraph."""


def _goes_on(before: str, line: str, *, first: bool) -> bool:
    """Return whether a line goes on with the one before it instead of starting a paragraph of its own."""
    last = before.rsplit("\n", 1)[-1].rstrip()
    if _LINE_ENDS_SENTENCE.search(last[-3:]):
        return False
    words = line.strip()
    if words[0].islower():
        return True
    if (45 <= len(last) <= LONGEST_WRAPPED and last[-1] in ",-\u2013\u2014") or last.split()[-1] in _UNFINISHED:
        return True
    # A headline broken after a lower-case word: "… in bid to take / Hasakeh capital".
    return first and "\n" not in before and last.split()[-1] in _WANTING and len(words) <= 60


_UNFINISHED = frozenset("a an the of in on at to for from with by and or as over after before near under into".split())
_WANTING = frozenset(
    "take seize enter leave reach hit kill attack retake storm capture free join stop end hold lose".split()
)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph: what stands between line breaks, joined where a line merely wraps."""
    position = 0
    pending: tuple[int, int] | None = None
    seen = False
    for line in text.splitlines(keepends=True):
        start, end = position, position + len(line.rstrip())
        start += len(line) - len(line.lstrip()) if line.strip() else 0
        position += len(line)
        if not line.strip():
            if pending:
                yield pending
                seen = True
            pending = None
            continue
        # A paragraph that is too long already takes no more lines, or each of many thousand would copy all before it.
        short = pending is not None and pending[1] - pending[0] < LONGEST_PARAGRAPH
        if pending and short and _goes_on(text[pending[0] : pending[1]], line, first=not seen):
            pending = (pending[0], end)
        else:
            if pending:
                yield pending
            pending = (start, end)
    if pending:
        yield pending


def _dateline(words: str) -> int:
    """Return how many code points of a paragraph are its dateline: "BEIRUT – ", "Aden, Yemen (AFP) — "."""
    day = _DAY_DATELINE.match(words[: LONGEST_DATELINE + 1])
    if day and len(words) > LONGEST_DATELINE:
        return day.end()
    found = _DATELINE.match(words[: LONGEST_DATELINE + 1])
    if not found:
        return 0
    town = re.split(r"[,(\u2014\u2013:]| -", found.group())[0].strip()
    shouted = (
        town.isupper()
        and len(town) > 3
        and town not in {"UPDATE", "BREAKING", "WATCH", "VIDEO", "EXCLUSIVE", "ANALYSIS"}
    )
    spaced = re.search(r"\s(?:[\u2014\u2013]|--?)\s\Z", found.group()) is not None
    if found.group("agency") or (shouted and not found.group().endswith(": ")):
        return found.end()
    if shouted:
        return found.end() if "," not in found.group() else 0
    return found.end() if spaced and len(town.split()) <= 3 and ":" not in found.group() else 0


def _role(index: int, words: str) -> str:
    if index == 0 and len(words) < 200:
        return "headline"
    if len(words) < 60 and not _LINE_ENDS_SENTENCE.search(words):
        return "heading"
    return "body"


def _shapes(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield of each paragraph its start, where its dateline ends, and its end; one that is too long comes in pieces."""
    for start, end in _pieces(text):
        body = start + _dateline(text[start:end])
        while end - body > LONGEST_PARAGRAPH:
            cut = _cut(text, body)
            yield start, body, cut
            start = body = cut
        yield start, body, end


def _cut(text: str, body: int) -> int:
    """Return where a piece of a long paragraph ends: after a sentence, else between two words, else anywhere."""
    low, limit = body + LONGEST_PARAGRAPH // 2, body + LONGEST_PARAGRAPH
    for marks in ((". ", "? ", "! ", ".\n"), (" ", "\n")):
        stop = max(text.rfind(mark, low, limit) + len(mark) for mark in marks)
        if stop > low:
            return stop
    return limit


LONGEST_PARAGRAPH = 20_000
"""Code points that are parsed at once; a longer paragraph is read in pieces, and that is said. 5,000 words are about 30,000."""


MOST_AT_ONCE = 60_000
"""Code points that are parsed in one batch: the parser holds about 3.5 KB for each, and paragraphs may be 100 times the usual."""


def _parsed(nlp: Language, stream: Iterable[tuple[str, int]], batch_size: int) -> Iterator[tuple[Doc, int]]:
    """Yield the parses of paragraphs with their places, in batches bounded by number and by length."""
    batch: list[tuple[str, int]] = []
    size = 0
    for one in stream:
        if batch and (len(batch) == batch_size or size + len(one[0]) > MOST_AT_ONCE):
            yield from nlp.pipe(batch, as_tuples=True, batch_size=batch_size)
            batch, size = [], 0
        batch.append(one)
        size += len(one[0])
    yield from nlp.pipe(batch, as_tuples=True, batch_size=batch_size)


def pages(nlp: Language, documents: Iterable[Document], *, batch_size: int = 64) -> Iterator[Page]:
    """Yield one page per document, in order, parsing paragraphs of many documents in one stream."""
    listed = list(documents)
    shapes = [list(_shapes(document.text)) for document in listed]
    stream = (
        (document.text[body:end].translate(_PLAIN), body)
        for document, pieces in zip(listed, shapes, strict=True)
        for _, body, end in pieces
    )
    parsed = _parsed(nlp, stream, batch_size)
    for document, pieces in zip(listed, shapes, strict=True):
        page = Page(document)
        paragraphs = []
        count = 0
        for index, (start, body, end) in enumerate(pieces):
            doc, offset = next(parsed)
            words = WordsOfParagraph(doc, offset)
            if index and pieces[index - 1][2] == start:
                page.given_up.append(f"a paragraph too long to be read at once was cut at character {start}")
            sentences = []
            for sent in words.sents:
                tokens = cast("Stretch", sent)
                sentences.append(Sentence(tokens, offset + sent.start_char, offset + sent.end_char, index, count))
                count += 1
            role = _role(index, document.text[body:end])
            plain = document.text[body:end].translate(_PLAIN)
            dateline = (start, body) if body > start else None
            whole, each = cast("Doc", words), cast("tuple[Token, ...]", words.words)
            paragraphs.append(Paragraph(index, body, end, role, whole, tuple(sentences), dateline, each, plain))
        page.paragraphs = tuple(paragraphs)
        yield page
