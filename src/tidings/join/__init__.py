"""Claims to events: which claims tell of one happening, and why."""

from __future__ import annotations

from tidings.join.joining import join, rejoin
from tidings.join.spill import Spill, Spread

__all__ = ["Spill", "Spread", "join", "rejoin"]
