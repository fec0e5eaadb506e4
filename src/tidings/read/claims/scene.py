"""What the rules ask about a page: who a word stands for, which places and numbers lie in a stretch, what a noun is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tidings.model import Attribution, Mention, TimeWords
from tidings.read.claims.conditions import Asked, fits
from tidings.read.claims.places import PARTY, PlacesOfPage, one_each
from tidings.read.claims.stretches import Stretches
from tidings.read.index import MentionIndex
from tidings.read.numbers import Counted
from tidings.read.page import Page, Sentence, place
from tidings.read.roles import argument_path, expanded, whose
from tidings.read.speech import governing
from tidings.read.triggers import TriggerLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Scene", "one_each"]

HELD = re.compile(
    r"(?:held|controlled|occupied|run|dominated|administered|ruled|governed|led|seized|captured)\Z", re.IGNORECASE
)
"""Participles that say who holds a place."""
BEFORE_NOUN = frozenset({"poss", "compound", "amod", "nmod"})
FIRST_PERSON = frozenset({"we", "us", "our", "ours", "i", "me", "my"})
PEOPLE_PREFIX = "generic."
"""Lexicon ids that begin so name kinds of people ("generic.civilians"), not an armed party."""
FIGHTING_ROLES = frozenset({"armed_group", "militia", "alliance"})
UNARMED = frozenset({"generic.civilians", "generic.residents", "generic.people", "generic.children", "generic.women"})


class Scene(PlacesOfPage):
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
        super().__init__(page, index, triggers)
        self.attributions = Stretches((held.start, held.end, held) for held in attributions)
        """The reported speech by the words that are said."""
        self.sources = Stretches(
            (held.source_start, held.source_end, held)
            for held in attributions
            if held.source_start is not None and held.source_end is not None
        )
        """The reported speech by the words that name its source."""
        self.times = tuple(sorted(times, key=lambda time: (time.start, time.end)))
        self.amounts = tuple(sorted(amounts, key=lambda counted: (counted.start, counted.end)))
        self._amount_starts = [counted.start for counted in self.amounts]
        self._time_starts = [time.start for time in self.times]
        self.asked = Asked()
        """What the entries of the word in hand have asked so far."""
        self.bodies: dict[str, Mention] = {}
        """The body that a named person speaks for, by the person's folded name and last name."""
        self.captives: list[Mention] = []
        """Whom the page, as far as it is read, tells to be in somebody's hands."""
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
        if held is not None and not held.lexicon and held.how == "description" and held.refers_to is None:
            word = next((child for child in token.children if child.lower_ in {"our", "my"}), None)
            said_by = self._speaker(word) if word is not None and held.role == "armed_group" else None
            if said_by is not None:
                return [said_by]  # "our men repelled them", says the group's spokesman
        if held is not None and not (held.how == "pronoun" and self.index.antecedent(held) is held):
            if self.index.antecedent(held).members:
                return list(self.index.referents(held))  # "the two sides"
            return [self._owner_of_arms(token, held) or held]
        if held is not None and token.lower_ in {"it", "they"}:
            ours = self._speaker(token)
            if ours is not None and ours.kind != "place" and token.dep_ in {"nsubj", "nsubjpass"}:
                return [ours]  # "the front said it had …", with nothing else to stand for
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
        if self.is_people(token) and not self.is_a(token, "fighters") and not self._is_measure(token):
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
        held = governing(self.attributions.over(start, end), start, end)
        if held is None or not held.chain:
            return None
        origin = self.index.antecedent(self.index[held.chain[-1]])
        key = (origin.core or origin.text).casefold()
        if token.lower_ in {"i", "me", "my"}:
            return origin
        return self.bodies.get(key) or self.bodies.get(key.split()[-1]) or origin

    def holders(self, noun: Token) -> list[Mention]:
        """Return who holds what a noun names, where the phrase says it: "rebel-held suburbs", "areas controlled by rebels"."""
        unknown = noun.pos_ == "PROPN" and self.index.of(noun) is None  # a name, most likely of the place held
        if not (self.is_place(noun) or self.is_a(noun, "positions") or unknown):
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

    def parties_within(self, start: int, end: int, *, silent: bool = False) -> list[Mention]:
        """Return the acting parties named inside a stretch, outermost mentions only, one of each.

        Args:
            start: First code point of the stretch.
            end: One past its last.
            silent: Whether to leave out the mentions that stand as the source of reported speech.
        """
        found: list[Mention] = []
        for mention in self.index.within(start, end):
            if silent and self.speaks(mention):
                continue
            if mention.kind in PARTY and not any(m.start <= mention.start and mention.end <= m.end for m in found):
                found.append(mention)
        return one_each(found, self.index)

    def speaks(self, party: Mention) -> bool:
        """Return whether a party stands in its sentence as the source of reported speech."""
        return bool(self.sources.over(party.start, party.end))

    def cites(self, party: Mention, sentence: Sentence, token: Token) -> bool:
        """Return whether a party is the source whose words these are, caught by the parse ("…, residents and an official said")."""
        start, _ = place(token)
        return any(
            held.start <= start < held.end and (held.source_start or 0) >= sentence.start
            for held in self.sources.over(party.start, party.end)
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
        if self.triggers.is_a(token.lemma_.lower(), name) or self.triggers.is_a(token.lower_, name):
            return True
        # "Forty Marines", "Wells were poisoned": the plural of a word with a capital keeps its "s".
        return token.pos_ == "PROPN" and token.lower_[-1] == "s" and self.triggers.is_a(token.lower_[:-1], name)

    def is_place(self, token: Token) -> bool:
        """Return whether a word names a place or is a noun for one."""
        held = self.mention(token, ("place",))
        return held is not None or self.is_a(token, "place")

    def is_armed(self, token: Token) -> bool:
        """Return whether a word stands for fighters or an armed party."""
        if self.is_a(token, "fighters") or self.is_a(token, "body"):
            return True
        held = self.mention(token)
        if held is not None and held.how == "name" and held.lexicon and self.armed(held):
            return True  # "Hezbollah men": whose men they are makes them fighters
        return any(self.armed(party) for party in self.parties(token)) and not self.is_people(token)

    def is_people(self, token: Token) -> bool:
        """Return whether a word stands for people who are no fighters."""
        held = self.mention(token)
        if held is not None and self.index.antecedent(held).lexicon.startswith(PEOPLE_PREFIX):
            return True
        if held is not None and held.kind == "actor" and self.index.antecedent(held).role in FIGHTING_ROLES:
            return False  # "his men", who serve somebody
        if token.lower_ in {"more", "others"} and any(child.pos_ == "NUM" for child in token.children):
            return True
        if token.pos_ == "NUM":
            pronouns = [word for word in argument_path(token, "of") if word.pos_ == "PRON"]
            if pronouns:
                return not any(self.armed(party) for party in self.all_parties(pronouns))
        if token.pos_ == "NUM" and held is None:
            return any(item.alone and item.kind == "count" for item in self.amounts_within(*place(token)))
        return self.is_a(token, "people") and not self.is_a(token, "fighters")

    def is_captive(self, token: Token) -> bool:
        """Return whether a word stands for people in somebody's hands: by its noun, or because the page said so before."""
        if self.is_a(token, "captives"):
            return True
        words = [token, *(word for word in argument_path(token, "of") if self.is_quantity(token))]
        parties = self.all_parties(words)
        return any(self.same(party, held) for party in parties for held in self.captives)

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

    # --- quantities ---

    def counted_nouns(self, words: Sequence[Token]) -> list[Token]:
        """Return the nouns that are counted, seen through quantities: "households" of "a total of 1,964 households"."""
        found: list[Token] = []
        for word in words:
            inner = argument_path(word, "of") if self.is_quantity(word) else []
            found.extend(inner or [word])
        return found

    def _is_measure(self, word: Token) -> bool:
        """Return whether a word only counts those behind its "of": "dozens of women"."""
        return self.is_a(word, "quantity") and any(
            child.dep_ == "prep" and child.lower_ == "of" for child in word.children
        )

    def is_quantity(self, word: Token) -> bool:
        """Return whether a word only says how much of what follows: "three of the outposts", "much of the valley"."""
        return word.pos_ in {"NUM", "DET"} or self.is_a(word, "quantity")

    def fits(self, token: Token, path: str, wanted: frozenset[str]) -> bool:
        """Return whether a condition of a trigger holds (:func:`tidings.read.claims.conditions.fits`)."""
        return fits(self, token, path, wanted)
