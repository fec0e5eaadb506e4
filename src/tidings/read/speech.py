"""Reported speech: who says what, through whom."""

from __future__ import annotations

from collections.abc import Iterable

from tidings.model import Attribution, Mention
from tidings.read.index import MentionIndex
from tidings.read.page import Page

__all__ = ["find_attributions", "governing"]


def find_attributions(page: Page, index: MentionIndex) -> tuple[tuple[Attribution, ...], tuple[Mention, ...]]:
    """Return every stretch of reported speech of a page, and the mentions of its speakers.

    Args:
        page: The parsed document.
        index: Its mentions, found before.

    Returns:
        The attributions in the order of their content, and mentions that are new or replace the one with their id.
    """
    return (), ()


def governing(attributions: Iterable[Attribution], start: int, end: int) -> Attribution | None:
    """Return the attribution whose content holds code points ``start``..``end``, the innermost; None in the publisher's voice.

    Beliefs and intentions ("fears that", "plans to") do not govern: what is reported of a mind is the publisher's word.
    """
    held = [a for a in attributions if a.start <= start and end <= a.end and a.attitude == "speech"]
    return min(held, key=lambda a: (a.end - a.start, a.start, a.id), default=None)
