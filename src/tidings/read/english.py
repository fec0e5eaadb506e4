"""The reader for English: parsed pages, then mentions, times, numbers, speech and claims, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from tidings.model import Document, Mention, ReaderStamp, Reading
from tidings.read.claims import find_claims
from tidings.read.index import MentionIndex
from tidings.read.learned import load_network, network_stamp, suggestions
from tidings.read.lexicon import Lexicon
from tidings.read.mentions import find_mentions
from tidings.read.numbers import find_amounts
from tidings.read.page import Page, pages
from tidings.read.pipeline import load_pipeline, model_stamp
from tidings.read.places_trim import trimmed
from tidings.read.speech import find_attributions
from tidings.read.times import find_times
from tidings.text.still import still

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["EnglishReader", "merged", "read_page"]

NAME = "en.rules"
LEARNED = "en.learned"
VERSION = "3"
FLOOR = 0.95
"""How sure the network must be that a word carries a claim before one is drafted; see docs/decisions/0021."""
DOCUMENTS_AT_ONCE = 64
"""Documents parsed in one stream: enough to fill the parser's batches, few enough to bound memory."""


def merged(index: MentionIndex, rows: Iterable[Mention]) -> MentionIndex:
    """Return the index with ``rows`` added; a row whose id is known replaces the old one."""
    by_id = {mention.id: mention for mention in index.all}
    by_id.update((row.id, row) for row in rows)
    return MentionIndex(by_id.values())


def read_page(page: Page, lexicon: Lexicon, stamp: ReaderStamp) -> Reading:
    """Return all that the rules find on one parsed page.

    The steps and what they hand on::

        mentions.find_mentions(page, lexicon)        -> MentionIndex
        times.find_times(page)                       -> tuple[TimeWords, ...]
        numbers.find_amounts(page)                   -> tuple[Counted, ...]
        speech.find_attributions(page, index)        -> (tuple[Attribution, ...], tuple[Mention, ...])
        claims.find_claims(page, index, attributions, times, amounts, lexicon) -> tuple[Claim, ...]

    The mentions that ``find_attributions`` returns are new sources, or rows that replace those with their id.
    """
    index = find_mentions(page, lexicon)
    times = find_times(page)
    amounts = find_amounts(page)
    attributions, speakers = find_attributions(page, index)
    index = merged(index, speakers)
    claims = find_claims(page, index, attributions, times, amounts, lexicon)
    return Reading(
        document=page.document.id,
        reader=stamp,
        mentions=trimmed(merged(index, page.things.values()).all if page.things else index.all),
        attributions=attributions,
        times=times,
        claims=tuple(claim if claim.reader else replace(claim, reader=stamp) for claim in claims),
        given_up=tuple(page.given_up),
    )


@dataclass(frozen=True)
class EnglishReader:
    """Reads English with rules over the parse; the lexicon is data, the language pipeline a provider's."""

    lexicon: Lexicon
    learned: bool = False
    """Whether the network is asked for words that no rule reads; see :mod:`tidings.read.learned`."""
    languages: frozenset[str] = frozenset({"en"})

    @cached_property
    def stamp(self) -> ReaderStamp:
        """The reader's name, its version with the lexicon's hash, and the pipeline with its hash."""
        version = f"{VERSION}+{self.lexicon.hash}"
        if self.learned:
            return ReaderStamp(name=LEARNED, version=version, model=f"{model_stamp()}, {network_stamp()}")
        return ReaderStamp(name=NAME, version=version, model=model_stamp())

    @cached_property
    def _nlp(self) -> Language:
        return load_pipeline()

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield one reading per document, in the order given."""
        waiting = iter(documents)
        while batch := list(islice(waiting, DOCUMENTS_AT_ONCE)):
            waiting_pages = pages(self._nlp, batch)
            for _ in batch:
                with still():  # between two reports the collector gives the words of the last back
                    page = next(waiting_pages)
                    if self.learned:
                        page.told = suggestions(page, load_network(), floor=FLOOR)
                    reading = read_page(page, self.lexicon, self.stamp)
                yield reading
