"""Finding what must not be shown, in any text: names in every spelling known, their parts, descriptions.

What rewrites a text and what proves afterwards that nothing survived look through the same eyes, so neither lets pass what the
other would find. A word that is also the whole name of a kept place, party or official cannot be hidden by looking for the
word; it is cut where the record knows that it stands for the person, and :attr:`Hidden.shared` says which words these are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tidings.publish.pieces import Piece, form_of, inflects, pieces, variants
from tidings.publish.plain import forms
from tidings.text.skeleton import skeleton

__all__ = ["Hidden", "Hit", "Secret"]

_LONGEST = 40
"""Pieces of a text that are looked at together: the longest name, each sign a piece, has fewer."""
_SHORT = 240
_KEPT = 200_000
"""Texts up to so many letters are looked through once; so many answers are kept: names and closed words come again and again."""
_HEADS = (2, 5, 9)
"""Letters after which it is looked whether any name begins so."""
_SPREAD = 6
"""Letters that a name has at least to be found where it is spread over more pieces than it has ("A h m a d")."""
_SURE = 8
"""Letters from which on a whole name is found in small letters too ("omar haddad")."""
_PART = 3
"""Letters of the shortest part of a name that is looked for by itself."""
_PART_UNCASED = 4
"""The same in scripts without capitals, where nothing tells a name from a word: Arabic writes "on" as it writes Ali."""
_CONSONANTS = 6
"""Consonants that a whole name has at least to be found in another spelling by its consonants."""
_PHRASE = 3
"""Words of the shortest description that is looked for by itself; where "two doctors" stands elsewhere it is no secret."""


_MOST_INITIALS = 4
_HOURS = frozenset({"am", "pm"})
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.[ \u00a0-]?){1,3}[^\W\d_]\.?(?!\w)")

_bones_of = lru_cache(maxsize=65536)(skeleton)


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that must not be shown.

    ``what``: name, part, place, phrase. ``whose`` is the entity that they stand for; empty where it may be one of several.
    """

    words: str
    what: str
    whose: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a secret stands in a text."""

    start: int
    end: int
    secret: Secret


class Hidden:
    """Looks for secrets.

    Args:
        names: Names that must not be shown, with the entity each stands for.
        phrases: Descriptions that must not be shown, likewise.
        kept: Names that are shown: places, parties, outlets, officials.
        whole: Names of places and parties that must not be shown: looked for as a whole, never by their parts.
        common: Words that reports write in small letters: no part of a name is looked for by such a word.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        phrases: Iterable[tuple[str, str]] = (),
        kept: Iterable[str] = (),
        *,
        whole: Iterable[tuple[str, str]] = (),
        common: frozenset[str] = frozenset(),
    ) -> None:
        self._common = common
        keep = [(words, list(pieces(words))) for words in dict.fromkeys(kept)]
        self._kept = {_joined(held) for _, held in keep if held}
        self._whole: dict[str, Secret] = {}
        self._parts: dict[str, Secret] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], Secret]]] = {}
        self._bones: dict[tuple[str, ...], Secret] = {}
        self._bare: dict[str, Secret] = {}
        self._initials: dict[str, Secret] = {}
        self.shared: set[str] = set()
        for words, whose in names:
            self._add_name(words, whose)
        for words, whose in whole:
            held = list(pieces(words))
            key = _joined(held)
            if key in self._kept or (len(held) == 1 and (_too_short(held[0]) or self._is_word(key))):
                self.shared.add(words)
            elif len(held) > 1:
                self._whole.setdefault(key, Secret(words, "place", whose))
            elif held:
                self._parts.setdefault(key, Secret(words, "place", whose))
        for words, whose in phrases:
            held = list(pieces(words))
            if len(held) >= _PHRASE:
                self._whole.setdefault(_joined(held), Secret(words, "phrase", whose))
        self._kept -= set(self._whole)
        self._heads = {key[:size] for key in (*self._whole, *self._kept) for size in _HEADS}
        self._most = min(_LONGEST, max((len(key) for key in (*self._whole, *self._kept)), default=1))
        self._first_bones = {key[0] for key in self._bones}
        self._found: dict[str, list[Hit]] = {}
        self._sizes = sorted({len(key) for key in self._bones}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._whole or self._parts)

    @property
    def secrets(self) -> list[Secret]:
        """All words looked for, whole names and phrases first."""
        return [*self._whole.values(), *self._parts.values()]

    def _add_name(self, words: str, whose: str) -> None:
        held = list(pieces(words))
        whole = _joined(held)
        telling = [piece for piece in held if piece.form not in forms("particles")]
        if not telling or len(whole) < 2:
            return
        if whole in self._kept or (len(telling) == 1 and telling[0].form in self._kept):
            self.shared.add(words)
            return
        single = len(held) == 1
        if single and (_too_short(held[0]) or self._is_word(whole)):
            self.shared.add(words)
            return
        secret = Secret(words, "part" if single else "name", whose)
        if single:
            self._parts.setdefault(whole, secret)
        else:
            self._whole.setdefault(whole, secret)
            self._add_spellings(telling, secret)
            self._add_initials(telling, secret)
        for piece in telling:
            if _too_short(piece) or piece.form.isdigit() or self._is_word(piece.form):
                continue
            if piece.form in self._kept:
                self.shared.add(piece.text)
                continue
            part = self._parts.setdefault(piece.form, Secret(piece.text, "part", ""))
            if inflects(piece.text) and len(_stem(piece.form)) >= _PART_UNCASED:
                self._bare.setdefault(_stem(piece.form), part)

    def _add_initials(self, telling: Sequence[Piece], secret: Secret) -> None:
        """Reports hide a name behind its letters ("O.H."), and whoever knows the family reads them."""
        capitals = [piece for piece in telling if piece.capital]
        initials = "".join(piece.form[:1] for piece in capitals)
        if 2 <= len(initials) <= _MOST_INITIALS and initials not in self._kept and initials not in _HOURS:
            self._initials.setdefault(initials, secret)

    def _is_word(self, form: str) -> bool:
        return form in self._common or any(form in forms(name) for name in ("bodies", "days", "openers", "sources"))

    def _add_spellings(self, telling: Sequence[Piece], secret: Secret) -> None:
        stems = tuple(_stem(piece.form) for piece in telling)
        if len(stems) > 1 and all(len(stem) > 1 for stem in stems) and any(piece.capital for piece in telling):
            self._stems.setdefault(stems[0], []).append((stems, secret))
        bones = tuple(_bones_of(piece.text) for piece in telling)
        if len(bones) > 1 and sum(map(len, bones)) >= _CONSONANTS and all(len(bone) > 1 for bone in bones):
            self._bones.setdefault(bones, secret)

    def find(self, text: str) -> list[Hit]:
        """Return where secrets stand in a text, from left to right, none over another; a longer one wins."""
        if len(text) > _SHORT:
            return self._find(text)
        if text not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> list[Hit]:
        held = list(pieces(text))
        taken: list[tuple[int, int, Secret | None]] = []
        at = 0
        while at < len(held):
            found = self._at(held, at)
            if found is None:
                at += 1
                continue
            count, secret = found
            taken.append((at, at + count, secret))
            at += count
        hits = [
            Hit(held[first].start, held[last - 1].end, secret) for first, last, secret in taken if secret is not None
        ]
        return self._with_initials(text, hits)

    def _with_initials(self, text: str, hits: list[Hit]) -> list[Hit]:
        """Return hits and, where no hit stands, the letters of a name with a full stop behind each."""
        more = []
        for found in _INITIALS.finditer(text) if self._initials else ():
            secret = self._initials.get(form_of("".join(sign for sign in found.group() if sign.isalpha())))
            if secret is not None and all(hit.end <= found.start() or hit.start >= found.end() for hit in hits):
                more.append(Hit(found.start(), found.end(), secret))
        return sorted([*hits, *more], key=lambda hit: hit.start) if more else hits

    def _at(self, held: Sequence[Piece], at: int) -> tuple[int, Secret | None] | None:
        """Return how many pieces from ``at`` on are a secret, or a kept name (None), the longest first."""
        best: tuple[int, Secret | None] | None = None
        for form in variants(held[at].form):
            joined = form
            for count in range(1, min(self._most, len(held) - at) + 1):
                if count > 1:
                    joined += held[at + count - 1].form
                if len(joined) > 1 and any(joined[:size] not in self._heads for size in _HEADS if len(joined) >= size):
                    break
                secret = self._whole.get(joined)
                if secret is not None and _counts(held[at], joined, count) and (not best or count > best[0]):
                    best = (count, secret)
                elif joined in self._kept and (not best or count > best[0]):
                    best = (count, None)
        best = self._spelled(held, at, best)
        if best is None:
            part = self._part(held[at])
            best = None if part is None else (1, part)
        return best

    def _spelled(
        self, held: Sequence[Piece], at: int, best: tuple[int, Secret | None] | None
    ) -> tuple[int, Secret | None] | None:
        """Return a longer hit where the pieces are a whole name with other endings, or with other vowels."""
        form = held[at].form
        for cut in range(4):
            for stems, secret in self._stems.get(form[: len(form) - cut] if cut else form, ()):
                count = self._follows(held, at, stems)
                if count and (best is None or count > best[0]):
                    best = (count, secret)
        if form in forms("particles") or _bones_of(held[at].text) not in self._first_bones:
            return best
        places = [at]
        for place in range(at + 1, min(len(held), at + _LONGEST)):
            if held[place].form not in forms("particles"):
                places.append(place)
            if len(places) == self._sizes[0]:
                break
        for size in self._sizes:
            if len(places) < size or not any(held[place].capital is not False for place in places[:size]):
                continue
            secret_found = self._bones.get(tuple(_bones_of(held[place].text) for place in places[:size]))
            count = places[size - 1] - at + 1
            if secret_found is not None and (best is None or count > best[0]):
                best = (count, secret_found)
        return best

    @staticmethod
    def _follows(held: Sequence[Piece], at: int, stems: Sequence[str]) -> int:
        """Return how many pieces the stems take up from ``at`` on, particles between them counted; 0 where they do not follow."""
        place = at
        for stem in stems:
            while place < len(held) and place > at and held[place].form in forms("particles"):
                place += 1
            if place >= len(held):
                return 0
            form = held[place].form
            if not form.startswith(stem) or len(form) - len(stem) > 3:
                return 0
            place += 1
        return place - at

    def _part(self, piece: Piece) -> Secret | None:
        """Return the part of a name that a piece is; in prose it has to begin with a capital where the script has any."""
        if piece.capital is False and not piece.pathlike:
            return None
        for form in variants(piece.form):
            if form in self._parts:
                return self._parts[form]
        form = piece.form
        for cut in (1, 2, 3):
            rest, ending = form[: len(form) - cut], form[len(form) - cut :]
            if len(rest) < _PART or (len(rest) < _PART_UNCASED and ending != "s"):
                break
            known = ending in forms("endings") or inflects(piece.text)
            if known and rest in self._parts:
                return self._parts[rest]
            if inflects(piece.text) and rest in self._bare:
                return self._bare[rest]
        return None


def _too_short(piece: Piece) -> bool:
    """Return whether a part of a name is too short to be looked for by itself.

    A sign of a script without spaces is no part that means anything. Letters are counted as written: folding leaves the
    consonants alone in scripts that write vowels as marks.
    """
    if piece.capital is None:
        return len(piece.text) < _PART_UNCASED
    return len(piece.form) < _PART


def _counts(first: Piece, joined: str, count: int) -> bool:
    """Return whether pieces that spell a whole name stand for it; short ones in small letters are common words."""
    if len(joined) < _SURE and first.capital is False and not first.pathlike:
        return False
    return count > 1 or len(joined) >= _SPREAD


def _joined(held: Sequence[Piece]) -> str:
    return "".join(piece.form for piece in held)


def _stem(form: str) -> str:
    """Return a folded word without the vowels that it ends in, where enough is left."""
    bare = form.rstrip("aeiouy'")
    return bare if len(bare) > 2 else form
