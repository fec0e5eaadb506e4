"""The person, group, thing or place that mentions stand for."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model.evidence import Evidence
from tidings.model.ids import EntityId

__all__ = ["Anchor", "Entity", "Place", "Proposal"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """The place that another one is described by: "10 km west of X"."""

    place: EntityId
    relation: str
    distance_m: int | None = None
    bearing: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an entity lies, never without its radius.

    ``lat``/``lon`` in degrees (WGS 84), ``radius_m`` in metres, ``geometry`` a GeoJSON string or empty. ``precision``:
    exact, town, neighbourhood, near, district, province, country, unknown. ``method`` says how it was found ("gazetteer",
    "inside its parent", "relative"). ``country`` is an ISO 3166-1 alpha-2 code or empty; ``admin1`` a name or empty.
    ``kind`` is that of :class:`~tidings.model.mention.PlaceCue`. ``layer`` is the gazetteer layer that the coordinates come
    from, to be credited wherever they are shown.
    """

    lat: float | None = None
    lon: float | None = None
    radius_m: int | None = None
    geometry: str = ""
    anchor: Anchor | None = None
    precision: str = "unknown"
    method: str = ""
    kind: str = ""
    country: str = ""
    admin1: str = ""
    layer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """One person, group, thing or place, with all the words that were found for it.

    ``kind``: actor, source, person, place, other. ``part_of`` is the entity it belongs to or lies in. ``ids`` maps
    outside registers to ids (geonames, wikidata, pcode, lexicon). ``basis`` says in a sentence why these
    words are one entity. ``role`` keeps the finer kind of an actor (state, armed_group, militia, civilians, outlet, monitor …).
    """

    id: EntityId
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    part_of: EntityId | None = None
    place: Place | None = None
    ids: tuple[tuple[str, str], ...] = ()
    basis: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """Two entities that may be one, with the evidence; a person decides."""

    id: str
    a: EntityId
    b: EntityId
    evidence: tuple[Evidence, ...]
    standing: str = "open"

    @property
    def bits(self) -> float:
        """The sum of the evidence in bits."""
        return round(sum(piece.bits for piece in self.evidence), 2)
