"""Where reading runs: in this process, or in a pool of processes. Shards in, shards out, in order."""

from __future__ import annotations

from tidings.runs.pool import in_pool, shards

__all__ = ["in_pool", "shards"]
