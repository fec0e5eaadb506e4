"""Speech without a verb: "PEREZ: We agreed.", "Opposition: 40 killed in raid", "“We are tired.” — Olena, a nurse"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidings.read.cues import Frame
from tidings.read.index import MentionIndex
from tidings.read.page import Page, Paragraph
from tidings.read.quotes import Quotation
from tidings.read.speech_content import is_verb
from tidings.read.speech_lexicon import source_words, speech_words
from tidings.read.speech_verbs import is_kind

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch

__all__ = ["find_labels"]

_TURN = re.compile(r"(?:\A|(?<=\n)|(?<=\n[“\"])|(?<=[.?!…”\"]\s)|(?<=\s\s))([A-Z][A-Z.'’ -]{2,28}[A-Z.]):\s+(?=\S)")
_HEADLINE = re.compile(r"\s*([A-Z][\w.&'’ -]{1,48}?):\s+(?=\S)")
_LINE = re.compile(
    r"(?:\A|(?<=\n))[ \t•*▪–-]*(?:\d{1,2}[:.h]\d{2}[ \t]*(?:[ap]\.?m\.?|GMT|hrs)?[ \t:–—-]*)?"
    r"([A-Z][\w.&'’ -]{1,60}?):[ \t]+(?=[^\s\"“])"
)
_LONGEST_LABEL = 8
"""Tokens of a label that names who speaks."""
_BEFORE_QUOTE = re.compile(r"(?:\A|(?<=\n)|(?<=[.!?”\"]\s))([A-Z][^.!?:;\"“”\n]{2,80}):\s*$")
_HEADLINE_END = re.compile(r"\s*(\S.{15,}?)(?:\s+[-–—]+|:)\s+([^:–—\"“”,.]{2,40}?)\s*\Z")
_UNDER_QUOTE = re.compile(r"\s*[―—–-]{1,2}\s*([A-Z][^.!?\n]{1,80}?)[.\s]*$")


def find_labels(
    page: Page, paragraph: Paragraph, quotations: Sequence[Quotation], index: MentionIndex
) -> Iterator[Frame]:
    """Yield the frames of one paragraph whose speaker is set before a colon or after a dash."""
    if paragraph.role in {"headline", "heading"}:
        yield from _headline(page, paragraph, index)
    else:
        yield from _lines(page, paragraph, index)
    yield from _turns(page, paragraph)
    for quotation in quotations:
        if quotation.paragraph == paragraph.index and quotation.begins:
            yield from _signed(page, paragraph, quotation)
            yield from _introduced(page, paragraph, quotation)


def _headline(page: Page, paragraph: Paragraph, index: MentionIndex) -> Iterator[Frame]:
    """As in "Opposition: 40 killed in raid": who is named before the colon says the rest, unless it is a place or a thing."""
    last = _HEADLINE_END.match(page.text, paragraph.start, paragraph.end)
    label = _span(paragraph, last.start(2), last.end(2)) if last else None
    if last is not None and label is not None and len(label) <= _LONGEST_LABEL and _tells(label):
        colon = label.doc[label.start - 1] if label.start else label.root
        yield Frame("headline", colon, [colon], label.root, [(last.start(1), last.end(1))])
        return
    found = _HEADLINE.match(page.text, paragraph.start, paragraph.end)
    label = _span(paragraph, found.start(1), found.end(1)) if found else None
    if found is None or label is None or not _speaks(page, label, found.end(1), index):
        return
    colon = label.doc[label.end] if label.end < len(label.doc) else label.root
    yield Frame("headline", colon, [colon], label.root, [(found.end(), paragraph.end)])


def _lines(page: Page, paragraph: Paragraph, index: MentionIndex) -> Iterator[Frame]:
    """As in "• UNICEF: 40 schools closed", "11:05 Army spokesman: two posts lost": a line of a list or a running log.

    Only somebody whose word makes them a source speaks so; "Houthis: 12 killed" may tell of them.
    """
    for found in _LINE.finditer(page.text, paragraph.start, paragraph.end):
        label = _span(paragraph, found.start(1), found.end(1))
        if label is None or len(label) > _LONGEST_LABEL or any(is_verb(token) for token in label):
            continue
        tells = _tells(label)
        listed = index.covering(found.end(1) - 1, found.end(1))
        tells = tells or any(mention.kind == "source" or mention.role in {"un", "monitor"} for mention in listed)
        if not tells or not _speaks(page, label, found.end(1), index):
            continue
        line = page.text.find("\n", found.end(), paragraph.end)
        colon = label.doc[label.end] if label.end < len(label.doc) else label.root
        yield Frame("line", colon, [colon], label.root, [(found.end(), line if line > 0 else paragraph.end)])


def _tells(label: Stretch) -> bool:
    """Whether a label's own word makes its bearer a source: "ministry", "medics", "UN"."""
    return any(is_kind(token, "outlet", "monitor", "agency", "medic", "official", "witness") for token in label)


def _speaks(page: Page, label: Stretch, after: int, index: MentionIndex) -> bool:
    root = label.root
    offset = label.doc.user_data["offset"]
    start, end = offset + label.start_char, offset + label.end_char
    held = index.covering(end - 1, end)
    if any(mention.kind == "place" and mention.start <= start for mention in held) or root.ent_type_ in {
        "GPE",
        "LOC",
        "FAC",
    }:
        return False
    lemma = root.lemma_.lower()
    if lemma in speech_words().documents | speech_words().claims | {"source"}:
        return False
    known = any(lemma in heads for _, heads, _ in source_words().kinds)
    if known or any(mention.kind in {"actor", "source", "person"} for mention in held):
        return True
    # A surname alone: it speaks if the report goes on to name it.
    return root.pos_ == "PROPN" and root.text in page.text[after + 1 :]


def _turns(page: Page, paragraph: Paragraph) -> Iterator[Frame]:
    """As in "PEREZ: We agreed. HOST: On what?": every speaker in capitals has the words up to the next one."""
    turns = list(_TURN.finditer(page.text, paragraph.start, paragraph.end))
    for position, turn in enumerate(turns):
        label = _span(paragraph, turn.start(1), turn.end(1))
        if label is None or page.text.count(f"{turn.group(1)}:") < 2:
            continue
        end = turns[position + 1].start() if position + 1 < len(turns) else paragraph.end
        colon = label.doc[label.end] if label.end < len(label.doc) else label.root
        yield Frame("turn", colon, [colon], label.root, [(turn.end(), end)])


def _signed(page: Page, paragraph: Paragraph, quotation: Quotation) -> Iterator[Frame]:
    """As in "“We are tired.” — Olena, a nurse": the name after the dash has said it."""
    found = _UNDER_QUOTE.match(page.text, quotation.outer_end, paragraph.end)
    label = _span(paragraph, found.start(1), found.end(1)) if found else None
    if found is None or label is None or not any(token.pos_ == "PROPN" for token in label):
        return
    head = next(token for token in label if token.pos_ == "PROPN")
    while head.i + 1 < label.end and head.nbor().pos_ == "PROPN":
        head = head.nbor()
    dash = label.doc[label.start - 1] if label.start else head
    yield Frame("signed", dash, [dash], head, [(quotation.start, quotation.end)])


def _introduced(page: Page, paragraph: Paragraph, quotation: Quotation) -> Iterator[Frame]:
    """As in "Analyst Oleksiy Melnyk: “Neither side wants a truce.”": a phrase without a verb before the colon."""
    found = _BEFORE_QUOTE.search(page.text, paragraph.start, quotation.outer_start)
    label = _span(paragraph, found.start(1), found.end(1)) if found else None
    if found is None or label is None or any(is_verb(token) for token in label):
        return
    if label.root.pos_ in {"PROPN", "NOUN"} and label.root.ent_type_ not in {"GPE", "LOC", "DATE"}:
        colon = label.doc[min(label.end, len(label.doc) - 1)]
        yield Frame("introduced", colon, [colon], label.root, [(quotation.start, quotation.end)])


def _span(paragraph: Paragraph, start: int, end: int) -> Stretch | None:
    offset = paragraph.parsed.user_data["offset"]
    return paragraph.parsed.char_span(start - offset, end - offset, alignment_mode="expand")
