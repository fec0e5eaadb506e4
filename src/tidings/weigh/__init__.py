"""Origins, echoes, contradictions, grades and ledgers: what follows from claims by a stated rule."""

from __future__ import annotations

from tidings.weigh.weighing import weigh

__all__ = ["weigh"]
