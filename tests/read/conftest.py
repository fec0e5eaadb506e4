"""A page of any text, parsed by the one loaded pipeline, and its mentions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import DocId, Document, sha256_hex
from tidings.read.index import MentionIndex
from tidings.read.lexicon import Lexicon
from tidings.read.mentions import find_mentions
from tidings.read.page import Page, pages
from tidings.read.pipeline import load_pipeline


def document(text: str) -> Document:
    """Return a document with an id of its own for each text."""
    digest = sha256_hex(text.encode())
    return Document(id=DocId(f"d_{digest[:8]}"), path="report.txt", sha256=digest, text=text, publisher="Test")


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Page]:
    """Return what turns a text into a page."""
    nlp = load_pipeline()

    def parsed(text: str) -> Page:
        return next(iter(pages(nlp, [document(text)])))

    return parsed


@pytest.fixture(scope="session")
def mentions(parse: Callable[[str], Page]) -> Callable[[str], MentionIndex]:
    """Return what finds the mentions of a text."""
    lexicon = Lexicon.load()

    def found(text: str) -> MentionIndex:
        return find_mentions(parse(text), lexicon)

    return found
