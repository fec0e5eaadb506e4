"""Reports that close a sentence, or run on over its semicolon: told by the words where the parse fails.

The parser reads "Some 130,000 people fled, OCHA estimates." as one noun phrase, and hangs "…, and residents spent the night
outside" on the verb of saying. The order of the words is plainer: a comma, somebody who can speak, a verb of saying, and then the
sentence ends or another clause begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.page import place
from tidings.read.speech_content import is_verb, pieces
from tidings.read.speech_frames import Frame, cue_words
from tidings.read.speech_lexicon import speech_words
from tidings.read.speech_verbs import is_reporter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

__all__ = ["closing", "run_on"]

_LONGEST_SPEAKER = 12
"""Tokens between the comma and the verb: "the region's deputy police chief Colonel Amina Yusuf"."""
_LONGEST_TAIL = 9
"""Tokens between the verb and the end of its clause: "said in a message from Aden on Monday"."""
_NOT_SPEAKERS = frozenset({"ADP", "SCONJ", "CCONJ", "VERB", "AUX", "PART"})
_GOES_ON = frozenset({"and", "but", "while", "as", "though", "although", "after", "when", "because"})


def closing(sentence: Stretch, frames: Sequence[Frame]) -> Frame | None:
    """Return the report that stands behind its content where no rule over the parse has found it.

    Example: "Two bridges were blown up, the railway operator says".
    """
    doc, forms = sentence.doc, speech_words().report_forms
    heads = {frame.head.i for frame in frames}
    for verb in reversed(list(sentence)):
        if verb.lower_ not in forms or verb.i in heads or verb.i < sentence.start + 4:
            continue
        if not _ends_here(verb, sentence.end):
            continue
        comma = _comma_before(verb, sentence.start)
        if comma is None:
            continue
        speaker = doc[comma + 1 : verb.i]
        if not _may_speak(speaker):
            continue
        said = doc[sentence.start : comma]
        if any(frame.head.i in range(sentence.start, comma) and frame.attitude == "speech" for frame in frames):
            continue
        if not any(is_verb(token) or token.tag_ == "VBN" for token in said):
            continue
        content = pieces(said, least_words=3)
        if content:
            return Frame("closing", verb, cue_words(verb), speaker.root, content, outside=list(doc[comma : verb.i + 4]))
    return None


def _ends_here(verb: Token, end: int) -> bool:
    """Whether the sentence ends soon after a verb of saying, or another clause begins there."""
    last = verb.i + 1
    while last < end and last - verb.i <= _LONGEST_TAIL and not verb.doc[last].is_punct:
        if verb.doc[last].tag_ in {"VBD", "VBZ", "VBP", "MD"} or verb.doc[last].lower_ == "that":
            return False
        last += 1
    if last - verb.i > _LONGEST_TAIL:
        return False
    if last >= end or verb.doc[last].text in {".", ";", "…", "!", "—", "–"}:
        return True
    after = verb.doc[last + 1] if last + 1 < end else None
    return verb.doc[last].text == "," and after is not None and (after.lower_ in _GOES_ON or after.tag_ == "VBG")


def _comma_before(verb: Token, start: int) -> int | None:
    """The comma behind which the speaker is named; one that closes an apposition is none."""
    at = verb.i - 1
    while at > start and verb.i - at <= _LONGEST_SPEAKER:
        if verb.doc[at].text == "," and verb.i - at > 1:
            return at
        at -= 1
    return None


def _may_speak(speaker: Stretch) -> bool:
    root, first = speaker.root, speaker[0]
    if first.pos_ in _NOT_SPEAKERS or first.tag_ in {"VBG", "VBN"} or root.pos_ not in {"NOUN", "PROPN", "PRON", "ADJ"}:
        return False
    if any(token.tag_ in {"VBD", "VBZ", "VBP", "MD", "WDT", "WP"} or token.is_quote for token in speaker):
        return False
    return is_reporter(root) or root.pos_ == "PROPN" or root.tag_ == "NNS" or first.lower_ in {"a", "an", "one"}


def run_on(sentence: Stretch, frames: Sequence[Frame]) -> None:
    """Let what somebody says go on over a semicolon or colon, up to the end of the sentence or the next report.

    "The chief said 400 had left; three were killed by mines on Sunday": both are the chief's. A rest that reports somebody
    else's words, or begins with "but", is left to the publisher.
    """
    doc = sentence.doc
    offset = doc.user_data["offset"]
    heads = [frame.head.i for frame in frames]
    for frame in frames:
        if frame.attitude != "speech" or frame.rule not in {"clause", "according_to"} or not frame.content:
            continue
        start, end = frame.content[-1]
        if end <= place(frame.head)[0] or any(low > frame.head.i for low in heads):
            continue
        more = _and_more(sentence, end)
        if more:
            frame.content[-1] = (start, more)
            continue
        marks = [token for token in sentence if token.text in {";", ":"} and place(token)[0] >= end - 1]
        if not marks or marks[0].i + 3 >= sentence.end or doc[marks[0].i + 1].lower_ in {"but", "“", '"'}:
            continue
        between = doc.text[end - offset : marks[0].idx].strip()
        rest = doc[marks[0].i + 1 : sentence.end]
        if between or any(token.is_quote for token in rest) or not any(is_verb(token) for token in rest):
            continue
        last = max((token for token in rest if not token.is_punct), key=lambda token: token.i)
        frame.content[-1] = (start, place(last)[1])


def _and_more(sentence: Stretch, end: int) -> int:
    """Where a fragment with a number ends that is set behind what is said: "said 50 were dead, 150 wounded"; 0 for none."""
    rest = [token for token in sentence if place(token)[0] >= end]
    while rest and rest[-1].is_punct:
        rest.pop()
    if len(rest) < _LEAST_MORE or rest[0].text != "," or not (rest[1].like_num or rest[1].lower_ in _COUNTS):
        return 0
    if len(rest) > _MOST_MORE or any(
        token.tag_ in {"VBZ", "VBP", "MD", "WDT", "WP"} or token.is_quote for token in rest
    ):
        return 0
    return place(rest[-1])[1]


_LEAST_MORE, _MOST_MORE = 3, 10
_COUNTS = frozenset({"some", "about", "dozens", "scores", "hundreds", "several", "another", "at"})
