"""What the words around and inside a name say of it: strong cues, counted over the whole document."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tidings.read.lexicon import Lexicon
from tidings.read.names_candidates import LABELS
from tidings.read.names_words import Name, capital, place_words, side_word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["STRONG", "Cues", "Votes"]

Votes = defaultdict[str, float]
"""Kind to the weight that speaks for it."""

# Votes. The recogniser is right about four times in five; a strong cue is right nearly always.
LABEL_FIRST = 1.0
LABEL_AGAIN = 0.25
"""One document's recogniser errs the same way again and again, so its second vote counts less."""
STRONG = 3.0
KNOWN_PLACE = 3.5
LAST_WORD = 2.5
TAKEN = 1.2
"""What is captured, stormed or besieged is mostly a place: enough against one vote of the recogniser."""
SURE = 2.2
"""Votes from which a place vouches for the names that stand in one list with it."""
LISTED = 1.5
"""In "X, Y and Z" a name is mostly what the others are."""
WEAK = 0.4
"""A weak cue ("in X") decides only where nothing else speaks: it made unseen text worse as a rule of its own."""
LOCATING = dict.fromkeys(("in", "near", "outside", "inside", "around", "at", "across", "into"), 1.3) | dict.fromkeys(
    ("from", "to", "of", "towards", "toward", "neighboring", "neighbouring", "nearby"), 0.5
)
"""What the recogniser takes for a person, but that never acts and is always somewhere: "captured in Sangin"."""
_WEAK_PLACE = frozenset("in at near from to around towards toward outside inside into across through".split())
_NAME_PARTS = frozenset({"abu", "u", "saw", "private"})
"""Forms of address that belong to the name they begin."""
_TAKING = frozenset(
    "capture seize liberate occupy storm recapture retake besiege bomb bombard shell encircle enter reach leave flee "
    "attack overrun hold control defend lose evacuate pound raid torch burn loot surround blockade raze".split()
)
_PLACED_BY = frozenset(
    {
        "outskirts",
        "downtown",
        "residents",
        "suburbs",
        "outside",
        "surroundings",
        "vicinity",
        "inhabitants",
        "edge",
        "edges",
    }
)
_TAKINGS = frozenset(
    "control capture siege fall battle seizure takeover loss recapture liberation shelling bombing bombardment storming "
    "encirclement occupation defence defense".split()
)
_PEOPLES = frozenset("youths youth herders tribesmen clansmen pastoralists herdsmen warriors tribe clan".split())
"""Before these words an unknown name is a people's: "Lou Nuer youths"."""
_BODIES_TOO = frozenset({"branch", "wing", "sector", "office"})
"""Words for a place only where they are part of its printed name: "Security Branch", but "the group's Sahel branch"."""
_ATTACKS = frozenset(
    "attack raid assault offensive strike airstrike bombing bombardment shelling siege advance march operation onslaught "
    "incursion ambush".split()
)
"""What is made on, of or against a place more often than on anybody whom the recogniser calls a person or a body."""
_SEIZING = frozenset(
    {"surround", "capture", "seize", "attack", "hold", "leave", "lose", "defend", "hit", "storm", "bomb"}
)
"""What is done to people as well as to places: "Ali Hassan was captured"."""
_SPOTS = _ATTACKS | frozenset(
    "post position base camp checkpoint outpost clash clashes fighting battle bridge junction".split()
)
"""What is "at X" where X is a place; a doctor or an analyst is at a body."""
_MOVES = frozenset(
    "flee escape arrive move relocate return cross drive travel march retreat withdraw come go reach evacuate displace walk trek "
    "head flock pour stream leave run fly sail bus ferry take bring deport advance push deploy send redeploy".split()
)
_HAPPENS = frozenset({"VERB", "AUX", "NOUN"})
_FROM_PEOPLE = frozenset(
    "villager resident people family refugee civilian inhabitant farmer herder woman man child survivor evacuee witness".split()
)
"""Who comes from a place, and from no body: "villagers from X and Y"."""
_HELD_BY = frozenset({"held", "controlled", "occupied", "besieged", "administered", "run"})
"""After a hyphen these say whose the place behind them is: "government-held X"."""
_ROADS = frozenset({"road", "highway", "route", "way", "street", "railway"})


def _no_votes() -> Votes:
    return defaultdict(float)


class Cues:
    """Counts votes for what each name is. ``known`` are names that the lexicon has as places, folded."""

    def __init__(self, lexicon: Lexicon, known: set[str]) -> None:
        self.lexicon = lexicon
        self.words = place_words(lexicon)
        self.known = known
        self.votes: dict[str, Votes] = defaultdict(_no_votes)
        self.place_kinds: dict[str, Counter[str]] = defaultdict(Counter)
        self.located: Votes = _no_votes()
        self.subjects: set[str] = set()
        self._labelled: Counter[tuple[str, str]] = Counter()

    def hear(self, doc: Doc, names: list[Name]) -> None:
        """Count what one paragraph says of its names."""
        by_first = {name.first: name for name in names}
        for name in names:
            if name.entry is None:
                self._hear(doc, name, by_first)
        self._lists(doc, names)

    def _hear(self, doc: Doc, name: Name, by_first: dict[int, Name]) -> None:
        title = self._title(doc, name)
        votes = self.votes[name.key]
        if name.label:
            kind = LABELS[name.label]
            again = self._labelled[name.key, kind]
            votes[kind] += LABEL_AGAIN if again else LABEL_FIRST
            self._labelled[name.key, kind] += 1
        if name.country:
            votes["place"] += 2 * STRONG
        if name.key in self.known:
            votes["place"] = max(votes["place"], KNOWN_PLACE)
        root = doc[name.first : name.last].root
        kind = self._place_kind(doc, name, root) or self._list_kind(doc, name, by_first)
        if kind:
            votes["place"] += STRONG
            self.place_kinds[name.key][kind] += 1
            name.place_kind = kind
        if self._side_of(doc, name):
            votes["place"] += STRONG
        if title:
            votes["person"] += STRONG
            name.title = title
        elif self._is_office(doc, name, root):
            votes["person"] += STRONG
        self._behind(doc, name, votes, kind)
        last_word = doc[name.last - 1].text
        if name.last - name.first > 1:
            if last_word in self.words.outlets:
                votes["source"] += LAST_WORD
            elif last_word in self.words.organisations:
                votes["actor"] += LAST_WORD
        if name.first > 0 and doc[name.first - 1].lower_ in _WEAK_PLACE:
            votes["place"] += WEAK if name.label == "" else 0.0
        if name.label == "PERSON" and name.first > 0:
            self.located[name.key] += LOCATING.get(doc[name.first - 1].lower_, 0.0)
        elif name.label == "ORG" and self._happens_at(doc, name, root):
            self.located[name.key] += 1.3
        if self._is_held(doc, name) or self._comes_from(root):
            votes["place"] += STRONG if name.label != "PERSON" or self._is_held(doc, name) else TAKEN
        if root.dep_ in {"nsubj", "nsubjpass", "poss"} or title:
            self.subjects.add(name.key)
        someone = name.label == "PERSON" and name.last - name.first > 1 and root.head.lemma_ in _SEIZING
        if self._is_taken(root) and not someone:
            votes["place"] += TAKEN

    def _behind(self, doc: Doc, name: Name, votes: Votes, kind: str) -> None:
        """What follows the name: "X fighters", "X-led", "X-based"."""
        if name.last >= len(doc):
            return
        after = doc[name.last]
        group = self.lexicon.group(after.text)
        if group is not None and group.sort in {"member", "force", "body"} and not kind:
            votes["actor"] += STRONG if name.label != "GPE" else WEAK
        elif after.lower_ in _PEOPLES and not kind and name.label != "GPE":
            votes["actor"] += STRONG
        if after.text == "-" and name.last + 1 < len(doc) and not after.whitespace_:
            joined = doc[name.last + 1].lower_
            if joined in {"led", "controlled", "held", "backed", "affiliated", "linked"}:
                votes["actor"] += STRONG
            elif joined in {"based", "born"}:
                votes["place"] += STRONG

    def _happens_at(self, doc: Doc, name: Name, root: Token) -> bool:
        """Whether what the recogniser calls a body only says where: "massacred in X", "a market at X"; "in the X" may be a body."""
        if root.dep_ != "pobj" or name.first == 0 or name.core.isupper() or root.text in self.words.organisations:
            return False
        before = doc[name.first - 1]
        if before != root.head or before.lower_ not in {"in", "near", "outside", "at", "around", "inside"}:
            return False
        above = before.head
        return above.pos_ in _HAPPENS and (before.lower_ != "at" or above.pos_ == "NOUN")

    @staticmethod
    def _is_held(doc: Doc, name: Name) -> bool:
        """Whether somebody is said to hold it right before it: "government-held X", "rebel-controlled X"."""
        return name.first > 1 and doc[name.first - 1].lower_ in _HELD_BY and doc[name.first - 2].text == "-"

    @staticmethod
    def _comes_from(root: Token) -> bool:
        """Whether people are said to come from it: "villagers from X and Y"."""
        while root.dep_ == "conj" and root.head.i < root.i:
            root = root.head
        return root.dep_ == "pobj" and root.head.lower_ == "from" and root.head.head.lemma_.lower() in _FROM_PEOPLE

    @staticmethod
    def _is_taken(root: Token) -> bool:
        """Whether it is what is taken or struck, or where one goes: "stormed X", "control of X and Y", "fled to X"."""
        while root.dep_ == "conj" and root.head.i < root.i:
            root = root.head
        if root.dep_ in {"dobj", "nsubjpass"}:
            return root.head.lemma_ in _TAKING
        if root.dep_ != "pobj":
            return False
        if root.head.lower_ in {"on", "at"} and root.head.head.lemma_ in {"drop", "fall", "fire", "rain", "land"}:
            return True
        preposition, above = root.head.lower_, root.head.head
        if above.pos_ == "ADV" and above.head.pos_ == "VERB":
            above = above.head  # "went back to X"
        if preposition == "of":
            return above.lower_ in _TAKINGS
        if preposition in {"on", "against"} and above.lemma_.lower() in _ATTACKS:
            return above.pos_ == "NOUN" and root.ent_type_ != "ORG"
        if preposition == "at" and above.pos_ == "NOUN":
            return above.lower_ in _SPOTS
        ways = {"to", "in", "at", "into", "from", "for", "towards", "toward", "via", "across"}
        return preposition in ways and above.lemma_ in _MOVES and above.pos_ == "VERB"

    def _lists(self, doc: Doc, names: list[Name]) -> None:
        """Let a name in a list, or one explained in brackets, follow what the others surely are."""
        told: set[tuple[str, str]] = set()
        pairs = list(itertools.pairwise(names))
        for before, name in [*reversed(pairs), *pairs]:
            gap = doc[before.last : name.first].text.strip().lower()
            if gap == "in" and before.entry is None and self._sure(name.key) and before.key not in self.subjects:
                if (before.key, name.key) not in told:
                    told.add((before.key, name.key))
                    self.votes[before.key]["place"] += TAKEN  # "bombs fell on X in Y district"
                continue
            if before.entry is not None or name.entry is not None:
                continue
            listed = gap in {",", "and", ", and", "or", ", or", "as well as"}
            if not listed and gap != "(":
                continue
            if gap == "(" and name.core.isupper():
                continue  # a short form is what its full form is, whatever others think of it
            for one, other in ((before, name), (name, before)):
                acting = doc[other.first : other.last].root.dep_ in {"poss", "nsubj", "nsubjpass"}
                if gap == "," and other.label == "PERSON" and acting:
                    continue  # "In Panjshir, Ahmad Massoud's followers …"
                if (one.key, other.key) not in told and self._sure(one.key):
                    told.add((one.key, other.key))
                    self.votes[other.key]["place"] += LISTED

    def _sure(self, key: str) -> bool:
        """Whether what was heard so far makes a name a place with little doubt."""
        votes = self.votes[key]
        return votes["place"] >= SURE and votes["place"] > votes["person"] + votes["actor"]

    def _list_kind(self, doc: Doc, name: Name, by_first: dict[int, Name]) -> str:
        """The kind of "X, Y and Z districts", told from their common noun."""
        at = name.last
        steps = 0
        while at + 1 < len(doc) and steps < 6:
            joint = at
            while joint < len(doc) and doc[joint].lower_ in {",", "and", "or", "as", "well"}:
                joint += 1
            after = by_first.get(joint)
            if joint == at or after is None or after.entry is not None:
                break
            at, steps = after.last, steps + 1
        noun = doc[at].lower_ if at < len(doc) else ""
        return self.words.kinds[noun] if steps and noun in self.words.kinds and noun in self.words.plural else ""

    def _place_kind(self, doc: Doc, name: Name, root: Token) -> str:
        """The kind that a type word in or beside the name gives it, or nothing."""
        kinds = self.words.kinds
        last_word = doc[name.last - 1].lower_
        if name.last - name.first > 1 and last_word in kinds:
            return kinds[last_word]
        for size in (2, 1):
            phrase = doc[name.last : name.last + size].text.lower()
            if phrase in _BODIES_TOO and not capital(doc[name.last + size - 1]):
                continue
            if phrase in kinds and name.last + size <= len(doc) and _same_phrase(root, doc[name.last + size - 1]):
                return kinds[phrase]
        return self._kind_before(doc, name, root) or self._kind_beside(doc, name, root)

    def _kind_before(self, doc: Doc, name: Name, root: Token) -> str:
        """The kind of "the city of X", "villages such as X and Y"; "the quarters of X" only says that X has quarters."""
        kinds, plural = self.words.kinds, self.words.plural
        top = root
        while top.dep_ == "conj" and top.head.i < top.i:
            top = top.head
        noun = top.head.head if top.dep_ == "pobj" and top.head.lower_ in {"of", "as", "like"} else None
        if noun is None and name.first > 1 and doc[name.first - 1].lower_ == "of":
            noun = doc[name.first - 2]
        if noun is None or noun.lower_ not in kinds or noun.i >= name.first:
            return ""
        listed = top is not root or any(child.dep_ == "conj" for child in top.children)
        if noun.lower_ in plural and not listed:
            return ""
        kind = kinds[noun.lower_]
        if kind == "facility" or any(child.dep_ == "compound" and capital(child) for child in noun.children):
            return ""
        return kind

    def _kind_beside(self, doc: Doc, name: Name, root: Token) -> str:
        kinds = self.words.kinds
        # "X, a village near …"
        for child in root.children:
            kind = kinds.get(child.text, "") if child.dep_ == "appos" and child.i > root.i else ""
            named = any(capital(inner) for inner in child.lefts if inner.dep_ == "compound")
            if kind and not (named and kind in {"province", "district"}):  # "Omdurman, Khartoum state"
                return kind
        # "the village X", "the neighbourhood X"
        if name.first > 0 and doc[name.first - 1].lower_ in kinds and doc[name.first - 1].pos_ == "NOUN":
            return kinds[doc[name.first - 1].lower_]
        prefix = self.words.prefixes.get(doc[name.first].text, "") if name.last - name.first > 1 else ""
        if prefix in {"village", "town"} and name.label == "PERSON":
            return ""  # "Umm Mohammed", "San Martín": names of people begin so too
        return prefix

    def _side_of(self, doc: Doc, name: Name) -> bool:
        """Whether the words before it place something by it: "southern X", "south of X", "the road to X"."""
        if name.first == 0:
            return False
        before = doc[name.first - 1]
        if before.lower_ in self.words.bearings and not capital(before):
            return True
        if name.first > 1 and before.lower_ in {"of", "from"}:
            side, _ = side_word(doc, name.first - 2)
            placed = side in _PLACED_BY or side in self.words.kinds
            return side in self.words.bearings or (before.lower_ == "of" and placed)
        return before.lower_ in {"to", "between", "from"} and name.first > 1 and doc[name.first - 2].lower_ in _ROADS

    def _title(self, doc: Doc, name: Name) -> str:
        """The ranks and forms of address right before a name, or at its beginning."""
        ranks = self.lexicon.people["ranks"] | self.lexicon.people["address"]
        first = inside = name.first
        while first > 0:
            dot = 2 if doc[first - 1].text == "." and first > 1 else 1  # "Col." is two tokens to the parser
            rank = doc[first - dot]
            if rank.lower_ not in ranks or not capital(rank):
                break
            first -= dot
        if name.label != "ORG":
            while inside < name.last - 1 and doc[inside].lower_ in ranks - _NAME_PARTS:
                inside += 1
        if inside > name.first:
            name.first = inside
            name.core = doc[inside : name.last].text
        return str(doc[first:inside].text)

    def _is_office(self, doc: Doc, name: Name, root: Token) -> bool:
        """Whether "spokesman X", "X, a teacher", "X, the governor of …"."""
        offices = self.lexicon.people["offices"]
        if name.first > 0:
            before = doc[name.first - 1]
            if before.lower_ in offices and before.pos_ in {"NOUN", "PROPN"} and name.label != "GPE":
                return True
        if name.label in {"GPE", "LOC", "FAC"}:
            return False
        if any(child.dep_ == "appos" and child.lower_ in offices for child in root.children):
            return True
        return root.dep_ == "appos" and root.head.lower_ in offices and root.head.i < root.i


def _same_phrase(root: Token, noun: Token) -> bool:
    """Whether a type word behind a name belongs to it rather than to the next phrase."""
    return noun.pos_ in {"NOUN", "PROPN"} and (root.head == noun or root.dep_ != "nsubj")
