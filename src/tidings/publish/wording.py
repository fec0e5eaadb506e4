"""Words of reports as a copy shows them: names replaced, unknown names cut, long quotations shortened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tidings.publish.hidden import Hidden
from tidings.publish.pieces import Piece, pieces
from tidings.publish.plain import forms

__all__ = ["LEFT_OUT", "Words"]

LEFT_OUT = "[words left out]"
"""What stands where a quotation is left out: never an empty one, so that every quotation still has its place."""
_SHORT = 240
_REMEMBERED = 100_000
"""Words up to so many letters are cut once, and so many answers are kept: the same ones come again and again."""
_NAME = "[name]"
_MAYBE = "[…]"
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_GAP = re.compile(r"\[…\](?:[\s'’\-]*\[…\])+")
_INITIALS_BEFORE = re.compile(r"(?<![\w.])(?:[^\W\d_]\.[ \u00a0])+\Z")
_INITIAL_AFTER = re.compile(r"[ \u00a0][^\W\d_]\.(?!\w)")
_MOST_UNCASED = 0.25
"""Part of the letters in a script without capitals from which on nobody can tell names from words in a quotation."""


class Words:
    """Rewrites words.

    Args:
        hidden: What must not be shown.
        called: What to write for an entity that is hidden, by its id.
        vocabulary: Plain forms of words that may stand with a capital: of places, parties, days, offices.
        small: Plain forms of words that reports also write in small letters.
        unknown: Whether capitals that belong to nothing known are cut.
        uncased: Whether quotations in scripts without capitals are shown at all.
        longest: Code points of the longest quotation; 0 for no limit.
    """

    def __init__(
        self,
        hidden: Hidden,
        called: Mapping[str, str],
        *,
        vocabulary: frozenset[str] = frozenset(),
        small: frozenset[str] = frozenset(),
        unknown: bool = True,
        uncased: bool = False,
        longest: int = 0,
    ) -> None:
        self.hidden = hidden
        self._called = called
        self._vocabulary = vocabulary | forms("days") | forms("bodies") | forms("openers")
        self._small = small
        self._unknown = unknown
        self._uncased = uncased
        self._longest = longest
        self._known: dict[tuple[str, bool], tuple[str, bool]] = {}

    def quote(self, text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]] = ()) -> tuple[str, str]:
        """Return a stretch of a text as the copy shows it, and what was done to it ("" for nothing).

        Args:
            text: The whole text.
            start: Where the stretch begins, in code points.
            end: One past its end.
            marks: Stretches of the text that stand for somebody hidden, with what to write there.
        """
        words = text[start:end]
        if not self._uncased and _uncased_part(words) > _MOST_UNCASED:
            return LEFT_OUT, "quotation left out"
        out: list[str] = []
        at = start
        done = False
        for first, last, name in _apart(marks, start, end):
            out += [self.cut(text[at:first], opens=at == start)[0], f"[{name}]"]
            done = True
            at = last
        out.append(self.cut(text[at:end], opens=at == start)[0])
        result = _GAP.sub(_MAYBE, "".join(out))
        done = done or result != words
        short = self.shorten(result)
        if not short.strip(" …"):
            return LEFT_OUT, "quotation left out"
        what = "quotation shortened" if short != result else ""
        return short, "names cut in quotation" + (" and shortened" if what else "") if done else what

    def cut(self, words: str, *, opens: bool = True) -> tuple[str, bool]:
        """Return words with names cut, and whether any was.

        Args:
            words: Words of a report.
            opens: Whether a sentence begins with them, where capitals say nothing.
        """
        if len(words) > _SHORT:
            return self._cut(words, opens=opens)
        held = self._known.get((words, opens))
        if held is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            held = self._known[words, opens] = self._cut(words, opens=opens)
        return held

    def _cut(self, words: str, *, opens: bool) -> tuple[str, bool]:
        out: list[str] = []
        at = 0
        for hit in self.hidden.find(words):
            # What is left of a name beside the part that was found goes too: "O. Haddad", "Omar H."
            named = hit.secret.what in {"part", "name"}
            before = words[at : hit.start]
            out.append(self._unknowns(_INITIALS_BEFORE.sub("", before) if named else before, opens=opens and at == 0))
            name = self._called.get(hit.secret.whose, "") if hit.secret.what != "part" else ""
            out.append(f"[{name}]" if name else _NAME)
            after = _INITIAL_AFTER.match(words, hit.end) if named else None
            at = after.end() if after else hit.end
        out.append(self._unknowns(words[at:], opens=opens and at == 0))
        result = "".join(out)
        return result, result != words

    def sentence(self, words: str, names: Mapping[str, str]) -> str:
        """Return a sentence that Tidings made, with names replaced and what it quotes cut.

        Args:
            words: The sentence.
            names: What each name or description in it becomes.
        """
        if self._unknown:
            words = _QUOTED.sub("“…”", words)
        for old in sorted(names, key=lambda name: (-len(name), name)):
            if old and old in words:
                words = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", names[old].replace("\\", ""), words)
        out: list[str] = []
        at = 0
        for hit in self.hidden.find(words):
            out += [words[at : hit.start], self._called.get(hit.secret.whose, "") or _NAME]
            at = hit.end
        return "".join([*out, words[at:]])

    def shorten(self, words: str) -> str:
        """Return words cut to the longest quotation allowed, between two words."""
        if not self._longest or len(words) <= self._longest:
            return words
        cut = words[: self._longest - 2]
        blank = max(cut.rfind(" "), cut.rfind("\n"))
        # A mark such as [Person …] is not cut in two.
        cut = cut[:blank] if blank > 0 else cut
        if cut.rfind("[") > cut.rfind("]"):
            cut = cut[: cut.rfind("[")]
        return f"{cut.rstrip()} …"

    def _unknowns(self, words: str, *, opens: bool) -> str:
        """Return words without the capitals that may be names that no reader found."""
        if not self._unknown:
            return words
        out: list[str] = []
        at = 0
        for piece in pieces(words):
            begins = piece.opens if piece.start or opens else False
            if piece.capital and not self._allowed(piece, begins):
                out += [words[at : piece.start], _MAYBE]
                at = piece.end
        return "".join([*out, words[at:]])

    def _allowed(self, piece: Piece, begins: bool) -> bool:
        if piece.form in self._vocabulary or piece.form.rstrip("s") in self._vocabulary:
            return True
        loud = len(piece.text) > 1 and piece.text.isupper()
        return (begins or loud) and piece.form in self._small


def _apart(marks: Sequence[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the marks that touch a stretch, cut to it, the longer one where two overlap."""
    inside = [(max(first, start), min(last, end), name) for first, last, name in marks if first < end and last > start]
    kept: list[tuple[int, int, str]] = []
    for first, last, name in sorted(inside, key=lambda mark: (mark[0] - mark[1], mark[0])):
        if all(last <= other[0] or first >= other[1] for other in kept):
            kept.append((first, last, name))
    return sorted(kept)


def _uncased_part(words: str) -> float:
    letters = [sign for sign in words if sign.isalpha()]
    bare = sum(not (sign.isupper() or sign.islower() or sign.istitle()) for sign in letters)
    return bare / len(letters) if letters else 0.0
