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

from tidings.model import Attribution, AttributionId, content_id
from tidings.read.ar.parties import Parties
from tidings.read.ar.pool import Pool
from tidings.read.ar.speakers import LONGEST_SPEAKER, Speakers, Voice, speaker_end, words_of
from tidings.read.ar.tokens import Sentence, Token, bare, plain
from tidings.read.ar.words import data, phrases

__all__ = ["Speech", "governing"]

FARTHEST_THAT = 26
"""Tokens between the verb and "that": a speaker with a title, a name and a place takes some 20."""
_QUOTES = {"«": "»", "“": "”", '"': '"', "”": "“"}


def governing(rows: Iterable[Attribution], start: int, end: int) -> Attribution | None:
    """Return the innermost attribution whose content holds a stretch, or None in the publisher's voice."""
    held = [row for row in rows if row.start <= start and end <= row.end]
    return min(held, key=lambda row: (row.end - row.start, -len(row.chain), row.start, row.id), default=None)


class Speech:
    """Reads the sentences of one document in order; a verb without a speaker goes on with the one before."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._speakers = Speakers(pool)
        self.rows: dict[AttributionId, Attribution] = {}
        self._last: tuple[Voice, ...] = ()
        self._last_paragraph = -9
        self._here: list[Attribution] = []

    def read(self, sentence: Sentence, parties: Parties, verbs_of_harm: frozenset[int]) -> None:
        """Take in one sentence.

        Args:
            sentence: Its tokens.
            parties: The parties in it.
            verbs_of_harm: Tokens that tell of dead or wounded: they end a speaker's phrase ("أعلن الجيش مقتل …").
        """
        line = sentence.tokens
        self._here = []
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
        accused = phrases("speech.accuse.verbs").at(line, index)
        if accused is not None and not accused.definite and set(accused.stem.clitics) <= set("وف"):
            return self._accused(sentence, accused.last, parties)
        hit = phrases("speech.verb").at(line, index)
        if hit is None or hit.definite or not set(hit.stem.clitics) <= set("وف") or index in harm:
            return 0
        if index and line[index - 1].plain in {"ما", "كما", "لم", "لن"}:
            return 0  # "بحسب ما ذكر": read as "according to"
        opened = self._opened(line, hit.last, harm, cites=hit.value == "cites")
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

    def _accused(self, sentence: Sentence, first: int, parties: Parties) -> int:
        """Read "اتهم X Y بقتل …": what Y is said to have done is the word of X."""
        line = sentence.tokens
        second = next((at for at in sorted(parties.at) if first < at < first + LONGEST_SPEAKER), None)
        if second is None or second + 1 >= len(line):
            return 0
        voice = self._speakers.voice(line, first, speaker_end(line, first, second, parties), parties)
        if voice is None:
            return 0
        self._row(line, second, _content_end(line, second, direct=False), (voice,), first - 1, first, "said")
        self._last, self._last_paragraph = (voice,), sentence.paragraph
        return second

    def _opened(
        self, line: Sequence[Token], index: int, harm: frozenset[int], *, cites: bool
    ) -> tuple[int, int, bool] | None:
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
            if hit is not None and not hit.stem.clitics:
                return at, hit.last, False
            if token.text == ":":
                quoted = at + 1 < len(line) and line[at + 1].text in _QUOTES
                return at, at + 1 + quoted, quoted
            if at in harm and not cites and any(line[n].plain in {"عن", "الذي", "التي"} for n in range(index, at - 1)):
                return None  # "أعلنت مسؤوليتها عن الهجوم الذي …": what is announced is not the harm
            if at in harm:
                # "أعلن الجيش مقتل جنديين", "نفت الوزارة سقوط قتلى", "تحدث ناشطون عن مقتل".
                start = at - 1 if at > index and line[at - 1].plain in {"سقوط", "وجود", "اي", "عن", "وقوع"} else at
                return start, at, False
        return None

    def _voices(
        self, line: Sequence[Token], first: int, stop: int, parties: Parties, *, cites: bool
    ) -> tuple[Voice, ...]:
        """Return carriers and speaker that stand between the verb and the words said, the outermost first."""
        carriers: list[Voice] = []
        at = first
        while at < stop:
            # "لوكالة الأناضول": to whom it was said carries it.
            told = self._speakers.told_to(line, at, stop, parties)
            if told is not None:
                carriers.append(told)
                at = told.last
                continue
            break
        end = speaker_end(line, at, stop, parties)
        speaker = self._speakers.voice(line, at, end, parties)
        rest = end
        while rest < stop:
            if phrases("speech.unnamed.words").at(line, rest) is not None:
                # Why a source is unnamed is told up to the next comma and names nobody.
                rest = next((at for at in range(rest, stop) if line[at].kind == "sign"), stop)
                continue
            told = self._speakers.told_to(line, rest, stop, parties)
            if told is not None:
                carriers.append(told)
                rest = told.last
                continue
            if line[rest].plain in {"عن", "نقلا"}:
                begin = rest + (2 if line[rest].plain == "نقلا" else 1)
                inner_end = speaker_end(line, begin, stop, parties)
                inner = self._speakers.voice(line, begin, inner_end, parties)
                if inner is not None and inner.kind != "unknown":
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

    def _before(self, line: Sequence[Token], index: int, parties: Parties) -> Voice | None:
        """Return a speaker that stands right before the verb: "المتحدث باسم الجيش قال إن"."""
        first = index
        while first > 0 and index - first < 8 and line[first - 1].kind != "sign" and first - 1 not in parties.at:
            first -= 1
        if first > 0 and first - 1 in parties.at:
            first -= 1
        for at in range(first, index):
            if self._speakers.kind_at(line, at) or at in parties.at:
                return self._speakers.voice(line, at, index, parties)
        return None

    # --- "according to X" ---------------------------------------------------------------------------------------------

    def _according(self, sentence: Sentence, parties: Parties) -> None:
        line = sentence.tokens
        for index in range(len(line)):
            hit = phrases("speech.according").at(line, index)
            if hit is None or hit.value != "words" or not set(hit.stem.clitics) <= set("وف"):
                continue
            if any(row.cue_start is not None and row.cue_start <= line[index].start < (row.cue_end or 0) for row in self._here):  # fmt: skip
                continue
            end = speaker_end(line, hit.last, len(line), parties)
            voice = self._speakers.voice(line, hit.last, end, parties, glued="ل")
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

    def _inside_chain(self, voice: Voice) -> bool:
        return any(
            row.source_start is not None and row.chain and voice.mention.id in row.chain and row.cue_start is not None
            and row.cue_start < voice.mention.start < row.start for row in self._here
        )  # fmt: skip

    # --- "X: …" -------------------------------------------------------------------------------------------------------

    def _label(self, sentence: Sentence, parties: Parties) -> None:
        line = sentence.tokens
        colon = next((n for n, token in enumerate(line[:9]) if token.text == ":"), 0)
        if not colon or colon + 2 >= len(line):
            return
        if not (self._speakers.kind_at(line, 0) or 0 in parties.at):
            return
        voice = self._speakers.voice(line, 0, colon, parties)
        if voice is not None:
            self._row(line, colon + 1, _trimmed(line, colon + 1, len(line)), (voice,), colon, colon + 1, "words")
            self._last, self._last_paragraph = (voice,), sentence.paragraph

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _row(
        self, line: Sequence[Token], first: int, last: int, voices: Sequence[Voice], cue: int, cue_last: int,
        value: str, *, direct: bool = False, inherited: bool = False,
    ) -> None:  # fmt: skip
        text = self.pool.document.text
        start, end = line[first].start + _by(line[first]), line[last - 1].end
        speaker = voices[-1].mention if voices else None
        cue_words = text[line[cue].start : line[cue_last - 1].end]
        ident = AttributionId(content_id("a", self.pool.document.id, start, end, speaker.text if speaker else ""))
        row = Attribution(
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
        self.rows[ident] = row
        self._here.append(row)


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
        if comma and phrases("speech.breaks.words").at(line, at) is not None:
            return _trimmed(line, first, at)
        # "…، مضيفا أن": what follows is said too, in a row of its own.
        alone = comma and bare(line[at].plain) in words_of("alone.words")
        if alone:
            return _trimmed(line, first, at)
        verb = phrases("speech.verb").at(line, at)
        if verb is not None and verb.value == "denied" and line[at].plain.startswith("و"):
            return _trimmed(line, first, at)
    return _trimmed(line, first, len(line))
