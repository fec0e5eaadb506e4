"""Claims to events: which claims tell of one happening, and why."""

from __future__ import annotations

from tidings.join.joining import join, rejoin

__all__ = ["join", "rejoin"]
