"""One small Ray for all tests that run on it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def ray_here() -> Iterator[None]:
    """Ray on this machine, started once and stopped at the end; a skip where it is not installed."""
    ray = pytest.importorskip("ray", reason="no Ray on this machine: pip install 'tidings[ray]'")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    for last in (False, True):
        try:
            ray.init(
                address="local",
                num_cpus=2,
                include_dashboard=False,
                log_to_driver=False,
                configure_logging=False,
                object_store_memory=100_000_000,
            )
            break
        except Exception as error:
            ray.shutdown()
            if last:
                pytest.skip(f"Ray did not start on this machine, twice: {error}")
    yield
    ray.shutdown()
