"""The Arabic reader: attributions, places and casualties, by rules over words. No parser for Arabic comes in a package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tidings.model import Claim, Document, Mention, ReaderStamp, Reading
from tidings.read.ar.casualties import find_casualties
from tidings.read.ar.harm import Scene, harm_at
from tidings.read.ar.parties import find_parties, home_of
from tidings.read.ar.places import Place, find_places, names_of
from tidings.read.ar.pool import Pool
from tidings.read.ar.speech import Speech
from tidings.read.ar.tokens import LONGEST_SENTENCE, arabic_share, sentences
from tidings.read.ar.words import lexicon_hash
from tidings.read.lexicon import Lexicon

__all__ = ["ArabicReader"]

NAME = "ar.rules"
VERSION = "2"
LEAST_SHARE = 0.5
"""Share of a sentence's words in Arabic script below which it is another language's."""
REMEMBERED = 400
"""Mentions before a sentence among which "the group" and "the city" are sought."""
LIMITS = "the Arabic reader reads speech, places and casualties; days and other kinds of claim were not read"


@dataclass(frozen=True)
class ArabicReader:
    """Reads Arabic with rules over words; parties are those of the wars' lexicon, so that one record knows them as one."""

    lexicon: Lexicon
    languages: frozenset[str] = frozenset({"ar"})

    @property
    def stamp(self) -> ReaderStamp:
        """The reader's name and its version with the hashes of both lexicons; there is no model."""
        return ReaderStamp(name=NAME, version=f"{VERSION}+{lexicon_hash()}.{self.lexicon.hash}", model="")

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield one reading per document, in the order given."""
        stamp = self.stamp
        for document in documents:
            yield _read(document, self.lexicon, stamp)


def _read(document: Document, lexicon: Lexicon, stamp: ReaderStamp) -> Reading:
    lines = sentences(document.text, wrapped=document.wrapped)
    given_up = [LIMITS]
    foreign = [line for line in lines if line.tokens and arabic_share(line) < LEAST_SHARE]
    worded = [line for line in foreign if any(token.kind in {"word", "other"} for token in line.tokens)]
    if worded:
        given_up.append(f"sentences mostly in another script that were not read: {len(worded)}")
    if any(line.cut for line in lines):
        given_up.append(f"sentences of more than {LONGEST_SENTENCE} words and signs were read in pieces")
    skipped = {id(line) for line in foreign}
    lines = [line for line in lines if id(line) not in skipped]
    pool = Pool(document, lexicon)
    speech = Speech(pool)
    pool.home, names = home_of(lines), names_of(lines)
    parties_before: list[Mention] = []
    places_before: list[Mention] = []
    carried: Place | None = None
    claims: dict[str, Claim] = {}
    for line in lines:
        parties = find_parties(line.tokens, pool, parties_before[-REMEMBERED:])
        taken = [(first, last) for first, (last, _) in sorted(parties.at.items())]
        places = find_places(line.tokens, pool, taken, names, places_before[-REMEMBERED:])
        harm = frozenset(
            index
            for index in range(len(line.tokens))
            if parties.covering(index) is None and harm_at(line.tokens, index) is not None
        )
        before = len(speech.rows)
        speech.read(line, parties, harm)
        rows = tuple(speech.rows.values())[before:]
        scene = Scene(line, pool, parties, places, rows, stamp, carried)
        claims.update((claim.id, claim) for claim in find_casualties(scene))
        parties_before += [mention for _, mention in parties.at.values()]
        places_before += [place.mention for place in places]
        carried = _carried(places) or carried
    return Reading(
        document=document.id,
        reader=stamp,
        mentions=pool.all(),
        attributions=tuple(sorted(speech.rows.values(), key=lambda row: (row.start, row.end, row.id))),
        claims=tuple(sorted(claims.values(), key=lambda claim: (claim.start, claim.end, claim.id))),
        given_up=tuple(given_up),
    )


def _carried(places: list[Place]) -> Place | None:
    """Return the place that a sentence without one goes on with: the last that is neither dateline nor country."""
    for place in reversed(places):
        cue = place.mention.cue
        if place.mention.refers_to is None and (
            cue is None or (cue.relation != "dateline" and cue.kind not in {"country", "province"})
        ):
            return place
    return None
