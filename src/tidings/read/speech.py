"""Reported speech: who says what, through whom.

Cues in the parse (``cues.py``) and quotation marks (``quotes.py``) give the stretches; ``speech_chains.py`` says whose they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tidings.model import Attribution, AttributionId, Mention, content_id
from tidings.read.cues import Frame, find_cues
from tidings.read.index import MentionIndex
from tidings.read.page import Page, Paragraph, place
from tidings.read.quotes import Quotation, scan
from tidings.read.speech_chains import Link, Speakers
from tidings.read.speech_content import tidy
from tidings.read.speech_labels import find_labels
from tidings.read.speech_lexicon import speech_words
from tidings.read.speech_sources import Voice

__all__ = ["find_attributions", "governing"]


def find_attributions(page: Page, index: MentionIndex) -> tuple[tuple[Attribution, ...], tuple[Mention, ...]]:
    """Return every stretch of reported speech of a page, and the mentions of its speakers.

    Args:
        page: The parsed document.
        index: Its mentions, found before.

    Returns:
        The attributions in the order of their content, and mentions that are new or replace the one with their id.
    """
    return _Reader(page, index).read()


def governing(attributions: Iterable[Attribution], start: int, end: int) -> Attribution | None:
    """Return the attribution whose content holds code points ``start``..``end``, the innermost; None in the publisher's voice.

    Ask with the span of what happened (a claim's trigger): a clause may begin before the words that are said.

    Beliefs and intentions ("fears that", "plans to") do not govern: what is reported of a mind is the publisher's word.
    """
    held = [a for a in attributions if a.start <= start and end <= a.end and a.attitude == "speech"]
    return min(held, key=lambda a: (a.end - a.start, -len(a.chain), a.start, a.id), default=None)


@dataclass(slots=True)
class _Said:
    """One frame on its way to becoming attributions."""

    frame: Frame
    depth: int = 0
    direct: bool = False
    voice: Voice | None = None
    links: tuple[Link, ...] = ()
    because: str = ""


class _Reader:
    """Reads one page, paragraph by paragraph."""

    def __init__(self, page: Page, index: MentionIndex) -> None:
        self.page = page
        self.speakers = Speakers(page, index)
        self.quotations: defaultdict[int, list[Quotation]] = defaultdict(list)
        for quotation in scan(page.text, [(p.start, p.end) for p in page.paragraphs]):
            if _is_speech(page, quotation):
                self.quotations[quotation.paragraph].append(quotation)
        self.rows: list[Attribution] = []
        self.last: Attribution | None = None
        self.last_links: tuple[Link, ...] = ()
        self.last_paragraph = -10
        self.first = self.before = 0
        self.whys: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def read(self) -> tuple[tuple[Attribution, ...], tuple[Mention, ...]]:
        for paragraph in self.page.paragraphs:
            self._paragraph(paragraph)
        unique = {row.id: row for row in self.rows}
        rows = sorted(unique.values(), key=lambda row: (row.start, row.end, row.source_start or -1, row.id))
        mentions = sorted(self.speakers.made.values(), key=lambda mention: (mention.start, mention.end, mention.id))
        return tuple(rows), tuple(mentions)

    # --- one paragraph ------------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Paragraph) -> None:
        own = self.quotations[paragraph.index]
        near = (*own, *self.quotations[paragraph.index + 1])
        # What a paragraph says can reach into the next one, no further.
        self.first, self.before = self.before, len(self.rows)
        said = [_Said(frame) for sentence in paragraph.sentences for frame in find_cues(sentence.tokens, near)]
        said += [_Said(frame) for frame in find_labels(self.page, paragraph, near, self.speakers.index)]
        for each in said:
            self._snap(each, near)
        said = sorted(_shared_out(said), key=lambda each: place(each.frame.head)[0])
        for each in said:
            each.depth = sum(
                _holds(other.frame, place(each.frame.head)[0])
                for other in said
                if other is not each and other.frame.attitude == "speech"
            )
        loose = [q for q in own if not any(_covers(each, q) for each in said)]
        hidden = {id(each) for each in said if any(q.holds(place(each.frame.head)[0]) for q in loose)}
        for each in said:
            if not each.depth and id(each) not in hidden:
                self._say(each, paragraph, None)
        for quotation in loose:
            self._inherit(quotation, paragraph)
        for each in sorted(said, key=lambda s: s.depth):
            if each.depth or id(each) in hidden:
                position = place(each.frame.head)[0]
                around = governing(self.rows[self.first :], position, position + 1)
                if around is not None and each.frame.attitude in {"belief", "intention"}:
                    # "He says he hopes to return": whose mind it is, is part of what he says.
                    continue
                self._say(each, paragraph, self._links_of(around))

    def _links_of(self, row: Attribution | None) -> tuple[Link, ...] | None:
        if row is None:
            return None
        made = self.speakers.made
        return tuple(Link(made[mention], made[mention].source_kind) for mention in row.chain if mention in made) or None

    def _snap(self, said: _Said, near: Sequence[Quotation]) -> None:
        """Let content that lies in a quotation, or runs into one, take in the whole of it."""
        head = place(said.frame.head)[0]
        snapped = []
        for start, end in said.frame.content:
            for quotation in near:
                if quotation.holds(head):
                    continue
                shared = min(end, quotation.end) - max(start, quotation.start)
                if shared <= 0:
                    continue
                said.direct = said.direct or shared >= 0.6 * (end - start)
                if quotation.stops and start >= quotation.outer_start and end > quotation.outer_end:
                    # “It is over,” he said before he left: what follows the quotation is not said.
                    end = quotation.end
                start, end = min(start, quotation.start), max(end, quotation.end)
            snapped.append((start, end))
        said.frame.content = _apart(snapped)

    def _say(self, said: _Said, paragraph: Paragraph, outer: tuple[Link, ...] | None) -> None:
        said.voice, said.links = self.speakers.follow(said.frame, paragraph.index, outer)
        sentence = said.frame.head.sent
        offset = said.frame.head.doc.user_data["offset"]
        start, end = offset + sentence.start_char, offset + sentence.end_char
        position = place(said.frame.head)[0]
        if said.frame.attitude != "speech" and any(low <= position < high for low, high in self._whys(start, end)):
            # "Because they feared reprisals": a reason to stay unnamed, no belief to record.
            return
        said.because = self._unnamed(said, start, end)
        for start, end in said.frame.content:
            row = self._row(said, start, end)
            if row is None or _about_anonymity(row):
                continue
            self.rows.append(row)
            if outer is None and row.attitude == "speech":
                self.last, self.last_links, self.last_paragraph = row, said.links, paragraph.index

    def _whys(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where a sentence says why somebody stays unnamed; each sentence is searched once."""
        if (start, end) not in self.whys:
            found = [
                m.span() for pattern in speech_words().unnamed for m in pattern.finditer(self.page.text, start, end)
            ]
            self.whys[start, end] = found
        return self.whys[start, end]

    def _unnamed(self, said: _Said, start: int, end: int) -> str:
        voice = said.voice
        if voice is None or (voice.how == "name" and voice.person):
            return ""
        cue = place(said.frame.cue[0])[0]
        for low, high in self._whys(start, end):
            if not _holds(said.frame, low):
                because = self.page.text[low : cue if low < cue < high else high].strip(" ,")
                said.voice = self.speakers.because(voice, because)
                return because
        known = self.speakers.made.get(said.links[-1].mention.id) if said.links else None
        return known.unnamed_because if known else ""

    def _row(self, said: _Said, start: int, end: int) -> Attribution | None:
        start, end = tidy(self.page.text, start, end)
        if start >= end:
            return None
        voice, frame = said.voice, said.frame
        cue_start, cue_end = place(frame.cue[0])[0], place(frame.cue[-1])[1]
        text = voice.text if voice else ""
        chain = tuple(link.mention.id for link in said.links if not link.publisher)
        return Attribution(
            id=AttributionId(content_id("a", self.page.document.id, start, end, text)),
            document=self.page.document.id,
            start=start,
            end=end,
            quote=self.page.text[start:end],
            source=voice.mention.id if voice else None,
            source_text=text,
            source_start=voice.start if voice else None,
            source_end=voice.end if voice else None,
            source_kind=(said.links[-1].kind if said.links and voice else voice.kind if voice else "unknown"),
            cue=" ".join(token.text for token in frame.cue),
            chain=chain,
            cue_start=cue_start,
            cue_end=cue_end,
            unnamed_because=said.because,
            direct=said.direct,
            verdict=frame.verdict,
            attitude=frame.attitude,
        )

    def _inherit(self, quotation: Quotation, paragraph: Paragraph) -> None:
        """Give a free-standing quotation the speaker before it; failing that, the one after it in its paragraph."""
        if not (quotation.begins or quotation.continues):
            return
        spoken = [
            row
            for row in self.rows[self.before :]
            if row.attitude == "speech"
            and paragraph.start <= (row.cue_start or 0) < paragraph.end
            and not row.inherited
        ]
        before = [row for row in spoken if (row.cue_start or 0) < quotation.start]
        source = before[-1] if before else spoken[0] if spoken else None
        if source is None and self.last is not None and paragraph.index - self.last_paragraph <= 2:
            source = self.last
        if source is None:
            return
        start, end = tidy(self.page.text, quotation.start, quotation.end)
        if start >= end:
            return
        row = replace(
            source,
            id=AttributionId(content_id("a", self.page.document.id, start, end, source.source_text)),
            start=start,
            end=end,
            quote=self.page.text[start:end],
            inherited=True,
            direct=True,
            verdict="",
            cue="",
            cue_start=None,
            cue_end=None,
        )
        self.rows.append(row)
        self.last, self.last_paragraph = row, paragraph.index


def _shared_out(said: list[_Said]) -> list[_Said]:
    """Leave each quotation to one cue: a cue whose clause it is, else the nearest."""
    kept = []
    for each in said:
        if each.frame.rule in {"quotation", "passive_quote"}:
            each.frame.content = [piece for piece in each.frame.content if not _taken(each, piece, said)]
        if each.frame.content:
            kept.append(each)
    return kept


def _taken(each: _Said, piece: tuple[int, int], said: list[_Said]) -> bool:
    own = _gap(each, piece)
    for other in said:
        head = place(other.frame.head)[0]
        if other is each or piece[0] <= head < piece[1] or other.frame.attitude == "belief":
            continue
        shared = any(
            min(end, piece[1]) - max(start, piece[0]) > 0.5 * (piece[1] - piece[0])
            for start, end in other.frame.content
        )
        if shared and (other.frame.rule not in {"quotation", "passive_quote"} or _gap(other, piece) < own):
            return True
    return False


def _gap(said: _Said, piece: tuple[int, int]) -> int:
    start, end = place(said.frame.cue[0])[0], place(said.frame.cue[-1])[1]
    return max(piece[0] - end, start - piece[1], 0)


def _holds(frame: Frame, position: int) -> bool:
    return any(start <= position < end for start, end in frame.content)


def _covers(said: _Said, quotation: Quotation) -> bool:
    return any(min(end, quotation.end) > max(start, quotation.start) for start, end in said.frame.content)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _about_anonymity(row: Attribution) -> bool:
    words = f"{row.cue} {row.quote}"
    return any(pattern.match(words) for pattern in speech_words().unnamed)


_LEAST_WORDS = 4


def _is_speech(page: Page, quotation: Quotation) -> bool:
    """Tell speech from scare quotes: speech is some words long, or ends like a sentence, or begins one."""
    words = page.text[quotation.start : quotation.end].split()
    ends = page.text[quotation.end - 1 : quotation.end] in {".", "!", "?", ",", "…"}
    return len(words) >= _LEAST_WORDS or (ends and quotation.begins)
