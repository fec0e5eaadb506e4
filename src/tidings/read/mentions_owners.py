"""Whose people or forces a noun phrase speaks of: a named party's, a war's, a state's, or those of the words behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidings.read.lexicon import Group, Lexicon, fold
from tidings.read.mentions_draft import Wanted
from tidings.read.mentions_scene import Scene
from tidings.read.names_words import Name
from tidings.read.page import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["ARMED", "Owner", "Owners", "Phrase", "wanted_by"]

ARMED = frozenset({"armed_group", "militia", "alliance"})
_OWNING = frozenset({"of", "from", "belonging", "with", "loyal", "affiliated", "allied", "in"})
_MONITORS = frozenset("monitoring rights aid monitor humanitarian advocacy ngo watchdog observatory".split())
_COUNTING = frozenset({"count", "document", "record", "verify", "monitor", "tally"})
"""What a group does that watches and does not fight."""
_LONGEST_PHRASE = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens ``first`` to ``last`` (included), where its noun starts, and what the noun is."""

    doc: Doc
    first: int
    noun: int
    last: int
    group: Group

    @property
    def before(self) -> range:
        """Indices of the words before the noun."""
        return range(self.first, self.noun)

    @property
    def definite(self) -> bool:
        """Whether an article or demonstrative points back."""
        return any(self.doc[index].lower_ in _DEFINITE for index in self.before)


_WHERE = frozenset({"in", "near", "at", "outside", "around", "inside"})
_SIDES = frozenset({"sides", "parties", "factions", "camps", "belligerents", "rivals", "groups", "armies", "movements"})
_OPPOSED = frozenset({"warring", "rival", "opposing", "feuding", "fighting", "belligerent"})
"""Words by which a plural means the two who fight each other: "the rival factions"."""
_DEFINITE = frozenset({"the", "this", "these", "those", "that", "both"})


@dataclass(slots=True)
class Owner:
    """Who a group belongs to: a lexicon id with its name and role, or words of the text, or an anaphor's wish."""

    lexicon: str = ""
    known_as: str = ""
    role: str = ""
    belongs_to: str = ""
    core: str = ""
    how: str = "name"
    wanted: Wanted | None = None
    several: bool = False


def wanted_by(phrase: Phrase) -> Wanted:
    """Return what an anaphor such as "the militants" or "the monitoring group" looks for."""
    noun = phrase.doc[phrase.last]
    words = frozenset(phrase.doc[index].lower_ for index in phrase.before) | {noun.lower_}
    counts = noun.dep_ == "nsubj" and noun.head.lemma_ in _COUNTING
    if phrase.group.sort == "body" and (words & _MONITORS or counts):
        return Wanted(frozenset({"source", "actor"}), frozenset({"monitor", "un"}))
    roles = ARMED
    if phrase.group.id in {"armed.forces", "armed.members"}:
        roles = ARMED | {"state"}
    if phrase.group.sort == "body" and noun.lower_ in {"alliance", "coalition", "bloc"}:
        roles = frozenset({"alliance"})
    number = 2 if words & {"two", "both"} else 1
    sides = noun.lower_ in _SIDES and (number == 2 or bool(words & _OPPOSED))
    return Wanted(
        frozenset({"actor"}), roles, number=number, many=noun.tag_ == "NNS", sides=sides, group=phrase.group.id
    )


class Owners:
    """Finds the owner of a phrase. ``names`` maps paragraph and token to the name that covers it."""

    def __init__(self, lexicon: Lexicon, scene: Scene, names: dict[tuple[int, int], Name]) -> None:
        self.lexicon = lexicon
        self.scene = scene
        self.names = names
        self.demonyms: dict[int, str] = {}
        """Of the paragraph read: token to the country whose name or people it is."""

    def phrase(self, paragraph: Paragraph, token: Token) -> Phrase | None:
        """Return the phrase about people or forces whose last word is ``token``, or None."""
        if fold(token.text) not in self.lexicon.group_ends:
            return None
        doc = token.doc
        if token.dep_ in {"compound", "nmod"} and token.head.i > token.i and not _ends_phrase(token):
            return None
        for size in (3, 2, 1):
            noun = token.i - size + 1
            if noun < 0:
                continue
            group = self.lexicon.group(doc[noun : token.i + 1].text)
            if group is None or (size > 1 and any((paragraph.index, at) in self.names for at in range(noun, token.i))):
                continue
            return Phrase(doc, self._start(paragraph, noun, token), noun, token.i, group)
        return None

    def _start(self, paragraph: Paragraph, noun: int, head: Token) -> int:
        doc = head.doc
        first = noun
        lowest = max(head.sent.start, noun - _LONGEST_PHRASE)
        for index in range(noun - 1, lowest - 1, -1):
            token = doc[index]
            if token.pos_ == "NUM":
                before = doc[index - 1] if index > lowest else token
                return index - 1 if before.pos_ == "DET" or before.dep_ == "poss" else first
            if not self._goes_before(paragraph, token):
                break
            first = index
            if token.pos_ == "DET":
                break
        return first

    def _goes_before(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether a token can belong to the phrase whose noun stands behind it."""
        if token.ent_type_ == "DATE" or (token.ent_type_ in {"GPE", "LOC"} and token.dep_ == "pobj"):
            return False  # "On 24 March fighters entered …", "In Abkhazia separatist forces …"
        name = self.names.get((paragraph.index, token.i))
        if name is not None:
            led = name.first > 0 and token.doc[name.first - 1].lower_ in _WHERE
            return not (led and name.kind == "place")  # "Near Grozny federal troops …"
        if token.text in ',;:"()[]“”—–' or token.dep_ in {"nsubj", "dobj", "pobj", "attr", "ROOT"}:
            return False
        if token.tag_ in {"NNS", "NNPS"} and token.dep_ != "compound" and fold(token.text) in self.lexicon.group_ends:
            return False
        if token.tag_ in {"VBN", "VBG"}:
            return token.dep_ in {"amod", "compound"}
        return token.pos_ not in _NOT_BEFORE or token.dep_ in {"poss", "amod"}

    def alone(self, paragraph: Paragraph, token: Token) -> Owner | None:
        """Return who acts by a word before an act: "Russian shelling", "rebel positions", "government-held"."""
        doc = token.doc
        first, last = token.i, token.i
        joint = last + 2 < len(doc) and doc[last + 1].text == "-" and not token.whitespace_
        if joint and doc[last + 2].lower_ in self.lexicon.joined:
            pass
        elif (
            token.dep_ not in _BEFORE
            or not {token.head.lower_, doc[last + 1 : last + 2].text.lower()} & self.lexicon.acts
        ):
            return None
        behind = joint and doc[last + 2].lower_ in _BEHIND  # "Rwanda-backed": who stands before it is not the group
        name = self.names.get((paragraph.index, first))
        if name is not None and name.entry is not None and not (behind and name.last > last + 2):
            return None
        whole = fold(doc[first : last + 3].text) if joint and not behind else ""
        for words in ((fold(token.text), "-", whole.rsplit("-", 1)[-1]) if whole else (), (fold(token.text),)):
            owner = self._by_words([words]) if words else None
            if owner is not None:
                return owner
        if token.lower_ in self.lexicon.state_words:
            return self._government(self.scene.country)
        if token.i in self.demonyms and token.pos_ in {"ADJ", "PROPN", "NOUN"}:
            return self._government(self.demonyms[token.i])
        return None

    def of(self, paragraph: Paragraph, phrase: Phrase) -> Owner | None:
        """Return whose the phrase is; None where nobody is said."""
        return (
            self._in_brackets(paragraph, phrase)
            or self._named(paragraph, phrase.before)
            or self._by_war(phrase)
            or self._body_before(paragraph, phrase)
            or self._for_state(phrase)
            or self._state(phrase, said=True)
            or self._behind(paragraph, phrase)
            or self._state(phrase, said=False)
        )

    def _in_brackets(self, paragraph: Paragraph, phrase: Phrase) -> Owner | None:
        """The owner in "People's Protection Units (YPG) fighters"."""
        if phrase.noun < 3 or phrase.doc[phrase.noun - 1].text != ")":
            return None
        return self._named(paragraph, [phrase.noun - 2])

    def _named(self, paragraph: Paragraph, indices: Iterable[int]) -> Owner | None:
        for index in sorted(indices, reverse=True):
            name = self.names.get((paragraph.index, index))
            if name is None or name.kind != "actor":
                continue
            if name.entry is not None:
                entry = name.entry
                if name.described:
                    return Owner(entry.id, entry.name, entry.role, entry.parent, how="description")
                return Owner(entry.id, entry.name, entry.role, entry.parent, name.core)
            return Owner(core=name.core)
        return None

    def _body_before(self, paragraph: Paragraph, phrase: Phrase) -> Owner | None:
        """The owner in "the group's members": whoever "the group" stands for."""
        for index in phrase.before:
            token = phrase.doc[index]
            if token.dep_ == "poss" and token.pos_ == "NOUN":
                inner = self.phrase(paragraph, token)
                if inner is not None and inner.group.sort in {"body", "member"} and inner.definite:
                    return Owner(wanted=wanted_by(inner), role=inner.group.role, how="description")
        return None

    def _by_war(self, phrase: Phrase) -> Owner | None:
        """By the words that a war's file lists before such nouns; the longest words of the war told of most win."""
        words = [fold(phrase.doc[index].text) for index in range(phrase.first, phrase.last)]
        text = " ".join([*words, phrase.doc[phrase.last].lower_])
        keys = [tuple(words[at : at + size]) for size in (5, 4, 3, 2, 1) for at in range(len(words) - size + 1)]
        for size in (5, 4, 3, 2, 1):
            owner = self._by_words([key for key in keys if len(key) == size], text)
            if owner is not None:
                return owner
        return None

    def _by_words(self, keys: Iterable[tuple[str, ...]], text: str = "") -> Owner | None:
        """The party whose war lists one of some words; of several that of the war told of most."""
        best: tuple[int, str] | None = None
        for key in keys:
            for ident in self.lexicon.modifiers.get(key, ()):
                entry = self.lexicon.entries[ident]
                if ident not in self.scene.entries or any(fold(word) in text for word in entry.unless):
                    continue
                rank = self.scene.wars.index(entry.war) if entry.war in self.scene.wars else len(self.scene.wars)
                if best is None or (rank, ident) < best:
                    best = rank, ident
        if best is None:
            return None
        entry = self.lexicon.entries[best[1]]
        return Owner(entry.id, entry.name, entry.role, entry.parent, how="description")

    def _for_state(self, phrase: Phrase) -> Owner | None:
        text = phrase.doc[phrase.first : phrase.noun].text.lower()
        if not any(word in text for word in self.lexicon.pro_state):
            return None
        if phrase.group.sort == "state" or phrase.group.id == "armed.forces":
            return self._government(self.scene.country)
        return Owner("armed.progov_militias", "pro-government militias", "militia", how="description")

    def _state(self, phrase: Phrase, *, said: bool) -> Owner | None:
        """A state's: by its adjective, or by a word such as "government"; else (not ``said``) an organ by itself."""
        sort = phrase.group.sort
        adjectives = [
            index
            for index in phrase.before
            if index in self.demonyms
            and phrase.doc[index + 1].text != "-"  # "Turkish-backed factions" are not Turkey's
        ]
        stately = any(phrase.doc[index].lower_ in self.lexicon.state_words for index in phrase.before)
        if sort in {"civil", "people", "body"} or (sort == "member" and not stately):
            return None
        if phrase.group.role == "militia":
            return None
        police = self._police(phrase)
        if police is not None and (adjectives or not said):
            behind = self._country_behind(phrase) or self.scene.country
            return self._force_of(self.demonyms[adjectives[-1]] if adjectives else behind, police)
        if adjectives and (sort in {"state", "hardware", "force"} or stately):
            return self._government(self.demonyms[adjectives[-1]])
        if sort == "state" and phrase.doc[phrase.last].lower_ == "state" and not phrase.definite:
            return None
        if stately or (sort == "state" and not adjectives and not said):
            return self._government(self._country_behind(phrase) or self.scene.country)
        return None

    @staticmethod
    def _police(phrase: Phrase) -> str | None:
        """The force that a word for police stands for; readers keep it apart from the army and the government."""
        if any(phrase.doc[index].lower_ in {"military", "army"} for index in phrase.before):
            return None
        return _POLICE.get(phrase.doc[phrase.last].lower_) or _POLICE.get(
            phrase.doc[phrase.noun : phrase.last + 1].text.lower()
        )

    def _force_of(self, code: str, force: str) -> Owner:
        country = self.lexicon.countries.get(code)
        if country is None:
            return Owner(force, force, "state", how="description")
        word = country.demonyms[0] if country.demonyms else country.name
        return Owner(f"{force}.{code}", f"{word} {force}", "state", f"state.{code}", how="description")

    def _country_behind(self, phrase: Phrase) -> str:
        """The country of "the government of Mali"."""
        for child in phrase.doc[phrase.last].children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for item in child.children:
                    if item.i in self.demonyms:
                        return self.demonyms[item.i]
        return ""

    def _government(self, code: str) -> Owner:
        ident, name = self.lexicon.government(code, self.scene.country)
        entry = self.lexicon.entry(ident)
        at_home = entry is not None and entry.state in {"", self.scene.country}
        if entry is not None and at_home and (entry.war in self.scene.wars or not self.scene.wars):
            return Owner(entry.id, entry.name, entry.role, entry.parent, how="description")
        return Owner(ident, name, "state", how="description")

    def _behind(self, paragraph: Paragraph, phrase: Phrase) -> Owner | None:
        """Whose members they are: "fighters of the Front", "gunmen loyal to the council", "fighters from the group"."""
        if phrase.group.sort in {"civil", "people", "hardware", "body"}:
            return None
        for child in phrase.doc[phrase.last].children:
            if child.i < phrase.last or child.lower_ not in _OWNING:
                continue
            for item in child.subtree:
                if item.dep_ not in {"pobj", "conj"} or item.i < child.i:
                    continue
                named = self._named(paragraph, [item.i])
                if named is not None:
                    others = [self._named(paragraph, [other.i]) for other in item.children if other.dep_ == "conj"]
                    named.several = any(other is not None and other.core != named.core for other in others)
                    return named
                inner = self.phrase(paragraph, item)
                if inner is not None and inner.last > phrase.last and child.lower_ != "in":
                    if inner.group.sort in {"state", "force", "member"}:
                        return self.of(paragraph, inner)
                    if inner.group.sort == "body" and inner.definite:
                        return Owner(wanted=wanted_by(inner), role=inner.group.role, how="description")
                break
        return None


_POLICE = {
    **dict.fromkeys(("police", "policeman", "policemen", "policewoman", "policewomen", "police force"), "police"),
    **dict.fromkeys(("police officer", "police officers", "riot police"), "police"),
    **dict.fromkeys(("gendarme", "gendarmes", "gendarmerie"), "gendarmerie"),
}
_BEFORE = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})
_BEHIND = frozenset(
    {"backed", "supported", "funded", "financed", "sponsored", "linked", "affiliated", "aligned", "allied"}
)
"""Participles behind a hyphen after which the noun is another party than the one before it."""
_NOT_BEFORE = frozenset({"VERB", "ADP", "CCONJ", "SCONJ", "AUX", "PRON"})


def _ends_phrase(token: Token) -> bool:
    """Whether a noun tagged as a modifier stands last all the same, as the parser errs before verbs."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return after is not None and after.pos_ in {"VERB", "AUX", "ADP", "PUNCT"}
