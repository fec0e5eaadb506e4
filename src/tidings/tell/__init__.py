"""The brief, the timeline, the map and figures, and the exports."""

from __future__ import annotations

from tidings.tell.brief import SECTIONS, brief

__all__ = ["SECTIONS", "brief"]
