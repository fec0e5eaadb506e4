"""What a stage needs from outside, handed to it: readers, gazetteers, runners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.model.claim import ReaderStamp, Reading
from tidings.model.document import Document

__all__ = ["Gazetteer", "GazetteerPlace", "Progress", "Reader"]

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much is done, and how much there is (0: not known)."""


class Reader(Protocol):
    """Reads documents of some languages into claims."""

    @property
    def stamp(self) -> ReaderStamp:
        """Who reads, in which version, with which model."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages it reads."""

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield one reading per document, in the order given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GazetteerPlace:
    """One place of a gazetteer. ``kind``: country, admin1, admin2, city, town, village, neighbourhood, mountain, other.

    ``country`` is an ISO 3166-1 alpha-2 code, ``admin1`` a first-level region's name. ``weight`` is its importance on a
    log scale. ``score`` says how well it fits the name asked for, 0..1. ``ids`` maps outside registers to ids.
    ``geometry`` is a GeoJSON string or empty. ``wins`` is True for a place of an analyst's own layer, which stands before
    all others.
    """

    id: str
    layer: str
    name: str
    lat: float
    lon: float
    kind: str
    country: str = ""
    admin1: str = ""
    population: int = 0
    radius_m: int = 0
    names: tuple[str, ...] = ()
    weight: float = 0.0
    score: float = 0.0
    ids: tuple[tuple[str, str], ...] = ()
    geometry: str = ""
    wins: bool = False


class Gazetteer(Protocol):
    """Answers names with places."""

    def lookup(self, name: str, *, countries: Sequence[str] = (), kinds: Sequence[str] = ()) -> list[GazetteerPlace]:
        """Return the places that a name can stand for, best first; empty when none is known."""

    @property
    def stamp(self) -> str:
        """The layers and their hashes, as one string."""
