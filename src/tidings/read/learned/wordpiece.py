"""Words to word pieces, as the network's makers cut them: small letters, no accents, the longest known piece first.

Source: the WordPiece scheme of BERT (Devlin et al. 2019, https://arxiv.org/abs/1810.04805), its uncased English vocabulary.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

__all__ = ["UNKNOWN", "pieces"]

UNKNOWN = "[UNK]"
LONGEST = 100
"""Code points of a word; a longer one is not cut but unknown, as in the original."""


def _plain(word: str) -> str:
    """Return a word in small letters without accents and control signs."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in parts if unicodedata.category(sign) not in {"Mn", "Cc", "Cf"})


def _cut(word: str) -> list[str]:
    """Return the runs of letters of a word and its marks, one by one."""
    found: list[str] = []
    fresh = True
    for sign in word:
        if sign.isspace():
            fresh = True
        elif not (sign.isalnum()) and (unicodedata.category(sign)[0] in "PS"):
            found.append(sign)
            fresh = True
        elif fresh:
            found.append(sign)
            fresh = False
        else:
            found[-1] += sign
    return found


def pieces(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    """Return the numbers of the pieces of one word; at least one, that of :data:`UNKNOWN` where nothing is known.

    Args:
        word: A word as it stands in a text.
        vocabulary: The pieces with their numbers; those inside a word begin with "##".
    """
    found: list[int] = []
    for run in _cut(_plain(word)):
        start, inside = 0, []
        while start < len(run) and len(run) <= LONGEST:
            end = len(run)
            mark = "##" if start else ""
            while end > start and mark + run[start:end] not in vocabulary:
                end -= 1
            if end == start:
                break
            inside.append(vocabulary[mark + run[start:end]])
            start = end
        found.extend(inside if inside and start == len(run) else [vocabulary[UNKNOWN]])
    return found or [vocabulary[UNKNOWN]]
