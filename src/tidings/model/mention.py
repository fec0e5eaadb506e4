"""Words in a report that name or describe somebody or something."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model.ids import AttributionId, DocId, EntityId, MentionId

__all__ = ["Attribution", "Mention", "PlaceCue"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceCue:
    """What the words around a place name say of it.

    ``kind``: province, district, city, town, village, neighbourhood, hill, mountain, road, junction, checkpoint,
    camp, facility, region, country, river, border, or empty. ``parent`` is the mention of the place it is said (or, with
    ``parent_said`` False, taken from the context) to lie in. For "10 km west of X": ``relation`` "of", ``anchor`` X,
    ``distance_m`` 10000, ``bearing`` 270 (degrees, north 0). For "A-B road": ``ends`` holds both mentions.
    For "southern X" inside X: ``relation`` "part" and the bearing.
    """

    kind: str = ""
    parent: MentionId | None = None
    parent_said: bool = False
    relation: str = ""
    anchor: MentionId | None = None
    distance_m: int | None = None
    bearing: int | None = None
    ends: tuple[MentionId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """One stretch of words that names (``how`` name), describes or stands for (pronoun) an entity.

    ``kind``: actor, source, place, person, other. ``core`` is the name without titles, articles and type words
    ("Nashwa" of "the Nashwa district"). ``refers_to`` is the earlier mention that an anaphor stands for, found by typed
    coreference. ``lexicon`` is the id of the lexicon entry that knows the words ("syria.isis", "generic.civilians"), or
    empty. ``alias_of`` is set on "YPG" in "People's Protection Units (YPG)": the mention it is explained by.
    ``title`` keeps a person's rank or office. ``source_kind`` and ``unnamed_because`` are set on sources.
    Where a lexicon knows the words, ``known_as`` is the name it gives the entity ("Syrian government"), ``role`` the finer
    kind (state, armed_group, militia, alliance, civilians, outlet, monitor, official …) and ``belongs_to`` the lexicon id
    of the parent. ``members`` is set on plurals that stand for several ("the two sides"): the mentions they stand for.
    """

    id: MentionId
    document: DocId
    start: int
    end: int
    text: str
    kind: str
    how: str
    core: str = ""
    refers_to: MentionId | None = None
    lexicon: str = ""
    alias_of: MentionId | None = None
    title: str = ""
    source_kind: str = ""
    unnamed_because: str = ""
    cue: PlaceCue | None = None
    known_as: str = ""
    role: str = ""
    belongs_to: str = ""
    members: tuple[MentionId, ...] = ()
    entity: EntityId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """A stretch of reported speech: the words, who says them, through whom.

    ``start``/``end``/``quote`` are the content. ``source`` is the mention of the nearest speaker (None when nobody is
    named); ``source_text`` its surface words with ``source_start``/``source_end``. ``chain`` lists the mentions of carriers and speaker,
    outermost first, the publisher not included; the last is the origin. ``inherited`` is True where a free-standing
    quotation keeps the speaker before it. ``direct`` is True inside quotation marks. ``verdict`` is "denied" where the cue
    denies its content, else empty. ``attitude`` is "speech", or "belief" ("fears that") or "intention" ("plans to"), which
    report a mind and not words.
    """

    id: AttributionId
    document: DocId
    start: int
    end: int
    quote: str
    source: MentionId | None
    source_text: str
    source_start: int | None
    source_end: int | None
    source_kind: str
    cue: str
    chain: tuple[MentionId, ...]
    cue_start: int | None = None
    cue_end: int | None = None
    unnamed_because: str = ""
    inherited: bool = False
    direct: bool = False
    verdict: str = ""
    attitude: str = "speech"
