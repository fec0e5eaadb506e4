"""Arabic: a small reader for attributions, places and casualties. ``reader()`` is what :func:`tidings.read.readers` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidings.model import Reader
    from tidings.read.lexicon import Lexicon

__all__ = ["reader"]


def reader(lexicon: Lexicon) -> Reader:
    """Return the reader for Arabic.

    Args:
        lexicon: The parties of the wars, which are the same in every language.
    """
    from tidings.read.ar.arabic import ArabicReader

    return ArabicReader(lexicon)
