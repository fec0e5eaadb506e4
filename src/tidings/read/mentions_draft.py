"""A mention while it is being made: what it is is known, what it stands for may not be yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidings.model import Mention, MentionId, PlaceCue, content_id
from tidings.read.lexicon import Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Draft", "Wanted", "finished"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an anaphor looks for: kinds and roles of its antecedent, one or several, and how far back.

    ``sides`` is True for "both sides": the parties of the fight told of just before.
    """

    kinds: frozenset[str]
    roles: frozenset[str] = frozenset()
    place_kinds: frozenset[str] = frozenset()
    number: int = 1
    many: bool = False
    sides: bool = False
    said_words: frozenset[str] = frozenset()
    group: str = ""


@dataclass(slots=True)
class Draft:
    """One mention to be. ``head`` is its head token (None in datelines), ``sentence`` the index of its sentence."""

    start: int
    end: int
    kind: str
    how: str
    core: str
    head: Token | None = None
    paragraph: int = 0
    sentence: int = 0
    lexicon: str = ""
    known_as: str = ""
    role: str = ""
    belongs_to: str = ""
    title: str = ""
    plural: bool = False
    wanted: Wanted | None = None
    refers_to: Draft | None = None
    alias_of: Draft | None = None
    members: list[Draft] = field(default_factory=list)
    place_kind: str = ""
    words: str = ""
    parent: Draft | None = None
    parent_said: bool = False
    relation: str = ""
    anchor: Draft | None = None
    distance_m: int | None = None
    bearing: int | None = None
    ends: list[Draft] = field(default_factory=list)
    road: bool = False
    group: str = ""
    subject: bool = False
    female: bool | None = None

    def know(self, entry: Entry) -> None:
        """Take over what a lexicon entry says."""
        self.lexicon = entry.id
        self.known_as = entry.name
        self.role = entry.role
        self.belongs_to = entry.parent

    def like(self, other: Draft) -> None:
        """Take over what another mention is known as."""
        self.lexicon, self.known_as = other.lexicon, other.known_as
        self.role, self.belongs_to = other.role, other.belongs_to

    @property
    def last(self) -> Draft:
        """The first of the chain of mentions that this one stands for."""
        if self.refers_to is None:
            return self
        seen = {id(self)}
        at = self
        while at.refers_to is not None and id(at.refers_to) not in seen:
            at = at.refers_to
            seen.add(id(at))
        return at


def finished(drafts: list[Draft], document: str, text: str) -> list[Mention]:
    """Return the mentions that drafts became, in order; of two with the same words and kind the first stays."""
    ids: dict[int, MentionId] = {
        id(draft): MentionId(content_id("m", document, draft.start, draft.end, draft.kind)) for draft in drafts
    }

    def of(draft: Draft | None, own: MentionId) -> MentionId | None:
        found = ids.get(id(draft)) if draft is not None else None
        return None if found == own else found

    found: dict[MentionId, Mention] = {}
    for draft in sorted(drafts, key=lambda draft: (draft.start, -draft.end, draft.kind)):
        ident = ids[id(draft)]
        if ident in found:
            continue
        found[ident] = Mention(
            id=ident,
            document=document,  # type: ignore[arg-type]
            start=draft.start,
            end=draft.end,
            text=text[draft.start : draft.end],
            kind=draft.kind,
            how=draft.how,
            core=" ".join(draft.core.split()),
            refers_to=of(draft.refers_to, ident),
            lexicon=draft.lexicon,
            alias_of=of(draft.alias_of, ident),
            title=draft.title,
            cue=_cue(draft, ids, ident),
            known_as=draft.known_as,
            role=draft.role,
            belongs_to=draft.belongs_to,
            members=tuple(ids[id(member)] for member in draft.members if id(member) in ids),
        )
    return list(found.values())


def _cue(draft: Draft, ids: dict[int, MentionId], own: MentionId) -> PlaceCue | None:
    if draft.kind != "place":
        return None
    parent = ids.get(id(draft.parent)) if draft.parent is not None else None
    anchor = ids.get(id(draft.anchor)) if draft.anchor is not None else None
    ends = tuple(ids[id(end)] for end in draft.ends if id(end) in ids)
    if not (draft.place_kind or parent or draft.relation or anchor or ends):
        return None
    return PlaceCue(
        kind=draft.place_kind,
        parent=None if parent == own else parent,
        parent_said=draft.parent_said and parent is not None,
        relation=draft.relation,
        anchor=None if anchor == own else anchor,
        distance_m=draft.distance_m,
        bearing=draft.bearing,
        ends=ends,
    )
