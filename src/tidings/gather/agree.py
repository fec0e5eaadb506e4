"""A second opinion on what of a web page is the report: two ways of finding it, and a sentence where they disagree.

The report is cut out by trafilatura (`webpage.py`), which looks at the page's structure. Here jusText looks at the same page
by density of links and of the language's small words (Pomikálek, "Removing Boilerplate and Duplicate Content from Web
Corpora", 2011). Nothing is changed by it: a person is told where to look.
"""

from __future__ import annotations

import re
from functools import cache

from tidings.gather.language import language_of
from tidings.gather.webpage import DEEPEST, Page

__all__ = ["disagreement"]

LEAST_WORDS = 40
"""Words by which the two must differ before it is said: a caption or a byline is no disagreement."""
LEAST_SHARE = 0.25
"""And the part of the longer reading that these words make."""
MOST_BLOCKS = 1500
"""Lines of a page up to which the second finder is asked: its time grows with their square (half a second for so many)."""
RUN = 3
_WORD = re.compile(r"\w+")
_LISTS = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "ru": "Russian", "uk": "Ukrainian", "ar": "Arabic",
    "tr": "Turkish", "fa": "Persian", "pt": "Portuguese", "it": "Italian", "nl": "Dutch", "pl": "Polish", "sr": "Serbian",
    "he": "Hebrew", "sw": "Swahili", "ka": "Georgian", "hy": "Armenian", "az": "Azerbaijani", "ku": "Kurdish",
}  # fmt: skip


@cache
def _small_words(language: str) -> frozenset[str]:
    import justext

    name = _LISTS.get(language, "")
    known = justext.get_stoplists()
    return frozenset(justext.get_stoplist(name)) if name in known else frozenset()


def disagreement(source: str, page: Page, kept: str) -> str:
    """Return a sentence where a second reading of the page finds much more or much less of it to be the report.

    Args:
        source: The page's decoded source.
        page: The page as taken apart.
        kept: The words that were taken for the report.
    """
    second = _second(source, page, kept)
    if second is None:
        return ""
    ours = [_WORD.findall(line.casefold()) for line in kept.splitlines()]
    theirs = [_WORD.findall(line.casefold()) for line in second]
    our_lines = {" ".join(line) for line in ours}
    their_lines = {" ".join(line) for line in theirs}
    total = max(1, sum(map(len, ours)), sum(map(len, theirs)))
    if sum(map(len, theirs)) < LEAST_WORDS:
        # On a short page the second finds next to nothing to judge by, and says nothing.
        return ""
    more = [line for line in theirs if line and " ".join(line) not in our_lines]
    less = [line for line in ours if line and " ".join(line) not in their_lines]
    missed, doubted = _least(more, ours), _least(less, theirs)
    if missed >= LEAST_WORDS and missed >= LEAST_SHARE * total:
        opening = " ".join(
            next(line for line in second if " ".join(_WORD.findall(line.casefold())) not in our_lines).split()[:8]
        )
        return f"Two ways of finding the report on the page disagree: the second takes {missed} words more for it, from “{opening} …” on."
    if doubted >= LEAST_WORDS and doubted >= LEAST_SHARE * total:
        return f"Two ways of finding the report on the page disagree: the second takes {doubted} of its words for the page's own."
    return ""


def _least(lines: list[list[str]], others: list[list[str]]) -> int:
    """Return how many words stand in ``lines`` whose runs of three the other reading does not hold, however it breaks lines."""
    whole = [word for line in others for word in line]
    runs = set(zip(whole, whole[1:], whole[2:], strict=False))
    single = set(whole)

    def held(line: list[str]) -> bool:
        if len(line) < RUN:
            return single.issuperset(line)
        return runs.issuperset(zip(line, line[1:], line[2:], strict=False))

    return sum(len(line) for line in lines if not held(line))


def _second(source: str, page: Page, kept: str) -> list[str] | None:
    """Return the paragraphs that jusText keeps, or None where it cannot be asked."""
    if len(page.blocks) > MOST_BLOCKS or page.deepest >= DEEPEST:
        return None
    import justext

    small = _small_words(language_of(kept) or page.said.get("language", ""))
    low, high = (0.30, 0.32) if small else (0.0, 0.0)
    try:
        found = justext.justext(
            source.encode("utf-8", "replace"), small, encoding="utf-8", stopwords_low=low, stopwords_high=high
        )
    except Exception:
        # Whatever a hostile page brings about inside it, the page was read already.
        return None
    return [paragraph.text for paragraph in found if not paragraph.is_boilerplate]
