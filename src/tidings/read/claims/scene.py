"""What the rules ask about a page: who a word stands for, which places and numbers lie in a stretch, what a noun is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tidings.model import Attribution, Mention, TimeWords
from tidings.read.index import MentionIndex
from tidings.read.numbers import Counted
from tidings.read.page import Page, Sentence, place
from tidings.read.roles import argument_path, expanded, surface_subjects, whose
from tidings.read.speech import governing
from tidings.read.triggers import TriggerLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Scene", "one_each"]

_TYPES = "quarters?|districts?|neighbou?rhoods?|areas?|villages?|suburbs?|streets?|camps?|regions?|towns?|city|province"
_WHOLE = "(?:the )?(?:\\w+ )?(?:(?:province|region|state|city|district|governorate|department|county|countryside|town|suburbs?) of )?"
_LIES_IN = re.compile(
    rf"\)?,? (?:(?:{_TYPES})\s)?(?:with)?in {_WHOLE}"  # "Tawila in North Darfur"
    rf"| (?:{_TYPES}) of {_WHOLE}"  # "Salihin and Fardos quarters of Aleppo"
    r"|, (?:in )?(?:the )?(?:\w+ern|rural|central) "  # "Khan Touman, southern Aleppo"
)
"""What stands between a place and the one it lies in."""
_COMPASS = re.compile(r"(?:north|south|east|west|rural|central)\w* ", re.I)
_OF = re.compile(rf",? of {_WHOLE}")
HELD = re.compile(r"(?:held|controlled|occupied|run|dominated|administered|ruled)\Z", re.I)
"""Participles that say who holds a place."""
BROAD = frozenset({"country", "province", "region", "governorate", "admin1", "state"})
PARTY = frozenset({"actor", "person"})
BEFORE_NOUN = frozenset({"poss", "compound", "amod", "nmod"})
FIRST_PERSON = frozenset({"we", "us", "our", "ours", "i", "me", "my"})
DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest km kilometer kilometers kilometre kilometres mile miles outside close near".split()
)
PEOPLE_PREFIX = "generic."
"""Lexicon ids that begin so name kinds of people ("generic.civilians"), not an armed party."""
UNARMED = frozenset({"generic.civilians", "generic.residents", "generic.people", "generic.children", "generic.women"})


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


class Scene:
    """One page with all that was found on it before the claims."""

    def __init__(
        self,
        page: Page,
        index: MentionIndex,
        attributions: Sequence[Attribution],
        times: Sequence[TimeWords],
        amounts: Sequence[Counted],
        triggers: TriggerLexicon,
    ) -> None:
        self.page = page
        self.index = index
        self.attributions = tuple(attributions)
        self.times = tuple(sorted(times, key=lambda time: (time.start, time.end)))
        self.amounts = tuple(sorted(amounts, key=lambda counted: (counted.start, counted.end)))
        self.triggers = triggers
        self._amount_starts = [counted.start for counted in self.amounts]
        self._time_starts = [time.start for time in self.times]
        self.bodies: dict[str, Mention] = {}
        """The body that a named person speaks for, by the person's folded name and last name."""
        self._by_head: dict[int, list[Counted]] = {}
        for counted in self.amounts:
            self._by_head.setdefault(counted.head_start, []).append(counted)

    # --- who ---------------------------------------------------------------------------------------------------------

    def mention(self, token: Token, kinds: Iterable[str] = PARTY) -> Mention | None:
        """Return the longest mention of one of ``kinds`` over a word."""
        return self.index.of(token, kinds=kinds)

    def parties(self, token: Token, depth: int = 0) -> list[Mention]:
        """Return the parties that a noun stands for: itself, or those it belongs to.

        "the army's positions" and "members of the brigade" stand for the army and the brigade; "the town" for nobody.
        """
        if token.lower_ in FIRST_PERSON:
            ours = self._speaker(token)
            if ours is not None:
                return [ours]
        held = self.mention(token)
        if held is not None and not (held.how == "pronoun" and self.index.antecedent(held) is held):
            return [self._owner_of_arms(token, held) or held]
        # "the mayor and the chief" may be one source mention elsewhere; a source acts too.
        speaker = self.mention(token, ("source",))
        if speaker is not None:
            return [speaker]
        if depth > 3 or token.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ", "X", "DET", "PRON", "VERB"}:
            return []
        if self.mention(token, ("place",)) is not None and not self.is_a(token, "positions"):
            return []
        found: list[Mention] = [party for word in whose(token) for party in self.parties(word, depth + 1)]
        if found:
            return found
        if self.is_people(token) and not self.is_a(token, "fighters"):
            return []  # "their owners", "his brother": whose they are is not who they are
        for child in token.children:
            if child.dep_ in BEFORE_NOUN:
                inner = self.mention(child)
                if inner is not None and self.index.antecedent(inner).kind in PARTY:
                    found.append(inner)
                elif child.dep_ == "poss":
                    found.extend(self.parties(child, depth + 1))
        if found:
            return found
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "from", "belonging", "among"}:
                for item in child.children:
                    if item.dep_ == "pobj":
                        found.extend(party for word in expanded(item) for party in self.parties(word, depth + 1))
        return found

    def _owner_of_arms(self, token: Token, held: Mention) -> Mention | None:
        """Return the party whose arms a mention names: the army of "army artillery", where both are mentions."""
        if held.how == "name" or not self.is_a(token, "arms"):
            return None
        inner = [
            other for other in self.index.within(held.start, held.end) if other.kind == "actor" and other.end < held.end
        ]
        return max(inner, key=lambda other: other.end - other.start, default=None)

    def _speaker(self, token: Token) -> Mention | None:
        """Return whom "we" and "our" stand for in reported speech: the speaker's body, else the speaker."""
        start, end = place(token)
        held = governing(self.attributions, start, end)
        if held is None or not held.chain:
            return None
        origin = self.index.antecedent(self.index[held.chain[-1]])
        key = (origin.core or origin.text).casefold()
        if token.lower_ in {"i", "me", "my"}:
            return origin
        return self.bodies.get(key) or self.bodies.get(key.split()[-1]) or origin

    def holders(self, noun: Token) -> list[Mention]:
        """Return who holds what a noun names, where the phrase says it: "rebel-held suburbs", "areas controlled by rebels"."""
        if not (self.is_place(noun) or self.is_a(noun, "positions")):
            return []
        found: list[Mention] = []
        for child in noun.children:
            if child.dep_ not in {"amod", "acl", "compound", "relcl", "nmod"} or not HELD.search(child.lower_):
                continue
            if child.dep_ in {"acl", "relcl"}:
                found.extend(self.all_parties(argument_path(child, "by")))
                continue
            for inner in child.lefts:
                held = self.mention(inner)
                if held is not None:
                    found.append(held)
            if not found and child.i >= 2:
                before = child.nbor(-2) if child.nbor(-1).text == "-" else child.nbor(-1)
                held = self.mention(before)
                if held is not None:
                    found.append(held)
        return one_each(found, self.index)

    def all_parties(self, tokens: Iterable[Token]) -> list[Mention]:
        """Return the parties of several words, one of each."""
        return one_each((party for token in tokens for party in self.parties(token)), self.index)

    def parties_within(self, start: int, end: int) -> list[Mention]:
        """Return the acting parties named inside a stretch, outermost mentions only, one of each."""
        found: list[Mention] = []
        for mention in self.index.within(start, end):
            if mention.kind in PARTY and not any(m.start <= mention.start and mention.end <= m.end for m in found):
                found.append(mention)
        return one_each(found, self.index)

    def speaks(self, party: Mention) -> bool:
        """Return whether a party stands in its sentence as the source of reported speech."""
        return any(
            held.source_start is not None
            and held.source_end is not None
            and party.start < held.source_end
            and held.source_start < party.end
            for held in self.attributions
        )

    def cites(self, party: Mention, sentence: Sentence, token: Token) -> bool:
        """Return whether a party is the source whose words these are, caught by the parse ("…, residents and an official said")."""
        start, _ = place(token)
        return any(
            held.start <= start < held.end
            and held.source_start is not None
            and held.source_end is not None
            and held.source_start >= sentence.start
            and party.start < held.source_end
            and held.source_start < party.end
            for held in self.attributions
        )

    def same(self, one: Mention, other: Mention) -> bool:
        """Return whether two mentions stand for the same, as far as the reader can tell."""
        return len(one_each((one, other), self.index)) == 1

    def armed(self, mention: Mention) -> bool:
        """Return whether a party is one that fights, as far as the lexicon tells."""
        last = self.index.antecedent(mention)
        if last.lexicon.startswith(PEOPLE_PREFIX) or mention.lexicon.startswith(PEOPLE_PREFIX):
            return False
        return last.kind == "actor"

    def unarmed(self, mention: Mention) -> bool:
        """Return whether a party is people of no party, as far as the lexicon tells."""
        return self.index.antecedent(mention).lexicon.startswith(PEOPLE_PREFIX)

    # --- what a noun is ----------------------------------------------------------------------------------------------

    def is_a(self, token: Token, name: str) -> bool:
        """Return whether a word's lemma is listed in a class of nouns."""
        return self.triggers.is_a(token.lemma_.lower(), name) or self.triggers.is_a(token.lower_, name)

    def is_place(self, token: Token) -> bool:
        """Return whether a word names a place or is a noun for one."""
        held = self.mention(token, ("place",))
        return held is not None or self.is_a(token, "place")

    def is_armed(self, token: Token) -> bool:
        """Return whether a word stands for fighters or an armed party."""
        if self.is_a(token, "fighters") or self.is_a(token, "body"):
            return True
        return any(self.armed(party) for party in self.parties(token)) and not self.is_people(token)

    def is_people(self, token: Token) -> bool:
        """Return whether a word stands for people who are no fighters."""
        held = self.mention(token)
        if held is not None and self.index.antecedent(held).lexicon.startswith(PEOPLE_PREFIX):
            return True
        if token.pos_ == "NUM" and held is None:
            return any(item.alone and item.kind == "count" for item in self.amounts_within(*place(token)))
        return self.is_a(token, "people") and not self.is_a(token, "fighters")

    # --- numbers -----------------------------------------------------------------------------------------------------

    def count_of(self, token: Token, kinds: Iterable[str] = ("count",)) -> Counted | None:
        """Return the number that counts a noun, or None."""
        start, end = place(token)
        wanted = set(kinds)
        for counted in self._by_head.get(start, ()):
            if counted.kind in wanted:
                return counted
        for counted in self.amounts_within(start, end):
            if counted.kind in wanted:
                return counted
        held = self.mention(token)
        if held is not None and token.dep_ != "compound":
            for counted in self.amounts_within(held.start, held.end):
                if counted.kind in wanted:
                    return counted
        for child in token.children:
            # "ten of the soldiers", "members" counted through "of"
            if child.dep_ in {"nummod", "quantmod"}:
                inner = self.amounts_within(*place(child))
                if inner and inner[0].kind in wanted:
                    return inner[0]
        return None

    def amounts_within(self, start: int, end: int) -> list[Counted]:
        """Return the numbers that lie in, or hold, a stretch, in order."""
        low = max(0, bisect_left(self._amount_starts, start) - 2)
        high = bisect_right(self._amount_starts, end)
        return [item for item in self.amounts[low:high] if item.start < end and start < item.end]

    def times_within(self, start: int, end: int) -> list[TimeWords]:
        """Return the words about time inside a stretch, in order."""
        low = bisect_left(self._time_starts, start)
        high = bisect_right(self._time_starts, end)
        return [time for time in self.times[low:high] if time.end <= end]

    # --- where -------------------------------------------------------------------------------------------------------

    def places_among(self, tokens: Sequence[Token]) -> list[Mention]:
        """Return the places named by some words, in order, leaving out names that are part of a party's name."""
        found: dict[str, Mention] = {}
        for token in sorted(tokens, key=lambda word: word.i):
            held = self.mention(token, ("place",))
            if held is None or held.id in found:
                continue
            actor = self.mention(token)
            if (
                actor is not None
                and actor.start <= held.start
                and held.end <= actor.end
                and not self._lies_behind(actor, held)
            ):
                continue
            found[held.id] = held
        beside = [held for held in found.values() if not self._measured_from(held, tokens)]
        return beside or list(found.values())

    def _measured_from(self, held: Mention, tokens: Sequence[Token]) -> bool:
        """Whether a place only says where another lies: "south-west of Hasakah", "10 kilometres from the port"."""
        for token in tokens:
            if place(token)[0] < held.start or place(token)[0] >= held.end:
                continue
            if token.dep_ == "pobj" and token.head.lower_ in {"of", "from", "to"}:
                anchor = token.head.head
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
        for mention in places:
            last = self.index.antecedent(mention)
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
        if any(mention.how == "name" for mention in kept):
            kept = [mention for mention in kept if mention.how == "name"]
        return one_each(kept, self.index)

    def _inside(self, one: Mention, other: Mention) -> bool:
        """Whether the text says right away that one place lies in the other: "Tawila in North Darfur", "Aleppo's Salihin"."""
        between = self.page.text[one.end : other.start]
        if other.start <= one.end:
            return False
        if _LIES_IN.fullmatch(between) is not None or (between == ", " and _COMPASS.match(other.text)):
            return True
        last = one.text.split()[-1].casefold()
        kind = self.triggers.is_a(last, "place") or self.triggers.is_a(last.rstrip("s"), "place")
        return kind and _OF.fullmatch(between) is not None

    def broad(self, mention: Mention) -> bool:
        """Return whether a place is a province, a region or a country."""
        return self._kind(mention) in BROAD

    def _kind(self, mention: Mention) -> str:
        last = self.index.antecedent(mention)
        for held in (mention, last):
            if held.cue is not None and held.cue.kind:
                return held.cue.kind
        return ""

    # --- conditions of triggers --------------------------------------------------------------------------------------

    def fits(self, token: Token, path: str, wanted: frozenset[str]) -> bool:
        """Return whether a trigger's condition holds: one of ``wanted`` stands at the end of ``path``."""
        words = self._standing(token, path)
        if not wanted:
            return bool(words)
        words = words + [inner for word in words if self._is_quantity(word) for inner in argument_path(word, "of")]
        return any(self._is(word, name) for word in words for name in wanted)

    def counted_nouns(self, words: Sequence[Token]) -> list[Token]:
        """Return the nouns that are counted, seen through quantities: "households" of "a total of 1,964 households"."""
        found: list[Token] = []
        for word in words:
            inner = argument_path(word, "of") if self._is_quantity(word) else []
            found.extend(inner or [word])
        return found

    def _is_quantity(self, word: Token) -> bool:
        """Return whether a word only says how much of what follows: "three of the outposts", "much of the valley"."""
        return word.pos_ in {"NUM", "DET"} or self.is_a(word, "quantity")

    def _standing(self, token: Token, path: str) -> list[Token]:
        if path == "self":
            return [token.head] if token.dep_ in {"pobj", "pcomp"} else []
        if path == "adverb":
            return [child for child in token.children if child.dep_ == "advmod"]
        if path == "counted":
            whom = [token, *argument_path(token, "of")]
            return [word for word in whom if self.count_of(word) is not None]
        if path == "subject":
            return self.bearers(token)
        if path == "nsubj":
            own = any(child.dep_ in {"nsubj", "csubj"} for child in token.children)
            return surface_subjects(token) if own else []
        if path == "any":
            return [child for child in token.subtree if child != token]
        if path == "prt":
            return [child for child in token.children if child.dep_ in {"prt", "advmod"}]
        if path in {"out", "in"} and token.pos_ in {"VERB", "AUX"}:
            return [child for child in token.children if child.lower_ == path]
        return argument_path(token, path)

    @staticmethod
    def bearers(token: Token) -> list[Token]:
        """Return the noun that an adjective or predicate noun speaks of: "dead" of "ten men dead", "were dead"."""
        found = [word for child in token.children if child.dep_ in {"nsubj", "nsubjpass"} for word in expanded(child)]
        if found:
            return found
        if token.dep_ == "amod" or token.dep_ in {"acl", "relcl"}:
            return [token.head]
        if token.dep_ in {"acomp", "attr", "oprd", "xcomp", "ccomp", "advcl"} and token.head.pos_ in {"VERB", "AUX"}:
            objects = [word for child in token.head.children if child.dep_ == "dobj" for word in expanded(child)]
            return objects or surface_subjects(token.head)
        if token.dep_ == "conj":
            return Scene.bearers(token.head)
        if token.dep_ in {"pobj"} and token.head.head.pos_ in {"VERB", "AUX"}:
            return surface_subjects(token.head.head)
        return []

    def _is(self, token: Token, name: str) -> bool:
        if not name.startswith("@"):
            return token.lemma_.lower() == name or token.lower_ == name
        name = name[1:]
        if name == "place":
            return self.is_place(token)
        if name == "people":
            return self.is_people(token)
        if name == "armed":
            return self.is_armed(token)
        if name == "actor":
            held = self.mention(token)
            if held is not None:
                return self.index.antecedent(held).kind == "actor"
            return self.is_a(token, "fighters") or (self.is_people(token) and bool(self.parties(token)))
        if name == "person":
            held = self.mention(token, ("person",))
            return held is not None
        if name == "speaker":
            return self.mention(token, ("actor", "person", "source")) is not None
        if name == "share":
            return self.count_of(token, ("percent",)) is not None or any(
                item.kind == "percent" for item in self.amounts_within(*place(token))
            )
        if name == "deadly":
            return self.count_of(token) is not None
        return self.is_a(token, name)
