"""Speakers in Arabic: where their phrase ends, what kind of source they are, to whom they spoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tidings.model import Mention
from tidings.read.ar.parties import Parties
from tidings.read.ar.pool import Pool
from tidings.read.ar.tokens import Token, bare, opening, plain, stems
from tidings.read.ar.words import Phrases, data, phrases

__all__ = ["LONGEST_SPEAKER", "Speakers", "Voice", "speaker_end", "words_of"]

LONGEST_SPEAKER = 14
"""Tokens of a speaker's phrase, with office, name and place of work."""
_NAMED_KINDS = frozenset({"outlet", "monitor", "agency"})


@cache
def _sources() -> tuple[tuple[str, Phrases], ...]:
    return tuple((group["kind"], Phrases({group["kind"]: group["words"]})) for group in data()["source"])


@cache
def words_of(table: str) -> frozenset[str]:
    """Return a list of the lexicon of speech, folded."""
    section, key = table.split(".")
    return frozenset(plain(word) for word in data()["speech"][section][key])


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: its mention, its tokens, and what kind of source it is."""

    mention: Mention
    first: int
    last: int
    kind: str


class Speakers:
    """Makes the speakers of one document."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def told_to(self, line: Sequence[Token], at: int, stop: int, parties: Parties) -> Voice | None:
        """Return the outlet to which something was said, at a token: "لوكالة الأناضول"."""
        whole = next((s for s in stems(line[at].text) if s.clitics == "ل" and not s.article), None)
        if whole is None:
            return None
        outlet = phrases("speech.outlet.words").at(line, at)
        party = parties.at.get(at)
        if party is not None and party[1].kind == "source" and party[1].start > line[at].start:
            return Voice(party[1], at, min(party[0], stop), self._kind(line, at, party[0], party[1]))
        if outlet is None or outlet.stem.clitics != "ل" or outlet.definite:
            return None
        last = min(at + 2, stop)
        while last < stop and line[last].plain.startswith("ال") and last - at < 4:
            last += 1
        mention = self._mention(line[at].start + whole.skip, line[last - 1].end, "outlet", named=True)
        return Voice(mention, at, last, "outlet")

    def voice(self, line: Sequence[Token], first: int, end: int, parties: Parties, glued: str = "") -> Voice | None:
        """Return the speaker between two tokens, or None; ``glued`` is a preposition written onto the first word."""
        while first < end and (line[first].kind == "sign" or line[first].plain in {"من", "ايضا", "له", "لها"}):
            first += 1
        while end > first and line[end - 1].kind == "sign":
            end -= 1
        if first >= end:
            return None
        held = parties.at.get(first)
        if held is not None and held[0] >= end:
            kind = self._kind(line, first, end, held[1])
            mention = held[1]
            if not mention.source_kind:
                mention = self.pool.change(mention, source_kind=kind)
            return Voice(mention, first, end, kind)
        kind = self.kind_at(line, first) or self._any_kind(line, first, end)
        start = line[first].start
        if glued or held is not None or self.kind_at(line, first):
            start += self._prefix(line, first, glued)
        head = bare(plain(self.pool.document.text[start : line[first].end]))
        named = head in {bare(word) for word in words_of("named.words")} and (end - first > 1)
        because = ""
        if end + 1 < len(line):
            at = end + (line[end].kind == "sign")
            hit = phrases("speech.unnamed.words").at(line, at)
            if hit is not None:
                stop = next((n for n in range(at, len(line)) if line[n].text in "،,." or line[n].plain in words_of("that.words")), len(line))  # fmt: skip
                because = self.pool.document.text[line[at].start : line[stop - 1].end]
        mention = self._mention(start, line[end - 1].end, kind or "unknown", named=named, because=because)
        return Voice(mention, first, end, kind or "unknown")

    def _prefix(self, line: Sequence[Token], index: int, glued: str) -> int:
        """Return the code points of "ل" or "و" before a speaker's first word, where it is no part of the word."""
        for clitics in ("ل", "ول") if glued else ("و",):
            found = next((s for s in stems(line[index].text) if s.clitics == clitics and not s.article), None)
            if found is not None and (glued or self.kind_at(line, index)):
                if not glued and plain(line[index].text) in {"وكاله", "وزاره", "وزير", "وزيره", "وكالات", "وسائل"}:
                    return 0
                return opening(line[index].text, clitics)
        return 0

    def _mention(self, start: int, end: int, kind: str, *, named: bool, because: str = "") -> Mention:
        how = "name" if named and kind in _NAMED_KINDS | {"official"} else "description"
        return self.pool.add(start, end, "source", how, source_kind=kind, unnamed_because=because)

    def _kind(self, line: Sequence[Token], first: int, end: int, mention: Mention) -> str:
        if mention.role in {"outlet", "agency", "monitor", "official"}:
            return {"agency": "outlet"}.get(mention.role, mention.role)
        if mention.role in {"un", "ngo"}:
            return "agency"
        if mention.kind == "source":
            return self._any_kind(line, first, end) or "unknown"
        kind = self._any_kind(line, first, end)
        return kind if kind == "official" else "belligerent" if mention.role else kind or "unknown"

    def kind_at(self, line: Sequence[Token], index: int) -> str:
        """Return the kind of source whose words start at a token; the longest words decide, then the order."""
        found = [
            (-(hit.last - hit.first), number, kind)
            for number, (kind, table) in enumerate(_sources())
            if (hit := table.at(line, index)) is not None and set(hit.stem.clitics) <= set("ول")
        ]
        return min(found)[2] if found else ""

    def _any_kind(self, line: Sequence[Token], first: int, end: int) -> str:
        return next((kind for at in range(first, end) if (kind := self.kind_at(line, at))), "")


def speaker_end(line: Sequence[Token], first: int, stop: int, parties: Parties) -> int:
    """Return the token behind a speaker's phrase that starts at ``first``."""
    held = parties.at.get(first)
    at = held[0] if held is not None else first
    limit = min(stop, first + LONGEST_SPEAKER)
    while at < limit:
        token = line[at]
        if at > first and (token.kind == "sign" or token.plain in words_of("ends.words")):
            inside = token.plain == "في" and at + 1 < limit and at - first <= 2 and _place_of_work(line, at)
            if not inside:
                break
        if at > first and phrases("speech.unnamed.words").at(line, at) is not None:
            break
        told = phrases("speech.outlet.words").at(line, at)
        if at > first and told is not None and told.stem.clitics == "ل" and not told.definite:
            break
        party = parties.at.get(at)
        if at > first and party is not None and party[1].kind == "source" and plain(token.text).startswith("ل"):
            break
        at += 1
    return at


def _place_of_work(line: Sequence[Token], at: int) -> bool:
    """Return whether "في" goes on with the speaker: "مصدر في مستشفى المدينة", "مسؤول في وزارة الصحة"."""
    words = {"مستشفي", "المستشفي", "وزاره", "الشرطه", "الجيش", "الحكومه", "الدفاع", "القوات", "بلديه", "مجلس", "منظمه"}
    return at + 1 < len(line) and line[at + 1].plain in words
