"""Mentions of one document gathered into units: everything that the document itself says is one thing.

A unit holds an antecedent, its anaphors, the short forms and the explained aliases ("People's Protection Units
(YPG)"). Units of all documents are matched later; within a document nothing more is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tidings.model import Mention, PlaceCue, Reading
from tidings.resolve.compare import directions
from tidings.resolve.speakers import speaker_links
from tidings.text.fold import core, fold

__all__ = [
    "ANONYMOUS",
    "NAMED_AFTER",
    "SOFT_KINDS",
    "SUB_KINDS",
    "Unit",
    "clean",
    "family",
    "gather_units",
    "place_class",
]

ANONYMOUS = frozenset({"witness", "medic", "activist", "resident", "anonymous", "unknown", "agency"})
"""Kinds of sources that, where not named, are one entity per document and chain of antecedents."""

SUB_KINDS = frozenset(
    "neighbourhood district junction checkpoint facility bridge street roundabout square road".split()
)
"""Kinds of places inside or beside a town: homonyms elsewhere are never meant."""
NAMED_AFTER = frozenset("junction checkpoint facility bridge street roundabout square road camp river".split())
"""Kinds of places that often bear the name of a larger place."""
SOFT_KINDS = frozenset("village hill mountain camp region river area border".split())
"""Kinds that a gazetteer may know; where it does not, they lie inside or near their parent."""


def family(kind: str) -> str:
    """Return which kinds of mentions can be one entity: people, groups and sources never are places."""
    return {"actor": "agent", "source": "agent"}.get(kind, kind)


def place_class(cue: PlaceCue | None, words: str = "") -> str:
    """Return what the words say a place is.

    ``road`` (between its ends), ``part`` ("northeastern Syria"), ``admin``, ``country``, ``sub`` (inside a town), ``soft``
    (a village, hill, camp or region) or ``town`` (a town, or nothing said).
    """
    if cue is None:
        return "town"
    if cue.ends:
        return "road"
    if cue.relation == "part" and cue.kind == "region" and cue.bearing is not None and directions(words):
        return "part"
    if cue.kind in {"province", "governorate", "state"}:
        return "admin"
    if cue.kind == "country":
        return "country"
    if cue.kind in SUB_KINDS:
        return "sub"
    return "soft" if cue.kind in SOFT_KINDS else "town"


_LEADING = ("the ", "The ", "THE ", "a ", "an ", "A ", "An ")


def clean(words: str) -> str:
    """Return surface words on one line, without a leading article, a trailing possessive or outer punctuation."""
    words = " ".join(words.split()).strip(" ,;:.\"“”‘’'()[]–—-")
    for article in _LEADING:
        if words.startswith(article) and len(words) > len(article) + 1:
            words = words[len(article) :]
            break
    for ending in ("'s", "’s", "s’", "s'"):
        if words.endswith(ending):
            words = words[: -len(ending)] + ("s" if ending.startswith("s") else "")
            break
    return words.strip()


def _most(forms: Iterable[str]) -> str:
    """Return the most frequent form; of several the longest, then the first by letters; empty where there is none."""
    counted = Counter(forms)
    return min(counted, key=lambda form: (-counted[form], -len(form), form)) if counted else ""


@dataclass(slots=True)
class Unit:
    """What one document says is one thing. ``names`` counts its full forms, ``forms`` all its surface words."""

    document: str
    family: str
    mentions: list[Mention] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    lexicon: str = ""
    lexicon_name: str = ""
    place: str = ""
    aliases: list[tuple[Mention, Mention]] = field(default_factory=list)
    named_after: str = ""
    """The town whose name a facility was given that the report names only by its kind."""
    _sought: str = ""

    @property
    def first(self) -> Mention:
        """The mention that stands first in the document."""
        return self.mentions[0]

    @property
    def named(self) -> bool:
        """Whether any of its mentions is a name."""
        return bool(self.names)

    @property
    def name(self) -> str:
        """Its most frequent full form; of several the longest, then the first by letters."""
        counted = self.names or self.forms
        return min(counted, key=lambda form: (-counted[form], -len(form), form)) if counted else ""

    @property
    def sought(self) -> str:
        """The name that is looked up: the core of its most frequent form."""
        if not self._sought:
            self._sought = _most(clean(mention.core or mention.text) for mention in self._naming()) or self.name
        return self._sought

    @property
    def full(self) -> str:
        """Its name with the words for its kind: "Henry County" where :attr:`sought` is "Henry"."""
        return _most(clean(mention.text) for mention in self._naming()) or self.name

    def rename(self, name: str) -> None:
        """Give the unit a fuller name than its words have by themselves."""
        self._sought = name
        self.names = Counter({name: max(1, sum(self.names.values()))})

    def _naming(self) -> Iterator[Mention]:
        return (mention for mention in self.mentions if mention.how == "name" and mention.refers_to is None)

    @property
    def anonymous(self) -> bool:
        """Whether it is a source that the document does not name."""
        if self.named or self.lexicon:
            return False
        return any(mention.kind == "source" or mention.source_kind in ANONYMOUS for mention in self.mentions)


class _Sets:
    """Union-find whose root is always the mention that stands first."""

    def __init__(self, order: Sequence[str]) -> None:
        self._place = {item: number for number, item in enumerate(order)}
        self._up = {item: item for item in order}

    def find(self, item: str) -> str:
        while self._up[item] != item:
            self._up[item] = self._up[self._up[item]]
            item = self._up[item]
        return item

    def join(self, a: str, b: str) -> None:
        a, b = self.find(a), self.find(b)
        if a != b:
            first, second = (a, b) if self._place[a] < self._place[b] else (b, a)
            self._up[second] = first

    def __contains__(self, item: object) -> bool:
        return item in self._up


def name_of(mention: Mention) -> str:
    """Return the full form that a mention gives: its core for places and people, its cleaned words else."""
    if mention.kind == "place" and place_class(mention.cue, mention.core) in {"admin", "road", "part"}:
        return clean(mention.text)  # "Hasakah province" is called so, to be told from its town
    return clean(mention.core or mention.text)


def _same_name_key(mention: Mention) -> tuple[str, ...] | None:
    """The key under which mentions of one document are one thing at once."""
    if mention.refers_to is not None:
        return None
    if mention.lexicon:
        return ("lexicon", family(mention.kind) if mention.kind == "place" else "agent", mention.lexicon)
    if mention.how != "name":
        return None
    kind = family(mention.kind)
    if mention.kind == "place":
        cue = mention.cue
        sort = place_class(cue, mention.core)
        if sort in {"road", "part"}:
            return (kind, sort, core(clean(mention.text)))
        if cue is not None and (
            cue.kind in NAMED_AFTER or (cue.kind == "district" and clean(mention.text) != clean(mention.core))
        ):
            sort = cue.kind  # "Toronto church" is not Toronto, nor is "Toronto district"
        elif sort not in {"admin", "country"}:
            sort = "spot"
        return (kind, sort, core(mention.core or mention.text))
    return (kind, core(mention.core or mention.text))


def gather_units(reading: Reading) -> list[Unit]:
    """Return the units of one document in the order in which they first appear."""
    mentions = sorted(reading.mentions, key=lambda mention: (mention.start, -mention.end, mention.id))
    by_id = {mention.id: mention for mention in mentions}
    sets = _Sets([mention.id for mention in mentions])
    keyed: dict[tuple[str, ...], str] = {}
    explained: list[tuple[Mention, Mention]] = []
    for mention in mentions:
        if mention.refers_to in by_id and mention.refers_to is not None:
            if _compatible(mention, by_id[mention.refers_to]):
                sets.join(mention.refers_to, mention.id)
            continue
        key = _same_name_key(mention)
        if key is not None:
            if key in keyed:
                sets.join(keyed[key], mention.id)
            else:
                keyed[key] = mention.id
        if mention.alias_of in by_id and mention.alias_of is not None:
            other = by_id[mention.alias_of]
            if family(other.kind) == family(mention.kind):
                sets.join(other.id, mention.id)
                explained.append((mention, other))
    for mention_id, earlier in speaker_links(mentions).items():
        sets.join(earlier, mention_id)
    _short_names(mentions, sets)
    return _collect(reading.document, mentions, sets, explained)


def _compatible(mention: Mention, other: Mention) -> bool:
    """People and groups never follow a place, nor the other way round."""
    return (mention.kind == "place") == (other.kind == "place")


def _short_names(mentions: Sequence[Mention], sets: _Sets) -> None:
    """Join a person's single name to the one full name of the document that ends, or begins, with it."""
    people = [
        mention
        for mention in mentions
        if mention.kind == "person" and mention.how == "name" and mention.refers_to is None
    ]
    full: dict[str, set[str]] = {}
    for mention in people:
        words = core(mention.core or mention.text).split()
        if len(words) > 1:
            full.setdefault(words[-1], set()).add(sets.find(mention.id))
            full.setdefault(words[0], set()).add(sets.find(mention.id))
    for mention in people:
        words = core(mention.core or mention.text).split()
        if len(words) == 1 and len(full.get(words[0], ())) == 1:
            sets.join(next(iter(full[words[0]])), mention.id)


def _collect(
    document: str, mentions: Sequence[Mention], sets: _Sets, explained: Iterable[tuple[Mention, Mention]]
) -> list[Unit]:
    units: dict[str, Unit] = {}
    for mention in mentions:
        if mention.members:
            continue  # "the two sides" is no entity; its members are
        root = sets.find(mention.id)
        unit = units.get(root)
        if unit is None:
            unit = units[root] = Unit(document=document, family=family(mention.kind))
        unit.mentions.append(mention)
        if mention.how != "pronoun":
            unit.forms[clean(mention.text)] += 1
        if mention.how == "name" and mention.refers_to is None:
            unit.names[name_of(mention)] += 1
        if mention.lexicon and not unit.lexicon and mention.refers_to is None:
            unit.lexicon = mention.lexicon
        if mention.known_as and not unit.lexicon_name and mention.refers_to is None:
            unit.lexicon_name = mention.known_as
    for alias, full in explained:
        if sets.find(full.id) in units:
            units[sets.find(full.id)].aliases.append((alias, full))
    for unit in units.values():
        if unit.family == "place":
            unit.place = _place_class_of(unit)
    return list(units.values())


_TIES = ("admin", "country", "road", "part", "town", "sub", "soft")


def own_cues(unit: Unit) -> list[PlaceCue]:
    """Return what is said of the place where it is named; words that refer back say what they are, not what it is."""
    return [cue for cue, _ in _cues_with_words(unit)]


def _cues_with_words(unit: Unit) -> list[tuple[PlaceCue, str]]:
    return [
        (mention.cue, mention.core)
        for mention in unit.mentions
        if mention.cue is not None and mention.refers_to is None and (mention.cue.kind or mention.cue.ends)
    ]


def _place_class_of(unit: Unit) -> str:
    """The class that most of its mentions give it; a bare name says nothing against a cue."""
    counted = Counter(place_class(cue, words) for cue, words in _cues_with_words(unit))
    return min(counted, key=lambda sort: (-counted[sort], _TIES.index(sort))) if counted else "town"


def folded_name(unit: Unit) -> str:
    """Return the unit's name, folded, without articles."""
    return core(unit.sought) or fold(unit.sought)
