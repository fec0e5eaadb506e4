"""The words of reported speech, read once from the lexicons beside this file."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

__all__ = ["SourceWords", "SpeechWords", "VerbEntry", "folded", "source_words", "speech_words"]

_FOLDER = Path(__file__).parent / "lexicons"


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """How a group of verbs takes its content. See the head of ``lexicons/speech.toml``."""

    takes: frozenset[str]
    attitude: str
    verdict: str = ""
    hearer: bool = False
    keep_object: bool = False
    only_words: bool = False


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The lexicon of cues."""

    verbs: dict[str, tuple[VerbEntry, ...]]
    documents: frozenset[str]
    claims: frozenset[str]
    beliefs: frozenset[str]
    light: frozenset[str]
    studies: frozenset[str]
    figures: frozenset[str]
    that: frozenset[str]
    denials: frozenset[str]
    pass_on: frozenset[str]
    follow_up: frozenset[str]
    reports: frozenset[str]
    report_forms: frozenset[str]
    carry: frozenset[str]
    carried: frozenset[str]
    venues: frozenset[str]
    follow: frozenset[str]
    unnamed: tuple[re.Pattern[str], ...]
    triggers: frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The lexicon of speakers. ``kinds`` keeps the order of the file: the first that fits decides."""

    kinds: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]
    outlets: dict[str, str]
    last_words: frozenset[str]
    channels: frozenset[str]
    bodies: dict[str, str]
    no_outlet: frozenset[str]
    anaphors: dict[str, frozenset[str]]


@lru_cache(maxsize=65_536)
def folded(words: str) -> str:
    """Return words as they are compared: without case, accents, articles and punctuation."""
    plain = unicodedata.normalize("NFKD", words)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    plain = re.sub(r"[^\w]+", " ", plain).strip()
    return re.sub(r"^(?:the|a|an) ", "", plain)


@cache
def speech_words() -> SpeechWords:
    """Return the lexicon of cues."""
    data = tomllib.loads((_FOLDER / "speech.toml").read_text(encoding="utf-8"))
    verbs: defaultdict[str, list[VerbEntry]] = defaultdict(list)
    for group in data["verb"]:
        entry = VerbEntry(
            takes=frozenset(group["takes"]),
            attitude=group["attitude"],
            verdict=group.get("verdict", ""),
            hearer=group.get("hearer", False),
            keep_object=group.get("keep_object", False),
            only_words=group.get("sources", "") == "words",
        )
        for lemma in dict.fromkeys(group["lemmas"]):
            verbs[lemma].append(entry)
    nouns, particles = data["nouns"], data["particles"]
    triggers = {lemma.split()[0] for lemma in verbs} | set(nouns["claim"]) | set(nouns["that"])
    triggers |= set(particles["pass_on"]) | set(particles["other_triggers"])
    return SpeechWords(
        verbs={lemma: tuple(entries) for lemma, entries in verbs.items()},
        documents=frozenset(nouns["document"]),
        claims=frozenset(nouns["claim"]),
        beliefs=frozenset(nouns["belief"]),
        figures=frozenset(nouns["figure"]),
        studies=frozenset(nouns["study"]),
        light=frozenset(nouns["light"]),
        that=frozenset(nouns["that"]),
        denials=frozenset(nouns["denied"]),
        pass_on=frozenset(particles["pass_on"]),
        reports=frozenset(particles["reports"]),
        report_forms=frozenset(particles["report_forms"]),
        follow_up=frozenset(particles["follow_up"]),
        carry=frozenset(particles["carry"]),
        venues=frozenset(particles["venues"]),
        carried=frozenset(particles["carried"]),
        follow=frozenset(particles["follow"]),
        unnamed=tuple(re.compile(pattern, re.IGNORECASE) for pattern in data["unnamed"]["patterns"]),
        triggers=frozenset(triggers),
    )


@cache
def source_words() -> SourceWords:
    """Return the lexicon of speakers."""
    data = tomllib.loads((_FOLDER / "speech_sources.toml").read_text(encoding="utf-8"))
    outlets = {}
    for names in data["outlets"]["names"]:
        for name in names:
            outlets[folded(name)] = folded(names[0])
    bodies = {folded(name): kind for kind, names in data["bodies"].items() for name in names}
    return SourceWords(
        kinds=tuple(
            (group["kind"], frozenset(group["heads"]), tuple(group.get("phrases", ()))) for group in data["kind"]
        ),
        outlets=outlets,
        last_words=frozenset(word.casefold() for word in data["outlets"]["last_words"]),
        channels=frozenset(folded(name) for name in data["outlets"]["channels"]),
        bodies=bodies,
        no_outlet=frozenset(data["hearers"]["none"]),
        anaphors={kind: frozenset(words) for kind, words in data["anaphors"].items()},
    )
