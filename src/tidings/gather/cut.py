"""Cutting furniture out of a text so that nothing is lost: what is kept and what is cut give the original back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tidings.model import Removed, Span

__all__ = ["cut", "restore", "to_original"]


def cut(original: str, spans: Iterable[Span]) -> tuple[str, tuple[Removed, ...]]:
    """Return ``original`` without ``spans``, and what was cut.

    Spans may come in any order and may overlap; those that touch or overlap are cut as one piece. Empty spans cut
    nothing.

    Args:
        original: The decoded original.
        spans: Half-open code points of ``original``.
    """
    kept: list[str] = []
    removed: list[Removed] = []
    position = 0
    for span in _merged(spans):
        kept.append(original[position : span.start])
        removed.append(Removed(start=span.start, end=span.end, words=span.of(original)))
        position = span.end
    kept.append(original[position:])
    return "".join(kept), tuple(removed)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if not len(span):
            continue
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def restore(text: str, removed: Sequence[Removed]) -> str:
    """Return the decoded original that :func:`cut` was given.

    Args:
        text: A document's text.
        removed: What was cut out of it, in the order of the original.

    Raises:
        ValueError: The pieces do not fit together.
    """
    pieces: list[str] = []
    original_at = text_at = 0
    for piece in removed:
        keep = piece.start - original_at
        if keep < 0 or piece.end - piece.start != len(piece.words) or text_at + keep > len(text):
            msg = f"the piece removed at {piece.start}..{piece.end} does not fit the text"
            raise ValueError(msg)
        pieces += (text[text_at : text_at + keep], piece.words)
        text_at += keep
        original_at = piece.end
    pieces.append(text[text_at:])
    return "".join(pieces)


def to_original(offset: int, removed: Sequence[Removed]) -> int:
    """Return where code point ``offset`` of a document's text stands in the decoded original.

    Args:
        offset: A code point of the text.
        removed: What was cut out, in the order of the original.
    """
    # Before each cut, as many code points of the text stand as the original has there less all that was cut before.
    before: list[int] = []
    gone = [0]
    for piece in removed:
        before.append(piece.start - gone[-1])
        gone.append(gone[-1] + piece.end - piece.start)
    return offset + gone[bisect_right(before, offset)]
