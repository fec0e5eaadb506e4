"""A reason with a weight."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Evidence"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against, in bits (log2 of a likelihood ratio; positive speaks for), with its sentence.

    ``what`` names the comparison ("place", "days", "actors").
    """

    what: str
    bits: float
    why: str
