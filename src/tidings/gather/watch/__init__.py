"""Watching feeds: what was published is fetched, kept as a web archive with its hash, and left for the next build."""

from __future__ import annotations

from tidings.gather.watch.rounds import Watched, one_round, seconds_to_next
from tidings.gather.watch.settings import Feed, Settings, load

__all__ = ["Feed", "Settings", "Watched", "load", "one_round", "seconds_to_next"]
