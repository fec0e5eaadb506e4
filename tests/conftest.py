"""A PostgreSQL server for all tests that take a record in either engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from tests.postgres import Server, programs, running

# No test asserts a time: a busy machine is no fault.
settings.register_profile("tidings", deadline=None)
settings.load_profile("tidings")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of the tests' own, or a skip that says what is missing."""
    if programs() is None:
        pytest.skip("no PostgreSQL on this machine: apt-get install postgresql, pip install 'psycopg[binary]'")
    with running() as server:
        yield server
