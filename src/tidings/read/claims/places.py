"""Where: the places that some words name, and which of them are the most specific."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.index import MentionIndex
from tidings.read.page import Page
from tidings.read.triggers import TriggerLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["PlacesOfPage", "one_each"]

_TYPES = "quarters?|districts?|neighbou?rhoods?|areas?|villages?|suburbs?|streets?|camps?|regions?|towns?|city|province"
_WHOLE = "(?:the )?(?:\\w+ )?(?:(?:province|region|state|city|district|governorate|department|county|countryside|town|suburbs?) of )?"
_LIES_IN = re.compile(
    rf"\)?,? (?:(?:{_TYPES})\s)?(?:(?:with)?in|on) {_WHOLE}"  # "Tawila in North Darfur"
    rf"| (?:{_TYPES}) of {_WHOLE}"  # "Salihin and Fardos quarters of Aleppo"
    r"|, (?:in )?(?:the )?(?:\w+ern|rural|central) "  # "Khan Touman, southern Aleppo"
)
"""What stands between a place and the one it lies in."""
_SAID_NEAR = re.compile(
    r" near (?:the )?|,? also in (?:the )?|,? on the (?:outskirts|edge) of (?:the )?(?:(?:city|town) of )?"
    r"|,? an? (?:[\w-]+ ){0,3}(?:village|town|suburb|community|city|settlement|hamlet|neighbou?rhood|district|area|camp|port)"
    r"(?: [^,.;]{1,45})? (?:near|of|in|outside|between) (?:the )?(?:(?:capital|city|town)(?: of|,)? )?"
)
"""What stands between a place and the better known one that helps to find it: "X, a village near Y"."""
_WITHIN = re.compile(r"[\u2019']s (?:\w+ ){0,2}")
"""What stands between a place and one inside it: "Nigeria's northeastern Borno"."""
_OF_KIND = re.compile(rf"(?:\w+ )?(?:{_TYPES}) of ", re.IGNORECASE)
"""How a place begins that the name right before it holds: "the Rakhine township of Minbya"."""
_AREA_TOWN = re.compile(r"(?:[\w\u2019'-]+ ){1,4}(?:village|town|township|city|hamlet|enclave) of (?:the )?")
"""What stands between an area and a settlement in it: "the West Bank village of Idna"."""
NEAR = 25
"""Characters that may stand between an area and the settlement in it, beyond the area's own."""
SETTLEMENTS = frozenset({"city", "town", "village", "neighbourhood"})
_COMPASS = re.compile(r"(?:north|south|east|west|rural|central)\w* ", re.IGNORECASE)
_OF = re.compile(rf",? of {_WHOLE}")
BROAD = frozenset({"country", "province", "region", "governorate", "admin1", "state"})
DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest km kilometer kilometers kilometre kilometres mile miles".split()
)
PARTY = frozenset({"actor", "person"})


def one_each(mentions: Iterable[Mention], index: MentionIndex) -> list[Mention]:
    """Return the mentions with one of each referent, in order, the first kept."""
    seen: set[str] = set()
    kept = []
    for mention in mentions:
        last = index.antecedent(mention)
        key = last.lexicon or (last.core or last.text).casefold()
        if key not in seen:
            seen.add(key)
            kept.append(mention)
    return kept


class PlacesOfPage:
    """The places of one page, asked by the words that name them."""

    def __init__(self, page: Page, index: MentionIndex, triggers: TriggerLexicon) -> None:
        self.page = page
        self.index = index
        self.triggers = triggers
        self._paragraph_starts = [paragraph.start for paragraph in page.paragraphs]
        self._places = [mention for mention in index.all if mention.kind == "place"]
        self._place_starts = [mention.start for mention in self._places]
        self._longest_place = max((mention.end - mention.start for mention in self._places), default=0)

    def tokens_of(self, mention: Mention) -> list[Token]:
        """Return the parsed words of a mention, in order; none where it lies outside of what was parsed."""
        at = bisect_right(self._paragraph_starts, mention.start) - 1
        if at < 0:
            return []
        paragraph = self.page.paragraphs[at]
        words = paragraph.parsed.char_span(
            mention.start - paragraph.start, mention.end - paragraph.start, alignment_mode="expand"
        )
        return list(words) if words is not None else []

    def places_among(self, tokens: Sequence[Token]) -> list[Mention]:
        """Return the places named by some words, in order, leaving out names that are part of a party's name."""
        if not tokens:
            return []
        offset: int = tokens[0].doc.user_data["offset"]
        spots = {token.idx + offset: token for token in tokens}
        order = sorted(spots)
        found: list[Mention] = []
        measured: list[Mention] = []
        last = spots[order[-1]]
        for held in self._between(order[0], order[-1] + len(last.text)):
            inside = order[bisect_left(order, held.start) : bisect_left(order, held.end)]
            if not inside or any(other.start <= held.start and held.end <= other.end for other in found):
                continue
            actor = self.index.of(spots[inside[0]], kinds=PARTY)
            named = actor is not None and actor.start <= held.start and held.end <= actor.end
            if actor is not None and named and not self._lies_behind(actor, held):
                continue
            found.append(held)
            if self._measured_from([spots[spot] for spot in inside]):
                measured.append(held)
        return [held for held in found if held not in measured] or found

    def measured(self, mention: Mention) -> bool:
        """Return whether a place only says where another lies ("65 km west of X")."""
        return self._measured_from(self.tokens_of(mention))

    def _between(self, start: int, end: int) -> list[Mention]:
        """Return the place mentions that touch a stretch, the longer first of those that begin together."""
        low = bisect_left(self._place_starts, start - self._longest_place)
        high = bisect_left(self._place_starts, end)
        return [held for held in self._places[low:high] if held.end > start]

    @staticmethod
    def _measured_from(words: Sequence[Token]) -> bool:
        """Whether a place only says where another lies: "south-west of Hasakah", "10 kilometres from the port"."""
        for token in words:
            root = token
            while root.dep_ in {"appos", "compound"} and root.head.pos_ in {"NOUN", "PROPN"} and root.head.i != root.i:
                if root.head.lower_.replace("-", "") in DIRECTIONS or root.head.ent_type_ == "PERSON":
                    break
                root = root.head  # "north of the capital, Katmandu"
            if root.dep_ == "pobj" and root.head.lower_ in {"of", "from", "to"}:
                anchor = root.head.head
                return anchor.lower_ in DIRECTIONS or anchor.lower_.replace("-", "") in DIRECTIONS
        return False

    @staticmethod
    def _lies_behind(actor: Mention, held: Mention) -> bool:
        """Whether the place only follows the party inside one long mention ("residents of Aden")."""
        return held.start - actor.start > 4 and held.end == actor.end and " of " in actor.text

    def finest(self, places: Sequence[Mention]) -> list[Mention]:
        """Return the most specific of some places: none that another is said to lie in, or to be measured from."""
        coarse: set[str] = {
            other.id for one, other in pairwise(sorted(places, key=lambda held: held.start)) if self._inside(one, other)
        }
        holding = {
            one.id for one, other in pairwise(sorted(places, key=lambda held: held.start)) if self._holds(one, other)
        }
        coarse |= holding
        for mention in places:
            if mention.id in holding:
                continue  # "the Borno village of X" is no village in X, as its words are read elsewhere
            last = self.index.antecedent(mention)
            if last is mention and mention.how != "name":
                continue  # "the hill near Dara", not known: Dara is all there is
            for cue in (mention.cue, last.cue):
                if cue is not None:
                    coarse.update(str(other) for other in (cue.parent, cue.anchor) if other is not None)
        kept = []
        for mention in places:
            last = self.index.antecedent(mention)
            if (mention.id in coarse or last.id in coarse) and len(places) > 1:
                continue
            kept.append(mention)
        kinds = [self._kind(mention) for mention in kept]
        if any(kind and kind not in BROAD for kind in kinds) and any(kind in BROAD for kind in kinds):
            kept = [mention for mention, kind in zip(kept, kinds, strict=True) if kind not in BROAD]
        kept = kept or list(places)
        finer = [mention for mention in kept if self._kind(mention) != "country"]
        kept = finer if finer and len(finer) < len(kept) else kept
        if any(mention.how == "name" for mention in kept):
            kept = [mention for mention in kept if mention.how == "name"]
        return one_each(kept, self.index)

    def _holds(self, one: Mention, other: Mention) -> bool:
        """Whether the text says that the second place lies in the first: "Borno's Gwoza", "the Borno town of Gwoza"."""
        between = self.page.text[one.end : other.start]
        if _WITHIN.fullmatch(between) is not None or self._town_of(one, other):
            return True
        return between == " " and _OF_KIND.match(other.text) is not None

    def _town_of(self, one: Mention, other: Mention) -> bool:
        """Whether the second is named as a settlement in the first: "the West Bank village of Idna"."""
        words = self.page.text[one.start : other.start]
        name = (one.core or one.text).removeprefix("the ")
        near = len(words) < len(one.text) + NEAR and not words.lower().startswith(
            ("the town", "the city", "the village")
        )
        return near and not name.islower() and _AREA_TOWN.fullmatch(words.removeprefix("the ")) is not None

    def _inside(self, one: Mention, other: Mention) -> bool:
        """Whether the text says right away that one place lies in the other: "Tawila in North Darfur", "Aleppo's Salihin"."""
        between = self.page.text[one.end : other.start]
        if other.start <= one.end or self._town_of(one, other):
            return False
        if _SAID_NEAR.fullmatch(between) is not None:
            return True
        if _LIES_IN.fullmatch(between) is not None or (between == ", " and _COMPASS.match(other.text)):
            return True
        if between == ", " and self._kind(one) in SETTLEMENTS and self._kind(other) not in SETTLEMENTS:
            # "the town of Gwoza, Borno, …"; in a list of towns an "and" comes sooner or later
            behind = self.page.text[other.end : other.end + 40]
            return re.match(r"(?:,[^,.;]{0,30})? and ", behind) is None
        last = one.text.split()[-1].casefold()
        kind = self.triggers.is_a(last, "place") or self.triggers.is_a(last.rstrip("s"), "place")
        return kind and _OF.fullmatch(between) is not None

    def broad(self, mention: Mention) -> bool:
        """Return whether a place is a province or a country; what a report calls a region may be small."""
        return self._kind(mention) in BROAD - {"region"}

    def _kind(self, mention: Mention) -> str:
        last = self.index.antecedent(mention)
        for held in (mention, last):
            if held.cue is not None and held.cue.kind:
                return held.cue.kind
        return ""
