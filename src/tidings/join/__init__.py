"""Claims to events: which claims tell of one happening, and why."""

from __future__ import annotations

from tidings.join.joining import join, rejoin
from tidings.join.keeping import put_down, taken_up
from tidings.join.memory import Memory
from tidings.join.spill import Spill, Spread

__all__ = ["Memory", "Spill", "Spread", "join", "put_down", "rejoin", "taken_up"]
