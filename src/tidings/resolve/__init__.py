"""Mentions to entities: names across spellings, and places with a radius."""

from __future__ import annotations

from tidings.resolve.gazetteer import built_gazetteer, open_gazetteer
from tidings.resolve.layers import Added, add_layer, remove_layer
from tidings.resolve.naming import resolve

__all__ = ["Added", "add_layer", "built_gazetteer", "open_gazetteer", "remove_layer", "resolve"]
