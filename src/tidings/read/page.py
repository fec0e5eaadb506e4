"""A document under the reader's eyes: paragraphs and parsed sentences, with offsets into the document's text.

Every paragraph is parsed by itself, so that headlines, datelines and bodies do not run into each other.
``place(token)`` turns a token into code points of the document's text; it is the only offset arithmetic there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidings.model import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Stretch

__all__ = ["Page", "Paragraph", "Sentence", "pages", "place", "stretch"]

# Same length in and out, so that offsets hold: the parser was trained on plain quotes, spaces and dashes.
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\t": " "}
)
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
    """One paragraph. ``role``: headline (the first), heading (a short line without a full stop) or body."""

    index: int
    start: int
    end: int
    role: str
    parsed: Doc
    sentences: tuple[Sentence, ...]


@dataclass(slots=True)
class Page:
    """A parsed document."""

    document: Document
    paragraphs: tuple[Paragraph, ...] = ()
    given_up: list[str] = field(default_factory=list)

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
    start: int = token.doc.user_data["offset"] + token.idx
    return start, start + len(token.text)


def stretch(tokens: Iterable[Token]) -> tuple[int, int]:
    """Return the code points from the first to the last of some tokens of one paragraph."""
    places = [place(token) for token in tokens]
    return min(start for start, _ in places), max(end for _, end in places)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph: what stands between line breaks, joined where a line merely wraps."""
    position = 0
    pending: tuple[int, int] | None = None
    for line in text.splitlines(keepends=True):
        start, end = position, position + len(line.rstrip())
        start += len(line) - len(line.lstrip()) if line.strip() else 0
        position += len(line)
        if not line.strip():
            if pending:
                yield pending
            pending = None
            continue
        if pending and text[start].islower() and not _LINE_ENDS_SENTENCE.search(text[: pending[1]][-3:]):
            pending = (pending[0], end)
        else:
            if pending:
                yield pending
            pending = (start, end)
    if pending:
        yield pending


def _role(index: int, words: str) -> str:
    if index == 0 and len(words) < 200:
        return "headline"
    if len(words) < 60 and not _LINE_ENDS_SENTENCE.search(words):
        return "heading"
    return "body"


LONGEST_PARAGRAPH = 20_000
"""Code points of a paragraph that are parsed; the rest is given up, and said. 5,000 words are about 30,000."""


def pages(nlp: Language, documents: Iterable[Document], *, batch_size: int = 64) -> Iterator[Page]:
    """Yield one page per document, in order, parsing paragraphs of many documents in one stream."""
    listed = list(documents)
    shapes = [list(_pieces(document.text)) for document in listed]
    stream = (
        (document.text[start : min(end, start + LONGEST_PARAGRAPH)].translate(_PLAIN), start)
        for document, pieces in zip(listed, shapes, strict=True)
        for start, end in pieces
    )
    parsed = nlp.pipe(stream, as_tuples=True, batch_size=batch_size)
    for document, pieces in zip(listed, shapes, strict=True):
        page = Page(document)
        paragraphs = []
        count = 0
        for index, (start, end) in enumerate(pieces):
            doc, offset = next(parsed)
            doc.user_data["offset"] = offset
            if end - start > LONGEST_PARAGRAPH:
                page.given_up.append(f"paragraph at {start}: only its first {LONGEST_PARAGRAPH} characters were read")
            sentences = []
            for sent in doc.sents:
                sentences.append(Sentence(sent, offset + sent.start_char, offset + sent.end_char, index, count))
                count += 1
            role = _role(index, document.text[start:end])
            paragraphs.append(Paragraph(index, start, end, role, doc, tuple(sentences)))
        page.paragraphs = tuple(paragraphs)
        yield page
