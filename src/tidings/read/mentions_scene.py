"""Which war a report tells of: decided from the countries, peoples, places and parties that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tidings.read.lexicon import Lexicon
from tidings.read.page import Page

__all__ = ["Scene", "scene_of"]

# What a word proves. A headline or first paragraph says more often than the rest what a report is about.
WEIGHTS = {"country": 2.0, "demonym": 1.5, "seat": 0.5, "province": 0.7, "place": 1.5, "alias": 2.0}
FIRST = 2.0
"""How much more the first paragraphs count."""
DATELINE = 1.5
"""What a name proves besides in a dateline: reporters mostly sit in the country that they report on, or next to it."""
ELSEWHERE = 3.0
"""Evidence for another country of the war from which a report that never names the war's home is about that country."""
AWAY = 0.25
"""A war's share of the evidence for its countries where nothing is said of the one that it is fought in."""
LEAST_WAR = 2.5
"""Below this much evidence no war is taken to be told of."""
SHARE_OF_BEST = 0.34
"""A second war is told of where it has this share of the first one's evidence."""
LEAST_COUNTRY = 1.5
"""Below this much evidence "the government" is nobody's in particular."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The country whose state "the government" is, the wars told of (most first), and the entries that hold."""

    country: str
    wars: tuple[str, ...]
    entries: frozenset[str]


def scene_of(page: Page, lexicon: Lexicon) -> Scene:
    """Return what a page tells of, by evidence alone; two pages with the same words get the same scene."""
    countries: defaultdict[str, float] = defaultdict(float)
    wars: defaultdict[str, float] = defaultdict(float)
    text = page.text
    early = page.paragraphs[min(2, len(page.paragraphs) - 1)].end if page.paragraphs else 0
    lines = [paragraph.dateline for paragraph in page.paragraphs if paragraph.dateline is not None]
    for hit in lexicon.hits(text):
        weight = WEIGHTS.get(hit.what, 0.0) * (FIRST if hit.start < early else 1.0)
        if any(start <= hit.start < end for start, end in lines):
            weight += DATELINE
        if hit.what in {"country", "demonym", "seat", "province"}:
            for code in hit.ids:
                countries[code] += weight / len(hit.ids)
        elif hit.what == "place":
            for ident in hit.ids:
                wars[ident] += weight / len(hit.ids)
        elif hit.what == "alias":
            told = [lexicon.entries[ident] for ident in hit.ids]
            for entry in told:
                if not lexicon.wars[entry.war].always:
                    wars[entry.war] += weight / len(told)
                    if entry.state:
                        countries[entry.state] += weight / len(told)
    own = {ident for ident, score in wars.items() if score}
    for war in lexicon.wars.values():
        if not war.always:
            share = max((countries.get(code, 0.0) for code in war.countries), default=0.0)
            away = bool(war.home) and not countries.get(war.home) and not wars.get(war.id)
            wars[war.id] += (share if war.home in {"", *war.countries[:1]} else share / 2) * (AWAY if away else 1.0)
    ranked = sorted(((score, ident) for ident, score in wars.items() if score >= LEAST_WAR), reverse=True)
    # A second war is told of by its own places and parties: a neighbour that is named much brings in none.
    told_of = tuple(
        ident
        for rank, (score, ident) in enumerate(ranked)
        if score >= ranked[0][0] * SHARE_OF_BEST and (rank == 0 or ident in own)
    )
    country = _country(countries, told_of, lexicon)
    entries = frozenset(
        ident
        for ident, entry in lexicon.entries.items()
        if (lexicon.wars[entry.war].always or entry.war in told_of) and entry.in_country in {"", country}
    )
    return Scene(country, told_of, entries)


def _country(countries: Mapping[str, float], told_of: tuple[str, ...], lexicon: Lexicon) -> str:
    """The war's home where its file names one, else the war's country told of most, else the one named most."""
    best = sorted(((score, code) for code, score in countries.items()), key=lambda pair: (-pair[0], pair[1]))
    if told_of:
        war = lexicon.wars[told_of[0]]
        if war.home and (countries.get(war.home) or not best or best[0][0] < ELSEWHERE):
            return war.home
        inside = [code for score, code in best if code in war.countries and score > 0]
        if inside:
            return inside[0]
        return war.countries[0] if war.countries else ""
    return best[0][1] if best and best[0][0] >= LEAST_COUNTRY else ""
