"""Mentions to entities: names across spellings, and places with a radius."""

from __future__ import annotations

from tidings.resolve.gazetteer import open_gazetteer
from tidings.resolve.naming import resolve

__all__ = ["open_gazetteer", "resolve"]
