"""Names on a page, one type per name per document.

Candidates come from the lexicon, the entity recogniser and runs of capitalised words
(:mod:`tidings.read.names_candidates`). What a name is gets voted on over the whole document
(:mod:`tidings.read.names_cues`): the recogniser's labels count little, strong cues beside the name count much ("city of
X", "X district", "General X", "X fighters"), and a name is the same thing wherever it stands in one report.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from tidings.read.lexicon import Lexicon
from tidings.read.mentions_scene import Scene
from tidings.read.names_candidates import Candidates
from tidings.read.names_cues import STRONG, Cues, Votes
from tidings.read.names_words import Name, PlaceWords, name_key, place_words, side_word
from tidings.read.page import Page

__all__ = ["Name", "PlaceWords", "find_names", "name_key", "place_words", "side_word"]

_VAGUE_KINDS = frozenset({"region"})
"""Kinds that a better one for the same name replaces: "Nashwa area" of a report that has "Nashwa district"."""
_OTHER_PLACE = frozenset({"province", "district", "region", "facility", "camp", "road", "junction", "border"})
"""Kinds that a bare name does not inherit: "Raqqa" beside "Raqqa province" or "Raqqa airport" is the town."""


def find_names(page: Page, lexicon: Lexicon, scene: Scene) -> tuple[list[Name], dict[int, dict[int, str]]]:
    """Return the names of a page in order, each with its kind; and the demonyms, by paragraph and token."""
    candidates = Candidates(lexicon, scene)
    listed = [candidates.of(paragraph) for paragraph in page.paragraphs]
    cues = Cues(lexicon, candidates.known)
    for paragraph, names in zip(page.paragraphs, listed, strict=True):
        cues.hear(paragraph.parsed, names)
    decided = _decided([name for names in listed for name in names], cues)
    for name in decided:
        name.seat = candidates.seats.get(name.key, "") if name.kind == "place" else ""
    return decided, candidates.peoples


def _decided(names: list[Name], cues: Cues) -> list[Name]:
    """Give each name the kind its document votes for; a surname follows the full name it ends."""
    for key, weight in cues.located.items():
        if key not in cues.subjects:
            cues.votes[key]["place"] += weight
    kinds = {key: _winner(votes) for key, votes in cues.votes.items()}
    surnames: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if name.entry is None and kinds.get(name.key) == "person" and " " in name.key:
            surnames[name.key.rsplit(" ", 1)[1]].add(name.key)
    kept = []
    for name in names:
        if name.entry is None:
            key = name.key
            votes = cues.votes[key]
            kind = kinds.get(key, "")
            if key in surnames and max(votes["place"], votes["actor"]) < STRONG:
                kind = "person"
            if not kind:
                continue
            name.kind = kind
            if kind == "place":
                name.place_kind = _place_kind(name, cues.place_kinds[key])
        kept.append(name)
    return kept


def _place_kind(name: Name, counted: Counter[str]) -> str:
    if name.country:
        return "country"
    if name.place_kind and name.place_kind not in _VAGUE_KINDS:
        return name.place_kind
    better = [(count, kind) for kind, count in counted.items() if kind not in _OTHER_PLACE or name.place_kind]
    better = [row for row in better if row[1] not in _VAGUE_KINDS]
    if better:
        return min(better, key=lambda row: (-row[0], row[1]))[1]
    return name.place_kind


def _winner(votes: Votes) -> str:
    ranked = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    return ranked[0][0] if ranked and ranked[0][1] > 0 else ""
