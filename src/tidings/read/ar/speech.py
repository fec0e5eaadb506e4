"""Reported speech in Arabic: who says what, through whom.

Five forms are read, sentence by sentence; what they hold is found again in the claims by :func:`governing`::

    cited      قال/أفاد/أعلن X إن …       verb, speaker, "that", words said (a colon or quotation marks do as well)
    denied     نفى X …                    the same, with the verdict "denied"
    passed_on  نقلت A عن X قوله إن …      an outlet passes on a source: the chain is A, X
    according  … بحسب / وفقا لـ / نقلا عن X
    label      X: …                       a headline's speaker before a colon
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tidings.model import Attribution, AttributionId, Mention, content_id
from tidings.read.ar.parties import Parties
from tidings.read.ar.pool import Pool
from tidings.read.ar.tokens import Sentence, Token, bare, opening, plain, stems
from tidings.read.ar.words import Phrases, data, phrases

__all__ = ["Speech", "governing"]

FARTHEST_THAT = 26
"""Tokens between the verb and "that": a speaker with a title, a name and a place takes some 20."""
LONGEST_SPEAKER = 14
_QUOTES = {"«": "»", "“": "”", '"': '"', "”": "“"}
_NAMED_KINDS = frozenset({"outlet", "monitor", "agency"})


def governing(rows: Iterable[Attribution], start: int, end: int) -> Attribution | None:
    """Return the innermost attribution whose content holds a stretch, or None in the publisher's voice."""
    held = [row for row in rows if row.start <= start and end <= row.end]
    return min(held, key=lambda row: (row.end - row.start, -len(row.chain), row.start, row.id), default=None)


@cache
def _sources() -> tuple[tuple[str, Phrases], ...]:
    return tuple((group["kind"], Phrases({group["kind"]: group["words"]})) for group in data()["source"])


@cache
def _set(table: str) -> frozenset[str]:
    section, key = table.split(".")
    return frozenset(plain(word) for word in data()["speech"][section][key])


@dataclass(frozen=True, slots=True)
class _Voice:
    mention: Mention
    first: int
    last: int
    kind: str


class Speech:
    """Reads the sentences of one document in order; a verb without a speaker goes on with the one before."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.rows: dict[AttributionId, Attribution] = {}
        self._last: tuple[_Voice, ...] = ()
        self._last_paragraph = -9

    def read(self, sentence: Sentence, parties: Parties, verbs_of_harm: frozenset[int]) -> None:
        """Take in one sentence.

        Args:
            sentence: Its tokens.
            parties: The parties in it.
            verbs_of_harm: Tokens that tell of dead or wounded: they end a speaker's phrase ("أعلن الجيش مقتل …").
        """
        line = sentence.tokens
        index, cited = 0, False
        while index < len(line):
            made = self._cited(sentence, index, parties, verbs_of_harm)
            if made:
                cited = True
            index = made or index + 1
        self._according(sentence, parties)
        if not cited:
            self._label(sentence, parties)

    # --- "X said that" --------------------------------------------------------------------------------------------

    def _cited(self, sentence: Sentence, index: int, parties: Parties, harm: frozenset[int]) -> int:
        line = sentence.tokens
        hit = phrases("speech.verb").at(line, index)
        if hit is None or hit.definite or not set(hit.stem.clitics) <= set("وف") or index in harm:
            return 0
        if index and line[index - 1].plain in {"ما", "كما", "لم", "لن"}:
            return 0  # "بحسب ما ذكر": read as "according to"
        opened = self._opened(line, hit.last, harm)
        if opened is None:
            return 0
        stop, content, direct = opened
        voices = self._voices(line, hit.last, stop, parties, cites=hit.value == "cites")
        alone = hit.stem.word in {plain(word) for word in data()["speech"]["alone"]["words"]}
        inherited = False
        if not voices:
            before = self._before(line, index, parties)
            voices = (before,) if before is not None and not alone else ()
            if not voices:
                if not self._last or sentence.paragraph - self._last_paragraph > 1:
                    voices = ()
                else:
                    voices, inherited = self._last, True
        end = _content_end(line, content, direct)
        if end <= content:
            return 0
        self._row(line, content, end, voices, hit.first, hit.last, hit.value, direct=direct, inherited=inherited)
        if voices:
            self._last, self._last_paragraph = voices, sentence.paragraph
        return content

    def _opened(self, line: Sequence[Token], index: int, harm: frozenset[int]) -> tuple[int, int, bool] | None:
        """Return where the speaker's phrase stops, where the words said begin, and whether marks hold them."""
        depth = 0
        for at in range(index, min(len(line), index + FARTHEST_THAT)):
            token = line[at]
            if token.text in _QUOTES and depth == 0:
                close = next((n for n in range(at + 1, len(line)) if line[n].text == _QUOTES[token.text]), len(line))
                if close - at > 4 or at == index:
                    return at, at + 1, True
                depth = close
            if depth and at <= depth:
                continue
            depth = 0
            hit = phrases("speech.that").at(line, at) if at not in harm else None
            if hit is not None and hit.value == "words" and not hit.stem.clitics:
                return at, hit.last, False
            if token.text == ":":
                quoted = at + 1 < len(line) and line[at + 1].text in _QUOTES
                return at, at + 1 + quoted, quoted
            if at in harm:
                # "أعلن الجيش مقتل جنديين", "نفت الوزارة سقوط قتلى", "تحدث ناشطون عن مقتل".
                start = at - 1 if at > index and line[at - 1].plain in {"سقوط", "وجود", "اي", "عن", "وقوع"} else at
                return start, at, False
        return None

    def _voices(
        self, line: Sequence[Token], first: int, stop: int, parties: Parties, *, cites: bool
    ) -> tuple[_Voice, ...]:
        """Return carriers and speaker that stand between the verb and the words said, the outermost first."""
        carriers: list[_Voice] = []
        at = first
        while at < stop:
            # "لوكالة الأناضول": to whom it was said carries it.
            told = self._told_to(line, at, stop, parties)
            if told is not None:
                carriers.append(told)
                at = told.last
                continue
            break
        end = _speaker_end(line, at, stop, parties)
        speaker = self._voice(line, at, end, parties)
        rest = end
        while rest < stop and phrases("speech.unnamed.words").at(line, rest) is None:
            told = self._told_to(line, rest, stop, parties)
            if told is not None:
                carriers.append(told)
                rest = told.last
                continue
            if line[rest].plain in {"عن", "نقلا"}:
                begin = rest + (2 if line[rest].plain == "نقلا" else 1)
                inner_end = _speaker_end(line, begin, stop, parties)
                inner = self._voice(line, begin, inner_end, parties)
                if inner is not None:
                    if speaker is not None:
                        carriers.append(speaker)
                    speaker = inner
                    rest = inner_end
                    continue
            rest += 1
        if speaker is not None and cites and not carriers and speaker.first == first:
            # "نقل المرصد أن": who passes on without a source named speaks for itself.
            return (speaker,)
        return (*carriers, speaker) if speaker is not None else tuple(carriers)

    def _told_to(self, line: Sequence[Token], at: int, stop: int, parties: Parties) -> _Voice | None:
        whole = next((s for s in stems(line[at].text) if s.clitics == "ل" and not s.article), None)
        if whole is None:
            return None
        outlet = phrases("speech.outlet.words").at(line, at)
        party = parties.at.get(at)
        if party is not None and party[1].kind == "source":
            return _Voice(party[1], at, min(party[0], stop), self._kind(line, at, party[0], party[1]))
        if outlet is None or outlet.stem.clitics != "ل" or outlet.definite:
            return None
        last = min(at + 2, stop)
        while last < stop and line[last].plain.startswith("ال") and last - at < 4:
            last += 1
        mention = self._mention(line[at].start + whole.skip, line[last - 1].end, "outlet", named=True)
        return _Voice(mention, at, last, "outlet")

    def _before(self, line: Sequence[Token], index: int, parties: Parties) -> _Voice | None:
        """Return a speaker that stands right before the verb: "المتحدث باسم الجيش قال إن"."""
        first = index
        while first > 0 and index - first < 8 and line[first - 1].kind != "sign" and first - 1 not in parties.at:
            first -= 1
        if first > 0 and first - 1 in parties.at:
            first -= 1
        for at in range(first, index):
            if self._kind_at(line, at) or at in parties.at:
                return self._voice(line, at, index, parties)
        return None

    # --- "according to X" ---------------------------------------------------------------------------------------------

    def _according(self, sentence: Sentence, parties: Parties) -> None:
        line = sentence.tokens
        for index in range(len(line)):
            hit = phrases("speech.according").at(line, index)
            if hit is None or hit.value != "words" or not set(hit.stem.clitics) <= set("وف"):
                continue
            if any(row.cue_start is not None and row.cue_start <= line[index].start < (row.cue_end or 0) for row in self.rows.values()):  # fmt: skip
                continue
            end = _speaker_end(line, hit.last, len(line), parties)
            voice = self._voice(line, hit.last, end, parties, glued="ل")
            if voice is None or self._inside_chain(voice):
                continue
            at_start = index <= 1 or (line[index - 1].text == "،" and not _words(line[: index - 1]))
            first, last = (0, index)
            if at_start:
                first, last = end, len(line)
            while first < last and line[first].kind == "sign" and line[first].text not in _QUOTES:
                first += 1
            while last > first and line[last - 1].kind == "sign":
                last -= 1
            if not _words(line[first:last]):
                continue
            self._row(line, first, last, (voice,), index, hit.last, "words")
            self._last, self._last_paragraph = (voice,), sentence.paragraph

    def _inside_chain(self, voice: _Voice) -> bool:
        return any(
            row.source_start is not None and row.chain and voice.mention.id in row.chain and row.cue_start is not None
            and row.cue_start < voice.mention.start < row.start for row in self.rows.values()
        )  # fmt: skip

    # --- "X: …" -------------------------------------------------------------------------------------------------------

    def _label(self, sentence: Sentence, parties: Parties) -> None:
        line = sentence.tokens
        colon = next((n for n, token in enumerate(line[:9]) if token.text == ":"), 0)
        if not colon or colon + 2 >= len(line):
            return
        if not (self._kind_at(line, 0) or 0 in parties.at):
            return
        voice = self._voice(line, 0, colon, parties)
        if voice is not None:
            self._row(line, colon + 1, _trimmed(line, colon + 1, len(line)), (voice,), colon, colon + 1, "words")
            self._last, self._last_paragraph = (voice,), sentence.paragraph

    # --- speakers -----------------------------------------------------------------------------------------------------

    def _voice(self, line: Sequence[Token], first: int, end: int, parties: Parties, glued: str = "") -> _Voice | None:
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
            return _Voice(mention, first, end, kind)
        kind = self._kind_at(line, first) or self._any_kind(line, first, end)
        start = line[first].start
        if glued or held is not None or self._kind_at(line, first):
            start += self._prefix(line, first, glued)
        head = bare(plain(self.pool.document.text[start : line[first].end]))
        named = head in {bare(word) for word in _set("named.words")} and (end - first > 1)
        because = ""
        if end + 1 < len(line):
            at = end + (line[end].kind == "sign")
            hit = phrases("speech.unnamed.words").at(line, at)
            if hit is not None:
                stop = next((n for n in range(at, len(line)) if line[n].text in "،,." or line[n].plain in _set("that.words")), len(line))  # fmt: skip
                because = self.pool.document.text[line[at].start : line[stop - 1].end]
        mention = self._mention(start, line[end - 1].end, kind or "unknown", named=named, because=because)
        return _Voice(mention, first, end, kind or "unknown")

    def _prefix(self, line: Sequence[Token], index: int, glued: str) -> int:
        """Return the code points of "ل" or "و" before a speaker's first word, where it is no part of the word."""
        for clitics in ("ل", "ول") if glued else ("و",):
            found = next((s for s in stems(line[index].text) if s.clitics == clitics and not s.article), None)
            if found is not None and (glued or self._kind_at(line, index)):
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

    def _kind_at(self, line: Sequence[Token], index: int) -> str:
        """Return the kind of source whose words start at a token; the longest words decide, then the order."""
        found = [
            (-(hit.last - hit.first), number, kind)
            for number, (kind, table) in enumerate(_sources())
            if (hit := table.at(line, index)) is not None and set(hit.stem.clitics) <= set("ول")
        ]
        return min(found)[2] if found else ""

    def _any_kind(self, line: Sequence[Token], first: int, end: int) -> str:
        return next((kind for at in range(first, end) if (kind := self._kind_at(line, at))), "")

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _row(
        self, line: Sequence[Token], first: int, last: int, voices: Sequence[_Voice], cue: int, cue_last: int,
        value: str, *, direct: bool = False, inherited: bool = False,
    ) -> None:  # fmt: skip
        text = self.pool.document.text
        start, end = line[first].start + _by(line[first]), line[last - 1].end
        speaker = voices[-1].mention if voices else None
        cue_words = text[line[cue].start : line[cue_last - 1].end]
        ident = AttributionId(content_id("a", self.pool.document.id, start, end, speaker.text if speaker else ""))
        self.rows[ident] = Attribution(
            id=ident,
            document=self.pool.document.id,
            start=start,
            end=end,
            quote=text[start:end],
            source=speaker.id if speaker else None,
            source_text=speaker.text if speaker else "",
            source_start=speaker.start if speaker else None,
            source_end=speaker.end if speaker else None,
            source_kind=(voices[-1].kind if voices else "unknown"),
            cue=cue_words,
            chain=tuple(voice.mention.id for voice in voices),
            cue_start=line[cue].start,
            cue_end=line[cue_last - 1].end,
            unnamed_because=speaker.unnamed_because if speaker else "",
            inherited=inherited,
            direct=direct,
            verdict="denied" if value == "denied" else "",
        )


def _by(token: Token) -> int:
    """Return the code points of "ب" before the words said: "أفاد بمقتل" says "مقتل"."""
    table = phrases("harm.noun")
    hit = table.at([token], 0)
    return hit.stem.skip if hit is not None and hit.stem.clitics == "ب" else 0


def _words(line: Sequence[Token]) -> bool:
    return any(token.kind in {"word", "number"} for token in line)


def _trimmed(line: Sequence[Token], first: int, last: int) -> int:
    while last > first and line[last - 1].kind == "sign":
        last -= 1
    return last


def _content_end(line: Sequence[Token], first: int, direct: bool) -> int:
    """Return the token behind the words said: the closing mark, a new verb of saying behind a comma, or the end."""
    if direct and first > 0:
        close = _QUOTES.get(line[first - 1].text, "")
        found = next((n for n in range(first, len(line)) if line[n].text == close), None)
        if found is not None:
            return found
    for at in range(first + 2, len(line)):
        comma = line[at - 1].text in {"،", ",", "؛"}
        if comma and phrases("speech.according").at(line, at) is not None:
            return _trimmed(line, first, at)
        # "…، مضيفا أن": what follows is said too, in a row of its own.
        alone = comma and bare(line[at].plain) in _set("alone.words")
        if alone:
            return _trimmed(line, first, at)
        verb = phrases("speech.verb").at(line, at)
        if verb is not None and verb.value == "denied" and line[at].plain.startswith("و"):
            return _trimmed(line, first, at)
    return _trimmed(line, first, len(line))


def _speaker_end(line: Sequence[Token], first: int, stop: int, parties: Parties) -> int:
    """Return the token behind a speaker's phrase that starts at ``first``."""
    held = parties.at.get(first)
    at = held[0] if held is not None else first
    limit = min(stop, first + LONGEST_SPEAKER)
    while at < limit:
        token = line[at]
        if at > first and (token.kind == "sign" or token.plain in _set("ends.words")):
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
