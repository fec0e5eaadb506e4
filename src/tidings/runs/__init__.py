"""Where work runs: in this process, in a pool of processes, or on Ray. Shards in, an outcome for each item out."""

from __future__ import annotations

from tidings.runs.here import Here
from tidings.runs.in_order import in_pool, shards
from tidings.runs.pool import Pool, memory_here
from tidings.runs.ray import Ray
from tidings.runs.runner import Outcome, Runner, Work

__all__ = ["Here", "Outcome", "Pool", "Ray", "Runner", "Work", "in_pool", "memory_here", "shards"]
