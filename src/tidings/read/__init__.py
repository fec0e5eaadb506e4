"""Documents to claims: sentences, mentions, speech, times, numbers, roles. ``readers()`` is the door."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tidings.read.brought import read_brought
from tidings.read.known import read_known

if TYPE_CHECKING:
    from tidings.model import Reader

__all__ = ["read_brought", "read_known", "readers"]


@cache
def readers(wars: tuple[Path, ...] = (), *, learned: bool = False) -> tuple[Reader, ...]:
    """Return every reader there is. One for another language is a folder and a line here: see docs/languages.md.

    Args:
        wars: Files or folders of a user's own war files, see :mod:`tidings.read.lexicon`.
        learned: Whether English is read with the learned network beside the rules, see :mod:`tidings.read.learned`.
    """
    from tidings.read import ar
    from tidings.read.english import EnglishReader
    from tidings.read.lexicon import Lexicon

    lexicon = Lexicon.load(wars)
    return (EnglishReader(lexicon, learned=learned), ar.reader(lexicon))
