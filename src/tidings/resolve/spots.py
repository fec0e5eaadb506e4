"""A place name on its way to a place, and the weights of the way."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from tidings.model import GazetteerPlace
from tidings.resolve.units import Unit

__all__ = ["SAME", "TOWNS", "WIDE", "Found", "Spot", "place_of", "ranking"]


@cache
def ranking() -> dict[str, Any]:
    """Return the weights and limits of ``ranking.toml``."""
    return tomllib.loads(files("tidings.resolve").joinpath("ranking.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Found:
    """A candidate: ``own`` is what speaks for it by itself, ``score`` the whole, ``share`` its part of belief."""

    place: GazetteerPlace
    own: float
    score: float = 0.0
    share: float = 0.0


@dataclass(slots=True)
class Spot:
    """A unit of kind place on its way to a place. ``parent`` is the spot it lies in, where one is known."""

    unit: Unit
    sort: str
    cue: str = ""
    parent: Spot | None = None
    parent_said: bool = False
    found: list[Found] = field(default_factory=list)
    place: GazetteerPlace | None = None
    method: str = ""
    anchor: Spot | None = None
    relation: str = ""
    distance_m: int | None = None
    bearing: int | None = None
    ends: tuple[Spot, ...] = ()
    area: GazetteerPlace | None = None
    area_m: int = 0


SAME = 0.98
"""Likeness from which a name is the very name, but for articles."""
TOWNS = frozenset({"city", "town", "village"})
WIDE = frozenset({"country", "continent", "sea"})


def place_of(spot: Spot | None) -> GazetteerPlace | None:
    """Return the place of a spot, or of the nearest parent that has one."""
    while spot is not None:
        if spot.place is not None:
            return spot.place
        spot = spot.parent
    return None
