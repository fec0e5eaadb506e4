"""The weights and the kinship of types, read from the tables beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tidings.model import KINDS

__all__ = ["TYPE_LEVELS", "Weights", "kinship", "load_weights", "type_codes"]

TYPE_LEVELS = ("same_rare", "same", "same_common", "akin", "possible", "unlike")
"""How near two types are, from the nearest; a pair of types without a level is never compared."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits of every level of every comparison, and the settings of the clustering.

    Attributes:
        levels: For each comparison its levels with their bits.
        settings: Everything else in the table: prior, cluster, place_limits.
    """

    levels: Mapping[str, Mapping[str, float]]
    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def bits(self, what: str, level: str) -> float:
        """Return the bits of one level."""
        return self.levels[what][level]

    @property
    def prior(self) -> float:
        """The prior in bits."""
        return self.settings["prior"]["bits"]


_SETTINGS = ("prior", "cluster", "place_limits")


@cache
def load_weights() -> Weights:
    """Return the weights of ``weights.toml``."""
    with (Path(__file__).parent / "weights.toml").open("rb") as file:
        table = tomllib.load(file)
    return Weights(
        levels={name: row for name, row in table.items() if name not in _SETTINGS},
        settings={name: table[name] for name in _SETTINGS},
    )


@cache
def type_codes() -> dict[str, int]:
    """Return a number for every "kind/type" of the coding guide, in its order."""
    return {name: at for at, name in enumerate(f"{kind}/{one}" for kind, types in KINDS.items() for one in types)}


@cache
def kinship() -> dict[tuple[str, str], str]:
    """Return the level of :data:`TYPE_LEVELS` for every pair of types that is compared, in both orders."""
    with (Path(__file__).parent / "kin.toml").open("rb") as file:
        table = tomllib.load(file)
    found: dict[tuple[str, str], str] = {}
    codes = type_codes()
    for one in codes:
        for other in codes:
            if one.split("/")[0] == other.split("/")[0]:
                found[one, other] = "unlike"
    for level in ("possible", "akin"):
        for row in table["pairs"][level]:
            one, other = row.split()
            found[one, other] = found[other, one] = level
    for one in codes:
        found[one, one] = "same"
    for level, key in (("same_common", "common"), ("same_rare", "rare")):
        for one in table["rarity"][key]:
            found[one, one] = level
    unknown = {name for pair in found for name in pair} - set(codes)
    if unknown:
        msg = f"kin.toml names types that the coding guide does not have: {sorted(unknown)}"
        raise ValueError(msg)
    return found
