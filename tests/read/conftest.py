"""A page of any text, parsed by the one loaded pipeline, and its mentions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import Claim, DocId, Document, sha256_hex
from tidings.read.claims import find_claims
from tidings.read.english import merged
from tidings.read.index import MentionIndex
from tidings.read.lexicon import Lexicon
from tidings.read.mentions import find_mentions
from tidings.read.numbers import find_amounts
from tidings.read.page import Page, pages
from tidings.read.pipeline import load_pipeline
from tidings.read.speech import find_attributions
from tidings.read.times import find_times


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


@pytest.fixture(scope="session")
def claims_of(parse: Callable[[str], Page]) -> Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]]:
    """Return what reads a text into its page, its mentions (things that claims took up among them) and its claims."""
    lexicon = Lexicon.load()

    def read(text: str) -> tuple[Page, MentionIndex, tuple[Claim, ...]]:
        page = parse(text)
        attributions, speakers = find_attributions(page, found := find_mentions(page, lexicon))
        index = merged(found, speakers)
        claims = find_claims(page, index, attributions, find_times(page), find_amounts(page), lexicon)
        return page, merged(index, page.things.values()), claims

    return read
